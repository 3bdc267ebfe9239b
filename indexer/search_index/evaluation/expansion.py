"""The terms that a prefix, wildcard, fuzzy term or range stands for, as runs of term numbers."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from whoosh import query as q
from whoosh.automata import lev

from indexer.search_index.codec.field import Field
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.limits import EXPANDED_TERMS

# The clock is read once for so many terms looked at.
_TERMS_A_CHECK = 512
_SPECIAL = re.compile(r"[*?\[]")


def expand(query: Any, field: Field, deadline: Deadline) -> Iterator[tuple[int, int]]:
    """The runs of terms (first, one past the last) of `field` that `query` stands for.

    A prefix or range is one run, however long. Of a wildcard or fuzzy term the first
    `EXPANDED_TERMS` count. Nothing at all stands for `*` or an empty prefix: that is no question.
    Raises SearchTooLong.
    """
    match query:
        case q.Prefix():
            if query.text:
                yield field.prefixed(query.text.encode())
        case q.TermRange():
            yield _between(query, field)
        case q.Wildcard():
            yield from _first(_alike(query.text, field, deadline))
        case q.FuzzyTerm():
            yield from _first(_near(query, field, deadline))


def _first(numbers: Iterator[int]) -> Iterator[tuple[int, int]]:
    for _, number in zip(range(EXPANDED_TERMS), numbers, strict=False):
        yield number, number + 1


def _between(query: q.TermRange, field: Field) -> tuple[int, int]:
    start = b"" if query.start is None else query.start.encode()
    first = field.first_from(start + b"\x00" if query.startexcl else start)
    if query.end is None:
        return first, field.size
    end = query.end.encode()
    stop = field.first_from(end if query.endexcl else end + b"\x00")
    return first, max(first, stop)


def _alike(pattern: str, field: Field, deadline: Deadline) -> Iterator[int]:
    """The terms that a pattern with `*`, `?` and `[…]` matches."""
    if not pattern.strip("*"):
        return
    special = _SPECIAL.search(pattern)
    literal = pattern[: special.start()] if special else pattern
    matches = re.compile(fnmatch.translate(pattern)).match
    first, stop = field.prefixed(literal.encode()) if literal else (0, field.size)
    for number in range(first, stop):
        if number % _TERMS_A_CHECK == 0:
            deadline.check()
        if matches(field.term(number).decode()):
            yield number


def _near(query: q.FuzzyTerm, field: Field, deadline: Deadline) -> Iterator[int]:
    """The terms within so many edits of a word, found by skipping along the sorted terms."""
    automaton = _automaton(query.text, query.maxdist, query.prefixlength)
    number = 0
    while number < field.size:
        deadline.check()
        term = field.term(number).decode()
        following = automaton.next_valid_string(term)
        if following is None:
            return
        if following == term:
            yield number
            number += 1
        else:
            number = max(number + 1, field.first_from(following.encode()))


@lru_cache(maxsize=64)
def _automaton(text: str, distance: int, prefix: int) -> Any:
    return lev.levenshtein_automaton(text, distance, prefix).to_dfa()
