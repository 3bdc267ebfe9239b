"""Notes as PDF by reportlab's page templates, which let text flow."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from html import escape
from io import BytesIO

from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Table

from tests.renderings.notes import NoteText, Part, PartKind
from tests.renderings.style import LETTERHEAD, RUNNING_HEADER, Style

_MARGIN = 20 * mm


def flowing_pdf(note: NoteText, style: Style) -> bytes:
    """The PDF of `note`; where pages are numbered, made twice to know how many there are."""
    if not style.furniture:
        return _built(note, style, lambda canvas, _: None)[0]
    _, pages = _built(note, style, lambda canvas, _: None)
    return _built(note, style, lambda canvas, _: _draw_furniture(canvas, style, pages))[0]


def _built(
    note: NoteText, style: Style, furniture: Callable[[Canvas, object], None]
) -> tuple[bytes, int]:
    file = BytesIO()
    width, height = style.width * mm, style.height * mm
    document = BaseDocTemplate(
        file, pagesize=(width, height), title="Microsoft Word - Document1", author="A Clerk"
    )
    template = PageTemplate(frames=_frames(style), onPage=furniture)
    document.addPageTemplates([template])
    document.build(list(_story(note, style)))
    return file.getvalue(), document.page


def _frames(style: Style) -> list[Frame]:
    top = _MARGIN + (14 * mm if style.furniture else 0)
    gap = 6 * mm
    width = (style.width * mm - 2 * _MARGIN - gap * (style.body_columns - 1)) / style.body_columns
    height = style.height * mm - top - _MARGIN
    return [
        Frame(_MARGIN + column * (width + gap), _MARGIN, width, height, 0, 0, 0, 0)
        for column in range(style.body_columns)
    ]


def _draw_furniture(canvas: Canvas, style: Style, pages: int) -> None:
    width, height = style.width * mm, style.height * mm
    canvas.setFont("Helvetica-Bold", 12)
    canvas.drawString(_MARGIN, height - 12 * mm, LETTERHEAD[0])
    canvas.setFont("Helvetica", 8)
    canvas.drawString(_MARGIN, height - 16 * mm, LETTERHEAD[1])
    canvas.drawRightString(width - _MARGIN, height - 24 * mm, RUNNING_HEADER)
    canvas.line(_MARGIN, height - 26 * mm, width - _MARGIN, height - 26 * mm)
    canvas.drawCentredString(width / 2, 10 * mm, f"Page {canvas.getPageNumber()} of {pages}")


def _story(note: NoteText, style: Style) -> Iterator[Flowable]:
    plain = _paragraph_style(style)
    if note.title:
        yield Paragraph(
            escape(note.title),
            ParagraphStyle(
                "title",
                plain,
                fontName=_font(style, bold=True),
                fontSize=style.size * 1.4,
                leading=style.size * 1.7,
                alignment=TA_LEFT,
            ),
        )
    for line in note.before:
        yield Paragraph(escape(line), plain)
    yield from _header(note, style, plain)
    for line in note.below:
        yield Paragraph(escape(line), plain)
    for part in note.body:
        yield _flowable(part, style, plain)


def _font(style: Style, *, bold: bool = False) -> str:
    if style.serif:
        return "Times-Bold" if bold else "Times-Roman"
    return "Helvetica-Bold" if bold else "Helvetica"


def _paragraph_style(style: Style) -> ParagraphStyle:
    return ParagraphStyle(
        "text",
        fontName=_font(style),
        fontSize=style.size,
        leading=style.size * 1.25,
        spaceAfter=style.size * 0.6,
        alignment=TA_JUSTIFY if style.justified else TA_LEFT,
    )


def _header(note: NoteText, style: Style, plain: ParagraphStyle) -> Iterator[Flowable]:
    pairs = [
        (f"<b>{escape(label)}:</b>" if style.bold_labels else f"{escape(label)}:", escape(value))
        for label, value in note.pairs
    ]
    if style.header == "columns" and pairs:
        ragged = ParagraphStyle("cell", plain, alignment=TA_LEFT)
        cells = [[Paragraph(label, ragged), Paragraph(value, ragged)] for label, value in pairs]
        whole = (style.width * mm - 2 * _MARGIN) / style.body_columns
        yield Table(cells, colWidths=[whole * 0.3, whole * 0.7], style=[("VALIGN", *_ALL, "TOP")])
    for label, value in pairs if style.header != "columns" else ():
        if style.header == "below":
            yield Paragraph(label, plain)
            yield Paragraph(value, plain)
        else:
            yield Paragraph(f"{label} {value}", plain)


_ALL = ((0, 0), (-1, -1))


def _flowable(part: Part, style: Style, plain: ParagraphStyle) -> Flowable:
    text = escape(part.text)
    if part.kind is PartKind.TABLE:
        cell = ParagraphStyle("cell", plain, alignment=TA_LEFT, spaceAfter=0)
        rows = [[Paragraph(escape(words), cell) for words in row] for row in part.rows]
        return Table(rows, style=[("GRID", *_ALL, 0.5, "black")], spaceAfter=style.size)
    if part.kind is PartKind.HEADING:
        return Paragraph(f"<b>{text}</b>", plain)
    if part.kind is PartKind.BULLET:
        return _hanging(text, style.bullet(part.level), part.level, plain)
    if part.kind is PartKind.NUMBERED:
        if style.typed:
            return Paragraph(f"{part.number}. {text}", plain)
        return _hanging(text, f"{part.number}.", 1, plain)
    return Paragraph(text, plain)


def _hanging(text: str, mark: str, level: int, plain: ParagraphStyle) -> Paragraph:
    """A paragraph whose mark stands in the margin to its left."""
    indent = plain.fontSize * 2 * level
    hanging = ParagraphStyle(
        "hanging", plain, leftIndent=indent, bulletIndent=indent - plain.fontSize * 1.6
    )
    return Paragraph(text, hanging, bulletText=mark)
