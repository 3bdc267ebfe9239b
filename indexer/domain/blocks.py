"""The body of a note as structure: no markup of any source survives here."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class BlockKind(StrEnum):
    """What a block is; only a reader returns a `LABEL` or `VALUE`, never the body of a note."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TABLE = "table"
    LABEL = "label"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a block's text that were a link, and the address they led to."""

    text: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph, list item or table, its text in NFC with single spaces.

    `level` is 1 to 6 for a heading and the depth of nesting, from 1, for an item. `number` is the
    number as printed, without a closing stop or bracket (`1`, `a`, `3.-5`). `anchor` is unique in
    its note. `rows` holds the cells of a table, whose `text` is empty. A line break inside a block
    is a newline in its text.
    """

    kind: BlockKind
    text: str = ""
    level: int | None = None
    number: str | None = None
    anchor: str | None = None
    links: tuple[Link, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def words(self) -> str:
        """All that the block says, cells included, as one string for search and comparison."""
        if self.rows:
            return "\n".join(" ".join(cell for cell in row if cell) for row in self.rows)
        return self.text


Blocks: TypeAlias = tuple[Block, ...]


def text_of(blocks: Blocks) -> str:
    """The words of `blocks`, a line for each block or table row."""
    return "\n".join(block.words for block in blocks)
