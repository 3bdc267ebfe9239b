"""What a file is: by its name, and by its bytes where the name does not say or is wrong."""

from __future__ import annotations

import time
import zipfile
from io import BytesIO

import pytest

from indexer.domain.report import Rejection
from indexer.sources import media_type_of, settle_media_type

HTML, TEXT = "text/html", "text/plain"
MAILBOX = b"From a@b.example Mon Jan  2 09:00:00 2023\nSubject: Grit\n\nFull.\n"
PAGE = "<!-- saved --><!DOCTYPE html>\n<html><p>Gritting</p></html>"


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.html", HTML),
        ("A.HTM", HTML),
        ("a.xhtml", HTML),
        ("a.txt", TEXT),
        ("a.text", TEXT),
        ("README.md", TEXT),
        ("a.html.bak", None),
        ("a", None),
    ],
)
def test_extensions(name: str, media_type: str | None) -> None:
    """The extension alone, whatever its case."""
    assert media_type_of(name) == media_type


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.html", PAGE.encode(), HTML),
        ("a.txt", b"TN Number: 064-23", TEXT),
        ("a.txt", PAGE.encode(), HTML),
        ("a.txt", PAGE.encode("utf-16"), HTML),
        ("a.txt", b"\xef\xbb\xbf" + PAGE.encode(), HTML),
        ("a.txt", b"<!-- two\nlines --> " + PAGE.encode(), HTML),
        ("a.txt", b"<!--><?xml version='1.0'?>\n<HTML>", HTML),
        ("a.txt", b"<!-- never closed <html>", TEXT),
        ("a.txt", b"Write <b>only</b> plain words.", TEXT),
        ("a.html", b"Report by:\nMorag Lennie\n", TEXT),
        ("a.html", b"", TEXT),
        ("a.php", b"<div>Report by:</div>", HTML),
        ("technical-notes-2023-issue-64", PAGE.encode(), HTML),
        ("node.bak", "Morag O’Hare".encode("cp1252"), TEXT),
        ("node.bak", "Morag O’Hare".encode("utf-16"), TEXT),
        ("a.txt", b"%PDF-1.7\n", "application/pdf"),
        ("a.pdf", PAGE.encode(), HTML),
        ("a.doc", b"{\\rtf1\\ansi}", "application/rtf"),
        ("a.zip", b"PK\x03\x04", "application/zip"),
        ("a.pdf", b"", "application/pdf"),
        ("a.eml", b"Subject: <html>", "message/rfc822"),
        ("a.eml", MAILBOX, "message/rfc822"),
        ("memo", b"From the Head of Roads on Monday\nSubject: Grit\n", TEXT),
    ],
)
def test_content_decides_where_the_name_does_not(
    name: str, content: bytes, media_type: str
) -> None:
    """Saved pages often have no extension, or that of the wrong program."""
    assert settle_media_type(name, content, name) == media_type


@pytest.mark.parametrize(
    ("name", "content", "start", "failed"),
    [
        ("a.mdb", b"\x00\x01", ".mdb files are not among the formats read; if it", True),
        ("a.rar", b"Rar!\x1a\x07\x00", ".rar files are not opened; unpack it", True),
        ("Inbox", MAILBOX, "it is a mailbox of many e-mails; save each", True),
        ("scan", b"\x89PNG\r\n\x1a\n\x00", "its format is not among the formats read", True),
        ("a_files/site.css", b"p {}", "a .css file is part of a page's look", False),
        ("a_files/crest.PNG", b"\x89PNG", "a .png file is part of a page's look", False),
    ],
)
def test_other_formats_are_rejected_by_name(
    name: str, content: bytes, start: str, failed: bool
) -> None:
    """A note in another format is a failure; a picture that a browser saved with a page is not."""
    outcome = settle_media_type(name, content, "the locator")
    assert isinstance(outcome, Rejection)
    assert (outcome.locator, outcome.failed) == ("the locator", failed)
    assert outcome.reason.startswith(start)


@pytest.mark.parametrize(
    ("after", "media_type"),
    [(PAGE.encode(), HTML), (b"TN Number: 064-23", TEXT), (b"<!-- ", TEXT)],
)
@pytest.mark.parametrize("before", [b"<!---->", b"<!-- x -->\n", b"<!--" + b" " * 2000 + b"-->"])
def test_comments_in_a_row_take_no_time(before: bytes, after: bytes, media_type: str) -> None:
    """However many there are, each is read once."""
    content = before * 2000 + after
    begun = time.perf_counter()
    assert settle_media_type("a.txt", content, "a.txt") == media_type
    assert time.perf_counter() - begun < 1


OPEN_DOCUMENT = "application/vnd.oasis.opendocument"


@pytest.mark.parametrize(
    ("stated", "kind"),
    [
        (f"{OPEN_DOCUMENT}.text", f"{OPEN_DOCUMENT}.text"),
        (f"{OPEN_DOCUMENT}.text-template", f"{OPEN_DOCUMENT}.text"),
        (f"{OPEN_DOCUMENT}.spreadsheet", ".ods"),
        (f"{OPEN_DOCUMENT}.presentation", ".odp"),
        ("application/epub+zip", ".epub"),
        ("something else", "application/zip"),
    ],
)
def test_what_a_zip_says_of_itself(stated: str, kind: str) -> None:
    """A spreadsheet has the same parts as a text, and is named as what it is."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", stated)
        if stated.startswith(OPEN_DOCUMENT):
            archive.writestr("META-INF/manifest.xml", "<manifest/>")
    outcome = settle_media_type("a.odt.bak", file.getvalue(), "a.odt.bak")
    if isinstance(outcome, Rejection):
        assert outcome.reason.startswith(f"{kind} files are not among the formats read")
    else:
        assert outcome == kind
