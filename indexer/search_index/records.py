"""Notes as they are stored: their text apart from the rest, so that a passage is read alone."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from types import GenericAlias
from typing import Any, get_type_hints

import msgspec
import numpy as np

from indexer.domain.blocks import Block
from indexer.domain.note import Note
from indexer.domain.reference import NoteReference
from indexer.search_index.codec.sections import Array

_NUMBERS_A_YEAR = 100_000


class _StoredNote(msgspec.Struct, array_like=True, frozen=True):
    """A note whose blocks lack their text, and how many characters of the body each block has."""

    lengths: tuple[int, ...]
    note: Note


def _lean(of: type, **types: Any) -> type[msgspec.Struct]:
    """A Struct with the fields of a dataclass, which writes only what is not as by default.

    `types` are those of fields that have another; None leaves a field out.
    """
    types = get_type_hints(of) | types
    every = [each for each in fields(of) if types[each.name] is not None]
    needed = [(each.name, types[each.name]) for each in every if each.default is MISSING]
    others = [(e.name, types[e.name], e.default) for e in every if e.default is not MISSING]
    name = f"Lean{of.__name__}"
    return msgspec.defstruct(name, [*needed, *others], omit_defaults=True, gc=False)


_LeanBlock = _lean(Block, text=None)
_LeanNote = _lean(Note, body=GenericAlias(tuple, (_LeanBlock, ...)))

_read_note = msgspec.json.Decoder(_StoredNote).decode
_read_lean = msgspec.json.Decoder(_LeanNote).decode
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
    return _write(([len(block.words) for block in note.body], _read_lean(encoded)))


def note_of(record: bytes, text: str) -> Note:
    """The note of a record and the text of its body."""
    stored = _read_note(record)
    blocks = []
    at = 0
    for block, length in zip(stored.note.body, stored.lengths, strict=True):
        blocks.append(block if block.rows else replace(block, text=text[at : at + length]))
        at += length + 1
    return replace(stored.note, body=tuple(blocks))
