"""The spaces that lines leave free, one below the other: what parts columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from indexer.readers.pdf.lines import Line, Word
from indexer.readers.pdf.marks import Rectangle

# In font sizes: the least space that parts columns, by itself and where other lines show one.
GUTTER, NARROW = 1.1, 0.1
_WIDEST_SPACE = 4.0  # between the words of a line that was stretched to fill its width
_WIDEST_BESIDE = 1.6  # the same, where a label stands before what was stretched
_SPACE = 0.28
# In usual spaces of the line: what parts cells, and what does between two edges in line.
_STANDS_OUT, _BETWEEN_EDGES = 1.5, 1.15
_IN_LINE = 3  # lines at least, whose words stand in line
_ALIKE = 0.15  # font sizes: gaps of a stretched line differ by less
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
        least = _least_gutter(line, edges) * line.size
        usual = _usual_gap(line)
        for place, (word, following) in enumerate(pairwise(line.words)):
            if place == 0 and line.is_led:
                continue
            gap = following.left - word.right
            apart = _are_apart(word, following) or _stands_out(word, following, usual)
            apart = apart or gap > _BETWEEN_EDGES * usual
            if gap >= least or (gap > 0 and self._is_parted(word, following, line, apart=apart)):
                free.append((word.right, following.left))
        free.append((line.right, edges[1] + 1000))
        return free

    def _is_parted(self, word: Word, following: Word, line: Line, *, apart: bool) -> bool:
        """Whether a narrow gap parts two cells: by a rule, or where other lines have a column."""
        if self._is_ruled(word.right, following.left, line):
            return True
        return apart and any(abs(following.left - stop) < _AT_STOP for stop in self._stops)

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


def _least_gutter(line: Line, edges: Span) -> float:
    """The least space that parts columns by itself, in font sizes.

    It is wider in a line that was stretched to fill its width: one that does, and all of whose
    gaps are alike, but for that after a label.
    """
    if line.right < edges[1] - 0.3 * line.size:
        return GUTTER
    gaps = [b.left - a.right for a, b in pairwise(line.words[1:] if line.is_led else line.words)]
    for widest in (_WIDEST_SPACE, _WIDEST_BESIDE):
        if len(gaps) > 1 and max(gaps) - min(gaps) < _ALIKE * line.size:
            return widest if max(gaps) < widest * line.size else GUTTER
        gaps = gaps[gaps.index(max(gaps)) + 1 :] if gaps else []
    return GUTTER


def _usual_gap(line: Line) -> float:
    """The usual space between the words of a line."""
    gaps = [b.left - a.right for a, b in pairwise(line.words)]
    return max(median(gaps), _SPACE * line.size) if len(gaps) > 2 else _SPACE * line.size


def _stands_out(word: Word, following: Word, usual: float) -> bool:
    """Whether a gap is wider than those of its line, and not for the end of a sentence."""
    gap = following.left - word.right
    return gap > _STANDS_OUT * usual and not word.text.endswith((".", "!", "?"))


def _stops(lines: Sequence[Line]) -> list[float]:
    """Where words begin below one another, after a gap or at the head of a line further in."""
    left, _ = edges_of(lines)
    heads: Counter[int] = Counter()
    wide: Counter[int] = Counter()
    narrow: Counter[int] = Counter()
    ends: dict[int, list[Span]] = {}  # of words before those that begin there, and of their lines
    for line in lines:
        usual = _usual_gap(line)
        if line.left > left + 2 * line.size:
            heads[round(line.left)] += 1
        for place, (word, following) in enumerate(pairwise(line.words)):
            if place == 0 and line.is_led:
                continue
            gap, stop = following.left - word.right, round(following.left)
            least = NARROW if _are_apart(word, following) else GUTTER
            if gap >= least * line.size:
                wide[stop] += 1
            elif _stands_out(word, following, usual):
                narrow[stop] += 1
            elif gap > _BETWEEN_EDGES * usual:
                ends.setdefault(stop, []).append((word.right, line.left))
    return [
        stop
        for stop in {*wide, *narrow, *ends}
        if (stop in wide and _near(wide, stop) + _near(heads, stop) > 1)
        or (stop in narrow and sum(_near(each, stop) for each in (wide, heads, narrow)) >= _IN_LINE)
        or _are_in_line(ends.get(stop, []), _near(heads, stop))
    ]


def _are_in_line(ends: Sequence[Span], heads: int) -> bool:
    """Whether words end at one place before words that begin at one: labels set to the right.

    `ends` are those of words and the heads of their lines; `heads` counts the lines that begin
    where the values do.
    """
    if len(ends) < 2:
        return False
    middle = median(right for right, _ in ends)
    lefts = [left for right, left in ends if abs(right - middle) <= 1]
    differ = len(lefts) > 1 and max(lefts) - min(lefts) > _AT_STOP
    return len(lefts) + heads + differ >= _IN_LINE


def _near(found: Counter[int], stop: int) -> int:
    return sum(found[near] for near in (stop - 1, stop, stop + 1))


def _are_apart(word: Word, following: Word) -> bool:
    """Whether two words next to each other need not belong together: a label and its value."""
    if word.text.endswith(":") or word.bold != following.bold:
        return True
    return not 0 <= following.first_shown - word.last_shown <= 1
