"""Terms that are spelt nearly as a word is: all that may be are measured at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.search_index.codec.field import Field
from indexer.search_index.codec.sections import Array


def near(field: Field, word: bytes, most: int, left_off: int = 0) -> Iterator[tuple[bytes, int]]:
    """The terms of `field` within `most` edits of `word`, and how many edits each is away.

    They begin as the word does; the first two letters may have changed places. Up to `left_off`
    letters of the word's ending may be left off first.
    """
    for first in dict.fromkeys((word[:1], word[1:2])):
        terms = [
            term
            for term in field.terms(*field.prefixed(first))
            if len(word) - left_off - most <= len(term) <= len(word) + most
        ]
        swapped = first != word[:1]
        for term, count in zip(terms, edits(word, terms, most, left_off).tolist(), strict=True):
            if count <= most and (not swapped or term[1:2] == word[:1]):
                yield term, count


def edits(word: bytes, others: Sequence[bytes], most: int, left_off: int = 0) -> Array:
    """How many edits lead from `word` to each of the others; `most` + 1 stands for any more.

    With `left_off` it is the fewest from the word without up to so many of its last letters. A
    letter more, less or other is an edit, and so are two neighbours that change places: optimal
    string alignment, worked out a row at a time over all the others.
    """
    if not others:
        return np.empty(0, np.int16)
    spelt = np.array(others)
    width = spelt.dtype.itemsize
    letters = np.ascontiguousarray(spelt.view(np.uint8).reshape(len(others), width).T)
    beyond = np.full(len(others), most + 1, np.int16)
    none = [beyond] * (width + 1)
    lengths, order = np.char.str_len(spelt), np.arange(len(others))
    fewest: Array = beyond
    before, above = none, [np.full(len(others), at, np.int16) for at in range(width + 1)]
    for row, letter in enumerate(word, 1):
        here = [*none]
        if row <= most:
            here[0] = np.full(len(others), row, np.int16)
        # Farther from the diagonal there are more edits than `most`.
        for at in range(max(1, row - most), min(width, row + most) + 1):
            same = letters[at - 1] == letter
            count = np.minimum(above[at], here[at - 1]) + 1
            np.minimum(count, above[at - 1] + ~same, out=count)
            if row > 1 and at > 1:
                swap = (letters[at - 2] == letter) & (letters[at - 1] == word[row - 2])
                np.minimum(count, np.where(swap, before[at - 2] + 1, beyond), out=count)
            here[at] = count
        before, above = above, here
        if row >= len(word) - left_off:
            fewest = np.minimum(fewest, np.array(here)[lengths, order])
    return fewest
