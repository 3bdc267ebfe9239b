"""What one index is asked where it answers a query: worked out once, then asked again and again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from msgspec import Struct, field, structs
from whoosh.query import And, Every, Not, NullQuery, Or

from indexer.domain.reference import NoteReference
from indexer.domain.search import Contents
from indexer.search_index.analysis import terms_of
from indexer.search_index.asking import by_reference, marks_of, query_of, words
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.facets import having_any
from indexer.search_index.forms import Forms
from indexer.search_index.index import Index
from indexer.search_index.loosening import loosened
from indexer.search_index.question import (
    Clause,
    Having,
    Named,
    Part,
    Question,
    QuestionReader,
    leaves,
    means_years,
)
from indexer.search_index.snippets import NO_MARKS, Marks
from indexer.search_index.weights import WORTH_OF_A_NAME


class Read(Struct, frozen=True, kw_only=True):
    """How a query was read (see SearchResult).

    `ranked` is false where nothing was asked that one note could answer better than another.
    `words` says how many words and phrases rank the notes, 0 where numbers do too; `pairs` are
    terms that stand next to each other in the query.
    """

    ranked: bool = True
    marks: Marks = NO_MARKS
    opens: NoteReference | None = None
    absent: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    loosened: tuple[str, ...] = ()
    spelt_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: int = 0
    pairs: tuple[tuple[str, str], ...] = ()


class Plan(NamedTuple):
    """The queries that answer one: those by the found rule among what `within` finds (None: all).

    `names` add to the scores of what is found; those that `years` finds (None: nobody asked) come
    before their likes. Without `parts`, what `within` finds is the answer.
    """

    read: Read
    parts: Sequence[Any] = ()
    within: Any = None
    names: Sequence[Any] = ()
    years: Any = None


_EVERYTHING = Plan(Read(ranked=False), within=Every())


class Planner:
    """Plans queries to one index. Thread-safe."""

    def __init__(self, index: Index, contents: Contents) -> None:
        self._index = index
        self._reader = QuestionReader(contents)
        self._forms = Forms(index, contents)

    def plan(self, query: str, searches: Sequence[SegmentSearch]) -> Plan:
        """The plan for a printable query.

        Whatever it is made of, it raises nothing but SearchTooLong.
        """
        if not query:
            return _EVERYTHING
        question = self._reader.read(query)
        whole = question.whole
        if whole and (self._holds(whole) or not means_years(whole)):
            return self._by_number(whole)
        read_as_words = (*question.loosened, *self._not_cited(question))
        question, phrases = loosened(self._with_reports(question), searches)
        question, spelt_out = self._forms.widened(question, searches)
        return self._by_words(question, (*read_as_words, *phrases), spelt_out)

    def _not_cited(self, question: Question) -> Iterator[str]:
        """The committee reports, as typed, that no note cites; never what may be plain words."""
        for report in question.reports:
            if " " not in report.typed and not self._index.having("reports", report.key):
                yield report.typed

    def _is_cited(self, note: Named) -> bool:
        return len(self._index.having("cites", note.reference.slug)) > 0

    def _holds(self, note: Named) -> bool:
        return self._index.document(note.reference) is not None

    def _by_number(self, whole: Named) -> Plan:
        """The note whose number the query is, those that cite it, those that print the number."""
        printed = Clause(terms_of(str(whole.reference)))
        held = self._holds(whole)
        read = Read(
            marks=Marks.of((printed.terms, terms_of(whole.typed))),
            opens=whole.reference if held else None,
            absent=() if held else (whole.typed,),
        )
        return Plan(read, [Or([query_of(printed), by_reference(whole.reference)])])

    def _by_words(
        self,
        question: Question,
        loosened: tuple[str, ...],
        spelt_out: Mapping[str, tuple[str, ...]],
    ) -> Plan:
        known = [note for note in question.notes if self._holds(note) or self._is_cited(note)]
        parts: list[Part] = [*question.clauses, *known]
        if not (parts or question.filters or question.reports):
            parts = list(question.notes)
        named = [note for part in parts for note in leaves(part) if isinstance(note, Named)]
        within = _within(question)
        read = Read(
            ranked=bool(parts),
            marks=marks_of((*question.clauses, *question.notes, *question.reports)),
            absent=_absent(note for note in (*question.notes, *named) if not self._holds(note)),
            left_out=question.left_out,
            unread=question.unread,
            loosened=loosened,
            spelt_out=spelt_out,
            words=0 if named or question.notes else len(parts),
            pairs=_pairs(question),
        )
        if not parts:
            return Plan(read, within=NullQuery if within is None else within)
        names = [words(name, worth=WORTH_OF_A_NAME) for name in question.favoured]
        years = having_any("year", question.years) if question.years else None
        return Plan(read, [query_of(part) for part in parts], within, names, years)

    def _with_reports(self, question: Question) -> Question:
        """The question with the committee reports that no note cites as words like any other."""
        if not question.reports:
            return question
        cited = tuple(each for each in question.reports if self._index.having("reports", each.key))
        others = (
            Clause(terms_of(each.typed), typed=each.typed)
            for each in question.reports
            if each not in cited
        )
        return structs.replace(question, reports=cited, clauses=(*question.clauses, *others))


def _pairs(question: Question) -> tuple[tuple[str, str], ...]:
    """The terms that stand next to each other in a query, without words that it may do without."""
    pairs = (
        (one.term, other.term)
        for line in question.lines
        for one, other in pairwise(line)
        if not (one.unneeded or other.unneeded)
    )
    return tuple(dict.fromkeys(pairs))


def _within(question: Question) -> Any:
    """The query for the notes that may be found at all; None where all may.

    Committee reports widen each other, as values of one field do.
    """
    if not (question.filters or question.reports or question.barred):
        return None
    queries = [query_of(part) for part in question.filters]
    if reports := frozenset(report.key for report in question.reports):
        queries.append(query_of(Having("reports", reports)))
    queries += [Not(query_of(part)) for part in question.barred]
    return And(queries)


def _absent(notes: Iterable[Named]) -> tuple[str, ...]:
    return tuple({note.reference: note.typed for note in notes}.values())
