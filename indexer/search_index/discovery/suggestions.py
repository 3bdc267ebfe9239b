"""Suggestions as one types: what this index holds that begins so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
from whoosh.query import And, Or, Prefix, Term

from indexer.domain.reference import DASH, Series
from indexer.domain.search import Contents, FacetValue, Suggestion, SuggestionKind
from indexer.search_index.analysis import STOP_WORDS, WORD, fold, spellings_of, term_of
from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.best import newest
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.facets import FacetCounter
from indexer.search_index.index import Index
from indexer.search_index.limits import (
    PHRASE_TITLES,
    PHRASE_WORDS,
    SUGGESTED_CHARACTERS,
    SUGGESTIONS,
    TITLES_READ,
)
from indexer.search_index.question import printable, whole_reference
from indexer.search_index.records import years_and_numbers

# At most so many of each kind, and of all together no more than SUGGESTIONS.
_MOST = {
    SuggestionKind.NOTE: 5,
    SuggestionKind.WORDS: 2,
    SuggestionKind.OFFICER: 2,
    SuggestionKind.SUBJECT: 2,
}
# One letter begins too much.
_SHORTEST = 2
_SHORTEST_STEM = 3
_FIELDS = ("title", "subject")
_NUMBER = re.compile(rf"(?P<number>\d{{1,5}})(?:\s*(?:{DASH}|/)\s*(?P<year>\d{{0,4}}))?")
_SLUG = re.compile(rf"(?P<year>\d{{4}})\s*{DASH}\s*(?P<number>\d{{0,5}})")


class Suggester:
    """Suggestions over one index; it suggests nothing that its live notes do not hold."""

    def __init__(self, index: Index, contents: Contents, facets: FacetCounter) -> None:
        self._index = index
        self._series = contents.series
        self._facets = facets

    def suggest(self, text: str, deadline: Deadline) -> tuple[Suggestion, ...]:
        """What may be meant by `text`, of which the last word may be unfinished; likeliest first.

        Raises SearchTooLong.
        """
        typed = printable(text)
        if not _SHORTEST <= len(typed) <= SUGGESTED_CHARACTERS:
            return ()
        words = WORD.findall(typed)
        documents = self._titled(words, text[-1:].isspace(), deadline) if words else []
        numbered = self._named(typed) + self._numbered(_without_prefix(typed, self._series))
        kinds = (
            (SuggestionKind.NOTE, map(self._note, numbered)),
            (SuggestionKind.WORDS, self._phrases([fold(word) for word in words], documents)),
            (SuggestionKind.NOTE, map(self._note, documents)),
            (SuggestionKind.OFFICER, self._labelled(words, SuggestionKind.OFFICER)),
            (SuggestionKind.SUBJECT, self._labelled(words, SuggestionKind.SUBJECT)),
        )
        suggested = dict.fromkeys(
            each for kind, found in kinds for each in islice(found, _MOST[kind])
        )
        return tuple(islice(suggested, SUGGESTIONS))

    def _named(self, typed: str) -> list[int]:
        """The note whose number is typed, in any spelling."""
        whole = whole_reference(typed, self._series)
        document = self._index.document(whole.reference) if whole else None
        return [] if document is None else [document]

    def _numbered(self, typed: str) -> list[int]:
        """The notes whose number begins so, the very number before longer ones, newest first."""
        years, numbers = years_and_numbers(self._index.keys)
        order: list[int] = []
        if match := _NUMBER.fullmatch(typed):
            very = numbers == int(match["number"])
            if match["year"] is not None:
                order += _last_of(very & _year_begins(years, match["year"]))
            else:
                begun = _begins(numbers, match["number"])
                # Whoever types 06 is on the way to 064; 6 and 006 are numbers already.
                very &= begun | (match["number"][0] != "0")
                order += _last_of(very) + _last_of(begun & ~very)
        if match := _SLUG.fullmatch(typed):
            of_year = years == int(match["year"])
            order += _last_of(of_year & _begins(numbers, match["number"]))
        return list(map(self._index.at, order))

    def _titled(self, words: Sequence[str], ended: bool, deadline: Deadline) -> list[int]:
        """The documents whose title or subject line holds the words, the newest first.

        The last word may go on unless it has `ended`.
        """
        *before, last = words
        spelt = fold(last)
        wanted: list[Any] = [_in_title(term_of(word)) for word in before]
        whole = _in_title(term_of(last))
        if ended:
            return self._newest(And([*wanted, whole]), deadline)
        begins = [Prefix(field, spelt) for field in _FIELDS]
        found = self._newest(And([*wanted, Or([whole, *begins])]), deadline)
        if found:
            return found
        # In the midst of an ending more is typed than the term has: gritti, of gritting.
        shorter = [_in_title(spelt[:end]) for end in range(_SHORTEST_STEM, len(spelt))]
        found = self._newest(And([*wanted, Or(shorter)]), deadline) if shorter else []
        return [each for each in found if " " + spelt in _spaced(self._index.summary(each).title)]

    def _newest(self, query: Any, deadline: Deadline) -> list[int]:
        """The newest documents that match, no more than are read."""
        found: list[tuple[int, int]] = []
        for search in self._index.searches(deadline):
            segment = search.segment
            ids = search.matches(query, segment.live, scored=False).ids
            keys = segment.file.references
            ids = ids[newest(ids, keys, TITLES_READ, ordered=segment.ordered)].astype(np.int64)
            found += zip(keys[ids].tolist(), (ids + segment.base).tolist(), strict=True)
        return [document for _, document in sorted(found, reverse=True)[:TITLES_READ]]

    def _note(self, document: int) -> Suggestion:
        summary = self._index.summary(document)
        return Suggestion(SuggestionKind.NOTE, summary.reference.slug, summary.title)

    def _phrases(self, typed: Sequence[str], documents: Sequence[int]) -> Iterator[Suggestion]:
        """What titles often go on with after these words, the likeliest first."""
        seen: Counter[tuple[str, ...]] = Counter()
        printed: dict[tuple[str, ...], Counter[str]] = {}
        for document in documents:
            title = self._index.summary(document).title
            for words, shown in dict(_continued(title, typed)).items():
                seen[words] += 1
                printed.setdefault(words, Counter())[shown] += 1
        often = {words: count for words, count in seen.items() if count >= PHRASE_TITLES}
        for words, count in sorted(often.items(), key=lambda each: (-each[1], -len(each[0]), each)):
            longer = (other for other in often if len(other) == len(words) + 1)
            said = any(other[:-1] == words and often[other] == count for other in longer)
            if not said and words != tuple(typed):
                shown = printed[words].most_common(1)[0][0]
                yield Suggestion(SuggestionKind.WORDS, shown, shown, count)

    def _labelled(self, words: Sequence[str], kind: SuggestionKind) -> Iterator[Suggestion]:
        """The officers or subject headings of whose words each typed one is a beginning."""
        typed = [" " + fold(word) for word in words]
        for spaced, value in self._labels[kind] if typed else ():
            if all(word in spaced for word in typed):
                yield Suggestion(kind, value.value, value.label, value.count)

    @cached_property
    def _labels(self) -> dict[SuggestionKind, list[tuple[str, FacetValue]]]:
        """The folded words of every label in use, each after a space, most notes first."""
        facets = self._facets.everything()
        return {
            kind: [(_spaced(value.label), value) for value in values]
            for kind, values in (
                (SuggestionKind.OFFICER, facets.officer),
                (SuggestionKind.SUBJECT, facets.subject),
            )
        }


def _in_title(term: str) -> Any:
    return Or([Term(field, term) for field in _FIELDS])


def _last_of(chosen: Array) -> list[int]:
    """The last places that are chosen, the last first."""
    places: list[int] = np.flatnonzero(chosen)[-_MOST[SuggestionKind.NOTE] :].tolist()
    return places[::-1]


def _spaced(label: str) -> str:
    return "".join(f" {fold(word)}" for word in spellings_of(label))


def _continued(title: str, typed: Sequence[str]) -> Iterator[tuple[tuple[str, ...], str]]:
    """What a title says from the words typed on, a word longer each time, and as it is printed."""
    words = list(WORD.finditer(title))
    spelt = [fold(word[0]) for word in words]
    for at in range(len(spelt) - len(typed) + 1):
        end = at + len(typed)
        if spelt[at : end - 1] != typed[:-1] or not spelt[end - 1].startswith(typed[-1]):
            continue
        for stop in range(end, min(len(spelt), end + PHRASE_WORDS) + 1):
            if spelt[stop - 1] not in STOP_WORDS:
                shown = title[words[at].start() : words[stop - 1].end()]
                yield tuple(spelt[at:stop]), " ".join(shown.split())
        return


def _without_prefix(text: str, series: Series) -> str:
    """A number without the series' name or prefix before it."""
    return re.sub(rf"(?:{series.leads})\b[\s.:,-]*", "", text, count=1, flags=re.IGNORECASE).strip()


def _begins(numbers: Array, digits: str) -> Array:
    """Which numbers, printed with at least three digits, begin with these."""
    chosen = np.zeros(len(numbers), np.bool_)
    if not digits:
        return ~chosen
    for width in range(max(3, len(digits)), 6):
        rest = 10 ** (width - len(digits))
        first = int(digits) * rest
        in_range = (numbers >= first) & (numbers < first + rest)
        chosen |= in_range & (numbers >= (10 ** (width - 1) if width > 3 else 0))
    return chosen


def _year_begins(years: Array, digits: str) -> Array:
    """Which years, printed with two digits or four, begin with these."""
    chosen = np.zeros(len(years), np.bool_)
    for year in np.unique(years).tolist():
        if f"{year % 100:02d}".startswith(digits) or str(year).startswith(digits):
            chosen |= years == year
    return chosen
