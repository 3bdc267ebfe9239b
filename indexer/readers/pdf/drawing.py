"""One page of a PDF as the marks that it draws, upright as it is shown."""

from __future__ import annotations

from typing import Any

from pypdf import PageObject
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from indexer.readers.pdf.content import Walker
from indexer.readers.pdf.marks import IDENTITY, Matrix, PageMarks, Rectangle, matrix_of, placed
from indexer.readers.pdf.opening import BROKEN
from indexer.readers.pdf.state import Shared

_HIDDEN_OR_NO_VIEW = 1 << 1 | 1 << 5
_MOST_ANNOTATIONS = 2_000
# Annotations that only point somewhere or say something beside the page.
_NOT_DRAWN = frozenset(["/Link", "/Popup", "/Text", "/Highlight", "/Underline", "/Squiggly"])


def marks_of(page: PageObject, shared: Shared) -> PageMarks:
    """All that the page draws, its annotations included, turned so that most text is upright.

    Raises LimitReachedError where it draws too much, and what pypdf raises on damaged content.
    """
    turn = int(page.get("/Rotate") or 0) % 360
    marks = _drawn(page, shared, turn)
    letters = sum(len(piece.text) for piece in marks.pieces)
    turned = sum(len(piece.text) for piece in marks.pieces if piece.turned)
    if letters > 40 and turned > 0.7 * letters:
        for other in (90, 270, 180):
            again = _drawn(page, shared, (turn + other) % 360)
            if sum(len(p.text) for p in again.pieces if p.turned) < 0.3 * letters:
                return again
    return marks


def _drawn(page: PageObject, shared: Shared, turn: int) -> PageMarks:
    left, low, right, high = (float(edge) for edge in page.cropbox)
    box = Rectangle(min(left, right), min(low, high), max(left, right), max(low, high))
    upright = _turned(box, turn)
    sides = (box.width, box.height) if turn in (0, 180) else (box.height, box.width)
    marks = PageMarks(*sides)
    walker = Walker(marks, shared, upright)
    resources = page.get("/Resources")
    resources = resources.get_object() if resources is not None else None
    if not isinstance(resources, DictionaryObject):
        resources = DictionaryObject()
    contents = page.get("/Contents")
    if contents is not None:
        walker.draw(ContentStream(contents.get_object(), page.pdf, "bytes").operations, resources)
    _annotate(page, walker, upright)
    return marks


def _turned(box: Rectangle, turn: int) -> Matrix:
    """What moves the page's box to the origin, turned clockwise by so many degrees."""
    left, low, right, high = box
    return {
        90: (0.0, -1.0, 1.0, 0.0, -low, right),
        180: (-1.0, 0.0, 0.0, -1.0, right, high),
        270: (0.0, 1.0, -1.0, 0.0, high, -left),
    }.get(turn, (1.0, 0.0, 0.0, 1.0, -left, -low))


def _annotate(page: PageObject, walker: Walker, upright: Matrix) -> None:
    annotations = page.get("/Annots")
    annotations = annotations.get_object() if annotations is not None else None
    if not isinstance(annotations, ArrayObject):
        return
    for entry in annotations[:_MOST_ANNOTATIONS]:
        try:
            annotation = entry.get_object()
            if isinstance(annotation, DictionaryObject):
                _annotation(annotation, walker, upright)
        except LimitReachedError:
            raise
        except BROKEN:
            continue


def _annotation(annotation: DictionaryObject, walker: Walker, upright: Matrix) -> None:
    kind = annotation.get("/Subtype")
    if int(annotation.get("/F") or 0) & _HIDDEN_OR_NO_VIEW or kind in _NOT_DRAWN:
        return
    areas = _areas(annotation, upright)
    if kind == "/StrikeOut":
        walker.marks.struck += areas
    elif kind == "/Redact":
        walker.marks.to_redact += areas
    else:
        _appearance(annotation, walker)


def _areas(annotation: DictionaryObject, upright: Matrix) -> list[Rectangle]:
    """The areas that a mark on the text covers."""
    corners = [float(corner) for corner in annotation.get("/QuadPoints") or ()]
    quads = [corners[place : place + 8] for place in range(0, len(corners) - 7, 8)]
    if not quads:
        return [placed(_rectangle(annotation["/Rect"]), upright)]
    return [
        placed(Rectangle(min(quad[::2]), min(quad[1::2]), max(quad[::2]), max(quad[1::2])), upright)
        for quad in quads
    ]


def _appearance(annotation: DictionaryObject, walker: Walker) -> None:
    """Draw what the annotation shows: the words of a filled form, a stamp, a box over words."""
    shown: Any = annotation.get("/AP", DictionaryObject()).get_object().get("/N")
    shown = shown.get_object() if shown is not None else None
    if shown is not None and "/BBox" not in shown:
        state = annotation.get("/AS")
        shown = shown[state].get_object() if state in shown else None
    if shown is None:
        return
    rectangle = _rectangle(annotation["/Rect"])
    matrix = matrix_of(shown["/Matrix"]) if "/Matrix" in shown else IDENTITY
    drawn = placed(_rectangle(shown["/BBox"]), matrix)
    across = rectangle.width / drawn.width if drawn.width else 1.0
    up = rectangle.height / drawn.height if drawn.height else 1.0
    into = (
        across, 0.0, 0.0, up,
        rectangle.left - drawn.left * across, rectangle.low - drawn.low * up,
    )  # fmt: skip
    walker.draw_annotation(shown, into)


def _rectangle(edges: Any) -> Rectangle:
    left, low, right, high = (float(edge) for edge in edges)
    return Rectangle(min(left, right), min(low, high), max(left, right), max(low, high))
