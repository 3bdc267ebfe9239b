"""PDF to blocks: what stands on each page, by its place, as a reader of the page sees it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pypdf.errors import LimitReachedError

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.claims import Field, Problem, ProblemKind
from indexer.domain.errors import Unreadable
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.characters import one_line
from indexer.readers.misread import put_right
from indexer.readers.ocr import NO_TEXT_LAYER, TO_INSTALL, recognise
from indexer.readers.pdf.blocks import BlockWriter, styles_of
from indexer.readers.pdf.bullets import bullets_among
from indexer.readers.pdf.drawing import marks_of
from indexer.readers.pdf.hyphens import Vocabulary
from indexer.readers.pdf.layers import Layers
from indexer.readers.pdf.lines import Line, lines_of
from indexer.readers.pdf.margins import PageLines, part_imprint, part_letterhead, part_margins
from indexer.readers.pdf.marks import PageMarks, Piece, Rectangle
from indexer.readers.pdf.opening import BROKEN, open_pdf, quiet_pypdf, unlocked
from indexer.readers.pdf.regions import regions_of
from indexer.readers.pdf.seen import seen_on
from indexer.readers.pdf.state import Shared
from indexer.readers.unseen import unseen

_MOST_DOTS = 500  # of a page: more are a drawing's
_MOST_TITLES = 8
_HUGE = 60.0  # points
_MOST_UNKNOWN = 0.02  # of all letters
_NO_TEXT = f"{NO_TEXT_LAYER}: its pages are pictures; set ocr = true on the source and {TO_INSTALL}"


@dataclass(slots=True)
class _Page:
    """A page as read; `why` says why it could not be."""

    number: int
    width: float = 0.0
    height: float = 0.0
    lines: list[Line] = field(default_factory=list)
    rules: list[Rectangle] = field(default_factory=list)
    aside: list[str] = field(default_factory=list)
    unseen: dict[str, list[str]] = field(default_factory=dict)
    letters: int = 0
    unknown: int = 0
    recognised: bool = False
    is_picture: bool = False
    why: str = ""

    @property
    def is_without_words(self) -> bool:
        return not self.letters and not self.why


def read_pdf(source: SourceDocument) -> ReadDocument:
    """The blocks of a PDF in the order of reading, its lines around and unseen ones set aside.

    Where the source allows OCR, words are read off the pages that have none. Raises Unreadable
    where it is encrypted, broken, or has no words that can be had.
    """
    with quiet_pypdf():
        pages = _pages(source.content, source.place)
    if source.ocr and any(page.is_without_words for page in pages):
        pages = _recognised(source, pages)
    if not any(page.letters for page in pages):
        raise Unreadable(source.place, _why_nothing(pages, ocr=source.ocr))
    return _document(pages)


def _recognised(source: SourceDocument, pages: list[_Page]) -> list[_Page]:
    """The pages with the words read off their pictures; as they were where that fails for some."""
    try:
        with quiet_pypdf():
            scan = unlocked(source.content, source.place)
        recognised = recognise(scan, source.place)
        with quiet_pypdf():
            return _pages(recognised, source.place)
    except Unreadable:
        if any(page.letters for page in pages):
            return pages  # its problems name the pages that are lost
        raise


def _pages(content: bytes, place: str) -> list[_Page]:
    reader, found = open_pdf(content, place)
    try:
        shared = Shared(Layers(reader.root_object))
    except BROKEN:
        shared = Shared(Layers())
    pages = []
    for number, page in enumerate(found, start=1):
        try:
            pages.append(_page(number, marks_of(page, shared)))
        except LimitReachedError as error:
            pages.append(
                _Page(number, why=f"the page draws more than this program reads ({error})")
            )
        except BROKEN:
            pages.append(_Page(number, why="the page is damaged"))
    past = range(len(found) + 1, len(reader.pages) + 1)
    return pages + [_Page(number, why=f"only {len(found):,} pages are read") for number in past]


def _page(number: int, marks: PageMarks) -> _Page:
    seen = seen_on(marks)
    text, aside = _upright(seen.pieces, marks)
    page = _Page(number, marks.width, marks.height, rules=marks.rules, recognised=seen.recognised)
    text += bullets_among(text, marks.dots[:_MOST_DOTS])
    page.lines = lines_of(text, number, rough=seen.recognised)
    page.letters = sum(len(piece.text) for piece in seen.pieces)
    page.unknown = sum(piece.unknown for piece in seen.pieces)
    page.is_picture = any(fill.picture for fill in marks.fills)
    page.aside = _told(aside, number)
    for reason, pieces in seen.unseen.items():
        page.unseen[reason] = _told(pieces, number)
    return page


def _upright(pieces: Sequence[Piece], marks: PageMarks) -> tuple[list[Piece], list[Piece]]:
    """The pieces that are text, and those that lie across it or stand in the margin."""
    text: list[Piece] = []
    aside: list[Piece] = []
    for piece in pieces:
        is_aside = piece.turned or piece.in_margin or piece.size >= min(_HUGE, marks.height / 8)
        (aside if is_aside else text).append(piece)
    return text, aside


def _told(pieces: Sequence[Piece], number: int) -> list[str]:
    """What pieces say that are no text: by lines where they are upright, else as drawn."""
    level = [piece for piece in pieces if not piece.turned]
    turned = [piece for piece in pieces if piece.turned]
    told = [line.text for line in lines_of(level, number)]
    if turned:
        told.append(" ".join(piece.text for piece in turned))
        told.append("".join(piece.text for piece in turned))
    return told


def _document(pages: list[_Page]) -> ReadDocument:
    standing = [PageLines(page.lines, page.height) for page in pages]
    around = part_margins(standing)
    styles = styles_of([line for page in pages for line in page.lines])
    around += part_letterhead(standing[0], styles.size)
    for page in standing:
        around += part_imprint(page, styles.size)
    vocabulary = Vocabulary(line.text for page in pages for line in page.lines)
    writer = BlockWriter(styles, vocabulary)
    writer.write(
        region for page in pages for region in regions_of(page.lines, page.rules, page.width)
    )
    is_recognised = any(page.recognised for page in pages)
    blocks = tuple(put_right(writer.blocks) if is_recognised else writer.blocks)
    hidden = [text for page in pages for texts in page.unseen.values() for text in texts]
    aside = [text for page in pages for text in page.aside]
    return ReadDocument(
        blocks,
        titles=tuple(_titles(blocks, around)),
        problems=tuple(_problems(pages)),
        set_aside=_each_once((*around, *aside)),
        unseen=_each_once(hidden),
    )


def _titles(blocks: Sequence[Block], around: Iterable[str]) -> list[str]:
    """What may name the note: headings, the largest first, then its first lines."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    headings.sort(key=lambda block: block.level or 6)
    opening: list[str] = []
    for block in blocks[:_MOST_TITLES]:
        if block.kind is not BlockKind.PARAGRAPH or block.number or block.text.endswith(":"):
            if block.kind is not BlockKind.HEADING:
                break
            continue
        opening.append(block.text)
    titles = [*(block.text for block in headings), *opening, *around]
    return list(dict.fromkeys(map(one_line, titles)))[:_MOST_TITLES]


def _problems(pages: Sequence[_Page]) -> Iterable[Problem]:
    hidden: dict[str, list[str]] = {}
    for page in pages:
        for reason, texts in page.unseen.items():
            if any(any(map(str.isalnum, text)) for text in texts):
                hidden.setdefault(reason, []).append(f"page {page.number}")
    for reason, places in hidden.items():
        yield unseen(reason, places)
    if any(page.recognised for page in pages):
        yield _RECOGNISED
    if empty := [page for page in pages if not page.letters and page.is_picture]:
        yield _damaged(f"no text layer on {_numbers(empty)}; the other pages were read")
    for why in dict.fromkeys(page.why for page in pages if page.why):
        lost = _numbers([page for page in pages if page.why == why])
        yield _damaged(f"{lost} could not be read, because {why}")
    unknown, letters = sum(p.unknown for p in pages), sum(p.letters for p in pages)
    if unknown > _MOST_UNKNOWN * letters:
        yield _damaged(f"{unknown} of {letters} letters cannot be told from their shapes")


_RECOGNISED = Problem(
    Field.BODY,
    ProblemKind.RECOGNISED,
    "The words were read off a scan by a program and may hold mistakes.",
)


def _damaged(what: str) -> Problem:
    return Problem(Field.BODY, ProblemKind.DAMAGED, f"Some of the document is lost: {what}.")


def _numbers(pages: Sequence[_Page]) -> str:
    numbers = [str(page.number) for page in pages]
    listed = ", ".join(numbers[:10]) + (f" and {len(numbers) - 10} more" if numbers[10:] else "")
    return f"page {listed}" if len(numbers) == 1 else f"pages {listed}"


def _why_nothing(pages: Sequence[_Page], *, ocr: bool) -> str:
    """Why a document has no words at all."""
    if ocr and any(page.is_without_words for page in pages):
        return f"{NO_TEXT_LAYER}, and no words were found on its pages"
    if any(page.is_picture for page in pages):
        return _NO_TEXT
    if why := next((page.why for page in pages if page.why), None):
        return f"the PDF cannot be read: {why}; ask for another copy, or print it to PDF again"
    return "no text layer: its pages are blank or drawings; " + _NO_TEXT.partition("; ")[2]


def _each_once(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(one_line, lines))))
