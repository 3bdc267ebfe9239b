"""Facet values as rows of ordinals: a fixed row for each document, and pairs for the rest."""

from __future__ import annotations

import numpy as np

from indexer.search_index.codec.sections import Array, SectionWriter, narrowest
from indexer.search_index.codec.segment import ROW, SegmentFile


def write_facets(
    writer: SectionWriter, documents: int, owners: Array, ordinals: Array, values: int
) -> None:
    """Write which of `values` ordinals each document has; `owners` are in order."""
    dtype = narrowest(values)
    counts = np.bincount(owners, minlength=documents)
    starts = np.cumsum(counts) - counts
    place = np.arange(len(owners)) - starts[owners]
    rows = np.full((documents, ROW), values, dtype)
    within = place < ROW
    rows[owners[within], place[within]] = ordinals[within]
    writer.put("facets.rows", rows.ravel())
    writer.put_narrow("facets.more_ids", owners[~within])
    writer.put("facets.more", ordinals[~within].astype(dtype))


def facet_pairs(segment: SegmentFile) -> tuple[Array, Array]:
    """The documents and ordinals that `write_facets` was given."""
    owners, places = np.nonzero(segment.rows != segment.facet_starts[-1])
    everyone = np.concatenate((owners, segment.more_ids.astype(np.int64)))
    ordinals = np.concatenate((segment.rows[owners, places], segment.more)).astype(np.int64)
    order = np.argsort(everyone, kind="stable")
    return everyone[order], ordinals[order]
