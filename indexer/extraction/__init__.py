"""From the blocks of documents to notes: pure functions, no file and no network."""

from indexer.extraction.document import extract
from indexer.extraction.resolve import Resolution, resolve, resolve_each
from indexer.extraction.subjects import Filing

__all__ = ["Filing", "Resolution", "extract", "resolve", "resolve_each"]
