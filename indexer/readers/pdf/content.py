"""Walks what a page draws, operator by operator, and notes each mark in its place."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, TypeAlias

from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject

from indexer.readers.pdf.letters import Letters
from indexer.readers.pdf.marks import (
    IDENTITY,
    Fill,
    Matrix,
    PageMarks,
    Rectangle,
    matrix_of,
    placed,
    times,
)
from indexer.readers.pdf.paths import Paths
from indexer.readers.pdf.settings import SETTINGS, Setting
from indexer.readers.pdf.state import FAINT, MALFORMED, Shared, State, named

MOST_FORMS = 3_000  # drawings inside drawings, of a page
DEEPEST_FORM = 12
DEEPEST_STATE = 200


class Walker:
    """Draws one page as marks."""

    def __init__(self, marks: PageMarks, shared: Shared, base: Matrix) -> None:
        self.marks = marks
        self._shared = shared
        page = Rectangle(0, 0, marks.width, marks.height)
        self._state = State(base, page)
        self._saved: list[State] = []
        self._resources = DictionaryObject()
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._order = 0
        self._paths = Paths(marks)
        self._letters = Letters(marks)
        self._tags: list[tuple[bool, bool]] = []  # switched off, in the margin
        self._forms = self._depth = 0
        self._base = base

    def draw(self, operations: list[tuple[Any, bytes]], resources: DictionaryObject) -> None:
        """Follow `operations`; one that is malformed is passed over."""
        self._shared.count(len(operations))
        outer, self._resources = self._resources, resources
        handlers = _HANDLERS
        for operands, operator in operations:
            handler = handlers.get(operator)
            if handler is None:
                continue
            self._order += 1
            if operator not in _TEXT_OPERATORS:
                self._letters.part()
            try:
                handler(self, operands)
            except LimitReachedError:
                raise
            except MALFORMED:
                continue
        self._resources = outer

    # Graphics state

    def save(self, _: list[Any]) -> None:
        if len(self._saved) < DEEPEST_STATE:
            self._saved.append(copy(self._state))

    def restore(self, _: list[Any]) -> None:
        if self._saved:
            self._state = self._saved.pop()

    def concatenate(self, operands: list[Any]) -> None:
        self._state.ctm = times(matrix_of(operands), self._state.ctm)

    def use_settings(self, operands: list[Any]) -> None:
        found = named(self._resources, "/ExtGState", operands[0])
        settings: Any = found.get_object() if found is not None else {}
        state = self._state
        if (opacity := settings.get("/ca")) is not None:
            state.opacity = float(opacity)
        if (blend := settings.get("/BM")) is not None:
            state.blends = str(blend) not in ("/Normal", "/Compatible")
        if "/LW" in settings:
            state.line_width = _number(settings["/LW"])
        if isinstance(font := settings.get("/Font"), ArrayObject) and len(font) == 2:
            state.face, state.size = self._shared.face(list.__getitem__(font, 0)), float(font[1])

    # Paths

    def add_box(self, operands: list[Any]) -> None:
        self._paths.add_box(operands, self._state)

    def move(self, operands: list[Any]) -> None:
        self._paths.move(operands, self._state)

    def line(self, operands: list[Any]) -> None:
        self._paths.line(operands, self._state)

    def clip(self, _: list[Any]) -> None:
        self._paths.clip()

    def end_path(self, _: list[Any]) -> None:
        self._paths.end(self._state)

    def paint_fill(self, _: list[Any]) -> None:
        self._paint(fill=True, stroke=False)

    def paint_stroke(self, _: list[Any]) -> None:
        self._paint(fill=False, stroke=True)

    def paint_both(self, _: list[Any]) -> None:
        self._paint(fill=True, stroke=True)

    def _paint(self, *, fill: bool, stroke: bool) -> None:
        if not self._is_unseen():
            self._paths.paint(self._state, self._order, fill=fill, stroke=stroke)
        self._paths.end(self._state)

    def _is_unseen(self) -> bool:
        return self._state.opacity < FAINT or any(off for off, _ in self._tags)

    # Text

    def begin_text(self, _: list[Any]) -> None:
        self._text = self._line = IDENTITY

    def set_font(self, operands: list[Any]) -> None:
        self._state.size = float(operands[1])
        self._state.face = self._shared.face(named(self._resources, "/Font", operands[0]))

    def set_text_matrix(self, operands: list[Any]) -> None:
        self._text = self._line = matrix_of(operands)

    def move_line(self, operands: list[Any]) -> None:
        shift = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
        self._text = self._line = times(shift, self._line)

    def move_line_and_lead(self, operands: list[Any]) -> None:
        self._state.leading = -float(operands[1])
        self.move_line(operands)

    def next_line(self, _: list[Any]) -> None:
        self.move_line([0.0, -self._state.leading])

    def show_on_next_line(self, operands: list[Any]) -> None:
        self.next_line([])
        self._show(operands[-1:])

    def show_spaced(self, operands: list[Any]) -> None:
        self._state.word_space, self._state.char_space = float(operands[0]), float(operands[1])
        self.show_on_next_line(operands)

    def _show(self, parts: Any) -> None:
        is_off = any(off for off, _ in self._tags)
        in_margin = any(margin for _, margin in self._tags)
        pen = self._letters.show(
            parts, self._text, self._state, self._order, is_off=is_off, in_margin=in_margin
        )
        self._text = times((1.0, 0.0, 0.0, 1.0, pen, 0.0), self._text)

    def show(self, operands: list[Any]) -> None:
        self._show(operands[:1])

    def show_adjusted(self, operands: list[Any]) -> None:
        self._show(operands[0])

    # Marked content, drawings and pictures

    def begin_tag(self, _: list[Any]) -> None:
        self._tags.append((False, False))

    def begin_tag_with(self, operands: list[Any]) -> None:
        tag, properties = operands[0], operands[1]
        if tag == "/OC":
            group = named(self._resources, "/Properties", properties)
            self._tags.append((self._shared.layers.is_off(group), False))
            return
        in_margin = (
            tag == "/Artifact"
            and isinstance(properties, DictionaryObject)
            and properties.get("/Type") == "/Pagination"
        )
        self._tags.append((False, in_margin))

    def end_tag(self, _: list[Any]) -> None:
        if self._tags:
            self._tags.pop()

    def draw_object(self, operands: list[Any]) -> None:
        found = named(self._resources, "/XObject", operands[0])
        drawing = found.get_object() if found is not None else DictionaryObject()
        if self._shared.layers.is_off(drawing.raw_get("/OC") if "/OC" in drawing else None):
            self._tags.append((True, False))
            self._draw_known(drawing)
            self._tags.pop()
        else:
            self._draw_known(drawing)

    def _draw_known(self, drawing: Any) -> None:
        if drawing.get("/Subtype") == "/Image":
            see_through = "/SMask" in drawing or "/Mask" in drawing or drawing.get("/ImageMask")
            self._picture(opaque=not see_through)
        elif drawing.get("/Subtype") == "/Form":
            self.draw_form(drawing, IDENTITY)

    def inline_picture(self, _: Any) -> None:
        self._picture(opaque=True)

    def _picture(self, *, opaque: bool) -> None:
        box = placed(Rectangle(0, 0, 1, 1), self._state.ctm).shared(self._state.clip)
        if box.width > 0 and box.height > 0 and not self._is_unseen():
            opaque = opaque and self._state.covers
            self.marks.fills.append(Fill(box, self._order, None, opaque, picture=True))

    def shade(self, _: list[Any]) -> None:
        self.marks.fills.append(Fill(self._state.clip, self._order, None, opaque=False))

    def draw_annotation(self, form: Any, into: Matrix) -> None:
        """Draw the appearance of an annotation, moved by `into`, above all else on the page."""
        page = Rectangle(0, 0, self.marks.width, self.marks.height)
        self._state, self._saved, self._tags = State(self._base, page), [], []
        self.draw_form(form, into)

    def draw_form(self, form: Any, into: Matrix) -> None:
        """Draw a form, moved by `into`; a ring of forms ends at `DEEPEST_FORM`."""
        self._forms += 1
        if self._forms > MOST_FORMS:
            raise LimitReachedError(f"more than {MOST_FORMS:,} drawings inside a page")
        depth = self._depth
        if depth >= DEEPEST_FORM:
            return
        outer, saved = copy(self._state), self._saved
        text, line, tags = self._text, self._line, self._tags
        matrix = matrix_of(form["/Matrix"]) if "/Matrix" in form else IDENTITY
        self._state.ctm = times(times(matrix, into), self._state.ctm)
        if "/BBox" in form:
            edges = [float(edge) for edge in list(form["/BBox"])]
            box = placed(Rectangle(*_ordered(edges)), self._state.ctm)
            self._state.clip = self._state.clip.shared(box)
        resources = form.get("/Resources", self._resources).get_object()
        self._saved, self._tags, self._depth = [], list(tags), depth + 1
        self.draw(self._shared.operations(form), resources)
        self._state, self._saved, self._depth = outer, saved, depth
        self._text, self._line, self._tags = text, line, tags


def _number(found: Any) -> float:
    return float(found)


def _ordered(edges: list[float]) -> tuple[float, float, float, float]:
    left, low, right, high = edges
    return min(left, right), min(low, high), max(left, right), max(low, high)


Handler: TypeAlias = Callable[[Walker, Any], None]


def _set(setting: Setting) -> Handler:
    """What an operator does that only sets something."""
    return lambda walker, operands: setting(walker._state, walker._resources, operands)


# What moves and shows text, and changes nothing else.
_TEXT_OPERATORS = frozenset([b"Td", b"TD", b"T*", b"Tm", b"Tj", b"TJ", b"'"])
_HANDLERS: dict[bytes, Handler] = {
    b"q": Walker.save, b"Q": Walker.restore, b"cm": Walker.concatenate,
    b"gs": Walker.use_settings,
    b"re": Walker.add_box, b"m": Walker.move, b"l": Walker.line,
    b"c": Walker.line, b"v": Walker.line, b"y": Walker.line,
    b"W": Walker.clip, b"W*": Walker.clip, b"n": Walker.end_path,
    b"f": Walker.paint_fill, b"F": Walker.paint_fill, b"f*": Walker.paint_fill,
    b"S": Walker.paint_stroke, b"s": Walker.paint_stroke,
    b"B": Walker.paint_both, b"B*": Walker.paint_both,
    b"b": Walker.paint_both, b"b*": Walker.paint_both,
    b"BT": Walker.begin_text, b"Tf": Walker.set_font,
    b"Tm": Walker.set_text_matrix, b"Td": Walker.move_line, b"TD": Walker.move_line_and_lead,
    b"T*": Walker.next_line, b"Tj": Walker.show, b"TJ": Walker.show_adjusted,
    b"'": Walker.show_on_next_line, b'"': Walker.show_spaced,
    b"BMC": Walker.begin_tag, b"BDC": Walker.begin_tag_with, b"EMC": Walker.end_tag,
    b"Do": Walker.draw_object, b"INLINE IMAGE": Walker.inline_picture, b"sh": Walker.shade,
    **{operator: _set(setting) for operator, setting in SETTINGS.items()},
}  # fmt: skip
