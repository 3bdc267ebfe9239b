"""Segments to be merged, and what each has of a field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from indexer.search_index.codec.field import Field
from indexer.search_index.codec.sections import Array
from indexer.search_index.codec.segment import SegmentFile

# Postings are merged so many words at a time: half a million take about 15 MB.
WORDS_AT_ONCE = 500_000


class Source:
    """A segment to be merged, and the documents of it that are kept."""

    def __init__(self, segment: SegmentFile, deleted: Sequence[int] = ()) -> None:
        self.segment = segment
        self.whole = not deleted
        self.kept = np.ones(segment.size, np.bool_)
        self.kept[list(deleted)] = False
        self.size = int(self.kept.sum())
        self.base = 0  # the number that its first document gets

    def new_ids(self, ids: Array) -> Array:
        """The numbers that these kept documents get."""
        if self.whole:
            return ids.astype(np.uint32) + np.uint32(self.base)
        return self._numbers[ids]

    @property
    def _numbers(self) -> Array:
        return (np.cumsum(self.kept) - 1 + self.base).astype(np.uint32)


class Share(NamedTuple):
    """Neighbouring terms of a field of one source: `first` and those after it.

    `documents` says how many of those that are kept hold each term, `occurrences` how often.
    """

    source: Source
    field: Field
    first: int
    documents: Array
    occurrences: Array

    @classmethod
    def of(cls, source: Source, name: str) -> Share:
        """All terms of the field of that name."""
        field = source.segment.fields[name]
        return cls(source, field, 0, *_counts(source, field))

    @property
    def terms(self) -> list[bytes]:
        """The terms themselves."""
        return self.field.terms(self.first, self.first + len(self.documents))

    def parted(self, term: bytes) -> tuple[Share, Share]:
        """Those of all terms before `term`, and the others."""
        source, field, _, documents, occurrences = self
        at = field.first_from(term)
        return (
            Share(source, field, 0, documents[:at], occurrences[:at]),
            Share(source, field, at, documents[at:], occurrences[at:]),
        )


def parted(shares: Sequence[Share], part: float) -> tuple[list[Share], list[Share]]:
    """Whole fields in two: the first terms, with about that part of all words, and the others."""
    largest = max(shares, key=lambda share: len(share.documents))
    words = np.cumsum(largest.occurrences)
    at = int(np.searchsorted(words, part * words.max(initial=0)))
    term = largest.field.term(at) if len(words) else b""
    before, others = zip(*(share.parted(term) for share in shares), strict=True)
    return list(before), list(others)


def _counts(source: Source, field: Field) -> tuple[Array, Array]:
    """For each term of a source, its kept documents and its occurrences in them."""
    starts = np.asarray(field.postings_at, np.int64)
    if source.whole:
        ends = starts if field.positions_at is None else np.asarray(field.positions_at, np.int64)
        return np.diff(starts), np.diff(ends)
    documents, occurrences = np.zeros((2, field.size), np.int64)
    for first, stop in ranges(np.diff(starts)):
        kept = source.kept[field.ids_between(first, stop)]
        times = kept.astype(np.int64)
        if field.positions_at is not None:
            times *= field.frequencies_between(first, stop)
        bounds = starts[first : stop + 1] - starts[first]
        documents[first:stop] = _sums(kept, bounds)
        occurrences[first:stop] = _sums(times, bounds)
    return documents, occurrences


def _sums(values: Array, bounds: Array) -> Array:
    """The sum of `values` between each two neighbouring bounds."""
    sums: Array = np.diff(np.concatenate(([0], np.cumsum(values, dtype=np.int64)))[bounds])
    return sums


def ranges(sizes: Array) -> Iterator[tuple[int, int]]:
    """Runs of terms, each of about `WORDS_AT_ONCE` or of one term that alone has more."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = int(ends[first - 1]) if first else 0
        stop = int(np.searchsorted(ends, before + WORDS_AT_ONCE, "right"))
        yield first, max(stop, first + 1)
        first = max(stop, first + 1)
