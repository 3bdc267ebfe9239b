"""Tables of HTML: their cells as text, and whether they only place things on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from indexer.domain.blocks import Link
from indexer.readers.characters import one_line, plain
from indexer.readers.elements import Element, is_block, words_in
from indexer.readers.text_run import LABEL_LINE

_STRUCTURE = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "form")
_WORDS_OF_A_TEXT = 40
_MOST_PARAGRAPHS_OF_A_CELL, _MOST_LINES_OF_A_CELL = 3, 6
_WHITE = re.compile(r"\s+")


def rows_of(table: Element) -> tuple[tuple[str, ...], ...]:
    """The cells of the rows that hold any words."""
    rows = (
        tuple(cell_text(cell) for cell in row.iterchildren("td", "th")) for row in table.iter("tr")
    )
    return tuple(row for row in rows if any(row))


def links_of(table: Element) -> tuple[Link, ...]:
    """The links in all the cells."""
    return tuple(
        Link(text, one_line(link.get("href")))
        for link in table.iter("a")
        if link.get("href") is not None and (text := one_line(words_in(link)))
    )


def is_layout(table: Element) -> bool:
    """Whether a table only places things on the page: it holds other structure, or one column."""
    if (table.get("role") or "").lower() in ("presentation", "none"):
        return True
    if next(table.iterdescendants(*_STRUCTURE), None) is not None:
        return True
    widths = (sum(1 for _ in row.iterchildren("td", "th")) for row in table.iter("tr"))
    if max(widths, default=0) < 2:
        return True
    cells = list(table.iter("td"))
    return any(map(_holds_text, cells)) or (
        any(map(_is_menu, cells)) and any(_word_count(cell) >= _WORDS_OF_A_TEXT for cell in cells)
    )


def _is_menu(cell: Element) -> bool:
    """Whether links are all that a cell holds."""
    links = list(cell.iter("a"))
    return bool(links) and sum(map(_word_count, links)) == _word_count(cell)


def _word_count(element: Element) -> int:
    return len(words_in(element).split())


def _holds_text(cell: Element) -> bool:
    """Whether a cell holds more than a table's cell does: paragraphs, many lines, or a header."""
    if sum(1 for _ in cell.iter("p", "li")) > _MOST_PARAGRAPHS_OF_A_CELL:
        return True
    lines = cell_text(cell).split("\n")
    has_header = len(lines) > 1 and any(LABEL_LINE.match(line) for line in lines)
    return has_header or len(lines) > _MOST_LINES_OF_A_CELL


def cell_text(cell: Element) -> str:
    """The words of a cell, a newline between its blocks."""
    return plain("".join(_pieces(cell)))


def _pieces(cell: Element) -> Iterator[str]:
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        is_inside = element is not cell
        if event == "end":
            text = element.tail if is_inside else None
        else:
            text = element.text
            if is_inside and (element.tag == "br" or is_block(element)):
                yield "\n"
        if text:
            yield _WHITE.sub(" ", text)
