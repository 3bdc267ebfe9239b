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
        self._idle: deque[Any] = deque()
        with self._searcher() as searcher:
            self.size = int(searcher.doc_count_all())

    def close(self) -> None:
        """Close every file that no question is using."""
        while self._idle:
            self._idle.pop().close()
        self._index.close()

    @contextmanager
    def _searcher(self) -> Iterator[Any]:
        try:
            searcher = self._idle.pop()
        except IndexError:
            searcher = self._index.searcher(weighting=BM25F())
        yield searcher
        # Not returned after a failure: it may have lost its place.
        self._idle.append(searcher)

    def scores(self, clause: Clause) -> Scores:
        """What `clause` scores in each document; 0 where no field of it holds the words."""
        scores = np.zeros(self.size)
        with self._searcher() as searcher:
            for name in clause.fields:
                documents, found = _matches(searcher, _query(name, clause.terms))
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
        with self._searcher() as searcher:
            documents, _ = _matches(searcher, Term(field, keyword))
        mask[documents] = True
        return mask

    def summaries(self) -> Iterator[NoteSummary]:
        """The summary of every document in turn."""
        with self._searcher() as searcher:
            if self.size:
                column = searcher.reader().column_reader("summary")
                for document in range(self.size):
                    yield _read_summary(column[document])

    def summary(self, document: int) -> NoteSummary:
        """The summary of one document."""
        with self._searcher() as searcher:
            return _read_summary(searcher.reader().column_reader("summary")[document])

    def note(self, document: int) -> Note:
        """The whole note of one document."""
        with self._searcher() as searcher:
            return _read_note(searcher.reader().column_reader("note")[document])


def _query(field: str, terms: tuple[str, ...]) -> Query:
    return Term(field, terms[0]) if len(terms) == 1 else Phrase(field, list(terms))


def _matches(searcher: Any, query: Query) -> tuple[list[int], list[float]]:
    """The documents that `query` matches, in order, and their scores."""
    documents, scores = [], []
    matcher = query.matcher(searcher, searcher.context())
    while matcher.is_active():
        documents.append(matcher.id())
        scores.append(matcher.score())
        matcher.next()
    return documents, scores
