"""E-mail as Outlook saves it: text, attachments and messages within, from real compound files."""

from __future__ import annotations

import pytest

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.sources import contained, settle_media_type
from tests.indexer.sources.compound_file import (
    IN_MESSAGE,
    Folder,
    attached_file,
    attached_message,
    compound_file,
    message_folder,
)

SUBJECT, BODY, HTML, CODEPAGE, SENSITIVITY = 0x0037, 0x1000, 0x1013, 0x3FDE, 0x0036
METHOD, LONG_NAME = 0x3705, 0x3707
WORDS = "TN Number: 064-23\r\nSubject: Bridge closures\r\n\r\n1. Drùim Bridge is closed.\r\n"


def opened(content: bytes) -> list[SourceDocument | Rejection]:
    mail = SourceDocument("a.msg", "application/vnd.ms-outlook", content, published=True, ocr=True)
    return list(contained(mail))


def message(*attachments: Folder) -> bytes:
    return compound_file(message_folder({SUBJECT: "FW: Bridges", BODY: WORDS}, attachments))


def test_the_words_of_a_message() -> None:
    """The text keeps its letters, and stands for the e-mail's own file."""
    content = message()
    assert settle_media_type("saved", content, "saved") == "application/vnd.ms-outlook"
    (text,) = opened(content)
    assert isinstance(text, SourceDocument)
    assert (text.locator, text.entry, text.published, text.ocr) == ("a.msg", "", True, True)
    assert text.content.decode().splitlines()[-1] == "1. Drùim Bridge is closed."
    assert text.letter is not None
    assert (text.letter.subject, text.letter.covers) == ("Bridges", False)


def test_a_page_in_its_own_code_page() -> None:
    """HTML is kept as bytes in the code page that the message names."""
    page = "<p>Drùim</p><ol><li>One</li></ol>".encode("cp1252")
    content = compound_file(message_folder({BODY: "Drùim\r\nOne", HTML: page, CODEPAGE: 1252}))
    (text,) = opened(content)
    assert isinstance(text, SourceDocument)
    assert text.media_type.startswith("text/html; charset=")
    assert text.content == page


@pytest.mark.parametrize("size", [10, 5000])
def test_attachments(size: int) -> None:
    """A small file lies in the small sectors and a large one in the large; both come out whole."""
    pdf = b"%PDF-1.4".ljust(size, b"x")
    content = message(attached_file("Brücke.pdf", pdf, "application/pdf"))
    text, attached = opened(content)
    assert isinstance(text, SourceDocument)
    assert isinstance(attached, SourceDocument)
    assert (attached.entry, attached.media_type) == ("Brücke.pdf", "application/pdf")
    assert attached.content == pdf
    assert text.letter is not None
    assert attached.letter is not None
    assert text.letter.covers
    assert "TN Number: 064-23" in attached.letter.lines


def test_a_message_in_a_message() -> None:
    """An attached message is an e-mail to open in turn, and what stood above it still counts."""
    inner = message_folder(
        {SUBJECT: "Inner", BODY: "Words", SENSITIVITY: 3},
        (attached_file("b.txt", b"Text."),),
        begins_at=IN_MESSAGE,
    )
    _, attached = opened(message(attached_message("TN 065-23 Roads", inner)))
    assert isinstance(attached, SourceDocument)
    assert (attached.entry, attached.media_type) == ("TN 065-23 Roads.eml", "message/rfc822")
    text, file = contained(attached)
    assert isinstance(text, SourceDocument)
    assert isinstance(file, SourceDocument)
    assert text.content == b"Words"
    assert file.entry == "TN 065-23 Roads.eml/b.txt"
    assert file.letter is not None
    assert {"TN Number: 064-23", "Confidential"} <= set(file.letter.lines)


def test_a_file_kept_elsewhere() -> None:
    """A link to a file is named with what to do."""
    link: Folder = message_folder({LONG_NAME: "far.docx", METHOD: 2}, begins_at=8)
    _, rejection = opened(message(link))
    assert isinstance(rejection, Rejection)
    assert rejection.locator == "a.msg (far.docx)"
    assert "save the document itself" in rejection.reason


def test_what_is_no_message() -> None:
    """A file cut short, or another kind of compound file, is one rejection with a remedy."""
    whole = message(attached_file("b.txt", b"Text." * 2000))
    for content in (whole[:600], whole[:1500], compound_file({"WordDocument": b"x"}), b"text"):
        (rejection,) = opened(content)
        assert isinstance(rejection, Rejection)
        assert rejection.locator == "a.msg"
        assert "save it again" in rejection.reason
