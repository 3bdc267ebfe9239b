"""Where the words that a query marks stand, in titles and in bodies."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import TypeVar

import numpy as np

from indexer.search_index.analysis import terms_of
from indexer.search_index.codec.sections import Array
from indexer.search_index.codec.segment import IN_ORDER, Postings
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.evaluation.phrases import (
    POSITIONS_A_READ,
    positions_of,
    reached,
    starts_of,
)
from indexer.search_index.limits import SNIPPET_PLACES
from indexer.search_index.snippets import Marks, Place

_FIELD = "text"  # its first words are those of the body
_NOWHERE = np.empty(0, np.uint16)

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
        starts = positions.of_phrase(phrase)
        marked += [(term, [each + at for each in starts]) for at, term in enumerate(phrase)]
    found = {
        document: _places([(term, every[at]) for term, every in marked if len(every[at])])
        for at, document in enumerate(order)
    }
    return [found[document] for document in documents]


def _places(marked: Sequence[tuple[str, Array]]) -> list[Place]:
    """The places of one document in order; where they are too many, the first of each mark."""
    most = SNIPPET_PLACES
    if sum(len(positions) for _, positions in marked) > SNIPPET_PLACES:
        most = -(-SNIPPET_PLACES // len(marked))
    places = [Place(at, term) for term, every in marked for at in every[:most].tolist()]
    return places if len(marked) == 1 else sorted(set(places))


class _Positions:
    """The positions of words in the bodies of some documents, in order; each is looked up once."""

    def __init__(self, search: SegmentSearch, documents: Array) -> None:
        self._search = search
        self._documents = documents
        self._body_words = search.segment.file.body_words[documents].tolist()
        self._known: dict[str, list[Array]] = {}

    def of(self, term: str) -> list[Array]:
        """The positions of a term, by document."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._read(term)
        return known

    def of_phrase(self, phrase: Sequence[str]) -> list[Array]:
        """Where the words of a phrase stand one after another: the first of each, by document."""
        ends = self.of(phrase[0])
        for term in phrase[1:]:
            pairs = zip(ends, self.of(term), strict=True)
            ends = [reached(one.astype(np.int64), other, 1) for one, other in pairs]
        return [each - (len(phrase) - 1) for each in ends]

    def of_beginning(self, beginning: str) -> list[Array]:
        """The positions of all terms that begin so, by document."""
        self._search.deadline.check()
        segment = self._search.segment.file
        field = segment.fields[_FIELD]
        first, stop = field.prefixed(beginning.encode())
        ids = self._search.ids_between(_FIELD, first, stop)
        postings = Postings(ids, field.frequencies_between(first, stop))
        wanted = np.zeros(segment.size, np.bool_)
        wanted[self._documents] = True
        chosen = np.flatnonzero(wanted.take(ids))
        positions, counts = positions_of(field, first, postings, chosen)
        owners = np.repeat(postings.ids[chosen], counts)
        found = []
        for document, words in zip(self._documents.tolist(), self._body_words, strict=True):
            own = positions[owners == document]
            found.append(np.sort(own[own < words]))
        return found

    def _read(self, term: str) -> list[Array]:
        self._search.deadline.check()
        number, (ids, frequencies) = self._search.term(_FIELD, term.encode())
        field = self._search.segment.file.fields[_FIELD]
        if number is None or frequencies is None or field.positions_at is None:
            return [_NOWHERE] * len(self._documents)
        places = ids.searchsorted(self._documents)
        held = ids.take(places, mode="clip") == self._documents
        chosen = places[held]
        read = [_NOWHERE] * len(self._documents)
        if not len(chosen):
            return read
        starts = starts_of(frequencies, chosen) + field.positions_at[number]
        ends = starts + frequencies[chosen]
        first, last = int(starts[0]), int(ends[-1])
        close = last - first <= POSITIONS_A_READ * len(chosen)
        every = field.positions_in(first, last) if close else _NOWHERE
        bounds = zip(held.nonzero()[0].tolist(), starts.tolist(), ends.tolist(), strict=True)
        for at, start, end in bounds:
            own = every[start - first : end - first] if close else field.positions_in(start, end)
            words = self._body_words[at]
            read[at] = own[: own.searchsorted(words)] if own[-1] >= words else own
        return read
