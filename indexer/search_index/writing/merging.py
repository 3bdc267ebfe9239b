"""Several segments made one by copying arrays; deleted documents are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.search_index.codec.packing import Packing
from indexer.search_index.codec.sections import Array, SectionWriter
from indexer.search_index.codec.segment import (
    FACETS,
    IN_ORDER,
    KEYWORD_FIELDS,
    TEXT_FIELDS,
    Field,
    SegmentFile,
    gaps,
)
from indexer.search_index.codec.stored import Compressor, Records
from indexer.search_index.writing.building import write_terms
from indexer.search_index.writing.facet_rows import facet_pairs, write_facets
from indexer.search_index.writing.summaries import merged

# Postings are merged so many words at a time: half a million take about 15 MB.
WORDS_AT_ONCE = 500_000
_BYTES_AT_ONCE = 1 << 22


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


class _United(NamedTuple):
    """The terms of several fields as one, and the number in it of each field's own terms."""

    terms: list[bytes]
    numbers: list[Array]


class _Slice(NamedTuple):
    """Postings of neighbouring terms with the documents that are kept; counts are by term."""

    ids: Array
    frequencies: Array
    positions: Array
    documents: Array
    occurrences: Array


def merge(sources: Sequence[Source], path: Path) -> None:
    """Write the segment of all documents of `sources` that are kept, in their order."""
    for source, base in zip(sources, np.cumsum([0, *(s.size for s in sources)]), strict=False):
        source.base = int(base)
    size = sum(source.size for source in sources)
    writer = SectionWriter(path)
    facts = {"notes": size}
    for field in TEXT_FIELDS:
        terms = _merge_field(writer, sources, field, size)
        if field == IN_ORDER:
            words = [
                source.segment.title_words.of(source.kept).renumbered(numbers).values
                for source, numbers in zip(sources, terms.numbers, strict=True)
            ]
            writer.put_narrow(f"{field}.words", np.concatenate(words))
        lengths = _gathered(sources, f"{field}.lengths")
        writer.put_narrow(f"{field}.lengths", lengths)
        facts[f"length.{field}"] = int(lengths.sum(dtype=np.int64))
    united = {field: _merge_field(writer, sources, field, size) for field in KEYWORD_FIELDS}
    _merge_facets(writer, sources, size, [united[field] for field in FACETS])
    for name in ("body_words", "references"):
        writer.put(name, _gathered(sources, name))
    rows = [source.segment.signatures[source.kept].ravel() for source in sources]
    writer.put("signatures", np.concatenate(rows))
    _merge_stored(writer, sources)
    segments, kept = zip(*((source.segment, source.kept) for source in sources), strict=True)
    merged(segments, kept, united["heading"].numbers).write(writer)
    writer.finish(facts)


def _merge_field(
    writer: SectionWriter, sources: Sequence[Source], field: str, size: int
) -> _United:
    """Merge one field's postings."""
    fields = [source.segment.fields[field] for source in sources]
    counts = [_counts(source, one) for source, one in zip(sources, fields, strict=True)]
    united = _united(fields, counts)
    terms, numbers = united
    documents, occurrences = np.zeros((2, len(terms)), np.int64)
    for number, (in_documents, in_all) in zip(numbers, counts, strict=True):
        # A term that only deleted documents had has no number of its own.
        kept = in_documents > 0
        documents[number[kept]] += in_documents[kept]
        occurrences[number[kept]] += in_all[kept]
    write_terms(writer, field, terms, documents)
    words = field in TEXT_FIELDS
    if words:
        writer.put_narrow(f"{field}.positions_at", np.concatenate(([0], np.cumsum(occurrences))))
        total = int(documents.sum())
        writer.reserve(f"{field}.frequencies", _widest(fields, "frequencies"), total)
        writer.reserve(f"{field}.positions", _widest(fields, "positions"), int(occurrences.sum()))
    writer.begin(f"{field}.ids", np.dtype(np.uint8))
    packing = Packing(size)
    lengths = [np.zeros(1, np.int64)]
    for first, stop in _ranges(occurrences):
        postings = _merged(sources, fields, numbers, first, stop, documents, occurrences)
        raw, length = packing.pack(postings.ids, documents[first:stop])
        writer.append(f"{field}.ids", raw)
        lengths.append(length)
        if words:
            writer.append(f"{field}.frequencies", postings.frequencies)
            writer.append(f"{field}.positions", postings.positions)
    writer.put_narrow(f"{field}.ids_at", np.cumsum(np.concatenate(lengths)))
    return united


def _united(fields: Sequence[Field], counts: Sequence[tuple[Array, Array]]) -> _United:
    """The terms of all fields that any kept document has."""
    # A term that several fields have is one object, which saves memory and time.
    known: dict[bytes, bytes] = {}
    own = [list(map(known.setdefault, terms, terms)) for terms in map(Field.terms, fields)]
    if not all(documents.all() for documents, _ in counts):
        having = zip(
            own, (np.flatnonzero(documents).tolist() for documents, _ in counts), strict=True
        )
        known = {terms[at]: terms[at] for terms, held in having for at in held}
    united = sorted(known)
    number = {term: at for at, term in enumerate(united)}
    numbers = []
    last = max(0, len(united) - 1)
    for terms, (documents, _) in zip(own, counts, strict=True):
        if documents.all():
            numbers.append(np.fromiter(map(number.__getitem__, terms), np.int64, len(terms)))
            continue
        # A term left out goes with the one before it, so that the numbers stay in order.
        found = np.fromiter((number.get(term, -1) for term in terms), np.int64, len(terms))
        numbers.append(np.clip(np.maximum.accumulate(found), 0, last))
    return _United(united, numbers)


def _counts(source: Source, field: Field) -> tuple[Array, Array]:
    """For each term of a source, its kept documents and its occurrences in them."""
    starts = np.asarray(field.postings_at, np.int64)
    if source.whole:
        ends = starts if field.positions_at is None else np.asarray(field.positions_at, np.int64)
        return np.diff(starts), np.diff(ends)
    documents, occurrences = np.zeros((2, field.size), np.int64)
    for first, stop in _ranges(np.diff(starts)):
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


def _ranges(sizes: Array) -> Iterator[tuple[int, int]]:
    """Runs of terms, each of about `WORDS_AT_ONCE` or of one term that alone has more."""
    ends = np.cumsum(sizes)
    first = 0
    while first < len(sizes):
        before = int(ends[first - 1]) if first else 0
        stop = int(np.searchsorted(ends, before + WORDS_AT_ONCE, "right"))
        yield first, max(stop, first + 1)
        first = max(stop, first + 1)


def _merged(
    sources: Sequence[Source],
    fields: Sequence[Field],
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
    for source, field, number in zip(sources, fields, numbers, strict=True):
        low, high = np.searchsorted(number, [first, stop])
        if low == high:
            continue
        part = _slice(source, field, int(low), int(high))
        terms = number[low:high] - first
        at = _places(next_id, terms, part.documents)
        ids[at], frequencies[at] = part.ids, part.frequencies
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


def _slice(source: Source, field: Field, first: int, stop: int) -> _Slice:
    """A source's postings of its terms `first` up to `stop`, without deleted documents."""
    ids = field.ids_between(first, stop)
    bounds = np.asarray(field.postings_at[first : stop + 1], np.int64)
    bounds = bounds - bounds[0]
    empty = np.empty(0, np.uint32)
    frequencies = positions = empty
    if field.positions_at is not None:
        frequencies = field.frequencies_between(first, stop)
        positions = field.positions_between(first, stop)
    else:
        frequencies = np.zeros(len(ids), np.uint8)
    kept = source.kept[ids]
    if not source.whole:
        positions = positions[np.repeat(kept, frequencies)]
        bounds = np.concatenate(([0], np.cumsum(kept)))[bounds]
        ids, frequencies = ids[kept], frequencies[kept]
    occurrences = _sums(frequencies, bounds)
    return _Slice(source.new_ids(ids), frequencies, positions, np.diff(bounds), occurrences)


def _widest(fields: Sequence[Field], section: str) -> np.dtype[np.unsignedinteger]:
    return max((field.dtype_of(section) for field in fields), key=lambda dtype: dtype.itemsize)


def _gathered(sources: Sequence[Source], name: str) -> Array:
    """A section with one value for each document, of the kept documents of every source."""
    values = [source.segment.per_document(name)[source.kept] for source in sources]
    return np.concatenate(values)


def _merge_facets(
    writer: SectionWriter, sources: Sequence[Source], size: int, united: Sequence[_United]
) -> None:
    """Merge the facet rows; `united` are the values of each facet."""
    owners, ordinals = [], []
    bases = np.cumsum([0, *(len(facet.terms) for facet in united)])
    for at, source in enumerate(sources):
        new = [facet.numbers[at] + base for facet, base in zip(united, bases, strict=False)]
        documents, values = facet_pairs(source.segment)
        kept = source.kept[documents]
        owners.append(source.new_ids(documents[kept]).astype(np.int64))
        ordinals.append(np.concatenate(new)[values[kept]].astype(np.int64))
    write_facets(writer, size, np.concatenate(owners), np.concatenate(ordinals), int(bases[-1]))


def _merge_stored(writer: SectionWriter, sources: Sequence[Source]) -> None:
    """Copy what is stored of each note; the largest source's dictionary serves them all."""
    largest = max(sources, key=lambda source: source.size).segment
    compressor = Compressor(largest.dictionary)
    writer.put_bytes("dictionary", largest.dictionary)
    digests = [
        source.segment.all_digests().reshape(source.segment.size, -1)[source.kept].ravel()
        for source in sources
    ]
    writer.put("digests", np.concatenate(digests))
    parts = [gaps(source.segment.first_part) for source in sources]
    kept = [count[source.kept] for count, source in zip(parts, sources, strict=True)]
    writer.put_narrow("first_part", np.concatenate(([0], np.cumsum(np.concatenate(kept)))))
    marks = []
    for source in sources:
        kept_marks = np.repeat(source.kept, gaps(source.segment.first_mark))
        marks.append(source.segment.marks.whole()[kept_marks])
    writer.put_narrow("marks", np.concatenate(marks))
    for name in ("notes", "texts"):
        copies = []
        for source, count in zip(sources, parts, strict=True):
            chosen = np.repeat(source.kept, count) if name == "texts" else source.kept
            copies.append(_Copy(source.segment, name, chosen, compressor, largest.dictionary))
        _write_copies(writer, name, copies)


class _Copy:
    """The records of one segment that are to be copied: as they are, or compressed anew."""

    def __init__(
        self,
        segment: SegmentFile,
        name: str,
        chosen: Array,
        compressor: Compressor,
        dictionary: bytes,
    ) -> None:
        self._records: Records = getattr(segment, name)
        self._anew: list[bytes] | None = None
        numbers = np.flatnonzero(chosen)
        if segment.dictionary != dictionary:
            read = segment.decompress
            every = (read(self._records[int(number)]) for number in numbers)
            self._anew = [compressor.compress(content) for content in every]
            self.lengths = np.fromiter(map(len, self._anew), np.int64, len(self._anew))
        else:
            self.lengths = np.diff(self._records.at.astype(np.int64))[chosen]
        self._numbers = None if chosen.all() else numbers

    def blocks(self) -> Iterator[bytes]:
        """The records in order, in blocks of any size."""
        if self._anew is not None:
            yield b"".join(self._anew)
        elif self._numbers is None:
            end = int(self._records.at[-1])
            for at in range(0, end, _BYTES_AT_ONCE):
                yield self._records.bytes.read_bytes(at, min(end, at + _BYTES_AT_ONCE))
        else:
            for number in self._numbers.tolist():
                yield self._records[number]


def _write_copies(writer: SectionWriter, name: str, copies: Sequence[_Copy]) -> None:
    lengths = np.concatenate([copy.lengths for copy in copies])
    writer.put_narrow(f"{name}.at", np.concatenate(([0], np.cumsum(lengths))))
    writer.reserve(f"{name}.bytes", np.dtype(np.uint8), int(lengths.sum()))
    for copy in copies:
        for block in copy.blocks():
            writer.append(f"{name}.bytes", np.frombuffer(block, np.uint8))
