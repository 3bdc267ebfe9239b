"""The best of many documents, in one stable order."""

from __future__ import annotations

import numpy as np

from indexer.search_index.codec.sections import Array

_BLOCK = 64


def best(scores: Array, references: Array, count: int) -> Array:
    """The places of the `count` best scores, best first; of equal ones the newest reference first.

    `references` sort as the notes do; there is one for each score.
    """
    places = _contenders(scores, count)
    keys = -references[places].astype(np.int64), -scores[places].astype(np.float64)
    order = np.lexsort(keys)[:count]
    return order if places is _EVERY else np.arange(len(scores))[places][order]


_EVERY = slice(None)


def _contenders(scores: Array, count: int) -> Array | slice:
    """The places of all scores that may be among the best, equals of the last one included."""
    size = len(scores)
    whole = size // _BLOCK * _BLOCK
    if whole <= _BLOCK * max(count, 4):
        return _EVERY
    highest = scores[:whole].reshape(-1, _BLOCK).max(axis=1)
    if whole < size:
        highest = np.append(highest, scores[whole:].max())
    # As many blocks as are wanted reach this; so do at least as many scores.
    least = np.partition(highest, len(highest) - count)[len(highest) - count]
    return np.flatnonzero(scores >= least)
