"""Other ways in which the notes of one index say the words of a query.

Acronyms and their long forms, as notes define them, as titles spell them out or as the keepers'
list has them; and words printed together or apart (`playpark`, `play park`). Only what the index
itself holds is used.
"""

from __future__ import annotations

import operator
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from msgspec import structs
from whoosh.query import Phrase

from indexer.domain.search import Contents
from indexer.search_index.acronyms import (
    FEWEST_INITIALS,
    MOST_INITIALS,
    SEPARATOR,
    initials_in,
)
from indexer.search_index.analysis import STOP_WORDS, fold, term_of, terms_of
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.index import Index
from indexer.search_index.limits import (
    LONG_FORMS,
    TITLES_SPELLING_OUT,
    WORDS_WITH_FORMS,
)
from indexer.search_index.question import AllOf, AnyOf, Clause, Form, Part, Question, Spoken
from indexer.search_index.weights import ENOUGH_WITH_ALL_WORDS

# What compounds begin with that is too short to be told from the beginning of any word.
_PREFIXES = ("by", "co", "e", "non", "no", "on", "pre", "re", "sub")
_SHORTEST, _LONGEST = 3, 24  # letters of a part of a compound, and of a whole one


class Long(NamedTuple):
    """What an acronym stands for: as terms, and as it is printed."""

    terms: tuple[str, ...]
    printed: str


class Forms:
    """The other forms that one index knows. Thread-safe: it remembers only what stays so."""

    def __init__(self, index: Index, contents: Contents) -> None:
        self._index = index
        self._keepers = _listed(contents.acronyms)
        self._usual = _listed(contents.usual_acronyms)

    def widened(
        self, question: Question, searches: Sequence[SegmentSearch]
    ) -> tuple[Question, dict[str, tuple[str, ...]]]:
        """The question with the other forms of its words, and the acronyms that it spells out."""
        forms = self._by_term(question, searches)
        told: dict[str, tuple[str, ...]] = {}

        def widen(part: Part) -> Part:
            match part:
                case Clause():
                    return widened(part) if len(part.terms) == 1 and not part.begins else part
                case AnyOf(parts):
                    return AnyOf(tuple(map(widen, parts)))
                case AllOf(parts):
                    return AllOf(tuple(map(widen, parts)))
            return part

        def widened(clause: Clause) -> Clause:
            (term,) = clause.terms
            also = forms.get(term, []) if clause.field == "text" else []
            if longs := self._stands_for(clause, searches):
                told[clause.typed] = tuple(dict.fromkeys(long.printed for long in longs))
                also = [*(Form(each.terms, self._worth(term, each)) for each in longs), *also]
            return replace(clause, also=(*clause.also, *also)) if also else clause

        clauses = tuple(map(widen, question.clauses))
        changed = any(map(operator.is_not, clauses, question.clauses))
        return (structs.replace(question, clauses=clauses) if changed else question), told

    def _worth(self, term: str, long: Long) -> float:
        """What the words of a long form count, that together they count what the acronym does."""
        weight = self._index.statistics.weight
        together = sum(weight("text", word.encode()) for word in long.terms)
        return min(1.0, weight("text", term.encode()) / together) if together else 1.0

    def _stands_for(self, clause: Clause, searches: Sequence[SegmentSearch]) -> tuple[Long, ...]:
        """What a word that is an acronym stands for, as far as notes have it."""
        (term,) = clause.terms
        word = fold(clause.typed)
        shouted = clause.typed.isupper()
        if clause.field == "officers" or (word in STOP_WORDS and not shouted):
            return ()
        known = self._acronyms.get(term)
        longs = tuple(
            each
            for long in (self._titles(term, word) if known is None else known)
            for each in _with_ampersands(long)
            if any(_held(search, each.terms) for search in searches)
        )
        if not longs or shouted or known is not None or self._is_rare(term):
            return longs
        # What only a title spells out may be no acronym: in small letters it is a word first.
        return ()

    def _titles(self, term: str, word: str) -> tuple[Long, ...]:
        if not FEWEST_INITIALS <= len(word) <= MOST_INITIALS:
            return ()
        documents = self._index.having("initials", word)[:TITLES_SPELLING_OUT]
        if not documents or not self._holders(term):
            return ()
        counts: Counter[tuple[str, ...]] = Counter()
        printed: dict[tuple[str, ...], str] = {}
        for document in documents:
            for short, long in initials_in(self._index.summary(document).title):
                if short == word:
                    terms = terms_of(long)
                    counts[terms] += 1
                    printed.setdefault(terms, long)
        return tuple(Long(terms, printed[terms]) for terms, _ in counts.most_common(LONG_FORMS))

    def _holders(self, term: str) -> int:
        """How many notes hold a term, deleted ones too."""
        return self._index.statistics.holders("text", term.encode())

    def _is_rare(self, term: str) -> bool:
        return self._holders(term) <= max(10, self._index.size // 100)

    @cached_property
    def _acronyms(self) -> dict[str, tuple[Long, ...]]:
        """What each acronym stands for: what notes say most often, then what is usual.

        The keepers' list outweighs both.
        """
        counts: dict[str, Counter[tuple[str, ...]]] = defaultdict(Counter)
        printed: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
        for keyword, notes in self._index.keywords("acronyms"):
            short, _, long = keyword.partition(SEPARATOR)
            terms = terms_of(long)
            counts[short][terms] += notes
            printed[terms][long] += notes
        for short, usual in self._usual.items():
            for each in usual:
                counts[short].setdefault(each.terms, 0)
                printed[each.terms].setdefault(each.printed, 0)
        known = {
            short: tuple(
                Long(terms, printed[terms].most_common(1)[0][0])
                for terms, _ in longs.most_common(LONG_FORMS)
            )
            for short, longs in counts.items()
        }
        return known | self._keepers

    @cached_property
    def _long_forms(self) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
        """Long forms by their first term, each with its acronym's."""
        found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for short, longs in self._acronyms.items():
            for long in chain.from_iterable(map(_with_ampersands, longs)):
                if len(long.terms) > 1:
                    found[long.terms[0]].append((long.terms, short))
        return {first: tuple(each) for first, each in found.items()}

    def _by_term(
        self, question: Question, searches: Sequence[SegmentSearch]
    ) -> dict[str, list[Form]]:
        """Other forms of single words and of words that stand together, by term."""
        forms: dict[str, list[Form]] = defaultdict(list)
        left = WORDS_WITH_FORMS
        for line in question.lines:
            for at, word in enumerate(line):
                if word.term in self._long_forms:
                    for length, short in self._shorter(line, at):
                        _say_together(forms, line[at : at + length], short)
                if word.unneeded or left <= 0:
                    continue
                left -= 1
                if at + 1 < len(line) and (joined := self._joined(word, line[at + 1])):
                    _say_together(forms, line[at : at + 2], joined)
                if parted := self._parted(word, searches):
                    forms[word.term] += map(Form, parted)
        return forms

    def _shorter(self, line: Sequence[Spoken], at: int) -> Iterator[tuple[int, str]]:
        """The acronyms of long forms that begin at a word of a line, and their lengths in words."""
        for terms, short in self._long_forms[line[at].term]:
            if tuple(word.term for word in line[at : at + len(terms)]) == terms:
                yield len(terms), short

    def _joined(self, one: Spoken, other: Spoken) -> str | None:
        """The term of two words printed as one, if a note has it."""
        together = one.word + other.word
        if other.unneeded or len(together) > _LONGEST or not together.isalpha():
            return None
        term = term_of(together)
        return term if self._holders(term) else None

    def _parted(
        self, word: Spoken, searches: Sequence[SegmentSearch]
    ) -> tuple[tuple[str, ...], ...]:
        """The pairs of terms that a word printed as two has, where notes have such a pair."""
        places = self._places_to_part(word)
        if not places:
            return ()
        return tuple(
            pair
            for pair in self._pairs(word.word, places)
            if any(_held(search, pair) for search in searches)
        )

    def _pairs(self, text: str, places: Iterable[int]) -> Iterator[tuple[str, str]]:
        """The ways of parting a word at some places into two that the index has."""
        for at in places:
            one, other = text[:at], text[at:]
            if at >= _SHORTEST and not STOP_WORDS.isdisjoint((one, other)):
                continue
            first = term_of(one)
            if self._holders(first):
                second = term_of(other)
                if self._holders(second):
                    yield first, second

    def _places_to_part(self, word: Spoken) -> list[int]:
        """Where a word may be two: anywhere if few notes have it, else after a short prefix."""
        text = word.word
        if not text.isalpha() or len(text) > _LONGEST:
            return []
        places: set[int] = set()
        if text.startswith(_PREFIXES):
            places.update(len(prefix) for prefix in _PREFIXES if text.startswith(prefix))
        if self._holders(word.term) < ENOUGH_WITH_ALL_WORDS:
            places.update(range(_SHORTEST, len(text)))
        return [at for at in sorted(places) if len(text) - at >= _SHORTEST]


def _listed(acronyms: Mapping[str, Iterable[str]]) -> dict[str, tuple[Long, ...]]:
    return {
        term_of(short): tuple(Long(terms_of(long), long) for long in longs)
        for short, longs in acronyms.items()
    }


def _with_ampersands(long: Long) -> Iterator[Long]:
    """A long form as its notes have it, with `and`, and with `&`, which is no word."""
    written = terms_of(long.printed.replace("&", " and "))
    bare = tuple(term for term in written if term != "and")
    for terms in dict.fromkeys((long.terms, written, bare)):
        yield Long(terms, long.printed)


def _say_together(forms: Mapping[str, list[Form]], words: Sequence[Spoken], term: str) -> None:
    """Note that one term says all the words; each counts it for its share."""
    needed = [word for word in words if not word.unneeded]
    for word in needed:
        forms[word.term].append(Form((term,), 1 / len(needed)))


def _held(search: SegmentSearch, terms: Sequence[str]) -> bool:
    """Whether a note has the terms one after another."""
    found = search.matches(Phrase("text", list(terms)), search.segment.live, scored=False)
    return len(found.ids) > 0
