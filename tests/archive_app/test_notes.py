"""The page of a note, and of a number that is not held."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive_app import Settings, create_app
from archive_app.note_page import why_related
from indexer.domain.blocks import Block, BlockKind
from indexer.domain.claims import Field, Problem, ProblemKind
from indexer.domain.note import Note, Provenance
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.reference import NoteReference, Series
from indexer.domain.search import NoteSummary, Related, Relation
from indexer.readers.unseen import unseen
from tests.archive_app.conftest import Page
from tests.archive_app.invented import publish_invented


@pytest.fixture
def review(page: Page) -> BeautifulSoup:
    """The fullest of the invented notes."""
    return page("/notes/2023-064")


def summary(page: BeautifulSoup) -> dict[str, str]:
    """What the head of a note says, by its labels."""
    return {
        row.dt.text: " ".join(row.dd.get_text(" ").split()).replace(" ,", ",")
        for row in page.select(".summary > div")
        if row.dt and row.dd
    }


def test_the_head_gives_every_field_as_printed(review: BeautifulSoup) -> None:
    """Each field has its label; the subject line only where the title differs."""
    assert summary(review) == {
        "Issued": "12 May 2023",
        "Subject": "Review of the winter service",
        "Report by": "Ishbel Drumfearn, Head of Roads and Neighbourhood Services",
        "Responsible officers": (
            "Ewan Auldhame, Structures and Roads Engineer Ùna Dunmarrow, Streetscene Team Leader"
        ),
        "Subject headings": "Roads and winter maintenance ; Finance and budget",
        "Publication": (
            "Public. “This Technical Note will be published on the Council’s website following"
            " circulation to Members.”"
        ),
        "Distribution": "All members; Corporate Management Team",
        "Source": "https://www.strathallan.example/technical-notes-2023-issue-64",
    }


def test_a_note_without_a_date_says_so(page: Page) -> None:
    """No date is ever made up."""
    fields = summary(page("/notes/2023-063"))
    assert fields["Issued"] == "No date stated"
    assert "Subject" not in fields


def test_officers_and_headings_lead_to_their_notes(review: BeautifulSoup) -> None:
    """By slug, whatever name this note prints."""
    links = {a.text: a["href"] for a in review.select(".summary a")}
    assert links["Ùna Dunmarrow"] == "/search?officer=una-dunmarrow"
    assert links["Finance and budget"] == "/search?subject=finance"


def test_problems_are_said_in_plain_words(review: BeautifulSoup) -> None:
    """With their count, before the text."""
    notice = review.select_one(".notice")
    assert notice is not None
    assert notice.h2 is not None
    assert notice.h2.text == "Two things to know about this note"
    assert "64/22 in the header" in notice.text


def note_with(folder: Path, *problems: Problem) -> BeautifulSoup:
    """The page of a note that has these problems and a web address."""
    note = Note(
        reference=NoteReference(2024, 77),
        title="Ferries",
        publication=Publication(PublicationStatus.PUBLIC),
        open_to_public=True,
        body=(Block(kind=BlockKind.PARAGRAPH, number="1", anchor="p1", text="Ferries sail."),),
        sources=(Provenance("ferries.docx", "0" * 64, address="https://strathallan.example/77"),),
        problems=problems,
    )
    publish_invented(folder, added=(note,))
    answer = create_app(Settings(folder=folder)).test_client().get("/notes/2024-077")
    return BeautifulSoup(answer.text, "lxml")


def test_a_scan_says_how_its_words_were_read(tmp_path: Path) -> None:
    """At the head of the note, and not among what is wrong with it."""
    read = Problem(Field.BODY, ProblemKind.RECOGNISED, "The words were read off a scan.")
    page = note_with(tmp_path, read)
    assert "A program read the words" in summary(page)["Read from a scan"]
    assert page.select_one(".notice") is None


def test_hidden_text_is_owned_up_to_but_not_pointed_at(tmp_path: Path) -> None:
    """Neither the place of it nor a way to the original; said once, however much there is."""
    found = (unseen("struck out", ["page 3"]), unseen("covered by a filled box", ["page 5"]))
    page = note_with(tmp_path, *found, Problem(Field.TITLE, ProblemKind.MISSING, "It has no title"))
    notice = page.select_one(".notice")
    assert notice is not None
    assert notice.h2 is not None
    assert notice.h2.text == "Two things to know about this note"
    first, second = (entry.text for entry in notice.select("li"))
    assert "left out here" in first
    assert second == "It has no title"
    assert "page 3" not in page.text
    assert "page 5" not in page.text
    assert not page.select(".summary a[href*='strathallan.example/77']")


def test_paragraphs_keep_their_numbers_and_can_be_cited(review: BeautifulSoup) -> None:
    """The printed number stands in the margin with a link to the paragraph itself."""
    paragraph = review.select_one("#p5")
    assert paragraph is not None
    cite = paragraph.select_one("a.cite")
    assert cite is not None
    assert (cite["href"], cite["data-number"]) == ("#p5", "5")
    assert cite.text == "cite paragraph 5"
    unnumbered = review.select(".para")[-1]
    assert unnumbered.select_one("a.cite") is None


def test_lists_stand_under_their_paragraph_and_keep_printed_numbers(review: BeautifulSoup) -> None:
    """Nested as printed: bullets, and below the second of them a and b."""
    outer = review.select("#p4 > .record > ul > li")
    assert len(outer) == 3
    inner = outer[1].select("ul.printed > li")
    assert [" ".join(li.text.split()) for li in inner] == [
        "a 2,950 tonnes on carriageways; and",
        "b 920 tonnes on footways.",
    ]


def test_headings_follow_the_title_without_a_gap(review: BeautifulSoup) -> None:
    """The page has one h1; the note's own levels start at h2."""
    assert len(review.select("h1")) == 1
    levels = [(h.name, h.text) for h in review.select(".note h2, .note h3")]
    assert levels[-2:] == [("h2", "Proposed changes to routes"), ("h3", "What follows")]
    entries = [" ".join(a.text.split()) for a in review.select(".contents a")]
    assert entries == [
        "Background 1–3",
        "The 2022/23 season 4–5",
        "Proposed changes to routes 6",
        "What follows 7",
        "Cites and cited by",
    ]
    assert all(review.select_one(str(a["href"])) for a in review.select(".contents a"))


def test_a_table_scrolls_in_a_region_with_a_name(review: BeautifulSoup) -> None:
    """The keyboard can reach it; columns of figures stand to the right."""
    region = review.select_one("#p6 .wide")
    assert region is not None
    assert (region["tabindex"], region["role"]) == ("0", "region")
    assert region["aria-label"] == "Table 1 of TN 064-23"
    assert [th.text for th in region.select("th.number")] == ["Length, km", "Cost a night, £"]
    assert [td.text for td in region.select("tbody tr")[2].select("td.number")] == ["6.3", "−171"]


def test_only_safe_links_are_followed(review: BeautifulSoup) -> None:
    """Relative ones from the source's address; a script is left as its words."""
    links = {a.text: a["href"] for a in review.select("#p5 .record a")}
    assert links == {
        "winter pages": "https://www.strathallan.example/roads/winter?view=full",
        "the winter team": "mailto:winter@strathallan.example",
    }
    (paragraph,) = review.select("#p5 .record")
    assert "An older script is not followed." in paragraph.text


def test_references_in_the_text_lead_to_notes_that_are_held(review: BeautifulSoup) -> None:
    """As printed; one that is not held is no link."""
    links = {a.text: a["href"] for a in review.select(".note a.ref")}
    assert links == {"TN 101-22": "/notes/2022-101", "TN-112-22": "/notes/2022-112"}
    assert [span.text for span in review.select(".note span.ref")] == ["TN 020-23"]


def test_line_breaks_stay(review: BeautifulSoup) -> None:
    """An address is printed in lines."""
    assert len(review.select("#p7 br")) == 2


def test_citations_are_listed_both_ways(review: BeautifulSoup) -> None:
    """Those held with title, one not held with the one sentence, reports as searches."""
    section = review.select_one("section[aria-labelledby=archive-cites]")
    assert section is not None
    cites, cited_by = section.select("ol")
    assert [ref.text for ref in cites.select(".ref")] == ["TN 101-22", "TN 112-22", "TN 020-23"]
    assert "Not in this archive: not issued, not public, or not found" in cites.text
    assert [ref.text for ref in cited_by.select(".ref")] == ["TN 071-24", "TN 103-23"]
    report = section.select_one("p a")
    assert report is not None
    assert report["href"] == "/search?q=SRC/041/22/ID"
    assert "TP/ED/23/0412" in section.text


def test_the_neighbours_are_those_in_the_archive(review: BeautifulSoup) -> None:
    """By number."""
    links = {a["rel"][0]: a["href"] for a in review.select(".neighbours a")}
    assert links == {"prev": "/notes/2023-063", "next": "/notes/2023-065"}


@pytest.mark.parametrize(
    "spelling", ["2023-64", "2023-0064", "064-23", "TN%20064-23", "64-2023", "2023-０６４"]
)
def test_other_spellings_go_to_the_one_address(client: FlaskClient, spelling: str) -> None:
    """For good."""
    response = client.get(f"/notes/{spelling}")
    assert (response.status_code, response.location) == (301, "/notes/2023-064")


def test_a_number_not_held_shows_what_stands_around_it(client: FlaskClient) -> None:
    """The notes on either side, who cites it, and the one sentence."""
    response = client.get("/notes/2023-020")
    page = BeautifulSoup(response.text, "lxml")
    assert response.status_code == 404
    assert "TN 020-23 is not in this archive: not issued, not public, or not found." in page.text
    refs = [ref.text for ref in page.select(".ledger .ref")]
    assert refs == ["TN 019-23", "TN 020-23", "TN 064-23", "TN 021-23"]
    assert "missing" not in page.text


def test_a_restricted_note_reads_like_one_never_issued(client: FlaskClient) -> None:
    """Its page differs from its absent neighbours' by its number alone."""
    restricted = client.get("/notes/2024-012")
    never = client.get("/notes/2024-011")
    assert restricted.status_code == never.status_code == 404
    assert restricted.text.replace("012-24", "011-24") == never.text


@pytest.mark.parametrize("slug", ["x", "2023", "2023-000", "1066-001", "2023-064.html"])
def test_an_address_that_is_no_number_is_a_plain_404(client: FlaskClient, slug: str) -> None:
    """With the archive's own page."""
    response = client.get(f"/notes/{slug}")
    assert response.status_code == 404
    assert "There is no page at this address" in response.text


def test_related_notes_say_why_they_are(review: BeautifulSoup, page: Page) -> None:
    """Under a heading of their own; where all of them are cited there is no such heading."""
    section = page("/notes/2018-006").select_one("section[aria-labelledby=archive-related]")
    assert section is not None
    assert [a["href"] for a in section.select(".ledger > li .title a")] == [
        "/notes/2021-006",
        "/notes/2015-006",
        "/notes/2024-006",
    ]
    assert {p.text for p in section.select("p.quiet")} == {"Same series, another date"}
    assert review.select_one("#archive-related") is None


@pytest.mark.parametrize(
    ("relation", "shared", "why"),
    [
        (Relation.PROJECT, (), "Same project"),
        (Relation.REPORT, ("PNCA/036/21",), "Cites the same report, PNCA/036/21"),
        (Relation.CITATION, ("101-22",), "Cites the same note, TN 101-22"),
        (Relation.TEXT, tuple("abcdef"), "Similar text: a, b, c, d"),
    ],
)
def test_every_relation_has_its_words(
    relation: Relation, shared: tuple[str, ...], why: str
) -> None:
    note = NoteSummary(reference=NoteReference(2023, 64), title="Title")
    assert why_related(Related(note, relation, shared), Series()) == why
