"""The paths of a page: what they fill, rule off and cut off from view."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from indexer.readers.pdf.marks import Colour, Fill, PageMarks, Rectangle, placed
from indexer.readers.pdf.state import State

_THIN = 2.5  # points: a filled box no thicker is a rule
_SMALLEST, _LARGEST = 1.2, 9.0  # points: the width of a shape that may be a bullet
_PALE, _PALEST = 0.9, 0.95  # of every colour: a rule so pale rules nothing off


class Paths:
    """The path that is being drawn, and the marks that it leaves when it is painted."""

    def __init__(self, marks: PageMarks) -> None:
        self._marks = marks
        self._lines: list[list[tuple[float, float]]] = []
        self._boxes: list[Rectangle] = []
        self._clips = False

    def add_box(self, operands: list[Any], state: State) -> None:
        """Add a rectangle."""
        x, y, width, height = map(float, operands[:4])
        box = Rectangle(
            min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height)
        )
        self._boxes.append(placed(box, state.ctm))

    def move(self, operands: list[Any], state: State) -> None:
        """Begin a line."""
        self._lines.append([_point(operands[0], operands[1], state)])

    def line(self, operands: list[Any], state: State) -> None:
        """Go on with the line.

        The points of a curve draw a hull around it: enough for a clip, and never an upright box.
        """
        for place in range(0, len(operands) - 1, 2):
            self._lines[-1].append(_point(operands[place], operands[place + 1], state))

    def clip(self) -> None:
        """What is drawn after this path is seen inside it alone."""
        self._clips = True

    def end(self, state: State) -> None:
        """End the path, which may cut off what follows."""
        if self._clips:
            around = [*self._boxes, *map(_around, self._lines)]
            if around:
                state.clip = state.clip.shared(_union(around))
        self._lines, self._boxes, self._clips = [], [], False

    def paint(self, state: State, order: int, *, fill: bool, stroke: bool) -> None:
        """Fill the path, or draw along it."""
        if not _is_pale(state.fill if fill else state.stroke, _PALE):
            for box in (*self._boxes, *map(_around, self._lines)):
                if _is_dot(box):
                    self._marks.dots.append(box)
        if fill:
            for box in (*self._boxes, *filter(None, map(_upright_box, self._lines))):
                self._fill(box, state, order)
        if stroke and not _is_pale(state.stroke, _PALEST):
            a, b, *_ = state.ctm
            thickness = state.line_width * math.hypot(a, b)
            for points in (*self._lines, *map(_outline, self._boxes)):
                self._rule(points, thickness, state, order)

    def _fill(self, box: Rectangle, state: State, order: int) -> None:
        box = box.shared(state.clip)
        if box.width < 0 or box.height < 0:
            return
        if min(box.width, box.height) <= _THIN and max(box.width, box.height) > 2 * _THIN:
            if not _is_pale(state.fill, _PALE):
                self._marks.rules.append(box)
            return
        self._marks.fills.append(Fill(box, order, state.fill, state.covers))

    def _rule(
        self, points: list[tuple[float, float]], thickness: float, state: State, order: int
    ) -> None:
        """Each level or upright stroke is a rule, or where it is thick a box over words."""
        half = thickness / 2
        for (x, y), (to_x, to_y) in pairwise(points):
            across, up = abs(x - to_x), abs(y - to_y)
            if across > 1 and up > 1:
                continue
            wider, higher = (0.0, half) if across >= up else (half, 0.0)
            box = Rectangle(
                min(x, to_x) - wider, min(y, to_y) - higher,
                max(x, to_x) + wider, max(y, to_y) + higher,
            ).shared(state.clip)  # fmt: skip
            if box.width < 0 or box.height < 0:
                continue
            if thickness <= _THIN:
                self._marks.rules.append(box)
            else:
                self._marks.fills.append(Fill(box, order, state.stroke, state.covers))


def _is_dot(box: Rectangle) -> bool:
    """Whether a shape may be a bullet: small, and as high as it is wide."""
    width, height = box.width, box.height
    return _SMALLEST <= width <= _LARGEST and abs(width - height) <= 0.3 * width


def _point(x: Any, y: Any, state: State) -> tuple[float, float]:
    a, b, c, d, e, f = state.ctm
    x, y = float(x), float(y)
    return x * a + y * c + e, x * b + y * d + f


def _is_pale(colour: Colour | None, least: float) -> bool:
    return colour is not None and min(colour) > least


def _outline(box: Rectangle) -> list[tuple[float, float]]:
    left, low, right, high = box
    return [(left, low), (right, low), (right, high), (left, high), (left, low)]


def _around(points: list[tuple[float, float]]) -> Rectangle:
    across, up = [x for x, _ in points], [y for _, y in points]
    return Rectangle(min(across), min(up), max(across), max(up))


def _union(boxes: list[Rectangle]) -> Rectangle:
    return Rectangle(
        min(box.left for box in boxes),
        min(box.low for box in boxes),
        max(box.right for box in boxes),
        max(box.high for box in boxes),
    )


def _upright_box(points: list[tuple[float, float]]) -> Rectangle | None:
    """The box that a closed path of four upright sides draws, or None."""
    if len(points) not in (4, 5) or (len(points) == 5 and points[0] != points[4]):
        return None
    box = _around(points)
    for x, y in points:
        if min(abs(x - box.left), abs(x - box.right)) > 0.5:
            return None
        if min(abs(y - box.low), abs(y - box.high)) > 0.5:
            return None
    return box
