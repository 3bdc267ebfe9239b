"""Locators that can always be printed, and the web addresses that `locators.csv` gives to files."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from indexer.domain.errors import Unreadable
from indexer.domain.report import Rejection
from indexer.sources.limits import FAULTS_TOLD, MAX_LIST_BYTES
from indexer.sources.reasons import LEADS_NOWHERE, LEADS_OUT, NO_FILE, why

LOCATORS_NAME = "locators.csv"


def printable(name: str | Path) -> str:
    """`name` with undecodable bytes and invisible characters written as escapes (`\\x92`)."""
    decoded = os.fsencode(name).decode("utf-8", "backslashreplace")
    if decoded.isprintable():
        return decoded
    return "".join(_escaped(character) for character in decoded)


@dataclass(slots=True)
class Addresses:
    """What one locators.csv says: the web addresses of files, each with the line it stands on.

    A name is the file's path from the folder of the list, with `/`. `faults` are the sentences
    about the list, in the order of its lines.
    """

    locator: str
    by_name: dict[str, tuple[str, int]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def of(self, name: str) -> str | None:
        """The address of the file `name`, which is thereby known to be there."""
        name = unicodedata.normalize("NFC", name)
        self.asked.add(name)
        return self.by_name[name][0] if name in self.by_name else None

    def rejections(self) -> Iterator[Rejection]:
        """What is wrong with the list, the files that it names and nobody asked for included."""
        absent = [
            f"line {line} names {printable(name)}, and no file that is read has that name"
            for name, (_, line) in self.by_name.items()
            if name not in self.asked
        ]
        faults = self.faults + absent
        for reason in faults[:FAULTS_TOLD]:
            yield Rejection(self.locator, reason)
        if (more := len(faults) - FAULTS_TOLD) > 0:
            yield Rejection(self.locator, f"{more:,} more of its lines are wrong")

    def add(self, cells: list[str], line: int) -> None:
        """Take in one row of the list, or note what is wrong with it."""
        if len(cells) < 2 or not cells[0] or not _is_address(cells[1]):
            self.faults.append(
                f"line {line} is not a file and a web address, with a comma between them"
            )
            return
        name = unicodedata.normalize("NFC", cells[0].replace("\\", "/").removeprefix("./"))
        if name in self.by_name:
            first = self.by_name[name][1]
            self.faults.append(
                f"line {line} names {printable(name)} again; line {first} does, and counts"
            )
            return
        self.by_name[name] = (cells[1], line)


@dataclass(slots=True)
class AddressLists:
    """The locators.csv of a folder and of the folders in it, each by the path of its folder."""

    by_folder: dict[str, Addresses] = field(default_factory=dict)

    def address_of(self, name: str) -> str | None:
        """The address that the nearest list, in its folder or above, gives to the file `name`."""
        address = None
        folder = name
        while folder:
            folder = folder.rpartition("/")[0]
            within = name[len(folder) :].lstrip("/")
            if addresses := self.by_folder.get(folder):
                further = addresses.of(within)
                address = address or further
        return address

    def rejections(self) -> Iterator[Rejection]:
        """What is wrong with the lists, once every file has been looked up."""
        for addresses in self.by_folder.values():
            yield from addresses.rejections()


def read_addresses(file: Path, locator: str, root: Path) -> Addresses:
    """What a locators.csv says; `root` is the source's real path, which it may not lie outside."""
    try:
        return addresses_in(_bytes_of(file, locator, root), locator)
    except Unreadable as unreadable:
        return Addresses(locator, faults=[unreadable.reason])


def addresses_in(content: bytes, locator: str) -> Addresses:
    """The lines `file,address` of a list; a first line of those very words is a heading."""
    addresses = Addresses(locator)
    try:
        text = _text_of(content, locator)
    except Unreadable as unreadable:
        addresses.faults.append(unreadable.reason)
        return addresses
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells) and not (line == 1 and cells[:2] == ["file", "address"]):
                addresses.add(cells, line)
            line = rows.line_num + 1
    except csv.Error as error:
        addresses.faults.append(
            f"line {line} cannot be read as comma-separated values ({error}), and neither it nor "
            "the lines after it are used; look for a quotation mark that is not closed"
        )
    return addresses


def _bytes_of(file: Path, locator: str, root: Path) -> bytes:
    """The bytes of a list; raises Unreadable where it is no file of the source."""
    try:
        real = file.resolve(strict=True)
        if not real.is_relative_to(root):
            raise Unreadable(locator, LEADS_OUT)
        if not real.is_file():
            raise Unreadable(locator, NO_FILE)
        with real.open("rb") as opened:
            return opened.read(MAX_LIST_BYTES + 1)
    except PermissionError as error:
        raise Unreadable(locator, why(error)) from error
    except (FileNotFoundError, RuntimeError) as error:  # RuntimeError: links in a circle
        raise Unreadable(locator, LEADS_NOWHERE) from error
    except OSError as error:
        raise Unreadable(locator, why(error)) from error


def _text_of(content: bytes, locator: str) -> str:
    """The text of a list; raises Unreadable where it is too large or not in UTF-8."""
    if len(content) > MAX_LIST_BYTES:
        most = MAX_LIST_BYTES // 1024 // 1024
        raise Unreadable(locator, f"it is over {most} MB, and is not read; split it by folder")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        reason = f"line {line} is not in UTF-8; save it as UTF-8"
        raise Unreadable(locator, reason) from error


def _is_address(text: str) -> bool:
    """Whether `text` is a web address with a host, fit to be printed and linked to."""
    if not text.isprintable() or any(character.isspace() for character in text):
        return False
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _escaped(character: str) -> str:
    # Spaces of any width stay: names copied from pages hold them, and extraction knows them.
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character.encode("unicode_escape").decode()
    return character
