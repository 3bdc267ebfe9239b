"""The words of an e-mail as a document: what was written around them taken out, and kept aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree, html

from indexer.sources.containers.correspondence import parted
from indexer.sources.media_types import HTML, TEXT

_QUOTED = re.compile(r"(?:\s?>)+ ?")
# Declared as these, bytes beyond ASCII are windows-1252 or UTF-8. The last are no text at all.
_NARROW = frozenset(
    "us-ascii ascii iso-8859-1 latin-1 latin1 unknown-8bit 8bit windows-1252 "
    "idna punycode unicode_escape raw_unicode_escape".split()
)
_NO_WORDS = frozenset(("head", "style", "script", "title", "template"))
_ON_ITS_LINE = frozenset(
    "a abbr acronym b bdo big cite code em font i img ins kbd label mark o:p q s samp small span "
    "strike strong sub sup tt u var wbr".split()
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
    lines: list[str] = []
    is_open, depth = False, 0
    for line in text.decoded.splitlines():
        quoted = re.match(r">*", line)
        marks = quoted[0] if quoted else ""
        words = line[len(marks) :].removeprefix(" ")
        if is_open and len(marks) == depth and words != "-- ":
            before = lines[-1] if text.joins_with_space else lines[-1][:-1]
            lines[-1] = before + words
        else:
            lines.append(marks + words)
        is_open, depth = words.endswith(" ") and words != "-- ", len(marks)
    return lines


def _unquoted(lines: list[str]) -> list[str]:
    """The lines without the marks of quotation that each level of reply puts before them."""
    return [_QUOTED.sub("", line, count=1) if _QUOTED.match(line) else line for line in lines]


@dataclass(slots=True)
class _Printed:
    """The lines of a page, each with the text nodes that it is made of.

    A node is an element, and whether it is the text after the element or that inside.
    """

    texts: list[list[str]] = field(default_factory=lambda: [[]])
    nodes: list[list[tuple[etree._Element, bool]]] = field(default_factory=lambda: [[]])

    def end_line(self) -> None:
        self.texts.append([])
        self.nodes.append([])

    def add(self, element: etree._Element, text: str | None, *, is_tail: bool) -> None:
        if text:
            self.texts[-1].append(text)
            self.nodes[-1].append((element, is_tail))


def _of_page(text: Text) -> MessageText:
    root = _parsed(text.decoded)
    if root is None:
        return MessageText(text.full_type, text.content)
    printed = _printed(root)
    lines = [" ".join("".join(parts).split()) for parts in printed.texts]
    found = parted(lines)
    dropped = [place for place in range(len(lines)) if place not in found.note and lines[place]]
    for place in dropped:
        for element, is_tail in printed.nodes[place]:
            if is_tail:
                element.tail = None
            else:
                element.text = None
    content = etree.tostring(root, method="html", encoding="utf-8") if dropped else text.content
    return MessageText(
        f"{HTML}; charset=utf-8" if dropped else text.full_type,
        content,
        tuple(line for place, line in enumerate(lines) if place in found.note and line),
        tuple(lines[place] for place in found.around),
        found.is_headed,
    )


def _parsed(page: str) -> etree._Element | None:
    parser = html.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)
    try:
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def _printed(root: etree._Element) -> _Printed:
    """The lines that a page prints, one for each block and each line break."""
    printed = _Printed()
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = element.tag
        if event == "start":
            silent += tag in _NO_WORDS
            if tag not in _ON_ITS_LINE:
                printed.end_line()
            if not silent:
                printed.add(element, element.text, is_tail=False)
            continue
        if event == "end":
            silent -= tag in _NO_WORDS
            for _ in range(_lines_after(tag)):
                printed.end_line()
        if not silent:
            printed.add(element, element.tail, is_tail=True)
    return printed


def _lines_after(tag: str) -> int:
    """How many lines end with an element: two after a block, so that a blank one parts blocks."""
    if tag in _ON_ITS_LINE or tag == "br":
        return 0
    return 2
