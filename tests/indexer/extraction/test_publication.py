"""Who may read a note, in as many words as councils have for it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.claims import Field
from indexer.domain.note import DocumentClaims
from indexer.domain.publication import Publication, PublicationStatus
from indexer.extraction.publication import (
    is_publication_sentence,
    opens_another,
    publication_of,
    strictest,
)
from indexer.extraction.restrictions import restriction_in
from tests.indexer.extraction.notes import NOTE, OPEN, TITLE, document, outcome, stated_in

with (Path(__file__).parent / "publication.tsv").open(encoding="utf-8", newline="") as table:
    STATEMENTS = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
PERMITTING = [statement for status, statement in STATEMENTS if status == "public"]
FORBIDDING = [statement for status, statement in STATEMENTS if status == "restricted"]
PUBLIC, RESTRICTED, UNKNOWN = PublicationStatus


@pytest.mark.parametrize(("status", "statement"), STATEMENTS)
def test_what_a_statement_comes_to(status: str, statement: str) -> None:
    """Each statement permits, forbids or is not understood; only a label before it is cut off."""
    found = publication_of(statement)
    assert found.status.value == status
    assert found.statement == statement.removeprefix("Publication: ")


@pytest.mark.parametrize("statement", ["", "  ", "Publication:", "Publication: \n"])
def test_nothing_stated(statement: str) -> None:
    """A label without a statement is unknown, and says nothing."""
    assert publication_of(statement) == Publication(UNKNOWN, None)


@given(st.sampled_from(PERMITTING), st.sampled_from(FORBIDDING), st.booleans())
def test_the_stricter_clause_wins(permit: str, forbid: str, permits_first: bool) -> None:
    """One sentence that permits and one that forbids restrict, in either order."""
    one, other = (permit, forbid) if permits_first else (forbid, permit)
    assert publication_of(f"{one.rstrip('.')}. {other}").status is RESTRICTED


@given(st.sampled_from(STATEMENTS), st.sampled_from(["upper", "lower", "spaces", "quotes"]))
def test_how_it_is_typed_changes_nothing(row: list[str], change: str) -> None:
    """Capitals, spaces and the style of quotation marks make no note more public."""
    status, statement = row
    typed = {
        "upper": statement.upper(),
        "lower": statement.lower(),
        "spaces": f"  {statement} ",
        "quotes": statement.replace("’", "'"),
    }[change]
    assert publication_of(typed).status.value == status


@pytest.mark.parametrize(
    ("line", "is_restriction"),
    [
        ("CONFIDENTIAL", True),
        ("Private and confidential", True),
        ("NOT FOR PUBLICATION", True),
        ("For Members only", True),
        ("Restricted", True),
        ("Exempt information", True),
        ("This note is not for publication.", True),
        ("The contents of this note are confidential.", True),
        ("This Technical Note must not be disclosed outwith the Council.", True),
        ("The bins are full. This note should not be shared.", True),
        ("This note contains exempt information.", True),
        ("This note is for elected members only.", True),
        ("Please do not share this information with constituents.", True),
        ("Members should treat the content of this briefing as confidential for now.", True),
        ("This document is embargoed until noon.", True),
        ("*** EXEMPT INFORMATION ***", True),
        ("Exempt – paragraph 6", True),
        ("Classification: Restricted", True),
        ("Protective marking: OFFICIAL-SENSITIVE", True),
        ("Strictly private & confidential", True),
        ("Not for publication by virtue of paragraph 6 of Schedule 7A", True),
        ("The exempt accommodation scheme is described in this note.", False),
        ("This note does not contain exempt information.", False),
        ("Do not publish.", True),
        ("Please do not share or publish this note.", True),
        ("This briefing should be treated in confidence.", True),
        ("Page 1 of 2 - CONFIDENTIAL", True),
        ("Confidential – members only – 12 May 2023", True),
        ("Strathallan Council – Confidential", True),
        ("CONFIDENTIAL – NOT FOR PUBLICATION. Copyright Strathallan Council", True),
        ("Not for onward circulation", True),
        ("Embargo: until 1 May 2030", True),
        ("Do not park on the verge.", False),
        ("The consultation is for members of the public only.", False),
        ("This note is not confidential.", False),
        ("Under embargo until Friday", True),
        ("Commercial in confidence", True),
        ("In strict confidence", True),
        ("Please treat as confidential", True),
        ("Contains exempt information", True),
        ("Not for the press", True),
        ("Not public until 5 May", True),
        ("Restricted - Members", True),
        ("Internal only", True),
        ("Technical Note | For internal use | Page 1 of 2", True),
        ("OFFICIAL – SENSITIVE: Grit bins", True),
        ("Reports in confidence were two.", False),
        ("The tender contains confidential information.", False),
        ("This is confidential until Thursday.", False),
        ("Keep this to yourselves.", False),
        ("Restricted parking applies on Mill Wynd.", False),
        ("Confidential waste is collected on Tuesdays.", False),
        ("The minutes of that meeting are confidential.", False),
        ("This note will be published on the website.", False),
        ("Members only met twice in the recess.", False),
        ("Privately owned bins are not the Council's.", False),
        ("Exempt accommodation", False),
        ("Sensitive sites", False),
        ("Confidential advice", False),
        ("Your email address will not be published.", False),
        ("The report will not be published until June.", False),
        ("Callers’ details are confidential and will not be shared with the landlord.", False),
        ("This information is not held by the Council.", False),
        ("This report is not to be circulated before the meeting.", False),
        ("", False),
    ],
)
def test_what_restricts_the_document_itself(line: str, is_restriction: bool) -> None:
    """A marking or a sentence about the note restricts it; other confidential matters do not."""
    restriction = restriction_in(["The grit bins are full.", line])
    assert (restriction is not None) is is_restriction
    if restriction:
        assert restriction in line
        assert publication_of(restriction).status is RESTRICTED


@pytest.mark.parametrize(
    "lines",
    [
        ["NOT FOR", "PUBLICATION"],
        ["This note is not to be", "published"],
        ["C O N F I D E N T I A L"],
        ["Bridges (CONFIDENTIAL - not for publication)"],
    ],
)
def test_a_marking_may_be_broken_or_spaced_out(lines: list[str]) -> None:
    """Over two short lines, letter by letter, or in brackets behind a title."""
    assert restriction_in(lines) is not None


@pytest.mark.parametrize(
    "addition",
    ["\nPublication: Not to be published\n", "\n| Status | NOT FOR PUBLICATION | 3 |\n"],
)
def test_a_further_statement_counts(addition: str) -> None:
    """A second label of publication, or a cell of a table, restricts a note that is stated open."""
    assert stated_in(document(NOTE + addition))[Field.PUBLICATION] is RESTRICTED


@pytest.mark.parametrize("place", ["start", "body", "end"])
@pytest.mark.parametrize("line", ["CONFIDENTIAL", "This note is not for publication."])
def test_a_restriction_counts_wherever_it_stands(place: str, line: str) -> None:
    """A note that says it will be published is restricted if any line of it restricts it."""
    text = {
        "start": f"{line}\n{NOTE}",
        "body": NOTE.replace("2. Members", f"{line}\n2. Members"),
        "end": NOTE.replace("Distribution List", f"{line}\nDistribution List"),
    }[place]
    assert stated_in(document(text))[Field.PUBLICATION] is RESTRICTED


def page(top: str = "", end: str = "", stated: str | None = OPEN) -> str:
    """A page of a note that is stated open or states nothing, with something round its text."""
    publication = f"<dt>Publication</dt><dd>{stated}</dd>" if stated else ""
    return (
        f"<html><head><title>{TITLE}</title></head><body>{top}<h1>{TITLE}</h1>"
        f"<dl><dt>Report by</dt><dd>Una Dunmarrow, Roads Engineer</dd><dt>Subject</dt>"
        f"<dd>Grit Bins</dd>{publication}</dl><h2>Details</h2><ol><li>The grit bins of Kirkorran "
        f"were filled in the first week of November.</li></ol>{end}</body></html>"
    )


AROUND = {
    "header": ("<header><a href='/'>Home</a><p>Confidential – for Members only</p></header>", ""),
    "banner": ("<div class='site-banner'>This note is confidential.</div>", ""),
    "alert": ("<div role='alert'>This note is not for publication.</div>", ""),
    "paragraph above the title": ("<p>NOT FOR PUBLICATION</p>", ""),
    "image": ("<p><img src='c.png' alt='CONFIDENTIAL'></p>", ""),
    "aside": ("", "<aside><p>Not for publication by virtue of paragraph 6</p></aside>"),
    "footer": ("", "<footer><p>This document is confidential.</p></footer>"),
    "footer by its class": ("", "<div class='page-footer'>Restricted: for Members only</div>"),
    "paragraph below the text": ("", "<p>Private and confidential</p>"),
    "cell": ("", "<table><tr><td>Marking</td><td>Confidential</td></tr></table>"),
    "sentence of the body": ("", "<p>2. Thanks. Please treat this note as confidential.</p>"),
}


@pytest.mark.parametrize("place", AROUND)
@pytest.mark.parametrize("stated", [OPEN, None])
def test_a_restriction_anywhere_on_a_page(place: str, stated: str | None) -> None:
    """A marking counts in whatever part of a page it is printed, stated open or not."""
    top, end = AROUND[place]
    claims = outcome(page(top, end, stated), media_type="text/html")
    assert isinstance(claims, DocumentClaims)
    assert stated_in(claims)[Field.PUBLICATION] is RESTRICTED


@pytest.mark.parametrize(
    "around",
    [
        page("<header><p>Members’ area: sign in</p></header>"),
        page("<div role='alert'>Access to the depot is restricted on Friday.</div>"),
        page("<img src='a.png' alt='Confidential waste lorry at the depot'>"),
        page(end="<footer><p>Your email address will not be published.</p></footer>"),
        page(end="<aside><a href='/m'>Members only</a></aside>"),
        page(end="<h3>Confidential advice</h3><p>2. Residents may call for advice.</p>"),
        page(end="<p>2. The tenders are confidential and cannot be published.</p>"),
    ],
)
def test_what_others_keep_to_themselves_restricts_nothing(around: str) -> None:
    """Other confidential matters, and a menu's links, leave a note that is stated open so."""
    claims = outcome(around, media_type="text/html")
    assert isinstance(claims, DocumentClaims)
    assert stated_in(claims)[Field.PUBLICATION] is PUBLIC


@pytest.mark.parametrize(
    ("line", "is_statement"),
    [
        (OPEN, True),
        ("This briefing note will not be shared.", True),
        ("CONFIDENTIAL", True),
        ("The grit bins are full.", False),
        ("Members will be told when the bins are full.", False),
    ],
)
def test_a_statement_without_its_label(line: str, is_statement: bool) -> None:
    """A sentence about the note's own publication is known by itself."""
    assert is_publication_sentence(line) is is_statement


@pytest.mark.parametrize(
    ("line", "is_another"),
    [
        ("The road is open to the public.", True),
        ("The survey will be published on the website in the spring.", True),
        ("Guidance for tenants is available on the Council’s website.", True),
        (OPEN, False),
        ("To be published on the Council’s website.", False),
        ("It may be shared.", False),
        ("Open", False),
        ("Not for publication", False),
        ("See above", False),
    ],
)
def test_a_permission_that_is_another_s(line: str, is_another: bool) -> None:
    """A line that opens anything but the note is no statement about it."""
    assert opens_another(line) is is_another


publications = st.builds(
    Publication, st.sampled_from(PublicationStatus), st.sampled_from([None, "X"])
)


@given(st.lists(publications), publications)
def test_another_statement_never_makes_a_note_more_public(
    publications: list[Publication], another: Publication
) -> None:
    """What one copy restricts or leaves doubtful, no other opens."""
    together = strictest([*publications, another])
    for each in (*publications, another):
        if each.status is not UNKNOWN or each.statement:
            assert not together.is_open(published_source=True) or each.is_open(
                published_source=True
            )
    assert strictest([]) == Publication()
