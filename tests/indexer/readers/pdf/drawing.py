"""PDFs drawn by reportlab for a test, and what is read in them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.domain.blocks import Block
from indexer.domain.claims import ProblemKind
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.pdf import read_pdf

Draw = Callable[[Canvas], None]
LEFT, TOP, PITCH = 72, 760, 14


def drawn(*pages: Draw, **options: Any) -> bytes:
    """A PDF of these pages, in Helvetica of 11 points unless they choose another."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4, **options)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def lines(*texts: str, left: float = LEFT, top: float = TOP, pitch: float = PITCH) -> Draw:
    """Draws each text on a line of its own, from the top."""

    def draw(canvas: Canvas) -> None:
        for place, text in enumerate(texts):
            canvas.drawString(left, top - place * pitch, text)

    return draw


def both(*draws: Draw) -> Draw:
    """Draws one after the other on the same page."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def changed(pdf: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """The PDF with a change that reportlab cannot make."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    change(writer)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def read(pdf: bytes) -> ReadDocument:
    """What the reader makes of a PDF."""
    return read_pdf(SourceDocument("note.pdf", "application/pdf", pdf))


def said(blocks: Sequence[Block]) -> list[tuple[str, str]]:
    """The kind and words of each block."""
    return [(block.kind.value, block.words) for block in blocks]


def texts(document: ReadDocument) -> list[str]:
    """The words of each block."""
    return [block.words for block in document.blocks]


def kinds(document: ReadDocument) -> set[ProblemKind]:
    """The kinds of the document's problems."""
    return {problem.kind for problem in document.problems}
