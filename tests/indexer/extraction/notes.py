"""Documents for the tests of extraction, written as text, and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping

from indexer import authority
from indexer.domain.claims import Field, Origin
from indexer.domain.errors import Unreadable
from indexer.domain.note import DocumentClaims
from indexer.domain.reference import TECHNICAL_NOTES, Series
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.extraction import extract
from indexer.readers import read

AUTHORITY = authority.load()
ADDRESS = "https://www.strathallan.example/technical-notes-2021-issue-14-grit-bins"
TITLE = "Technical Notes 2021, Issue 14 - Grit Bins"
OPEN = (
    "This Technical Note will be published on the Council’s website following circulation to "
    "Members. Its contents may be disclosed or shared outwith the Council."
)
NOTE = f"""{TITLE}
Report by:
Una Dunmarrow, Roads Engineer
TN Number:
014-21
Subject:
Grit Bins
Responsible Officer:
Ewan Auldhame, Head of Roads
Publication:
{OPEN}
Details:
1. The grit bins of Kirkorran were filled in the first week of November.
2. Members asked for two more beside the harbour steps at Inverstrae.
Distribution List:
All Members
"""


def outcome(
    text: str,
    locator: str = ADDRESS,
    *,
    media_type: str = "text/plain",
    published: bool = False,
    series: Series = TECHNICAL_NOTES,
    labels: Mapping[str, tuple[str, ...]] | None = None,
) -> DocumentClaims | Rejection:
    """What one document alone states, or why it is no note."""
    source = SourceDocument(locator, media_type, text.encode(), published)
    try:
        document = read(source)
    except Unreadable as unreadable:
        return Rejection(locator, unreadable.reason)
    return extract(source, document, series=series, labels=labels or {}, names=AUTHORITY.names)


def document(text: str, locator: str = ADDRESS, *, published: bool = False) -> DocumentClaims:
    """What a document of a note states."""
    found = outcome(text, locator, published=published)
    assert isinstance(found, DocumentClaims), found
    return found


def stated_in(claims: DocumentClaims, origin: Origin = Origin.HEADER) -> dict[Field, object]:
    """The values that a document states at one place, by field, a publication as its status."""
    return {
        claim.field: getattr(claim.value, "status", claim.value)
        for claim in claims.claims
        if claim.origin is origin
    }
