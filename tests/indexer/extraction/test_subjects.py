"""Subject headings by weighted terms: the title decides, the rest supports."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.authority import SubjectHeading
from indexer.extraction.subjects import MOST_HEADINGS, subject_headings
from tests.indexer.extraction.notes import AUTHORITY

ROADS = SubjectHeading(
    "roads", "Roads", terms=(("pothole", 3.0), ("resurfac*", 3.0), ("road", 1.0))
)
WINTER = SubjectHeading("winter", "Winter", terms=(("grit bin", 3.0), ("salt", 1.0), ("ice", 0.3)))
PARKS = SubjectHeading("parks", "Parks", terms=(("play area", 3.0), ("children's", 3.0)))
LISTED = (ROADS, WINTER, PARKS)


def headings(title: str = "", posts: str = "", body: str = "") -> tuple[str, ...]:
    return subject_headings(LISTED, title=title, posts=posts, body=body)


@pytest.mark.parametrize(
    ("title", "slugs"),
    [
        ("Potholes", ("roads",)),
        ("POTHOLE in Mill Wynd", ("roads",)),
        ("Resurfacing of Mill Wynd", ("roads",)),
        ("Grit Bins", ("winter",)),
        ("Grit\nbins", ("winter",)),
        ("Children’s party", ("parks",)),
        ("Broadband", ()),
        ("Service and justice", ()),
        ("Library hours", ()),
        ("", ()),
    ],
)
def test_a_term_is_found_as_whole_words(title: str, slugs: tuple[str, ...]) -> None:
    """Case, plural, apostrophe and line breaks do not matter; a part of a word is no match."""
    assert headings(title) == slugs


def test_the_title_outweighs_the_body() -> None:
    """One strong term of the title is worth more than all that the body repeats."""
    found = headings("Grit bins", body="pothole " * 50)
    assert found[0] == "winter"


def test_a_weak_word_alone_is_no_subject() -> None:
    """What only tips a balance files no note by itself."""
    assert headings("Ice") == ()
    assert headings(body="salt") == ()


def test_a_note_on_two_matters_has_two_headings() -> None:
    """Both are given, and the main one is first."""
    assert set(headings("Potholes and grit bins")) == {"roads", "winter"}


words = st.lists(
    st.sampled_from("pothole grit bin bins salt road roads play area children's ice the of".split())
).map(" ".join)


@given(words, words, words)
def test_headings_are_few_known_and_distinct(title: str, posts: str, body: str) -> None:
    """A note has at most three headings of the list, each once, whatever it says."""
    found = headings(title, posts, body)
    assert len(found) <= MOST_HEADINGS
    assert len(set(found)) == len(found)
    assert set(found) <= {subject.slug for subject in LISTED}


@given(words)
def test_a_strong_term_of_the_title_files_the_note(title: str) -> None:
    """A note whose title begins with a heading's strong term is filed under it."""
    assert "roads" in headings(f"Pothole. {title}")


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Council Tax billing timetable", "finance"),
        ("Winter gritting of roads", "roads"),
        ("Primary school enrolment", "schools"),
        ("Local bus services", "transport"),
    ],
)
def test_the_built_in_list(title: str, slug: str) -> None:
    """Plain titles are filed under the heading that a reader would look under."""
    assert subject_headings(AUTHORITY.subjects, title=title, posts="", body="")[0] == slug
