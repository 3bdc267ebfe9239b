"""Facet counts and selections, over rows of ordinals."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from whoosh.query import Or, Term

from indexer.domain.search import Contents, Facets, FacetValue
from indexer.search_index.analysis import fold
from indexer.search_index.codec.sections import Array, narrowest
from indexer.search_index.codec.segment import FACETS, ROW, SegmentFile
from indexer.search_index.evaluation.matching import Mask, SegmentSearch
from indexer.search_index.evaluation.statistics import OpenSegment
from indexer.search_index.limits import NOT_CLASSIFIED

_NOT_CLASSIFIED_LABEL = "Not classified"
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Selection:
    """The values chosen for each facet; none chosen means any."""

    years: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()

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
        self._starts = np.cumsum([0, *(len(facet.values) for facet in self._facets)]).tolist()
        self._values = [value for facet in self._facets for value in facet.values]
        self._labels = [label for facet in self._facets for label in facet.labels]
        # By these the values of each facet sort, after those of the facet before it.
        sizes = np.diff(self._starts)
        self._first = np.repeat(np.arange(len(self._facets)) << 32, sizes)
        self._by_count = np.repeat([facet.by_count for facet in self._facets], sizes)
        places: dict[str, dict[str, int]] = {
            facet.field: {value: start + at for at, value in enumerate(facet.values)}
            for facet, start in zip(self._facets, self._starts, strict=False)
        }
        self._rows = [_Rows(segment, places, self._starts[-1]) for segment in segments]

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
            counts.append(rows.counts(ids if others is None else ids[others]))
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
        keys = self._first[present] - counted[present] * self._by_count[present]
        order = present[keys.argsort(kind="stable")]
        numbers = order.tolist()
        values = map(self._values.__getitem__, numbers)
        labels = map(self._labels.__getitem__, numbers)
        shown = list(map(FacetValue, values, labels, counted[order].tolist()))
        ends = present.searchsorted(self._starts).tolist()
        year, subject, officer = (
            facet.with_chosen(shown[start:stop], chosen.get(facet.field, frozenset()))
            for facet, (start, stop) in zip(self._facets, pairwise(ends), strict=True)
        )
        return Facets(year=year, officer=officer, subject=subject)


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

    def with_chosen(
        self, shown: list[FacetValue], chosen: frozenset[str]
    ) -> tuple[FacetValue, ...]:
        """The values shown and those chosen that no document has."""
        missing = chosen.difference(value.value for value in shown) if chosen else ()
        if missing:
            shown += [FacetValue(value, self._labels.get(value, value), 0) for value in missing]
            shown.sort(key=self._order)
        return tuple(shown)

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
        self._values = values
        self._dtype = narrowest(values + ROW)
        everywhere = np.array([*own, values], self._dtype)
        rows = everywhere[file.rows]
        # What stands for no value is another number in each place of a row: a processor is slow to
        # count the same number again at once.
        rows += (rows == values) * np.arange(ROW, dtype=self._dtype)
        # A row is gathered as one value of its size, not ordinal by ordinal.
        self._rows = rows.view(f"V{rows.itemsize * ROW}").ravel()
        self._more_ids = file.more_ids.astype(np.int64)
        self._more = everywhere[file.more]
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

    def _count(self, ids: Array) -> Counts:
        ordinals = self._rows.take(ids).view(self._dtype)
        counts = np.bincount(ordinals, minlength=self._values + ROW)[: self._values]
        if len(self._more_ids):
            mask = np.zeros(self._size, np.bool_)
            mask[ids] = True
            more = self._more[mask[self._more_ids]]
            counts += np.bincount(more, minlength=self._values)
        return counts


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
