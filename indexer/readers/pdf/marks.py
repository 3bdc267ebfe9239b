"""What stands on a page: pieces of text, filled boxes, rules and pictures, each in its place.

Lengths are in points, from the lower left corner of the page as it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Colour: TypeAlias = tuple[float, float, float]  # red, green and blue, 0 to 1

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rectangle(NamedTuple):
    """An upright rectangle by its left, lower, right and upper edge."""

    left: float
    low: float
    right: float
    high: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.high - self.low

    @property
    def area(self) -> float:
        return max(self.width, 0.0) * max(self.height, 0.0)

    def shared(self, other: Rectangle) -> Rectangle:
        """What lies in both; its area is 0 where nothing does."""
        return Rectangle(
            max(self.left, other.left),
            max(self.low, other.low),
            min(self.right, other.right),
            min(self.high, other.high),
        )

    def covers(self, other: Rectangle, share: float = 0.8) -> bool:
        """Whether at least `share` of `other` lies inside."""
        return other.area > 0 and self.shared(other).area >= share * other.area


@dataclass(slots=True)
class Piece:
    """Letters drawn together, no space among them.

    `spaced` says that a space was drawn before it, `turned` that it does not read from left to
    right, `unknown` how many of its glyphs stand for no known letter. `order` counts what the page
    draws, and tells what lies above what; `shown` counts its pieces.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    bold: bool
    order: int
    shown: int = 0
    spaced: bool = False
    turned: bool = False
    symbol: bool = False
    unknown: int = 0
    spacing: float = 0.0
    colour: Colour | None = (0.0, 0.0, 0.0)
    invisible: bool = False
    clipped: bool = False
    switched_off: bool = False
    in_margin: bool = False

    @property
    def box(self) -> Rectangle:
        """The letters' rectangle, from a little below the line to the height of a capital."""
        low, high = self.base - 0.1 * self.size, self.base + 0.65 * self.size
        return Rectangle(self.left, low, max(self.right, self.left + 0.1), high)


@dataclass(frozen=True, slots=True)
class Fill:
    """An area that is painted over; `colour` is None where it is a picture, pattern or unknown."""

    box: Rectangle
    order: int
    colour: Colour | None = None
    opaque: bool = True
    picture: bool = False


@dataclass(slots=True)
class PageMarks:
    """All that one page draws, in the order of drawing."""

    width: float
    height: float
    pieces: list[Piece] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    rules: list[Rectangle] = field(default_factory=list)
    dots: list[Rectangle] = field(default_factory=list)
    struck: list[Rectangle] = field(default_factory=list)
    to_redact: list[Rectangle] = field(default_factory=list)


def matrix_of(parts: Any) -> Matrix:
    """Six numbers of a PDF as a matrix. Raises ValueError or TypeError where they are none."""
    a, b, c, d, e, f = (float(part) for part in list(parts)[:6])
    return a, b, c, d, e, f


def times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does what `one` does and then what `other` does."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def placed(box: Rectangle, by: Matrix) -> Rectangle:
    """The upright rectangle around `box` as `by` moves it."""
    a, b, c, d, e, f = by
    corners = [
        (x * a + y * c + e, x * b + y * d + f)
        for x in (box.left, box.right)
        for y in (box.low, box.high)
    ]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return Rectangle(min(across), min(up), max(across), max(up))
