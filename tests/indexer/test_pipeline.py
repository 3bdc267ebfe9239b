"""The nightly run: what it publishes, what it tells, and what it leaves alone when it fails."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest
from filelock import FileLock

from indexer.config import Config, Source, load_config
from indexer.console import report_lines
from indexer.domain.errors import ConfigError, RunInProgress
from indexer.domain.publication import Clearance
from indexer.domain.report import ExitStatus, RunReport
from indexer.domain.search import SearchRequest
from indexer.domain.source import SourceDocument
from indexer.ingest import File, outcome
from indexer.ingest.outcome import ingest_here
from indexer.pipeline import Unwatched, extract_each, read_last_run, run
from indexer.readers.ocr import can_recognise
from indexer.search_index import Archive, read_manifest
from indexer.sources import Found, find

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"

NOTE = """\
Technical Note 2023, Issue {number} - {title}
Report by: {author}, Head of Roads
TN Number: {number:03d}-23
Subject: {title}
Responsible Officer: Una Dunmarrow, Engineer
Publication: {publication}
Details:
1. {title} in the winter of 2023.
"""
PUBLIC = "This Technical Note will be published on the Council's website."
RESTRICTED = "Not for publication."


def note(
    number: int,
    title: str = "Grit Bins",
    *,
    author: str = "Morag Lennie",
    publication: str = PUBLIC,
) -> str:
    return NOTE.format(number=number, title=title, author=author, publication=publication)


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A configuration with one published folder that holds two notes."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "1.txt").write_text(note(1))
    (notes / "2.txt").write_text(note(2, "Salt Barns"))
    return Config(sources=(Source(notes, published=True),), data=tmp_path / "data")


def notes_of(config: Config) -> Path:
    return config.sources[0].folder


def slugs(config: Config, clearance: Clearance) -> list[str]:
    with Archive.open(config.data, clearance) as archive:
        return [reference.slug for reference in archive.references]


class Watcher(Unwatched):
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.stages: list[tuple[str, int]] = []
        self.last = 0

    def stage(self, words: str, steps: int) -> None:
        assert self.last == (self.stages[-1][1] if self.stages else 0), "a stage ended early"
        self.stages.append((words, steps))

    def reached(self, step: int) -> None:
        self.last = step


def test_the_sample_is_indexed_whole(tmp_path: Path) -> None:
    """Every note of the sample is there, and what is no note is named with the reason."""
    watcher = Watcher()
    report = run(replace(load_config(SAMPLE / "technotes.toml"), data=tmp_path), watcher)
    # A newcomer without the programs for scans has all but the scan, and is told what to install.
    unread = [] if can_recognise() else [report.rejections[-1]]
    assert list(report.failures) == unread
    assert all("install" in rejection.reason for rejection in unread)
    assert report.status is (ExitStatus.WITH_FAILURES if unread else ExitStatus.OK)
    manifest = read_manifest(tmp_path)
    assert report.generation == manifest.generation
    assert (report.notes, report.public_notes) == (manifest.member_notes, manifest.public_notes)
    assert 0 < report.public_notes < report.notes
    assert [rejection.reason for rejection in report.rejections if not rejection.failed] == [
        "“Employee News”, another series than “Technical Note”",
        "a listing of notes, not a note",
        "a covering message: the note is what is attached",
    ]
    files = [path for path in SAMPLE.glob("*/*/*") if path.is_file()]
    assert report.documents > len(files)  # some hold several
    assert watcher.stages == [
        ("Reading documents", len(files)),
        ("Building the index", report.notes + report.public_notes),
    ]
    assert watcher.last == report.notes + report.public_notes
    assert read_last_run(tmp_path) == report


def test_restricted_notes_are_for_members_alone(config: Config) -> None:
    """Restricted, unclear, or unstated in a source that is not published."""
    inside = notes_of(config).parent / "inside"
    inside.mkdir()
    (inside / "5.txt").write_text(note(5).replace(f"Publication: {PUBLIC}\n", ""))
    (notes_of(config) / "3.txt").write_text(note(3, publication=RESTRICTED))
    (notes_of(config) / "4.txt").write_text(note(4, publication="To follow"))
    (notes_of(config) / "6.txt").write_text(note(6).replace(f"Publication: {PUBLIC}\n", ""))
    config = replace(config, sources=(*config.sources, Source(inside)))
    report = run(config)
    assert slugs(config, Clearance.PUBLIC) == ["2023-001", "2023-002", "2023-006"]
    assert slugs(config, Clearance.MEMBER) == [f"2023-00{number}" for number in range(1, 7)]
    assert {item.slug for item in report.for_review} == {"2023-004"}


def test_one_restricted_copy_closes_the_note(config: Config) -> None:
    """The stricter of two copies wins, whichever folder it lies in."""
    (notes_of(config) / "copy.txt").write_text(note(1, publication=RESTRICTED))
    run(config)
    assert slugs(config, Clearance.PUBLIC) == ["2023-002"]
    assert slugs(config, Clearance.MEMBER) == ["2023-001", "2023-002"]


def test_another_note_of_a_taken_number_is_told(config: Config) -> None:
    """One of the two is kept, and the report names the other among the failures."""
    other = note(1, "Ferry Times").replace("in the winter of 2023", "sail daily from Inverstrae")
    (notes_of(config) / "other.txt").write_text(other.replace("1. Ferry", "1. Every ferry"))
    report = run(config)
    assert [rejection.locator for rejection in report.failures] == ["1.txt"]
    assert "other.txt" in report.failures[0].reason
    assert (report.documents, report.notes, report.status) == (3, 2, ExitStatus.WITH_FAILURES)


def test_the_public_archive_is_the_same_without_the_restricted_notes(config: Config) -> None:
    """Nothing that restricted notes teach, names and counts included, shows to the public."""

    def public_view() -> tuple[object, ...]:
        run(config)
        with Archive.open(config.data, Clearance.PUBLIC) as archive:
            return (
                replace(archive.contents, built_at=read_manifest(config.data).built_at.min),
                [archive.note(reference) for reference in archive.references],
                archive.search(SearchRequest(query="grit bins")),
            )

    restricted = notes_of(config) / "3.txt"
    # Alone, "Morag Lennie" and "M Lennie" cannot be told to be one; these notes would settle it.
    (notes_of(config) / "1.txt").write_text(note(1, author="M Lennie"))
    restricted.write_text(
        note(3, "Grit Bins on 12 May 2023: Technical Note 1-23", publication=RESTRICTED)
    )
    with_restricted = public_view()
    restricted.unlink()
    assert public_view() == with_restricted


def test_a_bad_document_costs_nothing_but_itself(
    open_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    """Every fault is named with its file, the run ends with status 1, and the good are found."""
    notes = open_folder / "notes"
    notes.mkdir()
    for number in range(1, 9):
        (notes / f"{number}.txt").write_text(note(number))
    (notes / os.fsdecode(b"310-\x92.txt")).write_text(note(310))
    (notes / "empty.txt").touch()
    (notes / "nul.txt").write_bytes(bytes(5000))
    (notes / "note.pdf").write_bytes(b"%PDF-1.7")
    (notes / "closed.txt").write_text(note(9))
    (notes / "closed.txt").chmod(0)
    (notes / "dangling.txt").symlink_to("absent")
    config = Config(sources=(Source(notes),), data=open_folder / "data")
    with unprivileged():  # which binds this process, not the server of the workers
        report = run(config, ingesting=ingest_here)
    assert report.status is ExitStatus.WITH_FAILURES
    assert slugs(config, Clearance.MEMBER) == [
        *(f"2023-00{number}" for number in range(1, 9)),
        "2023-310",
    ]
    assert {rejection.locator for rejection in report.failures} == {
        *("closed.txt", "dangling.txt", "empty.txt", "note.pdf", "nul.txt")
    }
    assert read_last_run(config.data) == report


def test_a_fault_of_the_program_in_one_document_is_told_as_such(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A defect that one page brings out does not keep the others from being found."""

    def faulty(source: SourceDocument) -> object:
        if source.locator == "1.txt":
            raise ZeroDivisionError("division by zero")
        return real(source)

    real = outcome.read
    monkeypatch.setattr(outcome, "read", faulty)
    report = run(config, ingesting=ingest_here)
    assert report.status is ExitStatus.WITH_FAILURES
    assert slugs(config, Clearance.MEMBER) == ["2023-002"]
    (failure,) = report.failures
    assert failure.locator == "1.txt"
    assert failure.reason.startswith("the program failed on it: ZeroDivisionError in test_pipeline")


def published_then(config: Config, change: Callable[[], object]) -> RunReport:
    """The report of a second run after `change`; yesterday's archive must still be there."""
    first = run(config)
    assert first.status is ExitStatus.OK
    change()
    second = run(config)
    assert second.status is ExitStatus.NOT_PUBLISHED
    assert read_manifest(config.data).generation == first.generation
    assert slugs(config, Clearance.PUBLIC) == ["2023-001", "2023-002"]
    return second


def test_a_run_without_notes_publishes_nothing(config: Config) -> None:
    """An archive of nothing is never what anyone wanted."""

    def no_notes() -> None:
        for file in notes_of(config).iterdir():
            file.write_text("Minutes of the bowling club.")

    second = published_then(config, no_notes)
    assert second.reason == "no note was found among the documents (2)"
    assert read_last_run(config.data) == second


@pytest.mark.parametrize(
    ("lose", "reason"),
    [
        (shutil.rmtree, "this folder was removed"),
        (lambda folder: (folder / "3.txt").unlink(), "the source folder holds no files"),
    ],
)
def test_a_source_that_is_lost_whole_publishes_nothing(
    config: Config, tmp_path: Path, lose: Callable[[Path], object], reason: str
) -> None:
    """A disk that is not mounted looks like an empty folder; the archive must outlive it."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "3.txt").write_text(note(3, publication=RESTRICTED))
    config = replace(config, sources=(*config.sources, Source(other)))
    second = published_then(config, lambda: lose(other))
    assert second.reason is not None
    assert second.reason.startswith(f"{other}: {reason}")


def test_a_publication_that_fails_leaves_yesterdays_archive(config: Config) -> None:
    """Whatever goes wrong while building, `current` is as it was."""

    def block() -> None:
        generations = config.data / "generations"
        generations.rename(config.data / "moved")
        generations.write_text("in the way of the next generation")
        (config.data / "current").unlink()
        (config.data / "current").symlink_to(next((config.data / "moved").iterdir()))

    second = published_then(config, block)
    assert second.reason is not None
    assert "nothing was published" in second.reason


def test_a_data_folder_that_cannot_be_written_is_told(
    open_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    """Without a place for the lock there is no run, and a sentence says why."""
    (open_folder / "1.txt").write_text(note(1))
    data = open_folder / "data"
    data.mkdir()
    data.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with unprivileged():
        report = run(Config(sources=(Source(open_folder),), data=data))
    assert report.status is ExitStatus.NOT_PUBLISHED
    assert report.reason == f"the data folder {data} cannot be used (Permission denied)"


@pytest.mark.parametrize("in_the_way", ["last-run.json", ".last-run.json"])
def test_a_report_that_cannot_be_kept_is_not_said_to_be(config: Config, in_the_way: str) -> None:
    """The archive is published all the same, and the printed report says what it lacks."""
    (notes_of(config) / "3.pdf").write_bytes(b"%PDF-1.7")
    (config.data / in_the_way).mkdir(parents=True)
    report = run(config)
    assert (report.status, report.reason) == (ExitStatus.WITH_FAILURES, None)
    *_, last = report_lines(report, config.data, stands=True)
    assert last == f"The full report could not be written to {config.data / 'last-run.json'}."
    (config.data / in_the_way).rmdir()
    *_, last = report_lines(run(config), config.data, stands=True)
    assert last == f"Full report: {config.data / 'last-run.json'}"


def test_a_second_run_at_a_time_is_refused(config: Config) -> None:
    """Two runs would build in each other's way."""
    config.data.mkdir()
    with FileLock(config.data / ".lock"), pytest.raises(RunInProgress, match="another run"):
        run(config)
    assert run(config).status is ExitStatus.OK


def test_mistakes_in_the_keepers_lists_stop_the_run(tmp_path: Path) -> None:
    """They lie beside technotes.toml, and a wrong one is never half used."""
    (tmp_path / "technotes.toml").write_text("")
    (tmp_path / "officers.toml").write_text("[[officer]]\nname = 7\n")
    with pytest.raises(ConfigError, match=r"officers\.toml"):
        run(replace(load_config(tmp_path / "technotes.toml"), data=tmp_path / "data"))


def test_a_source_among_the_generations_stops_the_run(config: Config) -> None:
    """Whatever named it: the run would clear it away."""
    source = config.data / "generations" / "notes"
    shutil.copytree(notes_of(config), source)
    with pytest.raises(ConfigError, match="lies in the folder that the archive itself fills"):
        run(replace(config, sources=(Source(source),)))
    assert len(list(source.iterdir())) == 2


def test_the_last_run_is_none_where_there_is_no_report(tmp_path: Path) -> None:
    """Absent, or written by a program that knew other fields."""
    assert read_last_run(tmp_path) is None
    (tmp_path / "last-run.json").write_text('{"started": 1}')
    assert read_last_run(tmp_path) is None


def test_each_document_is_extracted_in_its_place(config: Config) -> None:
    """Copies stay apart, rejections stand between them, and the order is that of the input."""
    folder = notes_of(config)
    (folder / "1-copy.txt").write_text(note(1))
    (folder / "0.txt").touch()
    files = [File(file) for file in find(folder) if isinstance(file, Found)]
    extracted = extract_each(files, config)
    assert [each.locator for each in extracted] == ["0.txt", "1-copy.txt", "1.txt", "2.txt"]
    references = [str(getattr(each.outcome, "reference", None)) for each in extracted]
    assert references == ["None", "001-23", "001-23", "002-23"]
