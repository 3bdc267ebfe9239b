"""What the documents inside a container are called. Nothing is ever stored under these names."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument, place_of
from indexer.sources.limits import MAX_NAME
from indexer.sources.locators import printable
from indexer.sources.media_types import settle_media_type

_DRIVE = re.compile(r"[A-Za-z]:")
# What systems and programs leave beside the files of a folder.
_LEFT_BY_SYSTEMS = frozenset(("__macosx", "thumbs.db", "desktop.ini"))
_SHOWN = 80  # characters of a name that is refused for its length


def why_refused(name: str) -> str | None:
    """Why an entry of this name is not read, None where the name is a path downwards."""
    if len(name) > MAX_NAME:
        return f"its name is over {MAX_NAME} characters long; give it a shorter one"
    parts = name.split("/")
    if "\x00" in name or name.startswith("/") or ".." in parts or _DRIVE.match(name):
        return (
            "its name leads out of the folder, as no program for zips writes it; if the document "
            "is to be trusted, unpack it and add it to the source by itself"
        )
    return None


def downwards(name: str) -> str:
    """`name` with `/` between its parts, without those that lead nowhere."""
    parts = name.replace("\\", "/").split("/")
    kept = [part for place, part in enumerate(parts) if part not in ("", ".") or not place]
    return "/".join(kept).removeprefix("./")


def is_left_out(name: str) -> bool:
    """Whether `name` is hidden, or what a system or an open Word keeps for itself."""
    return any(
        (part.startswith((".", "~$")) and part != "..") or part.lower() in _LEFT_BY_SYSTEMS
        for part in name.split("/")
    )


def shown(name: str) -> str:
    """`name` fit to be printed, cut short where it is absurdly long."""
    return printable(name if len(name) <= MAX_NAME else f"{name[:_SHOWN]}…")


class Names:
    """The names given out so far in one container, so that no two documents share one."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._copies: dict[str, int] = {}

    def unlike_others(self, name: str) -> str:
        """`name`, with a number before its extension where another document has it already."""
        path, number = PurePosixPath(name), self._copies.get(name, 1)
        distinct = name
        while distinct in self._given:
            number += 1
            distinct = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
        self._copies[name] = number
        self._given.add(distinct)
        return distinct


def inside(container: SourceDocument, name: str) -> str:
    """The entry of the document `name` inside `container`."""
    return f"{container.entry}/{name}" if container.entry else name


def rejected(
    container: SourceDocument, name: str, reason: str, *, failed: bool = True
) -> Rejection:
    """The document `name` inside `container` as one that is not read."""
    return Rejection(place_of(container.locator, inside(container, name)), reason, failed)


def unpacked(container: SourceDocument, name: str, content: bytes) -> SourceDocument | Rejection:
    """The document `name` inside `container`, its type settled as that of a file is."""
    entry = inside(container, name)
    media_type = settle_media_type(name, content, place_of(container.locator, entry))
    if isinstance(media_type, Rejection):
        return media_type
    return SourceDocument(
        container.locator,
        media_type,
        content,
        published=container.published,
        ocr=container.ocr,
        entry=entry,
        letter=container.letter,
    )
