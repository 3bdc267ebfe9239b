"""Bullets that are drawn as shapes, as browsers do, brought among the letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from indexer.readers.pdf.marks import Piece, Rectangle

# In font sizes: how far a bullet stands from its text, and how large it is.
_NEAREST, _FARTHEST, _LARGEST = 0.1, 3.0, 0.75


def bullets_among(pieces: Sequence[Piece], dots: Iterable[Rectangle]) -> Iterator[Piece]:
    """A piece for each of `dots` that leads a line: text to its right, and none close to its left.

    `dots` are small round or square shapes.
    """
    for dot in dots:
        middle = (dot.low + dot.high) / 2
        level = [p for p in pieces if p.base <= middle <= p.base + 0.8 * p.size]
        after = [p for p in level if p.left >= dot.right]
        if not after:
            continue
        text = min(after, key=lambda piece: piece.left)
        gap = text.left - dot.right
        before = any(p.left < dot.right and p.right > dot.left - 2 * p.size for p in level)
        is_small = dot.height <= _LARGEST * text.size
        if _NEAREST * text.size <= gap <= _FARTHEST * text.size and is_small and not before:
            yield Piece(
                "•", dot.left, dot.right, text.base, text.size, text.bold, text.order, symbol=True
            )
