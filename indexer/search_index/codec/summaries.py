"""What lists show of each note, in memory: what notes have in common is kept once, by number."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec
import numpy as np

from indexer.domain.note import Officer
from indexer.domain.search import NoteSummary
from indexer.search_index.codec.runs import Runs
from indexer.search_index.codec.sections import Array, DamagedFile, SectionWriter
from indexer.search_index.limits import LISTS_REMEMBERED
from indexer.search_index.records import reference_of

if TYPE_CHECKING:
    from indexer.search_index.codec.segment import SegmentFile

_PEOPLE = "summaries.people"
_ISSUED = "summaries.issued"
_TITLES = "summaries.titles"
_OFFICERS = "summaries.officers"
_HEADINGS = "summaries.headings"

T = TypeVar("T")  # an officer or a subject heading

# A document's reference and day, and where its title, officers and headings begin.
_IN_A_ROW = 5
_BYTES_A_ROW = 4 * _IN_A_ROW
_two_rows = struct.Struct(f"<{2 * _IN_A_ROW}I").unpack_from

_read_people = msgspec.json.Decoder(list[Officer]).decode
_write_people = msgspec.json.Encoder().encode


class Columns(NamedTuple):
    """What lists show of some notes, one note after another.

    `people` are officers as printed, each once. `issued` are days as `date.fromordinal` takes them,
    0 where a note has no date. Titles are bytes, officers places in `people`, headings the numbers
    of their terms.
    """

    people: Sequence[Officer]
    issued: Array
    titles: Runs
    officers: Runs
    headings: Runs

    def write(self, writer: SectionWriter) -> None:
        """Write all that a list shows but the notes' references."""
        writer.put_bytes(_PEOPLE, _write_people(self.people))
        writer.put_narrow(_ISSUED, self.issued)
        self.titles.write(writer, _TITLES)
        self.officers.write(writer, _OFFICERS)
        self.headings.write(writer, _HEADINGS)


class Summaries:
    """The summary of each document of a segment."""

    def __init__(self, segment: SegmentFile) -> None:
        """Raises DamagedFile where a number stands for nothing."""
        try:
            people = _read_people(segment.whole_bytes(_PEOPLE))
            headings = [heading.decode() for heading in segment.fields["heading"].terms()]
        except ValueError as error:
            raise DamagedFile(
                segment.path, f"has no list of officers or headings ({error})"
            ) from None
        self.columns = columns = Columns(
            people,
            segment.per_document(_ISSUED, below=date.max.toordinal() + 1),
            segment.runs(_TITLES),
            segment.runs(_OFFICERS, below=len(people)),
            segment.runs(_HEADINGS, below=len(headings)),
        )
        self._titles = columns.titles.values.tobytes()
        self._officers, self._headings = (
            _Lists(columns.officers, people),
            _Lists(columns.headings, headings),
        )
        # All numbers of a document lie together, as they are asked for: they are elsewhere than in
        # the processor's caches when they are.
        rows = np.zeros((segment.size + 1, _IN_A_ROW), "<u4")
        rows[:-1, 0], rows[:-1, 1] = segment.references, columns.issued
        for at, runs in enumerate((columns.titles, columns.officers, columns.headings), 2):
            rows[:, at] = runs.in_bytes().at
        self._rows = rows.tobytes()

    def __getitem__(self, document: int) -> NoteSummary:
        numbers = _two_rows(self._rows, document * _BYTES_A_ROW)
        reference, day, title, officers, headings, _, _, title_end, officers_end, headings_end = (
            numbers
        )
        return NoteSummary(
            reference=reference_of(reference),
            title=self._titles[title:title_end].decode(),
            issued_on=date.fromordinal(day) if day else None,
            officers=self._officers[self._officers.numbers[officers:officers_end]],
            subject_headings=self._headings[self._headings.numbers[headings:headings_end]],
        )


class _Lists(dict[bytes, tuple[T, ...]]):
    """From the numbers of some values, as bytes, to these: one tuple, however many notes have it.

    `numbers` are those of all documents.
    """

    def __init__(self, runs: Runs, values: Sequence[T]) -> None:
        super().__init__()
        self._values = values
        self._dtype = runs.values.dtype
        self.numbers = runs.values.tobytes()

    def __missing__(self, numbers: bytes) -> tuple[T, ...]:
        if len(self) >= LISTS_REMEMBERED:
            self.clear()
        own = np.frombuffer(numbers, self._dtype).tolist()
        found = self[numbers] = tuple([self._values[number] for number in own])
        return found
