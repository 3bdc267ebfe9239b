"""A query understood as one archive would: the numbers, fields, signs and words in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.domain.search import Contents
from indexer.search_index.analysis import STOP_WORDS, fold, spellings_of, terms_of
from indexer.search_index.limits import QUERY_CHARACTERS, WORDS_READ
from indexer.search_index.question import words
from indexer.search_index.question.fields import FieldReader
from indexer.search_index.question.references import (
    parsed,
    whole_reference,
    whole_report,
    with_fields,
)
from indexer.search_index.question.syntax import Item, Sign, parse, sign_of
from indexer.search_index.question.tokens import KEPT, Token, tokens_of
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
# After these, NOT denies what is said rather than bars a word.
_DENIED = STOP_WORDS | {"may", "might", "must", "need", "shall"}


def printable(query: str) -> str:
    """`query` as it can be shown, stored and encoded: no control characters, no half characters."""
    return _SURROGATES.sub("\ufffd", _UNPRINTABLE.sub(" ", query[:QUERY_CHARACTERS])).strip()


class QuestionReader:
    """Understands queries to one archive. Nothing in a query is a mistake. Thread-safe."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._fields = FieldReader(contents)

    def read(self, query: str) -> Question:
        """What a printable query asks for."""
        text = " ".join(query.translate(_QUOTES).split())
        series = self._contents.series
        if whole := whole_reference(text, series):
            whole = replace(whole, typed=query)
        elif key := whole_report(text):
            return Question(reports=(Report(key, query.strip('" ')),))
        else:
            text = with_fields(text, series, KEPT)
        return _Reading(tuple(tokens_of(text)), self._contents, self._fields).question(text, whole)


class _Reading:
    """One query as its tokens are read one after another."""

    def __init__(self, tokens: Sequence[Token], contents: Contents, fields: FieldReader) -> None:
        self._tokens = tokens
        self._series = contents.series
        self._fields = fields
        self._read: dict[Clause, None] = {}
        self._left = WORDS_READ
        self._unread: dict[str, None] = {}
        self._lines: list[list[Spoken]] = [[]]
        self._shouted = not any(c.islower() for token in tokens for c in token.text)

    def question(self, text: str, whole: Named | None) -> Question:
        """All that is asked."""
        # What ends as a sentence does is one: its dashes are no signs.
        items = parse(self._tokens, self._items, bars=not text.endswith((".", "?")))
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
            left_out=_typed(unneeded),
            unread=tuple(self._unread),
        )

    def _items(self, number: int, token: Token) -> list[Item | Sign]:
        """What a token stands for; a value that its field does not know is words."""
        if token.field or token.phrase or token.barred:
            self._break()
        if token.field:
            leaf = self._fields.read(token.field, token.text)
            if isinstance(leaf, Clause):
                return self._kept([Item(leaf)])
            if leaf is not None:
                return [Item(leaf)]
            known = self._chunk(number, Token(token.field)) if token.field != "report" else []
            return known + self._chunk(number, Token(token.text))
        return self._phrase(token.text) if token.phrase else self._chunk(number, token)

    def _phrase(self, text: str) -> list[Item | Sign]:
        if reference := parsed(text.strip(), self._series):
            return [Item(Named(text, reference))]
        return self._kept([Item(Clause(terms_of(text), typed=text, quoted=True))])

    def _chunk(self, number: int, token: Token) -> list[Item | Sign]:
        if begun := words.beginning(token.text):
            self._break()
            return self._kept([Item(Clause((begun,), begins=True, typed=token.text))])
        before, after = self._beside(number)
        items = []
        for clause in words.clauses_of(token.text):
            unneeded = words.is_unneeded(clause.typed, before, after, shouted=self._shouted)
            items.append(Item(clause, unneeded))
            if not token.barred:
                self._lines[-1] += words.spoken(clause, unneeded=unneeded)
        kept = self._kept(items)
        sign = len(kept) == 1 and isinstance(kept[0], Item) and self._may_be_sign(token, before)
        return [sign_of(token, kept[0])] if sign and isinstance(kept[0], Item) else kept

    def _may_be_sign(self, token: Token, before: str) -> bool:
        if token.text == "NOT":
            return not self._shouted and (before == "AND" or fold(before) not in _DENIED)
        return True

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

    def _kept(self, items: Iterable[Item]) -> list[Item | Sign]:
        """The items that are within the number of words that a query may have."""
        kept: list[Item | Sign] = []
        for item in items:
            clause = item.part
            if not isinstance(clause, Clause) or not clause.terms:
                continue
            if item.unneeded or clause in self._read:
                kept.append(item)
                continue
            if len(clause.terms) > self._left:
                typed = spellings_of(clause.typed)[self._left :]
                self._unread.update(dict.fromkeys(typed))
                clause = replace(clause, terms=clause.terms[: self._left], also=())
            if clause.terms:
                self._left -= len(clause.terms)
                self._read[clause] = None
                kept.append(Item(clause))
        return kept


def _ranks(part: Part) -> bool:
    return isinstance(part, Clause) or (isinstance(part, AnyOf) and not _filters_only(part))


def _filters_only(part: Part) -> bool:
    """Whether notes that have the part cannot be better or worse for it."""
    return all(isinstance(leaf, Having) for leaf in leaves(part))


def _counted(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Each part once, clauses with how often the query says them."""
    counts = Counter(parts)
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
