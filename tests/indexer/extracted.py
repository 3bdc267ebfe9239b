"""Documents extracted in the test's own process, which is quicker than in workers for a few."""

from __future__ import annotations

from collections.abc import Iterable

from indexer import pipeline
from indexer.config import Config
from indexer.domain.note import Note
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.ingest.outcome import ingest_here


def extract_each(
    documents: Iterable[SourceDocument | Rejection], config: Config
) -> tuple[tuple[str, Note | Rejection], ...]:
    """As that of the pipeline: each document's locator, and its note or why it is none."""
    extracted = pipeline.extract_each(documents, config, ingest_here)
    return tuple((each.locator, each.outcome) for each in extracted)
