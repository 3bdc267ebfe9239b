"""The documents of one segment that a Whoosh query matches, and their scores.

A term, phrase, AND, OR, DisjunctionMax and a boost count as in Whoosh. Two rules are our own: what
is expanded (prefix, wildcard, fuzzy term, range) scores 1 whatever the size of the index, and NOT
adds nothing to a score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt
from whoosh import query as q
from whoosh.query.qcore import _NullQuery

from indexer.search_index.codec.field import NO_POSTINGS, Postings
from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.expansion import expand
from indexer.search_index.evaluation.ordered import common, places
from indexer.search_index.evaluation.phrases import standing_together
from indexer.search_index.evaluation.statistics import OpenSegment, Statistics

Mask: TypeAlias = npt.NDArray[np.bool_]
Scores: TypeAlias = npt.NDArray[np.float64]
Query: TypeAlias = Any


class Matches(NamedTuple):
    """Documents in order and their scores; None where each scores `worth`."""

    ids: Array
    scores: Scores | None = None
    worth: float = 1.0

    def all_scores(self) -> Scores:
        """A score for each document."""
        return np.full(len(self.ids), self.worth) if self.scores is None else self.scores

    def times(self, boost: float) -> Matches:
        """The same documents, `boost` times the scores."""
        if boost == 1.0:
            return self
        scores = None if self.scores is None else self.scores * boost
        return Matches(self.ids, scores, self.worth * boost)

    def joined_by(self, others: Sequence[Matches], ufunc: np.ufunc) -> Matches:
        """The same documents; `ufunc` joins their scores and those of `others` among them."""
        if not others:
            return self
        scores = self.all_scores().copy()
        for other in others:
            at = places(other.ids, self.ids)
            scores[at] = ufunc(scores[at], other.all_scores())
        return Matches(self.ids, scores)


NO_MATCHES = Matches(NO_POSTINGS.ids)


class SegmentSearch:
    """One request's evaluation over one segment; what is read of it is kept until the end."""

    def __init__(self, segment: OpenSegment, statistics: Statistics, deadline: Deadline) -> None:
        self.segment = segment
        self._size = segment.file.size
        self.statistics = statistics
        self.deadline = deadline
        self._read: dict[tuple[str, bytes], tuple[int | None, Postings]] = {}
        self._phrases: dict[tuple[str, tuple[bytes, ...], int], Array] = {}
        self._runs: dict[tuple[str, int, int], Array] = {}

    def matches(self, query: Query, within: Mask | None, *, scored: bool = True) -> Matches:
        """The documents of `within` (None: all) that `query` matches.

        Without `scored` the scores are left out. Raises SearchTooLong, and TypeError for a kind of
        query that is not known here.
        """
        self.deadline.check()
        kind = _KINDS.get(type(query))
        if kind is None:
            raise TypeError(f"{type(query).__name__} queries are not evaluated over arrays")
        return kind(self, query, within, scored)

    def mask(self, query: Query) -> Mask:
        """Which documents `query` matches."""
        return self._mask_of(self.matches(query, None, scored=False).ids)

    def within(self, query: Query | None) -> Mask | None:
        """The live documents that `query` (None: any) matches; None where those are all."""
        live = self.segment.live
        if query is None:
            return live
        return self.mask(query) if live is None else self.mask(query) & live

    def holding_any(self, field: str, values: Iterable[str]) -> Mask:
        """Which documents have any of these keywords."""
        mask = np.zeros(self._size, np.bool_)
        for value in values:
            mask[self.term(field, _bytes(value))[1].ids] = True
        return mask

    def term(self, field: str, term: bytes) -> tuple[int | None, Postings]:
        """A term's number and postings, read once."""
        key = field, term
        found = self._read.get(key)
        if found is None:
            own = self.segment.file.fields.get(field)
            number = None if own is None else own.find(term)
            postings = NO_POSTINGS if number is None or own is None else own.postings(number)
            found = self._read[key] = number, postings
        return found

    def ids_between(self, field: str, first: int, stop: int) -> Array:
        """The documents of a run of terms, a term's after another's, read once."""
        key = field, first, stop
        ids = self._runs.get(key)
        if ids is None:
            ids = self._runs[key] = self.segment.file.fields[field].ids_between(first, stop)
        return ids

    def _mask_of(self, ids: Array) -> Mask:
        mask = np.zeros(self._size, np.bool_)
        mask[ids] = True
        return mask

    def _term(self, query: q.Term, within: Mask | None, scored: bool) -> Matches:
        return self._scored_term(
            query.fieldname, _bytes(query.text), within, query.boost if scored else None
        )

    def _scored_term(
        self, field: str, term: bytes, within: Mask | None, boost: float | None
    ) -> Matches:
        _, (ids, frequencies) = self.term(field, term)
        if within is not None:
            kept = within[ids]
            ids = ids[kept]
            frequencies = None if frequencies is None else frequencies[kept]
        if boost is None or frequencies is None or not len(ids):
            return Matches(ids, None, 1.0 if boost is None else boost)
        return Matches(ids, self._scores(field, term, ids, frequencies, boost))

    def _scores(
        self, field: str, term: bytes, ids: Array, frequencies: Array, boost: float
    ) -> Scores:
        weight = self.statistics.weight(field, term) * boost
        norms = self.segment.norms(field, self.statistics).take(ids)
        return self.statistics.ranking.scores(frequencies, norms, weight)

    def scores_of(self, parts: Iterable[Query], ids: Array) -> Scores:
        """What documents that match every one of the parts score in all of them together."""
        scores = np.zeros(len(ids))
        for part in parts:
            scores += self._scored_at(part, ids)
        return scores

    def _scored_at(self, part: Query, ids: Array) -> Scores:
        if type(part) is q.Term and len(ids):
            term = _bytes(part.text)
            _, (among, frequencies) = self.term(part.fieldname, term)
            if frequencies is not None:
                own = frequencies.take(places(ids, among))
                return self._scores(part.fieldname, term, ids, own, part.boost)
        return self.matches(part, self._mask_of(ids)).all_scores()

    def holding_all(self, parts: Sequence[Query], within: Mask | None) -> Array:
        """The documents of `within` (None: all) that every one of the parts matches."""
        return common(self.matches(part, within, scored=False).ids for part in parts)

    def _and(self, query: q.And, within: Mask | None, scored: bool) -> Matches:
        wanted = [part for part in query.subqueries if not isinstance(part, q.Not)]
        barred = [part.query for part in query.subqueries if isinstance(part, q.Not)]
        return self._all(wanted, barred, within, query.boost if scored else None)

    def _and_not(self, query: q.AndNot, within: Mask | None, scored: bool) -> Matches:
        return self._all([query.a], [query.b], within, 1.0 if scored else None)

    def _all(
        self,
        wanted: Sequence[Query],
        barred: Sequence[Query],
        within: Mask | None,
        boost: float | None,
    ) -> Matches:
        ids = self.holding_all(wanted or [q.Every()], within)
        for part in barred:
            ids = ids[~self.mask(part)[ids]]
        if boost is None:
            return Matches(ids)
        return Matches(ids, self.scores_of(wanted, ids)).times(boost)

    def _or(self, query: q.Or, within: Mask | None, scored: bool) -> Matches:
        # Parts that bar apply to what the others find, as in Whoosh.
        barred = [part.query for part in query.subqueries if isinstance(part, q.Not)]
        wanted = [part for part in query.subqueries if not isinstance(part, q.Not)]
        for part in barred:
            within = ~self.mask(part) if within is None else within & ~self.mask(part)
        parts = [self.matches(part, within, scored=scored) for part in wanted]
        return self._united(parts, np.add, scored).times(query.boost)

    def _most(self, query: q.DisjunctionMax, within: Mask | None, scored: bool) -> Matches:
        parts = [self.matches(part, within, scored=scored) for part in query.subqueries]
        return self._united(parts, np.maximum, scored).times(query.boost)

    def _united(self, parts: Sequence[Matches], ufunc: np.ufunc, scored: bool) -> Matches:
        parts = [part for part in parts if len(part.ids)]
        if not parts:
            return NO_MATCHES
        first, *others = sorted(parts, key=lambda part: len(part.ids), reverse=True)
        if all(len(common((first.ids, part.ids))) == len(part.ids) for part in others):
            # As the documents of a word are among those of all words that begin like it.
            return first.joined_by(others, ufunc) if scored else first
        mask = np.zeros(self._size, np.bool_)
        for part in parts:
            mask[part.ids] = True
        ids = mask.nonzero()[0]
        if not scored:
            return Matches(ids)
        scores = np.zeros(self._size)
        scores[first.ids] = first.worth if first.scores is None else first.scores
        for part in others:
            worth = part.worth if part.scores is None else part.scores
            scores[part.ids] = ufunc(scores.take(part.ids), worth)
        return Matches(ids, scores.take(ids))

    def _not(self, query: q.Not, within: Mask | None, *_: bool) -> Matches:
        return self._all([], [query.query], within, None)

    def _every(self, query: q.Every, within: Mask | None, *_: bool) -> Matches:
        ids = np.arange(self._size) if within is None else np.flatnonzero(within)
        return Matches(ids, None, query.boost)

    def _constant(self, query: q.ConstantScoreQuery, within: Mask | None, *_: bool) -> Matches:
        return Matches(self.matches(query.child, within, scored=False).ids, None, query.score)

    def _expanded(self, query: Query, within: Mask | None, *_: bool) -> Matches:
        field = self.segment.file.fields.get(query.fieldname)
        if field is None:
            return NO_MATCHES
        mask = np.zeros(self._size, np.bool_)
        for first, stop in expand(query, field, self.deadline):
            mask[self.ids_between(query.fieldname, first, stop)] = True
        if within is not None:
            mask &= within
        return Matches(mask.nonzero()[0], None, query.boost)

    def _phrase(self, query: q.Phrase, within: Mask | None, scored: bool) -> Matches:
        words = tuple(map(_bytes, query.words))
        if within is None:
            ids = self._standing(query.fieldname, words, query.slop)
        else:
            ids = self._together(query.fieldname, words, query.slop, within)
        if not scored:
            return Matches(ids)
        parts = [q.Term(query.fieldname, word) for word in query.words]
        return Matches(ids, self.scores_of(parts, ids)).times(query.boost)

    def _standing(self, field: str, words: tuple[bytes, ...], slop: int) -> Array:
        """The documents that have a phrase, found once."""
        key = field, words, slop
        ids = self._phrases.get(key)
        if ids is None:
            ids = self._phrases[key] = self._together(field, words, slop, None)
        return ids

    def _together(
        self, name: str, words: tuple[bytes, ...], slop: int, within: Mask | None
    ) -> Array:
        field = self.segment.file.fields.get(name)
        found = [self.term(name, word) for word in words]
        terms = [(number, postings) for number, postings in found if number is not None]
        if field is None or not words or len(terms) < len(words):
            return NO_POSTINGS.ids
        together = common(postings.ids for _, postings in found)
        if within is not None:
            together = together[within[together]]
        standing = standing_together(field, terms, together, slop, self.deadline)
        return standing if within is None else standing[within[standing]]

    def _nothing(self, *_: Any) -> Matches:
        return NO_MATCHES


_KINDS: dict[type, Callable[[SegmentSearch, Query, Mask | None, bool], Matches]] = {
    q.Term: SegmentSearch._term,
    q.Phrase: SegmentSearch._phrase,
    q.And: SegmentSearch._and,
    q.AndNot: SegmentSearch._and_not,
    q.Or: SegmentSearch._or,
    q.DisjunctionMax: SegmentSearch._most,
    q.Not: SegmentSearch._not,
    q.Every: SegmentSearch._every,
    q.ConstantScoreQuery: SegmentSearch._constant,
    q.Prefix: SegmentSearch._expanded,
    q.Wildcard: SegmentSearch._expanded,
    q.FuzzyTerm: SegmentSearch._expanded,
    q.TermRange: SegmentSearch._expanded,
    _NullQuery: SegmentSearch._nothing,
}


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "replace")
