"""Documents in which words stand one after another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.search_index.codec.sections import Array
from indexer.search_index.codec.segment import Field, Postings
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.ordered import places

# So many positions are read in the time of a read more: where those of documents lie closer, all
# from the first to the last are read at once.
POSITIONS_A_READ = 2_000
# Of so many times as many frequencies, those between the chosen are summed without a running sum.
_FEW = 8
# A document and a position in it as one number.
POSITION_BITS = 32
# No position is as high, so that no reach, however long, ends in another document.
_FARTHEST = (1 << 31) - 1


def standing_together(
    field: Field,
    terms: Sequence[tuple[int, Postings]],
    together: Array,
    slop: int,
    deadline: Deadline,
) -> Array:
    """The documents of `together`, all of which hold every term, that hold them in order.

    Each term stands at most `slop` places after the one before it; 1 is next to it.
    """
    places = places_of(field, *terms[0], together)
    for number, postings in terms[1:]:
        deadline.check()
        following = places_of(field, number, postings, together)
        places = reached(places, following, slop)
    documents = places >> POSITION_BITS
    if len(documents) > 1:
        documents = documents[np.concatenate(([True], documents[1:] != documents[:-1]))]
    return documents


def positions_of(
    field: Field, number: int, postings: Postings, chosen: Array
) -> tuple[Array, Array]:
    """The positions of a term in the documents at the places `chosen` of its postings.

    They come one document after another; the second array is how many each has. `postings` may be
    those of several terms from `number` on, one term's after another's.
    """
    if postings.frequencies is None or field.positions_at is None:
        raise ValueError(f"{field.name} has no positions")
    if not len(chosen):
        return np.empty(0, np.uint16), np.empty(0, np.int64)
    counts = postings.frequencies[chosen].astype(np.int64)
    starts = starts_of(postings.frequencies, chosen) + field.positions_at[number]
    ends = starts + counts
    first, last = int(starts[0]), int(ends[-1])
    if last - first > POSITIONS_A_READ * len(chosen):
        pairs = zip(starts.tolist(), ends.tolist(), strict=True)
        return np.concatenate([field.positions_in(at, stop) for at, stop in pairs]), counts
    every = field.positions_in(first, last)
    through = counts.cumsum()
    at = (starts - first - through + counts).repeat(counts)
    at += np.arange(len(at))
    return every.take(at), counts


def starts_of(frequencies: Array, chosen: Array) -> Array:
    """The sum of all frequencies before each of the places `chosen`, which are in order."""
    if len(chosen) * _FEW > len(frequencies):
        before: Array = frequencies.cumsum(dtype=np.int64)[chosen] - frequencies[chosen]
        return before
    sums = np.add.reduceat(frequencies, chosen, dtype=np.int64)
    starts: Array = sums.cumsum() - sums
    starts += frequencies[: chosen[0]].sum(dtype=np.int64)
    return starts


def reached(places: Array, following: Array, slop: int) -> Array:
    """Which of `following` stand at most `slop` after one of `places`; all are in order."""
    if not len(following):
        return following
    first = np.searchsorted(following, places, "right")
    if slop == 1:
        nearest = following.take(first, mode="clip")
        found: Array = nearest[nearest == places + 1]
        return found
    stop = np.searchsorted(following, places + min(slop, _FARTHEST), "right")
    # How many places reach each of them, from where a reach begins and where it ends.
    size = len(following) + 1
    reaches = np.cumsum(np.bincount(first, minlength=size) - np.bincount(stop, minlength=size))
    return following[reaches[:-1] > 0]


def places_of(field: Field, number: int, postings: Postings, together: Array) -> Array:
    """Where a term stands in documents that all hold it: document << 32 | position, in order."""
    return placed(field, number, postings, places(together, postings.ids), together)


def placed(field: Field, number: int, postings: Postings, chosen: Array, owners: Array) -> Array:
    """The positions at the places `chosen` of a term's postings: owner << 32 | position.

    There is an owner for each of the places.
    """
    positions, counts = positions_of(field, number, postings, chosen)
    return (owners.astype(np.int64) << POSITION_BITS).repeat(counts) | positions
