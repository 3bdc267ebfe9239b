"""Which printed names are one person, in whatever order the notes arrive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.authority import OfficerRecord
from indexer.domain.note import Officer
from indexer.extraction.people import people

# The names that notes print, and who they come to: slugs in the order of the names.
GROUPS: dict[str, tuple[list[str], list[str]]] = {
    "case, accents, apostrophes and dashes": (
        ["Sean O’Dunlop", "SEAN O'DUNLOP", "Seán O'Dunlop", "Isla Corbie-Bain", "Isla Corbie‑Bain"],
        ["sean-odunlop"] * 3 + ["isla-corbie-bain"] * 2,
    ),
    "a middle initial left out": (
        ["Corrina Mavis", "Corrina M Mavis", "Corrina M. Mavis"],
        ["corrina-m-mavis"] * 3,
    ),
    "a plain name that fits two waits": (
        ["Corrina Mavis", "Corrina M Mavis", "Corrina J Mavis"],
        ["corrina-mavis", "corrina-m-mavis", "corrina-j-mavis"],
    ),
    "the first letter of a first name": (
        ["C Mavis", "Corrina Mavis"],
        ["corrina-mavis"] * 2,
    ),
    "a letter that fits two waits": (
        ["C Mavis", "Corrina Mavis", "Callum Mavis"],
        ["c-mavis", "corrina-mavis", "callum-mavis"],
    ),
    "two letters fit the fullest": (
        ["C M Mavis", "Corrina Mavis", "Corrina M Mavis"],
        ["corrina-m-mavis"] * 3,
    ),
    "a full middle name is somebody's own": (
        ["Corrina Mavis", "Corrina Maud Mavis"],
        ["corrina-mavis", "corrina-maud-mavis"],
    ),
    "different surnames and first names": (
        ["Corrina Mavis", "Corrina Merle", "Carina Mavis", "Lulu"],
        ["corrina-mavis", "corrina-merle", "carina-mavis", "lulu"],
    ),
    "honorifics": (["Dr Corrina Mavis", "Corrina Mavis"], ["corrina-mavis"] * 2),
}
DIGITS = str.maketrans("0123456789", "abdefghijk")
WAITING = {
    "a plain name that fits two waits": {"corrina-mavis"},
    "a letter that fits two waits": {"c-mavis"},
}


def test_a_great_many_people_of_one_surname() -> None:
    """However many share a surname and a first letter, each is told apart and the work ends."""
    first_names = [f"C{number:05d}".translate(DIGITS) for number in range(40_000)]
    found = people(["C Mavis", *(f"{name} Mavis" for name in first_names)])
    assert len(set(found.slugs.values())) == 40_001
    assert found.waiting == {"c-mavis"}


@pytest.mark.parametrize("what", GROUPS)
@given(data=st.data())
def test_which_names_are_one_person(what: str, data: st.DataObject) -> None:
    """Names merge only where they fit exactly one person, in any order of arrival."""
    names, slugs = GROUPS[what]
    found = people(data.draw(st.permutations(names)))
    assert [found.slug(Officer(name), 2023) for name in names] == slugs
    assert found.waiting == WAITING.get(what, set())
    assert set(found.names) == set(slugs)


PARTS = st.sampled_from(["Corrina", "Callum", "C", "M", "J", "Maud"])
NAMES = st.builds(
    lambda first, middle, last: " ".join([first, *middle, last]),
    PARTS,
    st.lists(st.sampled_from("M J Maud".split()), max_size=1),
    st.sampled_from(["Mavis", "Merle"]),
)


@given(
    st.lists(NAMES, min_size=1, max_size=7).flatmap(
        lambda n: st.tuples(st.just(n), st.permutations(n))
    )
)
def test_the_order_of_arrival_changes_nothing(pair: tuple[list[str], list[str]]) -> None:
    """Slugs, the names to print and who waits are the same for any order of the notes."""
    one, other = (people(names) for names in pair)
    assert one == other


@given(st.lists(NAMES, min_size=1, max_size=7))
def test_everyone_who_is_named_has_a_slug(names: list[str]) -> None:
    """Each printed name has the slug of a person whose name can be printed."""
    found = people(names)
    slugs = [found.slug(Officer(name), 2023) for name in names]
    assert None not in slugs
    assert set(found.names) == set(slugs)
    assert found.waiting <= set(slugs)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        (["CORRINA MAVIS", "Corrina Mavis"], "Corrina Mavis"),
        (["Corrina Mavis", "Corrina Mavis", "Corrina M Mavis"], "Corrina M Mavis"),
        (["Corrina O'Mavis", "Corrina O’Mavis", "Corrina O’Mavis"], "Corrina O’Mavis"),
    ],
)
def test_the_name_to_print(printed: list[str], name: str) -> None:
    """A person is listed under the fullest form, then the commonest, not in capitals."""
    assert list(people(printed).names.values()) == [name]


RECORDS = (
    OfficerRecord("corrina-mavis-roads", "Corrina Mavis", ("C. Mavis",), (2015, 2019)),
    OfficerRecord("corrina-mavis-parks", "Corrina Mavis", (), (2020, 2026), ("Parks Manager",)),
)


@pytest.mark.parametrize(
    ("name", "post", "year", "slug"),
    [
        ("Corrina Mavis", None, 2015, "corrina-mavis-roads"),
        ("CORRINA MAVIS", "Engineer", 2019, "corrina-mavis-roads"),
        ("C Mavis", "Engineer", 2017, "corrina-mavis-roads"),
        ("Corrina Mavis", "PARKS MANAGER", 2020, "corrina-mavis-parks"),
        ("Corrina Mavis", "Clerk", 2021, "corrina-mavis"),
        ("Corrina Mavis", "Parks Manager", 2014, "corrina-mavis"),
        ("Corrina Merle", "Parks Manager", 2021, "corrina-merle"),
        ("Torquhal Birnie", None, 2021, None),
    ],
)
def test_a_keepers_record_tells_two_people_apart(
    name: str, post: str | None, year: int, slug: str | None
) -> None:
    """Years and posts of a record decide; who fits none of them goes by the name alone."""
    found = people(["Corrina Mavis", "C Mavis", "Corrina Merle"], RECORDS)
    assert found.slug(Officer(name, post), year) == slug
    assert found.names["corrina-mavis-parks"] == "Corrina Mavis"


def test_the_slug_of_a_record_is_nobody_elses() -> None:
    """Who is printed under the name that a record uses as a slug for another has another slug."""
    record = OfficerRecord("corrina-mavis", "Lulu Merle", ("L Merle",))
    found = people(["Corrina Mavis", "Corrina Mavis", "C Mavis", "Lulu Merle"], (record,))
    assert found.slug(Officer("Lulu Merle"), 2021) == "corrina-mavis"
    assert found.slug(Officer("Corrina Mavis"), 2021) == "corrina-mavis-2"
    assert found.slug(Officer("C Mavis"), 2021) == "corrina-mavis-2"
    assert found.names["corrina-mavis"] == "Lulu Merle"
    assert found.names["corrina-mavis-2"] == "Corrina Mavis"
