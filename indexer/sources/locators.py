"""Locators that can always be printed, and the web addresses that `locators.csv` gives to files."""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from indexer.domain.report import Rejection

LOCATORS_NAME = "locators.csv"


def printable(name: str | Path) -> str:
    """`name` with undecodable bytes and invisible characters written as escapes (`\\x92`)."""
    decoded = os.fsencode(name).decode("utf-8", "backslashreplace")
    if decoded.isprintable():
        return decoded
    return "".join(_escaped(character) for character in decoded)


@dataclass(frozen=True, slots=True)
class Addresses:
    """The web address of each file of one folder, and the lines that could not be used."""

    by_name: dict[str, str]
    rejections: tuple[Rejection, ...] = ()

    def of(self, name: str) -> str | None:
        """The address of the file `name` (its path from the folder, with `/`)."""
        return self.by_name.get(unicodedata.normalize("NFC", name))


def read_addresses(file: Path, locator: str) -> Addresses:
    """The lines `file,address` of a locators.csv; a first line of those very words is a heading."""
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return Addresses({}, (Rejection(locator, "it is not in UTF-8; save it as UTF-8"),))
    except OSError as error:
        return Addresses({}, (Rejection(locator, f"it cannot be read ({error.strerror})"),))
    by_name: dict[str, str] = {}
    rejections: list[Rejection] = []
    for number, row in enumerate(csv.reader(io.StringIO(text, newline="")), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[:2] == ["file", "address"]):
            continue
        if len(cells) < 2 or not cells[0] or not cells[1].startswith(("http://", "https://")):
            reason = f"row {number} is not a file and a web address, with a comma between them"
            rejections.append(Rejection(locator, reason))
            continue
        name = cells[0].replace("\\", "/").removeprefix("./")
        by_name[unicodedata.normalize("NFC", name)] = printable(cells[1])
    return Addresses(by_name, tuple(rejections))


def _escaped(character: str) -> str:
    # Spaces of any width stay: names copied from pages hold them, and extraction knows them.
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
        return character.encode("unicode_escape").decode()
    return character
