"""Regions of pages to blocks: headings, numbered paragraphs, items, tables, labels and values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexer.domain.blocks import Block, BlockKind
from indexer.readers.characters import plain
from indexer.readers.numbering import has_printed_number, with_printed_number
from indexer.readers.pdf.hyphens import Vocabulary
from indexer.readers.pdf.lines import Line, bullet_of
from indexer.readers.pdf.margins import is_as_large
from indexer.readers.pdf.paragraphs import Paragraph, goes_over, paragraphs_of, usual_pitch
from indexer.readers.pdf.regions import Region
from indexer.readers.pdf.rows import Cells, Text

_LARGER, _ROUGHLY_LARGER = 1.12, 1.3  # than the text: a heading
_MOST_WORDS_OF_A_HEADING = 30
_MOST_WORDS_OF_A_BOLD_HEADING = 14
_MOST_WORDS_OF_A_LABEL = 6
_MOST_LINES_OF_A_TITLE = 8
_NEAR = 0.8  # font sizes: indents as near as this are one


@dataclass(frozen=True, slots=True)
class Styles:
    """What the document's text looks like: its size, whether it is bold, its line pitch."""

    size: float
    bold: bool
    pitch: float
    largest: float


def styles_of(lines: Sequence[Line]) -> Styles:
    """The style of most of the letters of a document."""
    letters = {True: 0, False: 0}
    for line in lines:
        letters[line.bold] += len(line.text)
    # The titles of a short document, in bold, may hold more letters than its text.
    is_bold = letters[True] > 4 * letters[False]
    sizes: Counter[float] = Counter()
    for line in lines:
        if line.bold == is_bold:
            sizes[line.size] += len(line.text)
    largest = max((line.size for line in lines), default=12.0)
    others = sizes.total() - sizes[largest]
    is_title = all(line.size < largest for line in lines[_MOST_LINES_OF_A_TITLE:])
    if is_title and sizes[largest] < 2 * others:
        del sizes[largest]  # a title of several lines may hold more letters than the text, too
    size = sizes.most_common(1)[0][0] if sizes else largest
    return Styles(size, is_bold, usual_pitch(lines), largest)


@dataclass(slots=True)
class BlockWriter:
    """Writes regions as blocks, in the order in which they are given."""

    styles: Styles
    vocabulary: Vocabulary
    blocks: list[Block] = field(default_factory=list)
    _indents: list[float] = field(default_factory=list)
    _value: Text | None = None

    def write(self, regions: Iterable[Region]) -> None:
        """Write all regions of the document."""
        waiting: list[Paragraph] = []
        for region in regions:
            if isinstance(region, Text):
                paragraphs = self._parted(region)
                if not waiting:
                    self._end_value(paragraphs)
                if waiting and paragraphs and goes_over(waiting[-1], paragraphs[0]):
                    waiting[-1].lines += paragraphs.pop(0).lines
                waiting += paragraphs
            else:
                self._paragraphs(waiting)
                waiting = []
                self._cells(region)
        self._paragraphs(waiting)

    def _parted(self, text: Text) -> list[Paragraph]:
        return paragraphs_of(text.lines, text.right, pitch=self.styles.pitch, size=self.styles.size)

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> None:
        for paragraph in paragraphs:
            self.blocks += self._block(paragraph)

    def _block(self, paragraph: Paragraph) -> Iterator[Block]:
        text = plain(self.vocabulary.joined([line.text for line in paragraph.lines]))
        if not text:
            return
        if level := self._heading_level(paragraph, text):
            self._indents.clear()
            yield Block(kind=BlockKind.HEADING, level=level, text=text)
            return
        if length := bullet_of(paragraph.first):
            level = self._nesting(paragraph.first.left - paragraph.left)
            text = plain(text[length:])
            yield with_printed_number(Block(kind=BlockKind.ITEM, level=level, text=text))
            return
        block = with_printed_number(Block(kind=BlockKind.PARAGRAPH, text=text))
        if block.kind is BlockKind.ITEM:
            block = replace(block, level=self._nesting(paragraph.first.left - paragraph.left))
        else:
            self._indents.clear()
        yield block

    def _nesting(self, left: float) -> int:
        near = _NEAR * self.styles.size
        while self._indents and self._indents[-1] > left + near:
            self._indents.pop()
        if not self._indents or self._indents[-1] < left - near:
            self._indents.append(left)
        return len(self._indents)

    def _heading_level(self, paragraph: Paragraph, text: str) -> int | None:
        """The level of a heading, by its size; None where the paragraph is none."""
        words = len(text.split())
        if paragraph.first.has_bullet or text.endswith(":") or not any(map(str.isalpha, text)):
            return None
        larger = paragraph.size / self.styles.size
        least = _ROUGHLY_LARGER if paragraph.first.rough else _LARGER
        if larger >= least and words <= _MOST_WORDS_OF_A_HEADING:
            if has_printed_number(text) and text.endswith("."):
                return None
            return 1 if is_as_large(paragraph.longest, self.styles.largest) else 2
        is_bold = paragraph.bold and not self.styles.bold
        if (
            is_bold
            and words <= _MOST_WORDS_OF_A_BOLD_HEADING
            and not text.endswith((".", ";", ","))
        ):
            return None if has_printed_number(text) else 3
        return None

    # Cells

    def _cells(self, cells: Cells) -> None:
        self._indents.clear()
        if _are_labelled(cells):
            for row in cells.rows:
                self._labelled(row)
            return
        rows = tuple(tuple(self._cell(cell) for cell in row) for row in cells.rows)
        self.blocks.append(Block(kind=BlockKind.TABLE, rows=rows))

    def _labelled(self, row: Sequence[Text | None]) -> None:
        label, value = row
        self._value = value
        if label:
            self.blocks.append(Block(kind=BlockKind.LABEL, text=self._in_one(label)))
        if value is None:
            return
        paragraphs = self._parted(value)
        if any(paragraph.first.is_led for paragraph in paragraphs):
            self._paragraphs(paragraphs)
        elif text := self._cell(value):
            self.blocks.append(Block(kind=BlockKind.VALUE, text=text))

    def _end_value(self, paragraphs: list[Paragraph]) -> None:
        """Take what goes on from a value at the end of a page: it stands in the same column."""
        value = self._value
        if value is None or not paragraphs or self.blocks[-1].kind is not BlockKind.VALUE:
            return
        first = paragraphs[0]
        last = Paragraph([*value.lines], value.left, value.right)
        if abs(first.first.left - value.left) < _NEAR and goes_over(last, first):
            more = self.vocabulary.joined([self.blocks[-1].text, *(x.text for x in first.lines)])
            self.blocks[-1] = replace(self.blocks[-1], text=plain(more))
            paragraphs.pop(0)

    def _in_one(self, text: Text) -> str:
        return plain(self.vocabulary.joined([line.text for line in text.lines]))

    def _cell(self, cell: Text | None) -> str:
        """The text of a cell, a newline between its paragraphs."""
        if cell is None:
            return ""
        return plain(
            "\n".join(
                self.vocabulary.joined([line.text for line in paragraph.lines])
                for paragraph in self._parted(cell)
            )
        )


def _are_labelled(cells: Cells) -> bool:
    """Whether the first of two columns alone holds labels: most of them end in a colon."""
    if any(len(row) != 2 for row in cells.rows):
        return False
    labels = [row[0] for row in cells.rows if row[0]]
    values = [row[1] for row in cells.rows if row[1]]
    if any(len(_words(label)) > _MOST_WORDS_OF_A_LABEL for label in labels):
        return False
    if any(label and value and _ends_in_colon(value) for label, value in cells.rows):
        return False
    with_colon = sum(map(_ends_in_colon, labels))
    return 2 * with_colon >= len(labels) and bool(labels) and bool(values)


def _ends_in_colon(text: Text) -> bool:
    return text.lines[-1].text.endswith(":")


def _words(text: Text) -> list[str]:
    return [word.text for line in text.lines for word in line.words]
