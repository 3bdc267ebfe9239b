"""A segment: the postings, facets and stored texts of some notes, in one file of sections.

Documents are numbered from 0 in the order of their references when a segment is built; after
merges they may stand in any order, so order is always taken from `references`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from indexer.search_index.codec.packing import unpack, unpack_all
from indexer.search_index.codec.sections import (
    Array,
    DamagedFile,
    Section,
    SectionFile,
    narrowest,
)
from indexer.search_index.codec.stored import PART_CHARACTERS, Decompressor, Records
from indexer.search_index.signatures import SIGNATURE_WORDS

# Fields of words: with frequencies, positions and lengths. `text` is all that a note says, its body
# first; the others are for words asked for in one place.
TEXT_FIELDS = ("text", "title", "subject", "officers")
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
_LANDMARK = 64
_TERMS_REMEMBERED = 1024


class Postings(NamedTuple):
    """One term's postings: documents in order, and how often each holds it (None: once)."""

    ids: Array
    frequencies: Array | None


NO_POSTINGS = Postings(np.empty(0, np.intp), np.empty(0, np.uint8))


class Field:
    """The terms of one field, in byte order, and the postings of each."""

    def __init__(self, file: SectionFile, name: str, documents: int) -> None:
        self.name = name
        self._text = file.section(f"{name}.terms").read_bytes(
            0, file.section(f"{name}.terms").count
        )
        self.term_at = file.section(f"{name}.term_at").whole().data
        self.postings_at = file.section(f"{name}.postings_at").whole().data
        self.size = len(self.postings_at) - 1
        self._ids = file.section(f"{name}.ids")
        self._ids_at = file.section(f"{name}.ids_at").whole().data
        self._ids_dtype = narrowest(max(0, documents - 1))
        if self.size < 0 or not len(self.term_at) == len(self._ids_at) == self.size + 1:
            raise DamagedFile(file.path, f"has terms of {name} without postings")
        self._landmarks = [self.term(number) for number in range(0, self.size, _LANDMARK)]
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
        text, at = self._text, self.term_at
        stop = bisect_left(self._landmarks, term) * _LANDMARK
        among = range(max(0, stop - _LANDMARK), min(stop, self.size))
        return among.start + bisect_left(among, term, key=lambda n: text[at[n] : at[n + 1]])

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
        if len(self._found) >= _TERMS_REMEMBERED:
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
        ids = unpack(raw, stop - start, self._ids_dtype)
        frequencies = self._frequencies.read(start, stop) if self._frequencies else None
        return Postings(ids, frequencies)

    def ids_between(self, first: int, stop: int) -> Array:
        """The documents of the terms `first` up to `stop`, a term's after another's."""
        bounds = self._ids_at[first : stop + 1].tolist()
        raw = self._ids.read_bytes(bounds[0], bounds[-1])
        counts = np.diff(self.postings_at[first : stop + 1])
        return unpack_all(raw, bounds, counts, self._ids_dtype)

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
        self.fields = {
            name: Field(self._file, name, self.size) for name in (*TEXT_FIELDS, *KEYWORD_FIELDS)
        }
        self.references = self.per_document("references")
        self._lengths: dict[str, Array] = {}
        self.dictionary = self._whole_bytes("dictionary")
        self.decompress = Decompressor(self._file, self.dictionary)
        self.summaries = Records(self._file, "summaries")
        self.notes = Records(self._file, "notes")
        self.texts = Records(self._file, "texts")
        self.first_part = self.per_document("first_part", 1).data
        self.body_words = self.per_document("body_words")
        self.marks = self._file.section("marks")
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

    def marks_of(self, numbers: Iterable[int]) -> list[list[int]]:
        """For each document the places of its marks in its text, and the text's length."""
        read, first = self.marks.read, self.first_mark
        return [read(first[number], first[number + 1]).tolist() for number in numbers]

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

    def per_document(self, name: str, extra: int = 0, times: int = 1) -> Array:
        """A section with one value for each document (`times` as many and `extra` more)."""
        values = self._file.section(name).whole()
        if len(values) != self.size * times + extra:
            raise DamagedFile(self.path, f"has {name} for other documents than it holds")
        return values

    def _whole_bytes(self, name: str) -> bytes:
        section = self._file.section(name)
        return section.read_bytes(0, section.count)
