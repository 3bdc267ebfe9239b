"""Where the words that a query marks stand, in titles and in bodies."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence, Set
from typing import NamedTuple, TypeVar

import numpy as np

from indexer.search_index.analysis import terms_of
from indexer.search_index.codec.field import Postings
from indexer.search_index.codec.sections import Array
from indexer.search_index.codec.segment import IN_ORDER
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.evaluation.phrases import (
    POSITION_BITS,
    located,
    positions_of,
    reached,
)
from indexer.search_index.limits import SNIPPET_PLACES
from indexer.search_index.snippets import Marks, Place

_FIELD = "text"  # its first words are those of the body
_NOWHERE = np.empty(0, np.int64)
_POSITION = (1 << POSITION_BITS) - 1

W = TypeVar("W")  # a word, as its term or as the number of that


def words_in_titles(
    search: SegmentSearch, marks: Marks, documents: Sequence[int], shown: Sequence[str]
) -> list[Sequence[int]]:
    """For each of the documents, which words of its title match, by number.

    Where a note has no title, it is the words of what is `shown` for one.
    """
    file = search.segment.file
    title = file.fields[IN_ORDER]
    terms = {title.find(term.encode()) for term in marks.terms} - {None}
    for beginning in marks.beginnings:
        terms.update(range(*title.prefixed(beginning.encode())))
    phrases = [tuple(title.find(term.encode()) for term in phrase) for phrase in marks.phrases]
    sought = terms.union(phrase[0] for phrase in phrases)
    if not sought and file.all_titled:
        return [()] * len(documents)
    values, at = file.title_words.values.data, file.title_words.at
    found: list[Sequence[int]] = []
    for document, text in zip(documents, shown, strict=True):
        own = values[at[document] : at[document + 1]]
        if not own:
            found.append(_in_text(text, marks))
        elif not sought or sought.isdisjoint(own):
            found.append(())
        else:
            found.append(_matched(own.tolist(), terms, phrases))
    return found


def _in_text(text: str, marks: Marks) -> list[int]:
    """Which words of a text match, by number."""
    own = terms_of(text)
    begun = {term for term in own if marks.beginnings and term.startswith(marks.beginnings)}
    return _matched(own, marks.terms | begun, marks.phrases)


def _matched(words: Sequence[W], terms: Set[W], phrases: Sequence[tuple[W, ...]]) -> list[int]:
    """The numbers of the words that are one of the terms or part of a phrase, in order."""
    matched = [at for at, word in enumerate(words) if word in terms]
    for phrase in phrases:
        for at in range(len(words) - len(phrase) + 1):
            if tuple(words[at : at + len(phrase)]) == phrase:
                matched += range(at, at + len(phrase))
    return sorted(set(matched)) if phrases else matched


def places_in(search: SegmentSearch, marks: Marks, documents: Sequence[int]) -> list[list[Place]]:
    """For each of the documents, its words that match, in order; raises SearchTooLong."""
    if not documents:
        return []
    order = sorted(documents)
    positions = _Positions(search, np.array(order, np.int64))
    marked = [(term, positions.of(term)) for term in marks.terms]
    marked += [(beginning, positions.of_beginning(beginning)) for beginning in marks.beginnings]
    for phrase in marks.phrases:
        marked += zip(phrase, positions.of_phrase(phrase), strict=True)
    found = {
        document: _places([(term, every[at]) for term, every in marked if every[at]])
        for at, document in enumerate(order)
    }
    return [found[document] for document in documents]


def _places(marked: Sequence[tuple[str, Sequence[int]]]) -> list[Place]:
    """The places of one document in order; where they are too many, the first of each mark."""
    most = SNIPPET_PLACES
    if sum([len(positions) for _, positions in marked]) > SNIPPET_PLACES:
        most = -(-SNIPPET_PLACES // len(marked))
    places = [(at, term) for term, every in marked for at in every[:most]]
    return places if len(marked) == 1 else sorted(set(places))


class _Found(NamedTuple):
    """Which of some documents hold a term, how often each, and where: one after another."""

    held: Array
    counts: Array
    positions: Array


class _Positions:
    """The positions of words in the bodies of some documents, which are in order.

    What else is indexed of a note comes after its body.
    """

    def __init__(self, search: SegmentSearch, documents: Array) -> None:
        self._search = search
        self._field = search.segment.file.fields[_FIELD]
        self._documents = documents
        self._body_words = search.segment.file.body_words[documents]

    def of(self, term: str) -> list[list[int]]:
        """The positions of a term, by document."""
        held, counts, positions = self._read(term)
        every, words = positions.tolist(), self._body_words.tolist()
        found: list[list[int]] = [[]] * len(words)
        start = 0
        for at, count in zip(held.tolist(), counts.tolist(), strict=True):
            own = every[start : start + count]
            found[at] = own[: bisect_left(own, words[at])] if own[-1] >= words[at] else own
            start += count
        return found

    def of_phrase(self, phrase: Sequence[str]) -> list[list[list[int]]]:
        """The positions of each of its words where all stand one after another, by document."""
        ends = self._placed(phrase[0])
        for term in phrase[1:]:
            ends = reached(ends, self._placed(term), 1)
        return [self._by_document(ends - before) for before in reversed(range(len(phrase)))]

    def of_beginning(self, beginning: str) -> list[list[int]]:
        """The positions of all terms that begin so, by document."""
        self._search.deadline.check()
        first, stop = self._field.prefixed(beginning.encode())
        ids = self._search.ids_between(_FIELD, first, stop)
        postings = Postings(ids, self._field.frequencies_between(first, stop))
        wanted = np.zeros(self._search.segment.file.size, np.bool_)
        wanted[self._documents] = True
        chosen = wanted.take(ids).nonzero()[0]
        positions, counts = positions_of(self._field, first, postings, chosen)
        every = located(ids[chosen], counts, positions)
        every.sort()
        return self._by_document(every)

    def _placed(self, term: str) -> Array:
        """The positions of a term, each with its document as one number, in order."""
        held, counts, positions = self._read(term)
        return located(self._documents[held], counts, positions)

    def _read(self, term: str) -> _Found:
        self._search.deadline.check()
        number, postings = self._search.term(_FIELD, term.encode())
        if number is None:
            return _Found(_NOWHERE, _NOWHERE, _NOWHERE)
        places = postings.ids.searchsorted(self._documents)
        held = (postings.ids.take(places, mode="clip") == self._documents).nonzero()[0]
        positions, counts = positions_of(self._field, number, postings, places.take(held))
        return _Found(held, counts, positions)

    def _by_document(self, every: Array) -> list[list[int]]:
        """The positions that are in each body; `every` holds their documents too, in order."""
        positions = (every & _POSITION).tolist()
        firsts = self._documents << POSITION_BITS
        starts, stops = every.searchsorted(firsts), every.searchsorted(firsts + self._body_words)
        bounds = zip(starts.tolist(), stops.tolist(), strict=True)
        return [positions[start:stop] for start, stop in bounds]
