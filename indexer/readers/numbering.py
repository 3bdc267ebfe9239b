"""The numbers and bullets that stand at the head of a paragraph."""

from __future__ import annotations

import re

from indexer.domain.blocks import Block, BlockKind

_DECIMAL = r"\d{1,3}(?:\.\d{1,3})*"
_PRINTED = re.compile(
    rf"""
    (?: (?P<range>{_DECIMAL}\.?\s?[-\u2010\u2011\u2013]\s?{_DECIMAL})[.)]
      | (?P<decimal>{_DECIMAL})[.)]
      | (?P<outline>\d{{1,3}}\.\d{{1,3}}(?:\.\d{{1,3}})*)(?=\s+["\u201c\u2018(]?[A-Z])
      | \((?P<bracketed>\d{{1,3}}|[a-z]|[ivx]{{1,5}})\)
      | (?P<letter>[a-z]|[ivx]{{2,5}})[.)]
    )\s+(?=\S)
    """,
    re.VERBOSE,
)
_BULLET = re.compile(r"(?:[•●◦○▪■‣∙·⁃\uf0b7\uf0a7*–—-]|o(?=\s{2,}|\t))\s+(?=\S)")


def with_printed_number(block: Block) -> Block:
    """`block`, its leading number taken out of the text and into `number`.

    A paragraph headed by a letter or a bracketed number becomes an item. A block that has a number
    already, or none, is returned as it is.
    """
    if block.number is not None or block.kind not in (BlockKind.PARAGRAPH, BlockKind.ITEM):
        return block
    match = _PRINTED.match(block.text)
    if not match:
        return block
    number = next(group for group in match.groups() if group)
    is_item = block.kind is BlockKind.ITEM or bool(match["letter"] or match["bracketed"])
    return Block(
        kind=BlockKind.ITEM if is_item else BlockKind.PARAGRAPH,
        level=(block.level or 1) if is_item else None,
        number="".join(number.split()),
        text=block.text[match.end() :],
        links=block.links,
    )


def has_printed_number(text: str) -> bool:
    """Whether `text` begins with the number of a paragraph or item."""
    return bool(_PRINTED.match(text))


def bullet_length(text: str) -> int:
    """How many characters the bullet and the space after it take at the start of `text`, or 0."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def list_number(position: int, style: str) -> str:
    """The number that a browser shows for an item: `style` is an HTML list type (1, a, A, i, I)."""
    if style in ("a", "A") and position > 0:
        return _letters(position).upper() if style == "A" else _letters(position)
    if style in ("i", "I") and 0 < position < 4000:
        return _roman(position).upper() if style == "I" else _roman(position)
    return str(position)


def _letters(position: int) -> str:
    letters = ""
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _roman(position: int) -> str:
    numeral = ""
    for value, letters in _ROMAN:
        count, position = divmod(position, value)
        numeral += letters * count
    return numeral
