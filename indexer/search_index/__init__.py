"""Search: generations built beside the live one, verified and swapped; questions answered.

Everything that others may use is named here. No type of the engine shows through.
"""

from indexer.search_index.archive import Archive
from indexer.search_index.edition import Edition
from indexer.search_index.generation import generation_name, read_manifest, read_report
from indexer.search_index.limits import NOT_CLASSIFIED
from indexer.search_index.live import LiveArchive
from indexer.search_index.publishing import publish

__all__ = [
    "NOT_CLASSIFIED",
    "Archive",
    "Edition",
    "LiveArchive",
    "generation_name",
    "publish",
    "read_manifest",
    "read_report",
]
