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


def signatures(
    ids: Array, frequencies: Array, counts: Array, terms: Sequence[bytes], weights: Array
) -> tuple[Array, Array]:
    """The documents that have words, and the signature of each, from the postings of a field.

    `ids` and `frequencies` are by term and document; `counts` says how many of them each of
    `terms` has and `weights` what each term tells. The second array has a row for each document.
    """
    told = (1 + np.log(frequencies)) * np.repeat(weights, counts)
    # One number sorts by document, and within it by what a word tells, most first.
    ranks = np.float32(told.max(initial=1)) - told.astype(np.float32)
    order = np.argsort(ids.astype(np.uint64) << np.uint64(32) | ranks.view(np.uint32))
    documents, first = np.unique(ids[order], return_index=True)
    held = np.minimum(np.diff(np.append(first, len(order))), SIGNATURE_WORDS)
    # Where a document has fewer words, its last stands in the places left over.
    places = np.minimum(np.arange(SIGNATURE_WORDS), held[:, None] - 1) + first[:, None]
    chosen = order[places]
    hashes = np.fromiter((zlib.crc32(term) for term in terms), np.uint32, len(terms))
    owners = np.repeat(np.arange(len(terms)), counts)[chosen]
    kept = np.where(np.arange(SIGNATURE_WORDS) < held[:, None], told[chosen], 0)
    length = np.sqrt((kept * kept).sum(axis=1, keepdims=True))
    parts = np.rint(told[chosen] / np.maximum(length, 1e-9) * _MOST).astype(np.uint16)
    return documents, (hashes[owners] >> (32 - _HASH_BITS)).astype(np.uint16) << _WEIGHT_BITS | parts


def likeness(rows: Array) -> npt.NDArray[np.float32]:
    """How alike notes are, from 0 to about 1, by their signatures; each to itself 0."""
    size = len(rows)
    vectors = np.zeros((size, 1 << _HASH_BITS), np.float32)
    vectors[np.arange(size)[:, None], rows >> _WEIGHT_BITS] = (rows & _MOST) / np.float32(_MOST)
    alike: npt.NDArray[np.float32] = vectors @ vectors.T
    np.fill_diagonal(alike, 0)
    return alike
