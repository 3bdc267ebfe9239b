"""Which notes a query finds, over real archives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.search import SearchRequest, Sort
from indexer.search_index import Archive
from indexer.search_index.limits import ALL_WORDS_FACTOR, ENOUGH_WITH_ALL_WORDS, QUERY_CHARACTERS

PIECES = st.sampled_from(
    ["“", '"', "(", ")", "]", "*", "?", "~", "^2", "\\", "-", " ", "\x00", "\ud83d", "AND", "NOT"]
) | st.sampled_from(
    ["officer:", "year:", "year:2023", "title:", "subject:", "TN ", "064-23", "EPB/023/21", "grit"]
)
ODD_QUERIES = st.lists(PIECES, max_size=12).map("".join) | st.text(
    alphabet=st.characters(exclude_categories=())
)


def slugs(archive: Archive, query: str, **asked: object) -> list[str]:
    """The first page of notes that `query` finds."""
    hits = archive.search(SearchRequest(query=query, **asked)).hits
    return [hit.note.reference.slug for hit in hits]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('"not available"', ["2023-071"]),
        ('"meeting of the board"', ["2023-073"]),
        ('"board meeting"', ["2023-074"]),
        ("lyall boyd", ["2024-005", "2022-031"]),
        ("lyall-boyd", ["2024-005", "2022-031"]),
        ("Lyall\u2011Boyd", ["2024-005", "2022-031"]),
        ("EILIDH o'hare", ["2023-073", "2022-033"]),
        ("title:grit", ["2023-072", "2023-071", "2023-064"]),
        ("officer:reekie year:2023", ["2023-064"]),
        ("subject:not-a-heading grit", ["2023-072", "2023-071", "2023-064", "2024-005"]),
        ("year:2022", ["2022-033", "2022-032", "2022-031"]),
        ("year:1850", []),
        ("year:1850 grit", []),
        ("***", []),
        ("zyzzyva", []),
        ("quill*", ["2024-005"]),
        ("priorities*", ["2023-064"]),
        ("g*", []),
    ],
)
def test_words(archive: Archive, query: str, found: list[str]) -> None:
    assert slugs(archive, query) == found


@pytest.mark.parametrize("query", ["", "  \n ", "\x00"])
def test_an_empty_query_finds_every_note_newest_first(archive: Archive, query: str) -> None:
    result = archive.search(SearchRequest(query=query))
    assert result.total == result.holding_all_words == 10
    references = [hit.note.reference for hit in result.hits]
    assert references == sorted(references, reverse=True)


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


def test_the_rest_of_a_query_with_an_absent_number_is_searched(archive: Archive) -> None:
    result = archive.search(SearchRequest(query="TN 999-23 depots"))
    assert result.absent == ("TN 999-23",)
    assert result.hits == archive.search(SearchRequest(query="depots")).hits
    assert result.total == result.holding_all_words == 2


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


def notes_with(note, both: int, one: int):
    """`both` notes with salt and grit, `one` notes with salt alone."""
    bodies = ["Salt and grit."] * both + ["Salt."] * one
    return [note(f"2023-{at:03d}", "Stock", body) for at, body in enumerate(bodies, 1)]


def test_notes_with_all_words_are_the_result_when_they_are_enough(archive_of, note) -> None:
    enough = archive_of(*notes_with(note, ENOUGH_WITH_ALL_WORDS, 5))
    result = enough.search(SearchRequest(query="the salt grit"))
    assert result.total == result.holding_all_words == ENOUGH_WITH_ALL_WORDS
    few = archive_of(*notes_with(note, ENOUGH_WITH_ALL_WORDS - 1, 5))
    result = few.search(SearchRequest(query="the salt grit"))
    assert (result.total, result.holding_all_words) == (14, 9)


def test_a_choice_narrows_what_was_found_and_never_widens_it(archive_of, note) -> None:
    archive = archive_of(*notes_with(note, 12, 5), note("2024-001", "Stock", "Salt and grit."))
    result = archive.search(SearchRequest(query="salt grit", years=frozenset({2024})))
    assert (result.total, result.holding_all_words) == (1, 1)


def test_more_words_may_be_asked_for_than_are_found(archive: Archive) -> None:
    absent = " ".join(f"zyzzyva{number}" for number in range(20))
    result = archive.search(SearchRequest(query=f"{absent} quillfeather {absent}"))
    assert (result.total, result.holding_all_words) == (1, 0)


def test_notes_with_all_words_are_favoured(archive_of, note) -> None:
    archive = archive_of(*notes_with(note, 1, 2))

    def scores(query: str) -> dict[str, float]:
        hits = archive.search(SearchRequest(query=query)).hits
        return {hit.note.reference.slug: hit.score for hit in hits}

    # Of one word every note found holds all words; of two, the first note alone does.
    salt, grit, both = scores("salt"), scores("grit"), scores("salt grit")
    assert both["2023-001"] == pytest.approx(salt["2023-001"] + grit["2023-001"])
    assert both["2023-002"] == pytest.approx(salt["2023-002"] / ALL_WORDS_FACTOR)


def test_equal_scores_are_newest_first(archive_of, note) -> None:
    archive = archive_of(*(note(f"20{year}-007", "Stock", "Salt.") for year in (19, 24, 21)))
    assert slugs(archive, "salt") == ["2024-007", "2021-007", "2019-007"]


def test_newest_first_goes_by_number(archive_of, note) -> None:
    archive = archive_of(
        note("2023-009", "Salt salt"), note("2023-1000", "A salt store"), note("2022-999", "Salt")
    )
    assert slugs(archive, "salt", sort=Sort.NEWEST) == ["2023-1000", "2023-009", "2022-999"]


@given(ODD_QUERIES)
def test_no_query_is_a_mistake(archive: Archive, query: str) -> None:
    result = archive.search(SearchRequest(query=query))
    assert 0 <= result.holding_all_words <= result.total <= 10
    assert len(result.hits) == result.total
    assert result.query.encode().decode() == result.query


RUBBISH = [
    '"',
    "(",
    "*",
    "grit ",
    "TN.",
    "4-",
    "EPB/",
    "a'",
    "x",
    "\u00ad",
    "year:",
    "TN\t",
    "EPB ",
]


@pytest.mark.parametrize("rubbish", RUBBISH)
def test_ten_thousand_characters_are_no_mistake(archive: Archive, rubbish: str) -> None:
    query = rubbish * (10_001 // len(rubbish))
    result = archive.search(SearchRequest(query=query))
    assert len(result.query) <= QUERY_CHARACTERS
