"""What lists show of each note, gathered from notes or from the segments that hold them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from indexer.domain.note import Officer
from indexer.domain.search import NoteSummary
from indexer.search_index.codec.runs import Runs
from indexer.search_index.codec.sections import Array
from indexer.search_index.codec.segment import SegmentFile
from indexer.search_index.codec.summaries import Columns, columns_of


class SummaryBuilder:
    """Takes the summaries of notes one by one."""

    def __init__(self) -> None:
        self._people: dict[Officer, int] = {}
        self._issued: list[int] = []
        self._titles: list[bytes] = []
        self._officers: list[list[int]] = []
        self._headings: list[tuple[str, ...]] = []

    def add(self, summary: NoteSummary) -> None:
        """Take one more."""
        people = self._people
        self._issued.append(summary.issued_on.toordinal() if summary.issued_on else 0)
        self._titles.append(summary.title.encode())
        self._officers.append([people.setdefault(o, len(people)) for o in summary.officers])
        self._headings.append(summary.subject_headings)

    def columns(self, headings: Mapping[str, int]) -> Columns:
        """All that was taken; `headings` are the numbers of the terms of headings."""
        return Columns(
            list(self._people),
            np.array(self._issued, np.int64),
            _runs(self._titles),
            _runs(self._officers),
            _runs([[headings[each] for each in own if each] for own in self._headings]),
        )


def merged(
    segments: Sequence[SegmentFile], kept: Sequence[Array], headings: Sequence[Array]
) -> Columns:
    """The summaries of the documents of each segment that are kept.

    `headings` are the new numbers of each segment's terms of headings.
    """
    people: dict[Officer, int] = {}
    parts = []
    for segment, mask, terms in zip(segments, kept, headings, strict=True):
        own = columns_of(segment)
        officers = own.officers.of(mask)
        numbers = np.zeros(len(own.people), np.int64)
        for at in np.unique(officers.values).tolist():
            numbers[at] = people.setdefault(own.people[at], len(people))
        parts.append(
            Columns(
                (),
                own.issued[mask],
                own.titles.of(mask),
                officers.renumbered(numbers),
                own.headings.of(mask).renumbered(terms),
            )
        )
    return Columns(
        list(people),
        np.concatenate([part.issued for part in parts]),
        Runs.joined([part.titles for part in parts]),
        Runs.joined([part.officers for part in parts]),
        Runs.joined([part.headings for part in parts]),
    )


def _runs(values: Sequence[Sequence[int]]) -> Runs:
    counts = np.fromiter(map(len, values), np.int64, len(values))
    return Runs(np.fromiter(chain.from_iterable(values), np.int64, int(counts.sum())), counts)
