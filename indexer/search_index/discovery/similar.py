"""Notes whose text is like a note's: those that hold the words which tell it from others."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from whoosh.query import Or, Term

from indexer.domain.blocks import text_of
from indexer.domain.note import Note
from indexer.search_index.analysis import STOP_WORDS, bare, spellings_of, term_of
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.index import Index
from indexer.search_index.limits import (
    SIMILAR_CHARACTERS,
    SIMILAR_SCORE,
    SIMILAR_SHARE,
    SIMILAR_TERMS,
    SIMILAR_WORDS,
)

# Words are weighed only if they are among so many of the most frequent.
_WEIGHED = 100
_TITLE_COUNTS = 3
_SHORTEST = 3
# Two notes of one Friday in July have no more in common than that.
_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december
"""
_NEVER = frozenset(map(term_of, (*STOP_WORDS, *_CALENDAR.split())))


class Similar(NamedTuple):
    """A document like a note: how like it is, up to about 1, and the words that both have."""

    likeness: float
    document: int
    words: tuple[str, ...]


def similar(
    index: Index, searches: Sequence[SegmentSearch], note: Note, count: int
) -> list[Similar]:
    """The `count` notes whose text is most like that of `note`, the most like first.

    Raises SearchTooLong.
    """
    telling = _telling(index, note)
    document = index.document(note.reference)
    if len(telling) < SIMILAR_WORDS or document is None:
        return []
    query = Or([Term("text", term) for term in telling])
    found: list[tuple[float, int]] = []
    own = 0.0
    for search in searches:
        matches = search.matches(query, search.segment.live)
        scores = matches.all_scores()
        numbers = matches.ids.astype(np.int64) + search.segment.base
        own = max(own, float(scores[numbers == document].sum()))
        best = np.argsort(scores, kind="stable")[::-1][: 2 * count + 1]
        found += zip(scores[best].tolist(), numbers[best].tolist(), strict=True)
    likely = [
        (score / own, other)
        for score, other in sorted(found, reverse=True)
        if other != document and own and score >= SIMILAR_SCORE * own
    ]
    held = ((share, other, _shared(searches, telling, other)) for share, other in likely)
    return [Similar(*each) for each in held if len(each[2]) >= SIMILAR_WORDS][:count]


def _telling(index: Index, note: Note) -> dict[str, str]:
    """The terms that tell a note from others, the most telling first, as the note prints them."""
    titles = spellings_of(f"{note.title or ''} {note.subject or ''}")
    words = [*titles * _TITLE_COUNTS, *spellings_of(text_of(note.body)[:SIMILAR_CHARACTERS])]
    counts: Counter[str] = Counter()
    printed: dict[str, str] = {}
    for word in words:
        term = term_of(word)
        counts[term] += 1
        if term not in printed or (word.islower() and not printed[term].islower()):
            printed[term] = bare(word)
    for term in [each for each in counts if len(each) < _SHORTEST or each in _NEVER]:
        del counts[term]
    statistics = index.statistics
    weights = {}
    for term, times in counts.most_common(_WEIGHED):
        holders = statistics.holders("text", term.encode())
        # A word that this note alone holds leads to no other.
        if not term.isdigit() and 2 <= holders <= max(2, SIMILAR_SHARE * statistics.size):
            weights[term] = (1 + math.log(times)) * statistics.ranking.idf(holders, statistics.size)
    best = sorted(weights, key=lambda term: (-weights[term], term))[:SIMILAR_TERMS]
    return {term: printed[term] for term in best}


def _shared(
    searches: Sequence[SegmentSearch], telling: dict[str, str], document: int
) -> tuple[str, ...]:
    """The telling words that another document has too."""
    search = next(s for s in reversed(searches) if s.segment.base <= document)
    number = document - search.segment.base
    return tuple(
        word
        for term, word in telling.items()
        if _holds(search.term("text", term.encode())[1].ids, number)
    )


def _holds(ids: np.ndarray, document: int) -> bool:
    at = int(np.searchsorted(ids, document))
    return at < len(ids) and int(ids[at]) == document
