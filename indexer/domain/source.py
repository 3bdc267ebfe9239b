"""A document as it came, and as a reader understood it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from indexer.domain.blocks import Blocks
from indexer.domain.claims import Problem


def place_of(locator: str, entry: str) -> str:
    """A locator with the path of the document inside it, as reports print them."""
    return f"{locator} ({entry})" if entry else locator


@dataclass(frozen=True, slots=True)
class Letter:
    """The e-mail that a document is the text of, or was attached to.

    `subject` is its subject line, which may name the note. `lines` are those of its text, for a
    document that was attached: no part of the note, but a marking there restricts it. `is_text`
    says that the document is the text of the e-mail; `covers` that it is, and that other documents
    are attached to it; `with_others` that other documents are attached beside it, so that what
    names the e-mail may mean one of those.
    """

    subject: str = ""
    lines: tuple[str, ...] = ()
    is_text: bool = False
    covers: bool = False
    with_others: bool = False


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The bytes of one document, where they were found and what they claim to be.

    `locator` is a path or an address, always printable. `published` says that the source holds
    published notes only, so that an absent publication statement means public. `ocr` says that
    words may be read off the picture of a page that has none. `entry` is its path inside the zip
    or e-mail that lies at `locator`, empty where it is that file itself; `letter` is that e-mail.
    """

    locator: str
    media_type: str
    content: bytes = field(repr=False)
    published: bool = False
    ocr: bool = False
    entry: str = ""
    letter: Letter | None = None

    @property
    def place(self) -> str:
        """Where the document is, for a person: its locator, with the entry where it is inside."""
        return place_of(self.locator, self.entry)

    @property
    def is_letter(self) -> bool:
        """Whether the document is the text of an e-mail."""
        return self.letter is not None and self.letter.is_text

    @property
    def sha256(self) -> str:
        """The fingerprint of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a reader made of a source document: all its blocks, site furniture left out.

    `titles` are the lines that may name the note, the likeliest first (headings, then the page's
    title). `address` is the web address that the page gives as its own. `set_aside` are the lines
    around the text (the site's, a page's header and footer) and `unseen` those that nobody was
    meant to see: no part of the note, but a marking there restricts it.
    """

    blocks: Blocks
    titles: tuple[str, ...] = ()
    address: str | None = None
    problems: tuple[Problem, ...] = ()
    set_aside: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
