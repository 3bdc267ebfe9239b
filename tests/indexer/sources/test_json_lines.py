"""Documents as JSON lines: what can be used, and what is said of every line that cannot."""

from __future__ import annotations

import base64
import io
import json

import pytest

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.sources import MAX_BYTES, documents_of_lines

PAGE = "<html><p>Morag O’Hare</p></html>"


def read(*lines: object) -> list[SourceDocument | Rejection]:
    """The outcome of each line; objects are written as JSON, bytes as they are."""
    encoded = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    return list(documents_of_lines(io.BytesIO(b"\n".join(encoded))))


def test_text_is_read_in_utf8_whatever_it_declares() -> None:
    """The text has been decoded already, so a charset of the page or of its type is past."""
    for given in ("text/html", "text/html; charset=iso-8859-1", 'text/html;CharSet="x"'):
        (outcome,) = read({"locator": "a", "media_type": given, "content": PAGE})
        assert outcome == SourceDocument("a", "text/html; charset=utf-8", PAGE.encode())


def test_bytes_keep_their_media_type_as_given() -> None:
    """Only a reader can tell whether the charset is right."""
    content = base64.b64encode(PAGE.encode("cp1252")).decode()
    given = {"locator": "a", "media_type": "text/html; charset=utf-8", "content_base64": content}
    assert read(given) == [SourceDocument("a", "text/html; charset=utf-8", PAGE.encode("cp1252"))]


def test_a_media_type_left_out_is_settled_by_name_and_content() -> None:
    """An address has no extension more often than not."""
    page, text = read(
        {"locator": "https://www.strathallan.example/a", "content": PAGE},
        {"locator": "a.txt", "media_type": None, "content": "Report by:"},
    )
    assert isinstance(page, SourceDocument)
    assert page.media_type == "text/html; charset=utf-8"
    assert isinstance(text, SourceDocument)
    assert text.media_type == "text/plain; charset=utf-8"


def test_blank_lines_and_a_byte_order_mark_are_nothing() -> None:
    """What editors leave at either end is no document."""
    good = {"locator": "a.txt", "content": "x"}
    mark = b"\xef\xbb\xbf" + json.dumps(good).encode()
    outcomes = read(mark, b"", b"  \t\r", good, b"")
    assert [type(outcome) for outcome in outcomes] == [SourceDocument, SourceDocument]


@pytest.mark.parametrize(
    ("line", "locator", "reason"),
    [
        (b"{", "", "it is not JSON (Expecting property name enclosed in double quotes"),
        (b'{"locator": "a", "content": "\x92"}', "", "it is not in UTF-8"),
        (b"[" * 100_000, "", "it is nested too deeply"),
        ([1], "", "it is not a JSON object"),
        ({"content": "x"}, "", 'it has no "locator"'),
        ({"locator": "", "content": "x"}, "", 'it has no "locator"'),
        ({"locator": 7, "content": "x"}, "", 'its "locator" is not text'),
        ({"locator": "\ud800", "content": "x"}, "", 'its "locator" holds half of a surrogate'),
        ({"locator": "a"}, "a", 'it needs either "content" or "content_base64"'),
        ({"locator": "a", "content": "", "content_base64": ""}, "a", "it needs either"),
        ({"locator": "a", "content": "\udc92"}, "a", 'its "content" holds half of a surrogate'),
        ({"locator": "a", "content": ["x"]}, "a", 'its "content" is not text'),
        ({"locator": "a", "content_base64": "a*=="}, "a", 'its "content_base64" is not base64'),
        ({"locator": "a", "content_base64": "é"}, "a", 'its "content_base64" is not base64'),
        ({"locator": "a", "media_type": 1, "content": "x"}, "a", 'its "media_type" is not text'),
        ({"locator": "a", "content": "x" * (MAX_BYTES + 1)}, "a", "it is 25.0 MB, and documents"),
    ],
)
def test_a_line_that_cannot_be_used_says_why_in_its_place(
    line: object, locator: str, reason: str
) -> None:
    """Its neighbours are read, and the order is that of the lines."""
    good = {"locator": "b.txt", "content": "x"}
    before, outcome, after = read(good, line, good)
    assert isinstance(before, SourceDocument)
    assert isinstance(after, SourceDocument)
    assert isinstance(outcome, Rejection)
    assert (outcome.locator, outcome.failed) == (locator, True)
    assert outcome.reason.startswith(f"line 2 cannot be used: {reason}")


def test_an_endless_line_is_not_kept_in_memory() -> None:
    """Only as much of it is held as shows that it is too long."""
    outcome, after = read(b"x" * (3 * MAX_BYTES + 10), {"locator": "b.txt", "content": "x"})
    assert isinstance(outcome, Rejection)
    assert outcome.reason == "line 1 cannot be used: it is over 75 MB long"
    assert isinstance(after, SourceDocument)
