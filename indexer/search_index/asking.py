"""The parts of a question as queries to the engine, and as marks in what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from whoosh.query import (
    And,
    ConstantScoreQuery,
    DisjunctionMax,
    Not,
    Or,
    Phrase,
    Prefix,
    Term,
)

from indexer.domain.reference import NoteReference
from indexer.search_index.analysis import stem, terms_of
from indexer.search_index.facets import having_any
from indexer.search_index.limits import SCORE_OF_CITING, SCORE_OF_THE_NOTE
from indexer.search_index.question import (
    AllOf,
    AnyOf,
    Clause,
    Having,
    Named,
    Part,
    Report,
    Without,
    leaves,
)
from indexer.search_index.snippets import Marks
from indexer.search_index.weights import RANKING


def query_of(part: Part) -> Any:
    """The query for one part of a question."""
    match part:
        case Clause():
            return _clause(part)
        case Having(field, values):
            return having_any(field, values)
        case Named(_, reference):
            return by_reference(reference)
        case Report(key, typed):
            return Or([Term("reports", key), words(terms_of(typed))])
        case AnyOf(parts):
            return Or(list(map(query_of, parts)))
        case AllOf(parts):
            return And(list(map(query_of, parts)))
        case Without(barred):
            return Not(query_of(barred))


def words(terms: tuple[str, ...], field: str = "text", worth: float = 1.0) -> Any:
    """The query for a word, or for words that stand one after another."""
    if len(terms) == 1:
        return Term(field, terms[0], boost=worth)
    return Phrase(field, list(terms), boost=worth)


def by_reference(reference: NoteReference) -> DisjunctionMax:
    """The query for a note asked for by number and for those that cite it."""
    return DisjunctionMax(
        [
            ConstantScoreQuery(Term("reference", reference.slug), SCORE_OF_THE_NOTE),
            ConstantScoreQuery(Term("cites", reference.slug), SCORE_OF_CITING),
        ]
    )


def _clause(clause: Clause) -> Any:
    if clause.begins:
        # Terms are stems: the word as a whole is there too, though cut shorter than it was typed.
        (word,) = clause.terms
        return DisjunctionMax([Prefix(clause.field, word), Term(clause.field, stem(word))])
    times = RANKING.repeated(clause.times)
    query = words(clause.terms, clause.field, times)
    if not clause.also:
        return query
    others = (words(terms, clause.field, worth * times) for terms, worth in clause.also)
    return DisjunctionMax([query, *others])


def marks_of(parts: Iterable[Part]) -> Marks:
    """What the parts mark in a text."""
    marked: list[tuple[str, ...]] = []
    begun = []
    for leaf in chain.from_iterable(map(leaves, parts)):
        match leaf:
            case Clause(terms) if leaf.begins:
                begun.append(terms[0])
                marked.append((stem(terms[0]),))
            case Clause(terms):
                marked.append(terms)
                marked += [form.terms for form in leaf.also]
            case Named(_, reference):
                marked.append(terms_of(str(reference)))
            case Report(key):
                marked += _spellings(key)
    return Marks.of(marked, begun)


def _spellings(key: str) -> list[tuple[str, ...]]:
    """The terms that a committee report's reference is printed in, with and without zeros."""
    committee, number, year = key.split("/")
    return [terms_of(f"{committee} {number.zfill(width)} {year:0>2}") for width in (1, 2, 3)]
