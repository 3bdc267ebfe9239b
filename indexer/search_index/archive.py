"""An open archive: one clearance's part of one generation, read-only, for many threads."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

import numpy as np

from indexer.domain.blocks import text_of
from indexer.domain.errors import GenerationError
from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.reference import NoteReference
from indexer.domain.search import (
    Contents,
    Facets,
    Hit,
    NoteSummary,
    SearchRequest,
    SearchResult,
    Sort,
)
from indexer.search_index.analysis import terms_of
from indexer.search_index.facets import FacetColumns, Selection
from indexer.search_index.finding import Finder, Found
from indexer.search_index.generation import (
    INDEX,
    contents_of,
    current_generation,
    edition_folder,
    manifest_of,
)
from indexer.search_index.index import Index, Mask, Scores
from indexer.search_index.question import Clause, printable
from indexer.search_index.reports import report_key
from indexer.search_index.snippets import marked, snippet


class Archive:
    """The notes of one clearance as one generation holds them. Thread-safe; never changes."""

    def __init__(self, generation: Path, clearance: Clearance) -> None:
        """Open the part of the generation in the folder `generation` that `clearance` may read."""
        manifest_of(generation)
        self.generation = generation.name
        self.contents: Contents = contents_of(generation, clearance)
        try:
            self._index = Index(edition_folder(generation, clearance) / INDEX)
            summaries = self._index.summaries()
        except Exception as error:  # Whoosh raises whatever a damaged file makes it stumble over
            raise GenerationError(
                f"the index in {generation} cannot be read ({error}): run `technotes index` to"
                " build the archive anew"
            ) from error
        self._references = [summary.reference for summary in summaries]
        self._columns = FacetColumns(summaries, self.contents)
        self._finder = Finder(self._index, self.contents, self._columns, self._references)

    @classmethod
    def open(cls, folder: Path, clearance: Clearance) -> Archive:
        """The current archive under `folder`; raises GenerationError where none can be read."""
        return cls(current_generation(folder), clearance)

    def close(self) -> None:
        """Close the files of the archive; nothing may be asked of it after."""
        self._index.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def references(self) -> tuple[NoteReference, ...]:
        """The number of every note held, in order."""
        return tuple(self._references)

    def search(self, request: SearchRequest) -> SearchResult:
        """The answer to `request`: a page of hits, the total and the facets, all from one pass."""
        found = self._finder.find(request.query)
        selection = Selection(
            frozenset(map(str, request.years)), request.officers, request.subjects
        )
        documents = self._columns.within(found.documents, selection)
        total = int(documents.sum())
        size = max(1, request.page_size)
        pages = max(1, -(-total // size))
        page = request.page if 1 <= request.page <= pages else pages
        ranked = found.ranked and request.sort is Sort.RELEVANCE
        order = _ordered(documents, found.scores if ranked else None)
        return SearchResult(
            query=printable(request.query),
            total=total,
            holding_all_words=int((documents & found.all_words).sum()),
            hits=tuple(self._hit(at, found) for at in order[(page - 1) * size : page * size]),
            facets=self._columns.facets(found.documents, selection),
            opens=found.opens.slug if found.opens else None,
            absent=found.absent,
            page=page,
            pages=pages,
        )

    def finds_by_title(self, note: Note) -> bool:
        """Whether a word of the note's title finds it; true of a title without words."""
        terms = terms_of(note.title or "")
        if not terms:
            return True
        document = self._finder.document(note.reference)
        scores = self._index.scores(Clause((max(terms, key=len),), ("title",)))
        return document is not None and bool(scores[document] > 0)

    def _hit(self, document: int, found: Found) -> Hit:
        note = self._index.note(document)
        return Hit(
            note=NoteSummary.of(note),
            score=float(found.scores[document]),
            title=marked(note.name, found.marks),
            snippet=snippet(text_of(note.body), found.marks),
        )

    def facets(self) -> Facets:
        """The facet counts over every note held."""
        return self._columns.facets(np.ones(self._index.size, dtype=np.bool_), Selection())

    def note(self, reference: NoteReference) -> Note | None:
        """The note with that number, or None where the archive does not hold it."""
        document = self._finder.document(reference)
        return None if document is None else self._index.note(document)

    def summary(self, reference: NoteReference) -> NoteSummary | None:
        """What a list shows of the note with that number, or None where it is not held."""
        document = self._finder.document(reference)
        return None if document is None else self._index.summary(document)

    def latest(self, count: int) -> tuple[NoteSummary, ...]:
        """The `count` notes with the highest numbers, the newest first."""
        newest = range(self._index.size - 1, -1, -1)
        return self._summaries(newest[: max(0, count)])

    def neighbours(self, reference: NoteReference) -> tuple[NoteSummary | None, NoteSummary | None]:
        """The notes held just before and just after that number, which need not be held itself."""
        before = bisect_left(self._references, reference) - 1
        after = bisect_right(self._references, reference)
        return (
            self._index.summary(before) if before >= 0 else None,
            self._index.summary(after) if after < self._index.size else None,
        )

    def cited_by(self, reference: NoteReference) -> tuple[NoteSummary, ...]:
        """The notes that cite that number, the newest first; it need not be held itself."""
        return self._summaries(_ordered(self._index.citing(reference)))

    def citing_report(self, report: str) -> tuple[NoteSummary, ...]:
        """The notes that cite a committee report, however it is spelt, the newest first."""
        key = report_key(report)
        return self._summaries(_ordered(self._index.citing_report(key))) if key else ()

    def _summaries(self, documents: Iterable[int]) -> tuple[NoteSummary, ...]:
        return tuple(self._index.summary(document) for document in documents)


def _ordered(documents: Mask, scores: Scores | None = None) -> list[int]:
    """The documents of a mask, best score first where scores are given, then newest first."""
    order = np.flatnonzero(documents)[::-1]
    if scores is not None:
        order = order[np.argsort(-scores[order], kind="stable")]
    return [int(document) for document in order]
