"""Strings that a page shows, as pieces of letters in their places."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from indexer.readers.pdf.colours import are_alike
from indexer.readers.pdf.fonts import UNKNOWN, Glyph
from indexer.readers.pdf.marks import Colour, Matrix, PageMarks, Piece, times
from indexer.readers.pdf.state import FAINT, State

# In em: what parts words with no space drawn between them, and what glyphs may step back.
GAP = 0.17
_STEP_BACK = 0.4
_STEP_BACK_OF_STRINGS = 0.15
_INVISIBLE = (3, 7)  # text rendering modes
_OUTLINED, _FILLED_AND_OUTLINED = 1, 2


class Letters:
    """Adds the pieces of strings to the marks of a page."""

    def __init__(self, marks: PageMarks) -> None:
        self._pieces = marks.pieces
        self._was_space = False
        self._last: Piece | None = None

    def part(self) -> None:
        """Keep what is shown next apart from what was shown before: it may look otherwise."""
        self._last = None

    def show(
        self,
        parts: Iterable[Any],
        text: Matrix,
        state: State,
        order: int,
        *,
        is_off: bool,
        in_margin: bool,
    ) -> float:
        """Show strings and adjustments, a piece for each run without a space.

        Returns how far the pen has moved, in units of text space.
        """
        em = state.size * state.stretch
        char_space, word_space = state.char_space * state.stretch, state.word_space * state.stretch
        gap, back = abs(em) * GAP + max(char_space, 0.0), -abs(em) * _STEP_BACK
        pen = end = start = 0.0
        letters = ""
        piece = _Maker(times(text, state.ctm), state, order, is_off=is_off, in_margin=in_margin)
        for part in parts:
            if not isinstance(part, (bytes, str)):
                pen -= float(part) / 1000 * em
                continue
            for glyph, width, is_space_byte in _glyphs(part, state):
                if glyph == " " or not glyph:
                    self._add(piece, letters, start, end)
                    letters, self._was_space, self._last = "", True, None
                else:
                    if letters and not back <= pen - end <= gap:
                        self._add(piece, letters, start, end)
                        letters = ""
                    if not letters:
                        start = pen
                    letters += glyph
                    end = pen + width * em
                pen += width * em + char_space
                if is_space_byte:
                    pen += word_space
        self._add(piece, letters, start, end)
        return pen

    def _add(self, maker: _Maker, letters: str, start: float, end: float) -> None:
        """Add letters as a piece, or to the piece that they follow on the page and in time."""
        if not letters:
            return
        left, base, right, end_base = maker.ends(start, end)
        last = self._last
        if last and maker.goes_on(last, left, base, right, end_base):
            last.text += letters
            last.right = right
            last.unknown += letters.count(UNKNOWN)
            return
        piece = maker.piece(letters, left, base, right, end_base)
        piece.spaced, piece.shown = self._was_space, len(self._pieces)
        self._was_space = False
        self._pieces.append(piece)
        self._last = None if piece.turned else piece


class _Maker:
    """Makes the pieces of one operator, which all look the same."""

    def __init__(
        self, matrix: Matrix, state: State, order: int, *, is_off: bool, in_margin: bool
    ) -> None:
        self._matrix = matrix
        self._state = state
        self._order = order
        self._is_off, self._in_margin = is_off, in_margin
        a, b, c, d, *_ = matrix
        self._size = abs(state.size) * math.hypot(c, d)
        self._spacing = max(state.char_space * state.stretch * math.hypot(a, b), 0.0)

    def ends(self, start: float, end: float) -> tuple[float, float, float, float]:
        """Where on the page a run begins and ends: across, up, across, up."""
        a, b, c, d, e, f = self._matrix
        up = self._state.rise
        across, high = up * c + e, up * d + f
        return start * a + across, start * b + high, end * a + across, end * b + high

    def goes_on(self, last: Piece, left: float, base: float, right: float, end: float) -> bool:
        """Whether a run follows the last piece at once, on the same line and in the same size."""
        size = self._size
        return (
            -_STEP_BACK_OF_STRINGS * size <= left - last.right <= GAP * size + self._spacing
            and abs(base - last.base) < 0.01 * size
            and abs(base - end) < 0.01 * size
            and right >= left
            and abs(size - last.size) < 0.01 * size
        )

    def piece(self, text: str, left: float, base: float, right: float, end: float) -> Piece:
        state = self._state
        turned = right < left or abs(end - base) > 0.08 * max(right - left, 0.1)
        face = state.face
        piece = Piece(
            text=text,
            left=min(left, right),
            right=max(left, right),
            base=min(base, end) if turned else base,
            size=self._size,
            bold=bool(face and face.bold) or state.mode == _FILLED_AND_OUTLINED,
            order=self._order,
            turned=turned,
            symbol=bool(face and face.is_pictures),
            unknown=text.count(UNKNOWN),
            spacing=self._spacing,
            colour=_colour(state),
            invisible=state.mode in _INVISIBLE or state.opacity < FAINT,
            switched_off=self._is_off,
            in_margin=self._in_margin,
        )
        box = piece.box
        piece.clipped = box.shared(state.clip).area < 0.3 * box.area
        return piece


def _colour(state: State) -> Colour | None:
    """The colour in which letters are seen; None where fill and outline differ."""
    if state.mode == _OUTLINED:
        return state.stroke
    if state.mode == _FILLED_AND_OUTLINED and not (
        state.fill and state.stroke and are_alike(state.fill, state.stroke)
    ):
        return None
    return state.fill


def _glyphs(part: bytes | str, state: State) -> Iterable[Glyph]:
    raw = part if isinstance(part, bytes) else getattr(part, "original_bytes", b"")
    if state.face:
        return state.face.glyphs(raw)
    # The font is not there: nobody can tell what its codes stand for.
    return [Glyph(UNKNOWN if byte != 32 else " ", 0.5, byte == 32) for byte in raw]
