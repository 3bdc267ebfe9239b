"""The elements of a page to blocks: paragraphs, lists, tables, labels and values in their order."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from bs4.element import NavigableString, PreformattedString, Tag

from indexer.domain.blocks import Block, BlockKind, Link
from indexer.readers.characters import one_line, plain
from indexer.readers.elements import is_block
from indexer.readers.furniture import is_never_text
from indexer.readers.left_out import Unseen, taken_out
from indexer.readers.numbering import (
    bullet_length,
    has_printed_number,
    list_number,
    with_printed_number,
)
from indexer.readers.tables import cell_text, is_layout, links_of, rows_of
from indexer.readers.text_run import LABEL_LINE, Weighed

# Elements nested deeper than this are read as one run of text: no page that a person wrote has
# half as many, and each level costs a call.
MAX_DEPTH = 150

# What divides a page into boxes.
_BOXES = frozenset("div section aside footer header td form fieldset".split())
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = ("ul", "ol")
_GLUED = re.compile(r"[a-z:]$")
_CAPITAL = re.compile(r"[A-Z0-9]")
_WHITE = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n[^\S\n]*\n\s*")


@dataclass(slots=True)
class Written:
    """The blocks of a piece of markup, what of it is unseen, and whether it was too deep to follow.

    Markup nested more than MAX_DEPTH deep is read as one run of text.
    """

    blocks: list[Weighed] = field(default_factory=list)
    unseen: list[Unseen] = field(default_factory=list)
    too_deep: bool = False


def write(root: Tag) -> Written:
    """The blocks of all that `root` holds; what is unseen is taken out of it."""
    writer = _Writer(_hidden_words=taken_out(root))
    writer.walk(root, depth=0)
    writer.end_block()
    return writer.written


@dataclass(slots=True)
class _Writer:
    """Walks elements in document order and writes a block at each end of a block-level element."""

    written: Written = field(default_factory=Written)
    _box: int = 0
    _shape: Block = field(default_factory=lambda: Block(kind=BlockKind.PARAGRAPH))
    _list_number: str | None = None
    _begins_item: bool = False
    _as_typed: bool = False
    _parts: list[str] = field(default_factory=list)
    _links: list[Link] = field(default_factory=list)
    _lists: list[str] = field(default_factory=list)
    _hidden_words: dict[int, tuple[str, str]] = field(default_factory=dict)
    _unseen: list[tuple[str, str]] = field(default_factory=list)

    def walk(self, element: Tag, depth: int) -> None:
        """Write the blocks of all that `element` holds."""
        if depth > MAX_DEPTH:
            self.written.too_deep = True
            self._leave_out_all_in(element)
            self._parts.append(_WHITE.sub(" ", element.get_text(" ")))
            return
        for child in element.children:
            if isinstance(child, Tag):
                self._enter(child, depth + 1)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._text(child)

    def _text(self, text: str) -> None:
        if not self._as_typed:
            self._parts.append(text if text.isprintable() else _WHITE.sub(" ", text))
            return
        first, *others = _BLANK_LINES.split(text)
        self._parts.append(first)
        for paragraph in others:
            self.end_block()
            self._parts.append(paragraph)

    def _enter(self, tag: Tag, depth: int) -> None:
        if is_never_text(tag.name, tag.parent.name if tag.parent else None):
            return
        if id(tag) in self._hidden_words:
            self._leave_out(tag)
        elif tag.name == "br":
            self._parts.append("\n")
        elif tag.name == "a":
            self._link(tag, depth)
        elif tag.name == "table" and not is_layout(tag):
            self._table(tag)
        elif tag.name in _LISTS:
            self._list(tag, depth)
        elif is_block(tag):
            self._block(tag, depth)
        else:
            self._inline(tag, depth)

    def _leave_out(self, tag: Tag) -> None:
        stands_alone = is_block(tag)
        if stands_alone:
            self.end_block()
        self._unseen.append(self._hidden_words[id(tag)])
        if stands_alone:
            self.end_block()

    def _leave_out_all_in(self, element: Tag) -> None:
        self._unseen += [
            self._hidden_words[id(tag)]
            for tag in element.descendants
            if id(tag) in self._hidden_words
        ]

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
                if id(child) in self._hidden_words:
                    self._leave_out(child)
                    continue
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
        if isinstance(caption, Tag) and (text := cell_text(caption)):
            self._write(Block(kind=BlockKind.PARAGRAPH, text=text))
        rows = rows_of(tag)
        self._leave_out_all_in(tag)
        self._end_unseen(alone=not rows)
        if rows:
            self._write(Block(kind=BlockKind.TABLE, rows=rows, links=links_of(tag)))

    def end_block(self) -> None:
        """Write what has gathered as a block, or one a line where its lines are blocks."""
        text, links = plain("".join(self._parts)), tuple(self._links)
        self._parts.clear()
        self._links.clear()
        if self._unseen:
            self._end_unseen(alone=not text)
        if not text:
            return
        lines = text.split("\n")
        if self._shape.kind is BlockKind.HEADING or not _are_blocks(lines):
            self._end(text, links)
            return
        for line in lines:
            self._end(line, tuple(link for link in links if link.text in line))

    def _end_unseen(self, *, alone: bool) -> None:
        """Note what was left out of the block that ends here, or in place of one."""
        for how, words in self._unseen:
            block = with_printed_number(Block(kind=BlockKind.PARAGRAPH, text=words))
            number = (block.number or self._list_number) if alone else None
            place = len(self.written.blocks)
            self.written.unseen.append(Unseen(how, words, place, self._box, alone, number))
        self._unseen = []

    def _end(self, text: str, links: tuple[Link, ...]) -> None:
        kind, level = self._shape.kind, self._shape.level
        if kind is BlockKind.ITEM and not self._begins_item:
            # A second paragraph in the same item has neither bullet nor number of its own.
            kind, level = BlockKind.PARAGRAPH, None
        if length := bullet_length(text):
            text = text[length:]
            if kind is BlockKind.PARAGRAPH:
                kind, level = BlockKind.ITEM, max(len(self._lists), 1)
        block = with_printed_number(Block(kind=kind, level=level, text=text, links=links))
        if block.number is None and self._list_number is not None:
            block = replace(block, number=self._list_number)
        self._list_number, self._begins_item = None, False
        self._write(block)

    def _write(self, block: Block) -> None:
        linked = sum(len(link.text.split()) for link in block.links)
        self.written.blocks.append(Weighed(block, linked, len(block.links), self._box))


def _are_blocks(lines: list[str]) -> bool:
    """Whether line breaks part blocks: a label comes first, or a label, number or bullet later."""
    if len(lines) > 1 and LABEL_LINE.match(lines[0]):
        return True
    return any(
        LABEL_LINE.match(line) or bullet_length(line) or has_printed_number(line)
        for line in lines[1:]
    )


def _shape_of(tag: Tag, outer: Block) -> Block:
    """The kind of block that the words directly in `tag` make."""
    if level := _HEADINGS.get(tag.name):
        return Block(kind=BlockKind.HEADING, level=level)
    if tag.name == "dt":
        return Block(kind=BlockKind.LABEL)
    if tag.name == "dd":
        return Block(kind=BlockKind.VALUE)
    return outer


def _whole(value: object, default: int) -> int:
    """An attribute as a whole number; `default` where it is none."""
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default
