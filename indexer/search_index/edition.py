"""What one clearance's index is built from."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.domain.note import Note
from indexer.domain.search import Contents


@dataclass(frozen=True, slots=True)
class Edition:
    """The notes of one clearance, and all that pages need to name what is in them."""

    notes: tuple[Note, ...]
    contents: Contents
