"""The lines of a page in the order of reading: text, columns of text, and rows of cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import TypeAlias

from indexer.readers.pdf.grids import Grid, grids_of
from indexer.readers.pdf.gutters import NARROW, Gutters, Span, between_text, edges_of, free_in_both
from indexer.readers.pdf.lines import Line
from indexer.readers.pdf.marks import Rectangle
from indexer.readers.pdf.rows import (
    Cells,
    Split,
    Text,
    cells_of,
    is_aligned,
    outside,
    without_blank_columns,
)

_HALF = 0.1  # of the width: how near the middle a column begins that is half of the page
_MOST_COLUMNS_OF_TEXT = 3
_LEAST_LINES_OF_A_COLUMN = 4
_DEEPEST = 3
_NEAR_EDGE, _LEAST_AT_EDGE = 0.06, 3  # how many lines must end how near the right edge to show it
_MOST_WORDS_OF_A_LABEL = 3
_CLOSE_IN_CELL = 1.5  # font sizes between lines of one cell
_CLOSE = 2.2  # font sizes between lines of one column
_FAR = 4.0  # font sizes between lines: a table's rows stand closer

Region: TypeAlias = Text | Cells


def regions_of(lines: Sequence[Line], rules: Sequence[Rectangle], width: float) -> list[Region]:
    """The regions of a page of this width, in the order of reading."""
    if not lines:
        return []
    left, right = edges_of(lines)
    near = sum(line.right > right - _NEAR_EDGE * (right - left) for line in lines)
    if near < _LEAST_AT_EDGE:
        # Too few lines to tell where they were broken: both margins are taken to be alike.
        right = max(right, width - left)
    return _Reader(lines, rules).regions(lines, (left, right), 0)


def _by_grid(
    lines: Sequence[Line], grids: Sequence[Grid]
) -> Iterator[tuple[list[Line], Grid | None]]:
    """The lines in runs, each with the ruled table that holds it or with None."""
    within = [next((grid for grid in grids if grid.holds(line)), None) for line in lines]
    for grid, run in groupby(zip(within, lines, strict=True), key=lambda pair: pair[0]):
        yield [line for _, line in run], grid


def _are_columns_of_text(cells: Cells) -> bool:
    """Whether a frame holds text that runs down one column and on in the next."""
    return len(cells.rows) == 1 and all(cell and _is_full(cell.lines) for cell in cells.rows[0])


class _Reader:
    def __init__(self, lines: Sequence[Line], rules: Sequence[Rectangle]) -> None:
        self._gutters = Gutters(lines, rules)
        self._grids = grids_of(rules)
        self._level = [rule for rule in rules if rule.width >= rule.height and rule.width > 20]

    def regions(self, lines: Sequence[Line], edges: Span, depth: int) -> list[Region]:
        """The regions of lines between two edges; tables in ruled boxes are told first."""
        found: list[Region] = []
        rest: list[Line] = []
        for run, grid in _by_grid(lines, [grid for grid in self._grids if grid.is_alone(lines)]):
            cells = grid.cells(run) if grid else None
            if cells is None or _are_columns_of_text(cells):
                rest += run
                continue
            found += self._unruled(rest, edges, depth)
            found.append(cells)
            rest = []
        return found + self._unruled(rest, edges, depth)

    def _unruled(self, lines: Sequence[Line], edges: Span, depth: int) -> list[Region]:
        found: list[Region] = []
        plain: list[Line] = []
        place = 0
        while place < len(lines):
            band = self._band(lines, place, edges) if depth < _DEEPEST else None
            if band is None:
                plain.append(lines[place])
                place += 1
                continue
            end, gutters = band
            within = lines[place:end]
            regions, before, after = self._of_band(within, gutters, edges, depth)
            if not regions:
                plain.append(lines[place])
                place += 1
                continue
            stand_above = _standing_above if isinstance(regions[0], Text) else _beside_above
            if not before and (above := stand_above(plain, within, gutters)):
                within = [*above, *within]
                regions, before, after = self._of_band(within, gutters, edges, depth)
            plain += within[:before]
            if plain:
                found.append(Text(tuple(plain), *edges))
            plain = []
            found += regions
            place = end - after
        if plain:
            found.append(Text(tuple(plain), *edges))
        return found

    def _band(
        self, lines: Sequence[Line], start: int, edges: Span
    ) -> tuple[int, list[Span]] | None:
        """Where the lines from `start` on leave the same space free: their end and the gutters."""
        first = lines[start]
        free = self._gutters.free_in(first, edges)
        if not between_text(free, edges) and not _starts_beside(lines, start, edges):
            return None
        best: tuple[int, list[Span]] | None = None
        is_two_sided = False
        left, right = first.left, first.right
        end = start + 1
        while end < len(lines):
            line = lines[end]
            left, right = min(left, line.left), max(right, line.right)
            shared = free_in_both(free, self._gutters.free_in(line, edges), NARROW * line.size)
            inner = between_text(shared, (left, right))
            if is_two_sided and not inner:
                break
            if inner and lines[end - 1].base - line.base > _FAR * line.size:
                before = between_text(free, (left, right))
                if len(inner) < len(before) or not self._gutters.has_inside(line, edges):
                    break
            if not inner and not _starts_beside(lines, start, edges):
                break
            free = shared
            is_two_sided = bool(inner)
            end += 1
            if inner:
                best = end, inner
        return best

    def _of_band(
        self, lines: Sequence[Line], gutters: list[Span], edges: Span, depth: int
    ) -> tuple[list[Region], int, int]:
        """The regions of a band, and how many of its first and last lines do not belong to it."""
        gutters = self._around_boxes(gutters, lines)
        cuts = [(left + right) / 2 for left, right in gutters]
        bounds = [-10_000.0, *cuts, 100_000.0]
        split = [[line.between(low, high) for low, high in pairwise(bounds)] for line in lines]
        if self._is_text(lines, split, gutters, edges):
            regions: list[Region] = []
            for place in range(len(gutters) + 1):
                column = [row[place] for row in split if row[place]]
                kept = [line for line in column if line]
                regions += self.regions(kept, (edges_of(kept)[0], edges_of(kept)[1]), depth + 1)
            return regions, 0, 0
        before, after = outside(split)
        split = without_blank_columns(split[before : len(split) - after])
        if not split or not is_aligned(split):
            return [], 0, 0
        cells = self._parted(cells_of(split, self._level))
        if sum(sum(1 for cell in row if cell) > 1 for row in cells.rows) < 2:
            return ([cells] if _is_label_and_value(cells) else []), before, after
        return [cells], before, after

    def _around_boxes(self, gutters: list[Span], lines: Sequence[Line]) -> list[Span]:
        """The gutters but for those within a ruled table that stands beside text."""
        boxes = [grid.edges for grid in self._grids if any(map(grid.holds, lines))]
        around = [
            (left, right)
            for left, right in gutters
            if not any(low < left and right < high for low, high in boxes)
        ]
        return around or gutters

    def _is_text(
        self,
        lines: Sequence[Line],
        split: Split,
        gutters: list[Span],
        edges: Span,
    ) -> bool:
        """Whether the columns are text that runs down one and on in the next, not rows of cells."""
        if len(gutters) >= _MOST_COLUMNS_OF_TEXT or self._levels_between(lines, gutters) > 1:
            return False
        columns = [[line for line in column if line] for column in zip(*split, strict=True)]
        if any(0 < sum(map(grid.is_around, columns)) < len(columns) for grid in self._grids):
            return True  # a ruled table beside text
        is_misaligned = abs(columns[0][0].base - columns[-1][0].base) > 1
        is_halved = len(columns) == 2 and _begins_half(columns[1], edges)
        if is_halved and is_misaligned and _usual_words(columns[1]) >= 3:
            return True
        if any(sum(line.text.endswith(":") for line in c) > 0.4 * len(c) for c in columns):
            return False
        is_interleaved = not any(all(row) for row in split)
        if all(map(_is_full, columns)) or (is_halved and is_interleaved):
            return True
        return is_halved and all(len(c) > 1 and _usual_words(c) >= 3 for c in columns)

    def _parted(self, cells: Cells) -> Cells:
        """Rows of cells, those with a label and value of their own inside parted at these."""
        return Cells(tuple(tuple(self._parts_of_row(row)) for row in cells.rows))

    def _parts_of_row(self, row: Sequence[Text | None]) -> Iterator[Text | None]:
        for cell in row:
            parts = self._parts_of(cell) if cell else []
            has_label = any(part.lines[-1].text.endswith(":") for part in parts)
            yield from parts if has_label else [cell]

    def _parts_of(self, cell: Text) -> list[Text]:
        """The parts of a cell whose lines all leave the same space free."""
        edges = edges_of(cell.lines)
        free = self._gutters.free_in(cell.lines[0], edges)
        for line in cell.lines[1:]:
            free = free_in_both(free, self._gutters.free_in(line, edges), NARROW * line.size)
        cuts = [(left + right) / 2 for left, right in between_text(free, edges)]
        bounds = [edges[0] - 1, *cuts, edges[1] + 1]
        columns = [[line.between(*span) for line in cell.lines] for span in pairwise(bounds)]
        kept = [[line for line in column if line] for column in columns]
        return [Text(tuple(lines), *edges_of(lines)) for lines in kept if lines]

    def _levels_between(self, lines: Sequence[Line], gutters: list[Span]) -> int:
        """At how many heights between the first and last line rules stand in all columns."""
        high, low = lines[0].base, lines[-1].base
        reach: dict[int, Span] = {}
        for rule in self._level:
            if low < rule.low < high:
                left, right = reach.get(round(rule.low), (rule.left, rule.right))
                reach[round(rule.low)] = (min(left, rule.left), max(right, rule.right))
        return sum(
            left < gutters[0][0] and right > gutters[-1][1] for left, right in reach.values()
        )


def _standing_above(plain: list[Line], within: Sequence[Line], gutters: list[Span]) -> list[Line]:
    """Take the last of the plain lines that belong to columns of text below: all in one column."""
    place = len(plain)
    below = within[0]
    while place > 0 and plain[place - 1].base - below.base <= _CLOSE * below.size:
        above = plain[place - 1]
        if any(above.left < right and above.right > left for left, right in gutters):
            if above.base - below.base <= _CLOSE_IN_CELL * below.size:
                return []  # what stands above the columns runs on in these lines
            break
        below = above
        place -= 1
    taken = plain[place:]
    del plain[place:]
    return taken


def _beside_above(plain: list[Line], within: Sequence[Line], gutters: list[Span]) -> list[Line]:
    """Take the last of the plain lines that stand in a column beside the first, and close above."""
    place = len(plain)
    below = within[0]
    while place > 0 and plain[place - 1].base - below.base <= _CLOSE_IN_CELL * below.size:
        below = plain[place - 1]
        if below.left < gutters[0][1] - 1:
            break
        place -= 1
    taken = plain[place:]
    del plain[place:]
    return taken


def _is_label_and_value(cells: Cells) -> bool:
    """Whether a single row is a label of a few words beside a value of several lines."""
    if len(cells.rows) != 1 or len(cells.rows[0]) != 2:
        return False
    label, value = cells.rows[0]
    if label is None or value is None or len(value.lines) < 2:
        return False
    words = [word for line in label.lines for word in line.words]
    return len(words) <= _MOST_WORDS_OF_A_LABEL and words[0].text[0].isupper()


def _begins_half(column: Sequence[Line], edges: Span) -> bool:
    """Whether a column begins where the second half of the page does."""
    left, right = edges
    return -0.01 <= (edges_of(column)[0] - (left + right) / 2) / (right - left) <= _HALF


def _usual_words(column: Sequence[Line]) -> float:
    return median(len(line.words) for line in column)


def _is_full(column: Sequence[Line]) -> bool:
    """Whether a column holds text: lines of many words that mostly fill it."""
    left, right = edges_of(column)
    full = sum(line.right - line.left >= 0.7 * (right - left) for line in column)
    words = _usual_words(column)
    return len(column) >= _LEAST_LINES_OF_A_COLUMN and words >= 4 and 2 * full >= len(column)


def _starts_beside(lines: Sequence[Line], place: int, edges: Span) -> bool:
    """Whether the next line stands wholly to one side of this one and hardly lower.

    A line in the second half of the page may stand further up.
    """
    if place + 1 >= len(lines):
        return False
    line, following = lines[place], lines[place + 1]
    nearest = _CLOSE if _begins_half([line], edges) else 0.9
    if line.base - following.base > nearest * line.size:
        return False
    if line.right < following.left or following.right < line.left:
        return True
    return nearest == _CLOSE and following.left < line.left - 2 * line.size
