"""Cover sheets in zips and e-mails: what they say of the notes beside them."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from indexer.config import Config
from indexer.domain.note import Note
from indexer.domain.publication import PublicationStatus
from indexer.domain.source import SourceDocument
from tests.indexer.extracted import extract_each
from tests.indexer.ingest.test_ingest import MINUTES, note, zip_of

PUBLIC, RESTRICTED = PublicationStatus.PUBLIC, PublicationStatus.RESTRICTED
SHEET = b"Strathallan Council\n\nNOT FOR PUBLICATION\n"


def statuses(content: bytes, media_type: str = "application/zip") -> dict[str, PublicationStatus]:
    """The status of each note in a zip or e-mail, by its entry."""
    source = SourceDocument("saved", media_type, content, published=True)
    outcomes = [outcome for _, outcome in extract_each([source], Config())]
    notes = [outcome for outcome in outcomes if isinstance(outcome, Note)]
    return {each.sources[0].entry: each.publication.status for each in notes}


def test_a_cover_sheet_restricts_what_lies_beside_and_below_it() -> None:
    entries = [
        ("a/cover.txt", SHEET),
        ("a/one.txt", note(1)),
        ("a/more/two.txt", note(2)),
        ("a/more.zip", zip_of([("three.txt", note(3))])),
        ("ab/four.txt", note(4)),
        ("five.txt", note(5)),
    ]
    assert statuses(zip_of(entries)) == {
        "a/one.txt": RESTRICTED,
        "a/more/two.txt": RESTRICTED,
        "a/more.zip/three.txt": RESTRICTED,
        "ab/four.txt": PUBLIC,
        "five.txt": PUBLIC,
    }


def test_a_cover_sheet_beside_a_note_in_an_e_mail() -> None:
    message = EmailMessage()
    message["Subject"] = "Bins"
    message.set_content("Dear all,\n\nPlease see attached.\n")
    for name, content in (("note.txt", note(1)), ("cover.txt", SHEET)):
        message.add_attachment(content, maintype="text", subtype="plain", filename=name)
    assert statuses(message.as_bytes(), "message/rfc822") == {"note.txt": RESTRICTED}


@pytest.mark.parametrize(
    "beside",
    [MINUTES, SHEET + b"The tender of the bowling club was the lowest of three. " * 20, note(7)],
)
def test_other_documents_say_nothing_of_what_lies_beside_them(beside: bytes) -> None:
    """Neither those that restrict nothing, nor those that are more than a sheet, nor notes."""
    found = statuses(zip_of([("one.txt", note(1)), ("beside.txt", beside)]))
    assert found["one.txt"] is PUBLIC
