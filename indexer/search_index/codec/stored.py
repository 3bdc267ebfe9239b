"""What is kept of each note beside its postings: compressed, yet read one by one."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence

import numpy as np
import zstandard

from indexer.search_index.codec.sections import DamagedFile, SectionFile, SectionWriter

# A text is compressed in parts of so many characters, so that a passage of a very long one is read
# without the rest of it. Nearly every note is one part.
PART_CHARACTERS = 1 << 15
# No part or record decompresses to more: a damaged length must not fill the memory.
_LARGEST = 1 << 28
_LEVEL = 3
# A dictionary pays for itself from some hundred notes on. With one of 64 KB texts took 5% less room
# than with 32 KB, for no more time.
DICTIONARY_SAMPLES = 400
_DICTIONARY_FROM = 200
_DICTIONARY_SIZE = 1 << 16


def trained_dictionary(samples: Sequence[bytes]) -> bytes:
    """What the samples have in common, for `Compressor`; empty where they are too few."""
    if len(samples) < _DICTIONARY_FROM:
        return b""
    try:
        # Parameters that are not named would be searched for: five times the time for 1% less room.
        trained = zstandard.train_dictionary(_DICTIONARY_SIZE, list(samples), k=200, d=8, steps=1)
    except zstandard.ZstdError:
        # Samples that are all but empty have nothing in common.
        return b""
    return trained.as_bytes()


class Compressor:
    """Compresses records with one dictionary; for one thread."""

    def __init__(self, dictionary: bytes) -> None:
        shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self.compress = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=shared, write_checksum=False, write_content_size=True
        ).compress

    def parts(self, text: str) -> list[bytes]:
        """A text in its compressed parts; at least one."""
        if len(text) <= PART_CHARACTERS:
            return [self.compress(text.encode())]
        starts = range(0, len(text), PART_CHARACTERS)
        return [self.compress(text[at : at + PART_CHARACTERS].encode()) for at in starts]


def write_records(writer: SectionWriter, name: str, records: Iterable[bytes]) -> None:
    """Write records one after another, and where each begins."""
    records = list(records)
    ends = np.cumsum(np.fromiter(map(len, records), np.int64, len(records)))
    writer.put_narrow(f"{name}.at", np.concatenate(([0], ends)))
    writer.put_bytes(f"{name}.bytes", b"".join(records))


class Records:
    """Records of bytes by number."""

    def __init__(self, file: SectionFile, name: str) -> None:
        self.at = file.section(f"{name}.at").whole()
        self.bytes = file.section(f"{name}.bytes")
        self._starts = self.at.data

    def __getitem__(self, number: int) -> bytes:
        return self.bytes.read_bytes(self._starts[number], self._starts[number + 1])


class Decompressor:
    """Decompresses records of one file; each thread gets a context of its own."""

    def __init__(self, file: SectionFile, dictionary: bytes) -> None:
        self._path = file.path
        self._shared = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._per_thread = threading.local()

    def __call__(self, record: bytes) -> bytes:
        """The content of a record; raises DamagedFile where it is none."""
        (content,) = self.all((record,))
        return content

    def all(self, records: Iterable[bytes]) -> list[bytes]:
        """The contents of several records; raises DamagedFile where one has none."""
        context = getattr(self._per_thread, "context", None)
        if context is None:
            context = zstandard.ZstdDecompressor(dict_data=self._shared)
            self._per_thread.context = context
        try:
            return [context.decompress(self._sensible(record)) for record in records]
        except zstandard.ZstdError:
            raise DamagedFile(self._path, "holds a record that cannot be read") from None

    def _sensible(self, record: bytes) -> bytes:
        if not 0 <= zstandard.frame_content_size(record) <= _LARGEST:
            raise DamagedFile(self._path, "holds a record of no sensible length")
        return record
