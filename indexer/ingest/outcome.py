"""One document to what it states of its note, or the reason why it states nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from indexer import sources
from indexer.config import Config
from indexer.domain.authority import Authority
from indexer.domain.errors import Unreadable
from indexer.domain.note import DocumentClaims
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.extraction import extract
from indexer.ingest.reasons import blame, too_deep, too_many_within
from indexer.ingest.tasks import File, Ingested, Input, inside
from indexer.readers import read
from indexer.sources import MAX_DEPTH


def outcome_of(
    source: SourceDocument | Rejection, config: Config, lists: Authority
) -> DocumentClaims | Rejection:
    """What one document states about its note, or why nothing is taken from it.

    Raises MemoryError alone, for whoever set the limit.
    """
    if isinstance(source, Rejection):
        return source
    try:
        return extract(
            source, read(source), series=config.series, labels=config.labels, names=lists.names
        )
    except Unreadable as unreadable:
        return Rejection(source.place, unreadable.reason)
    except MemoryError:
        raise
    except RecursionError:
        return Rejection(source.place, too_deep())
    except Exception as error:  # one document never ends a run, whatever is wrong with the program
        return Rejection(source.place, f"the program failed on it: {blame(error)}")


def ingest_here(
    inputs: Iterable[Input], config: Config, lists: Authority
) -> Iterator[tuple[Ingested, ...]]:
    """As `ingest`, but in this process and without its limits: for documents that are trusted."""
    for each in inputs:
        document = each.opened() if isinstance(each, File) else each
        if isinstance(document, Rejection):
            yield (Ingested(document.locator, "", document),)
        else:
            yield tuple(_held(document, config, lists))


def _held(
    document: SourceDocument, config: Config, lists: Authority, depth: int = 0
) -> Iterator[Ingested]:
    if not sources.is_container(document.media_type):
        outcome = outcome_of(document, config, lists)
        yield Ingested(document.locator, document.entry, outcome)
    elif depth >= MAX_DEPTH:
        reason = too_many_within(depth)
        yield Ingested(document.locator, document.entry, Rejection(document.place, reason))
    else:
        for entry in sources.contained(document):
            if isinstance(entry, Rejection):
                yield inside(document.locator, entry)
            else:
                yield from _held(entry, config, lists, depth + 1)
