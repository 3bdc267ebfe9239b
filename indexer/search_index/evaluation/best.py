"""The best of many documents, in one stable order."""

from __future__ import annotations

import numpy as np

from indexer.search_index.codec.sections import Array

_BLOCK = 64


def best(scores: Array, ids: Array, references: Array, count: int, *, ordered: bool) -> Array:
    """The places of the `count` best scores, best first; of equal ones the newest reference first.

    There is a score for each of the documents `ids`; `references` sort as the notes do, and
    `ordered` says that the documents stand in the order of theirs.
    """
    places = _contenders(scores, count)
    if ordered:
        order = scores.take(places).argsort(kind="stable")
    else:
        order = np.lexsort((references[ids[places]], scores[places]))
    return places.take(order[::-1][:count])


def newest(ids: Array, references: Array, count: int, *, ordered: bool) -> Array:
    """The places of the `count` newest of the documents `ids`, newest first.

    `ordered` says that the documents stand in the order of their references.
    """
    places = np.arange(len(ids)) if ordered else references[ids].argsort()
    return places[::-1][:count]


def _contenders(scores: Array, count: int) -> Array:
    """The places of all scores that may be among the best, equals of the last one included."""
    size = len(scores)
    if size <= 4 * count:
        return np.arange(size)
    highest = scores
    if size > 4 * count * _BLOCK:
        highest = np.maximum.reduceat(scores, np.arange(0, size, _BLOCK))
    # As many blocks as are wanted reach this; so do at least as many scores.
    least = np.partition(highest, len(highest) - count)[len(highest) - count]
    places: Array = (scores >= least).nonzero()[0]
    return places
