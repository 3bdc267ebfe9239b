"""Notes as PDF by reportlab's canvas: each line drawn where it stands, labels first."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from tests.renderings.notes import NoteText, Part, PartKind
from tests.renderings.style import LETTERHEAD, RUNNING_HEADER, Style

_MARGIN, _INDENT = 22 * mm, 8 * mm


class _Pen:
    """A place on a page that moves down as lines are drawn, and over to the next page."""

    def __init__(self, canvas: Canvas, style: Style) -> None:
        self.canvas, self.style = canvas, style
        self.font = "Times-Roman" if style.serif else "Helvetica"
        self.bold = "Times-Bold" if style.serif else "Helvetica-Bold"
        self.width = style.width * mm - 2 * _MARGIN
        self._begin_page()

    def _begin_page(self) -> None:
        self.down = self.style.height * mm - _MARGIN
        if self.style.furniture:
            self._draw_furniture()
            self.down -= 12 * mm

    def _draw_furniture(self) -> None:
        width, top = self.style.width * mm, self.style.height * mm
        self.canvas.setFont("Helvetica-Bold", 12)
        self.canvas.drawCentredString(width / 2, top - 12 * mm, LETTERHEAD[0])
        self.canvas.setFont("Helvetica", 8)
        self.canvas.drawCentredString(width / 2, top - 16 * mm, RUNNING_HEADER)
        self.canvas.drawRightString(width - _MARGIN, 10 * mm, f"Page {self.canvas.getPageNumber()}")

    def lines(self, text: str, *, bold: bool = False, indent: float = 0, width: float = 0) -> None:
        """Draw `text` in lines that fit, and leave a little room below."""
        font = self.bold if bold else self.font
        room = width or self.width - indent
        for line in simpleSplit(text, font, self.style.size, room):
            self.need(self.style.size * 1.3)
            self.down -= self.style.size * 1.3
            self.canvas.setFont(font, self.style.size)
            self.canvas.drawString(_MARGIN + indent, self.down, line)
        self.down -= self.style.size * 0.6

    def need(self, height: float) -> None:
        """Go on to the next page if so much does not fit on this one."""
        if self.down - height < _MARGIN:
            self.canvas.showPage()
            self._begin_page()

    def mark(self, mark: str, indent: float) -> None:
        """Draw a number or a bullet on the line that comes next."""
        self.need(self.style.size * 1.3)
        self.canvas.setFont(self.font, self.style.size)
        self.canvas.drawString(_MARGIN + indent, self.down - self.style.size * 1.3, mark)


def drawn_pdf(note: NoteText, style: Style) -> bytes:
    """The PDF of `note`, its header in two columns of which the labels are drawn first."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=(style.width * mm, style.height * mm))
    pen = _Pen(canvas, style)
    if note.title:
        pen.lines(note.title, bold=True)
    for line in note.before:
        pen.lines(line)
    if note.pairs:
        _draw_header(pen, note)
    for line in note.below:
        pen.lines(line)
    for part in note.body:
        _draw(pen, part)
    canvas.save()
    return file.getvalue()


def _draw_header(pen: _Pen, note: NoteText) -> None:
    across = pen.width * 0.3
    font, size = pen.font, pen.style.size
    tall = [
        size * (1.3 * max(len(simpleSplit(value, font, size, pen.width - across)), 1) + 0.6)
        for _, value in note.pairs
    ]
    pen.need(sum(tall))
    top = pen.down
    for (label, _), height in zip(note.pairs, tall, strict=True):
        bottom = pen.down - height
        pen.lines(f"{label}:", bold=pen.style.bold_labels, width=across)
        pen.down = bottom
    pen.down = top
    for (_, value), height in zip(note.pairs, tall, strict=True):
        bottom = pen.down - height
        pen.lines(value, indent=across)
        pen.down = bottom


def _draw(pen: _Pen, part: Part) -> None:
    if part.kind is PartKind.TABLE:
        across = pen.width / len(part.rows[0])
        for row in part.rows:
            _draw_row(pen, row, across)
        pen.down -= pen.style.size
    elif part.kind is PartKind.HEADING:
        pen.lines(part.text, bold=True)
    elif part.kind is PartKind.NUMBERED:
        pen.mark(f"{part.number}.", 0)
        pen.lines(part.text, indent=_INDENT)
    elif part.kind is PartKind.BULLET:
        pen.mark(pen.style.bullet(part.level), _INDENT * part.level)
        pen.lines(part.text, indent=_INDENT * (part.level + 1))
    else:
        pen.lines(part.text)


def _draw_row(pen: _Pen, row: tuple[str, ...], across: float) -> None:
    size = pen.style.size
    tall = max(len(simpleSplit(cell, pen.font, size, across * 0.95)) for cell in row) * size * 1.3
    pen.need(tall)
    top = pen.down
    for place, cell in enumerate(row):
        pen.down = top
        pen.lines(cell, indent=across * place, width=across * 0.95)
    pen.down = top - tall - size * 0.2
