"""A segment: the postings, facets and stored texts of some notes, in one file of sections.

Documents are numbered from 0 in the order of their references when a segment is built; after
merges they may stand in any order, so order is always taken from `references`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.search_index.codec.field import Field
from indexer.search_index.codec.packing import Packing
from indexer.search_index.codec.runs import Runs, counts_of
from indexer.search_index.codec.sections import Array, DamagedFile, SectionFile
from indexer.search_index.codec.stored import PART_CHARACTERS, Decompressor, Records
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
