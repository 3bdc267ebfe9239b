"""Documents that lie in no file of their own, kept in files until a worker reads them."""

from __future__ import annotations

import pickle
from dataclasses import dataclass, field
from pathlib import Path

from indexer.domain.source import Letter, SourceDocument
from indexer.ingest.tasks import Spooled


@dataclass(slots=True)
class Spool:
    """The files of a new `folder`, named by number alone and never by a document.

    `depth` says how many zips and e-mails the documents lie in.
    """

    folder: Path
    depth: int = 0
    _written: int = 0
    _letters: dict[int, tuple[Letter, Path]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.folder.mkdir()

    def add(self, document: SourceDocument) -> Spooled:
        """Write a document down; the letter of several attachments is written once."""
        return Spooled(
            content=self._write(document.content),
            size=len(document.content),
            locator=document.locator,
            entry=document.entry,
            media_type=document.media_type,
            published=document.published,
            ocr=document.ocr,
            letter_in=self._letter_file(document.letter),
            depth=self.depth,
        )

    def _letter_file(self, letter: Letter | None) -> Path | None:
        if letter is None:
            return None
        if id(letter) not in self._letters:
            # The letter is kept with its file, so that no other can come to have its id.
            self._letters[id(letter)] = letter, self._write(pickle.dumps(letter))
        return self._letters[id(letter)][1]

    def _write(self, content: bytes) -> Path:
        self._written += 1
        file = self.folder / str(self._written)
        file.write_bytes(content)
        return file


def fetched(spooled: Spooled) -> SourceDocument:
    """The document that was written down, which stays where it is."""
    letter = None
    if spooled.letter_in:
        letter = pickle.loads(spooled.letter_in.read_bytes())  # noqa: S301  written by `Spool`
    return SourceDocument(
        spooled.locator,
        spooled.media_type,
        spooled.content.read_bytes(),
        spooled.published,
        spooled.ocr,
        spooled.entry,
        letter,
    )
