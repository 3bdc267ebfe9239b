"""The parts of a Word document: XML in a zip, opened with nothing taken on trust."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from io import BytesIO
from typing import Final
from urllib.parse import unquote

from lxml import etree

from indexer.domain.errors import Unreadable

# No note has a hundredth of these: a part of 24 MB is 5,000 pages.
MOST_PARTS = 5_000
MOST_BYTES_OF_A_PART = 24 << 20
MOST_BYTES = 64 << 20
# XML of more than this is compressed by zip to no less than a two-hundredth, unless it is a trap.
_JUDGED_BY_RATIO = 4 << 20
MOST_RATIO = 200

_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DOCTYPE = re.compile(rb"<\x00?!\x00?D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E")
# ISO's strict form of the format differs by the names of its namespaces.
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main",
     b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships",
     b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
)  # fmt: skip
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


class Package:
    """An open Word document. Its parts are read when they are asked for, within limits.

    Raises Unreadable, naming `place`, for what is no Word document, is protected, or is a trap.
    """

    def __init__(self, content: bytes, place: str) -> None:
        self._place = place
        self._left = MOST_BYTES
        self._archive = self._opened(content)
        self._names = {info.filename: info for info in self._archive.infolist()}
        if len(self._names) > MOST_PARTS:
            raise self._unreadable(f"it has more than {MOST_PARTS:,} parts, which no document has")
        main = self.related("", "officeDocument")
        self.path = next(iter(main.values()), "word/document.xml")
        if self.path not in self._names:
            raise self._unreadable("it is no Word document: the part with its text is missing")

    def xml(self, path: str) -> etree._Element | None:
        """The root of the part at `path`, or None where there is no such part."""
        info = self._names.get(path)
        if info is None:
            return None
        content = self._bytes(info)
        if _DOCTYPE.search(content):
            raise self._unreadable(f"{path} declares a document type, which no Word document does")
        for strict, usual in _STRICT:
            content = content.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            return etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._unreadable(f"{path} is damaged: {error}") from None

    def related(self, path: str, kind: str) -> dict[str, str]:
        """The parts and addresses of a `kind` (`header`) that the part at `path` uses, by name."""
        folder, name = posixpath.split(path)
        root = self.xml(posixpath.join(folder, "_rels", f"{name}.rels"))
        targets: dict[str, str] = {}
        for each in root if root is not None else ():
            if str(each.get("Type", "")).rpartition("/")[2] != kind:
                continue
            target = str(each.get("Target", ""))
            if each.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(target)))[1:]
            targets[str(each.get("Id"))] = target
        return targets

    def first(self, kind: str) -> etree._Element | None:
        """The root of the only part of a `kind` (`styles`) that the document uses, or None."""
        for path in self.related(self.path, kind).values():
            return self.xml(path)
        return None

    def _opened(self, content: bytes) -> zipfile.ZipFile:
        if content.startswith(_OLE):
            if _ENCRYPTED in content:
                raise self._unreadable("it is protected by a password; save a copy without one")
            raise self._unreadable("it is no .docx but an older Office document; save it as .docx")
        try:
            return zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self._unreadable(
                f"the file is cut short or damaged ({error}); save it anew, or find another copy"
            ) from None

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        most = min(MOST_BYTES_OF_A_PART, self._left)
        try:
            with self._archive.open(info) as part:
                content = part.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise self._unreadable(f"{info.filename} is damaged: {error}") from None
        except (RuntimeError, NotImplementedError) as error:
            raise self._unreadable(f"{info.filename} cannot be unpacked: {error}") from None
        too_dense = len(content) > max(_JUDGED_BY_RATIO, info.compress_size * MOST_RATIO)
        if len(content) > most or too_dense:
            raise self._unreadable(
                f"{info.filename} swells to more than {most >> 20} MB or {MOST_RATIO} times "
                "its size, which no document's text does"
            )
        self._left -= len(content)
        return content

    def _unreadable(self, reason: str) -> Unreadable:
        return Unreadable(self._place, reason)
