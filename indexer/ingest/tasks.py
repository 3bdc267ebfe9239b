"""What a worker is given, and what it gives back: small records, never a document's bytes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from indexer.domain.note import DocumentClaims
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument, place_of
from indexer.sources import Found, open_document


@dataclass(frozen=True, slots=True)
class File:
    """A file of a source, to be opened; `published` and `ocr` are those of the source."""

    found: Found
    published: bool = False
    ocr: bool = False

    def opened(self) -> SourceDocument | Rejection:
        """The document with its bytes, or why they could not be had."""
        return open_document(self.found, published=self.published, ocr=self.ocr)

    @property
    def locator(self) -> str:
        """Where the file is."""
        return self.found.locator

    @property
    def entry(self) -> str:
        """The path inside the file, which is the file itself."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spooled:
    """A document whose bytes wait in the file `content`, as they did not lie in a file of its own.

    `letter_in` is the file with its letter; several attachments share one. `depth` says how many
    zips and e-mails the document lies in.
    """

    content: Path
    size: int
    locator: str
    entry: str
    media_type: str
    published: bool
    ocr: bool
    letter_in: Path | None = None
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Expanded:
    """The documents that a zip or e-mail holds, or why one is not read, in its own order."""

    entries: tuple[Spooled | Rejection, ...]


Task = File | Spooled
Input = File | SourceDocument | Rejection
Outcome = DocumentClaims | Rejection


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of one document: of a file, or of `entry` inside it."""

    locator: str
    entry: str
    outcome: Outcome


def place(task: Task) -> str:
    """Where the document of a task is, for a person."""
    return place_of(task.locator, task.entry)


def inside(locator: str, rejection: Rejection) -> Ingested:
    """A rejection of something inside the file at `locator`; its place tells what."""
    within = rejection.locator.removeprefix(f"{locator} (").removesuffix(")")
    return Ingested(locator, within if within != rejection.locator else "", rejection)
