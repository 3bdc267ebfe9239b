"""What a note is about in 64 bytes: its most telling words, to tell which notes are alike.

A signature is `SIGNATURE_WORDS` numbers of 16 bits. Each stands for one word: ten bits say which
(a hash, so a few words share one), six how much it tells of the note, as tf-idf of length one.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from indexer.search_index.codec.sections import Array

SIGNATURE_WORDS = 32
_HASH_BITS = 10
_WEIGHT_BITS = 6
_MOST = (1 << _WEIGHT_BITS) - 1
_FINEST = (1 << 16) - 1


def signatures(
    terms: Sequence[bytes], counts: Array, ids: Array, frequencies: Array, told: Array, size: int
) -> npt.NDArray[np.uint16]:
    """The signature of each of `size` documents, a row each, from the postings of a field.

    `ids` and `frequencies` are by term and document; `counts` says how many of them each of `terms`
    has, and `told` what the term tells of any that holds it. Nothing but zeros for no words.
    """
    rows = np.zeros((size, SIGNATURE_WORDS), np.uint16)
    if not len(ids):
        return rows
    weights = ((1 + np.log(frequencies)) * np.repeat(told, counts)).astype(np.float32)
    # By document, and in it by what a word tells, most first; numpy sorts 16 bits by radix.
    falling = ((1 - weights / weights.max()) * _FINEST).astype(np.uint16)
    order = np.argsort(falling, kind="stable")
    order = order[np.argsort(ids[order], kind="stable")]
    documents = ids[order]
    first = np.flatnonzero(np.append(True, documents[1:] != documents[:-1]))
    documents = documents[first]
    held = np.diff(np.append(first, len(order)))[:, None]
    # Where a document has fewer words, its last stands in the places left over.
    place = np.arange(SIGNATURE_WORDS)
    chosen = order[first[:, None] + np.minimum(place, held - 1)]
    weights = weights[chosen]
    length = np.sqrt((weights * weights * (place < held)).sum(axis=1, keepdims=True))
    parts = np.rint(weights / np.maximum(length, 1e-9) * _MOST).astype(np.uint16)
    hashes = np.fromiter(map(zlib.crc32, terms), np.uint32, len(terms))
    hashed = (hashes >> (32 - _HASH_BITS)).astype(np.uint16)
    rows[documents] = np.repeat(hashed, counts)[chosen] << _WEIGHT_BITS | parts
    return rows


def likeness(rows: Array) -> npt.NDArray[np.float32]:
    """How alike notes are, from 0 to about 1, by their signatures; each to itself 0."""
    size = len(rows)
    vectors = np.zeros((size, 1 << _HASH_BITS), np.float32)
    vectors[np.arange(size)[:, None], rows >> _WEIGHT_BITS] = (rows & _MOST) / np.float32(_MOST)
    alike: npt.NDArray[np.float32] = vectors @ vectors.T
    np.fill_diagonal(alike, 0)
    return alike
