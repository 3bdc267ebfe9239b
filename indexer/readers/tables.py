"""Tables of HTML: their cells as text, and whether they only place things on the page."""

from __future__ import annotations

import re

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from indexer.domain.blocks import Link
from indexer.readers.characters import one_line, plain
from indexer.readers.elements import is_block
from indexer.readers.text_run import LABEL_LINE

_STRUCTURE = ("table", "h1", "h2", "h3", "h4", "h5", "h6", "dl", "form")
_WORDS_OF_A_TEXT = 40
_MOST_PARAGRAPHS_OF_A_CELL, _MOST_LINES_OF_A_CELL = 3, 6
_WHITE = re.compile(r"\s+")


def rows_of(table: Tag) -> tuple[tuple[str, ...], ...]:
    """The cells of the rows that hold any words."""
    rows = (
        tuple(cell_text(cell) for cell in row.find_all(("td", "th"), recursive=False))
        for row in table.find_all("tr")
    )
    return tuple(row for row in rows if any(row))


def links_of(table: Tag) -> tuple[Link, ...]:
    """The links in all the cells."""
    return tuple(
        Link(text, one_line(str(link["href"])))
        for link in table.find_all("a", href=True)
        if (text := one_line(link.get_text(" ")))
    )


def is_layout(table: Tag) -> bool:
    """Whether a table only places things on the page: it holds other structure, or one column."""
    if str(table.get("role") or "").lower() in ("presentation", "none"):
        return True
    if table.find(_STRUCTURE):
        return True
    widths = [len(row.find_all(("td", "th"), recursive=False)) for row in table.find_all("tr")]
    if max(widths, default=0) < 2:
        return True
    cells = table.find_all("td")
    return any(map(_holds_text, cells)) or (
        any(map(_is_menu, cells)) and any(_words_in(cell) >= _WORDS_OF_A_TEXT for cell in cells)
    )


def _is_menu(cell: Tag) -> bool:
    """Whether links are all that a cell holds."""
    links = cell.find_all("a")
    return bool(links) and sum(map(_words_in, links)) == _words_in(cell)


def _words_in(element: Tag) -> int:
    return len(element.get_text(" ").split())


def _holds_text(cell: Tag) -> bool:
    """Whether a cell holds more than a table's cell does: paragraphs, many lines, or a header."""
    if len(cell.find_all(("p", "li"))) > _MOST_PARAGRAPHS_OF_A_CELL:
        return True
    lines = cell_text(cell).split("\n")
    has_header = len(lines) > 1 and any(LABEL_LINE.match(line) for line in lines)
    return has_header or len(lines) > _MOST_LINES_OF_A_CELL


def cell_text(cell: Tag) -> str:
    """The words of a cell, a newline between its blocks."""
    return plain("".join(_cell_piece(piece) for piece in cell.descendants))


def _cell_piece(piece: PageElement) -> str:
    if isinstance(piece, Tag):
        return "\n" if piece.name == "br" or is_block(piece) else ""
    if isinstance(piece, NavigableString) and not isinstance(piece, PreformattedString):
        return _WHITE.sub(" ", piece)
    return ""
