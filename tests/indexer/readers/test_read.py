"""Any document at all: it becomes plain blocks, or is refused by name with the reason."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from indexer import sources
from indexer.config import Config
from indexer.domain.blocks import Block, BlockKind
from indexer.domain.errors import Unreadable
from indexer.domain.note import Note
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.readers import read
from tests.indexer.extracted import extract_each

BAD = Path(__file__).parents[2] / "corpus" / "bad"
with (BAD / "expected.tsv").open(encoding="utf-8", newline="") as table:
    EXPECTED = {row["file"]: row for row in csv.DictReader(table, delimiter="\t")}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_damaged_file(name: str) -> None:
    """Each damaged or misnamed file is read where it can be, else rejected with its name."""
    (found,) = (each for each in sources.find(BAD) if name in str(each))
    document = sources.open_document(found) if isinstance(found, sources.Found) else found
    ((locator, outcome),) = extract_each([document], Config())
    assert locator == name
    if EXPECTED[name]["outcome"] == "rejected":
        assert isinstance(outcome, Rejection)
        assert len(outcome.reason.split()) >= 3
    else:
        assert isinstance(outcome, Note)
        assert outcome.reference.number == int(EXPECTED[name]["number"])
        assert outcome.body
        assert "\ufffd" not in "".join(block.words for block in outcome.body)


def test_no_damaged_file_is_left_out() -> None:
    """Every file of the folder is expected to be something."""
    assert set(EXPECTED) == {file.name for file in BAD.iterdir()} - {"expected.tsv"}


@pytest.mark.parametrize(
    ("media_type", "content", "reason"),
    [
        ("text/html", b"", "empty"),
        ("text/plain", b" \r\n\t\x00\x00 ", "empty"),
        ("text/html", b"%PDF-1.7\nwords", "binary"),
        ("text/html", b"PK\x03\x04words and words", "binary"),
        ("text/plain", b"\xd0\xcf\x11\xe0words", "binary"),
        ("text/plain", b"{\\rtf1 words}", "binary"),
        ("text/plain", bytes(range(256)) * 20, "binary"),
        ("text/plain", b"\x00" * 900 + b"words" * 20, "binary"),
        ("text/html", b"<html><body><script>only()</script></body></html>", "no words"),
        ("text/html", b"<!-- only a comment -->", "no words"),
        ("text/plain", "\ufeff \u200b\u00ad".encode(), "no words"),
        ("application/zip", b"words", "no reader for application/zip"),
        ("", b"words", "no reader for no type"),
    ],
)
def test_what_cannot_be_read_is_named(media_type: str, content: bytes, reason: str) -> None:
    """The refusal names the document and says what is wrong with it."""
    with pytest.raises(Unreadable) as refused:
        read(SourceDocument("notes/2024/a.html", media_type, content))
    assert refused.value.locator == "notes/2024/a.html"
    assert reason in refused.value.reason
    assert str(refused.value) == f"notes/2024/a.html: {refused.value.reason}"


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "TEXT/HTML; charset=utf-8", " application/xhtml+xml ", "text/plain",
     "text/markdown;charset=utf-8"],
)  # fmt: skip
def test_the_media_types_that_are_read(media_type: str) -> None:
    """A media type counts without case and parameters."""
    (block,) = read(SourceDocument("a", media_type, b"Grit bins")).blocks
    assert block == Block(kind=BlockKind.PARAGRAPH, text="Grit bins")


MARKED_UP = st.lists(
    st.one_of(
        st.sampled_from(
            [b"<p>", b"<li>", b"<ol start=3>", b"<table><tr><td>", b"<h1>", b"<a href='",
             b"<meta charset=utf-16>", b"<!--", b"]]>", b"&#0;", b"&#x202e;", b"&#xD800;",
             b"&#xFFFF;", b"&zwj;", b"1. ", b"\xe2\x80\xa2 ", b"| a | b |\n", b"\n", b"words "]
        ),
        st.binary(max_size=12),
        st.text(max_size=12).map(lambda text: text.encode("utf-8", "surrogatepass")),
    ),
    max_size=25,
).map(b"".join)  # fmt: skip


@given(st.binary() | MARKED_UP, st.sampled_from(["text/html", "text/plain"]))
@example(b"<meta charset=undefined>words", "text/html")
@example(b"\xff\xfew\x00o\x00\x00\xd8", "text/plain")
@example(b"grit.html", "text/html")
@example(b"<p>caf&#x65;&#x301;</p>", "text/html")
def test_any_bytes_are_blocks_or_refused(content: bytes, media_type: str) -> None:
    """Whatever the bytes, the text of every block is NFC without a character that nobody sees."""
    try:
        document = read(SourceDocument("a", media_type, content))
    except Unreadable:
        return
    assert document.blocks or document.titles
    for block in document.blocks:
        cells = [cell for row in block.rows for cell in row]
        words = [block.text, *cells, block.number or "", *(link.text for link in block.links)]
        assert [text for text in (*words, *document.titles) if not _is_plain(text)] == []
        assert bool(block.text) != bool(block.rows)


HIDDEN = set("\u00ad\u200b\u200c\u200d\u2060\ufeff\u202e")


def _is_plain(text: str) -> bool:
    controls = [c for c in text if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    return (
        unicodedata.is_normalized("NFC", text)
        and not controls
        and not HIDDEN & set(text)
        and text == text.strip()
    )
