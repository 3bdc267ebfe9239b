"""What a run did, for the person who reads about it in the morning."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import IntEnum

from indexer.domain.claims import Field


class ExitStatus(IntEnum):
    """How a command ended; the numbers are part of the public contract."""

    OK = 0
    WITH_FAILURES = 1
    USAGE = 2
    NOT_PUBLISHED = 3
    LOCKED = 75


@dataclass(frozen=True, slots=True)
class Rejection:
    """A document that did not become a note. `failed` is false where it simply is not one."""

    locator: str
    reason: str
    failed: bool = True


@dataclass(frozen=True, slots=True)
class CoverSheet(Rejection):
    """A document in a zip or e-mail that is no note, and says that those beside it are restricted.

    `restriction` are its words.
    """

    restriction: str = ""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """A note that a keeper should look at, and the sentence that says why."""

    slug: str
    field: Field
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunReport:
    """The counts of one run and everything that a keeper should look at.

    `documents` counts every file that was considered, rejected ones too. `reason` says why nothing
    was published, where `generation` is None.
    """

    started: datetime.datetime
    finished: datetime.datetime
    generation: str | None
    documents: int
    notes: int
    public_notes: int
    rejections: tuple[Rejection, ...] = ()
    for_review: tuple[ReviewItem, ...] = ()
    reason: str | None = None

    @property
    def failures(self) -> tuple[Rejection, ...]:
        """The documents that could not be read or placed, without those that are no notes."""
        return tuple(rejection for rejection in self.rejections if rejection.failed)

    @property
    def status(self) -> ExitStatus:
        """The exit status that the run earns."""
        if self.generation is None:
            return ExitStatus.NOT_PUBLISHED
        return ExitStatus.WITH_FAILURES if self.failures else ExitStatus.OK
