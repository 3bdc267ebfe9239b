"""Phrases that no note has are read as their words."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from indexer.search_index.analysis import STOP_WORDS, fold, spellings_of, term_of
from indexer.search_index.asking import query_of
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.question import Clause, Part, Question


def loosened(
    question: Question, searches: Sequence[SegmentSearch]
) -> tuple[Question, tuple[str, ...]]:
    """The question with the words of each phrase that no note has, and those that were quoted."""
    idle = [part for part in question.clauses if _is_idle(part, searches)]
    if not idle:
        return question, ()
    clauses: dict[Part, None] = {}
    quoted = []
    for part in question.clauses:
        if isinstance(part, Clause) and part in idle:
            clauses.update(dict.fromkeys(_words_of(part)))
            quoted += [part.typed] if part.quoted else []
        else:
            clauses[part] = None
    return structs.replace(question, clauses=tuple(clauses)), tuple(dict.fromkeys(quoted))


def _is_idle(part: Part, searches: Sequence[SegmentSearch]) -> bool:
    """Whether a part is a phrase that no note has."""
    if not isinstance(part, Clause) or len(part.terms) < 2 or part.field != "text":
        return False
    query = query_of(part)
    return not any(len(s.matches(query, s.segment.live, scored=False).ids) for s in searches)


def _words_of(clause: Clause) -> list[Clause]:
    """The words of a phrase, each by itself, without those that nearly every note has."""
    typed = spellings_of(clause.typed)[: len(clause.terms)]
    needed = [word for word in typed if fold(word) not in STOP_WORDS] or typed
    return [Clause((term_of(word),), typed=word) for word in needed]
