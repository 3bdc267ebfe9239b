"""Facet counts and selections, over rows of ordinals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from whoosh.query import And, Or, Term

from indexer.domain.search import Contents, Facets, FacetValue, SearchRequest
from indexer.search_index.analysis import fold
from indexer.search_index.codec.sections import Array, narrowest
from indexer.search_index.codec.segment import FACETS, ROW, SegmentFile
from indexer.search_index.evaluation.matching import Mask, SegmentSearch
from indexer.search_index.evaluation.statistics import OpenSegment
from indexer.search_index.limits import NOT_CLASSIFIED

_NOT_CLASSIFIED_LABEL = "Not classified"
Counts = npt.NDArray[np.int64]
# Of fewer documents a whole row is counted at once: that is less work than to count apart what
# stands in order anyway.
FEW = 1_024


class Selection(NamedTuple):
    """The values chosen for each facet; none chosen means any."""

    years: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()

    @classmethod
    def of(cls, request: SearchRequest) -> Selection:
        """The values that a request chooses."""
        return cls(frozenset(map(str, request.years)), request.officers, request.subjects)

    def query(self) -> And | None:
        """The query for the documents that have a chosen value of every facet; None for any."""
        chosen = self.by_field().items()
        return And([having_any(field, values) for field, values in chosen]) if chosen else None

    def by_field(self) -> dict[str, frozenset[str]]:
        """The chosen values by the keyword field that holds them, where there are any."""
        chosen = zip(FACETS, (self.years, self.subjects, self.officers), strict=True)
        return {field: values for field, values in chosen if values}


def having_any(field: str, values: Collection[str]) -> Or:
    """The query for documents that have any of the values."""
    return Or([Term(field, value) for value in sorted(values)])


class FacetCounter:
    """The facets of an index: values in the order that a page lists equals in, counted by pass."""

    def __init__(self, segments: Sequence[OpenSegment], contents: Contents) -> None:
        labels = contents.subjects | {NOT_CLASSIFIED: _NOT_CLASSIFIED_LABEL}
        self._facets = (
            _Facet("year", _values(segments, "year"), {}),
            _Facet("heading", _values(segments, "heading"), labels),
            _Facet("officer", _values(segments, "officer"), contents.officers),
        )
        self._bounds = np.cumsum([0, *(len(facet.values) for facet in self._facets)])
        self._starts = self._bounds.tolist()
        # As arrays of objects: several at once are taken from those in half the time.
        self._values = np.array([v for facet in self._facets for v in facet.values], np.object_)
        self._labels = np.array([v for facet in self._facets for v in facet.labels], np.object_)
        # By these the values of each facet sort, after those of the facet before it.
        sizes = np.diff(self._bounds)
        self._first = np.repeat(np.arange(len(self._facets)) << 32, sizes)
        self._by_count = np.repeat([facet.by_count for facet in self._facets], sizes)
        self._places: dict[str, dict[str, int]] = {
            facet.field: {value: start + at for at, value in enumerate(facet.values)}
            for facet, start in zip(self._facets, self._starts, strict=False)
        }
        self._rows = [_Rows(segment, self._places, self._starts[-1]) for segment in segments]

    def everything(self) -> Facets:
        """The counts over all notes."""
        return self._facets_of([rows.total for rows in self._rows], {}, {})

    def within(
        self, searches: Sequence[SegmentSearch], found: Sequence[Array], selection: Selection
    ) -> tuple[list[npt.NDArray[np.bool_] | None], Facets]:
        """Which of the documents found (None: all) have a chosen value in every facet with a
        choice, and the counts, each facet's narrowed by the choices in the other ones alone.
        """
        chosen = selection.by_field()
        if not chosen:
            counts = [rows.counts(ids) for rows, ids in zip(self._rows, found, strict=True)]
            return [None] * len(found), self._facets_of(counts, {}, {})
        masks = [
            {name: search.holding_any(name, chosen[name])[ids] for name in chosen}
            for search, ids in zip(searches, found, strict=True)
        ]
        counts = self._counted(found, masks, None)
        own = {name: _sum(self._counted(found, masks, name), self._starts[-1]) for name in chosen}
        return [_all(mask.values()) for mask in masks], self._facets_of(counts, own, chosen)

    def _counted(
        self, found: Sequence[Array], masks: Sequence[Mapping[str, Mask]], but: str | None
    ) -> list[Counts]:
        """The counts over the documents that have the chosen values of all facets but one."""
        counts = []
        for rows, ids, mask in zip(self._rows, found, masks, strict=True):
            others = _all(having for name, having in mask.items() if name != but)
            kept = ids if others is None else ids[others]
            counts.append(rows.counts(kept) if but is None else rows.counts_of(but, kept))
        return counts

    def _facets_of(
        self,
        counts: Sequence[Counts],
        own: Mapping[str, Counts],
        chosen: Mapping[str, frozenset[str]],
    ) -> Facets:
        counted = _sum(counts, self._starts[-1])
        if own:
            counted = counted.copy()
            for facet, (start, stop) in zip(self._facets, pairwise(self._starts), strict=True):
                counted[start:stop] = own.get(facet.field, counted)[start:stop]
        present = counted.nonzero()[0]
        keys = self._first.take(present) - counted.take(present) * self._by_count.take(present)
        order = present.take(keys.argsort(kind="stable"))
        columns = (column.take(order).tolist() for column in (self._values, self._labels, counted))
        shown = tuple(map(FacetValue, *columns))
        ends = present.searchsorted(self._bounds).tolist()
        year, subject, officer = (
            facet.with_missing(shown[start:stop], self._missing(facet.field, counted, chosen))
            if facet.field in chosen
            else shown[start:stop]
            for facet, (start, stop) in zip(self._facets, pairwise(ends), strict=True)
        )
        return Facets(year=year, officer=officer, subject=subject)

    def _missing(
        self, field: str, counted: Counts, chosen: Mapping[str, frozenset[str]]
    ) -> list[str]:
        """The values chosen that no document has."""
        places = self._places[field]
        return [
            value for value in chosen[field] if value not in places or not counted[places[value]]
        ]


class _Facet:
    """One facet's values in the order of a page: years newest first, others by their label."""

    def __init__(self, field: str, values: Collection[str], labels: Mapping[str, str]) -> None:
        self.field = field
        self._labels = labels
        self.by_count = field != "year"
        if self.by_count:
            self.values = sorted(values, key=self._label_order)
        else:
            self.values = sorted(values, reverse=True)
        self.labels = [labels.get(value, value) for value in self.values]

    def with_missing(
        self, shown: tuple[FacetValue, ...], missing: Sequence[str]
    ) -> tuple[FacetValue, ...]:
        """The values shown and those that no document has, in their order."""
        if not missing:
            return shown
        others = [FacetValue(value, self._labels.get(value, value), 0) for value in missing]
        return tuple(sorted((*shown, *others), key=self._order))

    def _order(self, value: FacetValue) -> tuple[int, str, str]:
        if self.by_count:
            return -value.count, *self._label_order(value.value)
        return -int(value.value), "", ""

    def _label_order(self, value: str) -> tuple[str, str]:
        return fold(self._labels.get(value, value)), value


class _Rows:
    """A segment's rows of ordinals, as those of the index."""

    def __init__(
        self, segment: OpenSegment, places: Mapping[str, Mapping[str, int]], values: int
    ) -> None:
        file = segment.file
        own = [
            places[name][file.fields[name].term(number).decode()]
            for name in FACETS
            for number in range(file.fields[name].size)
        ]
        everywhere = np.array([*own, values], narrowest(values + ROW))
        rows, more_ids, more = everywhere[file.rows], file.more_ids, everywhere[file.more]
        self._values = values
        self._whole = _Table(rows, more_ids, more, values)
        self._runs = _runs_of(rows[:, 0], len(places[FACETS[0]]))
        self._shorter = self._whole
        if self._runs is not None:
            beyond = rows[:, 1 + ROW // 2 :]
            documents, at = (beyond < values).nonzero()
            more_ids = np.concatenate((more_ids, documents))
            more = np.concatenate((more, beyond[documents, at]))
            self._shorter = _Table(rows[:, 1 : 1 + ROW // 2], more_ids, more, values)
        self._size = file.size
        live = np.arange(file.size) if segment.live is None else np.flatnonzero(segment.live)
        self._live = len(live)
        self._live_ids = live
        self.total = self._count(live)

    def counts(self, ids: Array) -> Counts:
        """How many of the documents have each value of the index."""
        if len(ids) == self._live:
            return self.total
        if len(ids) * 2 > self._live:
            rest = np.zeros(self._size, np.bool_)
            rest[self._live_ids] = True
            rest[ids] = False
            return self.total - self._count(np.flatnonzero(rest))
        return self._count(ids)

    def counts_of(self, field: str, ids: Array) -> Counts:
        """The same, right for the values of one facet at least."""
        if self._runs is None or field != FACETS[0]:
            return self.counts(ids)
        counts = np.zeros(self._values, np.int64)
        self._runs.add(counts, ids)
        return counts

    def _count(self, ids: Array) -> Counts:
        if self._runs is None or len(ids) < FEW:
            return self._whole.count(ids)
        counts = self._shorter.count(ids)
        self._runs.add(counts, ids)
        return counts


class _Table:
    """Rows of ordinals with a number that stands for none, and the ordinals beyond them."""

    def __init__(self, rows: Array, more_ids: Array, more: Array, none: int) -> None:
        size, width = rows.shape
        # What stands for none is another number in each place of a row: a processor is slow to
        # count the same number again at once.
        rows = rows + (rows == none) * np.arange(width, dtype=rows.dtype)
        # A row is gathered as one value of its size, not ordinal by ordinal.
        self._rows = rows.view(f"V{rows.itemsize * width}").ravel()
        self._dtype = rows.dtype
        self._size = size
        self._none = none
        self._more_ids = more_ids.astype(np.int64)
        self._more = more

    def count(self, ids: Array) -> Counts:
        """How many of the documents have each ordinal."""
        ordinals = self._rows.take(ids).view(self._dtype)
        counts = np.bincount(ordinals, minlength=self._none + ROW)[: self._none]
        if len(self._more_ids):
            mask = np.zeros(self._size, np.bool_)
            mask[ids] = True
            counts += np.bincount(self._more[mask[self._more_ids]], minlength=self._none)
        return counts


class _Runs(NamedTuple):
    """Ordinals that the documents have one after another, and the last document of each."""

    ordinals: Array
    lasts: Array

    def add(self, counts: Counts, ids: Array) -> None:
        """Count how many of the documents, which are in order, have each of the ordinals."""
        ends = ids.searchsorted(self.lasts, "right")
        counts[self.ordinals] += ends
        counts[self.ordinals[1:]] -= ends[:-1]


def _runs_of(ordinals: Array, values: int) -> _Runs | None:
    """The runs of the first facet, of so many `values`, where one document's follows another's.

    So it is with years as long as documents stand in the order of their references.
    """
    lasts = np.flatnonzero(np.diff(ordinals.astype(np.int64), append=-1))
    found = ordinals[lasts].astype(np.int64)
    apart = len(np.unique(found)) == len(found) and (found < values).all()
    return _Runs(found, lasts) if apart else None


def _values(segments: Sequence[OpenSegment], name: str) -> set[str]:
    def own(file: SegmentFile) -> set[str]:
        field = file.fields[name]
        return {field.term(number).decode() for number in range(field.size)}

    return set().union(*(own(segment.file) for segment in segments))


def _all(masks: Iterable[Mask]) -> Mask | None:
    """What all masks have in common; None where there are no masks."""
    kept = None
    for mask in masks:
        kept = mask if kept is None else kept & mask
    return kept


def _sum(counts: Sequence[Counts], size: int) -> Counts:
    if len(counts) == 1:
        return counts[0]
    return np.sum(counts, axis=0) if counts else np.zeros(size, np.int64)
