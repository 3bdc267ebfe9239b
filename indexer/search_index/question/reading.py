"""A query understood as one archive would: the numbers, fields, signs and words in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.domain.search import Contents
from indexer.search_index.analysis import STOP_WORDS, fold, spellings_of, term_of, terms_of
from indexer.search_index.limits import QUERY_CHARACTERS, WORDS_READ
from indexer.search_index.question import words
from indexer.search_index.question.fields import FieldReader
from indexer.search_index.question.references import (
    parsed,
    whole_reference,
    whole_report,
    with_fields,
)
from indexer.search_index.question.syntax import Item, Sign, parse
from indexer.search_index.question.tokens import KEPT, SIGNS, Token, closed_up, tokens_of
from indexer.search_index.question.tree import (
    AnyOf,
    Clause,
    Having,
    Named,
    Part,
    Question,
    Report,
    Spoken,
    Without,
    leaves,
)

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
# What looks like a field and is none that we know; a web address is not meant as one.
_UNKNOWN_FIELD = re.compile(r"[a-z_]{3,}:[^\W_][^:]*(?<!/)", re.IGNORECASE)
# After these, NOT denies what is said rather than bars a word.
_DENIED = STOP_WORDS | {"may", "might", "must", "need", "shall"}


def printable(query: str) -> str:
    """`query` as it can be shown, stored and encoded: no control characters, no half characters."""
    query = query[:QUERY_CHARACTERS]
    if query.isprintable():
        return query.strip()
    return _SURROGATES.sub("\ufffd", _UNPRINTABLE.sub(" ", query)).strip()


class QuestionReader:
    """Understands queries to one archive. Nothing in a query is a mistake. Thread-safe."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._fields = FieldReader(contents)

    def read(self, query: str) -> Question:
        """What a printable query asks for."""
        if question := _of_plain_words(query) or _of_a_phrase(query):
            return question
        text = closed_up(" ".join(query.translate(_QUOTES).split()))
        whole = whole_reference(text, self._contents.series)
        if whole is None:
            if key := whole_report(text):
                return Question(reports=(Report(key, text.strip('" ')),))
            text = with_fields(text, self._contents.series, KEPT)
        return _Reading(text, self._contents, self._fields, query.isupper()).question(whole)


def _of_plain_words(query: str) -> Question | None:
    """What a query asks for that is a few words in small letters and no more, as most are."""
    chunks = query.split()
    if not (query.islower() and all(map(str.isalpha, chunks)) and len(chunks) <= WORDS_READ):
        return None
    plain = [words.plain_words(chunk)[0] for chunk in chunks]
    if any(word.common for word in plain):
        return None
    line = tuple([word.spoken[0] for word in plain])
    return Question(
        clauses=_counted([word.clause for word in plain]),
        lines=(line,),
        favoured=tuple(dict.fromkeys(words.names_in(line))),
    )


def _of_a_phrase(query: str) -> Question | None:
    """What a query asks for that is a few words in quotation marks and no more."""
    phrase = query[1:-1]
    chunks = phrase.split(" ")
    if query != f'"{phrase}"' or len(chunks) > WORDS_READ or not all(map(str.isalpha, chunks)):
        return None
    terms = tuple(map(term_of, chunks))
    return Question(clauses=(Clause(terms, typed=phrase, quoted=True),))


class _Reading:
    """One query as its tokens are read one after another."""

    def __init__(self, text: str, contents: Contents, fields: FieldReader, shouted: bool) -> None:
        self._tokens = tuple(tokens_of(text))
        # What ends as a sentence does is one: its dashes are no signs.
        self._bars = not text.endswith((".", "?"))
        self._series = contents.series
        self._fields = fields
        self._read: set[tuple[str, tuple[str, ...], bool]] = set()
        self._left = WORDS_READ
        self._unread: dict[str, None] = {}
        self._loosened: dict[str, None] = {}
        self._lines: list[list[Spoken]] = [[]]
        self._shouted = shouted

    def question(self, whole: Named | None) -> Question:
        """All that is asked."""
        items = parse(self._tokens, self._items, bars=self._bars)
        parts = [item.part for item in items if not item.unneeded]
        unneeded = [item.part for item in items if item.unneeded]
        barred: list[Part] = [part.part for part in parts if isinstance(part, Without)]
        asked: list[Part] = [part for part in parts if not isinstance(part, Without)]
        if not asked:
            asked, barred, unneeded = barred or unneeded, [], unneeded if barred else []
        lines = tuple(tuple(line) for line in self._lines if line)
        return Question(
            whole=whole,
            clauses=_counted(part for part in asked if _ranks(part)),
            notes=tuple(dict.fromkeys(part for part in asked if isinstance(part, Named))),
            reports=tuple(dict.fromkeys(part for part in asked if isinstance(part, Report))),
            filters=_filters(part for part in asked if _filters_only(part)),
            barred=tuple(dict.fromkeys(barred)),
            lines=lines,
            favoured=tuple(dict.fromkeys(name for line in lines for name in words.names_in(line))),
            years=frozenset(_years(asked)),
            left_out=_typed(unneeded),
            unread=tuple(self._unread),
            loosened=tuple(self._loosened),
        )

    def _items(self, number: int, token: Token) -> list[Item | Sign]:
        """What a token stands for; a value that its field does not know is words."""
        if token.plain:
            return self._chunk(number, token)
        self._break()
        if token.phrase and not token.field:
            return self._phrase(token.text)
        if not token.field:
            return self._chunk(number, token)
        leaf = self._fields.read(token.field, token.text)
        if isinstance(leaf, Clause):
            return [*self._kept(leaf)]
        if leaf is not None:
            return [Item(leaf)]
        self._loosened[f"{token.field}:{token.text}"] = None
        known = self._chunk(number, Token(token.field)) if token.field != "report" else []
        return known + self._chunk(number, Token(token.text))

    def _phrase(self, text: str) -> list[Item | Sign]:
        if reference := parsed(text.strip(), self._series):
            return [Item(Named(text, reference))]
        return [*self._kept(Clause(terms_of(text), typed=text, quoted=True))]

    def _chunk(self, number: int, token: Token) -> list[Item | Sign]:
        if begun := words.beginning(token.text):
            self._break()
            return [*self._kept(Clause((begun,), begins=True, typed=token.text))]
        if _UNKNOWN_FIELD.fullmatch(token.text):
            self._loosened[token.text] = None
        items: list[Item | Sign] = []
        for word in words.plain_words(token.text):
            unneeded = word.common and self._is_unneeded(word.clause.typed, number)
            if not token.barred:
                self._lines[-1] += word.unneeded if unneeded else word.spoken
            items += [Item(word.clause, unneeded)] if unneeded else self._kept(word.clause)
        if token.text in SIGNS and len(items) == 1 and self._may_be_sign(token, number):
            return [Sign(token.text, word) for word in items if isinstance(word, Item)]
        return items

    def _is_unneeded(self, word: str, number: int) -> bool:
        if word not in {"a", "A"}:
            return words.is_unneeded(word, "", "", shouted=self._shouted)
        before, after = self._beside(number)
        return words.is_unneeded(word, before, after, shouted=self._shouted)

    def _may_be_sign(self, token: Token, number: int) -> bool:
        if not token.plain or token.text != "NOT":
            return token.plain
        before, _ = self._beside(number)
        return not self._shouted and (before == "AND" or fold(before) not in _DENIED)

    def _beside(self, number: int) -> tuple[str, str]:
        """The chunks just before and after a token; empty where there is none."""
        sides = []
        for beside in (number - 1, number + 1):
            there = 0 <= beside < len(self._tokens) and self._tokens[beside].plain
            sides.append(self._tokens[beside].text if there else "")
        return sides[0], sides[1]

    def _break(self) -> None:
        """What follows does not stand beside what was before."""
        if self._lines[-1]:
            self._lines.append([])

    def _kept(self, clause: Clause) -> Iterator[Item]:
        """The clause, or what of it is within the number of words that a query may have."""
        key = clause.field, clause.terms, clause.begins
        if key not in self._read:
            if self._left <= 0:
                self._unread[clause.typed] = None
                return
            if len(clause.terms) > self._left:
                typed = spellings_of(clause.typed)[self._left :]
                self._unread.update(dict.fromkeys(typed))
                clause = replace(clause, terms=clause.terms[: self._left], also=())
            self._left -= len(clause.terms)
            self._read.add((clause.field, clause.terms, clause.begins))
        if clause.terms:
            yield Item(clause)


def _ranks(part: Part) -> bool:
    return isinstance(part, Clause) or (isinstance(part, AnyOf) and not _filters_only(part))


def _years(parts: Iterable[Part]) -> Iterator[str]:
    """The plain words that are most likely a year in which a note may be issued."""
    for part in parts:
        if isinstance(part, Clause) and part.field == "text" and words.is_year(part.typed):
            yield part.typed


def _filters_only(part: Part) -> bool:
    """Whether notes that have the part cannot be better or worse for it."""
    return not isinstance(part, Clause) and all(isinstance(leaf, Having) for leaf in leaves(part))


def _counted(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Each part once, clauses with how often the query says them."""
    counts: dict[Part, int] = {}
    for part in parts:
        counts[part] = counts.get(part, 0) + 1
    if max(counts.values(), default=1) == 1:
        return tuple(counts)
    return tuple(
        replace(part, times=times) if isinstance(part, Clause) and times > 1 else part
        for part, times in counts.items()
    )


def _filters(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The filters; values of one field widen each other."""
    values: dict[str, frozenset[str]] = {}
    others: list[Part] = []
    for part in parts:
        if isinstance(part, Having):
            values[part.field] = values.get(part.field, frozenset()) | part.values
        else:
            others.append(part)
    return (*(Having(field, chosen) for field, chosen in values.items()), *others)


def _typed(parts: Iterable[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_words(parts)))


def _words(parts: Iterable[Part]) -> Iterator[str]:
    for part in parts:
        for leaf in leaves(part):
            if isinstance(leaf, Clause):
                yield leaf.typed
