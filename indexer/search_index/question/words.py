"""Plain words of a query: which hang together, which are unneeded, which make a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.domain.reference import DASH
from indexer.search_index.analysis import STOP_WORDS, fold, term_of, terms_of, words_of
from indexer.search_index.question.tokens import SIGNS
from indexer.search_index.question.tree import Clause, Form, Spoken

# A single one of these between two words makes them one: Lyall-Boyd, R&D, 10.30, a@b.
_JOINS = re.compile(rf"{DASH}|[&.@_+'’]")
_HYPHENS = re.compile(DASH)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+", re.ASCII)
# Four figures that are a year are hardly ever printed with a comma.
_FIGURE = re.compile(r"(?!(?:19|20)\d\d\Z)[1-9]\d{3,11}", re.ASCII)
# A star is an operator only after the beginning of a word, and one letter begins too many.
_BEGINNING = re.compile(r"([^\W_]{2,})\*")
# With a word before them these are the name of a place: High Street, Glenfarrow Primary School.
_NAME_ENDINGS = frozenset(
    """
    academy avenue bank brae bridge bypass campus centre chapel church close college court crescent
    cross drive estate farm gardens gate glen green grove hall harbour hill hospital house hub
    infirmary island junction lane library loch lodge medical mill museum nursery oval park path
    pier place primary quadrant quay river road roundabout row school secondary square station
    street terrace toll tower view walk way wood wynd
    """.split()
)


class PlainWord(NamedTuple):
    """A word of a chunk, or some that hang together: as a clause, and as it stands in the query.

    `common` says that nearly every note has it.
    """

    clause: Clause
    spoken: tuple[Spoken, ...]
    common: bool

    @property
    def unneeded(self) -> tuple[Spoken, ...]:
        """The same where the query may do without."""
        return tuple(each._replace(unneeded=True) for each in self.spoken)


def plain_words(chunk: str) -> tuple[PlainWord, ...]:
    """The words of a chunk."""
    return tuple(map(_plain_word, clauses_of(chunk)))


def _plain_word(clause: Clause) -> PlainWord:
    typed = clause.typed
    word = fold(typed)
    if len(clause.terms) == 1 and typed.isalnum():
        spoken: tuple[Spoken, ...] = (Spoken(clause.terms[0], word),)
    else:
        spoken = tuple(
            Spoken(each.term, fold(typed[each.start : each.end])) for each in words_of(typed)
        )
    return PlainWord(clause, spoken, word in STOP_WORDS)


def beginning(chunk: str) -> str | None:
    """The beginning of a word that a chunk asks for: `grit` of `grit*`."""
    if "*" not in chunk:
        return None
    match = _BEGINNING.fullmatch(chunk.strip(",;:.!?"))
    return fold(match[1]) if match else None


def clauses_of(chunk: str) -> Iterator[Clause]:
    """A clause for each word of a chunk, or for those that hang together as one.

    `Lyall-Boyd`, `R&D`, `12,500` and `TP/ED/04` are one each; what a hyphen joins may be printed
    without it, and thousands with a comma or without.
    """
    if chunk.isalpha():
        yield Clause((term_of(chunk),), typed=chunk)
        return
    for typed in _joined(chunk):
        terms = terms_of(typed)
        yield Clause(terms, also=tuple(map(Form, _otherwise(typed, terms))), typed=typed)


def _otherwise(typed: str, terms: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """How else notes may print what hangs together as one."""
    if len(terms) > 1:
        whole = _HYPHENS.sub("", typed)
        if whole != typed and whole.isalpha():
            yield (term_of(whole),)
        if _THOUSANDS.fullmatch(typed):
            yield ("".join(terms),)
    elif _FIGURE.fullmatch(typed):
        yield tuple(f"{int(typed):,}".split(","))


def _joined(chunk: str) -> Iterator[str]:
    slash_joins = any(character.isdigit() for character in chunk)
    start = end = -1
    for word in words_of(chunk):
        gap = chunk[end : word.start] if end >= 0 else ""
        joins = _joins(chunk[start:end], gap, chunk[word.start : word.end], slash=slash_joins)
        if end >= 0 and not joins:
            yield chunk[start:end]
        if end < 0 or not joins:
            start = word.start
        end = word.end
    if end >= 0:
        yield chunk[start:end]


def _joins(before: str, gap: str, after: str, *, slash: bool) -> bool:
    """Whether what stands between two words makes them one.

    A hyphen does in names, numbers and short words (`Lyall-Boyd`, `P-2`, `co-operate`). Where it
    only joins two words (`boundary-layer`), notes that have them apart are meant too.
    """
    if gap == ",":
        return before.isdigit() and len(after) == 3 and after.isdigit()
    if not _JOINS.fullmatch(gap):
        return slash and gap == "/"
    if not _HYPHENS.fullmatch(gap) or not (before + after).isalpha():
        return True
    return min(len(before), len(after)) < 3 or not (before + after).islower()


def is_unneeded(word: str, before: str, after: str, *, shouted: bool) -> bool:
    """Whether a query may do without a common word, which stands between two others (or none: "").

    `IT strategy`, `plan a` and `hepatitis A` mean what they say; `shouted` is a query all in
    capitals, of which that cannot be told.
    """
    if word in {"a", "A"}:
        labels = bool(before) and fold(before) not in STOP_WORDS
        ends = not after or fold(after) in STOP_WORDS
        return not (labels and (ends or (word == "A" and not shouted)))
    return shouted or len(word) < 2 or not word.isupper() or word in SIGNS


def is_year(word: str) -> bool:
    """Whether a word as typed is most likely a year."""
    return len(word) == 4 and word.isdecimal() and word[:2] in {"19", "20"}


def names_in(line: Sequence[Spoken]) -> Iterator[tuple[str, ...]]:
    """The names of places among words that stand side by side, as terms."""
    first = last = -1
    for at, word in enumerate(line):
        if word.word in _NAME_ENDINGS and at > 0 and not line[at - 1].unneeded:
            first, last = (first if last == at - 1 else at - 1), at
        elif first >= 0 and last < at - 1:
            yield _terms(line[first : last + 1])
            first = last = -1
    if first >= 0:
        yield _terms(line[first : last + 1])


def _terms(words: Sequence[Spoken]) -> tuple[str, ...]:
    return tuple(word.term for word in words)
