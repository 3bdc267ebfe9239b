"""The lines of a page in the order of reading: text, columns of text, and rows of cells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from indexer.readers.pdf.lines import Line, Word
from indexer.readers.pdf.marks import Rectangle

# In font sizes: the least space that parts columns, by itself and where other lines show one.
_GUTTER = 1.1
_NARROW = 0.1
_WIDEST_SPACE = 4.0  # between the words of a line that was stretched to fill its width
_HALF = 0.06  # of the width: how near the middle a column begins that is half of the page
_AT_STOP = 1.5  # points
_MOST_COLUMNS_OF_TEXT = 3
_LEAST_LINES_OF_A_COLUMN = 4
_DEEPEST = 3
_NEAR_EDGE, _LEAST_AT_EDGE = 0.06, 3  # how many lines must end how near the right edge to show it
_CLOSE = 2.2  # font sizes between lines of one column
_FAR = 4.0  # font sizes between lines: a table's rows stand closer

Span: TypeAlias = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Text:
    """Lines one below the other, between a left and a right edge."""

    lines: tuple[Line, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class Cells:
    """Rows of cells; each cell holds its lines, and is None where it is blank."""

    rows: tuple[tuple[Text | None, ...], ...]
    ruled: bool = False


Region: TypeAlias = Text | Cells


def regions_of(lines: Sequence[Line], rules: Sequence[Rectangle], width: float) -> list[Region]:
    """The regions of a page of this width, in the order of reading."""
    if not lines:
        return []
    left, right = _edges(lines)
    near = sum(line.right > right - _NEAR_EDGE * (right - left) for line in lines)
    if near < _LEAST_AT_EDGE:
        # Too few lines to tell where they were broken: both margins are taken to be alike.
        right = max(right, width - left)
    return _Reader(lines, rules).regions(lines, (left, right), 0)


def _edges(lines: Sequence[Line]) -> Span:
    return min(line.left for line in lines), max(line.right for line in lines)


class _Reader:
    def __init__(self, lines: Sequence[Line], rules: Sequence[Rectangle]) -> None:
        self._stops = _stops(lines)
        self._upright = [rule for rule in rules if rule.height > rule.width]
        self._level = [rule for rule in rules if rule.width >= rule.height and rule.width > 20]

    def regions(self, lines: Sequence[Line], edges: Span, depth: int) -> list[Region]:
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
            if before == after == 0 and isinstance(regions[0], Text):
                within = [*_standing_above(plain, within, gutters), *within]
                regions, *_ = self._of_band(within, gutters, edges, depth)
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
        free = self._free(first, edges)
        if not _inner(free, edges) and not _starts_beside(lines, start, edges):
            return None
        best: tuple[int, list[Span]] | None = None
        is_two_sided = False
        left, right = first.left, first.right
        end = start + 1
        while end < len(lines):
            line = lines[end]
            left, right = min(left, line.left), max(right, line.right)
            shared = _shared(free, self._free(line, edges), _NARROW * line.size)
            inner = _inner(shared, (left, right))
            if is_two_sided and not inner:
                break
            if inner and lines[end - 1].base - line.base > _FAR * line.size:
                before = _inner(free, (left, right))
                if len(inner) < len(before) or not self._free_inside(line, edges):
                    break
            if not inner and not _starts_beside(lines, start, edges):
                break
            free = shared
            is_two_sided = bool(inner)
            end += 1
            if inner:
                best = end, inner
        return best

    def _free_inside(self, line: Line, edges: Span) -> bool:
        return len(self._free(line, edges)) > 2

    def _free(self, line: Line, edges: Span) -> list[Span]:
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

    def _of_band(
        self, lines: Sequence[Line], gutters: list[Span], edges: Span, depth: int
    ) -> tuple[list[Region], int, int]:
        """The regions of a band, and how many of its first and last lines do not belong to it."""
        cuts = [(left + right) / 2 for left, right in gutters]
        bounds = [-10_000.0, *cuts, 100_000.0]
        split = [[line.between(low, high) for low, high in pairwise(bounds)] for line in lines]
        if self._is_text(lines, split, gutters, edges):
            regions: list[Region] = []
            for place in range(len(gutters) + 1):
                column = [row[place] for row in split if row[place]]
                kept = [line for line in column if line]
                regions += self.regions(kept, (_edges(kept)[0], _edges(kept)[1]), depth + 1)
            return regions, 0, 0
        before, after = _outside(split)
        split = split[before : len(split) - after]
        if sum(sum(1 for cell in row if cell) > 1 for row in split) < 2 or not _is_aligned(split):
            return [], 0, 0
        rows = self._rows(split)
        rights = [_right_of(column) for column in zip(*split, strict=True)]
        return [Cells(tuple(_row(row, rights) for row in rows))], before, after

    def _is_text(
        self,
        lines: Sequence[Line],
        split: list[list[Line | None]],
        gutters: list[Span],
        edges: Span,
    ) -> bool:
        """Whether the columns are text that runs down one and on in the next, not rows of cells."""
        if len(gutters) >= _MOST_COLUMNS_OF_TEXT or self._levels_between(lines) > 1:
            return False
        columns = [[line for line in column if line] for column in zip(*split, strict=True)]
        is_misaligned = abs(columns[0][0].base - columns[-1][0].base) > 1
        is_halved = len(columns) == 2 and _begins_half(columns[1], edges)
        if is_halved and is_misaligned and _usual_words(columns[1]) >= 3:
            return True
        if any(sum(line.text.endswith(":") for line in c) > 0.4 * len(c) for c in columns):
            return False
        if all(map(_is_full, columns)):
            return True
        return is_halved and all(len(c) > 1 and _usual_words(c) >= 3 for c in columns)

    def _levels_between(self, lines: Sequence[Line]) -> int:
        """How many level rules lie between the first and last line."""
        high, low = lines[0].base, lines[-1].base
        left, right = _edges(lines)
        return sum(
            low < rule.low < high
            and min(rule.right, right) - max(rule.left, left) > 0.3 * (right - left)
            for rule in self._level
        )

    def _rows(self, split: list[list[Line | None]]) -> list[list[list[Line]]]:
        """The printed lines of cells brought together to rows."""
        bases = [max(cell.base for cell in row if cell) for row in split]
        by_rule = self._breaks_at_rules(split, bases)
        breaks = by_rule if by_rule is not None else _breaks(split, bases)
        rows: list[list[list[Line]]] = []
        for place, row in enumerate(split):
            if place == 0 or breaks[place]:
                rows.append([[] for _ in row])
            for cell, line in zip(rows[-1], row, strict=True):
                if line:
                    cell.append(line)
        return rows

    def _breaks_at_rules(
        self, split: list[list[Line | None]], bases: list[float]
    ) -> list[bool] | None:
        """Before which lines a level rule stands; None where there are too few of them."""
        lines = [cell for row in split for cell in row if cell]
        left, right = _edges(lines)
        level = [
            rule.low
            for rule in self._level
            if min(rule.right, right) - max(rule.left, left) > 0.15 * (right - left)
        ]
        breaks = [False] + [
            any(below < y < above for y in level) for above, below in pairwise(bases)
        ]
        return breaks if sum(breaks) > 1 or (sum(breaks) == 1 and len(split) < 4) else None


def _is_justified(line: Line, edges: Span) -> bool:
    """Whether a line was stretched to fill its width: it does, and all its gaps are alike."""
    gaps = [b.left - a.right for a, b in pairwise(line.words[1:] if line.is_led else line.words)]
    if len(gaps) < 2 or line.right < edges[1] - 0.3 * line.size:
        return False
    return max(gaps) - min(gaps) < 0.15 * line.size


def _stops(lines: Sequence[Line]) -> list[float]:
    """Where words begin below one another, after a gap or at the head of a line further in."""
    left, _ = _edges(lines)
    heads: Counter[int] = Counter()
    inside: Counter[int] = Counter()
    for line in lines:
        if line.left > left + 2 * line.size:
            heads[round(line.left)] += 1
        for place, (word, following) in enumerate(pairwise(line.words)):
            gap = following.left - word.right
            least = _NARROW if _are_apart(word, following) else _GUTTER
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


def _standing_above(plain: list[Line], within: Sequence[Line], gutters: list[Span]) -> list[Line]:
    """Take the last of the plain lines that belong to columns of text below: all in one column."""
    place = len(plain)
    below = within[0]
    while place > 0 and plain[place - 1].base - below.base <= _CLOSE * below.size:
        below = plain[place - 1]
        if any(below.left < right and below.right > left for left, right in gutters):
            return []
        place -= 1
    taken = plain[place:]
    del plain[place:]
    return taken


def _begins_half(column: Sequence[Line], edges: Span) -> bool:
    """Whether a column begins where the second half of the page does."""
    left, right = edges
    return -0.01 <= (_edges(column)[0] - (left + right) / 2) / (right - left) <= _HALF


def _usual_words(column: Sequence[Line]) -> float:
    return median(len(line.words) for line in column)


def _is_full(column: Sequence[Line]) -> bool:
    """Whether a column holds text: lines of many words that mostly fill it."""
    left, right = _edges(column)
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


def _shared(one: list[Span], other: list[Span], least: float) -> list[Span]:
    """The spaces that are free in both."""
    return [
        (left, right)
        for a, b in one
        for c, d in other
        if (right := min(b, d)) - (left := max(a, c)) >= least or (a, b) == (c, d)
    ]


def _inner(free: list[Span], edges: Span) -> list[Span]:
    """The free spaces with something to either side."""
    return [(left, right) for left, right in free if left > edges[0] and right < edges[1]]


def _is_aligned(split: list[list[Line | None]]) -> bool:
    """Whether the cells of each column but the first begin, end or have their middle in line."""
    for column in list(zip(*split, strict=True))[1:]:
        cells = [cell for cell in column if cell]
        places = (
            [c.left for c in cells],
            [c.right for c in cells],
            [(c.left + c.right) / 2 for c in cells],
        )
        if not any(_agree(each) for each in places):
            return False
    return True


def _agree(places: list[float]) -> bool:
    """Whether most of `places` are the same one."""
    middle = median(places)
    return sum(abs(place - middle) <= _AT_STOP for place in places) > 0.6 * len(places)


def _outside(split: list[list[Line | None]]) -> tuple[int, int]:
    """How many of the first and last lines are no rows: they stand in the first column alone."""
    alone = [row[0] is not None and not any(row[1:]) for row in split]
    before = next((place for place, each in enumerate(alone) if not each), len(alone))
    after = next((place for place, each in enumerate(reversed(alone)) if not each), 0)
    return before, after


def _breaks(split: list[list[Line | None]], bases: list[float]) -> list[bool]:
    """Before which lines a new row begins, told by the space between and by the first column."""
    steps = [above - below for above, below in pairwise(bases)]
    tight = min(steps, default=0.0)
    by_space = [False] + [step > 1.25 * tight for step in steps]
    if any(by_space) and _has_one_head_each(split, by_space):
        return by_space
    with_mark = sum(bool(row[0] and row[0].text.endswith(":")) for row in split)
    heads = sum(bool(row[0]) for row in split)
    breaks: list[bool] = []
    begun = ""  # of the first cell of the row
    for row in split:
        head = row[0].text if row[0] else ""
        goes_on = bool(begun) and with_mark >= 0.5 * heads and not begun.endswith(":")
        is_new = bool(head) and not goes_on
        breaks.append(is_new)
        begun = head if is_new else f"{begun} {head}".strip()
    return breaks


def _has_one_head_each(split: list[list[Line | None]], breaks: list[bool]) -> bool:
    """Whether each group of lines has one first cell, whose lines follow each other."""
    groups: list[list[list[Line | None]]] = []
    for row, is_new in zip(split, breaks, strict=True):
        if is_new or not groups:
            groups.append([])
        groups[-1].append(row)
    heads = [[bool(row[0]) for row in group] for group in groups]
    marks = [sum(row[0] is not None and row[0].text.endswith(":") for row in g) for g in groups]
    if not all(any(group) for group in heads) or max(marks) > 1:
        return False
    return any(not all(group) for group in heads) or all(len(group) == 1 for group in heads)


def _right_of(column: Sequence[Line | None]) -> float:
    """The edge at which the lines of a column of cells were broken: where the longest ends."""
    return max((line.right for line in column if line), default=0.0)


def _row(row: list[list[Line]], rights: list[float]) -> tuple[Text | None, ...]:
    return tuple(
        Text(tuple(lines), _edges(lines)[0], right) if lines else None
        for lines, right in zip(row, rights, strict=True)
    )
