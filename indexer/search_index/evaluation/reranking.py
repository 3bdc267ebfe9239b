"""The best documents looked at once more: words that stand together, and notes that are alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.matching import Scores, SegmentSearch
from indexer.search_index.evaluation.phrases import POSITION_BITS, places_of, reached
from indexer.search_index.signatures import SIGNATURE_WORDS, likeness
from indexer.search_index.weights import ALIKE, ALIKE_NOTES, ALIKE_SHARE, ALIKE_WORDS, PAIR, PAIRED

Pair: TypeAlias = tuple[str, str]

_FIELD = "text"
_DECIMALS = 9


class Contenders(NamedTuple):
    """Documents that may be shown, best first, as the index numbers them, and their scores.

    `references` are numbers that sort as references do.
    """

    documents: Array
    scores: Scores
    references: Array

    def at(self, places: Array) -> Contenders:
        """Those at some places."""
        return Contenders._make([column.take(places) for column in self])

    def part(self, start: int, stop: int | None) -> Contenders:
        """Those from one place up to another (None: the last)."""
        return Contenders._make([column[start:stop] for column in self])

    def then(self, others: Contenders) -> Contenders:
        """These, and the others after them."""
        if not len(others.scores):
            return self
        if not len(self.scores):
            return others
        pairs = zip(self, others, strict=True)
        return Contenders._make([np.concatenate(columns) for columns in pairs])

    def rescored(self, scores: Scores) -> Contenders:
        """The same with other scores, best first; of equal ones the newest reference first."""
        # Sums may differ in their last bits by the order in which they were added up.
        scores = scores.round(_DECIMALS)
        return self._replace(scores=scores).at(np.lexsort((self.references, scores))[::-1])


_NONE = np.empty(0, np.int64)
NOBODY = Contenders(_NONE, np.empty(0), _NONE)


def second_look(
    searches: Sequence[SegmentSearch], contenders: Contenders, pairs: Sequence[Pair], words: int
) -> Contenders:
    """`contenders`, which come best first, with the best of them in a better order.

    `pairs` are terms that the query has next to each other, of `words` in all. No score falls below
    that of the last that is looked at, so all stay in order.
    """
    if len(contenders.scores) < 2:
        return contenders
    best = contenders.part(0, PAIRED)
    if pairs:
        best = best.rescored(best.scores + _for_pairs(searches, best.documents, pairs))
    if words >= ALIKE_WORDS:
        alike, others = best.part(0, ALIKE), best.part(ALIKE, None)
        drawn = among_the_alike(_signatures(searches, alike.documents), alike.scores)
        best = alike.rescored(drawn).then(others)
    return best.then(contenders.part(PAIRED, None))


def among_the_alike(rows: Array, scores: Scores) -> Scores:
    """The scores of notes, each drawn towards those of the few notes most like it.

    `rows` are their signatures. A note that has the words but is like no other that has them has
    come up by chance more often than one among several alike (Diaz, 2005: score regularisation).
    """
    alike = likeness(rows)
    if len(scores) > ALIKE_NOTES:
        least = np.partition(alike, -ALIKE_NOTES, axis=1)[:, -ALIKE_NOTES, None]
        alike[alike < least] = 0
    total = alike.sum(axis=1)
    share = np.where(total > 0, ALIKE_SHARE, 0.0)
    drawn: Scores = (1 - share) * scores + share * (alike @ scores) / np.maximum(total, 1e-9)
    return drawn


def _signatures(searches: Sequence[SegmentSearch], documents: Array) -> Array:
    """The signature of each document, a row each."""
    rows = np.empty((len(documents), SIGNATURE_WORDS), np.uint16)
    for search, places, own in _by_segment(searches, documents):
        rows[places] = search.segment.file.signatures[own]
    return rows


def _for_pairs(
    searches: Sequence[SegmentSearch], documents: Array, pairs: Sequence[Pair]
) -> Scores:
    """What each document scores more for the pairs of words that stand together in it."""
    added = np.zeros(len(documents))
    for search, places, own in _by_segment(searches, documents):
        added[places] = _of_pairs(search, own, pairs)
    return added


def _by_segment(
    searches: Sequence[SegmentSearch], documents: Array
) -> Iterator[tuple[SegmentSearch, Array | slice, Array]]:
    """For each segment the places in `documents` of its own, and their numbers in it."""
    if len(searches) == 1:
        yield searches[0], slice(None), documents
        return
    for search in searches:
        own = documents - search.segment.base
        places = ((own >= 0) & (own < search.segment.file.size)).nonzero()[0]
        if len(places):
            yield search, places, own[places]


def _of_pairs(search: SegmentSearch, documents: Array, pairs: Sequence[Pair]) -> Scores:
    """What pairs add to the scores of some documents of a segment."""
    statistics = search.statistics
    norms = search.segment.norms(_FIELD, statistics).take(documents)
    added = np.zeros(len(documents))
    places = {term: _places(search, term, documents) for pair in pairs for term in pair}
    for pair in pairs:
        search.deadline.check()
        first, second = (places[term] for term in pair)
        met = reached(first, second, 1) >> POSITION_BITS
        if len(met):
            times = met.searchsorted(documents, "right") - met.searchsorted(documents)
            weight = PAIR * max(statistics.weight(_FIELD, term.encode()) for term in pair)
            added += statistics.ranking.scores(times, norms, weight)
    return added


def _places(search: SegmentSearch, term: str, documents: Array) -> Array:
    """Where a term stands in the documents, and maybe in others: document << 32 | position."""
    number, postings = search.term(_FIELD, term.encode())
    if number is None:
        return _NONE
    return places_of(search.segment.file.fields[_FIELD], number, postings, documents)
