"""Which notes a query of words finds, and in what order, over real archives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.search import SearchRequest, Sort
from indexer.search_index import Archive
from indexer.search_index.limits import QUERY_CHARACTERS, WORDS_READ
from indexer.search_index.weights import ALL_WORDS_FACTOR, ENOUGH_WITH_ALL_WORDS
from tests.indexer.search_index.asking import slugs

PIECES = st.sampled_from(
    ["“", '"', "(", ")", "]", "*", "?", "~", "^2", "\\", "-", " ", "\x00", "\ud83d", "AND", "NOT"]
) | st.sampled_from(
    ["officer:", "year:", "year:2023..", "title:", "TN ", "064-23", "EPB/023/21", "grit", " OR "]
)
ODD_QUERIES = st.lists(PIECES, max_size=12).map("".join) | st.text(
    alphabet=st.characters(exclude_categories=())
)


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
        ("heading:housing", ["2023-074", "2023-073", "2022-033"]),
        ("report_by:brodie grit", ["2023-072", "2023-071", "2023-064"]),
        ("report_by:reekie", ["2021-009"]),
        ("officer:reekie", ["2023-064", "2022-031", "2021-009"]),
        ("cites:064-23", ["2023-071"]),
        ("cites:EPB/023/21", ["2022-032", "2022-031"]),
        ("year:2022..2023 grit", ["2023-072", "2023-071", "2023-064"]),
        ("year:..2021", ["2021-009"]),
        ("rock salt -available", []),
        ("salt -depots", ["2023-071"]),
        ('salt -"not available"', ["2023-072"]),
        ("drainage OR security", ["2024-005", "2022-032"]),
        ("(drainage OR depot) -fields", ["2024-005", "2023-072"]),
        ("EPB/023/21 OR quillfeather", ["2022-032", "2022-031", "2024-005"]),
        ("-grit", ["2023-072", "2023-071", "2023-064", "2024-005"]),
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


def test_a_phrase_that_no_note_has_is_read_as_words(archive: Archive) -> None:
    result = archive.search(SearchRequest(query='"salt of the depots" stock'))
    assert result.loosened == ("salt of the depots",)
    assert result.hits[0].note.reference.slug == "2023-072"
    assert result.total == 3
    assert archive.search(SearchRequest(query='"not available"')).loosened == ()
    # A hyphen is no quotation.
    assert archive.search(SearchRequest(query="salt-depot")).loosened == ()
    assert set(slugs(archive, "salt-depots")) == {"2023-072", "2023-071", "2024-005"}


@pytest.mark.parametrize(
    "question",
    [
        "What does “grit stock (available)” mean: is it 1:1 of grit/salt at both depots?",
        "**Winter**: which grit* -rock or sea- is stocked, and must it NOT freeze (or thaw)?",
        "methods -dash exact or approximate -dash of grit supply .",
        "Grit AND OR NOT supply )( both (see: the Boyd 'report', vol. 7, no. 1 (1970)).",
        '6" of grit OR 8" of salt OR',
        "(grit: 50% (salt; 50%) / sand",
    ],
)
def test_a_sentence_is_read_as_words_whatever_stands_in_it(archive: Archive, question: str) -> None:
    """Nothing is lost for a sign: what a sentence finds is all that holds its words."""
    found = archive.search(SearchRequest(query=question))
    assert {"2023-071", "2023-072"} <= {hit.note.reference.slug for hit in found.hits}


def test_what_is_not_looked_for_is_told(archive: Archive) -> None:
    result = archive.search(SearchRequest(query="the state of the roads"))
    assert (result.left_out, result.unread) == (("the", "of"), ())
    many = " ".join(f"word{number}" for number in range(WORDS_READ + 2))
    assert archive.search(SearchRequest(query=many)).unread == ("word64", "word65")


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
