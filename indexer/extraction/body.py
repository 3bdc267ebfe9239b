"""The body of a note: its blocks after the header, with anchors that a citation can use."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from indexer.domain.blocks import Block, BlockKind, Blocks
from indexer.domain.reference import NoteReference, Series
from indexer.extraction.title import title_line

_DASHES = re.compile(r"[\u2010-\u2015]")
_NOT_IN_ANCHORS = re.compile(r"[^a-z0-9]+")
_LONGEST_ANCHOR = 40
# Of a letterhead above a title: blocks, and characters of each.
_MOST_ABOVE, _LONGEST_LINE = 6, 120
# Headings of a page that only say that the note's text follows.
_OPENINGS = frozenset(["section", "details", "technical note details", "note details"])


def body_of(
    blocks: Blocks, body_from: int, not_body: Collection[int], series: Series, own: NoteReference
) -> Blocks:
    """The blocks of the body from the block `body_from` on, numbered paragraphs with anchors.

    Left out are the blocks in `not_body`, a repetition of the title line of the note, `own`, and
    the few short lines that may stand above it.
    """
    chosen = [
        _plain_kind(block)
        for place, block in enumerate(blocks)
        if place >= body_from and place not in not_body
    ]
    ahead = enumerate(chosen[: _MOST_ABOVE + 1])
    titles = (place for place, block in ahead if _is_title(block, series, own))
    if (place := next(titles, None)) is not None and _may_stand_above(chosen[:place]):
        del chosen[: place + 1]
    while chosen and (_is_title(chosen[0], series, own) or _only_opens(chosen[0])):
        chosen.pop(0)
    return _anchored(chosen)


def _is_title(block: Block, series: Series, own: NoteReference) -> bool:
    """Whether a block only repeats the note's title, as one that cites another does not."""
    if block.number is not None or block.kind is BlockKind.ITEM:
        return False
    line = title_line(block.words, series)
    return line is not None and line.number == own.number and line.year in (None, own.year)


def _may_stand_above(blocks: list[Block]) -> bool:
    """Whether all that stands above a title may be a letterhead."""
    return len(blocks) <= _MOST_ABOVE and not any(
        block.number
        or block.rows
        or block.kind is BlockKind.ITEM
        or len(block.words) > _LONGEST_LINE
        for block in blocks
    )


def _only_opens(block: Block) -> bool:
    return block.kind is BlockKind.HEADING and block.text.strip(" :").casefold() in _OPENINGS


def _plain_kind(block: Block) -> Block:
    """A label or value that belongs to the body is a paragraph."""
    if block.kind in (BlockKind.LABEL, BlockKind.VALUE):
        return replace(block, kind=BlockKind.PARAGRAPH)
    return block


def _anchored(blocks: list[Block]) -> Blocks:
    """`blocks`, each numbered paragraph and heading with an anchor that no other has."""
    used: dict[str, int] = {}
    return tuple(
        replace(block, anchor=_unused(stem, used)) if (stem := _anchor(block)) else block
        for block in blocks
    )


def _anchor(block: Block) -> str | None:
    if block.kind is BlockKind.PARAGRAPH and block.number is not None:
        return "p" + _slug(block.number)
    if block.kind is BlockKind.HEADING:
        return "h-" + (_slug(block.text) or "untitled")
    return None


def _slug(text: str) -> str:
    dashed = _DASHES.sub("-", text.casefold())
    return _NOT_IN_ANCHORS.sub("-", dashed)[:_LONGEST_ANCHOR].strip("-")


def _unused(stem: str, used: dict[str, int]) -> str:
    """`stem`, or with `-2`, `-3` … where paragraphs repeat a number; `used` counts each anchor."""
    while True:
        count = used[stem] = used.get(stem, 0) + 1
        anchor = stem if count == 1 else f"{stem}-{count}"
        if count == 1 or anchor not in used:
            used.setdefault(anchor, 1)
            return anchor
