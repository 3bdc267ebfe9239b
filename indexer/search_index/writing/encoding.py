"""Notes as JSON, and the digests by which it is told whether they changed."""

from __future__ import annotations

import hashlib

import msgspec

from indexer.domain.errors import GenerationError
from indexer.domain.note import Note
from indexer.search_index.codec.segment import DIGEST_BYTES
from indexer.search_index.records import reference_key

_encode = msgspec.json.Encoder().encode


def encoded(note: Note) -> bytes:
    """`note` as JSON on one line; raises GenerationError where it cannot be written so."""
    try:
        return _encode(note)
    except (TypeError, ValueError) as error:
        raise GenerationError(f"note {note.reference} cannot be indexed: {error}") from error


def digest_of(encoded: bytes) -> bytes:
    """The digest of a note that is `encoded` as JSON."""
    return hashlib.blake2b(encoded, digest_size=DIGEST_BYTES).digest()


class Digests:
    """The digests of notes that several editions hold, each reckoned once; it keeps the notes."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Note, bytes]] = {}

    def of(self, note: Note) -> bytes:
        """The digest of `note`; raises GenerationError as `encoded` does."""
        key = reference_key(note.reference)
        known = self._known.get(key)
        if known is None or known[0] != note:
            known = self._known[key] = note, digest_of(encoded(note))
        return known[1]
