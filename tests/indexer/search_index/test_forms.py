"""Words that notes say otherwise: acronyms, compounds, figures and names, over real archives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive, publish
from tests.indexer.search_index.asking import slugs


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
