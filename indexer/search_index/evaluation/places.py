"""Where the words that a query marks stand in the bodies of some documents."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.search_index.codec.sections import Array
from indexer.search_index.codec.segment import Postings
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.evaluation.phrases import positions_of, reached
from indexer.search_index.limits import SNIPPET_PLACES
from indexer.search_index.snippets import Marks, Place

_FIELD = "text"  # its first words are those of the body


def places_in(search: SegmentSearch, marks: Marks, documents: Sequence[int]) -> list[list[Place]]:
    """For each of the documents, its words that match, in order; raises SearchTooLong."""
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
    return sorted({Place(at, term) for term, every in marked for at in every[:most].tolist()})


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
            ends = [reached(*pair, 1) for pair in zip(ends, self.of(term), strict=True)]
        return [each - (len(phrase) - 1) for each in ends]

    def of_beginning(self, beginning: str) -> list[Array]:
        """The positions of all terms that begin so, by document."""
        self._search.deadline.check()
        segment = self._search.segment.file
        field = segment.fields[_FIELD]
        text = beginning.encode()
        first, stop = field.first_from(text), field.first_from(text + b"\xff")
        postings = Postings(field.ids_between(first, stop), field.frequencies_between(first, stop))
        chosen = np.flatnonzero(np.isin(postings.ids, self._documents))
        positions, counts = positions_of(field, first, postings, chosen)
        owners = np.repeat(postings.ids[chosen], counts)
        found = []
        for document, words in zip(self._documents.tolist(), self._body_words, strict=True):
            own = positions[owners == document]
            found.append(np.sort(own[own < words]).astype(np.int64))
        return found

    def _read(self, term: str) -> list[Array]:
        self._search.deadline.check()
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
            read.append(own[: np.searchsorted(own, words)])
            start = end
        return read
