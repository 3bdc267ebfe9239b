"""The best documents looked at once more: words that stand together, and notes that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.matching import Scores, SegmentSearch
from indexer.search_index.evaluation.phrases import among, places_of
from indexer.search_index.signatures import likeness
from indexer.search_index.weights import ALIKE, ALIKE_NOTES, ALIKE_SHARE, PAIR

Pair: TypeAlias = tuple[str, str]

_FIELD = "text"


class Contender(NamedTuple):
    """A document that may be among the best: the number of its segment, its own, its score."""

    part: int
    document: int
    score: float


def with_pairs(
    searches: Sequence[SegmentSearch], contenders: Sequence[Contender], pairs: Sequence[Pair]
) -> Scores:
    """The scores of contenders, more for each pair of the query's words that stand together."""
    scores = np.array([each.score for each in contenders])
    for at, search in enumerate(searches):
        own = [place for place, each in enumerate(contenders) if each.part == at]
        if own:
            documents = np.array([contenders[place].document for place in own])
            scores[own] += _of_pairs(search, documents, pairs)
    return scores


def _of_pairs(search: SegmentSearch, documents: Array, pairs: Sequence[Pair]) -> Scores:
    """What pairs add to the scores of some documents of a segment."""
    size = search.segment.file.size
    within = np.zeros(size, np.bool_)
    within[documents] = True
    added = np.zeros(size)
    places: dict[str, tuple[Array, float]] = {}
    for term in {term for pair in pairs for term in pair}:
        number, postings = search.term(_FIELD, term.encode())
        if number is not None:
            field = search.segment.file.fields[_FIELD]
            weight = search.statistics.weight(_FIELD, term.encode())
            places[term] = places_of(field, number, postings, within), weight
    for first, second in pairs:
        if first not in places or second not in places:
            continue
        (before, one), (after, other) = places[first], places[second]
        met = before[among(before + 1, after)]
        if len(met):
            holding, times = np.unique(met >> 32, return_counts=True)
            norms = search.segment.norms(_FIELD, search.statistics).take(holding)
            ranking = search.statistics.ranking
            added[holding] += ranking.scores(times, norms, PAIR * max(one, other))
    return added[documents]


def among_the_alike(rows: Array, scores: Scores) -> Scores:
    """The scores of notes, each drawn towards those of the notes most like it.

    `rows` are their signatures. A note that stands alone with its words has come up by chance more
    often than one among several alike (Diaz, 2005: score regularisation).
    """
    alike = likeness(rows)
    if len(scores) > ALIKE_NOTES:
        least = np.partition(alike, -ALIKE_NOTES, axis=1)[:, -ALIKE_NOTES, None]
        alike[alike < least] = 0
    total = alike.sum(axis=1)
    own = np.where(total > 0, 1 - ALIKE_SHARE, 1.0)
    return own * scores + (1 - own) * (alike @ scores) / np.maximum(total, 1e-9)
