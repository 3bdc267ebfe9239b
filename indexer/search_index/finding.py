"""Which notes a query finds, and what each of them scores."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

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
from indexer.search_index.evaluation.matching import Mask, Matches, Scores, SegmentSearch
from indexer.search_index.facets import Selection, having_any
from indexer.search_index.index import Index
from indexer.search_index.limits import (
    ALL_WORDS_FACTOR,
    ENOUGH_WITH_ALL_WORDS,
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


@dataclass(slots=True)
class FoundIn:
    """What a query finds in one segment: documents, their scores, which hold every word."""

    search: SegmentSearch
    ids: Array
    scores: Scores | None
    all_words: Mask

    @property
    def holding_all_words(self) -> int:
        """How many of the documents hold every word."""
        return int(self.all_words.sum())

    def only(self, chosen: Mask) -> FoundIn:
        """The documents of it that are chosen."""
        scores = None if self.scores is None else self.scores[chosen]
        return FoundIn(self.search, self.ids[chosen], scores, self.all_words[chosen])


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
        self._contents = contents

    def find(self, query: str, deadline: Deadline) -> Found:
        """The notes that `query` finds.

        Whatever it is made of, it raises nothing but SearchTooLong.
        """
        query = printable(query)
        searches = self._index.searches(deadline)
        if not query:
            return _unranked(searches, Every())
        named = recognise(query, self._contents.series)
        if named.whole:
            held = self._index.document(named.whole.reference) is not None
            if held or not is_financial_year(named.whole):
                return self._by_number(searches, named.whole)
        return self._by_words(searches, named)

    def _by_number(self, searches: Sequence[SegmentSearch], whole: Named) -> Found:
        """The note whose number the query is, those that cite it, those that print the number."""
        printed = Clause(terms_of(str(whole.reference)))
        held = self._index.document(whole.reference) is not None
        parts = [Or([_query(printed), _by_reference(whole.reference)])]
        return Found(
            segments=[_found_in(search, parts, None) for search in searches],
            marks=Marks.of((printed.terms, terms_of(whole.typed))),
            opens=whole.reference if held else None,
            absent=() if held else (whole.typed,),
        )

    def _by_words(self, searches: Sequence[SegmentSearch], named: Recognised) -> Found:
        """The found rule: the notes with all words where they are enough, else with any."""
        filters, rest, report_marks = self._reports(named)
        question = understand(rest, self._contents)
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
        found = [_found_in(search, parts, within) for search in searches]
        return Found(segments=_ruled(found), marks=marks, absent=absent)

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
        segments.append(FoundIn(search, ids, None, np.ones(len(ids), np.bool_)))
    return Found(segments=segments, ranked=False, marks=marks)


def _found_in(search: SegmentSearch, parts: Sequence[Any], within: Any) -> FoundIn:
    """What any of the parts finds in a segment, the scores of all parts added up."""
    mask = search.segment.live
    if within is not None:
        mask = search.mask(within) if mask is None else search.mask(within) & mask
    found = [search.matches(part, mask) for part in parts]
    if len(found) == 1:
        ids, scores = found[0].ids, found[0].all_scores()
        return FoundIn(search, ids, scores, np.ones(len(ids), np.bool_))
    return FoundIn(search, *_added_up(found))


def _added_up(found: Sequence[Matches]) -> tuple[Array, Scores, Mask]:
    """The documents that any part finds, their scores added up, which of them every part finds."""
    ids = np.concatenate([matches.ids for matches in found])
    scores = np.concatenate([matches.all_scores() for matches in found])
    order = ids.argsort(kind="stable")
    ids = ids[order]
    firsts = np.flatnonzero(np.concatenate(([True], ids[1:] != ids[:-1]))[: len(ids)])
    if not len(firsts):
        return ids, scores, np.empty(0, np.bool_)
    counts = np.diff(firsts, append=len(ids))
    return ids[firsts], np.add.reduceat(scores[order], firsts), counts == len(found)


def _ruled(found: list[FoundIn]) -> list[FoundIn]:
    """The found rule over what any word finds."""
    enough = sum(part.holding_all_words for part in found) >= ENOUGH_WITH_ALL_WORDS
    ruled = []
    for part in found:
        if not enough and part.scores is not None:
            scores = np.where(part.all_words, part.scores * ALL_WORDS_FACTOR, part.scores)
            ruled.append(replace(part, scores=scores))
        elif part.all_words.all():
            ruled.append(part)
        else:
            ruled.append(part.only(part.all_words))
    return ruled
