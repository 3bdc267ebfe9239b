"""What the e-mail around a document says of the note: its subject, its text and its file's name."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from indexer.domain.claims import Field, Origin, settle
from indexer.domain.note import DocumentClaims
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.report import Rejection
from indexer.domain.source import Letter, SourceDocument
from indexer.extraction import extract
from indexer.readers import read
from indexer.sources import contained
from tests.indexer.extraction.notes import AUTHORITY, NOTE, OPEN, TECHNICAL_NOTES, stated_in

# The note that states neither number nor year, and one that has not even a header.
UNNUMBERED = "\n".join(
    line for line in NOTE.split("\n")[1:] if line not in ("TN Number:", "014-21")
)
BARE = "1. The grit bins of Kirkorran were filled.\n\n2. Members asked for two more.\n"
DISCLAIMER = (
    "\n**********\nThis e-mail is confidential and intended solely for the addressee. The contents "
    "of this e-mail are confidential.\n**********\n"
)
CONFIDENTIAL = "CONFIDENTIAL - not for publication"


def outcome(
    text: str,
    locator: str = "saved.eml",
    entry: str = "",
    letter: Letter | None = None,
) -> DocumentClaims | Rejection:
    """What one document of an e-mail or zip states, or why it is no note."""
    source = SourceDocument(locator, "text/plain", text.encode(), entry=entry, letter=letter)
    return extract(source, read(source), series=TECHNICAL_NOTES, labels={}, names=AUTHORITY.names)


def document(
    text: str, locator: str = "saved.eml", entry: str = "", letter: Letter | None = None
) -> DocumentClaims:
    found = outcome(text, locator, entry, letter)
    assert isinstance(found, DocumentClaims), found
    return found


def number_of(claims: DocumentClaims) -> tuple[int | None, int | None]:
    return (
        settle(claims.claims, Field.YEAR, int),
        settle(claims.claims, Field.NUMBER, int),
    )


def status_of(claims: DocumentClaims) -> PublicationStatus | None:
    publication = settle(claims.claims, Field.PUBLICATION, Publication)
    return publication.status if publication else None


def test_the_subject_line_names_a_note_that_does_not() -> None:
    """It stands after the document's own titles, and gives number, year and title."""
    found = document(UNNUMBERED, letter=Letter("TN 064-23 Bridge closures"))
    assert number_of(found) == (2023, 64)
    assert stated_in(found, Origin.TITLE)[Field.TITLE] == "Bridge closures"


def test_the_subject_line_outweighs_neither_title_nor_address() -> None:
    """A note that names itself, or whose file does, is not what the subject names."""
    letter = Letter("TN 064-23 Bridge closures")
    assert number_of(document(NOTE, letter=letter)) == (2021, 14)
    located = document(UNNUMBERED, entry="TN 009-22 Grit.txt", letter=letter)
    assert number_of(located) == (2022, 9)


@pytest.mark.parametrize(
    ("locator", "entry"),
    [
        ("technical-notes-2023-issue-64-bridges.eml", ""),
        ("old.zip", "technical-notes-2023-issue-64-bridges.msg"),
        ("old.zip", "2023/Technical Note 64 Bridges.docx"),
        ("old.zip", "2023/TN 064-23.eml/note.docx"),
        ("2023.zip", "Technical Note 64 Bridges.docx"),
        ("TN 009-22.zip", "TN 064-23.docx"),
        ("TN 064-23.eml", "note.docx"),
        ("https://www.strathallan.example/technical-notes-2023-issue-64", "a/saved.html"),
    ],
)
def test_file_names_inside_and_outside(locator: str, entry: str) -> None:
    """The nearest name counts: the entry's, then those of the e-mail and zip that hold it."""
    assert number_of(document(BARE, locator, entry)) == (2023, 64)


def test_the_year_of_a_folder_in_a_zip() -> None:
    """Folders, and zips named for a year, give it to notes that state none."""
    letter = Letter("Technical Note 64 - Bridge closures")
    for locator, entry in (("old.zip", "notes/2023/a.txt"), ("2023.zip", "a.txt")):
        assert number_of(document(UNNUMBERED, locator, entry, letter)) == (2023, 64)


def test_a_covering_message_is_no_note() -> None:
    """Not even where its file and its subject name the note: that is what is attached."""
    letter = Letter("TN 064-23 Bridge closures", covers=True)
    for text in (BARE, "Dear all,\n\nTechnical Note 2023, Issue 64 - Bridges is attached.\n"):
        found = outcome(text, "technical-notes-2023-issue-64.eml", letter=letter)
        assert isinstance(found, Rejection)
        assert found.reason == "a covering message: the note is what is attached"
        assert not found.failed


def test_a_message_that_holds_the_header_is_the_note() -> None:
    """Whatever is attached to it."""
    assert number_of(document(NOTE, letter=Letter("Grit", covers=True))) == (2021, 14)


def test_what_names_the_e_mail_names_no_appendix() -> None:
    """Of several documents in one e-mail, only one with a header is what the e-mail names."""
    letter = Letter("TN 064-23 Bridge closures", with_others=True)
    where = ("TN 064-23.eml", "b.txt")
    appendix = outcome(BARE, *where, letter)
    assert isinstance(appendix, Rejection)
    assert not appendix.failed
    assert number_of(document(UNNUMBERED, *where, letter)) == (2023, 64)
    own = document(BARE, "old.eml", "TN 064-23 Bridges.txt", letter)
    assert number_of(own) == (2023, 64)


@pytest.mark.parametrize(
    "line",
    [
        CONFIDENTIAL,
        "This note is not to be published.",
        "For elected members only",
        "Here it is. This is confidential until Thursday.",
        "This item is exempt.",
        "Please keep this to yourselves for now.",
        "Hold until 5 May",
        "Restricted: Technical Note 64",
    ],
)
def test_a_restriction_in_the_e_mail_counts(line: str) -> None:
    """Though the note itself says that it will be published."""
    assert OPEN in NOTE
    assert status_of(document(NOTE)) is PublicationStatus.PUBLIC
    restricted = document(NOTE, letter=Letter("Grit", ("Dear all,", line)))
    assert status_of(restricted) is PublicationStatus.RESTRICTED


@pytest.mark.parametrize(
    "line", ["This e-mail is confidential.", "This is not confidential.", "The tender is exempt."]
)
def test_what_an_e_mail_says_of_other_things_does_not(line: str) -> None:
    open_note = document(NOTE, letter=Letter("Grit", ("Dear all,", line)))
    assert status_of(open_note) is PublicationStatus.PUBLIC


def statuses(message: EmailMessage) -> list[PublicationStatus | None]:
    """The status of each note in a whole e-mail, opened and read as a run does."""
    mail = SourceDocument("saved.eml", "message/rfc822", message.as_bytes())
    found = []
    for each in contained(mail):
        assert isinstance(each, SourceDocument)
        claims = extract(each, read(each), series=TECHNICAL_NOTES, labels={}, names=AUTHORITY.names)
        if isinstance(claims, DocumentClaims):
            found.append(status_of(claims))
    return found


@pytest.mark.parametrize("above", ["", CONFIDENTIAL])
@pytest.mark.parametrize("is_attached", [False, True])
@pytest.mark.parametrize("is_page", [False, True])
def test_disclaimers_and_markings(above: str, *, is_attached: bool, is_page: bool) -> None:
    """The council's standing disclaimer restricts no note; what an officer wrote above does."""
    message = EmailMessage()
    message["Subject"] = "A note"
    parts = [above, "Dear all,", "" if is_attached else NOTE, "Kind regards\nUna", DISCLAIMER]
    text = "\n\n".join(parts)
    if is_page:
        lines = (f"<p>{line}</p>" for line in text.split("\n"))
        message.set_content("".join(lines), subtype="html")
    else:
        message.set_content(text)
    if is_attached:
        message.add_attachment(NOTE, filename="note.txt")
    expected = PublicationStatus.RESTRICTED if above else PublicationStatus.PUBLIC
    assert statuses(message) == [expected]


def test_a_restriction_in_the_subject_line() -> None:
    """It stands above everything else."""
    message = EmailMessage()
    message["Subject"] = "CONFIDENTIAL: Grit bins"
    message.set_content(NOTE)
    assert statuses(message) == [PublicationStatus.RESTRICTED]
