"""Who may read a note, as its document says it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PublicationStatus(StrEnum):
    """What a publication statement comes to."""

    PUBLIC = "public"
    RESTRICTED = "restricted"
    UNKNOWN = "unknown"


class Clearance(StrEnum):
    """Who is reading: anyone, or an elected member."""

    PUBLIC = "public"
    MEMBER = "members"


@dataclass(frozen=True, slots=True)
class Publication:
    """A status and the statement as printed, or None where the document states nothing."""

    status: PublicationStatus = PublicationStatus.UNKNOWN
    statement: str | None = None

    def is_open(self, *, published_source: bool) -> bool:
        """Whether the public may read it: stated public, or unstated in a source that is published.

        A statement that was not understood counts as restricted until a keeper has looked at it.
        """
        if self.status is PublicationStatus.UNKNOWN:
            return self.statement is None and published_source
        return self.status is PublicationStatus.PUBLIC
