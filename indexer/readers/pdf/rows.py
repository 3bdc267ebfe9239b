"""Lines of cells brought together to the rows of a table, or of labels and values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TypeAlias

from indexer.readers.pdf.gutters import edges_of
from indexer.readers.pdf.lines import Line
from indexer.readers.pdf.marks import Rectangle

_ALIGNED = 1.5  # points
_WIDEST_PITCH = 1.5  # font sizes between the lines of a cell
_SLACK = 0.3  # font sizes: cells whose heights are as near as this stand beside each other
_MOST_WORDS_OF_A_LABEL = 4
_PARTS = 1.12  # times the least step between lines: a wider one parts rows

Split: TypeAlias = list[list[Line | None]]  # for each printed line, its part in each column


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


def cells_of(split: Split, level: Sequence[Rectangle]) -> Cells:
    """The rows of cells of printed lines; `level` are the level rules of the page."""
    rows = _rows(split, level)
    rights = [_right_of(column) for column in zip(*split, strict=True)]
    return Cells(tuple(_row(row, rights) for row in rows))


def _rows(split: Split, level: Sequence[Rectangle]) -> list[list[list[Line]]]:
    """The printed lines of cells brought together to rows."""
    bases = [max(cell.base for cell in row if cell) for row in split]
    by_rule = _breaks_at_rules(split, bases, level)
    breaks = by_rule if by_rule is not None else _breaks(split)
    rows: list[list[list[Line]]] = []
    for place, row in enumerate(split):
        if place == 0 or breaks[place]:
            rows.append([[] for _ in row])
        for cell, line in zip(rows[-1], row, strict=True):
            if line:
                cell.append(line)
    return rows


def _breaks_at_rules(
    split: Split, bases: list[float], level: Sequence[Rectangle]
) -> list[bool] | None:
    """Before which lines a level rule stands; None where there are too few of them."""
    lines = [cell for row in split for cell in row if cell]
    left, right = edges_of(lines)
    heights = [
        rule.low
        for rule in level
        if min(rule.right, right) - max(rule.left, left) > 0.15 * (right - left)
    ]
    breaks = [False] + [any(below < y < above for y in heights) for above, below in pairwise(bases)]
    return breaks if sum(breaks) > 1 or (sum(breaks) == 1 and len(split) < 4) else None


def is_aligned(split: Split) -> bool:
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
    return sum(abs(place - middle) <= _ALIGNED for place in places) > 0.6 * len(places)


def outside(split: Split) -> tuple[int, int]:
    """How many of the first and last lines are no rows: they stand in the first column alone.

    A last label may take more lines than its value.
    """
    alone = [row[0] is not None and not any(row[1:]) for row in split]
    before = next((place for place, each in enumerate(alone) if not each), len(alone))
    after = next((place for place, each in enumerate(reversed(alone)) if not each), 0)
    while after and _goes_on_from_label(split[before:], len(split) - before - after):
        after -= 1
    return before, after


def _goes_on_from_label(split: Split, place: int) -> bool:
    """Whether a line alone in the first column is more of the label above it.

    It is closer to that than rows are to each other, or ends in the colon that labels end in.
    """
    label, more = split[place - 1][0], split[place][0]
    if label is None or more is None or label.bold != more.bold or label.text.endswith(":"):
        return False
    steps = _steps(split[: place + 1])
    if steps[-1] > _PARTS * min(steps):
        return False
    return more.text.endswith(":") or max(steps) > _PARTS * min(steps)


def _breaks(split: Split) -> list[bool]:
    """Before which lines a new row begins, told by the space between and by the first column."""
    if (by_extent := _breaks_by_extent(split)) is not None:
        return by_extent
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


def _breaks_by_extent(split: Split) -> list[bool] | None:
    """Rows of cells that stand beside each other, however they are set in height, or None.

    The lines of a cell follow each other closely, and cells that share a height are a row. None
    where a row would hold two cells of a column, or no row stands apart from the one above: then
    the lines do not tell the cells apart.
    """
    if _are_evenly_spaced(split):
        return None
    columns = [
        [(place, line) for place, line in enumerate(column) if line]
        for column in zip(*split, strict=True)
    ]
    pitch = min(map(_least_pitch, columns), default=0.0)
    clusters = [
        cluster
        for number, column in enumerate(columns)
        for cluster in _clusters(number, column, pitch)
    ]
    clusters.sort(key=lambda cluster: cluster.places[0])
    rows: list[list[_Cluster]] = []
    for cluster in clusters:
        if rows and any(cluster.is_beside(other) for other in rows[-1]):
            rows[-1].append(cluster)
        else:
            rows.append([cluster])
    placed = {place: number for number, row in enumerate(rows) for c in row for place in c.places}
    numbers = [placed[place] for place in range(len(split))]
    if numbers != sorted(numbers) or any(map(_share_a_column, rows)):
        return None
    return [False] + [after != before for before, after in pairwise(numbers)]


def _are_evenly_spaced(split: Split) -> bool:
    """Whether all lines follow each other as closely."""
    steps = _steps(split)
    return max(steps, default=0.0) <= _PARTS * min(steps, default=0.0)


def _steps(split: Split) -> list[float]:
    """How far each line stands below the one before it."""
    bases = [max(cell.base for cell in row if cell) for row in split]
    return [above - below for above, below in pairwise(bases)]


@dataclass(frozen=True, slots=True)
class _Cluster:
    """Lines of one column that follow each other closely, by their places; `low` is the last."""

    column: int
    places: tuple[int, ...]
    high: float
    low: float
    slack: float

    def is_beside(self, other: _Cluster) -> bool:
        """Whether both stand at the same height."""
        return self.low <= other.high + other.slack and other.low <= self.high + self.slack


def _share_a_column(row: Sequence[_Cluster]) -> bool:
    columns = [cluster.column for cluster in row]
    return len(set(columns)) < len(columns)


def _ends_label(line: Line) -> bool:
    return line.text.endswith(":") and len(line.words) <= _MOST_WORDS_OF_A_LABEL


def _least_pitch(column: Sequence[tuple[int, Line]]) -> float:
    """The least distance of two lines of a column, in font sizes."""
    steps = [(one.base - other.base) / one.size for (_, one), (_, other) in pairwise(column)]
    return min(steps, default=_WIDEST_PITCH)


def _clusters(number: int, lines: Sequence[tuple[int, Line]], pitch: float) -> list[_Cluster]:
    """The cells of a column, told by the space between; a label that ends in a colon is whole.

    `pitch` is the distance of two lines of a cell, in font sizes.
    """
    steps = [one.base - other.base for (_, one), (_, other) in pairwise(lines)]
    size = max((line.size for _, line in lines), default=0.0)
    tight = min(pitch, _WIDEST_PITCH) * size
    groups: list[list[tuple[int, Line]]] = []
    for (place, line), step in zip(lines, [0.0, *steps], strict=True):
        last = groups[-1][-1][1] if groups else None
        if last is None or step > _PARTS * tight or _ends_label(last):
            groups.append([])
        groups[-1].append((place, line))
    return [
        _Cluster(
            number,
            tuple(place for place, _ in group),
            group[0][1].base,
            group[-1][1].base,
            _SLACK * size,
        )
        for group in groups
    ]


def without_blank_columns(split: Split) -> Split:
    """The printed lines without the columns in which none of them has a word; [] if one is left."""
    kept = [place for place, column in enumerate(zip(*split, strict=True)) if any(column)]
    return [[row[place] for place in kept] for row in split] if len(kept) > 1 else []


def _right_of(column: Sequence[Line | None]) -> float:
    """The edge at which the lines of a column of cells were broken: where the longest ends."""
    return max((line.right for line in column if line), default=0.0)


def _row(row: list[list[Line]], rights: list[float]) -> tuple[Text | None, ...]:
    return tuple(
        Text(tuple(lines), edges_of(lines)[0], right) if lines else None
        for lines, right in zip(row, rights, strict=True)
    )
