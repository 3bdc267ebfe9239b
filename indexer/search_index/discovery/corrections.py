"""Did you mean: the query with real words of this index in the place of words it hardly has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, NamedTuple

import numpy as np
from whoosh.query import Phrase

from indexer.domain.reference import Series
from indexer.domain.search import Contents, SearchRequest
from indexer.search_index.analysis import STOP_WORDS, WORD, letters_of, term_of
from indexer.search_index.discovery.nearness import edits, near
from indexer.search_index.discovery.printed import printed_forms
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.facets import Selection
from indexer.search_index.finding import Finder, Found
from indexer.search_index.index import Index
from indexer.search_index.limits import (
    CLEARLY_MORE,
    CORRECTIONS_TRIED,
    FEW_NOTES,
    TERM_CHARACTERS,
    WORDS_CORRECTED,
    WORDS_READ,
)
from indexer.search_index.question import printable, whole_reference

_CHUNK = re.compile(r"\S+")
# Numbers, beginnings of words, words to do without: typed as they are meant.
_LEFT_ALONE = re.compile(r"\d|[*?]|^-")
# The name of a field, and not what is looked for in it.
_NAME = re.compile(r"\W*\w{1,16}:(?=\S)")
# A shorter word is near too many others; from so many letters on a second slip is likely.
_SHORTEST, _DISTINCT, _LONG = 4, 6, 8
_PARTS_SHORTEST = 3
_STEM_SHORTEST = 3
# How many letters of an ending may be left off: as in maintenence, refurbishmnet, regulaiton.
_ENDING = 4
# Of the terms near a word, those with the fewest edits and the most notes are looked up as printed.
_TERMS_LOOKED_UP = 5


class _Typed(NamedTuple):
    """A word of the query, `query[start:end]`."""

    start: int
    end: int
    word: str

    @property
    def term(self) -> str:
        return term_of(self.word)

    @property
    def spelt(self) -> str:
        return letters_of(self.word)

    @property
    def edits_allowed(self) -> int:
        letters = len(self.spelt)
        if not _SHORTEST <= letters <= TERM_CHARACTERS or self.spelt in STOP_WORDS:
            return 0
        return 2 if letters >= _LONG else 1

    @property
    def edits_as_printed(self) -> int:
        # One more than of its term: notes may print it with another ending.
        return min(2, self.edits_allowed + (len(self.spelt) > _SHORTEST + 1))


class _Change(NamedTuple):
    """Words to put in the place of `query[start:end]`; least edits sort first, then most notes."""

    edits: int
    less_held: int
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Worth:
    """How well a query is answered under the filters.

    `unheld` are its words that no note holds, `whole` the notes that hold all, `found` those found.
    """

    unheld: int
    whole: int
    found: int

    def clearly_beats(self, other: _Worth) -> bool:
        """Whether it finds clearly more. No two queries, nor a round of them, beat each other."""
        if not self.found or self.whole < other.whole or self.unheld > other.unheld:
            return False
        return self.unheld < other.unheld or self.whole >= max(1, CLEARLY_MORE * other.whole)


class Corrector:
    """Offers other queries over one index; it knows no words but those of its live notes."""

    def __init__(self, index: Index, contents: Contents, finder: Finder) -> None:
        self._index = index
        self._series: Series = contents.series
        self._finder = finder

    def offer(self, request: SearchRequest, deadline: Deadline) -> str | None:
        """The query that finds clearly more under the same filters, or None.

        Raises SearchTooLong.
        """
        query = printable(request.query)
        if whole_reference(query, self._series):
            return None
        return _Correction(self._index, self._finder, request, deadline).of(query)


class _Correction:
    """The work on one request."""

    def __init__(
        self, index: Index, finder: Finder, request: SearchRequest, deadline: Deadline
    ) -> None:
        self._finder = finder
        self._deadline = deadline
        self._searches = index.searches(deadline)
        filters = Selection.of(request).query()
        self._within = [search.within(filters) for search in self._searches]

    def of(self, query: str) -> str | None:
        """What to offer in the place of `query`."""
        trials = list(dict.fromkeys(self._trials(query)))[:CORRECTIONS_TRIED]
        if not trials:
            return None
        now = self._worth(query)
        offers = [
            (worth.unheld, not worth.whole, sum(change.edits for change in trial), -worth.whole, at)
            for at, trial in enumerate(trials)
            if (worth := self._worth(_changed(query, trial))).clearly_beats(now)
        ]
        return _changed(query, trials[min(offers)[-1]]) if offers else None

    def _trials(self, query: str) -> Iterator[tuple[_Change, ...]]:
        """What may be changed together, the likeliest first."""
        typed = list(islice(_typed(query), WORDS_READ))
        doubtful = (word for word in typed if self._is_doubtful(word))
        looked_up = islice(doubtful, WORDS_CORRECTED)
        by_word = [changes for word in looked_up if (changes := self._changes(word))]
        best = [changes[0] for changes in by_word]
        if best:
            yield tuple(best)
        for at, changes in enumerate(by_word):
            for other in changes[1:]:
                yield (*best[:at], other, *best[at + 1 :])
        for one, following in pairwise(typed):
            if query[one.end : following.start] == " ":
                yield from ((change,) for change in self._joined(one, following))

    def _is_doubtful(self, typed: _Typed) -> bool:
        """Whether hardly any note holds a word that is long enough to be told from others."""
        if not typed.edits_allowed:
            return False
        # A short word is near to many: one that a note holds is meant (fire, and not five).
        return self._held(typed.term) <= (FEW_NOTES if len(typed.spelt) >= _DISTINCT else 0)

    def _changes(self, typed: _Typed) -> list[_Change]:
        """What a doubtful word may have been meant to be, the likeliest first."""
        most, held = typed.edits_allowed, self._held(typed.term)
        return sorted((*self._near(typed, most, held), *self._parted(typed, held)))

    def _near(self, typed: _Typed, most: int, held: int) -> Iterator[_Change]:
        """Words of the notes that are spelt nearly so."""
        # The stem of one word keeps the last e that another loses: brige, brine, but bridg(e).
        terms = self._terms_near(typed.term, most, held, int(typed.term.endswith("e")))
        changes = list(self._of_terms(typed, terms, typed.edits_as_printed))
        if not changes and not held:
            # After a slip in its ending a word has more letters than its term should have.
            terms = self._terms_near(typed.spelt, most, held, _ENDING)
            changes = list(self._of_terms(typed, terms, most))
        yield from changes

    def _terms_near(
        self, word: str, most: int, held: int, left_off: int = 0
    ) -> list[tuple[str, int]]:
        """The likeliest terms near a word that clearly more notes hold, and less how many do."""
        found: dict[str, int] = {}
        left_off = max(0, min(left_off, len(word) - _STEM_SHORTEST))
        for search in self._searches:
            self._deadline.check()
            field = search.segment.file.fields["text"]
            for term, count in near(field, word.encode(), most, left_off):
                found[term.decode()] = count
        ranked = sorted((count, -self._held(term), term) for term, count in found.items())
        least = max(1, CLEARLY_MORE * held)
        clearly = ((term, less) for _, less, term in ranked if -less >= least)
        return list(islice(clearly, _TERMS_LOOKED_UP))

    def _of_terms(
        self, typed: _Typed, terms: Iterable[tuple[str, int]], most: int
    ) -> Iterator[_Change]:
        for term, less_held in terms:
            yield from self._as_printed(typed.start, typed.end, typed.spelt, term, most, less_held)

    def _as_printed(
        self, start: int, end: int, word: str, term: str, most: int, less_held: int
    ) -> Iterator[_Change]:
        """The printed word of a term that is spelt most like `word`, if it is near enough."""
        self._deadline.check()
        forms = printed_forms(self._searches, term)
        spelt = [letters_of(form).encode() for form in forms]
        counts = edits(word.encode(), spelt, most).tolist()
        ranked = zip(counts, (-seen for seen in forms.values()), forms, strict=True)
        count, _, form = min(ranked, default=(most + 1, 0, ""))
        if count <= most:
            yield _Change(count, less_held, start, end, form)

    def _parted(self, typed: _Typed, held: int) -> Iterator[_Change]:
        """Two words that stand together in a note and were typed as one."""
        if held or not typed.word.isalpha():
            return
        for at in range(_PARTS_SHORTEST, len(typed.word) - _PARTS_SHORTEST + 1):
            parts = typed.word[:at], typed.word[at:]
            terms = [term_of(part) for part in parts]
            if not all(self._held(term) for term in terms):
                continue
            real = all(
                list(self._as_printed(0, 0, letters_of(part), term, 0, 0))
                for part, term in zip(parts, terms, strict=True)
            )
            if real and (together := self._count(Phrase("text", terms))):
                yield _Change(1, -together, typed.start, typed.end, " ".join(parts))

    def _joined(self, one: _Typed, other: _Typed) -> Iterator[_Change]:
        """The one word that was typed as two."""
        word = one.word + other.word
        term = term_of(word)
        if held := self._held(term):
            yield from self._as_printed(one.start, other.end, letters_of(word), term, 0, -held)

    def _held(self, term: str) -> int:
        """How many live notes hold a term, whatever the filters."""
        return sum(_live(search, term, search.segment.live) for search in self._searches)

    def _count(self, query: Any) -> int:
        return sum(
            len(search.matches(query, search.segment.live, scored=False).ids)
            for search in self._searches
        )

    def _worth(self, query: str) -> _Worth:
        found = self._finder.find(query, self._deadline)
        unheld = sum(
            not any(
                _live(search, typed.term, within)
                for search, within in zip(self._searches, self._within, strict=True)
            )
            for typed in islice(_typed(query), WORDS_READ)
        )
        whole, every = _counts(found, self._within)
        # Where a note has them all, in whatever form, no word is unheld: O Rannoch in O'Rannoch.
        return _Worth(0 if whole else unheld, whole, every)


def _typed(query: str) -> Iterator[_Typed]:
    """The words of a query that may have been mistyped."""
    for chunk in _CHUNK.finditer(query):
        if _LEFT_ALONE.search(chunk[0]):
            continue
        name = _NAME.match(chunk[0])
        for match in WORD.finditer(query, chunk.start() + (name.end() if name else 0), chunk.end()):
            yield _Typed(match.start(), match.end(), match[0])


def _changed(query: str, changes: Sequence[_Change]) -> str:
    """The query with all changes made."""
    for change in sorted(changes, key=lambda change: change.start, reverse=True):
        query = query[: change.start] + change.words + query[change.end :]
    return query


def _live(search: SegmentSearch, term: str, within: Any) -> int:
    ids = search.term("text", term.encode())[1].ids
    return len(ids) if within is None else int(np.count_nonzero(within[ids]))


def _counts(found: Found, within: Sequence[Any]) -> tuple[int, int]:
    """How many of the notes found are under the filters: those with all words, and all."""
    whole = every = 0
    for part, mask in zip(found.segments, within, strict=True):
        kept = part if mask is None else part.only(mask[part.ids])
        whole += kept.holding_all_words
        every += len(kept.ids)
    return whole, every
