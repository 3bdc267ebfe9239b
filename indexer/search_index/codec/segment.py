"""A segment: the postings, facets and stored texts of some notes, in one file of sections.

Documents are numbered from 0 in the order of their references when a segment is built; after
merges they may stand in any order, so order is always taken from `references`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from indexer.search_index.codec.packing import Packing
from indexer.search_index.codec.runs import Runs, counts_of
from indexer.search_index.codec.sections import Array, DamagedFile, Section, SectionFile
from indexer.search_index.codec.stored import PART_CHARACTERS, Decompressor, Records
from indexer.search_index.codec.summaries import Summaries
from indexer.search_index.limits import TERMS_REMEMBERED
from indexer.search_index.signatures import SIGNATURE_WORDS

# Fields of words: with frequencies, positions and lengths. `text` is all that a note says, its body
# first; the others are for words asked for in one place.
TEXT_FIELDS = ("text", "title", "subject", "officers")
# The one of them whose words are kept in order too: titles are shown, their matches marked.
IN_ORDER = "title"
# Fields of keywords: only which documents have them.
KEYWORD_FIELDS = (
    "reference",
    "cites",
    "reports",
    "year",
    "heading",
    "officer",
    "report_by",  # officers who signed
    "acronyms",  # with what the note says they stand for
    "initials",  # of the phrases of its title and subject line
)
# Keyword fields that are counted, in the order of their ordinals.
FACETS = ("year", "heading", "officer")
# A document's facet values stand in a row of so many ordinals; what it has beyond them is kept as
# pairs. Eight ordinals of a byte are one 64-bit word to gather.
ROW = 8
# Every so many words of a body, the place of the word in the text is kept.
WORDS_A_MARK = 16
DIGEST_BYTES = 16
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


class SegmentFile:
    """An open segment. Thread-safe: nothing in it changes, and files are read by place."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        """Open the segment; raises DamagedFile where it is not whole.

        A `fresh` one was written by this run, so that its checksums need no proof.
        """
        self._file = SectionFile(path, fresh=fresh)
        self.path = path
        self.size = self._fact("notes")
        # Read first: it refuses a file that says it holds more notes than memory does.
        self.references = self.per_document("references")
        packing = Packing(self.size)
        self.fields = {
            name: Field(self._file, name, packing) for name in (*TEXT_FIELDS, *KEYWORD_FIELDS)
        }
        self._lengths: dict[str, Array] = {}
        self.dictionary = self.whole_bytes("dictionary")
        self.decompress = Decompressor(self._file, self.dictionary)
        # The words of each title in order, as numbers of their terms.
        terms = self.fields[IN_ORDER].size
        self.title_words = self.runs(f"{IN_ORDER}.words", f"{IN_ORDER}.lengths", below=terms)
        self.all_titled = bool(self.title_words.counts.all())
        self.notes = Records(self._file, "notes")
        self.texts = Records(self._file, "texts")
        self.first_part = self.per_document("first_part", 1).data
        self.body_words = self.per_document("body_words")
        self.marks = self._file.section("marks").whole()
        if len(self.marks) != self.first_mark[-1]:
            raise DamagedFile(self.path, "has marks for other words than it holds")
        self.rows = self.per_document("facets.rows", times=ROW).reshape(self.size, ROW)
        self.more_ids = self._file.section("facets.more_ids").whole()
        self.more = self._file.section("facets.more").whole()

    def close(self) -> None:
        """Close the file; nothing may be read of the segment after."""
        self._file.close()

    def length_of(self, field: str) -> int:
        """How many words a text field holds in all documents together."""
        return self._fact(f"length.{field}")

    def lengths(self, field: str) -> Array:
        """How many words a text field holds in each document."""
        lengths = self._lengths.get(field)
        if lengths is None:
            lengths = self._lengths[field] = self.per_document(f"{field}.lengths")
        return lengths

    def record(self, number: int) -> bytes:
        """The stored record of one document, decompressed."""
        return self.decompress(self.notes[number])

    def text(self, number: int) -> str:
        """The whole body of one document."""
        first, stop = self.first_part[number], self.first_part[number + 1]
        if stop - first == 1:
            return self.part(first)
        return "".join(map(self.part, range(first, stop)))

    def part(self, number: int) -> str:
        """One stored part of a body."""
        return self.decompress(self.texts[number]).decode()

    def texts_of_one_part(self, numbers: Iterable[int]) -> Iterator[str | None]:
        """The whole bodies of several documents; None for one of several parts."""
        firsts = [
            first if self.first_part[number + 1] - first == 1 else None
            for number in numbers
            for first in (self.first_part[number],)
        ]
        raw = [self.texts[first] for first in firsts if first is not None]
        texts = iter(self.decompress.all(raw))
        return (None if first is None else next(texts).decode() for first in firsts)

    def marks_of(self, numbers: Iterable[int]) -> list[memoryview]:
        """For each document the places of its marks in its text, and the text's length."""
        marks, first = self.marks.data, self.first_mark
        return [marks[first[number] : first[number + 1]] for number in numbers]

    def text_between(self, number: int, start: int, stop: int) -> str:
        """The characters `start` up to `stop` of one document's body, or what there is of them."""
        first = self.first_part[number]
        last = self.first_part[number + 1] - 1
        one = first + start // PART_CHARACTERS
        other = min(last, first + max(start, stop - 1) // PART_CHARACTERS)
        start -= (one - first) * PART_CHARACTERS
        stop -= (one - first) * PART_CHARACTERS
        return "".join(self.part(part) for part in range(one, other + 1))[start:stop]

    @cached_property
    def first_mark(self) -> memoryview:
        """Where each document's marks begin in `marks`.

        They are the places in the text of every `WORDS_A_MARK`th word, and the text's length.
        """
        counts = 1 - (-self.body_words.astype(np.int64) // WORDS_A_MARK)
        return np.concatenate(([0], np.cumsum(counts))).data

    @cached_property
    def summaries(self) -> Summaries:
        """What lists show of each document; raises DamagedFile. No merge needs it."""
        return Summaries(self)

    @cached_property
    def facet_starts(self) -> tuple[int, ...]:
        """The first ordinal of each facet, then the number that stands for no value."""
        sizes = [self.fields[name].size for name in FACETS]
        return tuple(int(at) for at in np.concatenate(([0], np.cumsum(sizes))))

    @cached_property
    def signatures(self) -> Array:
        """A row for each document: its most telling words."""
        rows = self.per_document("signatures", times=SIGNATURE_WORDS)
        return rows.reshape(self.size, SIGNATURE_WORDS)

    def all_digests(self) -> Array:
        """Every document's digest, one after another."""
        return self.per_document("digests", times=DIGEST_BYTES)

    def _fact(self, name: str) -> int:
        fact = self._file.facts.get(name)
        if fact is None or fact < 0:
            raise DamagedFile(self.path, f"does not say its {name}")
        return fact

    def per_document(
        self, name: str, extra: int = 0, times: int = 1, below: int | None = None
    ) -> Array:
        """A section with one value for each document (`times` as many and `extra` more)."""
        values = self._file.section(name).whole()
        if len(values) != self.size * times + extra:
            raise DamagedFile(self.path, f"has {name} for other documents than it holds")
        return self._numbers(name, values, below)

    def runs(self, name: str, counts: str = "", below: int | None = None) -> Runs:
        """A section with some values for each document, and the section that counts them."""
        values = self._file.section(name).whole()
        each = self.per_document(counts or counts_of(name))
        if int(each.sum(dtype=np.int64)) != len(values):
            raise DamagedFile(self.path, f"has {name} for other documents than it holds")
        return Runs(self._numbers(name, values, below), each)

    def _numbers(self, name: str, values: Array, below: int | None) -> Array:
        if below is not None and len(values) and int(values.max()) >= below:
            raise DamagedFile(self.path, f"has {name} that stand for nothing")
        return values

    def whole_bytes(self, name: str) -> bytes:
        """A section of bytes, the whole of it."""
        section = self._file.section(name)
        return section.read_bytes(0, section.count)
