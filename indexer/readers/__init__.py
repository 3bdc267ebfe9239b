"""Readers turn the bytes of one document into blocks; what is peculiar to a format ends here."""

from __future__ import annotations

from collections.abc import Callable

from indexer.domain.blocks import text_of
from indexer.domain.errors import Unreadable
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.html import read_html
from indexer.readers.pdf import read_pdf
from indexer.readers.scan import read_scan
from indexer.readers.text import read_text
from indexer.readers.word import read_docx, read_office

READERS: dict[str, Callable[[SourceDocument], ReadDocument]] = {
    "text/html": read_html,
    "application/xhtml+xml": read_html,
    "text/plain": read_text,
    "text/markdown": read_text,
    "application/pdf": read_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_docx,
    "image/tiff": read_scan,
    "application/msword": read_office,
    "application/rtf": read_office,
    "application/vnd.oasis.opendocument.text": read_office,
}


def read(source: SourceDocument) -> ReadDocument:
    """The blocks of `source`, by the reader for its media type.

    Raises Unreadable, naming the locator and the reason, where no words can be had from it.
    """
    media_type = source.media_type.partition(";")[0].strip().lower()
    reader = READERS.get(media_type)
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise Unreadable(source.place, f"no reader for {media_type or 'no type'}; read are {known}")
    if not source.content.strip(b"\x00 \t\r\n\f"):
        raise Unreadable(source.place, "the file is empty")
    if reader in (read_html, read_text) and _looks_binary(source.content):
        raise Unreadable(source.place, f"the file is not {media_type}: it holds binary data")
    document = reader(source)
    if not text_of(document.blocks).strip() and not document.titles:
        raise Unreadable(
            source.place,
            "the document holds no words; if words are seen where it is opened, print it to PDF",
        )
    return document


_CONTROLS = bytes((*range(9), *range(14, 32)))


def _looks_binary(content: bytes) -> bool:
    """Whether the bytes are no text: a known signature, or many controls that no text holds."""
    if content.startswith(
        (
            b"%PDF-",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0",
            b"\x89PNG",
            b"\xff\xd8\xff",
            b"GIF8",
            b"\x1f\x8b",
            b"{\\rtf",
        )
    ):
        return True
    head = content[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) > len(head) * 0.3:
        return head.count(0) > len(head) * 0.6
    without_controls = head.translate(None, _CONTROLS)
    return len(head) - len(without_controls) > len(head) * 0.05
