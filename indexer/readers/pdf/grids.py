"""Tables whose rules draw a box around each cell: what stands in a box is a cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.readers.pdf.gutters import GUTTER, Span, edges_of
from indexer.readers.pdf.lines import Line
from indexer.readers.pdf.marks import Rectangle
from indexer.readers.pdf.rows import Cells, Text

_NEAR = 3.0  # points: rules as near as this are one, and rules that end as near as this meet
_MOST_RULES = 400  # of a page: more are a drawing's
_MIDDLE = 0.25  # font sizes from the line that letters stand on up to their middle


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its upper and lower rule, and its upright ones from the left."""

    high: float
    low: float
    upright: tuple[float, ...]

    def holds(self, line: Line) -> bool:
        """Whether a line stands at the height of the row."""
        return self.low < line.base + _MIDDLE * line.size <= self.high

    def is_crossed(self, line: Line) -> bool:
        """Whether a rule goes through a word."""
        return any(
            word.left + 1 < rule < word.right - 1
            for rule in self.upright[1:-1]
            for word in line.words
        )


@dataclass(frozen=True, slots=True)
class Grid:
    """The rows of a ruled table, from the top; not all need have as many cells."""

    rows: tuple[Row, ...]

    @property
    def edges(self) -> Span:
        """Where its outermost rules stand."""
        return self.rows[0].upright[0] - 1, self.rows[0].upright[-1] + 1

    def holds(self, line: Line) -> bool:
        """Whether a line stands at the height of the table."""
        return any(row.holds(line) for row in self.rows)

    def is_alone(self, lines: Iterable[Line]) -> bool:
        """Whether no line has words beside the table."""
        left, right = self.edges
        return all(left <= line.left and line.right <= right for line in lines if self.holds(line))

    def is_around(self, lines: Iterable[Line]) -> bool:
        """Whether all lines stand within the table."""
        left, right = self.edges
        return all(self.holds(line) and left <= line.left and line.right <= right for line in lines)

    def cells(self, lines: Sequence[Line]) -> Cells | None:
        """The rows of cells of the words that stand within; None where words cross a rule."""
        within = [part for line in lines if (part := line.between(*self.edges))]
        rows: list[tuple[Text | None, ...]] = []
        for row in self.rows:
            inside = [line for line in within if row.holds(line)]
            if any(row.is_crossed(line) or self._is_parted(row, line) for line in inside):
                return None
            cells = tuple(_cell(inside, *edges) for edges in pairwise(row.upright))
            if any(cells):
                rows.append(cells)
        return Cells(tuple(rows)) if any(sum(map(bool, row)) > 1 for row in rows) else None

    def _is_parted(self, row: Row, line: Line) -> bool:
        """Whether a line has a column where other rows have a rule and its own has none."""
        sides = {side for each in self.rows for side in each.upright}.difference(row.upright)
        return any(
            following.left - word.right >= GUTTER * line.size
            and any(word.right - 1 < side < following.left + 1 for side in sides)
            for word, following in pairwise(line.words)
        )


def grids_of(rules: Sequence[Rectangle]) -> list[Grid]:
    """The tables whose every cell has rules on all four sides, and that have two in some row."""
    if len(rules) > _MOST_RULES:
        return []
    return [grid for group in _touching(rules) if (grid := _grid(group))]


def _grid(rules: Sequence[Rectangle]) -> Grid | None:
    """The table that rules draw which meet; None where cells go over several rows."""
    sides = _positions([(r.left, r.low, r.high) for r in rules if r.height > r.width])
    heights = _positions([(r.low, r.left, r.right) for r in rules if r.width > r.height])
    if len(sides) < 3 or len(heights) < 2:
        return None
    left, *_, right = sides
    if not all(_covers(spans, left, right) for spans in heights.values()):
        return None
    rows: list[Row] = []
    for low, high in pairwise(heights):
        upright = tuple(side for side, spans in sides.items() if _covers(spans, low, high))
        if upright[:1] != (left,) or upright[-1] != right:
            return None
        rows.append(Row(high, low, upright))
    return Grid(tuple(reversed(rows)))


def _touching(rules: Sequence[Rectangle]) -> list[list[Rectangle]]:
    """The rules in groups of those that meet."""
    groups: list[list[Rectangle]] = []
    left = list(rules)
    while left:
        group = [left.pop()]
        for rule in group:
            met = [other for other in left if _meet(rule, other)]
            left = [other for other in left if not _meet(rule, other)]
            group += met
        groups.append(group)
    return groups


def _meet(one: Rectangle, other: Rectangle) -> bool:
    return (
        one.left - _NEAR <= other.right
        and other.left - _NEAR <= one.right
        and one.low - _NEAR <= other.high
        and other.low - _NEAR <= one.high
    )


def _positions(rules: Iterable[tuple[float, float, float]]) -> dict[float, list[Span]]:
    """By where rules of one direction stand, how far they reach; those close together are one."""
    found: dict[float, list[Span]] = {}
    last = first = -1e9
    for place, start, end in sorted(rules):
        if place - last > _NEAR:
            first = place
            found[first] = []
        found[first].append((start, end))
        last = place
    return found


def _covers(spans: Iterable[Span], start: float, end: float) -> bool:
    """Whether spans reach from `start` to `end` without a break."""
    reached = start + _NEAR
    for low, high in sorted(spans):
        if low > reached + _NEAR:
            return False
        reached = max(reached, high)
    return reached >= end - _NEAR


def _cell(lines: Iterable[Line], left: float, right: float) -> Text | None:
    """The words between two upright rules."""
    parts = [part for line in lines if (part := line.between(left, right))]
    return Text(tuple(parts), edges_of(parts)[0], right - _NEAR) if parts else None
