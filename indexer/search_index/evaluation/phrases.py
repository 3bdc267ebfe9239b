"""Documents in which words stand one after another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.search_index.codec.field import Field, Postings
from indexer.search_index.codec.sections import Array
from indexer.search_index.evaluation.deadline import Deadline

# So many positions are read in the time of a read more: where those of documents lie closer, all
# from the first to the last are read at once.
POSITIONS_A_READ = 2_000
# Where a term has not so many documents besides so many times those that are wanted, all are taken:
# choosing among them takes more calls of numpy, each of which costs as much as a thousand values.
_SHORT, _MOST = 1_500, 4
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
    """The documents that hold the terms in order, all that are in `together` and maybe others.

    Each of `together` holds every term. Each term stands at most `slop` places after the one before
    it; 1 is next to it.
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
    starts, ends = spans_of(postings.frequencies, chosen)
    counts = ends - starts
    base, first, last = field.positions_at[number], int(starts[0]), int(ends[-1])
    if last - first > POSITIONS_A_READ * len(chosen):
        pairs = zip((starts + base).tolist(), (ends + base).tolist(), strict=True)
        return np.concatenate([field.positions_in(at, stop) for at, stop in pairs]), counts
    every = field.positions_in(base + first, base + last)
    # The positions between those of the chosen are left out.
    at = (ends - counts.cumsum()).repeat(counts)
    at += np.arange(-first, len(at) - first)
    return every.take(at), counts


def spans_of(frequencies: Array, chosen: Array) -> tuple[Array, Array]:
    """Where the run of each of the places `chosen`, in order, begins and ends among all runs.

    A run is as long as its frequency says.
    """
    if len(frequencies) < len(chosen) * _MOST + _SHORT:
        wide = frequencies.astype(np.int64)  # which numpy sums sooner than it widens as it sums
        ends = wide.cumsum()[chosen]
        return ends - wide[chosen], ends
    sums = np.add.reduceat(frequencies, chosen, dtype=np.int64)
    starts = sums.cumsum() - sums
    starts += frequencies[: chosen[0]].sum(dtype=np.int64)
    return starts, starts + frequencies[chosen]


def reached(places: Array, following: Array, slop: int) -> Array:
    """Which of `following` stand at most `slop` after one of `places`; in order, none twice."""
    if slop == 1:
        both = np.concatenate((places + 1, following))
        both.sort(kind="stable")  # which merges what is in order already
        found: Array = both[1:][both[1:] == both[:-1]]
        return found
    first = following.searchsorted(places, "right")
    stop = following.searchsorted(places + min(slop, _FARTHEST), "right")
    # How many places reach each of them, from where a reach begins and where it ends.
    size = len(following) + 1
    reaches = np.cumsum(np.bincount(first, minlength=size) - np.bincount(stop, minlength=size))
    return following[reaches[:-1] > 0]


def places_of(field: Field, number: int, postings: Postings, wanted: Array) -> Array:
    """Where a term stands: document << 32 | position, in order.

    That is in all documents of `wanted`, in any order, that hold it, and maybe in others.
    """
    ids, counts = postings
    if counts is not None and len(ids) < len(wanted) * _MOST + _SHORT:
        positions = field.positions_between(number, number + 1)
    else:
        wanted = np.sort(wanted)
        at = ids.searchsorted(wanted)
        held = ids.take(at, mode="clip") == wanted
        positions, counts = positions_of(field, number, postings, at[held])
        ids = wanted[held]
    return located(ids, counts, positions)


def located(documents: Array, counts: Array, positions: Array) -> Array:
    """Each position and its document as one number; `counts` says how many each document has."""
    found: Array = (documents.astype(np.int64, copy=False) << POSITION_BITS).repeat(counts)
    found |= positions
    return found
