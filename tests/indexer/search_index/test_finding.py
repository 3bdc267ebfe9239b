"""Which notes a query finds, over real archives."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.note import Citations
from indexer.domain.publication import Clearance
from indexer.domain.reference import NoteReference
from indexer.domain.search import SearchRequest, Sort
from indexer.search_index import Archive, publish
from indexer.search_index.limits import QUERY_CHARACTERS, WORDS_READ
from indexer.search_index.weights import ALL_WORDS_FACTOR, ENOUGH_WITH_ALL_WORDS

PIECES = st.sampled_from(
    ["“", '"', "(", ")", "]", "*", "?", "~", "^2", "\\", "-", " ", "\x00", "\ud83d", "AND", "NOT"]
) | st.sampled_from(
    ["officer:", "year:", "year:2023..", "title:", "TN ", "064-23", "EPB/023/21", "grit", " OR "]
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


@pytest.mark.parametrize("query", ["£174,300", "174300", "174,300"])
def test_thousands_are_found_with_and_without_a_comma(archive_of, note, query: str) -> None:
    archive = archive_of(
        note("2021-001", "Grant", "It cost £174,300."),
        note("2021-002", "Grant", "It cost £174300."),
        note("2021-003", "Grant", "On 174 days 300 came."),
    )
    assert slugs(archive, query) == ["2021-002", "2021-001"]


@pytest.mark.parametrize("printed", ["and", "&"])
@pytest.mark.parametrize("defined", ["and", "&"])
def test_an_ampersand_stands_for_and(archive_of, note, printed: str, defined: str) -> None:
    """In what an acronym stands for, as notes and the list print it."""
    archive = archive_of(
        note("2021-001", "Care", f"The Shore {defined} Harbour Partnership (SHP) met."),
        note("2021-002", "Plan", f"The Shore {printed} Harbour Partnership has a plan."),
        note("2021-003", "Shores", "A partnership."),
    )
    assert slugs(archive, "SHP") == ["2021-001", "2021-002"]
    for query in ("shore & harbour partnership", "shore and harbour partnership"):
        assert set(slugs(archive, query)[:2]) == {"2021-001", "2021-002"}
    assert archive.search(SearchRequest(query="SHP")).spelt_out == {
        "SHP": (f"Shore {defined} Harbour Partnership",)
    }


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


@pytest.fixture(scope="module")
def wording(archive_of, note) -> Archive:
    """Notes that say the same in different ways."""
    titles_and_bodies = {
        "2021-001": ("Care budget", "The Health and Social Care Partnership (HSCP) has a plan."),
        "2021-002": ("Staffing", "The HSCP employs drivers."),
        "2021-003": ("Day centre", "Run by the health and social care partnership."),
        "2021-004": ("Rolled Aggregate Blocks", "Walls were looked at."),
        "2021-005": ("School survey", "No RAB was seen in a playpark."),
        "2021-006": ("Play areas", "Each play park was organised by colour; we co-operated."),
        "2021-007": ("Minutes", "IT is all done, said the ALL (Arts and Leisure Lobby)."),
        "2021-008": ("Closures", "Kirk Street is closed; the high wall in Mill Street too."),
        "2021-009": ("Repairs", "The high street of Kirk is open. A street, high above."),
        "2021-010": (
            "Terms",
            "Closing Down Order (CDO). Civic Day Out (CDO). Cold Deck Oil (CDO).",
        ),
        "2021-011": ("Orders", "A closing down order, a civic day out, cold deck oil."),
    }
    notes = (note(slug, *each, subject="Rare") for slug, each in titles_and_bodies.items())
    return archive_of(*notes)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # An acronym and its long form find each other, however the acronym is typed.
        ("HSCP", {1, 2, 3}),
        ("hscp", {1, 2, 3}),
        ('"HSCP"', {1, 2, 3}),
        ("RAB", {4, 5}),
        ("rab", {4, 5}),
        ("ALL IT", {7}),
        ("title:RAB", {4}),
        ("title:playpark play park", {5, 6}),
        ("-HSCP drivers OR partnership", {3}),
        # As one word and as two, and in either spelling.
        ("play-park", {5, 6}),
        ("playpark", {5, 6}),
        ("cooperated", {6}),
        ("co-operated", {6}),
        ("organized color", {6}),
    ],
)
def test_other_forms_of_words(wording: Archive, query: str, found: set[int]) -> None:
    assert {int(slug[-3:]) for slug in slugs(wording, query)} == found


def test_a_long_form_counts_as_held_where_its_acronym_stands(wording: Archive) -> None:
    result = wording.search(SearchRequest(query="health and social care partnership"))
    assert result.holding_all_words == 3
    assert wording.search(SearchRequest(query="play park")).holding_all_words == 2


def test_what_an_acronym_stands_for_is_told(wording: Archive) -> None:
    def told(query: str) -> dict[str, tuple[str, ...]]:
        return wording.search(SearchRequest(query=query)).spelt_out

    assert told("hscp drivers") == {"hscp": ("Health and Social Care Partnership",)}
    assert told("RAB") == {"RAB": ("Rolled Aggregate Blocks",)}
    assert told("all of it") == told("zzz drivers") == {}
    # No more than two of many.
    assert len(told("CDO")["CDO"]) == 2


def test_the_keepers_say_what_an_acronym_is(archive_of, note, editions, report, tmp_path) -> None:
    notes = [
        note("2021-001", "Care", "The Health and Social Care Partnership (HSCP)."),
        note("2021-002", "Ponds", "The Harbour and Shore Conservation Project."),
        note("2021-003", "Carers", "Health and social care partnership."),
    ]
    made = {
        clearance: replace(
            each,
            contents=replace(
                each.contents,
                acronyms={"HSCP": ("Harbour and Shore Conservation Project",)},
                usual_acronyms={"PNDS": ("ponds",), "HSCP": ("ponds",)},
            ),
        )
        for clearance, each in editions(notes).items()
    }
    publish(tmp_path, made, report)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        assert set(slugs(archive, "HSCP")) == {"2021-001", "2021-002"}
        assert slugs(archive, "pnds") == ["2021-002"]


def test_an_acronym_goes_with_the_last_note_that_defines_it(
    note, editions, report, tmp_path
) -> None:
    """Nothing learnt outlives its note, and nothing of a restricted one reaches the public."""
    defined = note("2021-001", "Care", "The Harbour Repair Team (HRT).", public=False)
    used = note("2021-002", "Staffing", "Asked of the harbour repair team.")
    others = [note(f"2022-{at:03d}", "Other", "Nothing.") for at in range(1, 9)]
    publish(tmp_path, editions([defined, used, *others]), report)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        assert slugs(archive, "HRT") == ["2021-001", "2021-002"]
    with Archive.open(tmp_path, Clearance.PUBLIC) as archive:
        assert slugs(archive, "HRT") == []
    changed = note("2021-001", "Care", "The HRT.", public=False)
    publish(tmp_path, editions([changed, used, *others]), report)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        assert slugs(archive, "HRT") == ["2021-001"]


def test_the_name_of_a_street_is_favoured(wording: Archive) -> None:
    assert slugs(wording, "kirk street")[0] == "2021-008"
    assert slugs(wording, "High Street")[0] == "2021-009"
    assert set(slugs(wording, "kirk street")) == {"2021-008", "2021-009"}


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
