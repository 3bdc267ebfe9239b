"""The documents of a folder: each file opened once, or named with the reason why it was not."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from indexer.domain.errors import Unreadable
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.sources.containers.names import is_left_out
from indexer.sources.limits import MAX_BYTES, MAX_ZIP_BYTES, too_large, zip_too_large
from indexer.sources.locators import LOCATORS_NAME, AddressLists, printable, read_addresses
from indexer.sources.media_types import ZIP, media_type_of, settle_media_type
from indexer.sources.reasons import LEADS_NOWHERE, LEADS_OUT, NO_FILE, why


@dataclass(frozen=True, slots=True)
class Found:
    """A file that may be a document, and the locator that it goes by."""

    path: Path
    locator: str


def find(
    folder: Path, *, leaving_out: Path | None = None, within: str = ""
) -> tuple[Found | Rejection, ...]:
    """Every file under `folder` in the order of its path, without opening any.

    A locator is the file's address in locators.csv, else its path from `folder`, after `within`.

    Left out are hidden files, what systems keep beside files, `locators.csv` and the folder
    `leaving_out` (where the archive itself lies). Links that lead out of `folder`, or nowhere, are
    rejections, and so are folders that cannot be listed. Each folder is read once, however many
    links lead to it. Raises Unreadable where `folder` itself cannot be listed.
    """
    root = folder.resolve()
    out = leaving_out.resolve() if leaving_out else None
    if out and root.is_relative_to(out):
        out = None
    walk = _Walk(root, out, within.rstrip("/") + "/" if within else "", [(folder, "")])
    walk.all()
    return tuple(result for _, result in sorted(walk.results, key=lambda pair: pair[0]))


def open_document(
    found: Found, *, published: bool = False, ocr: bool = False
) -> SourceDocument | Rejection:
    """The bytes of one file with their media type, or why they could not be had."""
    named = media_type_of(found.path.name)
    try:
        status = found.path.stat()
        if not stat.S_ISREG(status.st_mode):
            return Rejection(found.locator, NO_FILE)
        if reason := _too_large(status.st_size, named):
            return Rejection(found.locator, reason)
        with found.path.open("rb") as file:
            content = file.read(_most(named) + 1)
    except OSError as error:
        return Rejection(found.locator, why(error))
    media_type = settle_media_type(found.path.name, content, found.locator)
    if isinstance(media_type, Rejection):
        return media_type
    if reason := _too_large(len(content), media_type):  # it is no zip, or grew meanwhile
        return Rejection(found.locator, reason)
    return SourceDocument(found.locator, media_type, content, published, ocr)


def _most(media_type: str | None) -> int:
    """How many bytes a file of this type may have: a zip is unpacked one document at a time."""
    return MAX_ZIP_BYTES if media_type == ZIP else MAX_BYTES


def _too_large(size: int, media_type: str | None) -> str | None:
    if size <= _most(media_type):
        return None
    return zip_too_large(size) if media_type == ZIP else too_large(size)


@dataclass(slots=True)
class _Walk:
    """One walk through a folder; `results` pairs each with the path that it sorts by.

    `folders` are those still to be read, each with its path from the root.
    """

    root: Path
    leaving_out: Path | None
    within: str
    folders: list[tuple[Path, str]]
    links: list[tuple[Path, str]] = field(default_factory=list)
    seen: set[Path] = field(default_factory=set)
    lists: AddressLists = field(default_factory=AddressLists)
    results: list[tuple[bytes, Found | Rejection]] = field(default_factory=list)

    def all(self) -> None:
        """Read every folder; links last, so that a folder is read in its own place if it has one.

        A list of folders, not recursion: a tree may be deeper than Python's stack.
        """
        while self.folders or self.links:
            if self.folders:
                self._folder(*self.folders.pop())
            else:
                self._linked_folder(*self.links.pop(0))
        self.results.extend(self._told())

    def _folder(self, path: Path, name: str) -> None:
        try:
            real = path.resolve()
            if self.leaving_out and real.is_relative_to(self.leaving_out):
                return
            self.seen.add(real)
            entries = sorted(os.scandir(path), key=lambda entry: entry.name)
        except OSError as error:
            if not name:
                raise Unreadable(printable(path), why(error, "this folder")) from error
            self._reject(name, why(error, "this folder"))
            return
        if any(entry.name == LOCATORS_NAME for entry in entries):
            self._read_addresses(path, name)
        for entry in entries:
            if not is_left_out(entry.name) and entry.name != LOCATORS_NAME:
                self._entry(entry, f"{name}/{entry.name}" if name else entry.name)

    def _linked_folder(self, path: Path, name: str) -> None:
        real = path.resolve()
        if real in self.seen:
            where = printable(real.relative_to(self.root)) if real != self.root else "it lies in"
            reason = f"it is a link to the folder {where}, which is read in its own place"
            self._reject(name, reason, failed=False)
        else:
            self.folders.append((path, name))

    def _entry(self, entry: os.DirEntry[str], name: str) -> None:
        path = Path(entry.path)
        if entry.is_symlink():
            self._link(path, name)
        elif entry.is_dir(follow_symlinks=False):
            self.folders.append((path, name))
        else:
            self._found(path, name)

    def _link(self, path: Path, name: str) -> None:
        try:
            target = path.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
            self._reject(name, LEADS_NOWHERE)
            return
        if not target.is_relative_to(self.root):
            self._reject(name, LEADS_OUT)
        elif target.is_dir():
            self.links.append((path, name))
        else:
            self._found(path, name)

    def _found(self, path: Path, name: str) -> None:
        locator = self.lists.address_of(printable(name)) or self.within + printable(name)
        self.results.append((os.fsencode(name), Found(path, locator)))

    def _read_addresses(self, path: Path, name: str) -> None:
        file = f"{name}/{LOCATORS_NAME}" if name else LOCATORS_NAME
        locator = self.within + printable(file)
        addresses = read_addresses(path / LOCATORS_NAME, locator, self.root)
        self.lists.by_folder[printable(name)] = addresses

    def _told(self) -> Iterator[tuple[bytes, Rejection]]:
        """What is wrong with the lists of addresses, once every file has been looked up."""
        for rejection in self.lists.rejections():
            yield os.fsencode(rejection.locator.removeprefix(self.within)), rejection

    def _reject(self, name: str, reason: str, *, failed: bool = True) -> None:
        self.lists.address_of(printable(name))  # a list that names it is not wrong
        rejection = Rejection(self.within + printable(name), reason, failed)
        self.results.append((os.fsencode(name), rejection))
