"""Where documents come from: each one as bytes with a locator, or the reason why not."""

from indexer.sources.containers import contained, is_container
from indexer.sources.folder import Found, find, open_document
from indexer.sources.json_lines import documents_of_lines
from indexer.sources.limits import MAX_BYTES, MAX_DEPTH, too_large
from indexer.sources.locators import printable
from indexer.sources.media_types import media_type_of, settle_media_type

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "Found",
    "contained",
    "documents_of_lines",
    "find",
    "is_container",
    "media_type_of",
    "open_document",
    "printable",
    "settle_media_type",
    "too_large",
]
