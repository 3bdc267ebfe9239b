"""What a match is worth: BM25 with Lucene's idf, and more for words that notes dwell on."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from indexer.search_index.codec.sections import Array


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """The weights of BM25: `k1` says how soon more of a word adds little, `b` how length counts.

    `k3` is `k1` for a word that the query repeats. `dwelling` says how much more a word counts that
    comes often wherever it comes at all, as the words do that a note is about (Church and Gale,
    1995: burstiness); 0 leaves that out.
    """

    k1: float
    b: float
    k3: float
    dwelling: float

    def idf(self, documents: int, size: int) -> float:
        """What a word counts for being rare; never below 0."""
        return math.log1p((size - documents + 0.5) / (documents + 0.5))

    def weight(self, documents: int, occurrences: int, size: int) -> float:
        """What a word counts that `documents` of `size` hold, so many `occurrences` in all."""
        return self.idf(documents, size) * math.pow(
            (occurrences + 1.5) / (documents + 1), self.dwelling
        )

    def repeated(self, times: int) -> float:
        """How often a word counts that a query holds so many times."""
        return (self.k3 + 1) * times / (self.k3 + times)

    def norms(self, lengths: Array, average: float) -> npt.NDArray[np.float64]:
        """What divides the frequencies of documents so long, in words."""
        norms: npt.NDArray[np.float64] = lengths * (self.k1 * self.b / (average or 1.0))
        norms += self.k1 * (1 - self.b)
        return norms

    def scores(
        self, frequencies: Array, norms: npt.NDArray[np.float64], weight: float
    ) -> npt.NDArray[np.float64]:
        """The score of each document: weight * (k1 + 1) * tf / (tf + norm)."""
        times = frequencies.astype(np.float64)
        scores = norms + times
        np.divide(times, scores, out=scores)
        scores *= weight * (self.k1 + 1)
        return scores
