"""One document alone: where its number comes from, and why some documents are no notes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.claims import Field, Origin
from indexer.domain.note import DocumentClaims
from indexer.domain.reference import NoteReference
from indexer.domain.report import Rejection
from tests.indexer.extraction.notes import ADDRESS, NOTE, TITLE, document, outcome, stated_in

SITE = "https://www.strathallan.example"
BARE = NOTE.removeprefix(f"{TITLE}\n").replace("014-21\n", "")
WORDS = "The grit bins of Kirkorran were filled in the first week of November."


def page(title: str, body: str = f"<p>1. {WORDS}</p>", head: str = "") -> str:
    return (
        f"<html><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{body}</body></html>"
    )


@pytest.mark.parametrize(
    ("locator", "text", "reference"),
    [
        (ADDRESS, NOTE, (2021, 14)),
        ("a.txt", NOTE, (2021, 14)),
        ("a.txt", NOTE.replace(TITLE, "Grit Bins"), (2021, 14)),
        (ADDRESS, BARE, (2021, 14)),
        ("2022/a.txt", NOTE, (2021, 14)),
        ("2022/a.txt", NOTE.replace(TITLE, "Technical Note 15 - Grit"), (2022, 15)),
        ("2022/technical-note-15-grit.txt", BARE, (2022, 15)),
        ("2022/a.txt", BARE.replace("TN Number:", "TN Number:\nTN 15"), (2022, 15)),
        ("technical-notes-2022-issue-15.txt", NOTE, (2021, 14)),
        ("technical-notes-2022-issue-15.txt", NOTE.replace(TITLE, "Grit"), (2022, 15)),
        ("technical-notes-2022-issue-15.txt", WORDS, (2022, 15)),
        ("TN 015-22 grit.txt", BARE, (2022, 15)),
    ],
)
def test_where_the_number_comes_from(locator: str, text: str, reference: tuple[int, int]) -> None:
    """The title decides, then the address, then the header; a folder gives the year at last."""
    assert document(text, locator).reference == NoteReference(*reference)


@pytest.mark.parametrize(
    "title",
    [
        "Issue 4 - Grit",
        "No. 5, Main Street - Demolition",
        "No 5 Bus - Changes",
        "2021, Issue 4 - X",
    ],
)
def test_a_title_without_its_series_gives_way(title: str) -> None:
    """A number whose title does not name the series never outweighs the address."""
    assert document(NOTE.replace(TITLE, title)).reference == NoteReference(2021, 14)
    alone = document(NOTE.replace(TITLE, "Issue 15 - Grit").replace("014-21\n", ""), "2022/a.txt")
    assert alone.reference == NoteReference(2022, 15)


@pytest.mark.parametrize("published", [True, False])
def test_a_document_keeps_its_source(published: bool) -> None:
    """A document's claims say where it was found, whose address it gives and its standing."""
    link = f'<link rel="canonical" href="{ADDRESS}">'
    found = outcome(page("Grit", head=link), "a.html", media_type="text/html", published=published)
    assert isinstance(found, DocumentClaims)
    assert (found.source.locator, found.source.address) == ("a.html", ADDRESS)
    assert found.reference == NoteReference(2021, 14)
    assert found.published is published


def test_a_site_s_name_is_no_part_of_the_title() -> None:
    """What follows a bar in a page's title is the site."""
    found = outcome(
        f"<title>{TITLE} | Strathallan Council</title><p>{WORDS}</p>", media_type="text/html"
    )
    assert isinstance(found, DocumentClaims)
    assert stated_in(found, Origin.TITLE)[Field.TITLE] == "Grit Bins"


def test_a_heading_that_repeats_the_subject_is_the_title() -> None:
    """A title without a number is one where it says what the subject line says."""
    claims = document(NOTE.replace(TITLE, "GRIT BINS"))
    assert stated_in(claims, Origin.TITLE) == {Field.TITLE: "GRIT BINS"}
    assert stated_in(document(NOTE.replace(TITLE, "Roads")), Origin.TITLE) == {}


LISTED = "".join(
    f"<h2><a href='/{n}'>Technical Notes 2021, Issue {n} - Grit {n}</a></h2><p>{WORDS}</p>"
    for n in (16, 15, 14)
)
REJECTED: dict[str, tuple[str, str, str, bool]] = {
    "another series": (
        page("Employee News 2021, Issue 03 - Grit"), f"{SITE}/employee-news-2021-issue-3",
        "“Employee News”, another series than “Technical Note”", False,
    ),
    "a listing": (
        f"<title>Technical Notes</title>{LISTED}", f"{SITE}/node?page=3", "a listing", False,
    ),
    "a page of the site": (
        page("Grit bins", f"<p>{WORDS}</p>"), f"{SITE}/grit-bins",
        "neither its title nor its address names a number", False,
    ),
    "an error page": (
        page("Page not found", "<p>Try the search.</p>"), ADDRESS, "an error page", False,
    ),
    "no access": (page("Access denied", "<p>Ask us.</p>"), ADDRESS, "an error page", False),
    "out of order": (
        page("503 Service Unavailable", "<p>Come back later.</p>"), ADDRESS, "an error page", False,
    ),
    "an error number alone": (page("404", "<p>Sorry.</p>"), ADDRESS, "an error page", False),
    "no number": (
        BARE.replace("\n", "<br>"), f"{SITE}/2021/grit", "states no number: name the file", True,
    ),
    "no year": (
        page("Technical Note 29 - Grit"), "grit.html", "number 29 of no stated year: move it", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REJECTED)
def test_what_is_no_note(what: str) -> None:
    """Each is rejected with the reason; only what should have been a note counts as a failure."""
    text, locator, reason, failed = REJECTED[what]
    found = outcome(text, locator, media_type="text/html")
    assert isinstance(found, Rejection)
    assert found.locator == locator
    assert reason in found.reason
    assert found.failed is failed


@pytest.mark.parametrize(
    "title",
    [
        "Sorry, we can't find that page",
        "We couldn’t find what you were looking for",
        "Oops!",
        "The page you requested does not exist",
        "This page has been removed",
        "This page is no longer available",
        "Content not available",
        "Something went wrong",
        "Error 500",
        "502 Bad Gateway",
        "Site maintenance",
        "We'll be back soon",
        "Log in",
        "Sign in to your account",
        "Your session has expired",
        "Just a moment...",
        "Attention Required!",
        "Before you continue",
        "Request Rejected",
        "Unauthorised",
        "Moved Permanently",
        "Redirecting",
        "Search results",
    ],
)
@pytest.mark.parametrize("form", ["{}", "{} | Strathallan Council", "{} - Strathallan Council"])
def test_a_page_served_in_a_note_s_place(title: str, form: str) -> None:
    """A page at a note's address is told by its title to be none, with that title as the reason."""
    named = form.format(title)
    text = f"<title>{named}</title><h1>{title}</h1><p>Please try again, or go to our home page.</p>"
    found = outcome(text, media_type="text/html")
    assert isinstance(found, Rejection)
    assert title in found.reason
    assert not found.failed


@pytest.mark.parametrize(
    "about",
    [
        "Website Error 404 Page",
        "Page Not Found Errors",
        "Access Denied to Site",
        "Site Maintenance",
    ],
)
@pytest.mark.parametrize("words", ["", "See the appendix.", "The page cannot be found: an error."])
def test_a_short_note_that_is_titled_for_an_error(about: str, words: str) -> None:
    """The title of a note makes it one, whatever it is about and however little it says."""
    title = f"Technical Notes 2021, Issue 14 - {about}"
    found = outcome(page(title, f"<p>{words}</p>"), media_type="text/html")
    assert isinstance(found, DocumentClaims)
    assert stated_in(found, Origin.TITLE)[Field.TITLE] == about


@pytest.mark.parametrize(
    "text",
    [
        NOTE.replace("Members asked", "The page was not found by members, who asked"),
        f"{TITLE}\n1. Members reported the error 404 page not found in November.",
        NOTE.replace("Grit Bins", "Response to the page not found fault"),
    ],
)
def test_a_note_about_errors_is_a_note(text: str) -> None:
    """A note that speaks of a page not found is no error page."""
    assert document(text).reference == NoteReference(2021, 14)


def test_a_note_that_cites_many_is_no_listing() -> None:
    """Lines that are other notes' titles, below a header, are text."""
    cited = "".join(f"Technical Note 2020, Issue {n} - Grit\n" for n in (1, 2, 3))
    claims = document(NOTE.replace("2. Members", f"{cited}2. Members"))
    assert claims.reference == NoteReference(2021, 14)
    assert [note.number for note in claims.cites.notes] == [1, 2, 3]


def test_title_subject_and_body_may_cite() -> None:
    """What is cited anywhere in the note counts, once, in order, and never the note itself."""
    text = NOTE.replace("Subject:\nGrit Bins", "Subject:\nGrit Bins, update of TN 003-20")
    text = text.replace(
        "asked for", "were told in TN 014-21, TN 003-20 and TN 009-20 (CFO/002/20/GM) of"
    )
    cites = document(text).cites
    assert [str(note) for note in cites.notes] == ["003-20", "009-20"]
    assert cites.reports == ("CFO/002/20/GM",)


@given(st.text(max_size=200), st.sampled_from(["text/plain", "text/html"]))
def test_any_text_is_a_note_or_rejected(text: str, media_type: str) -> None:
    """Whatever a document at a note's address holds, it is its note or is rejected."""
    found = outcome(text, media_type=media_type)
    if isinstance(found, Rejection):
        assert found.reason
    else:
        assert found.reference.number >= 1
