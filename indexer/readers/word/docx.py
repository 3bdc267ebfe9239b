"""A Word document to blocks: what is printed of it, through mammoth, read as HTML is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Iterator

from lxml import etree

from indexer.domain.blocks import Block, BlockKind, Blocks
from indexer.domain.errors import Unreadable
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.characters import one_line
from indexer.readers.word.elements import all_words
from indexer.readers.word.left_out import LeftOut
from indexer.readers.word.notes import Notes
from indexer.readers.word.numbers import Numbers
from indexer.readers.word.package import Package, W
from indexer.readers.word.plain import blocks_from
from indexer.readers.word.printed import Printed
from indexer.readers.word.styles import Styles

_OTHER_DOCUMENTS = ("aFChunk", "package", "oleObject", "diagramData")
_ROWS_OF_LABELS = 3  # an address may stand beside two lines
_LABEL = re.compile(r"([A-Z][\w’' ]{2,30}):(?:\s|$)")


def read_docx(source: SourceDocument) -> ReadDocument:
    """The blocks of a .docx as a reader of the printed document sees them.

    Raises Unreadable where it is damaged, protected by a password, or made to do harm.
    """
    return read_package(source.content, source.place)


def read_package(content: bytes, place: str) -> ReadDocument:
    """As `read_docx`, of bytes that were found at `place` or made for the document there."""
    try:
        return _read(Package(content, place))
    except RecursionError:
        raise Unreadable(place, "its elements are nested deeper than in any document") from None


def _read(package: Package) -> ReadDocument:
    root = package.xml(package.path)
    styles, left_out = Styles(package.first("styles")), LeftOut()
    left_out.other_documents = any(package.related(package.path, kind) for kind in _OTHER_DOCUMENTS)
    numbers, comments = Numbers(package.first("numbering"), styles), package.first("comments")
    printed = Printed(styles, numbers, left_out, _comments(comments))
    notes = Notes(package, root)
    text = printed.story(root, package.related(package.path, "hyperlink"))
    for note, addresses in notes:
        text += printed.story(note, addresses, "a footnote")
    blocks = blocks_from(text)
    headers = tuple(_around(package, printed, "header"))
    footers = tuple(_around(package, printed, "footer"))
    letterhead = next((header for header in headers if _is_letterhead(header, blocks)), ())
    head = tuple(itertools.dropwhile(lambda block: not _labels((block,)), letterhead))
    for story in (*headers, *footers):
        left_out.lines += _lines(block for block in story if block not in head)
    display = tuple(map(one_line, printed.display_lines))
    titles = (
        *_headings(blocks),
        *display,
        *_lines(itertools.chain(*headers)),
    )
    begins = int(bool(blocks) and _is_title(blocks[0], display))
    return ReadDocument(
        (*blocks[:begins], *head, *blocks[begins:]),
        titles=tuple(dict.fromkeys(titles)),
        problems=tuple(left_out.problems()),
        set_aside=tuple(dict.fromkeys(left_out.lines)),
        unseen=tuple(dict.fromkeys(left_out.unseen)),
    )


def _comments(root: etree._Element | None) -> dict[str, str]:
    """The words of each comment by the name that the text refers to it by."""
    found = () if root is None else root.iterchildren(f"{W}comment")
    return {str(each.get(f"{W}id")): f"{all_words(each).strip()} " for each in found}


def _around(package: Package, printed: Printed, kind: str) -> Iterator[Blocks]:
    """The blocks of each page header or footer of the document."""
    for path in package.related(package.path, kind).values():
        root = package.xml(path)
        if root is not None:
            story = printed.story(root, package.related(path, "hyperlink"), f"the page {kind}")
            yield blocks_from(story)


def _is_letterhead(header: Blocks, text: Blocks) -> bool:
    """Whether a page header holds labels of the note that its text does not repeat."""
    return bool(_labels(header)) and not _labels(header) & _labels(text)


def _is_title(block: Block, display: Collection[str]) -> bool:
    return block.kind is BlockKind.HEADING or one_line(block.text) in display


def _labels(blocks: Blocks) -> set[str]:
    """The labels in `blocks`: before a colon, or in the first of two cells of several rows."""
    found = (_LABEL.match(line) for line in _lines(blocks))
    labels = {match[1] for match in found if match}
    for block in blocks:
        rows = [row for row in block.rows if len(row) == 2 and all(row)]
        if len(rows) >= _ROWS_OF_LABELS:
            labels.update(row[0] for row in rows if _LABEL.match(f"{row[0].rstrip(':')}:"))
    return {label.casefold() for label in labels}


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    """Each line of each block, and each cell beside others by itself too."""
    for block in blocks:
        yield from (one_line(line) for line in block.words.split("\n"))
        for row in block.rows:
            cells = [one_line(line) for cell in row for line in cell.split("\n") if line.strip()]
            yield from cells if len(cells) > 1 else ()


def _headings(blocks: Blocks) -> Iterator[str]:
    """What may be the note's title: its headings of the first two levels."""
    for block in blocks:
        if block.kind is BlockKind.HEADING and block.level in (1, 2):
            yield one_line(block.text)
