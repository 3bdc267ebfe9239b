"""The documents of terms as bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_index.codec.packing import pack, unpack, unpack_all

TERMS = st.lists(st.sets(st.integers(0, 255) | st.integers(0, 65_535), max_size=40), max_size=8)


@pytest.mark.parametrize("dtype", [np.dtype("<u2"), np.dtype("<u4")])
@given(TERMS)
def test_what_was_packed_is_unpacked(dtype: np.dtype[np.unsignedinteger], terms) -> None:
    every = [document for term in terms for document in sorted(term)]
    counts = np.array([len(term) for term in terms], np.int64)
    raw, lengths = pack(np.array(every, dtype), counts)
    bounds = np.concatenate(([0], np.cumsum(lengths))).tolist()
    content = raw.tobytes()
    assert unpack_all(content, bounds, counts, dtype).tolist() == every
    for at, term in enumerate(terms):
        own = content[bounds[at] : bounds[at + 1]]
        assert unpack(own, len(term), dtype).tolist() == sorted(term)


def test_documents_that_stand_close_take_a_byte_each() -> None:
    ids = np.array([0, 255, 510, 9, 40_000], "<u2")
    raw, lengths = pack(ids, np.array([3, 2]))
    assert lengths.tolist() == [3, 4]
    assert raw[:3].tolist() == [0, 255, 255]
