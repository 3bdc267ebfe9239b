"""Which segments to make one of, so that they stay few and hold little that is deleted."""

from __future__ import annotations

from collections.abc import Sequence

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
        if len(alike) > SEGMENTS_OF_A_SIZE and sum(e.live for e in alike) <= SEGMENT_NOTES:
            return alike
    return []


def _size(notes: int) -> int:
    size = 0
    while notes >= _STEP:
        notes, size = notes // _STEP, size + 1
    return size
