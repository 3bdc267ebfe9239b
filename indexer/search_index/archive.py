"""An open archive: one clearance's part of one generation, read-only, for many threads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from pathlib import Path
from types import TracebackType

import numpy as np
from whoosh.query import Term

from indexer.domain.errors import GenerationError
from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.reference import NoteReference
from indexer.domain.search import (
    Contents,
    Facets,
    Hit,
    NoteSummary,
    Related,
    SearchRequest,
    SearchResult,
    Sort,
    Span,
    Suggestion,
)
from indexer.search_index.analysis import terms_of
from indexer.search_index.codec.sections import Array
from indexer.search_index.discovery.aside import Aside
from indexer.search_index.evaluation.best import best, newest
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.evaluation.places import places_in, words_in_titles
from indexer.search_index.evaluation.reranking import NOBODY, Contenders, second_look
from indexer.search_index.facets import FacetCounter, Selection
from indexer.search_index.finding import Finder, FoundIn
from indexer.search_index.generation import (
    INDEX,
    contents_of,
    current_generation,
    edition_folder,
)
from indexer.search_index.index import Index
from indexer.search_index.limits import SEARCH_SECONDS
from indexer.search_index.planning import Read
from indexer.search_index.question import printable
from indexer.search_index.reports import report_key
from indexer.search_index.snippets import Marks, marked
from indexer.search_index.snippets import snippets as snippets_of
from indexer.search_index.weights import PAIRED


class Archive:
    """The notes of one clearance as one generation holds them. Thread-safe; never changes."""

    def __init__(
        self, generation: Path, clearance: Clearance, budget: float | None = SEARCH_SECONDS
    ) -> None:
        """Open the part of the generation in the folder `generation` that `clearance` may read.

        A search that takes longer than `budget` seconds is given up; None lets it take its time.
        """
        self.generation = generation.name
        self.contents: Contents = contents_of(generation, clearance)
        self._budget = budget
        try:
            self._index = Index(edition_folder(generation, clearance) / INDEX)
            self._facets = FacetCounter(self._index.segments, self.contents)
        except Exception as error:  # whatever a damaged file makes anything stumble over
            raise GenerationError(
                f"the index in {generation} cannot be read ({error}): run `technotes index` to"
                " build the archive anew"
            ) from error
        self._finder = Finder(self._index, self.contents)
        self._aside = Aside(self._index, self.contents, self._finder, self._facets, budget)

    @classmethod
    def open(
        cls, folder: Path, clearance: Clearance, budget: float | None = SEARCH_SECONDS
    ) -> Archive:
        """The current archive under `folder`; raises GenerationError where none can be read."""
        return cls(current_generation(folder), clearance, budget)

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
        return self._index.references

    def search(self, request: SearchRequest, *, snippets: bool = True) -> SearchResult:
        """The answer to `request`: a page of hits, the total and the facets, all from one pass.

        Without `snippets` no hit has one, for those who only list what is found.
        Raises SearchTooLong where that would take longer than the archive's budget.
        """
        query = printable(request.query)
        segments, read = self._finder.find(query, Deadline(self._budget))
        kept, facets = self._facets.within(
            [part.search for part in segments],
            [part.ids for part in segments],
            Selection.of(request),
        )
        parts = [
            part if chosen is None else part.only(chosen)
            for part, chosen in zip(segments, kept, strict=True)
        ]
        total = sum(len(part.ids) for part in parts)
        size = max(1, request.page_size)
        pages = max(1, -(-total // size))
        page = request.page if 1 <= request.page <= pages else pages
        ranked = read.ranked and request.sort is Sort.RELEVANCE
        shown = self._shown(parts, page * size, read if ranked else None)
        if page > 1:
            shown = shown.part((page - 1) * size, None)
        whole = sum(part.holding_all_words for part in parts)
        return SearchResult(
            query=query,
            total=total,
            holding_all_words=whole,
            hits=_hits(shown, [part.search for part in parts], read.marks, snippets),
            facets=facets,
            opens=read.opens.slug if read.opens else None,
            absent=read.absent,
            left_out=read.left_out,
            unread=read.unread,
            loosened=read.loosened,
            spelt_out=read.spelt_out,
            did_you_mean=self._aside.other_query(request, whole),
            page=page,
            pages=pages,
        )

    def _shown(self, parts: Sequence[FoundIn], count: int, ranked: Read | None) -> Contenders:
        """The `count` documents that come first, by rank or else the newest."""
        if ranked is None or ranked.words < 2:
            return _best(parts, count, ranked is not None)
        searches = [part.search for part in parts]
        if ranked.pairs and sum(len(part.ids) for part in parts) <= PAIRED:
            # The second look puts all that it looks at in order.
            contenders = _joined(_contenders(part, slice(None)) for part in parts)
        else:
            contenders = _best(parts, max(count, PAIRED), ranked=True)
        return second_look(searches, contenders, ranked.pairs, ranked.words).part(0, count)

    def suggest(self, text: str) -> tuple[Suggestion, ...]:
        """What may be meant by the beginning of a question, the likeliest first."""
        return self._aside.suggestions(text)

    def related(self, note: Note) -> tuple[Related, ...]:
        """The notes to read beside `note`, which is held, and why."""
        return self._aside.related(note)

    def finds_by_title(self, note: Note) -> bool:
        """Whether a word of the note's title finds it; true of a title without words."""
        terms = terms_of(note.title or "")
        if not terms:
            return True
        document = self._index.document(note.reference)
        if document is None:
            return False
        query = Term("title", max(terms, key=len))
        return any(
            document - search.segment.base in search.matches(query, search.segment.live).ids
            for search in self._index.searches(Deadline())
        )

    def facets(self) -> Facets:
        """The facet counts over every note held."""
        return self._facets.everything()

    def note(self, reference: NoteReference) -> Note | None:
        """The note with that number, or None where the archive does not hold it."""
        document = self._index.document(reference)
        return None if document is None else self._index.note(document)

    def summary(self, reference: NoteReference) -> NoteSummary | None:
        """What a list shows of the note with that number, or None where it is not held."""
        document = self._index.document(reference)
        return None if document is None else self._index.summary(document)

    def latest(self, count: int) -> tuple[NoteSummary, ...]:
        """The `count` notes with the highest numbers, the newest first."""
        newest = range(self._index.size - 1, -1, -1)[: max(0, count)]
        return self._index.summaries(map(self._index.at, newest))

    def neighbours(self, reference: NoteReference) -> tuple[NoteSummary | None, NoteSummary | None]:
        """The notes held just before and just after that number, which need not be held itself."""
        place = self._index.place(reference)
        after = place + (self._index.document(reference) is not None)
        return self._summary_at(place - 1), self._summary_at(after)

    def _summary_at(self, place: int) -> NoteSummary | None:
        if not 0 <= place < self._index.size:
            return None
        return self._index.summary(self._index.at(place))

    def cited_by(self, reference: NoteReference) -> tuple[NoteSummary, ...]:
        """The notes that cite that number, the newest first; it need not be held itself."""
        return self._index.summaries(self._index.having("cites", reference.slug))

    def citing_report(self, report: str) -> tuple[NoteSummary, ...]:
        """The notes that cite a committee report, however it is spelt, the newest first."""
        key = report_key(report)
        return self._index.summaries(self._index.having("reports", key)) if key else ()


def _best(parts: Sequence[FoundIn], count: int, ranked: bool) -> Contenders:
    """The `count` best of all parts, best first, or simply the newest; equals newest first."""
    every = _joined(_best_of(part, count, ranked) for part in parts)
    if len(parts) < 2:
        return every
    order = np.lexsort((every.references, every.scores) if ranked else (every.references,))
    return every.at(order[::-1][:count])


def _best_of(part: FoundIn, count: int, ranked: bool) -> Contenders:
    segment = part.search.segment
    references, ordered = segment.file.references, segment.ordered
    if part.scores is None or not ranked:
        return _contenders(part, newest(part.ids, references, count, ordered=ordered))
    return _contenders(part, best(part.scores, part.ids, references, count, ordered=ordered))


def _contenders(part: FoundIn, places: Array | slice) -> Contenders:
    """The documents at some places of what was found in a segment."""
    segment = part.search.segment
    ids = part.ids[places]
    scores = np.zeros(len(ids)) if part.scores is None else part.scores[places]
    return Contenders(ids + segment.base, scores, segment.file.references.take(ids))


def _joined(parts: Iterable[Contenders]) -> Contenders:
    every = NOBODY
    for part in parts:
        every = every.then(part)
    return every


def _hits(
    shown: Contenders, searches: Sequence[SegmentSearch], marks: Marks, snippets: bool
) -> tuple[Hit, ...]:
    """What is shown of each of the notes."""
    scores = dict(zip(shown.documents.tolist(), shown.scores.tolist(), strict=True))
    hits: dict[int, Hit] = {}
    for search in searches:
        first = search.segment.base
        within = range(first, first + search.segment.file.size)
        own = {document: score for document, score in scores.items() if document in within}
        hits |= zip(own, _hits_of(search, own, marks, snippets), strict=True)
    return tuple(map(hits.__getitem__, scores))


def _hits_of(
    search: SegmentSearch, shown: Mapping[int, float], marks: Marks, snippets: bool
) -> list[Hit]:
    """The same of some that are all in one segment, with their scores."""
    segment = search.segment
    documents = [document - segment.base for document in shown]
    notes = list(map(segment.summary, documents))
    titles = [note.title for note in notes]
    matched = words_in_titles(search, marks, documents, titles) if marks else repeat(())
    passages: Iterable[tuple[Span, ...]] = repeat(())
    if snippets:
        places = places_in(search, marks, documents) if marks else [()] * len(documents)
        passages = snippets_of(segment.file, documents, places)
    return [
        Hit(note=note, score=score, title=marked(note.title, words), snippet=passage)
        for score, note, words, passage in zip(
            shown.values(), notes, matched, passages, strict=False
        )
    ]
