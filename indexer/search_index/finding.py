"""Which notes a query finds, and what each of them scores."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from whoosh.query import And, Every, Not, NullQuery, Or

from indexer.domain.reference import NoteReference
from indexer.domain.search import Contents
from indexer.search_index.analysis import STOP_WORDS, fold, spellings_of, term_of, terms_of
from indexer.search_index.asking import by_reference, marks_of, query_of, words
from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.matching import Mask, Scores, SegmentSearch
from indexer.search_index.forms import Forms
from indexer.search_index.index import Index
from indexer.search_index.limits import ALL_WORDS_FACTOR, ENOUGH_WITH_ALL_WORDS, WORTH_OF_A_NAME
from indexer.search_index.question import (
    Clause,
    Having,
    Named,
    Part,
    Question,
    QuestionReader,
    is_financial_year,
    leaves,
    printable,
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
    """What a query finds, before any facet is chosen, and how it was read (see SearchResult).

    `ranked` is false where nothing was asked that one note could answer better than another.
    """

    segments: list[FoundIn]
    ranked: bool = True
    marks: Marks = NO_MARKS
    opens: NoteReference | None = None
    absent: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    loosened: tuple[str, ...] = ()
    spelt_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Finder:
    """Answers queries over one index."""

    def __init__(self, index: Index, contents: Contents) -> None:
        self._index = index
        self._reader = QuestionReader(contents)
        self._forms = Forms(index, contents.acronyms)

    def find(self, query: str, deadline: Deadline) -> Found:
        """The notes that `query` finds.

        Whatever it is made of, it raises nothing but SearchTooLong.
        """
        query = printable(query)
        searches = self._index.searches(deadline)
        if not query:
            return _unranked(searches, Every())
        question = self._reader.read(query)
        whole = question.whole
        if whole and (self._holds(whole) or not is_financial_year(whole)):
            return self._by_number(searches, whole)
        return self._by_words(searches, question)

    def _holds(self, note: Named) -> bool:
        return self._index.document(note.reference) is not None

    def _by_number(self, searches: Sequence[SegmentSearch], whole: Named) -> Found:
        """The note whose number the query is, those that cite it, those that print the number."""
        printed = Clause(terms_of(str(whole.reference)))
        held = self._holds(whole)
        parts = [Or([query_of(printed), by_reference(whole.reference)])]
        return Found(
            segments=[_found_in(search, parts, None) for search in searches],
            marks=Marks.of((printed.terms, terms_of(whole.typed))),
            opens=whole.reference if held else None,
            absent=() if held else (whole.typed,),
        )

    def _by_words(self, searches: Sequence[SegmentSearch], question: Question) -> Found:
        """The found rule: the notes with all words where they are enough, else with any."""
        question, loosened = _loosened(self._with_reports(question), searches)
        question, spelt_out = self._forms.widened(question, searches)
        held = [note for note in question.notes if self._holds(note)]
        parts: list[Part] = [*question.clauses, *held]
        parts = parts or list(question.notes)
        named = [note for part in parts for note in leaves(part) if isinstance(note, Named)]
        read = Found(
            segments=[],
            marks=marks_of((*question.clauses, *question.notes, *question.reports)),
            absent=_absent(note for note in (*question.notes, *named) if not self._holds(note)),
            left_out=question.left_out,
            unread=question.unread,
            loosened=loosened,
            spelt_out=spelt_out,
        )
        within = _within(question)
        if not parts:
            every = NullQuery if within is None else within
            return replace(read, segments=_unranked(searches, every).segments, ranked=False)
        queries = [query_of(part) for part in parts]
        names = [words(name, worth=WORTH_OF_A_NAME) for name in question.favoured]
        found = [_found_in(search, queries, within, names) for search in searches]
        return replace(read, segments=_ruled(found))

    def _with_reports(self, question: Question) -> Question:
        """The question with the committee reports that no note cites as words like any other."""
        cited = tuple(each for each in question.reports if self._index.having("reports", each.key))
        others = (
            Clause(terms_of(each.typed), typed=each.typed)
            for each in question.reports
            if each not in cited
        )
        return replace(question, reports=cited, clauses=(*question.clauses, *others))


def _loosened(
    question: Question, searches: Sequence[SegmentSearch]
) -> tuple[Question, tuple[str, ...]]:
    """The question with the words of each phrase that no note has, and those that were quoted."""
    clauses: dict[Part, None] = {}
    loosened = []
    for part in question.clauses:
        if isinstance(part, Clause) and _is_idle(part, searches):
            clauses.update(dict.fromkeys(_words_of(part)))
            loosened += [part.typed] if part.quoted else []
        else:
            clauses[part] = None
    return replace(question, clauses=tuple(clauses)), tuple(dict.fromkeys(loosened))


def _is_idle(clause: Clause, searches: Sequence[SegmentSearch]) -> bool:
    """Whether a clause is a phrase that no note has."""
    if len(clause.terms) < 2 or clause.field != "text":
        return False
    query = query_of(clause)
    return not any(len(s.matches(query, s.segment.live, scored=False).ids) for s in searches)


def _words_of(clause: Clause) -> list[Clause]:
    """The words of a phrase, each by itself, without those that nearly every note has."""
    typed = spellings_of(clause.typed)[: len(clause.terms)]
    needed = [word for word in typed if fold(word) not in STOP_WORDS] or typed
    return [Clause((term_of(word),), typed=word) for word in needed]


def _within(question: Question) -> Any:
    """The query for the notes that may be found at all; None where all may."""
    parts: list[Part] = [
        *question.filters,
        *(Having("reports", frozenset({report.key})) for report in question.reports),
    ]
    queries = [query_of(part) for part in parts]
    queries += [Not(query_of(part)) for part in question.barred]
    return And(queries) if queries else None


def _absent(notes: Iterable[Named]) -> tuple[str, ...]:
    return tuple({note.reference: note.typed for note in notes}.values())


def _unranked(searches: Iterable[SegmentSearch], query: Any) -> Found:
    """The documents that a query finds, none better than another."""
    segments = []
    for search in searches:
        ids = search.matches(query, search.segment.live, scored=False).ids
        segments.append(FoundIn(search, ids, None, np.ones(len(ids), np.bool_)))
    return Found(segments=segments, ranked=False)


def _found_in(
    search: SegmentSearch, parts: Sequence[Any], within: Any, favoured: Sequence[Any] = ()
) -> FoundIn:
    """What any of the parts finds in a segment, the scores of all parts added up.

    What is `favoured` finds nothing more, and adds to the scores.
    """
    mask = search.segment.live
    if within is not None:
        mask = search.mask(within) if mask is None else search.mask(within) & mask
    if len(parts) == 1:
        matches = search.matches(parts[0], mask)
        every = np.ones(len(matches.ids), np.bool_)
        return FoundIn(search, matches.ids, matches.all_scores(), every)
    size = search.segment.file.size
    scores, held = np.zeros(size), np.zeros(size, np.uint16)
    for part in parts:
        matches = search.matches(part, mask)
        scores[matches.ids] += matches.worth if matches.scores is None else matches.scores
        held[matches.ids] += 1
    for part in favoured:
        matches = search.matches(part, held > 0)
        scores[matches.ids] += matches.all_scores()
    ids = np.flatnonzero(held)
    return FoundIn(search, ids, scores[ids], held[ids] == len(parts))


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
