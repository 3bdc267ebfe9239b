"""A term's postings as Whoosh steps through them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from whoosh.matching import LeafMatcher, NullMatcher, ReadTooFar

from indexer.search_index.codec.field import Field
from indexer.search_index.codec.sections import Array

BLOCK = 128


class ArrayMatcher(LeafMatcher):
    """Steps through one term's documents; blocks of 128 have a quality of their own."""

    def __init__(
        self, field: Field, number: int, lengths: Array | None, format_: Any, scorer: Any
    ) -> None:
        self._field = field
        self._number = number
        self._lengths = lengths
        self._term = (field.name, field.term(number))
        self._ids, self._frequencies = field.postings(number)
        self._at = 0
        self._block = -1
        self._stats = (0, 0, 1.0)
        self._position_at: Array | None = None
        self.format = format_
        self.scorer = scorer

    def copy(self) -> ArrayMatcher:
        """Another at the same place."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        return other

    def reset(self) -> None:
        """Back to the first document."""
        self._at = 0

    def is_active(self) -> bool:
        """Whether it stands at a document."""
        return self._at < len(self._ids)

    def id(self) -> int:
        """The document it stands at."""
        return int(self._ids[self._at])

    def all_ids(self) -> Iterator[int]:
        """Every document in order."""
        return iter(self._ids.tolist())

    def next(self) -> None:
        """On to the next document."""
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, document: int) -> None:
        """On to the first document that is not before `document`."""
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._ids, document, self._at)

    def weight(self) -> float:
        """How often the document holds the term."""
        return 1.0 if self._frequencies is None else float(self._frequencies[self._at])

    def block_min_length(self) -> int:
        """The shortest field of the documents in the block."""
        return self._of_block()[0]

    def block_max_length(self) -> int:
        """The longest field of the documents in the block."""
        return self._of_block()[1]

    def block_max_weight(self) -> float:
        """The greatest weight in the block."""
        return self._of_block()[2]

    def skip_to_quality(self, minquality: float) -> int:
        """On to the first block that may score more than `minquality`; the blocks passed over."""
        passed = 0
        while self.is_active() and self.block_quality() <= minquality:
            self._at = (self._at // BLOCK + 1) * BLOCK
            passed += 1
        return passed

    def replace(self, minquality: float = 0) -> Any:
        """Itself, or nothing where it is at its end or cannot score `minquality`."""
        poor = minquality and self.scorer and self.max_quality() < minquality
        return NullMatcher() if poor or not self.is_active() else self

    def value(self) -> bytes:
        """Raises NotImplementedError: postings are not encoded one by one."""
        raise NotImplementedError("postings are arrays: ask for value_as")

    def value_as(self, astype: str) -> Any:
        """The document's `positions`, `frequency` or `weight`."""
        if astype == "positions":
            return self._positions()
        if astype == "frequency":
            return int(self.weight())
        if astype == "weight":
            return self.weight()
        raise NotImplementedError(astype)

    def _positions(self) -> list[int]:
        if self._field.positions_at is None or self._frequencies is None:
            raise NotImplementedError(f"{self._field.name} has no positions")
        if self._position_at is None:
            start = self._field.positions_at[self._number]
            ends = np.cumsum(self._frequencies, dtype=np.int64)
            self._position_at = np.concatenate(([0], ends)) + start
        start, stop = self._position_at[self._at : self._at + 2].tolist()
        positions: list[int] = self._field.positions_in(start, stop).tolist()
        return positions

    def _of_block(self) -> tuple[int, int, float]:
        if not self.is_active():  # Whoosh asks a union's part that is at its end, too
            return 0, 0, 0.0
        block = self._at // BLOCK
        if block != self._block:
            run = slice(block * BLOCK, (block + 1) * BLOCK)
            most = 1.0 if self._frequencies is None else float(self._frequencies[run].max())
            shortest = longest = 0
            if self._lengths is not None:
                lengths = self._lengths[self._ids[run]]
                shortest, longest = int(lengths.min()), int(lengths.max())
            self._block, self._stats = block, (shortest, longest, most)
        return self._stats
