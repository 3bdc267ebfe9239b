"""The fields of several segments as one: their terms, and the postings of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.search_index.codec.field import Field
from indexer.search_index.codec.packing import Packing
from indexer.search_index.codec.sections import Array, SectionFile, SectionWriter
from indexer.search_index.writing.building import write_starts, write_terms
from indexer.search_index.writing.sources import Share, Source, ranges

_VALUES_AT_ONCE = 1 << 20


class United(NamedTuple):
    """The terms of several shares as one, and the number in it of each share's own terms."""

    terms: list[bytes]
    numbers: list[Array]


class _Slice(NamedTuple):
    """Postings of neighbouring terms with the documents that are kept; counts are by term."""

    ids: Array
    frequencies: Array
    positions: Array
    documents: Array
    occurrences: Array


class _Lengths(NamedTuple):
    """By term: its documents, its occurrences in them, the bytes that its documents take."""

    documents: Array
    occurrences: Array
    ids: Array


class FieldWriter:
    """Writes one field of a segment: the postings of its terms, part after part, then the terms.

    Nothing else may be written meanwhile. `shares` are all that will be added; the segment has
    `size` documents.
    """

    def __init__(
        self, writer: SectionWriter, name: str, shares: Sequence[Share], size: int
    ) -> None:
        self._writer = writer
        self._name = name
        self._packing = Packing(size)
        self._terms: list[bytes] = []
        self._lengths: list[_Lengths] = []
        fields = [share.field for share in shares]
        self._sections = ["ids"]
        if fields[0].positions_at is not None:
            self._sections += ["frequencies", "positions"]
            postings = sum(int(share.documents.sum()) for share in shares)
            words = sum(int(share.occurrences.sum()) for share in shares)
            writer.reserve(f"{name}.frequencies", _widest(fields, "frequencies"), postings)
            writer.reserve(f"{name}.positions", _widest(fields, "positions"), words)
        writer.begin(f"{name}.ids", np.dtype(np.uint8))

    def add(self, shares: Sequence[Share]) -> United:
        """Add the terms of `shares`, all of which begin and end with the same."""
        united = _united(shares)
        documents, occurrences = np.zeros((2, len(united.terms)), np.int64)
        for number, share in zip(united.numbers, shares, strict=True):
            # A term that only deleted documents had has no number of its own.
            kept = share.documents > 0
            documents[number[kept]] += share.documents[kept]
            occurrences[number[kept]] += share.occurrences[kept]
        lengths = [np.zeros(0, np.int64)]
        for first, stop in ranges(occurrences):
            postings = _merged(shares, united.numbers, first, stop, documents, occurrences)
            raw, length = self._packing.pack(postings.ids, postings.documents)
            lengths.append(length)
            for section, values in zip(
                self._sections, (raw, postings.frequencies, postings.positions), strict=False
            ):
                self._writer.append(f"{self._name}.{section}", values)
        self._terms += united.terms
        self._lengths.append(_Lengths(documents, occurrences, np.concatenate(lengths)))
        return united

    def copy(self, path: Path) -> None:
        """Add the terms of the same field, which has words, from another file."""
        file = SectionFile(path, fresh=True)
        for section in self._sections:
            name = f"{self._name}.{section}"
            values = file.section(name)
            for at in range(0, values.count, _VALUES_AT_ONCE):
                block = values.read(at, min(values.count, at + _VALUES_AT_ONCE))
                self._writer.append(name, block)
        self._terms += Field(file, self._name, self._packing).terms()
        starts = (
            file.section(f"{self._name}.{section}").whole()
            for section in ("postings_at", "positions_at", "ids_at")
        )
        self._lengths.append(_Lengths(*(np.diff(each.astype(np.int64)) for each in starts)))
        file.close()

    def finish(self) -> None:
        """Write the terms, and where the postings of each begin."""
        every = (np.concatenate(lengths) for lengths in zip(*self._lengths, strict=True))
        documents, occurrences, ids = every
        write_terms(self._writer, self._name, self._terms, documents)
        write_starts(self._writer, f"{self._name}.ids_at", ids)
        if "positions" in self._sections:
            write_starts(self._writer, f"{self._name}.positions_at", occurrences)


def merge_field(writer: SectionWriter, sources: Sequence[Source], name: str, size: int) -> United:
    """Merge one field of all sources."""
    shares = [Share.of(source, name) for source in sources]
    field = FieldWriter(writer, name, shares, size)
    united = field.add(shares)
    field.finish()
    return united


def write_apart(path: Path, name: str, shares: Sequence[Share], size: int) -> None:
    """Write the terms of `shares` to a file of their own, for `FieldWriter.copy`."""
    writer = SectionWriter(path)
    field = FieldWriter(writer, name, shares, size)
    field.add(shares)
    field.finish()
    writer.finish({})


def _united(shares: Sequence[Share]) -> United:
    """The terms of all shares that any kept document has."""
    # A term that several shares have is one object, which saves memory and time.
    known: dict[bytes, bytes] = {}
    every = [share.terms for share in shares]
    own = [list(map(known.setdefault, terms, terms)) for terms in every]
    held = [share.documents > 0 for share in shares]
    if not all(each.all() for each in held):
        kept = zip(own, map(np.flatnonzero, held), strict=True)
        known = {terms[at]: terms[at] for terms, places in kept for at in places.tolist()}
    united = sorted(known)
    number = {term: at for at, term in enumerate(united)}
    numbers = []
    last = max(0, len(united) - 1)
    for terms, each in zip(own, held, strict=True):
        if each.all():
            numbers.append(np.fromiter(map(number.__getitem__, terms), np.int64, len(terms)))
            continue
        # A term left out goes with the one before it, so that the numbers stay in order.
        found = np.fromiter((number.get(term, -1) for term in terms), np.int64, len(terms))
        numbers.append(np.clip(np.maximum.accumulate(found), 0, last))
    return United(united, numbers)


def _merged(
    shares: Sequence[Share],
    numbers: Sequence[Array],
    first: int,
    stop: int,
    documents: Array,
    occurrences: Array,
) -> _Slice:
    """The postings of the new terms `first` up to `stop` from every source."""
    documents, occurrences = documents[first:stop], occurrences[first:stop]
    ids = np.empty(int(documents.sum()), np.uint32)
    frequencies = np.empty(len(ids), np.uint32)
    positions = np.empty(int(occurrences.sum()), np.uint32)
    next_id = np.cumsum(documents) - documents
    next_position = np.cumsum(occurrences) - occurrences
    for share, number in zip(shares, numbers, strict=True):
        low, high = np.searchsorted(number, [first, stop])
        if low == high:
            continue
        part = _slice(share, int(low), int(high))
        terms = number[low:high] - first
        at = _places(next_id, terms, part.documents)
        ids[at] = part.ids
        if share.field.positions_at is not None:
            frequencies[at] = part.frequencies
            positions[_places(next_position, terms, part.occurrences)] = part.positions
    return _Slice(ids, frequencies, positions, documents, occurrences)


def _places(following: Array, terms: Array, counts: Array) -> Array:
    """Where a source's values go, by term; `following` moves on past them."""
    ends = np.cumsum(counts)
    # Terms that were left out share the number of a neighbour but have nothing to place.
    starts = following[terms] - (ends - counts)
    places: Array = np.arange(int(ends[-1])) + np.repeat(starts, counts)
    np.add.at(following, terms, counts)
    return places


def _slice(share: Share, first: int, stop: int) -> _Slice:
    """A share's postings of its terms `first` up to `stop`, without deleted documents."""
    source, field, *_ = share
    documents, occurrences = share.documents[first:stop], share.occurrences[first:stop]
    first, stop = share.first + first, share.first + stop
    ids = field.ids_between(first, stop)
    frequencies = positions = np.empty(0, np.uint8)
    if field.positions_at is not None:
        frequencies = field.frequencies_between(first, stop)
        positions = field.positions_between(first, stop)
    if not source.whole:
        kept = source.kept[ids]
        ids = ids[kept]
        if field.positions_at is not None:
            positions = positions[np.repeat(kept, frequencies)]
            frequencies = frequencies[kept]
    return _Slice(source.new_ids(ids), frequencies, positions, documents, occurrences)


def _widest(fields: Sequence[Field], section: str) -> np.dtype[np.unsignedinteger]:
    return max((field.dtype_of(section) for field in fields), key=lambda dtype: dtype.itemsize)
