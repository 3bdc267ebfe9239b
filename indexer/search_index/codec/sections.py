"""A file of named arrays: written once, checked whole when it is opened, read in slices.

The arrays (sections) lie one after another without gaps, little-endian. After them comes the
directory, a JSON object that gives each section's dtype, place, length and CRC-32 and the facts
that the file's kind needs; after that the directory's own length and CRC-32 and the magic bytes.
So every byte counts in one checksum. Nothing in a file is ever executed or unpickled.
"""

from __future__ import annotations

import os
import threading
import weakref
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

from indexer.domain.errors import GenerationError

Array: TypeAlias = npt.NDArray[Any]

FORMAT_VERSION = 2
_MAGIC = b"TNARRAYS"
_DTYPES = {name: np.dtype(name) for name in ("|u1", "<u2", "<u4", "<u8")}
_TAIL = 8 + len(_MAGIC)
_DIRECTORY_LONGEST = 1 << 24
_READ_AT_ONCE = 1 << 20


class DamagedFile(GenerationError):
    """A file of an index is truncated, altered or of a format that this program does not know."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} {reason}: run `technotes index` to build the archive anew")


class _Place(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Where a section lies: `count` values of `dtype` from byte `offset` on."""

    dtype: str
    offset: int
    count: int
    checksum: int

    @property
    def size(self) -> int:
        """The section's length in bytes."""
        return _DTYPES[self.dtype].itemsize * self.count


class _Directory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the end of a file says of it."""

    format_version: int
    sections: dict[str, _Place]
    facts: dict[str, int]


class _Version(msgspec.Struct):
    """The one key of a directory that every format has."""

    format_version: int


def narrowest(largest: int) -> np.dtype[Any]:
    """The smallest unsigned dtype that holds `largest`."""
    return next(dtype for dtype in _DTYPES.values() if largest <= np.iinfo(dtype).max)


class SectionWriter:
    """Writes one file of sections; several sections may be open and grow side by side."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
        self._close = weakref.finalize(self, os.close, self._descriptor)
        self._end = 0
        self._places: dict[str, _Place] = {}
        self._written: dict[str, int] = {}
        self._growing = ""

    def reserve(self, name: str, dtype: np.dtype[Any], count: int) -> None:
        """Make room for a section of `count` values, to be filled by `append`."""
        self._growing = ""
        self._places[name] = _Place(dtype.str, self._end, int(count), 0)
        self._written[name] = 0
        self._end += self._places[name].size

    def begin(self, name: str, dtype: np.dtype[Any]) -> None:
        """Start a section that grows by `append` for as long as no other is started."""
        self.reserve(name, dtype, 0)
        self._growing = name

    def append(self, name: str, values: Array) -> None:
        """Write the next values of a section that was started, cast to its dtype."""
        place = self._places[name]
        if name == self._growing:
            place = msgspec.structs.replace(place, count=place.count + len(values))
            self._end = place.offset + place.size
        raw = np.ascontiguousarray(values, _DTYPES[place.dtype]).data.cast("B")
        start = self._written[name]
        if start + len(raw) > place.size:
            raise ValueError(f"section {name} has no room for {len(values)} more values")
        self._write(raw, place.offset + start)
        self._written[name] = start + len(raw)
        checksum = zlib.crc32(raw, place.checksum)
        self._places[name] = msgspec.structs.replace(place, checksum=checksum)

    def put(self, name: str, values: Array) -> None:
        """Write a whole section in the dtype of `values`."""
        self.reserve(name, values.dtype, len(values))
        self.append(name, values)

    def put_narrow(self, name: str, values: Array) -> None:
        """Write a whole section in the narrowest dtype that holds every one of `values`."""
        largest = int(values.max()) if len(values) else 0
        self.put(name, values.astype(narrowest(largest), copy=False))

    def put_bytes(self, name: str, content: bytes) -> None:
        """Write a section of bytes."""
        self.put(name, np.frombuffer(content, np.uint8))

    def finish(self, facts: Mapping[str, int]) -> None:
        """Write the directory and close the file, which may not have reached the disk yet."""
        short = [name for name, place in self._places.items() if self._written[name] < place.size]
        if short:
            raise ValueError(f"sections {short} were not filled")
        directory = msgspec.json.encode(_Directory(FORMAT_VERSION, self._places, dict(facts)))
        tail = len(directory).to_bytes(4, "little") + zlib.crc32(directory).to_bytes(4, "little")
        self._write(memoryview(directory + tail + _MAGIC), self._end)
        self._close()

    def _write(self, raw: memoryview, offset: int) -> None:
        while raw:
            written = os.pwrite(self._descriptor, raw, offset)
            raw, offset = raw[written:], offset + written


class Section:
    """One array in a file, read slice by slice: mapping it would keep what was read in memory."""

    __slots__ = ("_descriptor", "_file", "_offset", "_width", "count", "dtype")

    def __init__(self, file: SectionFile, descriptor: int, place: _Place) -> None:
        self._file = file  # keeps the descriptor open
        self._descriptor = descriptor
        self._offset = place.offset
        self.count = place.count
        self.dtype = _DTYPES[place.dtype]
        self._width = self.dtype.itemsize

    def read(self, start: int, stop: int) -> Array:
        """The values from `start` up to `stop`, read-only; raises DamagedFile out of bounds."""
        return np.frombuffer(self.read_bytes(start, stop), self.dtype)

    def read_bytes(self, start: int, stop: int) -> bytes:
        """The same as bytes."""
        if not 0 <= start <= stop <= self.count:
            raise DamagedFile(self._file.path, "points outside itself")
        size = (stop - start) * self._width
        raw = os.pread(self._descriptor, size, self._offset + start * self._width)
        if len(raw) != size:
            raise DamagedFile(self._file.path, "was cut short while it was open")
        return raw

    def whole(self) -> Array:
        """All of its values."""
        return self.read(0, self.count)


class SectionFile:
    """An open file of sections; its checksums held and its sections lie within it."""

    def __init__(self, path: Path, *, fresh: bool = False) -> None:
        """Open and check the file; raises DamagedFile naming it.

        Of one that is `fresh`, which this run has just written, the sections are not read for it.
        """
        self.path = path
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise DamagedFile(path, f"cannot be opened ({error.strerror})") from None
        self._descriptor = descriptor
        self.close = weakref.finalize(self, os.close, descriptor)
        status = os.fstat(descriptor)
        directory = self._directory(status.st_size)
        self.facts: Mapping[str, int] = directory.facts
        self._places = directory.sections
        identity = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns)
        if not fresh and not _seen.holds(identity):
            self._check()
            _seen.add(identity)

    def __contains__(self, name: str) -> bool:
        return name in self._places

    def section(self, name: str) -> Section:
        """The section of that name; raises DamagedFile where there is none."""
        place = self._places.get(name)
        if place is None:
            raise DamagedFile(self.path, f"lacks its section {name}")
        return Section(self, self._descriptor, place)

    def names(self) -> Iterable[str]:
        """The names of all sections."""
        return self._places.keys()

    def _directory(self, size: int) -> _Directory:
        tail = os.pread(self._descriptor, _TAIL, max(0, size - _TAIL))
        length = int.from_bytes(tail[:4], "little")
        if (
            len(tail) < _TAIL
            or tail[8:] != _MAGIC
            or length > min(size - _TAIL, _DIRECTORY_LONGEST)
        ):
            raise DamagedFile(self.path, "is not an index file or was cut short")
        raw = os.pread(self._descriptor, length, size - _TAIL - length)
        if zlib.crc32(raw) != int.from_bytes(tail[4:8], "little"):
            raise DamagedFile(self.path, "has a damaged directory")
        try:
            version = msgspec.json.decode(raw, type=_Version).format_version
            if version != FORMAT_VERSION:
                raise DamagedFile(self.path, f"has format {version}, not {FORMAT_VERSION}")
            directory = msgspec.json.decode(raw, type=_Directory)
        except ValueError as error:
            raise DamagedFile(self.path, f"has an unknown directory ({error})") from None
        end = size - _TAIL - length
        for name, place in directory.sections.items():
            whole = place.dtype in _DTYPES and place.offset >= 0 and place.count >= 0
            if not whole or place.offset + place.size > end:
                raise DamagedFile(self.path, f"has a section {name} of an unknown kind or place")
        return directory

    def _check(self) -> None:
        """Compare every section with its checksum; raises DamagedFile naming the first that fails.

        Costs about half a millisecond a megabyte, once for each file in the life of a process.
        """
        for name, place in self._places.items():
            checksum, at, end = 0, place.offset, place.offset + place.size
            while at < end:
                raw = os.pread(self._descriptor, min(_READ_AT_ONCE, end - at), at)
                if not raw:
                    break
                checksum, at = zlib.crc32(raw, checksum), at + len(raw)
            if checksum != place.checksum or at < end:
                raise DamagedFile(self.path, f"was altered in its section {name}")


class _Seen:
    """Files that were checked already: generations share them, and they never change in place."""

    LIMIT = 1024

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._files: dict[tuple[int, ...], None] = {}

    def holds(self, identity: tuple[int, ...]) -> bool:
        """Whether the file of that identity was checked."""
        with self._lock:
            return identity in self._files

    def add(self, identity: tuple[int, ...]) -> None:
        """Remember a checked file, and forget the oldest beyond the limit."""
        with self._lock:
            self._files[identity] = None
            while len(self._files) > self.LIMIT:
                del self._files[next(iter(self._files))]


_seen = _Seen()
