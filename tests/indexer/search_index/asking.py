"""Asking an archive."""

from __future__ import annotations

from indexer.domain.search import SearchRequest
from indexer.search_index import Archive


def slugs(archive: Archive, query: str, **asked: object) -> list[str]:
    """The first page of notes that `query` finds."""
    hits = archive.search(SearchRequest(query=query, **asked)).hits
    return [hit.note.reference.slug for hit in hits]
