"""One clearance's index, read with Whoosh."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt
from whoosh.index import open_dir
from whoosh.query import Phrase, Query, Term
from whoosh.scoring import BM25F

from indexer.domain.note import Note
from indexer.domain.reference import NoteReference
from indexer.domain.search import NoteSummary
from indexer.search_index.limits import FIELD_BOOSTS
from indexer.search_index.question import Clause

Mask: TypeAlias = npt.NDArray[np.bool_]
Scores: TypeAlias = npt.NDArray[np.float64]

_read_summary = msgspec.json.Decoder(NoteSummary).decode
_read_note = msgspec.json.Decoder(Note).decode


class Index:
    """The notes of one clearance by document number, which follows the order of references.

    Safe to use from several threads: a Whoosh searcher keeps its place in shared files while it
    reads, so each question borrows one that nobody else uses.
    """

    def __init__(self, folder: Path) -> None:
        self._index = open_dir(str(folder), readonly=True)
        self._idle: deque[_Reading] = deque()
        with self._reading() as reading:
            self.size = reading.size

    def close(self) -> None:
        """Close every file that no question is using."""
        while self._idle:
            self._idle.pop().close()
        self._index.close()

    @contextmanager
    def _reading(self) -> Iterator[_Reading]:
        try:
            reading = self._idle.pop()
        except IndexError:
            reading = _Reading(self._index)
        try:
            yield reading
        except BaseException:
            # It may have lost its place: nobody is to use it again.
            reading.close()
            raise
        self._idle.append(reading)

    def scores(self, clause: Clause) -> Scores:
        """What `clause` scores in each document; 0 where no field of it holds the words."""
        scores = np.zeros(self.size)
        with self._reading() as reading:
            for name in clause.fields:
                documents, found = reading.matches(_query(name, clause.terms))
                scores[documents] += FIELD_BOOSTS[name] * np.asarray(found)
        return scores

    def citing(self, reference: NoteReference) -> Mask:
        """Which documents cite the note `reference`."""
        return self._having("cites", reference.slug)

    def citing_report(self, key: str) -> Mask:
        """Which documents cite the committee report whose `report_key` is `key`."""
        return self._having("reports", key)

    def _having(self, field: str, keyword: str) -> Mask:
        mask = np.zeros(self.size, dtype=np.bool_)
        with self._reading() as reading:
            documents, _ = reading.matches(Term(field, keyword))
        mask[documents] = True
        return mask

    def summaries(self) -> tuple[NoteSummary, ...]:
        """The summary of every document, in order."""
        with self._reading() as reading:
            return tuple(map(reading.summary, range(self.size)))

    def summary(self, document: int) -> NoteSummary:
        """The summary of one document."""
        with self._reading() as reading:
            return reading.summary(document)

    def note(self, document: int) -> Note:
        """The whole note of one document."""
        with self._reading() as reading:
            return reading.note(document)


class _Reading:
    """A Whoosh searcher and the columns of its documents, for one thread at a time."""

    def __init__(self, index: Any) -> None:
        self._searcher = index.searcher(weighting=BM25F())
        reader = self._searcher.reader()
        self.size = int(reader.doc_count_all())
        # An index without documents has no columns.
        columns = ("summary", "note") if self.size else ()
        self._columns = {name: reader.column_reader(name) for name in columns}

    def close(self) -> None:
        self._searcher.close()

    def summary(self, document: int) -> NoteSummary:
        return _read_summary(self._columns["summary"][document])

    def note(self, document: int) -> Note:
        return _read_note(self._columns["note"][document])

    def matches(self, query: Query) -> tuple[list[int], list[float]]:
        """The documents that `query` matches, in order, and their scores."""
        documents, scores = [], []
        matcher = query.matcher(self._searcher, self._searcher.context())
        while matcher.is_active():
            documents.append(matcher.id())
            scores.append(matcher.score())
            matcher.next()
        return documents, scores


def _query(field: str, terms: tuple[str, ...]) -> Query:
    return Term(field, terms[0]) if len(terms) == 1 else Phrase(field, list(terms))
