"""One clearance's index: its segments as one, and the notes in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import numpy as np

from indexer.domain.note import Note
from indexer.domain.reference import NoteReference
from indexer.domain.search import NoteSummary
from indexer.search_index.codec.contents import read_contents
from indexer.search_index.codec.sections import Array, DamagedFile
from indexer.search_index.codec.segment import SegmentFile
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.evaluation.statistics import OpenSegment, Statistics
from indexer.search_index.records import note_of, reference_key, reference_of
from indexer.search_index.weights import RANKING


class Index:
    """The notes of one clearance. Thread-safe: nothing in it changes.

    A document's number is its place in its segment after all documents of the segments before;
    deleted documents have one too. The order of notes is that of their references.
    """

    def __init__(self, folder: Path) -> None:
        """Open the index in `folder`; raises DamagedFile where a file of it is not whole."""
        self.segments: list[OpenSegment] = []
        base = 0
        for entry in read_contents(folder).segments:
            file = SegmentFile(entry.path(folder))
            if file.size != entry.notes:
                raise DamagedFile(file.path, f"holds {file.size} notes, not {entry.notes}")
            self.segments.append(OpenSegment(file, entry.deleted, base))
            base += file.size
        self._bases = [segment.base for segment in self.segments]
        self._keys, self._documents = _in_order(self.segments)
        self.statistics = Statistics(self.segments, RANKING)

    def close(self) -> None:
        """Close every file; nothing may be asked of the index after."""
        for segment in self.segments:
            segment.file.close()

    @property
    def size(self) -> int:
        """How many notes it holds."""
        return len(self._keys)

    @property
    def keys(self) -> Array:
        """For every note a number that sorts as its reference does, in order."""
        return self._keys

    @cached_property
    def references(self) -> tuple[NoteReference, ...]:
        """The number of every note, in order."""
        return tuple(map(reference_of, self._keys.tolist()))

    def searches(self, deadline: Deadline) -> list[SegmentSearch]:
        """One request's evaluation over each segment."""
        return [SegmentSearch(segment, self.statistics, deadline) for segment in self.segments]

    def at(self, place: int) -> int:
        """The document of the note at that place in the order of references."""
        return int(self._documents[place])

    def place(self, reference: NoteReference) -> int:
        """How many notes come before `reference`, which need not be held itself."""
        return int(np.searchsorted(self._keys, reference_key(reference)))

    def document(self, reference: NoteReference) -> int | None:
        """The document that is the note `reference`, or None."""
        place = self.place(reference)
        held = place < self.size and int(self._keys[place]) == reference_key(reference)
        return self.at(place) if held else None

    def having(self, field: str, keyword: str) -> list[int]:
        """The documents that have a keyword, the newest note first."""
        found: list[tuple[int, int]] = []
        for segment in self.segments:
            own = segment.file.fields[field]
            number = own.find(keyword.encode())
            if number is None:
                continue
            ids = own.postings(number).ids
            if segment.live is not None:
                ids = ids[segment.live[ids]]
            keys = segment.file.references[ids].tolist()
            found += zip(keys, (ids.astype(np.int64) + segment.base).tolist(), strict=True)
        return [document for _, document in sorted(found, reverse=True)]

    def keywords(self, field: str) -> Iterator[tuple[str, int]]:
        """The keywords of every segment, and how many notes there have them; at least one."""
        for segment in self.segments:
            own = segment.file.fields[field]
            for number, keyword in enumerate(own.terms()):
                notes = own.document_count(number)
                if segment.live is not None:
                    notes = int(segment.live[own.postings(number).ids].sum())
                if notes:
                    yield keyword.decode(), notes

    def summary(self, document: int) -> NoteSummary:
        """The summary of one document."""
        segment, number = self._within(document)
        return segment.summary(number)

    def summaries(self, documents: Iterable[int]) -> tuple[NoteSummary, ...]:
        """The summaries of several."""
        return tuple(self.summary(document) for document in documents)

    def note(self, document: int) -> Note:
        """The whole note of one document."""
        segment, number = self._within(document)
        return note_of(segment.file.record(number), segment.file.text(number))

    def _within(self, document: int) -> tuple[OpenSegment, int]:
        at = int(np.searchsorted(self._bases, document, "right")) - 1
        segment = self.segments[at]
        return segment, document - segment.base


def _in_order(segments: Iterable[OpenSegment]) -> tuple[Array, Array]:
    """The keys of all live notes in order, and their documents."""
    keys, documents = [np.empty(0, np.uint32)], [np.empty(0, np.int64)]
    for segment in segments:
        live = slice(None) if segment.live is None else segment.live
        keys.append(segment.file.references[live])
        documents.append(np.arange(segment.base, segment.base + segment.file.size)[live])
    every, numbers = np.concatenate(keys), np.concatenate(documents)
    if len(every) > 1 and not (every[1:] > every[:-1]).all():
        order = np.argsort(every, kind="stable")
        every, numbers = every[order], numbers[order]
    return every, numbers
