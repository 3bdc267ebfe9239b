"""Cover sheets: what a document in a zip or e-mail that is no note says of those beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.domain.claims import Claim, Field, Origin
from indexer.domain.note import DocumentClaims
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.report import CoverSheet
from indexer.ingest.tasks import Ingested


def under_cover(held: Sequence[Ingested]) -> Sequence[Ingested]:
    """All that one file holds, the notes beside or below a cover sheet restricted as it says."""
    sheets = [
        (_folder(each.entry), each.outcome.restriction)
        for each in held
        if isinstance(each.outcome, CoverSheet)
    ]
    return [_restricted(each, sheets) for each in held] if sheets else held


def _restricted(ingested: Ingested, sheets: Sequence[tuple[str, str]]) -> Ingested:
    claims = ingested.outcome
    if not isinstance(claims, DocumentClaims):
        return ingested
    stated = tuple(
        Claim(Field.PUBLICATION, Publication(PublicationStatus.RESTRICTED, words), Origin.HEADER)
        for folder, words in sheets
        if _folder(ingested.entry).startswith(folder)
    )
    return replace(ingested, outcome=replace(claims, claims=(*claims.claims, *stated)))


def _folder(entry: str) -> str:
    """The path of the folder, zip or e-mail that an entry lies in, with a stroke at its end."""
    return entry[: entry.rfind("/") + 1]
