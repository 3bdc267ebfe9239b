"""Several segments made one by copying arrays; deleted documents are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from indexer.search_index.codec.field import gaps
from indexer.search_index.codec.sections import Array, SectionWriter
from indexer.search_index.codec.segment import (
    FACETS,
    IN_ORDER,
    KEYWORD_FIELDS,
    TEXT_FIELDS,
    SegmentFile,
)
from indexer.search_index.codec.stored import Compressor, Records
from indexer.search_index.writing.beside import beside
from indexer.search_index.writing.facet_rows import facet_pairs, write_facets
from indexer.search_index.writing.merged_fields import (
    FieldWriter,
    United,
    merge_field,
    write_apart,
)
from indexer.search_index.writing.sources import Share, Source, parted
from indexer.search_index.writing.summaries import merged

_BYTES_AT_ONCE = 1 << 22
# From so many words on a second process takes part: it takes some 10 ms to start, a million words
# 40 to merge. The first terms, with so much of all words, are merged here, and so is all else.
WORDS_FOR_TWO = 1_000_000
_PART_HERE = 0.4


def merge(sources: Sequence[Source], path: Path) -> None:
    """Write the segment of all documents of `sources` that are kept, in their order.

    Where there is much to merge, another process does a part of it. Raises GenerationError where
    that fails.
    """
    for source, base in zip(sources, np.cumsum([0, *(s.size for s in sources)]), strict=False):
        source.base = int(base)
    size = sum(source.size for source in sources)
    shares = [Share.of(source, "text") for source in sources]
    first, last = parted(shares, _PART_HERE)
    apart = path.with_suffix(".apart")
    much = sum(int(share.occurrences.sum()) for share in shares) > WORDS_FOR_TWO
    writer = SectionWriter(path)
    with beside(partial(write_apart, apart, "text", last, size), forked=much):
        facts = _merge_others(writer, sources, size)
        text = FieldWriter(writer, "text", shares, size)
        text.add(first)
    text.copy(apart)
    text.finish()
    apart.unlink()
    writer.finish({"notes": size, **facts})


def _merge_others(writer: SectionWriter, sources: Sequence[Source], size: int) -> dict[str, int]:
    """Merge all but the postings of `text`; how many words each field has in all."""
    words = {}
    for field in TEXT_FIELDS:
        lengths = _gathered(sources, f"{field}.lengths")
        writer.put_narrow(f"{field}.lengths", lengths)
        words[f"length.{field}"] = int(lengths.sum(dtype=np.int64))
    fields = (*TEXT_FIELDS[1:], *KEYWORD_FIELDS)
    united = {field: merge_field(writer, sources, field, size) for field in fields}
    _merge_words_in_order(writer, sources, united[IN_ORDER])
    _merge_facets(writer, sources, size, [united[field] for field in FACETS])
    for name in ("body_words", "references"):
        writer.put(name, _gathered(sources, name))
    rows = [source.segment.signatures[source.kept].ravel() for source in sources]
    writer.put("signatures", np.concatenate(rows))
    _merge_stored(writer, sources)
    segments, kept = zip(*((source.segment, source.kept) for source in sources), strict=True)
    merged(segments, kept, united["heading"].numbers).write(writer)
    return words


def _merge_words_in_order(writer: SectionWriter, sources: Sequence[Source], terms: United) -> None:
    words = [
        source.segment.title_words.of(source.kept).renumbered(numbers).values
        for source, numbers in zip(sources, terms.numbers, strict=True)
    ]
    writer.put_narrow(f"{IN_ORDER}.words", np.concatenate(words))


def _gathered(sources: Sequence[Source], name: str) -> Array:
    """A section with one value for each document, of the kept documents of every source."""
    values = [source.segment.per_document(name)[source.kept] for source in sources]
    return np.concatenate(values)


def _merge_facets(
    writer: SectionWriter, sources: Sequence[Source], size: int, united: Sequence[United]
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
        marks.append(source.segment.marks[kept_marks])
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
