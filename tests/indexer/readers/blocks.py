"""Documents for the tests of readers, and their blocks in a form that is short to write down."""

from __future__ import annotations

from indexer.domain.blocks import Block
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers import read

Short = tuple[object, ...]


def page(content: str | bytes, media_type: str = "text/html") -> ReadDocument:
    """What the reader for `media_type` makes of `content`."""
    content = content if isinstance(content, bytes) else content.encode()
    return read(SourceDocument("page.html", media_type, content))


def typed(content: str | bytes) -> ReadDocument:
    """What the reader makes of plain text."""
    return page(content, "text/plain")


def short(document: ReadDocument) -> list[Short]:
    """Each block as its kind, number and level where it has them, and its text or rows."""
    return [_short(block) for block in document.blocks]


def _short(block: Block) -> Short:
    parts = (block.kind.value, block.number, block.level)
    return (*(part for part in parts if part is not None), block.rows or block.text)
