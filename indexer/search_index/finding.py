"""Which notes a query finds, and what each of them scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from indexer.domain.search import Contents
from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.matching import Mask, Scores, SegmentSearch
from indexer.search_index.index import Index
from indexer.search_index.limits import QUERIES_REMEMBERED
from indexer.search_index.planning import Plan, Planner, Read
from indexer.search_index.remembered import Remembered
from indexer.search_index.weights import ALL_WORDS_FACTOR, ENOUGH_WITH_ALL_WORDS, YEAR_FACTOR


class FoundIn(NamedTuple):
    """What a query finds in one segment: documents, their scores, which hold every word.

    `scores` are None where nothing was asked that one note could answer better than another,
    `all_words` where all documents hold them.
    """

    search: SegmentSearch
    ids: Array
    scores: Scores | None = None
    all_words: Mask | None = None

    @property
    def holding_all_words(self) -> int:
        """How many of the documents hold every word."""
        return len(self.ids) if self.all_words is None else int(np.count_nonzero(self.all_words))

    def only(self, chosen: Mask) -> FoundIn:
        """The documents of it that are chosen."""
        scores = None if self.scores is None else self.scores[chosen]
        all_words = None if self.all_words is None else self.all_words[chosen]
        return FoundIn(self.search, self.ids[chosen], scores, all_words)


class Found(NamedTuple):
    """What a query finds, before any facet is chosen, and how it was read."""

    segments: list[FoundIn]
    read: Read


class Finder:
    """Answers queries over one index."""

    def __init__(self, index: Index, contents: Contents) -> None:
        self._index = index
        self._planner = Planner(index, contents)
        # Who turns a page or chooses a facet asks the same words again.
        self._plans: Remembered[str, Plan] = Remembered(QUERIES_REMEMBERED)

    def find(self, query: str, deadline: Deadline) -> Found:
        """The notes that a printable `query` finds.

        Whatever it is made of, it raises nothing but SearchTooLong.
        """
        searches = self._index.searches(deadline)
        plan = self._plans.get(query)
        if plan is None:
            plan = self._plans[query] = self._planner.plan(query, searches)
        if not plan.parts:
            return Found([_unranked(search, plan.within) for search in searches], plan.read)
        found = _ruled(searches, plan.parts, plan.within)
        if plan.names:
            found = [_favoured(part, plan.names) for part in found]
        if plan.years is not None:
            found = [_of_years(part, plan.years) for part in found]
        return Found(found, plan.read)


def _unranked(search: SegmentSearch, query: Any) -> FoundIn:
    """The documents that a query finds, none better than another."""
    return FoundIn(search, search.matches(query, search.segment.live, scored=False).ids)


def _favoured(found: FoundIn, names: Sequence[Any]) -> FoundIn:
    """The same documents, with what the names that some of them have add to their scores."""
    if found.scores is None:
        return found
    mask = np.zeros(found.search.segment.file.size, np.bool_)
    mask[found.ids] = True
    scores = found.scores.copy()
    for name in names:
        matches = found.search.matches(name, mask)
        scores[np.searchsorted(found.ids, matches.ids)] += matches.all_scores()
    return found._replace(scores=scores)


def _of_years(found: FoundIn, years: Any) -> FoundIn:
    """The same documents, those of the years that the query says before their likes."""
    if found.scores is None:
        return found
    of_years = found.search.mask(years)[found.ids]
    return found._replace(scores=np.where(of_years, YEAR_FACTOR, 1.0) * found.scores)


def _ruled(searches: Sequence[SegmentSearch], parts: Sequence[Any], within: Any) -> list[FoundIn]:
    """What the parts of a query find among what `within` (None: all) finds, by the found rule."""
    masks = [search.within(within) for search in searches]
    pairs = list(zip(searches, masks, strict=True))
    if len(parts) == 1:
        found = [search.matches(parts[0], mask) for search, mask in pairs]
        enough = sum(len(one.ids) for one in found) >= ENOUGH_WITH_ALL_WORDS
        factor = 1.0 if enough else ALL_WORDS_FACTOR
        return [
            FoundIn(search, one.ids, one.times(factor).all_scores())
            for search, one in zip(searches, found, strict=True)
        ]
    whole = [search.holding_all(parts, mask) for search, mask in pairs]
    if sum(map(len, whole)) >= ENOUGH_WITH_ALL_WORDS:
        return [
            FoundIn(search, ids, search.scores_of(parts, ids))
            for search, ids in zip(searches, whole, strict=True)
        ]
    return [_by_any(search, parts, mask) for search, mask in pairs]


def _by_any(search: SegmentSearch, parts: Sequence[Any], within: Mask | None) -> FoundIn:
    """The documents that any of the parts finds; those that every one finds count for more."""
    found = [search.matches(part, within) for part in parts]
    ids = np.concatenate([matches.ids for matches in found])
    if not len(ids):
        return FoundIn(search, ids, np.empty(0))
    order = ids.argsort(kind="stable")
    ids = ids[order]
    scores = np.concatenate([matches.all_scores() for matches in found])[order]
    firsts = np.concatenate(([True], ids[1:] != ids[:-1])).nonzero()[0]
    all_words = np.diff(firsts, append=len(ids)) == len(parts)
    scores = np.add.reduceat(scores, firsts)
    scores[all_words] *= ALL_WORDS_FACTOR
    return FoundIn(search, ids[firsts], scores, all_words)
