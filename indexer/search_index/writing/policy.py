"""Which segments to make one of, so that they stay few and hold little that is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from indexer.search_index.codec.contents import SegmentEntry
from indexer.search_index.limits import DELETED_SHARE, SEGMENT_NOTES, SEGMENTS_OF_A_SIZE

# Sizes go in powers of this: a note is copied about once for each power.
_STEP = 8


def to_merge(entries: Sequence[SegmentEntry]) -> list[SegmentEntry]:
    """The segments to merge next; none when all is well."""
    sizes: dict[int, list[SegmentEntry]] = {}
    for entry in entries:
        if len(entry.deleted) > DELETED_SHARE * entry.notes:
            return [entry]
        sizes.setdefault(_size(entry.live), []).append(entry)
    for alike in sizes.values():
        if len(alike) > SEGMENTS_OF_A_SIZE and len(chosen := _fitting(alike)) > 1:
            return chosen
    return []


def _fitting(entries: Sequence[SegmentEntry]) -> list[SegmentEntry]:
    """As many of the smallest as one segment holds."""
    smallest = sorted(entries, key=lambda entry: entry.live)
    together = accumulate(entry.live for entry in smallest)
    return smallest[: sum(notes <= SEGMENT_NOTES for notes in together)]


def _size(notes: int) -> int:
    size = 0
    while notes >= _STEP:
        notes, size = notes // _STEP, size + 1
    return size
