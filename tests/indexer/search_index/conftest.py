"""Invented notes, and real archives built of them."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.note import Citations, Note, Officer
from indexer.domain.publication import Clearance, Publication, PublicationStatus
from indexer.domain.reference import TECHNICAL_NOTES, NoteReference
from indexer.domain.report import RunReport
from indexer.domain.search import Contents, Council
from indexer.search_index import Archive, Edition, publish
from tests.benchmarks.council import notes as council_notes

BUILT = datetime.datetime(2026, 11, 25, 2, 14, tzinfo=datetime.UTC)

OFFICERS = {
    "ailsa-brodie": "Ailsa Brodie",
    "eilidh-ohare": "Éilidh O’Hare",
    "fraser-lyall-boyd": "Fraser Lyall-Boyd",
    "tom-reekie": "Tom Reekie",
}
POSTS = {
    "ailsa-brodie": "Roads Network Manager",
    "eilidh-ohare": "Housing Manager",
    "fraser-lyall-boyd": "Sports Development Officer",
    "tom-reekie": "Executive Officer - Neighbourhood",
}
SUBJECTS = {"roads": "Roads and winter maintenance", "housing": "Housing", "waste": "Waste"}

NO_CITATIONS = Citations()


def make_note(
    slug: str,
    title: str | None = "Gritting routes",
    body: str = "",
    *,
    officers: tuple[str, ...] = ("ailsa-brodie",),
    subjects: tuple[str, ...] = ("roads",),
    cites: Citations = NO_CITATIONS,
    public: bool = True,
    subject: str | None = None,
) -> Note:
    """An invented note; each line of `body` is a paragraph."""
    status = PublicationStatus.PUBLIC if public else PublicationStatus.RESTRICTED
    people = tuple(Officer(OFFICERS[name], POSTS[name], name) for name in officers)
    return Note(
        reference=NoteReference.from_slug(slug),
        title=title,
        subject=subject,
        publication=Publication(status, "Stated for the test"),
        open_to_public=public,
        report_by=people[:1],
        responsible_officers=people[1:],
        subject_headings=subjects,
        cites=cites,
        body=tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in body.splitlines()),
    )


def edition(notes: Iterable[Note]) -> Edition:
    """The notes with the contents that a run would write for them."""
    notes = tuple(notes)
    contents = Contents(
        council=Council("Strathallan Council", "https://www.strathallan.example"),
        series=TECHNICAL_NOTES,
        built_at=BUILT,
        notes=len(notes),
        years=tuple(sorted({note.reference.year for note in notes})),
        officers=dict(OFFICERS),
        subjects=dict(SUBJECTS),
    )
    return Edition(notes, contents)


def editions(notes: Iterable[Note]) -> dict[Clearance, Edition]:
    """All notes for members, the open ones for the public."""
    notes = tuple(notes)
    return {
        Clearance.PUBLIC: edition(note for note in notes if note.open_to_public),
        Clearance.MEMBER: edition(notes),
    }


SAMPLE = (
    make_note(
        "2021-009",
        "Bin collection days",
        "Bins are collected on another day after a bank holiday.",
        officers=("tom-reekie",),
        subjects=("waste",),
    ),
    make_note(
        "2022-031",
        "Leisure trust funding",
        "Members considered report EPB/023/21/NMcN on 4 November.",
        officers=("fraser-lyall-boyd", "tom-reekie"),
        subjects=(),
        cites=Citations(reports=("EPB/023/21/NMcN",)),
    ),
    make_note(
        "2022-032",
        "Playing field drainage",
        "This follows EPB/023/21 and is not a planning matter.",
        subjects=(),
        cites=Citations(reports=("EPB/023/21",)),
    ),
    make_note(
        "2022-033",
        "Warehouse consent",
        "Planning reference TP/ED/04/0231 is unaffected. The 2023/21 figure is a ratio.",
        officers=("eilidh-ohare",),
        subjects=("housing",),
    ),
    make_note(
        "2023-064",
        "Winter gritting priorities",
        "Gritters treat the priority routes first.\nFootways follow when the roads are clear.",
        officers=("ailsa-brodie", "tom-reekie"),
    ),
    make_note(
        "2023-071",
        "Grit supply",
        "Rock salt was not available in March. TN 064-23 lists the routes.",
        cites=Citations(notes=(NoteReference(2023, 64),)),
    ),
    make_note("2023-072", "Grit stock", "Rock salt is available at both depots."),
    make_note(
        "2023-073",
        "Community board",
        "A meeting of the board took place.",
        subjects=("housing", "waste"),
        officers=("eilidh-ohare",),
    ),
    make_note(
        "2023-074",
        "Meeting room",
        "The meeting and the board were held in one room; board meeting costs fell.",
        subjects=("housing",),
    ),
    make_note(
        "2024-005",
        "Depot security review",
        "The quillfeather depot was broken into. Gritting is unaffected.",
        public=False,
        officers=("fraser-lyall-boyd",),
    ),
)


def segment_file(folder: Path) -> Path:
    """The only segment of an index."""
    (path,) = folder.glob("*.segment")
    return path


MakeNote = Callable[..., Note]
MakeArchive = Callable[..., Archive]
MakeEditions = Callable[[Iterable[Note]], dict[Clearance, Edition]]


@pytest.fixture(scope="session", name="note")
def note_fixture() -> MakeNote:
    """Makes one invented note."""
    return make_note


@pytest.fixture(scope="session", name="editions")
def editions_fixture() -> MakeEditions:
    """Makes the editions of some notes: all of them for members, the open ones for the public."""
    return editions


@pytest.fixture(scope="session")
def report() -> RunReport:
    """The report of a run without trouble."""
    return RunReport(
        started=BUILT, finished=BUILT, generation=None, documents=10, notes=10, public_notes=9
    )


@pytest.fixture(scope="session")
def sample() -> tuple[Note, ...]:
    """Ten notes, one of them restricted."""
    return SAMPLE


@pytest.fixture(scope="session")
def archive_of(
    tmp_path_factory: pytest.TempPathFactory, report: RunReport
) -> Iterator[MakeArchive]:
    """Publishes notes to a folder of their own and opens an archive of them."""
    opened: list[Archive] = []

    def build(*notes: Note, clearance: Clearance = Clearance.MEMBER) -> Archive:
        folder = tmp_path_factory.mktemp("archive")
        publish(folder, editions(notes), report)
        opened.append(Archive.open(folder, clearance))
        return opened[-1]

    yield build
    for archive in opened:
        archive.close()


@pytest.fixture(scope="session")
def archive(archive_of: MakeArchive) -> Archive:
    """The members' archive of the sample."""
    return archive_of(*SAMPLE)


@pytest.fixture(scope="session")
def council() -> list[object]:
    """Three hundred invented notes of 5 KB."""
    return list(council_notes(300))
