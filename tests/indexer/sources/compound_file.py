"""Writes compound files as Outlook does: a small file system in sectors, and a message in one."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Folder: TypeAlias = "dict[str, bytes | Folder]"

SECTOR, MINI_SECTOR, MINI_CUTOFF = 512, 64, 4096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5
UNICODE, BINARY, NUMBER = 0x001F, 0x0102, 0x0003
IN_FILE, IN_MESSAGE, IN_ATTACHMENT = 32, 24, 8


@dataclass(slots=True)
class _Entry:
    """One entry of the directory; its siblings hang from each other as a chain to the right."""

    name: str
    kind: int
    child: int = _FREE
    right: int = _FREE
    start: int = _END
    size: int = 0

    def packed(self) -> bytes:
        name = self.name.encode("utf-16-le")
        return struct.pack(
            "<64sHBBIII16sIQQIQ",
            *(name, len(name) + 2, self.kind, 1, _FREE, self.right, self.child, b"", 0, 0, 0),
            *(self.start, self.size),
        )


@dataclass(slots=True)
class _Sectors:
    """Sectors of one size, and the table that says which follows which."""

    size: int
    content: bytearray = field(default_factory=bytearray)
    table: list[int] = field(default_factory=list)

    def add(self, content: bytes) -> int:
        """Put `content` into as many sectors as it takes; the first of them."""
        if not content:
            return _END
        first, count = len(self.table), -(-len(content) // self.size)
        self.content += content.ljust(count * self.size, b"\x00")
        self.table += [*range(first + 1, first + count), _END]
        return first


def compound_file(root: Folder) -> bytes:
    """The bytes of a compound file (version 3) that holds `root`."""
    sectors, mini = _Sectors(SECTOR), _Sectors(MINI_SECTOR)
    entries = [_Entry("Root Entry", _ROOT)]
    _add(root, 0, entries, sectors, mini)
    entries[0].start, entries[0].size = sectors.add(bytes(mini.content)), len(mini.content)
    mini_table = b"".join(struct.pack("<I", each) for each in mini.table)
    mini_start = sectors.add(_filled(mini_table))
    directory = sectors.add(_filled(b"".join(entry.packed() for entry in entries), b"\x00"))
    tables = 1
    while (len(sectors.table) + tables) * 4 > tables * SECTOR:
        tables += 1
    first = len(sectors.table)
    table = [*sectors.table, *[_FAT] * tables]
    fat = _filled(b"".join(struct.pack("<I", each) for each in table))
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        *(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 0x3E, 3, 0xFFFE, 9, 6),
        *(0, tables, directory, 0, MINI_CUTOFF),
        *(mini_start, len(_filled(mini_table)) // SECTOR, _END, 0),
        first,
    )
    rest = [*range(first + 1, first + tables), *[_FREE] * (109 - tables)]
    return header + b"".join(struct.pack("<I", each) for each in rest) + sectors.content + fat


def _filled(content: bytes, filler: bytes = b"\xff") -> bytes:
    return content.ljust(-(-len(content) // SECTOR) * SECTOR, filler)


def _add(
    folder: Folder, parent: int, entries: list[_Entry], sectors: _Sectors, mini: _Sectors
) -> None:
    before: _Entry | None = None
    for name, content in folder.items():
        place = len(entries)
        entry = _Entry(name, _STREAM if isinstance(content, bytes) else _STORAGE)
        entries.append(entry)
        if before:
            before.right = place
        else:
            entries[parent].child = place
        before = entry
        if isinstance(content, bytes):
            entry.size = len(content)
            entry.start = (sectors if entry.size >= MINI_CUTOFF else mini).add(content)
        else:
            _add(content, place, entries, sectors, mini)


def message_folder(
    values: Mapping[int, str | bytes | int],
    attachments: tuple[Folder, ...] = (),
    *,
    begins_at: int = IN_FILE,
) -> Folder:
    """The storage of a message with these properties, by their numbers, and these attachments."""
    counts = struct.pack("<8xIIII", 0, len(attachments), 0, len(attachments))
    folder = _with_properties(values, counts.ljust(begins_at, b"\x00"))
    for place, attachment in enumerate(attachments):
        folder[f"__attach_version1.0_#{place:08X}"] = attachment
    return folder


def attached_file(name: str, content: bytes, kind: str = "application/octet-stream") -> Folder:
    """The storage of a file attached to a message."""
    values: dict[int, str | bytes | int] = {0x3707: name, 0x370E: kind, 0x3701: content, 0x3705: 1}
    return _with_properties(values, bytes(IN_ATTACHMENT))


def attached_message(name: str, message: Folder) -> Folder:
    """The storage of a message attached to a message; `message` begins as one inside."""
    folder = _with_properties({0x3001: name, 0x3705: 5}, bytes(IN_ATTACHMENT))
    folder["__substg1.0_3701000D"] = message
    return folder


def _with_properties(values: Mapping[int, str | bytes | int], header: bytes) -> Folder:
    folder: Folder = {}
    listed = bytearray(header)
    for number, value in values.items():
        kind, size, stream = _stored(value)
        listed += struct.pack("<HHI", kind, number, 6) + size
        if stream is not None:
            folder[f"__substg1.0_{number:04X}{kind:04X}"] = stream
    folder["__properties_version1.0"] = bytes(listed)
    return folder


def _stored(value: str | bytes | int) -> tuple[int, bytes, bytes | None]:
    if isinstance(value, int):
        return NUMBER, struct.pack("<Q", value), None
    if isinstance(value, bytes):
        return BINARY, struct.pack("<Q", len(value)), value
    text = value.encode("utf-16-le")
    return UNICODE, struct.pack("<Q", len(text) + 2), text
