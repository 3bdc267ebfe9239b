"""Notes as they are stored: their text apart from the rest, so that a passage is read alone."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np

from indexer.domain.note import Note
from indexer.domain.reference import NoteReference
from indexer.domain.search import NoteSummary
from indexer.search_index.codec.sections import Array

_NUMBERS_A_YEAR = 100_000


class _StoredNote(msgspec.Struct, array_like=True, frozen=True):
    """A note whose blocks lack their text, and how many characters of the body each block has."""

    lengths: tuple[int, ...]
    note: Note


_read_summary = msgspec.json.Decoder(NoteSummary).decode
_read_note = msgspec.json.Decoder(_StoredNote).decode
_read_any = msgspec.json.Decoder().decode
_write = msgspec.json.Encoder().encode


def reference_key(reference: NoteReference) -> int:
    """A number that sorts as the reference does; it fits in 32 bits."""
    return reference.year * _NUMBERS_A_YEAR + reference.number


def reference_of(key: int) -> NoteReference:
    """The reference that has that key."""
    return NoteReference(*divmod(key, _NUMBERS_A_YEAR))


def years_and_numbers(keys: Array) -> tuple[Array, Array]:
    """The years and numbers of the references that have those keys."""
    return np.divmod(keys, _NUMBERS_A_YEAR)


def stored_note(note: Note, encoded: bytes) -> bytes:
    """The record of `note`, which is `encoded` as JSON, without the text of its body."""
    without = _read_any(encoded)
    for block in without["body"]:
        if not block["rows"]:
            block["text"] = ""
    return _write(([len(block.words) for block in note.body], without))


def note_of(record: bytes, text: str) -> Note:
    """The note of a record and the text of its body."""
    stored = _read_note(record)
    blocks = []
    at = 0
    for block, length in zip(stored.note.body, stored.lengths, strict=True):
        blocks.append(block if block.rows else replace(block, text=text[at : at + length]))
        at += length + 1
    return replace(stored.note, body=tuple(blocks))


def stored_summary(summary: NoteSummary) -> bytes:
    """The record of `summary`."""
    return _write(summary)


def summary_of(record: bytes) -> NoteSummary:
    """The summary of a record."""
    return _read_summary(record)
