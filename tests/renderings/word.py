"""Notes as Word documents by python-docx: numbers and bullets are Word's own lists."""

from __future__ import annotations

from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from tests.renderings.notes import NoteText, Part, PartKind
from tests.renderings.style import LETTERHEAD, RUNNING_HEADER, Style


def word_document(note: NoteText, style: Style) -> bytes:
    """The DOCX of `note`."""
    document = Document()
    _set_up(document, style)
    if note.title:
        document.add_heading(note.title, level=1)
    for line in note.before:
        document.add_paragraph(line)
    _add_header(document, note, style)
    for line in note.below:
        document.add_paragraph(line)
    numbers = _Numbers(document)
    for part in note.body:
        _add(document, part, style, numbers)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _set_up(document: WordDocument, style: Style) -> None:
    normal = document.styles["Normal"]
    normal.font.name = "Liberation Serif" if style.serif else "Liberation Sans"
    normal.font.size = Pt(style.size)
    if style.justified:
        normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    section = document.sections[0]
    section.page_width, section.page_height = Mm(style.width), Mm(style.height)
    section.left_margin = section.right_margin = Mm(20)
    if style.furniture:
        section.header.paragraphs[0].text = "\n".join(LETTERHEAD)
        section.header.add_paragraph(RUNNING_HEADER)
        for paragraph in section.header.paragraphs:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
        footer = section.footer.paragraphs[0]
        footer.add_run("Page ")
        _add_field(footer, "PAGE")
        footer.add_run(" of ")
        _add_field(footer, "NUMPAGES")


def _add_field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "1"
    run.append(words)
    field.append(run)
    paragraph._p.append(field)


def _add_header(document: WordDocument, note: NoteText, style: Style) -> None:
    if style.header == "columns" and note.pairs:
        table = document.add_table(rows=0, cols=2)
        for label, value in note.pairs:
            cells = table.add_row().cells
            cells[0].paragraphs[0].add_run(f"{label}:").bold = style.bold_labels
            cells[1].text = value
        return
    for label, value in note.pairs:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = style.bold_labels
        if style.header == "below":
            document.add_paragraph(value)
        else:
            paragraph.add_run(f" {value}")


def _add(document: WordDocument, part: Part, style: Style, numbers: _Numbers) -> None:
    if part.kind is PartKind.TABLE:
        table = document.add_table(rows=0, cols=len(part.rows[0]), style="Table Grid")
        for row in part.rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    elif part.kind is PartKind.HEADING:
        document.add_heading(part.text, level=2)
    elif part.kind is PartKind.BULLET:
        name = "List Bullet" if part.level == 1 else f"List Bullet {part.level}"
        document.add_paragraph(part.text, style=name)
    elif part.kind is PartKind.NUMBERED and not style.typed:
        numbers.number(document.add_paragraph(part.text, style="List Number"), part.number)
    else:
        number = f"{part.number}. " if part.kind is PartKind.NUMBERED else ""
        document.add_paragraph(number + part.text)


class _Numbers:
    """The list of numbers that paragraphs go on with, or start again."""

    def __init__(self, document: WordDocument) -> None:
        self._lists = document.part.numbering_part.element
        named = document.styles["List Number"].element.pPr.numPr.numId.val
        self._kind = self._lists.num_having_numId(named).abstractNumId.val
        self._list, self._next = named, 1

    def number(self, paragraph: Paragraph, number: int) -> None:
        """Give `paragraph` its number by the list, a new one where `number` does not come next."""
        if number != self._next:
            begun = self._lists.add_num(self._kind)
            begun.add_lvlOverride(ilvl=0).add_startOverride(number)
            self._list = begun.numId
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = self._list
        self._next = number + 1
