"""Walks what a page draws, operator by operator, and notes each mark in its place."""

from __future__ import annotations

import math
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from indexer.readers.pdf.colours import BLACK, colour_of, first_colour, space_of
from indexer.readers.pdf.fonts import UNKNOWN, Face
from indexer.readers.pdf.layers import Layers
from indexer.readers.pdf.marks import (
    IDENTITY,
    Colour,
    Fill,
    Matrix,
    PageMarks,
    Piece,
    Rectangle,
    matrix_of,
    placed,
    times,
)

MOST_OPERATORS = 3_000_000  # of a document; a full page of text has about a thousand
MOST_FORMS = 3_000  # drawings inside drawings, of a page
DEEPEST_FORM = 12
DEEPEST_STATE = 200

# In em: what parts words with no space drawn between them, and what glyphs may step back.
GAP = 0.17
STEP_BACK = 0.4
_THIN = 2.5  # points: a filled box no thicker is a rule
_FAINT = 0.08  # of opacity: no eye sees it


@dataclass(slots=True)
class _State:
    """What q saves and Q restores."""

    ctm: Matrix
    clip: Rectangle
    fill: Colour | None = BLACK
    stroke: Colour | None = BLACK
    fill_space: str = "plain"
    stroke_space: str = "plain"
    opacity: float = 1.0
    blends: bool = False
    face: Face | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    line_width: float = 1.0


@dataclass(slots=True)
class Shared:
    """What the pages of a document have in common: fonts and drawings read once, and the budget."""

    layers: Layers
    faces: dict[Any, Face | None] = field(default_factory=dict)
    drawings: dict[Any, list[tuple[Any, bytes]]] = field(default_factory=dict)
    operators: int = 0

    def count(self, operators: int) -> None:
        """Take `operators` off the budget. Raises LimitReachedError where it is spent."""
        self.operators += operators
        if self.operators > MOST_OPERATORS:
            raise LimitReachedError(f"more than {MOST_OPERATORS:,} drawing operators")


class Walker:
    """Draws one page as marks."""

    def __init__(self, marks: PageMarks, shared: Shared, base: Matrix) -> None:
        self.marks = marks
        self._shared = shared
        page = Rectangle(0, 0, marks.width, marks.height)
        self._state = _State(base, page)
        self._saved: list[_State] = []
        self._resources = DictionaryObject()
        self._text: Matrix = IDENTITY
        self._line: Matrix = IDENTITY
        self._order = 0
        self._path: list[list[tuple[float, float]]] = []
        self._boxes: list[Rectangle] = []
        self._clips = False
        self._tags: list[tuple[bool, bool]] = []  # switched off, in the margin
        self._forms = self._depth = 0
        self._base = base
        self._was_space = False

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
            try:
                handler(self, operands)
            except LimitReachedError:
                raise
            except (
                PyPdfError,
                LookupError,
                TypeError,
                ValueError,
                AttributeError,
                ArithmeticError,
            ):
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
        named = _named(self._resources, "/ExtGState", operands[0])
        settings: Any = named.get_object() if named is not None else {}
        state = self._state
        if (opacity := settings.get("/ca")) is not None:
            state.opacity = float(opacity)
        if (blend := settings.get("/BM")) is not None:
            state.blends = str(blend) not in ("/Normal", "/Compatible")
        if "/LW" in settings:
            state.line_width = _number(settings["/LW"])
        if isinstance(font := settings.get("/Font"), ArrayObject) and len(font) == 2:
            state.face, state.size = self._face_of(list.__getitem__(font, 0)), float(font[1])

    def set_line_width(self, operands: list[Any]) -> None:
        self._state.line_width = float(operands[0])

    # Colours

    def fill_space(self, operands: list[Any]) -> None:
        self._state.fill_space = space_of(operands[0], self._resources)
        self._state.fill = first_colour(self._state.fill_space)

    def stroke_space(self, operands: list[Any]) -> None:
        self._state.stroke_space = space_of(operands[0], self._resources)
        self._state.stroke = first_colour(self._state.stroke_space)

    def fill_colour(self, operands: list[Any]) -> None:
        self._state.fill = colour_of(operands, self._state.fill_space)

    def stroke_colour(self, operands: list[Any]) -> None:
        self._state.stroke = colour_of(operands, self._state.stroke_space)

    def plain_fill(self, operands: list[Any]) -> None:
        self._state.fill_space = "plain"
        self._state.fill = colour_of(operands, "plain")

    def plain_stroke(self, operands: list[Any]) -> None:
        self._state.stroke_space = "plain"
        self._state.stroke = colour_of(operands, "plain")

    # Paths

    def add_box(self, operands: list[Any]) -> None:
        x, y, width, height = map(float, operands[:4])
        box = Rectangle(
            min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height)
        )
        self._boxes.append(placed(box, self._state.ctm))

    def move(self, operands: list[Any]) -> None:
        self._path.append([self._point(operands[0], operands[1])])

    def line(self, operands: list[Any]) -> None:
        self._path[-1].append(self._point(operands[0], operands[1]))

    def curve(self, operands: list[Any]) -> None:
        # Its points draw a hull around it: enough for a clip, and never an upright box.
        for place in range(0, len(operands) - 1, 2):
            self._path[-1].append(self._point(operands[place], operands[place + 1]))

    def _point(self, x: Any, y: Any) -> tuple[float, float]:
        a, b, c, d, e, f = self._state.ctm
        x, y = float(x), float(y)
        return x * a + y * c + e, x * b + y * d + f

    def clip(self, _: list[Any]) -> None:
        self._clips = True

    def end_path(self, _: list[Any]) -> None:
        if self._clips:
            around = [*self._boxes, *(_around(path) for path in self._path)]
            if around:
                self._state.clip = self._state.clip.shared(_union(around))
        self._path, self._boxes, self._clips = [], [], False

    def paint_fill(self, operands: list[Any]) -> None:
        for box in (*self._boxes, *filter(None, map(_upright_box, self._path))):
            self._paint(box)
        self.end_path(operands)

    def paint_stroke(self, operands: list[Any]) -> None:
        if not self._is_unseen():
            for path in self._path:
                self._rules_along(path)
            for box in self._boxes:
                self._rules_around(box)
        self.end_path(operands)

    def paint_both(self, operands: list[Any]) -> None:
        paths, boxes, clips = self._path, self._boxes, self._clips
        self._clips = False
        self.paint_fill(operands)
        self._path, self._boxes, self._clips = paths, boxes, clips
        self.paint_stroke(operands)

    def _is_unseen(self) -> bool:
        return self._state.opacity < _FAINT or any(off for off, _ in self._tags)

    def _paint(self, box: Rectangle) -> None:
        box = box.shared(self._state.clip)
        if box.width < 0 or box.height < 0 or self._is_unseen():
            return
        if min(box.width, box.height) <= _THIN and max(box.width, box.height) > 2 * _THIN:
            if self._state.fill is None or min(self._state.fill) < 0.9:
                self.marks.rules.append(box)
            return
        state = self._state
        opaque = state.opacity > 0.9 and not state.blends
        self.marks.fills.append(Fill(box, self._order, state.fill, opaque))

    def _rules_along(self, path: list[tuple[float, float]]) -> None:
        half = self._line_thickness() / 2
        if self._state.stroke is not None and min(self._state.stroke) > 0.95:
            return
        for (x, y), (to_x, to_y) in pairwise(path):
            if abs(x - to_x) > 1 and abs(y - to_y) > 1:
                continue
            self._add_stroke(
                Rectangle(min(x, to_x), min(y, to_y), max(x, to_x), max(y, to_y)), half
            )

    def _add_stroke(self, line: Rectangle, half: float) -> None:
        """A stroke is a rule, or where it is thick a filled box (a marker drawn over words)."""
        if line.width >= line.height:
            box = Rectangle(line.left, line.low - half, line.right, line.high + half)
        else:
            box = Rectangle(line.left - half, line.low, line.right + half, line.high)
        box = box.shared(self._state.clip)
        if box.width < 0 or box.height < 0:
            return
        if 2 * half <= _THIN:
            self.marks.rules.append(box)
            return
        state = self._state
        opaque = state.opacity > 0.9 and not state.blends
        self.marks.fills.append(Fill(box, self._order, state.stroke, opaque))

    def _rules_around(self, box: Rectangle) -> None:
        left, low, right, high = box
        self._rules_along([(left, low), (right, low), (right, high), (left, high), (left, low)])

    def _line_thickness(self) -> float:
        a, b, *_ = self._state.ctm
        return self._state.line_width * math.hypot(a, b)

    # Text

    def begin_text(self, _: list[Any]) -> None:
        self._text = self._line = IDENTITY

    def set_font(self, operands: list[Any]) -> None:
        self._state.size = float(operands[1])
        self._state.face = self._face_of(_named(self._resources, "/Font", operands[0]))

    def _face_of(self, found: Any) -> Face | None:
        if found is None:
            return None
        faces = self._shared.faces
        key = getattr(found, "idnum", None) or id(found)
        if key not in faces:
            resource = found.get_object()
            try:
                faces[key] = Face(resource) if isinstance(resource, DictionaryObject) else None
            except LimitReachedError:
                raise
            except (PyPdfError, LookupError, TypeError, ValueError, AttributeError):
                faces[key] = None
        return faces[key]

    def set_char_space(self, operands: list[Any]) -> None:
        self._state.char_space = float(operands[0])

    def set_word_space(self, operands: list[Any]) -> None:
        self._state.word_space = float(operands[0])

    def set_stretch(self, operands: list[Any]) -> None:
        self._state.stretch = float(operands[0]) / 100

    def set_leading(self, operands: list[Any]) -> None:
        self._state.leading = float(operands[0])

    def set_rise(self, operands: list[Any]) -> None:
        self._state.rise = float(operands[0])

    def set_mode(self, operands: list[Any]) -> None:
        self._state.mode = int(operands[0])

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

    def show(self, operands: list[Any]) -> None:
        self._show(operands[:1])

    def show_adjusted(self, operands: list[Any]) -> None:
        self._show(operands[0])

    def _show(self, parts: Any) -> None:
        """Show strings with adjustments between them, a piece for each run without a space."""
        state, face = self._state, self._state.face
        size, stretch = state.size, state.stretch
        char_space, word_space = state.char_space * stretch, state.word_space * stretch
        em = size * stretch
        gap, back = abs(em) * GAP + max(char_space, 0.0), abs(em) * STEP_BACK
        pen, end, start, letters = 0.0, 0.0, 0.0, ""
        matrix = times(self._text, state.ctm)
        for part in list(parts):
            if not isinstance(part, (bytes, str)):
                pen -= float(part) / 1000 * em
                continue
            raw = part if isinstance(part, bytes) else getattr(part, "original_bytes", b"")
            for text, width, is_space_byte in face.glyphs(raw) if face else _nameless(raw):
                if text == " " or not text:
                    self._add(letters, start, end, matrix)
                    letters, self._was_space = "", True
                else:
                    if letters and not -back <= pen - end <= gap:
                        self._add(letters, start, end, matrix)
                        letters = ""
                    if not letters:
                        start = pen
                    letters += text
                    end = pen + width * em
                pen += width * em + char_space
                if is_space_byte:
                    pen += word_space
        self._add(letters, start, end, matrix)
        self._text = times((1.0, 0.0, 0.0, 1.0, pen, 0.0), self._text)

    def _add(self, letters: str, start: float, end: float, matrix: Matrix) -> None:
        if not letters:
            return
        state = self._state
        a, b, c, d, e, f = matrix
        up = state.rise
        x, y = start * a + up * c + e, start * b + up * d + f
        to_x, to_y = end * a + up * c + e, end * b + up * d + f
        size = abs(state.size) * math.hypot(c, d)
        turned = to_x < x or abs(to_y - y) > 0.08 * max(abs(to_x - x), 0.1)
        unknown = letters.count(UNKNOWN)
        piece = Piece(
            text=letters,
            left=min(x, to_x),
            right=max(x, to_x),
            base=min(y, to_y) if turned else y,
            size=size,
            bold=bool(state.face and state.face.bold) or state.mode == 2,
            order=self._order,
            shown=len(self.marks.pieces),
            spaced=self._was_space,
            turned=turned,
            symbol=bool(state.face and state.face.is_pictures),
            unknown=unknown,
            spacing=max(state.char_space * state.stretch * math.hypot(a, b), 0.0),
            colour=state.stroke if state.mode == 1 else state.fill,
            invisible=state.mode in (3, 7) or state.opacity < _FAINT,
            switched_off=any(off for off, _ in self._tags),
            in_margin=any(margin for _, margin in self._tags),
        )
        box = piece.box
        piece.clipped = box.shared(state.clip).area < 0.3 * box.area
        self._was_space = False
        self.marks.pieces.append(piece)

    # Marked content, drawings and pictures

    def begin_tag(self, _: list[Any]) -> None:
        self._tags.append((False, False))

    def begin_tag_with(self, operands: list[Any]) -> None:
        tag, properties = operands[0], operands[1]
        if tag == "/OC":
            group = _named(self._resources, "/Properties", properties)
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
        named = _named(self._resources, "/XObject", operands[0])
        drawing = named.get_object() if named is not None else DictionaryObject()
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
            opaque = opaque and self._state.opacity > 0.9 and not self._state.blends
            self.marks.fills.append(Fill(box, self._order, None, opaque, picture=True))

    def shade(self, _: list[Any]) -> None:
        self.marks.fills.append(Fill(self._state.clip, self._order, None, opaque=False))

    def draw_annotation(self, form: Any, into: Matrix) -> None:
        """Draw the appearance of an annotation, moved by `into`, above all else on the page."""
        page = Rectangle(0, 0, self.marks.width, self.marks.height)
        self._state, self._saved, self._tags = _State(self._base, page), [], []
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
        self.draw(self._operations_of(form), resources)
        self._state, self._saved, self._depth = outer, saved, depth
        self._text, self._line, self._tags = text, line, tags

    def _operations_of(self, form: Any) -> list[tuple[Any, bytes]]:
        key = getattr(form.indirect_reference, "idnum", None) or id(form)
        drawings = self._shared.drawings
        if key not in drawings:
            drawings[key] = ContentStream(form, None, "bytes").operations
        return drawings[key]


def _number(found: Any) -> float:
    return float(found)


def _named(resources: DictionaryObject, kind: str, name: Any) -> Any:
    """A resource by its name, as a reference where it is one, or None."""
    listed = resources.get(kind)
    listed = listed.get_object() if listed is not None else None
    if not isinstance(listed, DictionaryObject) or name not in listed:
        return None
    return listed.raw_get(name)


def _ordered(edges: list[float]) -> tuple[float, float, float, float]:
    left, low, right, high = edges
    return min(left, right), min(low, high), max(left, right), max(low, high)


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


def _nameless(raw: bytes) -> list[tuple[str, float, bool]]:
    """The glyphs of a string whose font is not there."""
    return [(UNKNOWN if byte != 32 else " ", 0.5, byte == 32) for byte in raw]


_HANDLERS: dict[bytes, Callable[[Walker, Any], None]] = {
    b"q": Walker.save, b"Q": Walker.restore, b"cm": Walker.concatenate,
    b"gs": Walker.use_settings, b"w": Walker.set_line_width,
    b"cs": Walker.fill_space, b"CS": Walker.stroke_space,
    b"sc": Walker.fill_colour, b"scn": Walker.fill_colour,
    b"SC": Walker.stroke_colour, b"SCN": Walker.stroke_colour,
    b"g": Walker.plain_fill, b"rg": Walker.plain_fill, b"k": Walker.plain_fill,
    b"G": Walker.plain_stroke, b"RG": Walker.plain_stroke, b"K": Walker.plain_stroke,
    b"re": Walker.add_box, b"m": Walker.move, b"l": Walker.line,
    b"c": Walker.curve, b"v": Walker.curve, b"y": Walker.curve,
    b"W": Walker.clip, b"W*": Walker.clip, b"n": Walker.end_path,
    b"f": Walker.paint_fill, b"F": Walker.paint_fill, b"f*": Walker.paint_fill,
    b"S": Walker.paint_stroke, b"s": Walker.paint_stroke,
    b"B": Walker.paint_both, b"B*": Walker.paint_both,
    b"b": Walker.paint_both, b"b*": Walker.paint_both,
    b"BT": Walker.begin_text, b"Tf": Walker.set_font,
    b"Tc": Walker.set_char_space, b"Tw": Walker.set_word_space, b"Tz": Walker.set_stretch,
    b"TL": Walker.set_leading, b"Ts": Walker.set_rise, b"Tr": Walker.set_mode,
    b"Tm": Walker.set_text_matrix, b"Td": Walker.move_line, b"TD": Walker.move_line_and_lead,
    b"T*": Walker.next_line, b"Tj": Walker.show, b"TJ": Walker.show_adjusted,
    b"'": Walker.show_on_next_line, b'"': Walker.show_spaced,
    b"BMC": Walker.begin_tag, b"BDC": Walker.begin_tag_with, b"EMC": Walker.end_tag,
    b"Do": Walker.draw_object, b"INLINE IMAGE": Walker.inline_picture, b"sh": Walker.shade,
}  # fmt: skip
