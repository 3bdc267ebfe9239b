"""Facet counts and selections, over one array of values for each facet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from indexer.domain.search import Contents, Facets, FacetValue, NoteSummary
from indexer.search_index.analysis import fold
from indexer.search_index.index import Mask

NOT_CLASSIFIED = "not-classified"
_NOT_CLASSIFIED_LABEL = "Not classified"


class Column:
    """The values that each document has for one facet, each of them once."""

    def __init__(self, values: Iterable[Collection[str]]) -> None:
        self.ordinals: dict[str, int] = {}
        owners: list[int] = []
        ordinals: list[int] = []
        size = 0
        for document, names in enumerate(values):
            size += 1
            for name in dict.fromkeys(names):
                owners.append(document)
                ordinals.append(self.ordinals.setdefault(name, len(self.ordinals)))
        self._size = size
        self._owners = np.array(owners, dtype=np.int32)
        self._ordinals = np.array(ordinals, dtype=np.int32)

    def having(self, names: Iterable[str]) -> Mask:
        """Which documents have any of `names`."""
        wanted = [self.ordinals[name] for name in names if name in self.ordinals]
        mask = np.zeros(self._size, dtype=np.bool_)
        mask[self._owners[np.isin(self._ordinals, wanted)]] = True
        return mask

    def counts(self, found: Mask) -> dict[str, int]:
        """How many documents of `found` have each value, those that none has left out."""
        counts = np.bincount(self._ordinals[found[self._owners]], minlength=len(self.ordinals))
        return {name: int(counts[at]) for name, at in self.ordinals.items() if counts[at]}


@dataclass(frozen=True, slots=True)
class Selection:
    """The values chosen for each facet; none chosen means any."""

    years: frozenset[str] = frozenset()
    officers: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()


class FacetColumns:
    """The three facets of an archive, read once when it is opened."""

    def __init__(self, summaries: Collection[NoteSummary], contents: Contents) -> None:
        self._contents = contents
        self._years = Column([str(note.reference.year)] for note in summaries)
        self._officers = Column(
            [officer.slug for officer in note.officers if officer.slug] for note in summaries
        )
        self._subjects = Column(note.subject_headings or (NOT_CLASSIFIED,) for note in summaries)

    def within(self, found: Mask, selection: Selection) -> Mask:
        """The documents of `found` that have a chosen value in every facet with a choice."""
        for column, chosen in self._chosen(selection):
            if chosen:
                found = found & column.having(chosen)
        return found

    def facets(self, found: Mask, selection: Selection) -> Facets:
        """The counts over `found`, each facet's narrowed by the choices in the other two."""
        labels = self._contents.subjects | {NOT_CLASSIFIED: _NOT_CLASSIFIED_LABEL}
        columns = self._chosen(selection)
        year, officer, subject = (
            self._values(at, found, columns, by_label)
            for at, by_label in enumerate(({}, self._contents.officers, labels))
        )
        return Facets(
            year=tuple(sorted(year, key=lambda value: value.value, reverse=True)),
            officer=tuple(sorted(officer, key=_by_count)),
            subject=tuple(sorted(subject, key=_by_count)),
        )

    def _chosen(self, selection: Selection) -> tuple[tuple[Column, frozenset[str]], ...]:
        return (
            (self._years, selection.years),
            (self._officers, selection.officers),
            (self._subjects, selection.subjects),
        )

    @staticmethod
    def _values(
        at: int,
        found: Mask,
        columns: tuple[tuple[Column, frozenset[str]], ...],
        labels: Mapping[str, str],
    ) -> list[FacetValue]:
        """The values of one facet; the chosen ones stay on the page even where none has them."""
        for other, (column, chosen) in enumerate(columns):
            if other != at and chosen:
                found = found & column.having(chosen)
        column, chosen = columns[at]
        counts = dict.fromkeys(chosen, 0) | column.counts(found)
        return [FacetValue(name, labels.get(name, name), count) for name, count in counts.items()]


def _by_count(value: FacetValue) -> tuple[int, str, str]:
    return -value.count, fold(value.label), value.value
