"""The body of a note as a page shows it: headings, and passages that hang from the margin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import TypeAlias

from archive_app.runs import Run, Surroundings, runs_of
from indexer.domain.blocks import Block, BlockKind, Blocks

# The title is the page's h1, and no page may skip a level.
FIRST_LEVEL, LAST_LEVEL = 2, 4
# Nobody can tell lists apart beyond this, and a template cannot nest without end.
DEEPEST = 12
# A browser lays out every column in every row, however few of them a row fills.
MOST_COLUMNS = 200

_FIGURE = re.compile(r"[-−–(]?\s*[£€$]?\s*[\d,. ]*\d\s*(?:%|p|m|k|km|bn)?\)?")


@dataclass(slots=True)
class ListEntry:
    """One item of a list and the items nested in it."""

    runs: tuple[Run, ...]
    number: str | None = None
    anchor: str | None = None
    below: list[ListEntry] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its cells as the document gives them, and which columns hold figures.

    `head` is the first row where that names the columns. A row may be shorter than `figures`.
    """

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    figures: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the body, at its level on the page."""

    text: str
    level: int
    anchor: str
    numbers: str = ""


@dataclass(slots=True)
class Passage:
    """A paragraph with the lists and tables that follow it, under one number or none."""

    number: str | None = None
    anchor: str | None = None
    parts: list[tuple[Run, ...] | list[ListEntry] | Grid] = field(default_factory=list)


Text: TypeAlias = list[Heading | Passage]


def text_of_page(body: Blocks, around: Surroundings) -> Text:
    """The body of a note in the order of its page."""
    levels = _levels(body)
    text: Text = []
    tables = 0
    for kind, blocks in groupby(body, key=lambda block: block.kind):
        for block in blocks if kind is not BlockKind.ITEM else ():
            if kind is BlockKind.HEADING:
                anchor = block.anchor or f"heading-{len(text) + 1}"
                text.append(Heading(block.text, levels[block.level or 1], anchor))
            elif kind is BlockKind.TABLE:
                tables += 1
                _open_passage(text).parts.append(_grid(block, f"Table {tables}"))
            else:
                text.append(Passage(block.number, block.anchor, [runs_of(block, around)]))
        if kind is BlockKind.ITEM:
            _open_passage(text).parts.append(_nested(blocks, around))
    return text


def contents_of_text(text: Text) -> tuple[Heading, ...]:
    """The headings with the span of paragraph numbers under each: `1–3`."""
    headings: list[Heading] = []
    numbers: list[list[str]] = []
    for part in text:
        if isinstance(part, Heading):
            headings.append(part)
            numbers.append([])
        elif numbers and part.number:
            numbers[-1].append(part.number)
    return tuple(
        Heading(heading.text, heading.level, heading.anchor, _span(under))
        for heading, under in zip(headings, numbers, strict=True)
    )


def _span(numbers: list[str]) -> str:
    if not numbers:
        return ""
    return numbers[0] if len(numbers) == 1 else f"{numbers[0]}–{numbers[-1]}"


def _levels(body: Blocks) -> dict[int, int]:
    """The levels of headings that a body uses, closed up so that none is skipped."""
    used = sorted({b.level or 1 for b in body if b.kind is BlockKind.HEADING})
    return {level: min(FIRST_LEVEL + at, LAST_LEVEL) for at, level in enumerate(used)}


def _open_passage(text: Text) -> Passage:
    """The passage that a list or table belongs to: the one before it, else a new one."""
    if text and isinstance(last := text[-1], Passage):
        return last
    passage = Passage()
    text.append(passage)
    return passage


def _nested(items: Iterable[Block], around: Surroundings) -> list[ListEntry]:
    """Items in a tree, each below the last one of a smaller depth, down to the deepest shown."""
    top: list[ListEntry] = []
    path: list[tuple[int, list[ListEntry]]] = [(0, top)]
    for item in items:
        depth = item.level or 1
        while len(path) > 1 and (path[-1][0] >= depth or len(path) > DEEPEST):
            path.pop()
        entry = ListEntry(runs_of(item, around), item.number, item.anchor)
        path[-1][1].append(entry)
        path.append((depth, entry.below))
    return top


def _grid(table: Block, name: str) -> Grid:
    """The cells of a table; the first row is its head when it names columns and others follow."""
    rows = tuple(line for row in table.rows for line in _lines(row))
    width = max((len(row) for row in rows), default=0)
    whole = len(rows) == len(table.rows) > 1 and len(rows[0]) == width > 1
    headed = whole and all(_names_a_column(cell) for cell in rows[0])
    head, body = (rows[0], rows[1:]) if headed else ((), rows)
    return Grid(name, head, body, _columns_of_figures(body, width))


def _lines(row: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """A row of cells, which goes on in the next line where it has more than a page can lay out."""
    for start in range(0, len(row) or 1, MOST_COLUMNS):
        yield row[start : start + MOST_COLUMNS]


def _columns_of_figures(rows: Iterable[tuple[str, ...]], width: int) -> tuple[bool, ...]:
    """Whether each column holds figures and, besides them, no words."""
    filled, worded = set[int](), set[int]()
    for row in rows:
        for at, cell in enumerate(row):
            if cell:
                filled.add(at)
            if at not in worded and not _is_figure(cell):
                worded.add(at)
    return tuple(at in filled and at not in worded for at in range(width))


def _names_a_column(cell: str) -> bool:
    return bool(cell) and not _FIGURE.fullmatch(cell)


def _is_figure(cell: str) -> bool:
    """Whether a cell holds a number or stands empty."""
    return not cell.strip(" -–—") or bool(_FIGURE.fullmatch(cell.strip()))
