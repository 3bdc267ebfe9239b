"""Plain text to blocks: blank lines, bullets, printed numbers and pipe tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.characters import plain, plain_lines
from indexer.readers.encoding import decode
from indexer.readers.numbering import bullet_length, with_printed_number

_NUMBERED = re.compile(
    r"\s*(?:\d{1,3}(?:\.\d{1,3})*\.?\s?[-\u2010\u2011\u2013]?\s?\d{0,3}[.)]|\(?[a-z][.)])\s+\S"
)
_LABEL = re.compile(r"[A-Z][\w ()’'-]{2,40}:(?:\s|$)|.*:$")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*$|[^|]+(?:\s\|\s[^|]*)+$")
_PIPE_RULE = re.compile(r"[\s|:+-]*")
# Lines were broken at a margin when none is longer than this and several come close to the longest.
_WIDEST_MARGIN, _NARROWEST_MARGIN = 100, 60
_DASHES, _STOPS = ("–", "—", "-"), (".", ":", ";", "!", "?")
# How a line ends that can't be whole.
_UNFINISHED = re.compile(r"[,–—]$|\s(?:-|&|and|or|of|the|to|for|in|on|by|with|a|an)$")


@dataclass(frozen=True, slots=True)
class _Margin:
    """The width of the longest line, and whether so many come near it that it is a margin."""

    width: int
    is_sure: bool


@dataclass(slots=True)
class _Paragraph:
    """Lines that belong together, how far the first is indented, and whether a bullet led them.

    `last` is the last line as it stands in the document, margin and all.
    """

    indent: int
    bullet: bool = False
    lines: list[str] = field(default_factory=list)
    last: str = ""

    def block(self, level: int) -> Block:
        text = plain("\n".join(self.lines))
        if self.bullet:
            return with_printed_number(Block(kind=BlockKind.ITEM, level=level, text=text))
        return with_printed_number(Block(kind=BlockKind.PARAGRAPH, text=text))


def read_text(source: SourceDocument) -> ReadDocument:
    """The blocks of a plain text document; its first line may be its title."""
    text, problems = decode(source.content, source.media_type)
    lines = plain_lines(text).expandtabs(4).split("\n")
    blocks = tuple(_blocks(lines))
    first = next((block.text.split("\n")[0] for block in blocks if block.text), None)
    return ReadDocument(blocks, titles=(first,) if first else (), problems=problems)


def _blocks(lines: list[str]) -> Iterator[Block]:
    indents: list[int] = []  # of the bullets that enclose the present one
    for paragraph in _paragraphs(lines):
        if isinstance(paragraph, tuple):
            yield Block(kind=BlockKind.TABLE, rows=paragraph)
            continue
        if paragraph.bullet:
            while indents and indents[-1] >= paragraph.indent:
                indents.pop()
            indents.append(paragraph.indent)
        elif paragraph.lines:
            indents.clear()
        block = paragraph.block(level=max(len(indents), 1))
        if block.text:
            yield block


_Rows = tuple[tuple[str, ...], ...]


def _paragraphs(lines: list[str]) -> Iterator[_Paragraph | _Rows]:
    """Runs of lines that belong together, and the rows of each pipe table."""
    margin = _margin(lines)
    current: _Paragraph | None = None
    rows: list[tuple[str, ...]] = []
    for line in lines:
        if _PIPE_ROW.match(line):
            if current:
                yield current
                current = None
            if not _PIPE_RULE.fullmatch(line):
                rows.append(_cells(line))
            continue
        if rows:
            yield tuple(rows)
            rows = []
        begun = _paragraph_of(line, current, margin)
        if begun is not current and current:
            yield current
        current = begun
    if current:
        yield current
    if rows:
        yield tuple(rows)


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a pipe row, the empty ones too; outer pipes hold none."""
    row = line.strip()
    if row.startswith("|"):
        row = row[1:].removesuffix("|")
    return tuple(plain(cell) for cell in row.split("|"))


def _margin(lines: list[str]) -> _Margin | None:
    """The width at which the document's lines may be broken, or None if each line is whole."""
    widths = [len(line.rstrip()) for line in lines]
    widest = max(widths, default=0)
    full = sum(width > widest - 12 for width in widths)
    return _Margin(widest, full >= 3) if _NARROWEST_MARGIN <= widest <= _WIDEST_MARGIN else None


def _paragraph_of(
    line: str, current: _Paragraph | None, margin: _Margin | None
) -> _Paragraph | None:
    """The paragraph that `line` belongs to: a new one, `current` with the line added, or none."""
    words = line.strip()
    if not words:
        return None
    indent = len(line) - len(line.lstrip())
    length = bullet_length(words)
    if length and not (current and _goes_on_with_dash(current, line, margin)):
        return _Paragraph(indent, bullet=True, lines=[words[length:]], last=line)
    if current and _carries_on(current, line, margin):
        current.lines[-1] += f" {words}"
        current.last = line
        return current
    return _Paragraph(indent, lines=[words], last=line)


def _goes_on_with_dash(current: _Paragraph, line: str, margin: _Margin | None) -> bool:
    """Whether a dash at the head of `line` is no bullet, but the next word of a sentence."""
    if current.bullet or margin is None or not margin.is_sure:
        return False
    last = current.last.rstrip()
    is_open = _is_full(last, line, margin) and not last.endswith(_STOPS)
    return is_open and line.strip().startswith(_DASHES)


def _is_full(last: str, line: str, margin: _Margin) -> bool:
    """Whether the first word of `line` would not have fitted on the line before."""
    return len(last) + 1 + len(line.split(maxsplit=1)[0]) > margin.width


def _carries_on(current: _Paragraph, line: str, margin: _Margin | None) -> bool:
    """Whether `line` is more of `current`: a word that did not fit, or what hangs from a bullet."""
    words = line.strip()
    if _LABEL.match(words) or _NUMBERED.match(line):
        return False
    if current.bullet and len(line) - len(words) > current.indent:
        return True
    last = current.last.rstrip()
    if margin is None or not _is_full(last, line, margin):
        return False
    return margin.is_sure or words[0].islower() or bool(_UNFINISHED.search(last))
