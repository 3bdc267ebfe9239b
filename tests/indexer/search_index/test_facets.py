"""Facet counts and choices."""

from __future__ import annotations

import random

import pytest

from indexer.domain.search import FacetValue, SearchRequest
from indexer.search_index import NOT_CLASSIFIED, Archive, facets


def counts(values: tuple[FacetValue, ...]) -> dict[str, int]:
    """The counts by value, in the order shown."""
    return {value.value: value.count for value in values}


def test_years_are_newest_first_and_the_rest_by_count_then_label(archive: Archive) -> None:
    shown = archive.facets()
    assert list(counts(shown.year).items()) == [("2024", 1), ("2023", 5), ("2022", 3), ("2021", 1)]
    assert [(value.label, value.count) for value in shown.officer] == [
        ("Ailsa Brodie", 5),
        ("Tom Reekie", 3),
        ("Éilidh O’Hare", 2),
        ("Fraser Lyall-Boyd", 2),
    ]
    assert [(value.label, value.count) for value in shown.subject] == [
        ("Roads and winter maintenance", 4),
        ("Housing", 3),
        ("Not classified", 2),
        ("Waste", 2),
    ]


def test_a_choice_does_not_shrink_its_own_counts(archive: Archive) -> None:
    request = SearchRequest(query="", years=frozenset({2022}), subjects=frozenset({NOT_CLASSIFIED}))
    result = archive.search(request)
    assert result.total == 2
    assert counts(result.facets.year) == {"2022": 2}
    assert counts(result.facets.subject) == {NOT_CLASSIFIED: 2, "housing": 1}
    assert counts(result.facets.officer) == {
        "ailsa-brodie": 1,
        "fraser-lyall-boyd": 1,
        "tom-reekie": 1,
    }


def test_a_chosen_value_stays_even_where_no_note_has_it(archive: Archive) -> None:
    result = archive.search(
        SearchRequest(
            query="quillfeather",
            years=frozenset({1999}),
            officers=frozenset({"tom-reekie", "nobody"}),
        )
    )
    assert result.total == 0
    assert result.facets.year == (FacetValue("1999", "1999", 0),)
    assert result.facets.officer == (
        FacetValue("nobody", "nobody", 0),
        FacetValue("tom-reekie", "Tom Reekie", 0),
    )


@pytest.mark.parametrize("few", [0, facets.FEW], ids=["years apart", "whole rows"])
def test_counts_are_those_of_counting_by_hand(
    archive_of, note, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facets, "FEW", few)
    draw = random.Random(10)
    people = ["ailsa-brodie", "eilidh-ohare", "tom-reekie"]
    headings = ["roads", "housing", "waste", *map(str, range(8))]
    notes = [
        note(
            f"{draw.randint(2020, 2023)}-{number:03d}",
            "Stock",
            draw.choice(["salt", "grit"]),
            officers=tuple(draw.sample(people, draw.randint(0, 2))),
            subjects=tuple(draw.sample(headings, draw.choice([0, 1, 3, 9]))),
        )
        for number in range(1, 120)
    ]
    archive = archive_of(*notes)

    def values(made) -> tuple[set, set, set]:
        officers = {officer.slug for officer in made.officers}
        return {made.reference.year}, officers, set(made.subject_headings) or {NOT_CLASSIFIED}

    for _ in range(40):
        chosen = (
            frozenset(draw.sample(range(2020, 2024), draw.randint(0, 2))),
            frozenset(draw.sample(people, draw.randint(0, 2))),
            frozenset(draw.sample([*headings, NOT_CLASSIFIED], draw.randint(0, 2))),
        )
        request = SearchRequest(
            query="salt", years=chosen[0], officers=chosen[1], subjects=chosen[2]
        )
        result = archive.search(request)
        found = [values(made) for made in notes if made.body[0].text == "salt"]

        def passing(skip: int | None, found=found, chosen=chosen) -> list[tuple[set, set, set]]:
            return [
                note
                for note in found
                if all(at == skip or not chosen[at] or chosen[at] & note[at] for at in range(3))
            ]

        assert result.total == len(passing(None))
        shown = (result.facets.year, result.facets.officer, result.facets.subject)
        for at, facet in enumerate(shown):
            expected = dict.fromkeys(map(str, chosen[at]), 0)
            for having in passing(at):
                for value in having[at]:
                    expected[str(value)] = expected.get(str(value), 0) + 1
            assert counts(facet) == expected
