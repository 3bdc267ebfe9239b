"""From the blocks of documents to notes: pure functions, no file and no network."""

from indexer.extraction.document import extract
from indexer.extraction.resolve import Resolution, resolve, resolve_each

__all__ = ["Resolution", "extract", "resolve", "resolve_each"]
