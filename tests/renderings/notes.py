"""A note as what a script prints: its title, its header and the parts of its body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from tests.indexer.pages import header_and_body

_OPENING = re.compile(r"\s*(?:Section|Details:?|Technical Note details)\s*$")
_BULLET = re.compile(r"\s*([•◦-])\s+(.*)")
_NUMBERED = re.compile(r"\s*(\d+)\.\s+(.*)")
_ROW = re.compile(r"\s*\|.*\|\s*$|[^|]+(?:\s\|\s[^|]*)+$")


class PartKind(StrEnum):
    """What a part of a body is printed as."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    NUMBERED = "numbered"
    BULLET = "bullet"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a body; `number` and `level` as a block has them, `rows` those of a table."""

    kind: PartKind
    text: str = ""
    number: int = 0
    level: int = 1
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteText:
    """The text of one note and the address that it was saved from, which has no extension.

    `before` and `below` are the lines without a label above and under the header's `pairs` of label
    and value.
    """

    address: str
    text: str
    title: str | None
    before: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...]
    below: tuple[str, ...]
    body: tuple[Part, ...]

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.address.rsplit("/", 1)[-1]


def note_text(address: str, text: str, *, titled: bool) -> NoteText:
    """The note whose `text` was saved from `address`; its first line is the title if `titled`."""
    before, pairs, below, lines = header_and_body(text)
    title = before.pop(0) if titled else None
    return NoteText(
        address=address,
        text=text,
        title=title,
        before=tuple(before),
        pairs=tuple(pairs),
        below=tuple(below),
        body=_parts(lines),
    )


def _parts(lines: list[str]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for is_row, group in groupby(lines, lambda line: bool(_ROW.match(line))):
        if is_row:
            rows = tuple(_cells(line) for line in group)
            parts.append(Part(kind=PartKind.TABLE, rows=rows))
        else:
            parts.extend(_part(line) for line in group)
    return tuple(parts)


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _part(line: str) -> Part:
    if _OPENING.match(line):
        return Part(kind=PartKind.HEADING, text=line.strip())
    if match := _BULLET.match(line):
        return Part(kind=PartKind.BULLET, text=match[2].strip(), level=1 + (match[1] == "◦"))
    if match := _NUMBERED.match(line):
        return Part(kind=PartKind.NUMBERED, text=match[2].strip(), number=int(match[1]))
    return Part(kind=PartKind.PARAGRAPH, text=line.strip())
