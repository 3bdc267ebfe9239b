"""Which notes are related to a note, why, and in what order."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.domain.note import Citations
from indexer.domain.publication import Clearance
from indexer.domain.reference import NoteReference
from indexer.domain.search import Related, Relation
from indexer.search_index import Archive, publish
from indexer.search_index.discovery.series import project_of, series_of
from indexer.search_index.limits import RELATED, RELATED_OF_A_KIND

OTTERS = "Otters breed beside the weir; otter holts, weir gates and spraint were surveyed."


def reports(*printed: str) -> Citations:
    """Citations of committee reports."""
    return Citations(reports=printed)


@pytest.fixture(scope="module")
def notes(note):
    """A project, a series, notes that share citations or words, and many that share nothing."""
    return [
        *(note(f"2019-{at:03d}", f"Filler {at}", f"Filler text {at}.") for at in range(1, 41)),
        note("2021-001", "Winter Service Review 2020/21"),
        note("2022-001", "Winter Service Review 2021/22"),
        note("2023-001", "Winter Service Review 2022/23 and Costs"),
        note("2023-002", "Bridge Works"),
        note("2023-003", "Bridge Works (2): Piling"),
        note("2023-004", "Bridge works (3)", cites=Citations(notes=(NoteReference(2023, 3),))),
        note("2023-005", "Update on the Bridge Works"),
        note("2023-010", "Playing fields", cites=reports("EPB/023/21/NMcN")),
        note("2023-020", "Harbour dues", cites=reports("EPB/023/21", "PNCA/036/21")),
        note("2023-021", "Between", cites=Citations(notes=(NoteReference(2019, 1),))),
        note("2023-030", "Piers", cites=Citations(notes=(NoteReference(2019, 1),))),
        note("2024-001", "River survey", OTTERS),
        note("2024-002", "In between"),
        note("2024-003", "Mammals of the lade", f"{OTTERS} The lade was surveyed as well."),
        note("2024-004", "A dispute", OTTERS, public=False),
    ]


@pytest.fixture(scope="module")
def beside(archive_of, notes) -> Archive:
    """The members' archive of them."""
    opened: Archive = archive_of(*notes)
    return opened


def related(archive: Archive, slug: str) -> list[tuple[str, Relation, tuple[str, ...]]]:
    """The slug, relation and reason of every related note."""
    return [(each.note.reference.slug, *each[1:]) for each in _of(archive, slug)]


def _of(archive: Archive, slug: str) -> tuple[Related, ...]:
    held = archive.note(NoteReference.from_slug(slug))
    assert held is not None
    return archive.related(held)


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        (
            "2023-002",
            [(slug, Relation.PROJECT, ()) for slug in ("2023-003", "2023-004", "2023-005")],
        ),
        # The second note is cited, which the page shows.
        ("2023-004", [(slug, Relation.PROJECT, ()) for slug in ("2023-005", "2023-002")]),
        ("2023-003", [(slug, Relation.PROJECT, ()) for slug in ("2023-002", "2023-005")]),
        ("2022-001", [(slug, Relation.SERIES, ()) for slug in ("2023-001", "2021-001")]),
        ("2023-010", [("2023-020", Relation.REPORT, ("EPB/023/21/NMcN",))]),
        ("2023-020", [("2023-010", Relation.REPORT, ("EPB/023/21",))]),
        ("2023-021", [("2023-030", Relation.CITATION, ("001-19",))]),
        ("2019-001", []),
        ("2019-020", []),
    ],
)
def test_titles_and_citations(beside, slug: str, expected) -> None:
    """The nearest first; nothing that the page shows already."""
    assert related(beside, slug) == expected


def test_similar_text_names_the_words_that_both_have(beside) -> None:
    """Not of a neighbour, which the page leads on to anyway."""
    found = related(beside, "2024-001")
    assert [(slug, relation) for slug, relation, _ in found] == [
        ("2024-004", Relation.TEXT),
        ("2024-003", Relation.TEXT),
    ]
    assert {"otter", "weir", "spraint"} <= set(found[0][2])
    assert [slug for slug, _, _ in related(beside, "2024-004")] == ["2024-001"]


def test_they_are_worked_out_once(beside) -> None:
    assert _of(beside, "2023-002") is _of(beside, "2023-002")


def test_the_public_is_shown_public_notes_alone(archive_of, notes) -> None:
    public = archive_of(*notes, clearance=Clearance.PUBLIC)
    assert [slug for slug, _, _ in related(public, "2024-001")] == ["2024-003"]


def test_a_deleted_note_is_related_to_none(tmp_path: Path, notes, editions, report) -> None:
    gone = {"2022-001", "2023-003", "2023-020", "2023-030", "2024-003", "2024-004"}
    publish(tmp_path, editions(notes), report)
    publish(tmp_path, editions(n for n in notes if n.reference.slug not in gone), report)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        for made in notes:
            if made.reference.slug not in gone:
                assert not gone & {slug for slug, _, _ in related(archive, made.reference.slug)}


def test_there_are_few_and_one_reason_does_not_crowd_out_the_rest(archive_of, note) -> None:
    series = [note(f"{year}-001", f"Harbour dues {year}") for year in range(2001, 2012)]
    citing = [note(f"2012-{at:03d}", f"Pier {at}", cites=reports("EPB/1/20")) for at in range(1, 9)]
    asked = note("2013-001", "Harbour dues 2013", cites=reports("EPB/001/20"))
    relations = [
        relation for _, relation, _ in related(archive_of(*series, *citing, asked), "2013-001")
    ]
    assert relations == [Relation.SERIES] * RELATED_OF_A_KIND + [Relation.REPORT] * (
        RELATED - RELATED_OF_A_KIND
    )
    project = [note(f"2020-{at:03d}", f"Bridge Works ({at})") for at in range(1, 9)]
    assert len(related(archive_of(*project), "2020-004")) == RELATED


@pytest.mark.parametrize(
    ("title", "project", "series"),
    [
        ("Bridge Works (3)", "bridge works", "bridge works"),
        ("Bridge Works, Part 2: Piling", "bridge works", "bridge works"),
        ("Bridge Works – Phase II", "bridge works", "bridge works"),
        ("Update on the Bridge Works", "bridge works", "bridge works"),
        ("Bridge Works – Project update", "bridge works", "bridge works"),
        (
            "Local Election 4th July 2024 (9) – Count",
            "local election 4 july 2024",
            "local election",
        ),
        (
            "Budget Meeting – 23rd February 2022",
            "budget meeting 23 february 2022",
            "budget meeting",
        ),
        ("Local Polling, 14 to 18 May 2023", "local polling 14 to 18 may 2023", "local polling"),
        ("Void Houses: Quarter 3 2017/18", "void houses quarter 3 2017 18", "void houses"),
        ("Salt Stock in Winter 2022/23", "salt stock in winter 2022 23", "salt stock in"),
        ("What May Be Built", "what may be built", "what may be built"),
        ("Service (COVID-19) Changes", "service covid 19 changes", "service covid 19 changes"),
        ("Update (3)", "", ""),
        ("Parking", "", ""),
        ("2023", "", ""),
        ("Ward 7", "", ""),
        ("", "", ""),
    ],
)
def test_titles_without_their_number_and_date(title, project, series) -> None:
    """Two telling words are needed to name a project."""
    assert " ".join(project_of(title)) == project
    assert " ".join(series_of(title)) == series
