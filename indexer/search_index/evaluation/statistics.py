"""What scores depend on across all segments of an index."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from indexer.search_index.codec.field import Field
from indexer.search_index.codec.segment import SegmentFile
from indexer.search_index.codec.summaries import Summaries
from indexer.search_index.evaluation.ranking import Ranking
from indexer.search_index.limits import SUMMARIES_REMEMBERED, TERMS_REMEMBERED
from indexer.search_index.remembered import Remembered


class OpenSegment:
    """A segment with what is worked out once for all requests.

    `base` is the number of its first document among all. `live` is None where nothing is deleted.
    `ordered` says that its documents stand in the order of their references.
    """

    def __init__(self, file: SegmentFile, deleted: Sequence[int], base: int) -> None:
        self.file = file
        self.base = base
        self.live: npt.NDArray[np.bool_] | None = None
        if deleted:
            self.live = np.ones(file.size, np.bool_)
            self.live[list(deleted)] = False
        self.ordered = bool((np.diff(file.references.astype(np.int64)) > 0).all())
        self._norms: dict[str, npt.NDArray[np.float64]] = {}
        # Nothing remembered refers to the segment itself, which goes as soon as its last reader.
        self.summary = lru_cache(SUMMARIES_REMEMBERED)(Summaries(file).__getitem__)

    def norms(self, field: str, statistics: Statistics) -> npt.NDArray[np.float64]:
        """What divides the frequencies of a field's words, by document."""
        norms = self._norms.get(field)
        if norms is None:
            lengths, average = self.file.lengths(field), statistics.average_length(field)
            # Two threads may both work it out: they get the same.
            norms = self._norms[field] = statistics.ranking.norms(lengths, average)
        return norms


class Statistics:
    """Counts over all segments, deleted documents included, as Whoosh counts them."""

    def __init__(self, segments: Sequence[OpenSegment], ranking: Ranking) -> None:
        self.ranking = ranking
        self._segments = segments
        # A request asks for them several times: for each score, and for each second look.
        self._weights: Remembered[tuple[str, bytes], float] = Remembered(TERMS_REMEMBERED)
        self.size = sum(segment.file.size for segment in segments)

    def weight(self, field: str, term: bytes) -> float:
        """What a term counts in the whole index."""
        weight = self._weights.get((field, term))
        if weight is None:
            every = self._having(field, term)
            documents = sum([own.document_count(number) for own, number in every])
            occurrences = sum([own.occurrences(number) for own, number in every])
            weight = self.ranking.weight(documents, occurrences, self.size)
            self._weights[field, term] = weight
        return weight

    def holders(self, field: str, term: bytes) -> int:
        """How many documents hold a term."""
        return sum([own.document_count(number) for own, number in self._having(field, term)])

    def _having(self, field: str, term: bytes) -> list[tuple[Field, int]]:
        """The field of every segment that has a term, and its number there."""
        fields = [segment.file.fields[field] for segment in self._segments]
        return [(own, number) for own in fields if (number := own.find(term)) is not None]

    def average_length(self, field: str) -> float:
        """How many words the field of a document holds, on average."""
        total = sum(segment.file.length_of(field) for segment in self._segments)
        return total / self.size if self.size else 0.0
