"""The spaces that lines leave free, one below the other: what parts columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TypeAlias

from indexer.readers.pdf.lines import Line, Word
from indexer.readers.pdf.marks import Rectangle

# In font sizes: the least space that parts columns, by itself and where other lines show one.
_GUTTER, NARROW = 1.1, 0.1
_WIDEST_SPACE = 4.0  # between the words of a line that was stretched to fill its width
_AT_STOP = 1.5  # points

Span: TypeAlias = tuple[float, float]


def edges_of(lines: Sequence[Line]) -> Span:
    """The left and right edge of lines."""
    return min(line.left for line in lines), max(line.right for line in lines)


class Gutters:
    """Finds the free spaces in the lines of a page."""

    def __init__(self, lines: Sequence[Line], rules: Sequence[Rectangle]) -> None:
        self._stops = _stops(lines)
        self._upright = [rule for rule in rules if rule.height > rule.width]

    def has_inside(self, line: Line, edges: Span) -> bool:
        """Whether the line has cells: a free space between its words."""
        return len(self.free_in(line, edges)) > 2

    def free_in(self, line: Line, edges: Span) -> list[Span]:
        """The spaces that a line leaves free, those to its left and right included."""
        free = [(edges[0] - 1000, line.left)]
        least = _GUTTER * line.size
        if _is_justified(line, edges):
            least = _WIDEST_SPACE * line.size
        for place, (word, following) in enumerate(pairwise(line.words)):
            if place == 0 and line.is_led:
                continue
            gap = following.left - word.right
            if gap >= least or (gap > 0 and self._is_parted(word, following, line)):
                free.append((word.right, following.left))
        free.append((line.right, edges[1] + 1000))
        return free

    def _is_parted(self, word: Word, following: Word, line: Line) -> bool:
        """Whether a narrow gap parts two cells: by a rule, or where other lines have a column."""
        if self._is_ruled(word.right, following.left, line):
            return True
        return _are_apart(word, following) and any(
            abs(following.left - stop) < _AT_STOP for stop in self._stops
        )

    def _is_ruled(self, left: float, right: float, line: Line) -> bool:
        """Whether an upright rule stands in a gap of the line."""
        height = line.base + 0.3 * line.size
        return any(
            left - 1 <= rule.left and rule.right <= right + 1 and rule.low <= height <= rule.high
            for rule in self._upright
        )


def free_in_both(one: list[Span], other: list[Span], least: float) -> list[Span]:
    """The spaces that are free in both."""
    return [
        (left, right)
        for a, b in one
        for c, d in other
        if (right := min(b, d)) - (left := max(a, c)) >= least or (a, b) == (c, d)
    ]


def between_text(free: list[Span], edges: Span) -> list[Span]:
    """The free spaces with something to either side."""
    return [(left, right) for left, right in free if left > edges[0] and right < edges[1]]


def _is_justified(line: Line, edges: Span) -> bool:
    """Whether a line was stretched to fill its width: it does, and all its gaps are alike."""
    gaps = [b.left - a.right for a, b in pairwise(line.words[1:] if line.is_led else line.words)]
    if len(gaps) < 2 or line.right < edges[1] - 0.3 * line.size:
        return False
    return max(gaps) - min(gaps) < 0.15 * line.size


def _stops(lines: Sequence[Line]) -> list[float]:
    """Where words begin below one another, after a gap or at the head of a line further in."""
    left, _ = edges_of(lines)
    heads: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    for line in lines:
        if line.left > left + 2 * line.size:
            heads[round(line.left)] += 1
        for place, (word, following) in enumerate(pairwise(line.words)):
            gap = following.left - word.right
            least = NARROW if _are_apart(word, following) else _GUTTER
            if gap >= least * line.size and not (place == 0 and line.is_led):
                inside[round(following.left)] += 1
    return [
        stop
        for stop in inside
        if sum(inside[near] + heads[near] for near in (stop - 1, stop, stop + 1)) > 1
    ]


def _are_apart(word: Word, following: Word) -> bool:
    """Whether two words next to each other need not belong together: a label and its value."""
    if word.text.endswith(":") or word.bold != following.bold:
        return True
    return not 0 <= following.first_shown - word.last_shown <= 1
