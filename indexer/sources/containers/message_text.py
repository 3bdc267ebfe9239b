"""The words of an e-mail as a document: what was written around them taken out, and kept aside."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.sources.containers.correspondence import parted
from indexer.sources.containers.page_lines import printed_lines, without
from indexer.sources.media_types import HTML, TEXT

_QUOTED = re.compile(r"(?:\s?>)+ ?")
# Declared as these, bytes beyond ASCII are windows-1252 or UTF-8. The last are no text at all.
_NARROW = frozenset(
    "us-ascii ascii iso-8859-1 latin-1 latin1 unknown-8bit 8bit windows-1252 "
    "idna punycode unicode_escape raw_unicode_escape".split()
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text part of an e-mail: its bytes, and the parameters that say how to read them."""

    media_type: str
    content: bytes
    charset: str | None = None
    is_flowed: bool = False
    joins_with_space: bool = True

    @property
    def decoded(self) -> str:
        """The characters of the bytes: UTF-8 if they are, else as declared, else windows-1252."""
        declared = None if self.charset in _NARROW else self.charset
        for charset in (declared if self.content.isascii() else None, "utf-8", declared):
            try:
                if charset:
                    return self.content.decode(charset)
            except (UnicodeError, LookupError):
                continue
        return self.content.decode("cp1252", "replace")

    @property
    def full_type(self) -> str:
        """The media type with the charset that is declared."""
        return f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type


@dataclass(frozen=True, slots=True)
class MessageText:
    """The text of an e-mail that may be a note: `lines` its own, `around` those about it."""

    media_type: str
    content: bytes
    lines: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    is_headed: bool = False

    @property
    def has_words(self) -> bool:
        """Whether anything is left to be read."""
        return any(re.search(r"\w", line) for line in self.lines)


def message_text(text: Text) -> MessageText:
    """`text` without quotation marks, other messages' headers, signatures and disclaimers."""
    if text.media_type == HTML:
        return _of_page(text)
    original = text.decoded.splitlines()
    lines = _unquoted(_unflowed(text) if text.is_flowed else original)
    found = parted(lines)
    kept = [line for place, line in enumerate(lines) if place in found.note]
    is_whole = kept == original
    return MessageText(
        text.full_type if is_whole else f"{TEXT}; charset=utf-8",
        text.content if is_whole else "\n".join(kept).encode("utf-8", "replace"),
        tuple(filter(None, map(str.strip, kept))),
        tuple(lines[place].strip() for place in found.around),
        found.is_headed,
    )


def _unflowed(text: Text) -> list[str]:
    """The lines of format=flowed text, those that a space at their end continues made one."""
    lines: list[list[str]] = []
    is_open, depth = False, 0
    for line in text.decoded.splitlines():
        words = line.lstrip(">")
        marks = line[: len(line) - len(words)]
        words = words.removeprefix(" ")
        if not (is_open and len(marks) == depth and words != "-- "):
            lines.append([marks])
        is_open, depth = words.endswith(" ") and words != "-- ", len(marks)
        lines[-1].append(words if text.joins_with_space or not is_open else words[:-1])
    return ["".join(parts) for parts in lines]


def _unquoted(lines: list[str]) -> list[str]:
    """The lines without the marks of quotation that each level of reply puts before them."""
    return [_QUOTED.sub("", line, count=1) if _QUOTED.match(line) else line for line in lines]


def _of_page(text: Text) -> MessageText:
    page = text.decoded
    printed = printed_lines(page)
    lines = [line.text for line in printed]
    found = parted(lines)
    dropped = [place for place, line in enumerate(lines) if line and place not in found.note]
    return MessageText(
        f"{HTML}; charset=utf-8" if dropped else text.full_type,
        without(page, (printed[place] for place in dropped)).encode("utf-8", "replace")
        if dropped
        else text.content,
        tuple(line for place, line in enumerate(lines) if place in found.note and line),
        tuple(lines[place] for place in found.around),
        found.is_headed,
    )
