"""What a generation says of itself."""

from __future__ import annotations

import datetime
import json
from functools import partial
from pathlib import Path

import pytest

from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.search_index import Archive, generation_name, publish, read_manifest, read_report


def test_a_generation_is_named_for_its_moment_in_universal_time() -> None:
    summer = datetime.timezone(datetime.timedelta(hours=1))
    built = datetime.datetime(2026, 7, 1, 0, 30, 5, tzinfo=summer)
    assert generation_name(built) == "20260630T233005Z"


@pytest.mark.parametrize("read", [read_manifest, read_report])
def test_there_is_none_before_the_first_run(tmp_path: Path, read) -> None:
    with pytest.raises(GenerationError, match=r"no archive at .* yet: run `technotes index`"):
        read(tmp_path)
    (tmp_path / "current").symlink_to("generations/gone")
    with pytest.raises(GenerationError, match="no archive"):
        read(tmp_path)
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to("current")
    with pytest.raises(GenerationError, match="no archive"):
        read(tmp_path)


def test_an_unknown_format_is_refused_by_name(tmp_path: Path, editions, sample, report) -> None:
    publish(tmp_path, editions(sample), report)
    path = tmp_path / "current" / "manifest.json"
    path.write_text(json.dumps({"format_version": 99, "of": "the future"}))
    for read in (read_manifest, read_report, lambda at: Archive.open(at, Clearance.PUBLIC)):
        with pytest.raises(GenerationError, match="has format 99, and this program knows format 2"):
            read(tmp_path)


@pytest.mark.parametrize("name", ["manifest.json", "report.json", "public/contents.json"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", None])
def test_a_damaged_record_is_named(
    tmp_path: Path, editions, sample, report, name: str, content: bytes | None
) -> None:
    publish(tmp_path, editions(sample), report)
    path = tmp_path / "current" / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    open_public = partial(Archive.open, clearance=Clearance.PUBLIC)
    read = read_report if name == "report.json" else open_public
    with pytest.raises(GenerationError, match=rf"{name} cannot be read .*run `technotes index`"):
        read(tmp_path)


@pytest.mark.parametrize("pattern", ["*.segment", "segments.json"])
def test_a_damaged_index_is_refused(tmp_path: Path, editions, sample, report, pattern: str) -> None:
    publish(tmp_path, editions(sample), report)
    (path,) = (tmp_path / "current" / "public" / "index").glob(pattern)
    path.write_bytes(path.read_bytes()[:40])
    with pytest.raises(GenerationError, match=r"the index in .* cannot be read"):
        Archive.open(tmp_path, Clearance.PUBLIC)
