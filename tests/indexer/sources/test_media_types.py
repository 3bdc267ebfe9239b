"""What a file is: by its name, and by its bytes where the name does not say or is wrong."""

from __future__ import annotations

import time

import pytest

from indexer.domain.report import Rejection
from indexer.sources import media_type_of, settle_media_type

HTML, TEXT = "text/html", "text/plain"
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
        ("a.mdb", b"\x00\x01", ".mdb files are not among the formats read: web pages", True),
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
