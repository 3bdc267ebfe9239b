"""Where the words that a query marks stand in the bodies of some documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from indexer.search_index.codec.sections import Array
from indexer.search_index.codec.segment import Postings
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.evaluation.phrases import positions_of
from indexer.search_index.limits import SNIPPET_PLACES
from indexer.search_index.snippets import Marks, Place

_FIELD = "text"  # its first words are those of the body


def places_in(search: SegmentSearch, marks: Marks, documents: Sequence[int]) -> list[list[Place]]:
    """For each of the documents, its words that match, in order."""
    order = sorted(documents)
    positions = _Positions(search, np.array(order, np.int64))
    found: dict[int, set[Place]] = {document: set() for document in order}
    for term in marks.terms:
        for document, at in zip(order, positions.of(term), strict=True):
            found[document].update(Place(position, term) for position in at.tolist())
    for beginning in marks.beginnings:
        for document, position in positions.of_beginning(beginning):
            found[document].add(Place(position, beginning))
    for phrase in marks.phrases:
        for number, document in enumerate(order):
            starts = positions.of(phrase[0])[number]
            for beyond, term in enumerate(phrase[1:], 1):
                starts = starts[np.isin(starts + beyond, positions.of(term)[number])]
            for start in starts.tolist():
                found[document].update(Place(start + at, term) for at, term in enumerate(phrase))
    return [sorted(found[document]) for document in documents]


class _Positions:
    """The positions of terms in the bodies of some documents, looked up once."""

    def __init__(self, search: SegmentSearch, documents: Array) -> None:
        self._search = search
        self._documents = documents
        self._body_words = search.segment.file.body_words[documents].tolist()
        self._known: dict[str, list[Array]] = {}

    def of(self, term: str) -> list[Array]:
        """The first `SNIPPET_PLACES` positions of a term, by document."""
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = self._read(term)
        return known

    def of_beginning(self, beginning: str) -> Iterator[tuple[int, int]]:
        """The documents and positions of all terms that begin so."""
        field = self._search.segment.file.fields[_FIELD]
        text = beginning.encode()
        first, stop = field.first_from(text), field.first_from(text + b"\xff")
        postings = Postings(field.ids_between(first, stop), field.frequencies_between(first, stop))
        mask = np.zeros(self._search.segment.file.size, np.bool_)
        mask[self._documents] = True
        chosen = np.flatnonzero(mask[postings.ids])
        if not len(chosen):
            return
        positions, counts = positions_of(field, first, postings, chosen)
        words = dict(zip(self._documents.tolist(), self._body_words, strict=True))
        documents = np.repeat(postings.ids[chosen], counts).tolist()
        for document, position in zip(documents, positions.tolist(), strict=True):
            if position < words[document]:
                yield document, position

    def _read(self, term: str) -> list[Array]:
        number, postings = self._search.term(_FIELD, term.encode())
        none = np.empty(0, np.int64)
        if number is None or not len(postings.ids):
            return [none] * len(self._documents)
        at = np.searchsorted(postings.ids, self._documents)
        at[at == len(postings.ids)] = 0
        held = postings.ids[at] == self._documents
        field = self._search.segment.file.fields[_FIELD]
        positions, counts = positions_of(field, number, postings, at[held])
        positions = positions.astype(np.int64)
        ends = iter(np.cumsum(counts).tolist())
        start = 0
        read = []
        for has, words in zip(held.tolist(), self._body_words, strict=True):
            if not has:
                read.append(none)
                continue
            end = next(ends)
            own = positions[start:end]
            read.append(own[: np.searchsorted(own, words)][:SNIPPET_PLACES])
            start = end
        return read
