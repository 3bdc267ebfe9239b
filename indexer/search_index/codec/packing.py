"""The documents of terms as bytes.

A term that many documents have takes a byte for each: how far a document stands after the one
before it, the first after 0. Where one stands farther than a byte can say, all of the term's stand
as they are. So a term takes as many bytes as it has documents only if it is of the first kind.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.search_index.codec.sections import Array

_FARTHEST = 255


def pack(ids: Array, counts: Array) -> tuple[Array, Array]:
    """The documents `ids` of terms, `counts` of each in order, as bytes; each term's bytes."""
    width = ids.dtype.itemsize
    if width == 1 or not len(ids):
        return ids.astype(np.uint8), counts
    held = counts > 0
    starts = (np.cumsum(counts) - counts)[held]
    gaps = np.diff(ids, prepend=ids[:1])
    gaps[starts] = ids[starts]
    close = np.zeros(len(counts), np.bool_)
    close[held] = np.maximum.reduceat(gaps, starts) <= _FARTHEST
    narrow = np.repeat(close, counts)
    raw = np.where(narrow, gaps, ids).view(np.uint8).reshape(-1, width)
    kept = np.ones(raw.shape, np.bool_)
    kept[:, 1:] = ~narrow[:, None]
    return np.compress(kept.ravel(), raw.ravel()), np.where(close, counts, counts * width)


def unpack(raw: bytes, count: int, dtype: np.dtype[np.unsignedinteger]) -> Array:
    """The documents of one term, of which there are `count`, as numpy looks things up soonest."""
    if len(raw) == count and dtype.itemsize > 1:
        return np.frombuffer(raw, np.uint8).cumsum(dtype=np.intp)
    return np.frombuffer(raw, dtype).astype(np.intp)


def unpack_all(
    raw: bytes, bounds: Sequence[int], counts: Array, dtype: np.dtype[np.unsignedinteger]
) -> Array:
    """The documents of several terms; their bytes lie between two neighbouring bounds each."""
    lengths = np.diff(bounds)
    close = (lengths == counts) & (counts > 0)
    if dtype.itemsize == 1 or not close.any():
        return np.frombuffer(raw, dtype)
    every = np.frombuffer(raw, np.uint8)
    narrow = np.repeat(close, lengths)
    gaps, own = every[narrow], counts[close]
    sums = np.cumsum(gaps, dtype=np.int64)
    starts = np.cumsum(own) - own
    ids = np.empty(int(counts.sum()), dtype)
    narrow_ids = np.repeat(close, counts)
    ids[narrow_ids] = sums - np.repeat(sums[starts] - gaps[starts], own)
    ids[~narrow_ids] = every[~narrow].view(dtype)
    return ids
