"""What is found beside a search or a note: another query, suggestions, related notes."""

from __future__ import annotations

from contextlib import suppress

from indexer.domain.errors import SearchTooLong
from indexer.domain.note import Note
from indexer.domain.reference import NoteReference
from indexer.domain.search import Contents, Related, SearchRequest, Suggestion
from indexer.search_index.discovery.corrections import Corrector
from indexer.search_index.discovery.related import Relations
from indexer.search_index.discovery.suggestions import Suggester
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.facets import FacetCounter
from indexer.search_index.finding import Finder
from indexer.search_index.index import Index
from indexer.search_index.limits import ASIDE_SECONDS, FEW_NOTES, RELATED_KEPT
from indexer.search_index.remembered import Remembered


class Aside:
    """Help over one index. What takes too long is left out; the search or the note stands."""

    def __init__(
        self,
        index: Index,
        contents: Contents,
        finder: Finder,
        facets: FacetCounter,
        budget: float | None,
    ) -> None:
        """With a `budget` of None it takes its time."""
        self._seconds = None if budget is None else ASIDE_SECONDS
        self._corrector = Corrector(index, contents, finder)
        self._suggester = Suggester(index, contents, facets)
        self._relations = Relations(index)
        self._related: Remembered[NoteReference, tuple[Related, ...]] = Remembered(RELATED_KEPT)

    def other_query(self, request: SearchRequest, whole: int) -> str | None:
        """What may have been meant by a question all of whose words `whole` notes hold, if few."""
        if whole <= FEW_NOTES:
            with suppress(SearchTooLong):
                return self._corrector.offer(request, Deadline(self._seconds))
        return None

    def suggestions(self, text: str) -> tuple[Suggestion, ...]:
        """What may be meant by the beginning of a question, the likeliest first."""
        with suppress(SearchTooLong):
            return self._suggester.suggest(text, Deadline(self._seconds))
        return ()

    def related(self, note: Note) -> tuple[Related, ...]:
        """The notes to read beside `note`, which is held, and why; worked out once for each."""
        known = self._related.get(note.reference)
        if known is not None:
            return known
        with suppress(SearchTooLong):
            known = self._relations.of(note, Deadline(self._seconds))
            self._related[note.reference] = known
        return known or ()
