"""What arrays of documents, each in order and without repetition, have in common."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from indexer.search_index.codec.sections import Array

# So many times as many documents are searched rather than marked.
_FEW = 8


def common(arrays: Iterable[Array]) -> Array:
    """The documents that are in every one of some arrays, of which there is at least one."""
    first, *others = sorted(arrays, key=len)
    for among in others:
        if not len(first):
            break
        if len(first) * _FEW < len(among):
            found = among.take(among.searchsorted(first), mode="clip")
            first = first[found == first]
        else:
            first = among[_marked(first, among)]
    return first


def places(ids: Array, among: Array) -> Array:
    """Where in `among` each of `ids` stands; all of them are there."""
    if len(ids) * _FEW <= len(among):
        return among.searchsorted(ids)
    return _marked(ids, among).nonzero()[0]


def _marked(ids: Array, among: Array) -> Array:
    """Which of `among` are in `ids`; neither is empty."""
    mask = np.zeros(max(int(ids[-1]), int(among[-1])) + 1, np.bool_)
    mask[ids] = True
    return mask.take(among)
