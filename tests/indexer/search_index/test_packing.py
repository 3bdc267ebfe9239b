"""The documents of terms as bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_index.codec.packing import Packing

# Segments whose documents are numbers of a byte, of two and of four.
SIZES = (1, 255, 256, 257, 3_000, 65_536, 65_537, 200_000)


@st.composite
def segments(draw: st.DrawFn) -> tuple[int, list[list[int]]]:
    """The size of a segment, and the documents of some terms: few, or a run of every so many."""
    size = draw(st.sampled_from(SIZES))
    documents = st.integers(0, size - 1)
    few = st.sets(documents, max_size=40).map(sorted)
    runs = st.builds(range, documents, st.just(size), st.integers(1, 9)).map(list)
    return size, draw(st.lists(few | runs, max_size=5))


@given(segments())
def test_what_was_packed_is_unpacked(segment: tuple[int, list[list[int]]]) -> None:
    size, terms = segment
    packing = Packing(size)
    every = [document for term in terms for document in term]
    counts = np.array([len(term) for term in terms], np.int64)
    raw, lengths = packing.pack(np.array(every, np.uint32), counts)
    content = raw.tobytes()
    assert packing.unpack_all(content, lengths, counts).tolist() == every
    ends = np.cumsum(lengths)
    for term, start, stop in zip(terms, ends - lengths, ends, strict=True):
        assert packing.unpack(content[start:stop], len(term)).tolist() == term


def test_a_term_that_many_documents_have_takes_a_byte_for_each_and_for_each_block() -> None:
    """Of 600 documents there are three blocks: four documents are as short either way."""
    ids = np.array([0, 254, 255, 256, 599, 7, 8, 9], np.uint16)
    raw, lengths = Packing(600).pack(ids, np.array([5, 3]))
    assert lengths.tolist() == [3 + 5, 3 * 2]
    assert raw[:8].tolist() == [2, 2, 1, 0, 254, 0, 1, 89]


@pytest.mark.parametrize(
    ("raw", "count"),
    [
        (bytes([2, 2, 0, 0, 254, 0, 1, 89]), 5),  # the blocks hold too few
        (bytes([2, 2, 2, 0, 254, 0, 1, 89]), 5),  # too many
        (bytes([2, 2, 1, 0, 254, 0, 1, 89]), 6),  # whole, but of other documents
        (bytes([2, 2, 1, 0, 254, 0, 1]), 5),  # cut short
        (bytes([2]), 5),
        (bytes(3), 2),
        (b"", 1),
    ],
)
def test_counts_that_do_not_add_up_are_refused(raw: bytes, count: int) -> None:
    packing = Packing(600)
    with pytest.raises(ValueError, match=r"."):
        packing.unpack(raw, count)
    with pytest.raises(ValueError, match=r"."):
        packing.unpack_all(raw, np.array([len(raw)]), np.array([count]))
