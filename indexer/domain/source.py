"""A document as it came, and as a reader understood it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from indexer.domain.blocks import Blocks
from indexer.domain.claims import Problem


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """The bytes of one document, where they were found and what they claim to be.

    `locator` is a path or an address, always printable. `published` says that the source holds
    published notes only, so that an absent publication statement means public.
    """

    locator: str
    media_type: str
    content: bytes = field(repr=False)
    published: bool = False

    @property
    def sha256(self) -> str:
        """The fingerprint of the bytes, in hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """What a reader made of a source document: all its blocks, site furniture left out.

    `titles` are the lines that may name the note, the likeliest first (headings, then the page's
    title). `address` is the web address that the page gives as its own. `set_aside` are the lines
    of the site around the text: no part of the note, but a marking there restricts it.
    """

    blocks: Blocks
    titles: tuple[str, ...] = ()
    address: str | None = None
    problems: tuple[Problem, ...] = ()
    set_aside: tuple[str, ...] = ()
