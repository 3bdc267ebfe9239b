"""Under which headings a note is filed, by its title, its officer's service and its body."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import authority
from indexer.domain.authority import SubjectHeading
from indexer.extraction.subjects import Filing, subject_headings

BUILT_IN = authority.load().subjects

ROADS = SubjectHeading("roads", "Roads", "", (("road", 3.0), ("surfac*", 3.0), ("street", 1.0)))
SCHOOLS = SubjectHeading("schools", "Schools", "", (("school*", 3.0), ("primary school", 3.0)))
PARKS = SubjectHeading("parks", "Parks", "", (("park", 3.0), ("dog bin", 3.0), ("grass", 1.0)))
WASTE = SubjectHeading("waste", "Waste", "", (("bin", 3.0), ("tips and skips", 3.0)))
FOUR = (ROADS, SCHOOLS, PARKS, WASTE)


def _filed(title: str, body: str = "", posts: str = "") -> tuple[str, ...]:
    return subject_headings(FOUR, title=title, posts=posts, body=body)


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("Road surfacing", ("roads",)),
        ("Surfaces renewed", ("roads",)),
        ("Roads", ("roads",)),
        ("Roadside", ()),
        ("Tips & skips", ("waste",)),
        ("Dog bins in the village", ("parks",)),
        ("Dog: bins in the village", ("waste",)),
        ("A bin at a school", ("waste", "schools")),
        ("A school and its bin", ("schools", "waste")),
        ("", ()),
    ],
)
def test_words_and_phrases(title: str, headings: tuple[str, ...]) -> None:
    """Plurals and stems match, phrases outdo the words in them, and what comes first is first."""
    assert _filed(title) == headings


@pytest.mark.parametrize(
    ("title", "headings"),
    [
        ("Bins at School Road", ("waste",)),
        ("Grass cutting in Park Street", ("parks",)),
        ("Kirkorran Road", ("roads",)),
        ("Road surfacing: School Road", ("roads",)),
        ("Park at Kirkorran Primary School", ("parks", "schools")),
        ("Kirkorran Primary School", ("schools",)),
    ],
)
def test_names_of_places(title: str, headings: tuple[str, ...]) -> None:
    """A street's name files a note only where the title says nothing else."""
    assert _filed(title) == headings


def test_addresses_in_the_body() -> None:
    """Streets named after other things add nothing."""
    body = "The depot at 12 School Road, Park Street and School Avenue gets a bin."
    assert _filed("Update", body) == ("waste",)


def test_the_title_outweighs_the_body() -> None:
    """However often the body says a thing, the title's matter comes first."""
    body = "The school, the primary school and all schools. " * 40
    assert _filed("New bins", body)[0] == "waste"


def test_what_little_is_said_files_the_note() -> None:
    """Where nothing says much, the officer's post or one word of the body decides."""
    assert _filed("Update", posts="Una Dunmarrow, Parks Manager") == ("parks",)
    assert _filed("Update", "One street is named.") == ("roads",)


@pytest.mark.parametrize(
    ("title", "main"),
    [
        ("Council Tax Bands: Appeals", "finance"),
        ("Local Government Pay Negotiations", "organisation"),
        ("Festive Closure of Council Offices", "organisation"),
        ("Ward Boundary Review", "council-and-democracy"),
        ("Community Council Elections", "elections"),
        ("Primary 1 Enrolment", "schools"),
        ("Throughcare and Continuing Care", "children-and-families"),
        ("Community Alarms: Digital Switchover", "health-and-social-care"),
        ("Gas Safety Checks in Tenanted Homes", "housing"),
        ("Utility Reinstatements", "roads"),
        ("Bus Shelters at Inverstrae Station", "transport"),
        ("Section 36 Application: Battery Storage", "planning"),
        ("Short Term Let Control Area", "planning"),
        ("Short Term Let Licences", "community-safety"),
        ("Gift Card for Local Shops", "economy"),
        ("LHEES: Draft Delivery Plan", "environment"),
        ("Japanese Knotweed in Cemeteries", "environment"),
        ("Persistent Organic Pollutants in Sofas", "waste"),
        ("Antisocial Behaviour in Kirkorran Town Centre", "community-safety"),
        ("Yellow Weather Warning: Snow", "emergencies"),
        ("Measles", "emergencies"),
        ("Reopening of Kirkorran Library", "leisure-and-culture"),
        ("Proposed Sale of the Former Depot", "property"),
        ("Resettlement of Families from Ukraine", "communities"),
    ],
)
def test_the_built_in_headings(title: str, main: str) -> None:
    """Ordinary titles, with nothing else to go by, come under the heading one would look in."""
    found = subject_headings(BUILT_IN, title=title, posts="", body="")
    assert found[:1] == (main,)


WORDS = st.sampled_from("road school park bin dog bins grass Road, a the\n – & primary".split(" "))
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)


@given(TEXTS, TEXTS, TEXTS)
def test_any_note_has_at_most_three_headings(title: str, posts: str, body: str) -> None:
    """Headings are known ones, each once, and case and the order of the list change nothing."""
    found = subject_headings(FOUR, title=title, posts=posts, body=body)
    assert len(found) == len(set(found)) <= 3
    assert set(found) <= {subject.slug for subject in FOUR}
    shouted = subject_headings(FOUR, title=title.lower(), posts=posts.upper(), body=body)
    assert set(shouted) <= {subject.slug for subject in FOUR}
    assert bool(found) == bool(shouted)


def test_notes_are_filed_once() -> None:
    """Asked again of the same words, and only of those, the answer is the very same object."""
    filing = Filing(BUILT_IN)
    body = "The bins of Kirkorran were emptied and the road was gritted. " * 3
    first = filing.headings(title="Grit", posts="Clerk", body=body)
    assert first == subject_headings(BUILT_IN, title="Grit", posts="Clerk", body=body)
    assert filing.headings(title="Grit", posts="Clerk", body=body) is first
    assert filing.headings(title="", posts="", body=body) == subject_headings(
        BUILT_IN, title="", posts="", body=body
    )


@pytest.mark.parametrize("endless", ["a" * 1_000_000, "A'" * 500_000, "Kirk " * 100_000])
def test_endless_words_end(endless: str) -> None:
    """No part of a note that is one word without an end keeps a run from ending."""
    assert subject_headings(BUILT_IN, title=endless, posts=endless, body=endless) == ()


def test_every_strong_term_is_reachable() -> None:
    """A title that is a strong term is filed under its heading, perhaps with others."""
    unreached = [
        (subject.slug, term)
        for subject in BUILT_IN
        for term, weight in subject.terms
        if weight >= authority.STRONG
        and subject.slug
        not in subject_headings(BUILT_IN, title=term.removesuffix("*"), posts="", body="")
    ]
    assert unreached == []
