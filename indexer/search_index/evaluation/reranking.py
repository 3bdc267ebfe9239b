"""The best documents looked at once more: words that stand together, and notes that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.matching import Scores, SegmentSearch
from indexer.search_index.evaluation.ordered import common
from indexer.search_index.evaluation.phrases import POSITION_BITS, places_of, reached
from indexer.search_index.signatures import likeness
from indexer.search_index.weights import ALIKE, ALIKE_NOTES, ALIKE_SHARE, ALIKE_WORDS, PAIR, PAIRED

Pair: TypeAlias = tuple[str, str]

_FIELD = "text"
_DECIMALS = 9


class Contender(NamedTuple):
    """A document that may be shown: the number of its segment, its own in it, score and reference.

    `reference` is a number that sorts as references do.
    """

    part: int
    document: int
    score: float
    reference: int


def second_look(
    searches: Sequence[SegmentSearch],
    contenders: Sequence[Contender],
    pairs: Sequence[Pair],
    words: int,
) -> list[Contender]:
    """`contenders`, which come best first, with the best of them in a better order.

    `pairs` are terms that the query has next to each other, of `words` in all. No score falls below
    that of the last that is looked at, so all stay in order.
    """
    if len(contenders) < 2:
        return list(contenders)
    best = list(contenders[:PAIRED])
    if pairs:
        best = _in_order(best, _with_pairs(searches, best, pairs))
    if words >= ALIKE_WORDS:
        alike = best[:ALIKE]
        files = [search.segment.file for search in searches]
        rows = np.array([files[each.part].signatures[each.document] for each in alike])
        best[:ALIKE] = _in_order(alike, among_the_alike(rows, _scores(alike)))
    return [*best, *contenders[PAIRED:]]


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


def _scores(contenders: Sequence[Contender]) -> Scores:
    return np.array([each.score for each in contenders])


def _in_order(contenders: Sequence[Contender], scores: Scores) -> list[Contender]:
    """Contenders with other scores, best first; of equal ones the newest reference first."""
    # Sums may differ in their last bits by the order in which they were added up.
    scored = zip(contenders, scores.round(_DECIMALS).tolist(), strict=True)
    rescored = [each._replace(score=score) for each, score in scored]
    return sorted(rescored, key=lambda each: (-each.score, -each.reference))


def _with_pairs(
    searches: Sequence[SegmentSearch], contenders: Sequence[Contender], pairs: Sequence[Pair]
) -> Scores:
    """The scores of contenders, more for each pair of words that stand together in them."""
    scores = _scores(contenders)
    for part, search in enumerate(searches):
        own = [place for place, each in enumerate(contenders) if each.part == part]
        if own:
            documents = np.array([contenders[place].document for place in own])
            scores[own] += _of_pairs(search, documents, pairs)
    return scores


def _of_pairs(search: SegmentSearch, documents: Array, pairs: Sequence[Pair]) -> Scores:
    """What pairs add to the scores of some documents of a segment."""
    segment, statistics = search.segment, search.statistics
    field, size = segment.file.fields[_FIELD], segment.file.size
    ordered = np.sort(documents)
    added = np.zeros(size)
    for pair in pairs:
        search.deadline.check()
        terms = [term.encode() for term in pair]
        found = [search.term(_FIELD, term) for term in terms]
        both = common([ordered, *(postings.ids for _, postings in found)])
        if not len(both):
            continue
        first, second = (places_of(field, number or 0, each, both) for number, each in found)
        met = reached(first, second, 1) >> POSITION_BITS
        if len(met):
            holding, times = np.unique(met, return_counts=True)
            weight = PAIR * max(statistics.weight(_FIELD, term) for term in terms)
            norms = segment.norms(_FIELD, statistics)[holding]
            added[holding] += statistics.ranking.scores(times, norms, weight)
    return added[documents]
