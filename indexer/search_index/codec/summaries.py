"""What lists show of each note, in memory: what notes have in common is kept once, by number."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np

from indexer.domain.note import Officer
from indexer.domain.search import NoteSummary
from indexer.search_index.codec.runs import Runs
from indexer.search_index.codec.sections import Array, DamagedFile, SectionWriter, narrowest
from indexer.search_index.codec.segment import SegmentFile
from indexer.search_index.records import reference_of

_PEOPLE = "summaries.people"
_ISSUED = "summaries.issued"
_TITLES = "summaries.titles"
_OFFICERS = "summaries.officers"
_HEADINGS = "summaries.headings"

T = TypeVar("T")  # an officer or a subject heading

# A document's reference, its day, the numbers of its lists of officers and of headings; then comes
# its title.
_HEAD = struct.Struct("<4I")

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


def columns_of(segment: SegmentFile) -> Columns:
    """What is shown of a segment's notes; raises DamagedFile where a number stands for nothing."""
    try:
        people = _read_people(segment.whole_bytes(_PEOPLE))
    except ValueError as error:
        raise DamagedFile(segment.path, f"has no list of officers ({error})") from None
    return Columns(
        people,
        segment.per_document(_ISSUED, below=date.max.toordinal() + 1),
        segment.runs(_TITLES),
        segment.runs(_OFFICERS, below=len(people)),
        segment.runs(_HEADINGS, below=segment.fields["heading"].size),
    )


class Summaries:
    """The summary of each document of a segment.

    What belongs to a document lies together, as it is asked for: a page needs ten of many thousand,
    which are elsewhere than in the processor's caches.
    """

    def __init__(self, segment: SegmentFile) -> None:
        """Raises DamagedFile where a number stands for nothing."""
        columns = columns_of(segment)
        officers, self._officers = _lists(columns.officers, columns.people)
        headings, self._headings = _lists(columns.headings, _headings_of(segment))
        heads = np.array((segment.references, columns.issued, officers, headings), "<u4").T
        self._records, self._at = _records(np.ascontiguousarray(heads), columns.titles)

    def __getitem__(self, document: int) -> NoteSummary:
        record = self._records[self._at[document] : self._at[document + 1]]
        reference, day, officers, headings = _HEAD.unpack_from(record)
        return NoteSummary(
            reference=reference_of(reference),
            title=record[_HEAD.size :].decode(),
            issued_on=date.fromordinal(day) if day else None,
            officers=self._officers[officers],
            subject_headings=self._headings[headings],
        )


def _records(heads: Array, titles: Runs) -> tuple[bytes, memoryview]:
    """Each document's head and title, one document after another, and where each begins."""
    at = np.asarray(titles.at, np.int64)
    at += _HEAD.size * np.arange(len(at))
    records = np.empty(int(at[-1]), np.uint8)
    titled = np.ones(len(records), np.bool_)
    headed = at[:-1, None] + np.arange(_HEAD.size)
    records[headed] = heads.view(np.uint8)
    titled[headed] = False
    records[titled] = titles.values
    return records.tobytes(), at.astype(narrowest(len(records))).data


def _headings_of(segment: SegmentFile) -> list[str]:
    try:
        return [heading.decode() for heading in segment.fields["heading"].terms()]
    except ValueError as error:
        raise DamagedFile(segment.path, f"has no list of headings ({error})") from None


def _lists(runs: Runs, values: Sequence[T]) -> tuple[Array, list[tuple[T, ...]]]:
    """The number of each document's list of values, and the lists, each once.

    Most have one value alone: the first lists are these, by the number of the value.
    """
    at = np.asarray(runs.at, np.int64)
    alone = runs.counts == 1
    numbers = np.empty(len(alone), np.int64)
    numbers[alone] = runs.values[at[:-1][alone]]
    known: dict[tuple[int, ...], int] = {}
    every, first = runs.values.tolist(), len(values)
    for document in (~alone).nonzero()[0].tolist():
        own = tuple(every[at[document] : at[document + 1]])
        numbers[document] = known.setdefault(own, first + len(known))
    singles = [(value,) for value in values]
    return numbers, [*singles, *(tuple([values[number] for number in own]) for own in known)]
