"""The segments that make up an index: a JSON file, replaced in one step."""

from __future__ import annotations

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from indexer.search_index.codec.sections import FORMAT_VERSION, DamagedFile
from indexer.search_index.codec.segment import KEYWORD_FIELDS, TEXT_FIELDS

CONTENTS = "segments.json"
SUFFIX = ".segment"


class SegmentEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One segment: its file's name without suffix, its documents, which of them are deleted."""

    name: str
    notes: int
    deleted: tuple[int, ...] = ()

    @property
    def live(self) -> int:
        """How many of its documents are not deleted."""
        return self.notes - len(self.deleted)

    def path(self, folder: Path) -> Path:
        """Where the segment lies in the folder of its index."""
        return folder / f"{self.name}{SUFFIX}"


class IndexContents(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file holds: what documents are made with, each field's kind, the segments."""

    format_version: int
    recipe: str
    fields: dict[str, str]
    segments: tuple[SegmentEntry, ...]


class _Sealed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A listing and the CRC-32 of its JSON."""

    checksum: int
    listing: msgspec.Raw


class _Version(msgspec.Struct):
    """The one key of a listing that every format has."""

    format_version: int


FIELDS = dict.fromkeys(TEXT_FIELDS, "words") | dict.fromkeys(KEYWORD_FIELDS, "keywords")


def write_contents(folder: Path, segments: Sequence[SegmentEntry], recipe: str) -> None:
    """Write the list of an index's segments, down to the disk."""
    listing = msgspec.json.encode(IndexContents(FORMAT_VERSION, recipe, FIELDS, tuple(segments)))
    sealed = msgspec.json.encode(_Sealed(zlib.crc32(listing), msgspec.Raw(listing)))
    beside = folder / f".{CONTENTS}"
    with beside.open("wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(folder / CONTENTS)


def read_contents(folder: Path) -> IndexContents:
    """The contents of the index in `folder`; raises DamagedFile where the list is not whole."""
    path = folder / CONTENTS
    try:
        sealed = msgspec.json.decode(path.read_bytes(), type=_Sealed)
        if zlib.crc32(sealed.listing) != sealed.checksum:
            raise DamagedFile(path, "was altered")
        version = msgspec.json.decode(sealed.listing, type=_Version).format_version
        if version != FORMAT_VERSION:
            raise DamagedFile(path, f"has format {version}, not {FORMAT_VERSION}")
        listing = msgspec.json.decode(sealed.listing, type=IndexContents)
    except OSError as error:
        raise DamagedFile(path, f"cannot be opened ({error.strerror})") from None
    except ValueError as error:
        raise DamagedFile(path, f"is not a list of segments ({error})") from None
    if listing.fields != FIELDS:
        raise DamagedFile(path, "has other fields than this program knows")
    for entry in listing.segments:
        _check(path, entry)
    return listing


def _check(path: Path, entry: SegmentEntry) -> None:
    in_order = all(
        one < other for one, other in zip(entry.deleted, entry.deleted[1:], strict=False)
    )
    within = not entry.deleted or (entry.deleted[0] >= 0 and entry.deleted[-1] < entry.notes)
    if not (entry.name.isalnum() and entry.name.isascii() and in_order and within):
        raise DamagedFile(path, f"lists an impossible segment {entry.name!r}")
