"""Notes to read beside a note, each with the reason why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from whoosh.query import And, Or, Term

from indexer.domain.note import Note
from indexer.domain.reference import NoteReference
from indexer.domain.search import Related, Relation
from indexer.search_index.analysis import term_of
from indexer.search_index.discovery.series import project_of, series_of
from indexer.search_index.discovery.similar import similar
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.index import Index
from indexer.search_index.limits import CITED_OFTEN, RELATED, RELATED_OF_A_KIND
from indexer.search_index.records import reference_key
from indexer.search_index.reports import report_key

# So many notes whose titles hold the words are read, the nearest in number.
_TITLES_READ = 60
_Found = Iterator[tuple[int, Relation, tuple[str, ...]]]


class Relations:
    """What is related in one index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def of(self, note: Note, deadline: Deadline) -> tuple[Related, ...]:
        """The notes most related to `note`, none of which its page shows as citing or cited.

        Raises SearchTooLong.
        """
        known = {self._index.document(note.reference)}
        known.update(self._index.document(cited) for cited in note.cites.notes)
        known.update(self._index.having("cites", note.reference.slug))
        searches = self._index.searches(deadline)
        related: list[Related] = []
        for found in (
            self._of_title(note, searches, project_of, Relation.PROJECT),
            self._of_title(note, searches, series_of, Relation.SERIES),
            self._citing(note),
            self._alike(note, searches),
        ):
            of_a_kind = 0
            for document, relation, shared in found:
                if len(related) == RELATED:
                    return tuple(related)
                if document in known:
                    continue
                known.add(document)
                of_a_kind += 1
                if relation is not Relation.PROJECT and of_a_kind > RELATED_OF_A_KIND:
                    continue
                related.append(Related(self._index.summary(document), relation, shared))
        return tuple(related)

    def _of_title(
        self,
        note: Note,
        searches: Iterable[SegmentSearch],
        key_of: Callable[[str], tuple[str, ...]],
        relation: Relation,
    ) -> _Found:
        """The notes whose titles say the same but for what tells them apart, the nearest first."""
        key = key_of(note.name)
        if not key:
            return
        # A day is printed as 4 or 4th: the titles are compared without, so are found without.
        terms = dict.fromkeys(term_of(word) for word in key if not word[0].isdigit())
        query = Or([And([Term(field, term) for term in terms]) for field in ("title", "subject")])
        own = reference_key(note.reference)
        found: list[tuple[int, int, int]] = []
        for search in searches:
            ids = search.matches(query, search.segment.live, scored=False).ids.astype(np.int64)
            numbers = search.segment.file.references[ids].astype(np.int64)
            far = np.abs(numbers - own)
            documents = ids + search.segment.base
            found += zip(far.tolist(), (-numbers).tolist(), documents.tolist(), strict=True)
        for _, _, document in sorted(found)[:_TITLES_READ]:
            if key_of(self._index.summary(document).title) == key:
                yield document, relation, ()

    def _citing(self, note: Note) -> _Found:
        """The notes that cite what this one cites, those first that share what fewest cite."""
        cited = [("reports", report_key(report), report) for report in note.cites.reports]
        cited += [("cites", other.slug, str(other)) for other in note.cites.notes]
        found: dict[int, list[str]] = {}
        weights: dict[int, float] = {}
        kinds: dict[int, Relation] = {}
        for field, key, printed in cited:
            citing = self._index.having(field, key) if key else []
            if not 2 <= len(citing) <= CITED_OFTEN:
                continue
            for document in citing:
                found.setdefault(document, []).append(printed)
                weights[document] = weights.get(document, 0.0) + 1 / len(citing)
                kind = Relation.REPORT if field == "reports" else Relation.CITATION
                kinds.setdefault(document, kind)
        for document in sorted(found, key=lambda each: (-weights[each], -each)):
            yield document, kinds[document], (found[document][0],)

    def _alike(self, note: Note, searches: list[SegmentSearch]) -> _Found:
        """The notes of similar text, but for the two that the page leads on to anyway."""
        beside = set(self._beside(note.reference))
        for each in similar(self._index, searches, note, RELATED + len(beside)):
            if each.document not in beside:
                yield each.document, Relation.TEXT, each.words

    def _beside(self, reference: NoteReference) -> Iterator[int]:
        place = self._index.place(reference)
        for near in (place - 1, place + 1):
            if 0 <= near < self._index.size:
                yield self._index.at(near)
