"""Which notes a query finds, and what each of them scores."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from whoosh.query import And, Every, Not, NullQuery, Or

from indexer.domain.reference import NoteReference
from indexer.domain.search import Contents
from indexer.search_index.analysis import terms_of
from indexer.search_index.asking import by_reference, marks_of, query_of, words
from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.matching import Mask, Scores, SegmentSearch
from indexer.search_index.facets import having_any
from indexer.search_index.forms import Forms
from indexer.search_index.index import Index
from indexer.search_index.limits import (
    QUERIES_REMEMBERED,
)
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
    printable,
)
from indexer.search_index.snippets import NO_MARKS, Marks
from indexer.search_index.weights import (
    ALL_WORDS_FACTOR,
    ENOUGH_WITH_ALL_WORDS,
    WORTH_OF_A_NAME,
    YEAR_FACTOR,
)


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
    """What a query finds, before any facet is chosen, and how it was read (see SearchResult).

    `ranked` is false where nothing was asked that one note could answer better than another.
    `words` says how many words and phrases rank the notes, 0 where numbers do too; `pairs` are
    terms that stand next to each other in the query.
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
    words: int = 0
    pairs: tuple[tuple[str, str], ...] = ()


class _Asked(NamedTuple):
    """A query as one index can answer it: with what its notes say otherwise.

    `loosened` and `spelt_out` are those of the SearchResult.
    """

    question: Question
    loosened: tuple[str, ...] = ()
    spelt_out: Mapping[str, tuple[str, ...]] = {}


class Finder:
    """Answers queries over one index."""

    def __init__(self, index: Index, contents: Contents) -> None:
        self._index = index
        self._reader = QuestionReader(contents)
        self._forms = Forms(index, contents)
        # Who turns a page or chooses a facet asks the same words again.
        self._asked: dict[str, _Asked] = {}

    def find(self, query: str, deadline: Deadline) -> Found:
        """The notes that `query` finds.

        Whatever it is made of, it raises nothing but SearchTooLong.
        """
        query = printable(query)
        searches = self._index.searches(deadline)
        if not query:
            return _unranked(searches, Every())
        asked = self._asked.get(query)
        if asked is None:
            asked = self._ask(self._reader.read(query), searches)
            if len(self._asked) >= QUERIES_REMEMBERED:
                self._asked.clear()
            self._asked[query] = asked
        if asked.question.whole:
            return self._by_number(searches, asked.question.whole)
        return self._by_words(searches, asked)

    def _ask(self, question: Question, searches: Sequence[SegmentSearch]) -> _Asked:
        """What a query asks of this index, where its words have other forms."""
        whole = question.whole
        if whole and (self._holds(whole) or not means_years(whole)):
            return _Asked(question)
        read_as_words = (*question.loosened, *self._not_cited(question))
        question, phrases = loosened(self._with_reports(question), searches)
        question, spelt_out = self._forms.widened(question, searches)
        if whole:
            question = replace(question, whole=None)
        return _Asked(question, (*read_as_words, *phrases), spelt_out)

    def _not_cited(self, question: Question) -> Iterator[str]:
        """The committee reports, as typed, that no note cites; never what may be plain words."""
        for report in question.reports:
            if " " not in report.typed and not self._index.having("reports", report.key):
                yield report.typed

    def _holds(self, note: Named) -> bool:
        return self._index.document(note.reference) is not None

    def _is_cited(self, note: Named) -> bool:
        return len(self._index.having("cites", note.reference.slug)) > 0

    def _by_number(self, searches: Sequence[SegmentSearch], whole: Named) -> Found:
        """The note whose number the query is, those that cite it, those that print the number."""
        printed = Clause(terms_of(str(whole.reference)))
        held = self._holds(whole)
        asked = Or([query_of(printed), by_reference(whole.reference)])
        return Found(
            segments=_ruled(searches, [asked], None),
            marks=Marks.of((printed.terms, terms_of(whole.typed))),
            opens=whole.reference if held else None,
            absent=() if held else (whole.typed,),
        )

    def _by_words(self, searches: Sequence[SegmentSearch], asked: _Asked) -> Found:
        """The found rule: the notes with all words where they are enough, else with any."""
        question = asked.question
        known = [note for note in question.notes if self._holds(note) or self._is_cited(note)]
        parts: list[Part] = [*question.clauses, *known]
        if not (parts or question.filters or question.reports):
            parts = list(question.notes)
        named = [note for part in parts for note in leaves(part) if isinstance(note, Named)]
        read = Found(
            segments=[],
            marks=marks_of((*question.clauses, *question.notes, *question.reports)),
            absent=_absent(note for note in (*question.notes, *named) if not self._holds(note)),
            left_out=question.left_out,
            unread=question.unread,
            loosened=asked.loosened,
            spelt_out=asked.spelt_out,
            words=0 if named or question.notes else len(parts),
            pairs=_pairs(question),
        )
        within = _within(question)
        if not parts:
            every = NullQuery if within is None else within
            return replace(read, segments=_unranked(searches, every).segments, ranked=False)
        queries = [query_of(part) for part in parts]
        names = [words(name, worth=WORTH_OF_A_NAME) for name in question.favoured]
        found = [_favoured(part, names) for part in _ruled(searches, queries, within)]
        return replace(read, segments=[_of_years(part, question.years) for part in found])

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
        return replace(question, reports=cited, clauses=(*question.clauses, *others))


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
    queries = [query_of(part) for part in question.filters]
    if reports := frozenset(report.key for report in question.reports):
        queries.append(query_of(Having("reports", reports)))
    queries += [Not(query_of(part)) for part in question.barred]
    return And(queries) if queries else None


def _absent(notes: Iterable[Named]) -> tuple[str, ...]:
    return tuple({note.reference: note.typed for note in notes}.values())


def _unranked(searches: Iterable[SegmentSearch], query: Any) -> Found:
    """The documents that a query finds, none better than another."""
    segments = []
    for search in searches:
        ids = search.matches(query, search.segment.live, scored=False).ids
        segments.append(FoundIn(search, ids))
    return Found(segments=segments, ranked=False)


def _favoured(found: FoundIn, names: Sequence[Any]) -> FoundIn:
    """The same documents, with what the names that some of them have add to their scores."""
    if found.scores is None or not names:
        return found
    mask = np.zeros(found.search.segment.file.size, np.bool_)
    mask[found.ids] = True
    scores = found.scores.copy()
    for name in names:
        matches = found.search.matches(name, mask)
        scores[np.searchsorted(found.ids, matches.ids)] += matches.all_scores()
    return found._replace(scores=scores)


def _of_years(found: FoundIn, years: frozenset[str]) -> FoundIn:
    """The same documents, those of the years that the query says before their likes."""
    if found.scores is None or not years:
        return found
    of_years = found.search.mask(having_any("year", years))[found.ids]
    return found._replace(scores=np.where(of_years, YEAR_FACTOR, 1.0) * found.scores)


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
