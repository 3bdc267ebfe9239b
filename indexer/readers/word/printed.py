"""A Word document as it is printed: only what a reader of the paper sees, in plain elements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from indexer.readers.word.covers import Cover, Flow, covers_in
from indexer.readers.word.elements import (
    KEPT_CHANGES,
    LOST_CHANGES,
    PROPERTIES,
    all_words,
    children,
    has,
    inside,
    rows_of,
)
from indexer.readers.word.fields import Fields
from indexer.readers.word.left_out import LeftOut
from indexer.readers.word.look import COVERED, HIDDEN, PAPER, is_cut_off, is_display, unseen_as
from indexer.readers.word.numbers import Numbers, PrintedNumber
from indexer.readers.word.package import R, W
from indexer.readers.word.paragraph import Paragraph, written
from indexer.readers.word.shapes import boxes_in, texts_of_pictures
from indexer.readers.word.styles import Styles, shade, value_of
from indexer.readers.word.symbols import symbol

DELETED = "deleted, but still there as a tracked change"
COMMENT = "in a comment"

_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
_DRAWINGS = ("drawing", "pict", "object", "AlternateContent")
_MOST_DISPLAY_LINES_IN = 12  # paragraphs from the top


class Printed:
    """Writes the stories of a document (text, notes, headers) as paragraphs and tables alone."""

    def __init__(
        self, styles: Styles, numbers: Numbers, left_out: LeftOut, comments: dict[str, str]
    ) -> None:
        """`comments` are the words of each comment by its name."""
        self._styles = styles
        self._comments = comments
        self._numbers = numbers
        self._left_out = left_out
        self._fields = Fields()
        self._count = 0
        self._where: str | None = None
        self._addresses: dict[str, str] = {}
        self._carried: Paragraph | None = None
        # By the identity of a flow of paragraphs: the flow, and the shapes that hang on each.
        self._covers: dict[int, tuple[list[etree._Element], list[tuple[int, Cover]]]] = {}
        self._places: dict[etree._Element, str] = {}
        self._display: list[etree._Element] = []

    def story(
        self, root: etree._Element, addresses: dict[str, str], where: str | None = None
    ) -> list[etree._Element]:
        """The paragraphs and tables of `root`, printed.

        `addresses` are those of its links, by their names. `where` names its place in reports
        (`the page header`); without it, paragraphs are counted.
        """
        self._fields, self._where, self._addresses = Fields(), where, addresses
        self._covers = {}
        story: list[etree._Element] = []
        has_ground = root.find(f"{W}background") is not None
        self._blocks(root, None if has_ground else PAPER, story)
        self._finish(story)
        self._take_out_covered()
        return story

    def _blocks(
        self, parent: etree._Element, ground: str | None, into: list[etree._Element]
    ) -> None:
        for name, child in children(parent):
            if name == "p":
                self._paragraph(child, ground, into)
            elif name == "tbl":
                self._table(child, ground, into)
            elif name in LOST_CHANGES:
                self._lose(child, self._place(None))
            elif name == "altChunk":
                self._left_out.other_documents = True
            elif name not in PROPERTIES:
                self._left_out.is_tracked |= name in KEPT_CHANGES
                self._blocks(inside(name, child), ground, into)

    def _finish(self, into: list[etree._Element]) -> None:
        """Write what waited for a paragraph to go on in, where none followed."""
        if self._carried and self._carried.is_begun:
            into.append(written(self._carried.words))
        self._carried = None

    def _lose(self, element: etree._Element, place: str) -> None:
        self._left_out.is_tracked = True
        self._left_out.words(DELETED, all_words(element), place)

    def _take_out_covered(self) -> None:
        """Take out of each flow of paragraphs what lies under a filled shape."""
        for into, hung in self._covers.values():
            flow = Flow(into)
            for place in sorted({place for at, cover in hung for place in flow.under(at, cover)}):
                element = into[place]
                where = self._places.get(element, "a table")
                self._left_out.words(COVERED, all_words(element), where)
                element.clear()  # it may stand in a cell already

    def _paragraph(
        self, element: etree._Element, ground: str | None, into: list[etree._Element]
    ) -> None:
        properties = element.find(f"{W}pPr")
        ground = self._styles.ground(properties, ground)
        paragraph = Paragraph(properties, ground)
        if self._carried:
            paragraph.words, paragraph.is_begun = self._carried.words, self._carried.is_begun
            self._carried = None
        self._inline(element, paragraph, None)
        mark = None if properties is None else properties.find(f"{W}rPr")
        goes_on = has(mark, *LOST_CHANGES)
        self._left_out.is_tracked |= goes_on or has(mark, *KEPT_CHANGES)
        into += paragraph.before
        if goes_on or _is_initial(properties):
            self._carried = paragraph
            self._tell(paragraph, None)
        else:
            self._end(paragraph, mark, into)
        into += paragraph.after

    def _end(
        self, paragraph: Paragraph, mark: etree._Element | None, into: list[etree._Element]
    ) -> None:
        has_words = paragraph.is_begun
        is_unprinted = not has_words and self._styles.is_on("vanish", mark, paragraph.properties)
        number = None if is_unprinted else self._numbers.of(paragraph.properties)
        self._count += has_words or bool(paragraph.unseen)
        self._tell(paragraph, number)
        if paragraph.covers:
            _, hung = self._covers.setdefault(id(into), (into, []))
            hung += [(len(into), cover) for cover in paragraph.covers]
        if not has_words:
            return
        level = self._styles.heading_level(paragraph.properties)
        into.append(written(paragraph.words, number, level))
        self._places[into[-1]] = self._place(number)
        if self._where is None and paragraph.is_display and self._count <= _MOST_DISPLAY_LINES_IN:
            self._display.append(into[-1])

    @property
    def display_lines(self) -> Iterator[str]:
        """The bold or large lines near the top of the text."""
        return filter(None, (all_words(element).strip() for element in self._display))

    def _tell(self, paragraph: Paragraph, number: PrintedNumber | None) -> None:
        for what, text in paragraph.unseen_words.items():
            self._left_out.words(what, text, self._place(number))

    def _place(self, number: PrintedNumber | None) -> str:
        if self._where:
            return self._where
        if number and number.text and number.level is None:
            return f"paragraph {number.text.rstrip('.')}"
        return f"paragraph {max(self._count, 1)} from the top"

    def _inline(self, parent: etree._Element, paragraph: Paragraph, address: str | None) -> None:
        """The words of all runs in `parent`, whatever they are wrapped in."""
        for name, child in children(parent):
            if name == "r":
                self._run(child, paragraph, address)
            elif name in LOST_CHANGES:
                self._left_out.is_tracked = True
                paragraph.unseen.append((DELETED, all_words(child)))
            elif name == "hyperlink":
                target = self._addresses.get(str(child.get(f"{R}id")), address)
                self._inline(child, paragraph, target)
            elif name not in PROPERTIES:
                self._left_out.is_tracked |= name in KEPT_CHANGES
                self._inline(inside(name, child), paragraph, address)

    def _run(self, run: etree._Element, paragraph: Paragraph, address: str | None) -> None:
        properties = run.find(f"{W}rPr")
        what = unseen_as(self._styles, properties, paragraph.properties, paragraph.ground)
        for name, child in children(run):
            text = self._fields.text(name, child, self._text(name, child, paragraph))
            if text and what:
                paragraph.unseen.append((what, text))
            elif text:
                paragraph.add(text, address or self._fields.address)
        if what is None and paragraph.is_display and paragraph.is_begun:
            paragraph.is_display = is_display(self._styles, properties, paragraph.properties)

    def _text(self, name: str, child: etree._Element, paragraph: Paragraph) -> str:
        """The characters that a piece of a run prints; its text boxes go to the paragraph."""
        if name == "t":
            return child.text or ""
        if name in _CHARACTERS:
            # In a page's header, tabs part what stands left, in the middle and right.
            is_apart = (
                name.endswith("tab") and self._where is not None and not paragraph.ends_as_label
            )
            return "\n" if is_apart else _CHARACTERS[name]
        if name == "sym":
            return symbol(str(child.get(f"{W}font", "")), str(child.get(f"{W}char", "")))
        if name in ("footnoteReference", "endnoteReference"):
            return str(child.get("mark", ""))
        if name == "commentReference":
            paragraph.unseen.append((COMMENT, self._comments.get(str(child.get(f"{W}id")), "")))
        elif name == "delText":
            paragraph.unseen.append((DELETED, child.text or ""))
        elif name == "ruby":
            inner = Paragraph(paragraph.properties, paragraph.ground)
            for base in child.iterchildren(f"{W}rubyBase"):
                self._inline(base, inner, None)
            return inner.text
        elif name in _DRAWINGS:
            self._drawing(inside(name, child), paragraph)
        return ""

    def _drawing(self, drawing: etree._Element, paragraph: Paragraph) -> None:
        for text in texts_of_pictures(drawing):
            self._left_out.line(text)
        paragraph.covers += covers_in(drawing)
        place = paragraph.after if paragraph.is_begun else paragraph.before
        for box in boxes_in(drawing):
            if box.is_hidden:
                self._left_out.words(HIDDEN, all_words(box.content), "a text box")
            else:
                self._blocks(box.content, box.ground, place)

    def _table(self, table: etree._Element, ground: str | None, into: list[etree._Element]) -> None:
        copy = etree.Element(f"{W}tbl")
        if self._styles.shades_tables(table.find(f"{W}tblPr")):
            ground = None
        ground = shade(table.find(f"{W}tblPr/{W}shd"), ground)
        for row in rows_of(table, "tr"):
            properties = row.find(f"{W}trPr")
            if has(properties, *LOST_CHANGES):
                self._lose(row, "a table")
            elif has(properties, "hidden") or _is_flat(properties):
                self._left_out.words(HIDDEN, all_words(row), "a table")
            else:
                self._left_out.is_tracked |= has(properties, *KEPT_CHANGES)
                copy_of_row = etree.SubElement(copy, f"{W}tr")
                of_row = shade(row.find(f"{W}tblPrEx/{W}shd"), ground)
                for cell in rows_of(row, "tc"):
                    self._cell(cell, of_row, copy_of_row)
        into.append(copy)

    def _cell(self, cell: etree._Element, ground: str | None, row: etree._Element) -> None:
        properties = cell.find(f"{W}tcPr")
        if has(properties, "cellDel"):
            self._lose(cell, "a table")
            return
        self._left_out.is_tracked |= has(properties, "cellIns")
        copy = etree.SubElement(row, f"{W}tc")
        shape = etree.SubElement(copy, f"{W}tcPr")
        span = value_of(properties, "gridSpan") or ""
        if re.fullmatch(r"\d{1,3}", span):
            etree.SubElement(shape, f"{W}gridSpan", {f"{W}val": span})
        merged = None if properties is None else properties.find(f"{W}vMerge")
        if merged is not None:
            etree.SubElement(shape, f"{W}vMerge", dict(merged.attrib))
        content: list[etree._Element] = []
        shading = None if properties is None else properties.find(f"{W}shd")
        self._blocks(cell, shade(shading, ground), content)
        self._finish(content)
        copy.extend(content)


def _is_flat(row: etree._Element | None) -> bool:
    """Whether a row of these properties is too low for its words to be seen."""
    return is_cut_off(None if row is None else row.find(f"{W}trHeight"), "val")


def _is_initial(properties: etree._Element | None) -> bool:
    """Whether the paragraph is but the large first letter of the next one."""
    frame = None if properties is None else properties.find(f"{W}framePr")
    return frame is not None and frame.get(f"{W}dropCap") in ("drop", "margin")
