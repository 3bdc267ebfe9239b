"""Indexes written anew, and segments merged."""

from __future__ import annotations

import errno
import os
import random
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from indexer.domain.errors import GenerationError
from indexer.domain.reference import NoteReference
from indexer.domain.search import NoteSummary
from indexer.search_index.codec.contents import read_contents
from indexer.search_index.codec.sections import SectionFile
from indexer.search_index.codec.segment import SegmentFile
from indexer.search_index.codec.summaries import Summaries
from indexer.search_index.writing import beside, index_writer, merging, sources, workers
from indexer.search_index.writing.index_writer import write_index
from indexer.search_index.writing.merging import merge
from indexer.search_index.writing.sources import Source
from tests.indexer.search_index.conftest import segment_file

DATES = [date(1999, 12, 31), date(2024, 2, 29), date.max, date.min]


@pytest.fixture
def forking(monkeypatch) -> None:
    """Processes are forked, though other tests may have left threads behind."""
    monkeypatch.setattr(beside.threading, "active_count", lambda: 1)


def sections(path: Path) -> dict[str, tuple[str, int, int]]:
    """The dtype, length and checksum of every section of a file."""
    places = SectionFile(path)._places
    return {name: (at.dtype, at.count, at.checksum) for name, at in places.items()}


def test_groups_built_in_processes_give_the_bytes_of_one(
    tmp_path: Path, council, monkeypatch
) -> None:
    for name in ("one", "many", "few"):
        (tmp_path / name).mkdir()
    write_index(tmp_path / "one", council)
    monkeypatch.setattr(index_writer, "GROUP_BYTES", 150_000)
    write_index(tmp_path / "many", council)
    monkeypatch.setattr(workers, "BUILD_WORKERS", 1)
    write_index(tmp_path / "few", council)
    one, many, few = (segment_file(tmp_path / name) for name in ("one", "many", "few"))
    assert one.name == many.name
    assert many.read_bytes() == few.read_bytes()
    # A merge writes the same sections in another order. Which words tell most of a note, its
    # signature, is judged among the notes of its group.
    whole, joined = sections(one), sections(many)
    assert whole.pop("signatures")[:2] == joined.pop("signatures")[:2]
    assert whole == joined


def test_notes_are_shared_out_evenly(monkeypatch) -> None:
    monkeypatch.setattr(index_writer, "GROUP_BYTES", 1_000)
    draw = random.Random(3)
    for count in range(60):
        notes = [bytes([at]) * draw.randint(1, 150) for at in range(count)]
        shares = list(index_writer._shares(iter(notes)))
        assert [note for share in shares for note in share] == notes
        sizes = [sum(map(len, share)) for share in shares]
        assert all(0 < size < 1_250 for size in sizes)
        if len(shares) > 1:
            pairs = zip(sizes[::2], sizes[1::2], strict=False)
            assert all(abs(one - other) <= 300 for one, other in pairs)
        else:
            assert sum(map(len, notes)) < 1_150


def test_segments_joined_in_two_processes_give_the_bytes_of_one(
    tmp_path: Path, council, forking, monkeypatch
) -> None:
    monkeypatch.setattr(index_writer, "GROUP_BYTES", 150_000)
    (tmp_path / "one").mkdir()
    write_index(tmp_path / "one", council)
    monkeypatch.setattr(merging, "WORDS_FOR_TWO", 0)
    here = os.getpid()
    apart = merging.write_apart

    def elsewhere(*arguments: Any) -> None:
        assert os.getpid() != here
        apart(*arguments)

    monkeypatch.setattr(merging, "write_apart", elsewhere)
    (tmp_path / "two").mkdir()
    write_index(tmp_path / "two", council)
    one, two = (segment_file(tmp_path / name) for name in ("one", "two"))
    assert one.name == two.name
    assert one.read_bytes() == two.read_bytes()


ELSEWHERE = """
import sys
from pathlib import Path
from indexer.search_index.writing import index_writer
from tests.benchmarks.council import notes
index_writer.GROUP_BYTES = int(sys.argv[2])
index_writer.write_index(Path(sys.argv[1]), notes(300))
"""


@pytest.mark.parametrize(("zone", "seed"), [("Asia/Tokyo", "7"), ("America/Anchorage", "random")])
def test_the_same_notes_give_the_same_bytes_elsewhere_and_later(
    tmp_path: Path, council, monkeypatch, zone: str, seed: str
) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    here.mkdir()
    elsewhere.mkdir()
    monkeypatch.setattr(index_writer, "GROUP_BYTES", 400_000)
    write_index(here, council)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "PYTHONHASHSEED": seed,
        "TZ": zone,
    }
    command = [sys.executable, "-c", ELSEWHERE, str(elsewhere), "400000"]
    subprocess.run(command, check=True, env=environment)
    names = [path.name for path in sorted(here.iterdir())]
    assert [path.name for path in sorted(elsewhere.iterdir())] == names
    for name in names:
        assert (elsewhere / name).read_bytes() == (here / name).read_bytes()


def test_a_merge_without_deleted_documents_is_the_index_of_the_rest(
    tmp_path: Path, council
) -> None:
    draw = random.Random(12)
    sources, live = [], []
    for at in range(3):
        folder = tmp_path / f"{at}"
        folder.mkdir()
        part = council[at * 100 : (at + 1) * 100]
        part[::3] = [replace(made, issued_on=draw.choice(DATES)) for made in part[::3]]
        write_index(folder, part)
        deleted = sorted(draw.sample(range(100), 30)) if at else []
        sources.append(Source(SegmentFile(segment_file(folder)), deleted))
        live += [made for number, made in enumerate(part) if number not in deleted]
    (tmp_path / "anew").mkdir()
    write_index(tmp_path / "anew", live)
    anew = SegmentFile(segment_file(tmp_path / "anew"))
    merge(sources, tmp_path / "merged")
    merged = SegmentFile(tmp_path / "merged")
    for name, field in anew.fields.items():
        other = merged.fields[name]
        assert [field.term(n) for n in range(field.size)] == [
            other.term(n) for n in range(other.size)
        ]
        assert field.postings_at.tolist() == other.postings_at.tolist()
        assert (field.ids_between(0, field.size) == other.ids_between(0, field.size)).all()
        if field.positions_at is not None:
            mine, theirs = (f.positions_between(0, field.size) for f in (field, other))
            assert (mine == theirs).all()
            assert (anew.lengths(name) == merged.lengths(name)).all()
            assert anew.length_of(name) == merged.length_of(name)
    assert (anew.rows == merged.rows).all()
    assert anew.all_digests().tolist() == merged.all_digests().tolist()
    one, other = Summaries(anew), Summaries(merged)
    for number in range(anew.size):
        assert anew.text(number) == merged.text(number)
        assert anew.record(number) == merged.record(number)
        assert one[number] == other[number] == NoteSummary.of(live[number])
    assert (anew.title_words.values == merged.title_words.values).all()


def test_what_only_deleted_documents_had_is_gone_after_a_merge(tmp_path: Path, note) -> None:
    made = [
        note("2023-001", "Aardvark", "zebra", subjects=("waste",), officers=("tom-reekie",)),
        note("2023-002", "Mule", "mole", subjects=(), officers=()),
    ]
    write_index(tmp_path, made)
    source = Source(SegmentFile(segment_file(tmp_path)), [0])
    merge([source], tmp_path / "merged")
    merged = SegmentFile(tmp_path / "merged")
    for name, gone in (("text", b"zebra"), ("title", b"aardvark"), ("officer", b"tom-reekie")):
        assert source.segment.fields[name].find(gone) is not None
        assert merged.fields[name].find(gone) is None
    assert merged.facet_starts == (0, 1, 2, 2)
    for gone in (b"zebra", b"Aardvark", b"Tom Reekie", b"waste"):
        assert gone in source.segment.path.read_bytes()
        assert gone not in merged.path.read_bytes()


def test_memory_does_not_grow_with_the_number_of_notes(
    tmp_path: Path, council, monkeypatch
) -> None:
    monkeypatch.setattr(index_writer, "GROUP_BYTES", 100_000)
    monkeypatch.setattr(index_writer, "SEGMENTS_JOINED", 4)
    monkeypatch.setattr(index_writer, "DICTIONARY_SAMPLES", 50)
    monkeypatch.setattr(sources, "WORDS_AT_ONCE", 20_000)
    peaks = []
    for count in (200, 200, 600):  # the first time what is made only once counts too
        references = (NoteReference(1990 + at // 100, at % 100 + 1) for at in range(count))
        notes = (replace(council[r.number - 1], reference=r) for r in references)
        folder = tmp_path / f"{len(peaks)}"
        folder.mkdir()
        tracemalloc.start()
        write_index(folder, notes)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert sum(entry.notes for entry in read_contents(folder).segments) == 600
    assert peaks[2] < 1.2 * peaks[1]


def die(*_: object) -> None:
    """What the kernel does to a process that takes too much memory."""
    os.kill(os.getpid(), 9)


def fail(*_: object) -> None:
    """What a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("where", [(workers._Builder, "build"), (merging, "write_apart")])
@pytest.mark.parametrize(
    ("what", "told"), [(die, "ended before its work was done"), (fail, "No space left on device")]
)
def test_a_process_that_fails_ends_the_run(
    tmp_path: Path, council, forking, monkeypatch, where: Any, what: Any, told: str
) -> None:
    monkeypatch.setattr(index_writer, "GROUP_BYTES", 100_000)
    monkeypatch.setattr(merging, "WORDS_FOR_TWO", 0)
    monkeypatch.setattr(*where, what)
    with pytest.raises(GenerationError, match=told):
        write_index(tmp_path, council)
    assert list(tmp_path.iterdir()) == []
