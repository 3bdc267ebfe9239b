"""Zips, entry by entry, with what may come out of one bounded by reading, never by its word."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument, place_of
from indexer.sources.containers.names import (
    Names,
    downwards,
    is_left_out,
    rejected,
    shown,
    unpacked,
    why_refused,
)
from indexer.sources.limits import (
    MAX_BYTES,
    MAX_ENTRIES,
    MAX_LISTED,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_COUNTS_FROM,
)
from indexer.sources.locators import LOCATORS_NAME, Addresses, AddressLists, addresses_in

_ENCRYPTED = 0x1
_NAME_IN_UTF8 = 0x800
# The others unpack whole blocks at once, however large, before anyone can count.
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_IN_ITS_LIST = b"PK\x01\x02"
_DAMAGED = "damaged, or cut short; zip the documents again"


class _NotUnpacked(Exception):
    """Why an entry is not read."""


@dataclass(slots=True)
class _Unpacking:
    """What has come out of one zip so far, in bytes."""

    archive: zipfile.ZipFile
    unpacked: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether as much has come out as may."""
        return self.unpacked > MAX_UNPACKED

    def content(self, info: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry; raises _NotUnpacked, saying why, where it may not be had."""
        if info.flag_bits & _ENCRYPTED:
            raise _NotUnpacked("it is encrypted, and not read; unpack it with its password")
        if info.compress_type not in _METHODS:
            raise _NotUnpacked(
                f"it is compressed in a way that is not read (method {info.compress_type}); zip "
                "it again in the usual way"
            )
        content = self._read(info)
        self.unpacked += len(content)
        if self.unpacked > MAX_UNPACKED:
            most = MAX_UNPACKED // 1024 // 1024
            raise _NotUnpacked(
                f"with it the zip unpacks to over {most} MB in all, and it and the entries after "
                "it are not read; split the zip"
            )
        if len(content) > MAX_BYTES:
            most = MAX_BYTES // 1024 // 1024
            raise _NotUnpacked(f"unpacked it is over {most} MB; split it, or unpack it by itself")
        if len(content) > max(RATIO_COUNTS_FROM, MAX_RATIO * info.compress_size):
            raise _NotUnpacked(
                f"it swells to over {MAX_RATIO} times its size, as documents do not; if it is one, "
                "unpack it by itself"
            )
        return content

    def _read(self, info: zipfile.ZipInfo) -> bytes:
        try:
            with self.archive.open(info) as opened:
                return opened.read(MAX_BYTES + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise _NotUnpacked(f"it is {_DAMAGED}") from error
        except (NotImplementedError, RuntimeError) as error:
            raise _NotUnpacked(f"it is packed in a way that is not read ({error})") from error


def documents_of_zip(document: SourceDocument) -> Iterator[SourceDocument | Rejection]:
    """Each document of a zip, or why it is not read; what folders leave out is left out here."""
    try:
        archive = _opened(document.content)
    except _NotUnpacked as reason:
        yield Rejection(document.place, str(reason))
        return
    with archive:
        yield from _documents(document, archive)


def _documents(
    document: SourceDocument, archive: zipfile.ZipFile
) -> Iterator[SourceDocument | Rejection]:
    entries = [(name, info) for info in archive.infolist() if (name := _wanted(info))]
    if len(entries) > MAX_ENTRIES:
        yield Rejection(
            document.place,
            f"it holds {len(entries):,} documents, and zips of more than {MAX_ENTRIES:,} are not "
            "read; split it",
        )
        return
    if not entries:
        yield Rejection(document.place, "the zip holds no documents", failed=False)
    if len(entries) > 1 and document.letter:
        document = replace(document, letter=replace(document.letter, with_others=True))
    unpacking, names = _Unpacking(archive), Names()
    lists = _address_lists(document, entries, unpacking)
    for name, info in entries:
        if name.rpartition("/")[2] == LOCATORS_NAME:
            continue
        address = lists.address_of(name)
        printed = names.unlike_others(shown(name))
        outcome = _document(document, info, name, printed, unpacking)
        if address and isinstance(outcome, SourceDocument):
            outcome = replace(outcome, locator=address)
        yield outcome
        if unpacking.is_spent:
            return
    yield from lists.rejections()


def _document(
    document: SourceDocument,
    info: zipfile.ZipInfo,
    name: str,
    printed: str,
    unpacking: _Unpacking,
) -> SourceDocument | Rejection:
    if reason := why_refused(name):
        return rejected(document, printed, reason)
    try:
        content = unpacking.content(info)
    except _NotUnpacked as refused:
        return rejected(document, printed, str(refused))
    return unpacked(document, printed, content)


def _opened(content: bytes) -> zipfile.ZipFile:
    """The zip of these bytes; raises _NotUnpacked where its list of entries cannot be read."""
    if content.count(_IN_ITS_LIST) > MAX_LISTED:
        raise _NotUnpacked(f"it lists over {MAX_LISTED:,} entries; split it")
    try:
        return zipfile.ZipFile(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise _NotUnpacked(f"the zip is {_DAMAGED}") from error
    except NotImplementedError as error:
        raise _NotUnpacked(f"the zip is of a kind that is not read ({error})") from error


def _wanted(info: zipfile.ZipInfo) -> str | None:
    """The name of an entry that may be a document, with `/` between its parts."""
    name = downwards(_name(info))
    is_folder = info.orig_filename.endswith(("/", "\\"))
    return None if is_folder or not name or is_left_out(name) else name


def _name(info: zipfile.ZipInfo) -> str:
    """The name as its bytes most likely mean it: UTF-8 if they are, whatever the flag says."""
    name = info.orig_filename
    if info.flag_bits & _NAME_IN_UTF8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode()
    except UnicodeError:
        return name


def _address_lists(
    document: SourceDocument,
    entries: list[tuple[str, zipfile.ZipInfo]],
    unpacking: _Unpacking,
) -> AddressLists:
    """What each locators.csv of the zip says of the entries of its folder and below."""
    lists = AddressLists()
    for name, info in entries:
        folder, _, last = name.rpartition("/")
        if last != LOCATORS_NAME or why_refused(name):
            continue
        locator = place_of(document.locator, "/".join(filter(None, (document.entry, shown(name)))))
        try:
            lists.by_folder[folder] = addresses_in(unpacking.content(info), locator)
        except _NotUnpacked as refused:
            lists.by_folder[folder] = Addresses(locator, faults=[str(refused)])
    return lists
