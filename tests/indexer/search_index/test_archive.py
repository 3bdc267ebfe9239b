"""An open archive: pages of hits, single notes, neighbours, citations."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.reference import NoteReference
from indexer.domain.search import NoteSummary, SearchRequest, Span
from indexer.search_index import Archive


def slugs(summaries) -> list[str | None]:
    """The slugs of some summaries."""
    return [summary and summary.reference.slug for summary in summaries]


def test_every_note_reads_back_as_it_was(archive: Archive, sample) -> None:
    assert [archive.note(made.reference) for made in sample] == list(sample)
    assert [archive.summary(made.reference) for made in sample] == list(map(NoteSummary.of, sample))
    assert list(archive.references) == [made.reference for made in sample]


def test_a_note_not_held_is_none(archive: Archive) -> None:
    assert archive.note(NoteReference(2023, 65)) is None
    assert archive.summary(NoteReference(1999, 1)) is None


def test_latest(archive: Archive) -> None:
    assert slugs(archive.latest(3)) == ["2024-005", "2023-074", "2023-073"]
    assert len(archive.latest(100)) == 10
    assert archive.latest(0) == archive.latest(-1) == ()


@pytest.mark.parametrize(
    ("slug", "before", "after"),
    [
        ("2023-064", "2022-033", "2023-071"),
        ("2023-065", "2023-064", "2023-071"),
        ("2021-009", None, "2022-031"),
        ("2024-005", "2023-074", None),
        ("1999-001", None, "2021-009"),
        ("2050-001", "2024-005", None),
    ],
)
def test_neighbours(archive: Archive, slug: str, before: str | None, after: str | None) -> None:
    assert slugs(archive.neighbours(NoteReference.from_slug(slug))) == [before, after]


def test_what_cites_a_note_or_a_report(archive: Archive) -> None:
    assert slugs(archive.cited_by(NoteReference(2023, 64))) == ["2023-071"]
    assert archive.cited_by(NoteReference(2023, 71)) == ()
    assert slugs(archive.citing_report("epb 23 21")) == ["2022-032", "2022-031"]
    assert archive.citing_report("EPB/024/21") == archive.citing_report("no report") == ()


@pytest.mark.parametrize(
    ("asked", "page"), [(1, 1), (3, 3), (4, 4), (5, 4), (99, 4), (0, 4), (-3, 4)]
)
def test_a_page_that_is_not_there_is_the_last(archive: Archive, asked: int, page: int) -> None:
    result = archive.search(SearchRequest(page=asked, page_size=3))
    assert (result.page, result.pages, len(result.hits)) == (page, 4, 1 if page == 4 else 3)


def test_nothing_found_is_one_empty_page(archive: Archive) -> None:
    result = archive.search(SearchRequest(query="zyzzyva", page=7, page_size=0))
    assert (result.page, result.pages, result.hits) == (1, 1, ())


def test_pages_together_hold_every_hit_once(archive: Archive) -> None:
    found = [
        hit.note.reference
        for page in (1, 2)
        for hit in archive.search(SearchRequest(query="grit the a", page=page, page_size=2)).hits
    ]
    assert len(found) == len(set(found)) == archive.search(SearchRequest(query="grit the a")).total


def test_titles_are_marked_whole(archive: Archive) -> None:
    hit = archive.search(SearchRequest(query="stock")).hits[0]
    assert [(span.text, span.matched) for span in hit.title] == [("Grit ", False), ("stock", True)]


def test_an_untitled_note_goes_by_its_subject_or_number(archive_of, note) -> None:
    archive = archive_of(note("2023-001", None, "Salt."), note("2023-002", None, subject="Salt"))
    titles = {hit.title for hit in _hits(archive, "salt")}
    assert titles == {(Span("Salt", matched=True),), (Span("Note 001-23"),)}


def test_an_empty_archive_answers(archive_of) -> None:
    archive = archive_of()
    for query in ("", "salt", "064-23", "EPB/023/21", "year:2023"):
        assert archive.search(SearchRequest(query=query)).total == 0
    assert archive.latest(5) == ()
    assert archive.facets().year == ()
    assert archive.neighbours(NoteReference(2023, 64)) == (None, None)


def test_there_is_no_archive_before_the_first_run(tmp_path: Path) -> None:
    with pytest.raises(GenerationError, match=r"no archive at .* yet: run `technotes index`"):
        Archive.open(tmp_path / "none", Clearance.PUBLIC)


def _hits(archive: Archive, query: str):
    return archive.search(SearchRequest(query=query)).hits
