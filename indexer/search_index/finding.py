"""Which notes a query finds, and what each of them scores."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.domain.reference import NoteReference
from indexer.domain.search import Contents
from indexer.search_index.analysis import terms_of
from indexer.search_index.facets import FacetColumns, Selection
from indexer.search_index.index import Index, Mask, Scores
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a query finds, before any facet is chosen; arrays go by document number.

    `ranked` is false where nothing was asked that one note could answer better than another.
    """

    documents: Mask
    all_words: Mask
    scores: Scores
    ranked: bool = True
    marks: Marks = NO_MARKS
    opens: NoteReference | None = None
    absent: tuple[str, ...] = ()


class Finder:
    """Answers queries over one index; `references` are its notes' numbers by document."""

    def __init__(
        self,
        index: Index,
        contents: Contents,
        columns: FacetColumns,
        references: Sequence[NoteReference],
    ) -> None:
        self._index = index
        self._contents = contents
        self._columns = columns
        self._references = references

    def document(self, reference: NoteReference) -> int | None:
        """The document that is the note `reference`, or None."""
        at = bisect_left(self._references, reference)
        held = at < len(self._references) and self._references[at] == reference
        return at if held else None

    def find(self, query: str) -> Found:
        """The notes that `query` finds; whatever it is made of, it raises nothing."""
        query = printable(query)
        if not query:
            return self._unranked(self._everything())
        named = recognise(query, self._contents.series)
        if named.whole:
            held = self.document(named.whole.reference) is not None
            if held or not is_financial_year(named.whole):
                return self._by_number(named.whole)
        return self._by_words(named)

    def _by_number(self, whole: Named) -> Found:
        """The note whose number the query is, those that cite it, those that print the number."""
        printed = Clause(terms_of(str(whole.reference)))
        scores = self._index.scores(printed) + self._scores_of(whole.reference)
        held = self.document(whole.reference) is not None
        return Found(
            documents=scores > 0,
            all_words=scores > 0,
            scores=scores,
            marks=Marks.of((printed.terms, terms_of(whole.typed))),
            opens=whole.reference if held else None,
            absent=() if held else (whole.typed,),
        )

    def _by_words(self, named: Recognised) -> Found:
        """The found rule: the notes with all words where they are enough, else with any."""
        within, rest, report_marks = self._reports(named)
        question = understand(rest, self._contents)
        within = self._columns.within(within, _selection(question))
        held = [note.reference for note in named.notes if self.document(note.reference) is not None]
        parts = [self._index.scores(clause) for clause in question.clauses]
        parts += [self._scores_of(reference) for reference in held]
        if not parts:
            parts = [self._scores_of(note.reference) for note in named.notes]
        marks = Marks.of(
            (
                *(clause.terms for clause in question.clauses),
                *(terms_of(str(note.reference)) for note in named.notes),
                *report_marks,
            )
        )
        absent = tuple(note.typed for note in named.notes if note.reference not in held)
        if not parts:
            asked = question.filters or bool(report_marks)
            return self._unranked(within if asked else ~self._everything(), marks)
        return _ruled(parts, within, marks, absent)

    def _reports(self, named: Recognised) -> tuple[Mask, str, list[tuple[str, ...]]]:
        """The notes that cite the committee reports named, the words left, and what to mark.

        A report that no note cites is words like any other.
        """
        within, words, marks = self._everything(), [named.rest], []
        for key, typed in named.reports.items():
            citing = self._index.citing_report(key)
            if citing.any():
                within &= citing
                marks += _spellings(key)
            else:
                words.append(typed)
        return within, " ".join(words), marks

    def _scores_of(self, reference: NoteReference) -> Scores:
        """The scores of a note asked for by number and of those that cite it."""
        scores = self._index.citing(reference).astype(np.float64) * SCORE_OF_CITING
        document = self.document(reference)
        if document is not None:
            scores[document] = SCORE_OF_THE_NOTE
        return scores

    def _everything(self) -> Mask:
        return np.ones(self._index.size, dtype=np.bool_)

    def _unranked(self, documents: Mask, marks: Marks = NO_MARKS) -> Found:
        scores = np.zeros(self._index.size)
        return Found(
            documents=documents, all_words=documents, scores=scores, ranked=False, marks=marks
        )


def _spellings(key: str) -> list[tuple[str, ...]]:
    """The terms that a committee report's reference is printed in, with and without zeros."""
    committee, number, year = key.split("/")
    return [terms_of(f"{committee} {number.zfill(width)} {year:0>2}") for width in (1, 2, 3)]


def _selection(question: Question) -> Selection:
    years = frozenset(str(year) for year in question.years)
    return Selection(years, question.officers, question.subjects)


def _ruled(parts: list[Scores], within: Mask, marks: Marks, absent: tuple[str, ...]) -> Found:
    """The found rule of these words' scores, over the notes of `within`."""
    holding = np.array([part > 0 for part in parts])
    all_words = within & holding.all(axis=0)
    scores = np.sum(parts, axis=0)
    if all_words.sum() >= ENOUGH_WITH_ALL_WORDS:
        documents = all_words
    else:
        documents = within & holding.any(axis=0)
        scores[all_words] *= ALL_WORDS_FACTOR
    return Found(
        documents=documents, all_words=all_words, scores=scores, marks=marks, absent=absent
    )
