"""One field of a segment: its terms, and which documents hold each, how often and where."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from indexer.search_index.codec.packing import Packing
from indexer.search_index.codec.sections import Array, DamagedFile, Section, SectionFile
from indexer.search_index.limits import TERMS_REMEMBERED

# Every so many terms, one is at hand to begin a search from.
_LANDMARK = 8


def gaps(starts: memoryview) -> Array:
    """How many lie between each two neighbouring starts."""
    at = np.asarray(starts, np.int64)
    gaps: Array = at[1:] - at[:-1]
    return gaps


class Postings(NamedTuple):
    """One term's postings: documents in order, and how often each holds it (None: once)."""

    ids: Array
    frequencies: Array | None


NO_POSTINGS = Postings(np.empty(0, np.intp), np.empty(0, np.uint8))


class Field:
    """The terms of one field, in byte order, and the postings of each."""

    def __init__(self, file: SectionFile, name: str, packing: Packing) -> None:
        self.name = name
        self._path = file.path
        self._text = file.section(f"{name}.terms").read_bytes(
            0, file.section(f"{name}.terms").count
        )
        self.term_at = file.section(f"{name}.term_at").whole().data
        self.postings_at = file.section(f"{name}.postings_at").whole().data
        self.size = len(self.postings_at) - 1
        self._ids = file.section(f"{name}.ids")
        self._ids_at = file.section(f"{name}.ids_at").whole().data
        self._packing = packing
        if self.size < 0 or not len(self.term_at) == len(self._ids_at) == self.size + 1:
            raise DamagedFile(file.path, f"has terms of {name} without postings")
        starts, ends = self.term_at[:-1:_LANDMARK].tolist(), self.term_at[1::_LANDMARK].tolist()
        self._landmarks = [self._text[at:end] for at, end in zip(starts, ends, strict=True)]
        self._found: dict[bytes, int | None] = {}
        self.positions_at: memoryview | None = None
        self._frequencies: Section | None = None
        self._positions: Section | None = None
        if f"{name}.positions" in file:
            self.positions_at = file.section(f"{name}.positions_at").whole().data
            self._frequencies = file.section(f"{name}.frequencies")
            self._positions = file.section(f"{name}.positions")

    def term(self, number: int) -> bytes:
        """The term with that number."""
        return self._text[self.term_at[number] : self.term_at[number + 1]]

    def terms(self, first: int = 0, stop: int | None = None) -> list[bytes]:
        """The terms `first` up to `stop` (None: the last) in order."""
        text, at = self._text, self.term_at[first : None if stop is None else stop + 1].tolist()
        return [text[start:stop] for start, stop in pairwise(at)]

    def first_from(self, term: bytes) -> int:
        """The number of the first term that is not before `term`; `size` where all are."""
        text, at, size = self._text, self.term_at, self.size
        number = max(0, bisect_right(self._landmarks, term) - 1) * _LANDMARK
        while number < size and text[at[number] : at[number + 1]] < term:
            number += 1
        return number

    def prefixed(self, prefix: bytes) -> tuple[int, int]:
        """The run of terms that begin so: the first, and one past the last."""
        # No byte of UTF-8 is 0xFF.
        return self.first_from(prefix), self.first_from(prefix + b"\xff")

    def find(self, term: bytes) -> int | None:
        """The number of `term`, or None where no document has it."""
        known = self._found  # which another thread may start afresh meanwhile
        if term in known:
            return known[term]
        first = self.first_from(term)
        held = first < self.size and self.term(first) == term
        if len(self._found) >= TERMS_REMEMBERED:
            self._found = {}
        number = self._found[term] = first if held else None
        return number

    def document_count(self, number: int) -> int:
        """How many documents have a term, deleted ones too."""
        return int(self.postings_at[number + 1] - self.postings_at[number])

    def occurrences(self, number: int) -> int:
        """How often a term stands in all documents together."""
        if self.positions_at is None:
            return self.document_count(number)
        return int(self.positions_at[number + 1] - self.positions_at[number])

    def postings(self, number: int) -> Postings:
        """The postings of one term."""
        start, stop = self.postings_at[number], self.postings_at[number + 1]
        raw = self._ids.read_bytes(self._ids_at[number], self._ids_at[number + 1])
        try:
            ids = self._packing.unpack(raw, stop - start)
        except ValueError:
            raise self._miscounted() from None
        frequencies = self._frequencies.read(start, stop) if self._frequencies else None
        return Postings(ids, frequencies)

    def ids_between(self, first: int, stop: int) -> Array:
        """The documents of the terms `first` up to `stop`, a term's after another's."""
        raw = self._ids.read_bytes(self._ids_at[first], self._ids_at[stop])
        lengths = gaps(self._ids_at[first : stop + 1])
        counts = gaps(self.postings_at[first : stop + 1])
        try:
            return self._packing.unpack_all(raw, lengths, counts)
        except ValueError:
            raise self._miscounted() from None

    def frequencies_between(self, first: int, stop: int) -> Array:
        """How often those documents hold those terms, in the same order."""
        if self._frequencies is None:
            raise ValueError(f"{self.name} has no frequencies")
        return self._frequencies.read(self.postings_at[first], self.postings_at[stop])

    def positions_between(self, first: int, stop: int) -> Array:
        """The positions of the terms `first` up to `stop`, by term and document."""
        start, end = self._positions_of(first, stop)
        return self.positions_in(start, end)

    def positions_in(self, start: int, stop: int) -> Array:
        """A slice of all positions of the field."""
        if self._positions is None:
            raise ValueError(f"{self.name} has no positions")
        return self._positions.read(start, stop)

    def dtype_of(self, section: str) -> np.dtype[Any]:
        """The dtype of its frequencies or positions."""
        found = self._frequencies if section == "frequencies" else self._positions
        if found is None:
            raise ValueError(f"{self.name} has no {section}")
        return found.dtype

    def _miscounted(self) -> DamagedFile:
        return DamagedFile(self._path, f"has other documents of {self.name} than it counts")

    def _positions_of(self, first: int, stop: int) -> tuple[int, int]:
        if self.positions_at is None:
            raise ValueError(f"{self.name} has no positions")
        return self.positions_at[first], self.positions_at[stop]
