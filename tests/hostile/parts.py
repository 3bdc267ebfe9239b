"""What hostile files are built of: zips written byte by byte, streams that swell, small PDFs."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

MB = 1 << 20


def zip_of(entries: Iterable[tuple[str, bytes]], *, stored: bool = False) -> bytes:
    """A zip as any program writes it."""
    file = BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries:
            # A fixed time, so that the same call makes the same bytes.
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


def rewritten(content: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The zip `content` with some of its entries changed or added."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    return zip_of((entries | changed).items())


@dataclass(frozen=True)
class Packed:
    """An entry of a zip as it lies there, whatever it claims of itself."""

    name: bytes
    packed: bytes
    size: int
    crc: int = 0
    method: int = zipfile.ZIP_DEFLATED

    def local(self) -> bytes:
        """The header and bytes that stand before the list of entries."""
        return b"PK\x03\x04" + self._fields() + struct.pack("<HH", len(self.name), 0) + self._rest()

    def listed(self, offset: int) -> bytes:
        """The line of the list of entries that points to `offset`."""
        made_by = struct.pack("<H", 20)
        lengths = struct.pack("<HHHHHII", len(self.name), 0, 0, 0, 0, 0, offset)
        return b"PK\x01\x02" + made_by + self._fields() + lengths + self.name

    def _fields(self) -> bytes:
        version, flags, time, date = 20, 0, 0, 33
        return struct.pack(
            "<HHHHHIII",
            *(version, flags, self.method, time, date, self.crc, len(self.packed), self.size),
        )

    def _rest(self) -> bytes:
        return self.name + self.packed


def zip_of_packed(entries: Iterable[Packed], *, overlapping: bool = False) -> bytes:
    """A zip of such entries; `overlapping` ones all lie at the place of the first."""
    body, listing, count = b"", b"", 0
    for entry in entries:
        listing += entry.listed(0 if overlapping else len(body))
        count += 1
        if not (overlapping and body):
            body += entry.local()
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(listing), len(body), 0)
    return body + listing + b"PK\x05\x06" + end


def swelling(size: int, *, raw: bool = True, filled_with: bytes = b" ") -> tuple[bytes, int]:
    """A deflated stream that unpacks to `size` bytes all alike, and their checksum.

    It is made of one megabyte's stream over and over, so that it packs well a second time.
    """
    block = filled_with * MB
    packer = zlib.compressobj(9, zlib.DEFLATED, -15 if raw else 15)
    first = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    again = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    count = size // MB
    crc = 0
    for _ in range(count):
        crc = zlib.crc32(block, crc)
    end = b"\x03\x00" if raw else b"\x03\x00" + struct.pack(">I", 0)
    return first + again * (count - 1) + end, crc


def pdf_of(objects: Iterable[bytes], trailer: bytes = b"/Root 1 0 R") -> bytes:
    """A PDF of objects numbered from 1, with a correct table of where they are."""
    content = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    table += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(offsets) + 1
    end = b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, len(content))
    return content + table + end


def stream(content: bytes, keys: bytes = b"") -> bytes:
    """The body of a PDF object that is a stream."""
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), keys, content)
