"""Which notes a query finds, and what each of them scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, NamedTuple

import numpy as np
from whoosh.query import (
    And,
    ConstantScoreQuery,
    DisjunctionMax,
    Every,
    NullQuery,
    Or,
    Phrase,
    Prefix,
    Term,
)

from indexer.domain.reference import NoteReference
from indexer.domain.search import Contents
from indexer.search_index.analysis import stem, terms_of
from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.matching import Mask, Scores, SegmentSearch
from indexer.search_index.facets import Selection, having_any
from indexer.search_index.index import Index
from indexer.search_index.limits import (
    ALL_WORDS_FACTOR,
    ENOUGH_WITH_ALL_WORDS,
    QUERIES_REMEMBERED,
    SCORE_OF_CITING,
    SCORE_OF_THE_NOTE,
)
from indexer.search_index.question import (
    Clause,
    Named,
    Question,
    Recognised,
    is_financial_year,
    printable,
    recognise,
    understand,
)
from indexer.search_index.snippets import NO_MARKS, Marks


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a query finds, before any facet is chosen.

    `ranked` is false where nothing was asked that one note could answer better than another.
    """

    segments: list[FoundIn]
    ranked: bool = True
    marks: Marks = NO_MARKS
    opens: NoteReference | None = None
    absent: tuple[str, ...] = ()


class Finder:
    """Answers queries over one index."""

    def __init__(self, index: Index, contents: Contents) -> None:
        self._index = index
        # Who turns a page or chooses a facet asks the same words again.
        self._recognise = lru_cache(QUERIES_REMEMBERED)(partial(recognise, series=contents.series))
        self._understand = lru_cache(QUERIES_REMEMBERED)(partial(understand, contents=contents))

    def find(self, query: str, deadline: Deadline) -> Found:
        """The notes that `query` finds.

        Whatever it is made of, it raises nothing but SearchTooLong.
        """
        query = printable(query)
        searches = self._index.searches(deadline)
        if not query:
            return _unranked(searches, Every())
        named = self._recognise(query)
        if named.whole:
            held = self._index.document(named.whole.reference) is not None
            if held or not is_financial_year(named.whole):
                return self._by_number(searches, named.whole)
        return self._by_words(searches, named)

    def _by_number(self, searches: Sequence[SegmentSearch], whole: Named) -> Found:
        """The note whose number the query is, those that cite it, those that print the number."""
        printed = Clause(terms_of(str(whole.reference)))
        held = self._index.document(whole.reference) is not None
        asked = Or([_query(printed), _by_reference(whole.reference)])
        return Found(
            segments=_ruled(searches, [asked], None),
            marks=Marks.of((printed.terms, terms_of(whole.typed))),
            opens=whole.reference if held else None,
            absent=() if held else (whole.typed,),
        )

    def _by_words(self, searches: Sequence[SegmentSearch], named: Recognised) -> Found:
        """The found rule: the notes with all words where they are enough, else with any."""
        filters, rest, report_marks = self._reports(named)
        question = self._understand(rest)
        filters += _filters(question)
        held = [n.reference for n in named.notes if self._index.document(n.reference) is not None]
        parts = [_query(clause) for clause in question.clauses]
        parts += [_by_reference(reference) for reference in held]
        if not parts:
            parts = [_by_reference(note.reference) for note in named.notes]
        begun = [clause.terms[0] for clause in question.clauses if clause.begins]
        marks = Marks.of(
            (
                *(clause.terms for clause in question.clauses if not clause.begins),
                *((stem(word),) for word in begun),
                *(terms_of(str(note.reference)) for note in named.notes),
                *report_marks,
            ),
            begun,
        )
        absent = tuple(note.typed for note in named.notes if note.reference not in held)
        if not parts:
            return _unranked(searches, And(filters) if filters else NullQuery, marks)
        within = And(filters) if filters else None
        return Found(segments=_ruled(searches, parts, within), marks=marks, absent=absent)

    def _reports(self, named: Recognised) -> tuple[list[Any], str, list[tuple[str, ...]]]:
        """The filters for the committee reports named, the words left, and what to mark.

        A report that no note cites is words like any other.
        """
        filters: list[Any] = []
        words, marks = [named.rest], []
        for key, typed in named.reports.items():
            if self._index.having("reports", key):
                filters.append(Term("reports", key))
                marks += _spellings(key)
            else:
                words.append(typed)
        return filters, " ".join(words), marks


def _query(clause: Clause) -> Any:
    """The query for one word or phrase."""
    if clause.begins:
        # Terms are stems: the word as a whole is there too, though cut shorter than it was typed.
        (word,) = clause.terms
        return DisjunctionMax([Prefix(clause.field, word), Term(clause.field, stem(word))])
    if len(clause.terms) == 1:
        return Term(clause.field, clause.terms[0])
    return Phrase(clause.field, list(clause.terms))


def _by_reference(reference: NoteReference) -> DisjunctionMax:
    """The query for a note asked for by number and for those that cite it."""
    return DisjunctionMax(
        [
            ConstantScoreQuery(Term("reference", reference.slug), SCORE_OF_THE_NOTE),
            ConstantScoreQuery(Term("cites", reference.slug), SCORE_OF_CITING),
        ]
    )


def _filters(question: Question) -> list[Any]:
    years = frozenset(str(year) for year in question.years)
    chosen = Selection(years, question.officers, question.subjects).by_field()
    return [having_any(field, values) for field, values in chosen.items()]


def _spellings(key: str) -> list[tuple[str, ...]]:
    """The terms that a committee report's reference is printed in, with and without zeros."""
    committee, number, year = key.split("/")
    return [terms_of(f"{committee} {number.zfill(width)} {year:0>2}") for width in (1, 2, 3)]


def _unranked(searches: Iterable[SegmentSearch], query: Any, marks: Marks = NO_MARKS) -> Found:
    """The documents that a query finds, none better than another."""
    segments = []
    for search in searches:
        ids = search.matches(query, search.segment.live, scored=False).ids
        segments.append(FoundIn(search, ids))
    return Found(segments=segments, ranked=False, marks=marks)


def _ruled(searches: Sequence[SegmentSearch], parts: Sequence[Any], within: Any) -> list[FoundIn]:
    """What the parts of a query find among what `within` (None: all) finds, by the found rule."""
    masks = [_mask(search, within) for search in searches]
    pairs = list(zip(searches, masks, strict=True))
    if len(parts) == 1:
        found = [search.matches(parts[0], mask) for search, mask in pairs]
        enough = sum(len(one.ids) for one in found) >= ENOUGH_WITH_ALL_WORDS
        factor = 1.0 if enough else ALL_WORDS_FACTOR
        return [
            FoundIn(search, one.ids, one.times(factor).all_scores())
            for search, one in zip(searches, found, strict=True)
        ]
    whole = [search.matches(And(parts), mask, scored=False).ids for search, mask in pairs]
    if sum(map(len, whole)) >= ENOUGH_WITH_ALL_WORDS:
        return [
            FoundIn(search, ids, search.scores_of(parts, ids))
            for search, ids in zip(searches, whole, strict=True)
        ]
    return [_by_any(search, parts, mask) for search, mask in pairs]


def _mask(search: SegmentSearch, within: Any) -> Mask | None:
    """The documents to look among (None: all)."""
    live = search.segment.live
    if within is None:
        return live
    return search.mask(within) if live is None else search.mask(within) & live


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
