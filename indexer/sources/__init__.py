"""Where documents come from: each one as bytes with a locator, or the reason why not."""

from indexer.sources.folder import Found, find, open_document
from indexer.sources.json_lines import documents_of_lines
from indexer.sources.limits import MAX_BYTES, too_large
from indexer.sources.locators import printable
from indexer.sources.media_types import media_type_of, settle_media_type

__all__ = [
    "MAX_BYTES",
    "Found",
    "documents_of_lines",
    "find",
    "media_type_of",
    "open_document",
    "printable",
    "settle_media_type",
    "too_large",
]
