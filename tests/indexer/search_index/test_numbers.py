"""Queries that name notes, committee reports or years, over real archives."""

from __future__ import annotations

import pytest

from indexer.domain.note import Citations
from indexer.domain.reference import NoteReference
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive
from tests.indexer.search_index.asking import slugs


@pytest.mark.parametrize(
    "query",
    ["TN 064-23", "064/23", "64-23", "2023-064", "technical note 2023 issue 64", '"064-23"'],
)
def test_the_number_of_a_note_opens_it(archive: Archive, query: str) -> None:
    result = archive.search(SearchRequest(query=query))
    assert result.opens == "2023-064"
    assert result.absent == ()
    # Then the note that cites it.
    assert [hit.note.reference.slug for hit in result.hits] == ["2023-064", "2023-071"]


@pytest.mark.parametrize("query", ["TN 999-23", "999-19", "technical note 2030 issue 5"])
def test_a_number_the_archive_lacks_is_repeated_as_typed(archive: Archive, query: str) -> None:
    result = archive.search(SearchRequest(query=query))
    assert (result.opens, result.absent, result.total) == (None, (query,), 0)


def test_an_absent_number_is_repeated_without_its_field(archive: Archive) -> None:
    assert archive.search(SearchRequest(query="tn:999-23")).absent == ("999-23",)
    assert archive.search(SearchRequest(query="grit tn:999-23")).absent == ("999-23",)


def test_the_rest_of_a_query_with_an_absent_number_is_searched(archive: Archive) -> None:
    result = archive.search(SearchRequest(query="TN 999-23 depots"))
    assert result.absent == ("TN 999-23",)
    assert result.hits == archive.search(SearchRequest(query="depots")).hits
    assert result.total == result.holding_all_words == 2


def test_an_absent_number_leaves_what_else_is_asked(archive: Archive) -> None:
    """Filters alone too, and the committee reports that are cited."""
    for rest in ("year:2022", "EPB/023/21", "year:2022 EPB/023/21"):
        assert slugs(archive, f"TN 999-23 {rest}") == slugs(archive, rest) != []
    assert slugs(archive, "TN 999-23 -grit") == []


def test_notes_that_cite_an_absent_number_come_first_among_words(archive_of, note) -> None:
    cites = Citations(notes=(NoteReference(2023, 999),))
    archive = archive_of(
        note("2021-001", "Salt", "It follows another note.", cites=cites),
        note("2021-002", "Salt", "Salt, salt and more salt."),
    )
    result = archive.search(SearchRequest(query="TN 999-23 salt"))
    assert [hit.note.reference.slug for hit in result.hits] == ["2021-001", "2021-002"]
    assert (result.absent, result.holding_all_words) == (("TN 999-23",), 1)


def test_a_year_favours_the_notes_of_that_year(archive_of, note) -> None:
    """Not over those that have more of the words, and no part of `2022/23` or a date is one."""
    archive = archive_of(
        note("2022-001", "Salt barn", "The salt barn opens in 2023."),
        note("2023-001", "Salt barn", "The salt barn opens in 2023."),
        note("2023-002", "Footways", "In 2023 footways are mended."),
        note("2024-001", "Salt barn", "The salt barn opens in 2023."),
    )
    assert slugs(archive, "salt barn 2023")[:3] == ["2023-001", "2024-001", "2022-001"]
    assert slugs(archive, "salt barn 2022")[0] == "2022-001"
    assert slugs(archive, "salt barn 2022/23")[0] == "2024-001"


def test_committee_reports_widen_each_other(archive_of, note) -> None:
    archive = archive_of(
        *(
            note(f"2021-00{at}", "Salt", "Salt.", cites=Citations(reports=(f"EPB/0{at}/21",)))
            for at in (1, 2, 3)
        )
    )
    assert slugs(archive, "EPB/01/21, EPB-02-21-NMcN") == ["2021-002", "2021-001"]


def test_a_number_among_words_puts_its_note_first(archive: Archive) -> None:
    found = slugs(archive, "TN 064-23 rock salt")
    assert found == ["2023-064", "2023-071", "2023-072"]


def test_a_note_that_is_absent_is_found_where_it_is_cited(archive_of, note, sample) -> None:
    cited = [made for made in sample if made.reference.slug != "2023-064"]
    result = archive_of(*cited).search(SearchRequest(query="064-23"))
    assert result.absent == ("064-23",)
    assert [hit.note.reference.slug for hit in result.hits] == ["2023-071"]


def test_a_financial_year_is_no_number(archive_of, note) -> None:
    held = note("2023-001", "Budget 2023-24", "The budget for 2023/24.")
    result = archive_of(held).search(SearchRequest(query="2023-24"))
    assert result.absent == ()
    assert result.total == 1


@pytest.mark.parametrize(
    ("query", "loosened"),
    [("EPB/099/21 drainage", ("EPB/099/21",)), ("EPB 99 21", ()), ("EPB/023/21", ())],
)
def test_a_committee_report_that_nobody_cites_is_told(
    archive: Archive, query: str, loosened: tuple[str, ...]
) -> None:
    """Not what may be plain words, such as a day, a month and a year."""
    assert archive.search(SearchRequest(query=query)).loosened == loosened


@pytest.mark.parametrize(
    "query", ["EPB/023/21/NMcN", "EPB/023/21", "epb-023-21-nmcn", "EPB 023 21"]
)
def test_a_committee_report_finds_the_notes_that_cite_it(archive: Archive, query: str) -> None:
    result = archive.search(SearchRequest(query=query))
    assert [hit.note.reference.slug for hit in result.hits] == ["2022-032", "2022-031"]
    assert ["".join(span.text for span in hit.snippet if span.matched) for hit in result.hits] == [
        "EPB02321"
    ] * 2


def test_a_committee_report_that_nobody_cites_is_words(archive: Archive) -> None:
    assert slugs(archive, "WPL/007/19 drainage") == ["2022-032"]
    assert slugs(archive, "EPB/023/21 drainage") == ["2022-032"]
