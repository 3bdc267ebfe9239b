"""A Word document as it is printed: only what a reader of the paper sees, in plain elements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.word.fields import Fields
from indexer.readers.word.left_out import LeftOut
from indexer.readers.word.look import PAPER, shade, unseen_as
from indexer.readers.word.numbers import Numbers, PrintedNumber
from indexer.readers.word.package import R, W
from indexer.readers.word.shapes import boxes_in, chosen, texts_of_pictures
from indexer.readers.word.styles import Styles, is_on
from indexer.readers.word.symbols import symbol

DELETED = "deleted, but still there as a tracked change"
MOST_LIST_LEVELS = 5  # mammoth knows no deeper list

_LOST = {"del": DELETED, "moveFrom": DELETED}
_KEPT_CHANGES = ("ins", "moveTo")
_CHARACTERS = {
    "tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n",
    "noBreakHyphen": "\u2011", "softHyphen": "\u00ad",
}  # fmt: skip
_PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "tblPr", "rt")


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read: its words with the addresses they lead to, and its boxes."""

    properties: etree._Element | None = None
    ground: str | None = PAPER
    words: list[tuple[str, str | None]] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    before: list[etree._Element] = field(default_factory=list)
    after: list[etree._Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.words)


class Printed:
    """Writes the stories of a document (text, notes, headers) as paragraphs and tables alone."""

    def __init__(self, styles: Styles, numbers: Numbers, left_out: LeftOut) -> None:
        self._styles = styles
        self._numbers = numbers
        self._left_out = left_out
        self._fields = Fields()
        self._count = 0
        self._where: str | None = None
        self._addresses: dict[str, str] = {}
        self._carried: list[tuple[str, str | None]] = []
        self.display_lines: list[str] = []

    def story(
        self, root: etree._Element, addresses: dict[str, str], where: str | None = None
    ) -> list[etree._Element]:
        """The paragraphs and tables of `root`, printed.

        `addresses` are those of its links, by their names. `where` names its place in reports
        (`page header`); without it, paragraphs are counted.
        """
        self._fields, self._where, self._addresses = Fields(), where, addresses
        written: list[etree._Element] = []
        self._blocks(root, PAPER, written)
        return written

    def _blocks(
        self, parent: etree._Element, ground: str | None, written: list[etree._Element]
    ) -> None:
        for child in parent.iterchildren(tag=etree.Element):
            name = _name(child)
            if name == "p":
                self._paragraph(child, ground, written)
            elif name == "tbl":
                self._table(child, ground, written)
            elif name in _LOST:
                self._left_out.is_tracked = True
                self._left_out.words(_LOST[name], _raw(child), self._place(None))
            elif name == "altChunk":
                self._left_out.other_documents = True
            elif name not in _PROPERTIES:
                self._left_out.is_tracked |= name in _KEPT_CHANGES
                self._blocks(self._inside(child), ground, written)

    def _inside(self, element: etree._Element) -> etree._Element:
        """The element whose children are printed for `element`, which only wraps them."""
        return chosen(element) if _name(element) == "AlternateContent" else _content(element)

    def _paragraph(
        self, element: etree._Element, ground: str | None, written: list[etree._Element]
    ) -> None:
        properties = element.find(f"{W}pPr")
        paragraph = _Paragraph(properties, shade(properties, ground), self._carried)
        self._carried = []
        self._inline(element, paragraph, None)
        mark = None if properties is None else properties.find(f"{W}rPr")
        has_lost_mark = mark is not None and any(mark.find(W + name) is not None for name in _LOST)
        self._left_out.is_tracked |= has_lost_mark or _has_change(mark)
        written += paragraph.before
        if has_lost_mark:
            # The next paragraph goes on where this one's end was deleted.
            self._carried = paragraph.words
            self._tell(paragraph, None)
        else:
            self._end(paragraph, mark, written)
        written += paragraph.after

    def _end(
        self,
        paragraph: _Paragraph,
        mark: etree._Element | None,
        written: list[etree._Element],
    ) -> None:
        has_words = bool(paragraph.text.strip())
        is_hidden = not has_words and self._styles.is_on("vanish", mark, paragraph.properties)
        number = None if is_hidden else self._numbers.of(paragraph.properties)
        self._count += has_words or bool(paragraph.unseen)
        self._tell(paragraph, number)
        if has_words:
            level = self._styles.heading_level(paragraph.properties)
            written.append(_written(paragraph, number, level))

    def _tell(self, paragraph: _Paragraph, number: PrintedNumber | None) -> None:
        gathered: dict[str, str] = {}
        for what, text in paragraph.unseen:
            gathered[what] = gathered.get(what, "") + text
        for what, text in gathered.items():
            self._left_out.words(what, text, self._place(number))

    def _place(self, number: PrintedNumber | None) -> str:
        if self._where:
            return self._where
        if number and number.text and number.level is None:
            return f"paragraph {number.text.rstrip('.')}"
        return f"paragraph {self._count} from the top"

    def _inline(self, parent: etree._Element, paragraph: _Paragraph, address: str | None) -> None:
        """The words of all runs in `parent`, whatever they are wrapped in."""
        for child in parent.iterchildren(tag=etree.Element):
            name = _name(child)
            if name == "r":
                self._run(child, paragraph, address)
            elif name in _LOST:
                self._left_out.is_tracked = True
                paragraph.unseen.append((_LOST[name], _raw(child)))
            elif name == "hyperlink":
                target = self._addresses.get(str(child.get(f"{R}id")), address)
                self._inline(child, paragraph, target)
            elif name not in _PROPERTIES:
                self._left_out.is_tracked |= name in _KEPT_CHANGES
                self._inline(self._inside(child), paragraph, address)

    def _run(self, run: etree._Element, paragraph: _Paragraph, address: str | None) -> None:
        properties = run.find(f"{W}rPr")
        what = unseen_as(self._styles, properties, paragraph.properties, paragraph.ground)
        for child in run.iterchildren(tag=etree.Element):
            text = self._fields.text(child, self._text(child, paragraph))
            if not text:
                continue
            if what is None:
                paragraph.words.append((text, address or self._fields.address))
            else:
                paragraph.unseen.append((what, text))

    def _text(self, child: etree._Element, paragraph: _Paragraph) -> str:
        """The characters that a piece of a run prints; its text boxes go to the paragraph."""
        name = _name(child)
        if name == "t":
            return child.text or ""
        if name in _CHARACTERS:
            return _CHARACTERS[name]
        if name == "sym":
            return symbol(str(child.get(f"{W}font", "")), str(child.get(f"{W}char", "")))
        if name in ("footnoteReference", "endnoteReference"):
            return str(child.get("mark", ""))
        if name in ("delText", "delInstrText"):
            paragraph.unseen.append((DELETED, child.text or ""))
        elif name == "ruby":
            inner = _Paragraph(paragraph.properties, paragraph.ground)
            for base in child.iterchildren(f"{W}rubyBase"):
                self._inline(base, inner, None)
            return inner.text
        elif name in ("drawing", "pict", "object", "AlternateContent"):
            self._drawing(child, paragraph)
        return ""

    def _drawing(self, drawing: etree._Element, paragraph: _Paragraph) -> None:
        for text in texts_of_pictures(drawing):
            self._left_out.line(text)
        place = paragraph.after if paragraph.text.strip() else paragraph.before
        for box in boxes_in(drawing):
            if box.is_hidden:
                self._left_out.words("hidden", _raw(box.content), "a text box")
            else:
                self._blocks(box.content, box.ground, place)

    def _table(
        self, table: etree._Element, ground: str | None, written: list[etree._Element]
    ) -> None:
        copy = etree.SubElement(etree.Element(f"{W}body"), f"{W}tbl")
        for row in _rows(table, "tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self._left_out.is_tracked = True
                self._left_out.words(DELETED, _raw(row), "a table")
                continue
            self._left_out.is_tracked |= _has_change(properties)
            copy_of_row = etree.SubElement(copy, f"{W}tr")
            for cell in _rows(row, "tc"):
                self._cell(cell, ground, copy_of_row)
        written.append(copy)

    def _cell(self, cell: etree._Element, ground: str | None, row: etree._Element) -> None:
        properties = cell.find(f"{W}tcPr")
        copy = etree.SubElement(row, f"{W}tc")
        shape = etree.SubElement(copy, f"{W}tcPr")
        for name in ("gridSpan", "vMerge"):
            found = None if properties is None else properties.find(W + name)
            if found is not None:
                etree.SubElement(shape, W + name, dict(found.attrib))
        content: list[etree._Element] = []
        self._blocks(cell, shade(properties, ground), content)
        copy.extend(content)


def _rows(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table, or the cells of a row, whatever they are wrapped in."""
    for child in parent.iterchildren(tag=etree.Element):
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "customXml", "ins", "moveTo", "sdtContent"):
            yield from _rows(_content(child), name)


def _content(element: etree._Element) -> etree._Element:
    """What is printed of an element that wraps others; nothing of a prompt to fill it in."""
    if _name(element) != "sdt":
        return element
    content, properties = element.find(f"{W}sdtContent"), element.find(f"{W}sdtPr")
    prompts = None if properties is None else properties.find(f"{W}showingPlcHdr")
    if content is None or (prompts is not None and is_on(prompts.get(f"{W}val"))):
        return etree.Element(f"{W}sdtContent")
    return content


def _has_change(properties: etree._Element | None) -> bool:
    return properties is not None and any(
        properties.find(W + name) is not None for name in (*_KEPT_CHANGES, *_LOST)
    )


def _raw(element: etree._Element) -> str:
    """All the words in an element, printed or not, a line for each paragraph."""
    lines = [
        "".join(text.text or "" for text in paragraph.iter(f"{W}t", f"{W}delText"))
        for paragraph in element.iter(f"{W}p", f"{W}r")
        if _name(paragraph) == "p" or paragraph.getparent() is element
    ]
    return " ".join(lines)


def _name(element: etree._Element) -> str:
    return str(etree.QName(element).localname)


def _written(
    paragraph: _Paragraph, number: PrintedNumber | None, heading: int | None
) -> etree._Element:
    """A paragraph of words, links and line breaks, its number written before them."""
    copy = etree.Element(f"{W}p")
    properties = etree.SubElement(copy, f"{W}pPr")
    if heading is not None:
        etree.SubElement(properties, f"{W}pStyle", {f"{W}val": f"Heading{heading}"})
    elif number is not None and number.level is not None:
        shape = etree.SubElement(properties, f"{W}numPr")
        level = min(number.level, MOST_LIST_LEVELS) - 1
        etree.SubElement(shape, f"{W}ilvl", {f"{W}val": str(level)})
        etree.SubElement(shape, f"{W}numId", {f"{W}val": "1"})
    if number is not None and number.text:
        _write(copy, f"{number.text} ")
    for text, address in paragraph.words:
        parent = copy
        if address is not None:
            parent = etree.SubElement(copy, f"{W}hyperlink", {f"{R}id": address})
        _write(parent, text)
    return copy


def _write(parent: etree._Element, text: str) -> None:
    run = etree.SubElement(parent, f"{W}r")
    for place, line in enumerate(text.split("\n")):
        if place:
            etree.SubElement(run, f"{W}br")
        etree.SubElement(run, f"{W}t").text = line
