"""The archive as one request reads it: the same generation from its first line to its last."""

from __future__ import annotations

from typing import cast

from flask import current_app, g

from indexer.search_index import Archive, LiveArchive


def reading_archive() -> Archive:
    """The live archive, held for the whole of this request; raises GenerationError if absent."""
    if "archive" not in g:
        g.archive = cast(LiveArchive, current_app.extensions["live_archive"]).get()
    return cast(Archive, g.archive)
