"""Built beside, verified, swapped: whatever happens, an archive is served."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive, Edition, publish, read_manifest, read_report
from indexer.search_index.generation import checksums
from indexer.search_index.limits import GENERATIONS_KEPT
from indexer.search_index.verifying import verify

QUERIES = [
    "",
    "grit",
    "quillfeather",
    "depot",
    "2024-005",
    "lyall-boyd",
    "year:2024",
    '"the board"',
]


def generations(folder: Path) -> list[str]:
    """Everything that lies beside the generations, unfinished ones too."""
    return sorted(path.name for path in (folder / "generations").iterdir())


def test_a_generation_holds_what_it_says(tmp_path: Path, editions, sample, report) -> None:
    manifest = publish(tmp_path, editions(sample), report)
    assert manifest == read_manifest(tmp_path)
    assert (manifest.generation, manifest.public_notes, manifest.member_notes) == (
        "20261125T021400Z",
        9,
        10,
    )
    assert read_report(tmp_path) == replace(report, generation=manifest.generation)
    assert (tmp_path / "current").readlink() == Path("generations", manifest.generation)
    generation = (tmp_path / "current").resolve()
    files = {path.relative_to(generation).as_posix() for path in generation.rglob("*.*")}
    assert files == {*manifest.checksums, "manifest.json"}


def test_the_checksums_of_shared_files_are_taken_over(
    tmp_path: Path, editions, sample, report
) -> None:
    publish(tmp_path, editions(sample), report)
    first = (tmp_path / "current").resolve()
    changed = [replace(sample[0], title="Culvert under Mill Brae"), *sample[1:]]
    manifest = publish(tmp_path, editions(changed), report)
    second = (tmp_path / "current").resolve()
    shared = {path.name for path in first.rglob("*.segment")}
    assert shared < {path.name for path in second.rglob("*.segment")}
    assert manifest.checksums == checksums(second)
    # One that was altered since is not taken over but refused, and what it held written anew.
    victim = next((second / "members").rglob("*.segment"))
    victim.write_bytes(victim.read_bytes()[:-1] + b"?")
    manifest = publish(tmp_path, editions(changed), report)
    assert manifest.checksums == checksums((tmp_path / "current").resolve())
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        assert archive.search(SearchRequest(query="culvert mill brae")).total


def test_progress_counts_the_notes_of_both_editions(
    tmp_path: Path, editions, sample, report
) -> None:
    counted: list[int] = []
    publish(tmp_path, editions(sample), report, progress=counted.append)
    assert counted == list(range(1, 20))


def test_the_last_generations_are_kept(tmp_path: Path, editions, sample, report) -> None:
    names = [publish(tmp_path, editions(sample), report).generation for _ in range(5)]
    assert names[:2] == ["20261125T021400Z", "20261125T021400Z-02"]
    assert generations(tmp_path) == names[-GENERATIONS_KEPT:]


@pytest.mark.parametrize("relative", [True, False])
def test_the_current_generation_is_kept_though_the_clock_was_set_back(
    tmp_path: Path, editions, sample, report, monkeypatch, relative: bool
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = Path("data") if relative else tmp_path / "data"
    for _ in range(GENERATIONS_KEPT):
        publish(folder, editions(sample), report)
    old = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    earlier = {
        clearance: replace(edition, contents=replace(edition.contents, built_at=old))
        for clearance, edition in editions(sample).items()
    }
    for expected in ("20261125T021400Z-04", "20261125T021400Z-05"):
        assert publish(folder, earlier, report).generation == expected
        assert read_manifest(folder).generation == expected
    assert generations(folder) == [f"20261125T021400Z-{number:02d}" for number in (3, 4, 5)]


def test_the_generation_before_is_kept_though_it_was_an_old_one(
    tmp_path: Path, editions, sample, report
) -> None:
    first = publish(tmp_path, editions(sample), report).generation
    for _ in range(GENERATIONS_KEPT - 1):
        publish(tmp_path, editions(sample), report)
    (tmp_path / "current").unlink()
    (tmp_path / "current").symlink_to(f"generations/{first}")
    publish(tmp_path, editions(sample), report)
    assert first in generations(tmp_path)


def test_folders_that_are_no_generations_neither_count_nor_go(
    tmp_path: Path, editions, sample, report, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    strays = [".snapshot", "20261125T021400Z-copy", "lost+found", "zz1", "zz2", "zz3"]
    for name in strays:
        Path("data", "generations", name).mkdir(parents=True)
    names = [publish(Path("data"), editions(sample), report).generation for _ in range(2)]
    assert generations(Path("data")) == sorted([*strays, *names])
    assert read_manifest(Path("data")).generation == names[-1]


def test_what_others_leave_beside_the_generations_stops_no_run(
    tmp_path: Path, editions, sample, report
) -> None:
    strays = [".DS_Store", ".buildings", ".expired-notes", "Thumbs.db"]
    (tmp_path / "generations").mkdir()
    for name in strays:
        (tmp_path / "generations" / name).write_text("kept")
    name = publish(tmp_path, editions(sample), report).generation
    assert generations(tmp_path) == sorted([*strays, name])


def test_the_public_archive_is_the_same_with_and_without_restricted_notes(
    tmp_path: Path, editions, sample, report
) -> None:
    public = [note for note in sample if note.open_to_public]
    for name, notes in (("with", sample), ("without", public)):
        publish(tmp_path / name, editions(notes), report)
    contents = [
        (tmp_path / name / "current" / "public" / "contents.json").read_bytes()
        for name in ("with", "without")
    ]
    assert contents[0] == contents[1]
    with (
        Archive.open(tmp_path / "with", Clearance.PUBLIC) as one,
        Archive.open(tmp_path / "without", Clearance.PUBLIC) as other,
        Archive.open(tmp_path / "with", Clearance.MEMBER) as members,
    ):
        for query in QUERIES:
            request = SearchRequest(query=query)
            assert one.search(request) == other.search(request)
        assert one.latest(99) == other.latest(99)
        assert one.facets() == other.facets() != members.facets()
        assert [one.note(note.reference) for note in public] == public
        assert members.search(SearchRequest(query="quillfeather")).total == 1


def test_no_public_file_holds_a_word_of_a_restricted_note(
    tmp_path: Path, editions, sample, report
) -> None:
    publish(tmp_path, editions(sample), report)
    files = [path for path in (tmp_path / "current" / "public").rglob("*") if path.is_file()]
    assert len(files) >= 3
    assert not any(b"quillfeath" in path.read_bytes() for path in files)
    members = [path for path in (tmp_path / "current" / "members").rglob("*") if path.is_file()]
    assert any(b"quillfeath" in path.read_bytes() for path in members)


def test_nothing_that_must_not_be_published_is(tmp_path: Path, editions, note, report) -> None:
    good = editions([note("2023-001")])
    publish(tmp_path, good, report)
    before = generations(tmp_path)
    member = good[Clearance.MEMBER]
    secret = editions([note("2023-002", public=False)])[Clearance.MEMBER]
    twice = Edition(member.notes * 2, replace(member.contents, notes=2))
    miscounted = Edition(member.notes, replace(member.contents, notes=2))
    for bad, message in (
        ({Clearance.PUBLIC: good[Clearance.PUBLIC]}, "a public and a members edition"),
        ({**good, Clearance.PUBLIC: secret}, "note 002-23 is not open to the public"),
        ({**good, Clearance.MEMBER: twice}, "note 001-23 stands twice"),
        ({**good, Clearance.MEMBER: miscounted}, "its contents say 2"),
        (editions([note("2023-003", "Half \ud83d")]), "note 003-23 cannot be indexed"),
    ):
        with pytest.raises(GenerationError, match=message):
            publish(tmp_path, bad, report)
        assert generations(tmp_path) == before
        assert read_manifest(tmp_path).generation == before[0]


@pytest.mark.parametrize("victim", ["report.json", "public/contents.json", "index"])
def test_a_damaged_generation_is_not_published(
    tmp_path: Path, editions, sample, report, victim: str
) -> None:
    publish(tmp_path, editions(sample), report)
    generation = (tmp_path / "current").resolve()
    verify(generation, editions(sample))
    path = (
        next((generation / "members" / "index").glob("*.segment"))
        if victim == "index"
        else generation / victim
    )
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(GenerationError, match="changed while they were written"):
        verify(generation, editions(sample))


def test_verification_finds_the_wrong_notes(tmp_path: Path, editions, sample, note, report) -> None:
    publish(tmp_path, editions(sample), report)
    generation = (tmp_path / "current").resolve()
    other = replace(sample[0], title="Harbour dues")
    with pytest.raises(GenerationError, match="is not found by a word of its title"):
        verify(generation, editions([other, *sample[1:]]))
    other = replace(sample[0], distribution="All members")
    with pytest.raises(GenerationError, match=r"note 009-21 .* reads back differently"):
        verify(generation, editions([other, *sample[1:]]))
    other = note("2021-010")
    with pytest.raises(GenerationError, match="lost notes"):
        verify(generation, editions([other, *sample[1:]]))


def test_what_cannot_be_written_is_reported(tmp_path: Path, editions, sample, report) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(GenerationError, match="nothing was published"):
        publish(tmp_path / "file", editions(sample), report)
    (tmp_path / "data" / "current").mkdir(parents=True)
    with pytest.raises(GenerationError, match="nothing was published"):
        publish(tmp_path / "data", editions(sample), report)
    assert generations(tmp_path / "data") == []
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["current", "generations"]


def test_an_interrupted_run_leaves_nothing_behind(tmp_path: Path, editions, sample, report) -> None:
    publish(tmp_path, editions(sample), report)

    def interrupt(done: int) -> None:
        if done == 7:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        publish(tmp_path, editions(sample), report, progress=interrupt)
    assert generations(tmp_path) == ["20261125T021400Z"]


PUBLISH_FOREVER = """
import sys
from pathlib import Path
from conftest import SAMPLE, BUILT, editions, RunReport
from indexer.search_index import publish
report = RunReport(
    started=BUILT, finished=BUILT, generation=None, documents=10, notes=10, public_notes=9
)
print("ready", flush=True)
while True:
    publish(Path(sys.argv[1]), editions(SAMPLE), report)
"""


@pytest.mark.parametrize("milliseconds", [5, 40, 90, 150, 220])
def test_killed_at_any_point_an_archive_is_served(
    tmp_path: Path, editions, sample, report, milliseconds: int
) -> None:
    publish(tmp_path, editions(sample), report)
    run = subprocess.Popen(
        [sys.executable, "-c", PUBLISH_FOREVER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path])},
    )
    assert run.stdout is not None
    with run, run.stdout:
        run.stdout.readline()
        time.sleep(milliseconds / 1000)
        run.send_signal(signal.SIGKILL)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        assert archive.search(SearchRequest(query="quillfeather")).total == 1
    publish(tmp_path, editions(sample), report)
    assert not [name for name in generations(tmp_path) if name.startswith(".")]
    assert len(generations(tmp_path)) <= GENERATIONS_KEPT


@pytest.mark.parametrize("name", [".building", ".expired-20200101T000000Z"])
def test_what_a_killed_run_left_is_cleared(
    tmp_path: Path, editions, sample, report, name: str
) -> None:
    (tmp_path / "generations" / name / "public").mkdir(parents=True)
    (tmp_path / ".current-next").symlink_to("generations/none")
    publish(tmp_path, editions(sample), report)
    assert generations(tmp_path) == ["20261125T021400Z"]
    assert not (tmp_path / ".current-next").is_symlink()
