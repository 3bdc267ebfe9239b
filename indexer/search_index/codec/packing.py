"""The documents of terms as bytes.

The documents of a segment lie in blocks of 255, so that one byte says how many of a block a term
has, and another where in its block a document stands. A term that many documents have is packed:
how many of each block, then the place of each document. Where that is no shorter, its documents
stand as they are.
"""

from __future__ import annotations

import numpy as np

from indexer.search_index.codec.sections import Array, narrowest

_BLOCK = 255


class Packing:
    """How the terms of a segment of so many documents are packed."""

    def __init__(self, documents: int) -> None:
        self._dtype = narrowest(max(0, documents - 1))
        self._width = self._dtype.itemsize
        self._firsts = np.arange(0, documents, _BLOCK).astype(self._dtype)  # of each block

    def pack(self, ids: Array, counts: Array) -> tuple[Array, Array]:
        """The documents `ids` of terms, `counts` of each in order, as bytes; each term's bytes."""
        ids = ids.astype(self._dtype, copy=False)
        packed, lengths = self._lengths(counts)
        if not packed.any():
            return ids.view(np.uint8), lengths
        heads, places, others = self._parts(packed, lengths)
        own = np.repeat(packed, counts)
        chosen = ids[own]
        block = chosen // _BLOCK
        first_heads = np.arange(0, len(heads), len(self._firsts))
        held = np.bincount(first_heads.repeat(counts[packed]) + block, minlength=len(heads))
        raw = np.empty(int(lengths.sum()), np.uint8)
        raw[heads] = held
        raw[places] = chosen - self._firsts.take(block)
        raw[others] = ids[~own].view(np.uint8)
        return raw, lengths

    def unpack(self, raw: bytes, count: int) -> Array:
        """The documents of one term, of which there are `count`, as numpy looks things up soonest.

        Raises ValueError where there are not so many.
        """
        if len(raw) == count * self._width:
            return np.frombuffer(raw, self._dtype).astype(np.intp)
        every, blocks = np.frombuffer(raw, np.uint8), len(self._firsts)
        ids = self._firsts.repeat(every[:blocks])
        if not len(ids) == len(raw) - blocks == count:
            raise ValueError(f"not {count} documents")
        ids += every[blocks:]
        return ids.astype(np.intp)

    def unpack_all(self, raw: bytes, lengths: Array, counts: Array) -> Array:
        """The documents of several terms, `counts` of each in `lengths` of bytes.

        Raises ValueError where a term has not so many.
        """
        packed, expected = self._lengths(counts)
        if (lengths != expected).any():
            raise ValueError("terms of other lengths")
        if not packed.any():
            return np.frombuffer(raw, self._dtype).astype(np.intp)
        heads, places, others = self._parts(packed, lengths)
        every = np.frombuffer(raw, np.uint8)
        held = every[heads].reshape(-1, len(self._firsts))
        if (held.sum(axis=1) != counts[packed]).any():
            raise ValueError("terms of other counts")
        own = np.repeat(packed, counts)
        ids = np.empty(len(own), np.intp)
        ids[own] = np.tile(self._firsts, len(held)).repeat(held.ravel()) + every[places]
        ids[~own] = every[others].view(self._dtype)
        return ids

    def _lengths(self, counts: Array) -> tuple[Array, Array]:
        """Which terms are packed, and how many bytes each takes."""
        bare = counts * self._width
        packed = counts + len(self._firsts)
        return packed < bare, np.minimum(packed, bare)

    def _parts(self, packed: Array, lengths: Array) -> tuple[Array, Array, Array]:
        """Which bytes of terms are the counts of blocks, which the places, and which neither."""
        starts = (lengths.cumsum() - lengths)[packed]
        heads = (starts[:, None] + np.arange(len(self._firsts))).ravel()
        places = np.repeat(packed, lengths)
        others = ~places
        places[heads] = False
        return heads, places, others
