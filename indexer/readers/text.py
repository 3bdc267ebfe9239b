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
    r"\s*(?:\d{1,3}(?:\.\d{1,3})*\.?\s?[-\u2013]?\s?\d{0,3}[.)]|\(?[a-z][.)])\s+\S"
)
_LABEL = re.compile(r"[A-Z][\w ()’'-]{2,40}:(?:\s|$)|.*:$")
_PIPE_ROW = re.compile(r"\s*\|.*\|\s*$|[^|]+(?:\s\|\s[^|]*)+$")
_PIPE_RULE = re.compile(r"[\s|:+-]*")
# Lines were broken at a margin when none is longer than this and several come close to the longest.
_WIDEST_MARGIN, _NARROWEST_MARGIN = 100, 60


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


def _margin(lines: list[str]) -> int | None:
    """The width at which the document's lines were broken, or None if each line is whole."""
    widths = [len(line.rstrip()) for line in lines]
    widest = max(widths, default=0)
    full = sum(width > widest - 12 for width in widths)
    return widest if _NARROWEST_MARGIN <= widest <= _WIDEST_MARGIN and full >= 3 else None


def _paragraph_of(line: str, current: _Paragraph | None, margin: int | None) -> _Paragraph | None:
    """The paragraph that `line` belongs to: a new one, `current` with the line added, or none."""
    words = line.strip()
    if not words:
        return None
    indent = len(line) - len(line.lstrip())
    if length := bullet_length(words):
        return _Paragraph(indent, bullet=True, lines=[words[length:]], last=line)
    if current and _carries_on(current, line, margin):
        current.lines[-1] += f" {words}"
        current.last = line
        return current
    return _Paragraph(indent, lines=[words], last=line)


def _carries_on(current: _Paragraph, line: str, margin: int | None) -> bool:
    """Whether `line` is more of `current`: a word that did not fit, or what hangs from a bullet."""
    words = line.strip()
    if _LABEL.match(words) or _NUMBERED.match(line):
        return False
    if current.bullet and len(line) - len(words) > current.indent:
        return True
    if margin is None:
        return False
    return len(current.last.rstrip()) + 1 + len(words.split(maxsplit=1)[0]) > margin
