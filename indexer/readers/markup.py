"""The elements of a page to blocks: paragraphs, lists, tables, labels and values in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bs4.element import NavigableString, PageElement, PreformattedString, Tag

from indexer.domain.blocks import Block, BlockKind, Link
from indexer.readers.characters import one_line, plain
from indexer.readers.furniture import is_never_text
from indexer.readers.numbering import (
    bullet_length,
    has_printed_number,
    list_number,
    with_printed_number,
)
from indexer.readers.text_run import LABEL_LINE, Weighed

# Elements nested deeper than this are read as one run of text: no page that a person wrote has
# half as many, and each level costs a call.
MAX_DEPTH = 150

# Every other element stands on lines of its own, those that a site made up included.
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big button cite code data dfn em font i img ins kbd label mark nobr "
    "output picture q rp rt ruby samp slot small span strong sub sup time tt u var wbr".split()
)
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)
# What divides a page into boxes.
_BOXES = frozenset("div section aside footer header td form fieldset".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol")
_WORDS_OF_A_TEXT = 40
_MOST_PARAGRAPHS_OF_A_CELL, _MOST_LINES_OF_A_CELL = 3, 6
_GLUED = re.compile(r"[a-z:]$")
_CAPITAL = re.compile(r"[A-Z0-9]")
_WHITE = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")


def blocks_of(root: Tag) -> tuple[list[Weighed], bool]:
    """The blocks of all that `root` holds, and whether its markup is nested too deep to follow."""
    writer = _Writer()
    writer.walk(root, depth=0)
    writer.end_block()
    return writer.blocks, writer.too_deep


@dataclass(slots=True)
class _Writer:
    """Walks elements in document order and writes a block at each end of a block-level element."""

    blocks: list[Weighed] = field(default_factory=list)
    too_deep: bool = False
    _box: int = 0
    _shape: Block = field(default_factory=lambda: Block(kind=BlockKind.PARAGRAPH))
    _list_number: str | None = None
    _begins_item: bool = False
    _as_typed: bool = False
    _parts: list[str] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _lists: list[str] = field(default_factory=list)

    def walk(self, element: Tag, depth: int) -> None:
        """Write the blocks of all that `element` holds."""
        if depth > MAX_DEPTH:
            self.too_deep = True
            self._parts.append(_WHITE.sub(" ", element.get_text(" ")))
            return
        for child in element.children:
            if isinstance(child, Tag):
                self._enter(child, depth + 1)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._text(child)

    def _text(self, text: str) -> None:
        if not self._as_typed:
            self._parts.append(_WHITE.sub(" ", text))
            return
        first, *others = _BLANK_LINES.split(text)
        self._parts.append(first)
        for paragraph in others:
            self.end_block()
            self._parts.append(paragraph)

    def _enter(self, tag: Tag, depth: int) -> None:
        if is_never_text(tag):
            return
        if tag.name == "br":
            self._parts.append("\n")
        elif tag.name == "a":
            self._link(tag, depth)
        elif tag.name == "table" and not _is_layout(tag):
            self._table(tag)
        elif tag.name in _LISTS:
            self._list(tag, depth)
        elif _is_block(tag):
            self._block(tag, depth)
        else:
            self._inline(tag, depth)

    def _inline(self, tag: Tag, depth: int) -> None:
        before = tag.previous_sibling
        if isinstance(before, Tag) and before.name == tag.name == "span" and self._is_glued(tag):
            self._parts.append(" ")
        self.walk(tag, depth)

    def _is_glued(self, tag: Tag) -> bool:
        """Whether two spans, a label's and a value's, would run together (`Report byAnn`)."""
        last = self._parts[-1] if self._parts else ""
        return bool(_GLUED.search(last) and _CAPITAL.match(tag.get_text()))

    def _link(self, tag: Tag, depth: int) -> None:
        start = len(self._parts)
        self.walk(tag, depth)
        text = one_line("".join(self._parts[start:]))
        target = one_line(str(tag.get("href") or ""))
        if text and target:
            self._links.append(Link(text, target))

    def _block(self, tag: Tag, depth: int) -> None:
        self.end_block()
        outer = self._shape, self._as_typed, self._box
        self._shape = _shape_of(tag, self._shape)
        self._as_typed |= tag.name == "pre"
        self._box = id(tag) if tag.name in _BOXES else self._box
        self.walk(tag, depth)
        self.end_block()
        self._shape, self._as_typed, self._box = outer

    def _list(self, tag: Tag, depth: int) -> None:
        self.end_block()
        outer = self._shape
        self._lists.append(tag.name)
        style = str(tag.get("type") or "1")
        position = _whole(tag.get("start"), 1)
        for child in tag.children:
            if isinstance(child, Tag) and child.name == "li":
                position = _whole(child.get("value"), position)
                number = list_number(position, style) if tag.name == "ol" else None
                self._list_item(child, depth + 1, number)
                position += 1
            elif isinstance(child, Tag):
                self._enter(child, depth + 1)
        self._lists.pop()
        self.end_block()
        self._shape = outer

    def _list_item(self, tag: Tag, depth: int, number: str | None) -> None:
        # The numbered paragraphs of a note are an outermost numbered list.
        is_paragraph = number is not None and number.isdecimal() and self._lists == ["ol"]
        level = len(self._lists)
        self._shape = (
            Block(kind=BlockKind.PARAGRAPH)
            if is_paragraph
            else Block(kind=BlockKind.ITEM, level=level)
        )
        self._list_number, self._begins_item = number, True
        self.walk(tag, depth)
        self.end_block()
        self._list_number, self._begins_item = None, False

    def _table(self, tag: Tag) -> None:
        self.end_block()
        caption = tag.find("caption")
        if isinstance(caption, Tag) and (text := _cell_text(caption)):
            self._write(Block(kind=BlockKind.PARAGRAPH, text=text))
        rows = []
        for row in tag.find_all("tr"):
            cells = [_cell_text(cell) for cell in row.find_all(("td", "th"), recursive=False)]
            if any(cells):
                rows.append(tuple(cells))
        links = tuple(
            Link(text, one_line(str(link["href"])))
            for link in tag.find_all("a", href=True)
            if (text := one_line(link.get_text(" ")))
        )
        if rows:
            self._write(Block(kind=BlockKind.TABLE, rows=tuple(rows), links=links))

    def end_block(self) -> None:
        """Write what has gathered as a block, or one a line where its lines are blocks."""
        text, links = plain("".join(self._parts)), tuple(self._links)
        self._parts, self._links = [], []
        lines = text.split("\n")
        if self._shape.kind is BlockKind.HEADING or not _are_blocks(lines):
            self._end(text, links)
            return
        for line in lines:
            self._end(line, tuple(link for link in links if link.text in line))

    def _end(self, text: str, links: tuple[Link, ...]) -> None:
        if not text:
            return
        block = self._shape
        if block.kind is BlockKind.ITEM and not self._begins_item:
            # A second paragraph in the same item has neither bullet nor number of its own.
            block = Block(kind=BlockKind.PARAGRAPH)
        if length := bullet_length(text):
            text = text[length:]
            if block.kind is BlockKind.PARAGRAPH:
                block = replace(block, kind=BlockKind.ITEM, level=max(len(self._lists), 1))
        block = with_printed_number(replace(block, text=text, links=links))
        if block.number is None and self._list_number is not None:
            block = replace(block, number=self._list_number)
        self._list_number, self._begins_item = None, False
        self._write(block)

    def _write(self, block: Block) -> None:
        linked = sum(len(link.text.split()) for link in block.links)
        self.blocks.append(Weighed(block, linked, len(block.links), self._box))


def _are_blocks(lines: list[str]) -> bool:
    """Whether line breaks part blocks: a label comes first, or a label, number or bullet later."""
    if len(lines) > 1 and LABEL_LINE.match(lines[0]):
        return True
    return any(
        LABEL_LINE.match(line) or bullet_length(line) or has_printed_number(line)
        for line in lines[1:]
    )


def _is_block(tag: Tag) -> bool:
    return tag.name not in _INLINE or bool(_AS_BLOCK.search(str(tag.get("style") or "")))


def _shape_of(tag: Tag, outer: Block) -> Block:
    """The kind of block that the words directly in `tag` make."""
    if level := _HEADINGS.get(tag.name):
        return Block(kind=BlockKind.HEADING, level=level)
    if tag.name == "dt":
        return Block(kind=BlockKind.LABEL)
    if tag.name == "dd":
        return Block(kind=BlockKind.VALUE)
    return outer


def _is_layout(table: Tag) -> bool:
    """Whether a table only places things on the page: it holds other structure, or one column."""
    if str(table.get("role") or "").lower() in ("presentation", "none"):
        return True
    if table.find(("table", *_HEADINGS, "dl", "form")):
        return True
    widths = [len(row.find_all(("td", "th"), recursive=False)) for row in table.find_all("tr")]
    if max(widths, default=0) < 2:
        return True
    cells = table.find_all("td")
    return any(map(_holds_text, cells)) or (
        any(map(_is_menu, cells)) and any(_words_in(cell) >= _WORDS_OF_A_TEXT for cell in cells)
    )


def _is_menu(cell: Tag) -> bool:
    """Whether links are all that a cell holds."""
    links = cell.find_all("a")
    return bool(links) and sum(map(_words_in, links)) == _words_in(cell)


def _words_in(element: Tag) -> int:
    return len(element.get_text(" ").split())


def _holds_text(cell: Tag) -> bool:
    """Whether a cell holds more than a table's cell does: paragraphs, many lines, or a header."""
    if len(cell.find_all(("p", "li"))) > _MOST_PARAGRAPHS_OF_A_CELL:
        return True
    lines = _cell_text(cell).split("\n")
    has_header = len(lines) > 1 and any(LABEL_LINE.match(line) for line in lines)
    return has_header or len(lines) > _MOST_LINES_OF_A_CELL


def _cell_text(cell: Tag) -> str:
    """The words of a cell, a newline between its blocks."""
    return plain("".join(_cell_piece(piece) for piece in cell.descendants))


def _cell_piece(piece: PageElement) -> str:
    if isinstance(piece, Tag):
        return "\n" if piece.name == "br" or _is_block(piece) else ""
    if isinstance(piece, NavigableString) and not isinstance(piece, PreformattedString):
        return _WHITE.sub(" ", piece)
    return ""


def _whole(value: object, default: int) -> int:
    """An attribute as a whole number; `default` where it is none."""
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default
