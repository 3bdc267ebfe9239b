"""Characters of source documents made plain: one kind of space, nothing invisible, NFC."""

from __future__ import annotations

import re
import unicodedata

# Soft hyphen, zero-width and joining marks, text direction, byte order mark, noncharacters and
# lone surrogates: none of them is printed, and each of them hides a word from search.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_LINE_END = re.compile("\r\n?|[\u0085\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def plain_lines(text: str) -> str:
    """`text` with newlines kept: NFC, invisible characters gone, other controls made spaces."""
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_END.sub("\n", text)
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text)


def plain(text: str) -> str:
    """`text` as a block holds it: as `plain_lines`, single spaces, no blank line or outer space."""
    text = plain_lines(text)
    if "\n" not in text:
        return " ".join(text.split())
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def one_line(text: str) -> str:
    """`text` as a title or name is printed: as `plain`, without line breaks."""
    return plain(text).replace("\n", " ")
