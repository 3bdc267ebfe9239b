"""Makes the sample's documents that are no pages from their texts in `documents/`.

Run it as `python -m tests.corpus.make_documents`, with Ghostscript installed for the scan.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable, Mapping
from email.message import EmailMessage
from email.policy import SMTP
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pypdf import PdfReader, PdfWriter
from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.renderings.drawn import drawn_pdf
from tests.renderings.flowing import flowing_pdf
from tests.renderings.notes import NoteText, note_text
from tests.renderings.scans import scanned
from tests.renderings.style import COLUMNS, ONE_COLUMN, Style
from tests.renderings.word import word_document

CORPUS = Path(__file__).parent
TEXTS = CORPUS / "documents"
SAMPLE = CORPUS / "sample"

_SITE = "https://www.strathallan.example"
_RESTRICTED = (
    "Restricted circulation: elected Members only. "
    "The contents of this note shall not be disclosed to any other person."
)
_DELETED = "The owner of the shop at 9 Linen Street is in arrears with his rates. "
_HIDDEN = " [To be checked with Finance before this goes out.]"
_BEGINNING = (1980, 1, 1, 0, 0, 0)  # of all time, in a zip


def make_all(folder: Path, *, scans: bool = True) -> None:
    """Make every document in `folder`, each where it stands below the sample's."""
    rl_config.invariant = 1  # no time of making in a PDF
    for issue, (extension, make) in _EACH_OF_ONE_NOTE.items():
        note = _text(issue)
        _write(folder / "notes" / issue[:4] / f"{note.name}{extension}", make(note))
    several = _zip_of_notes(_text("2017-issue-9"), _text("2017-issue-10"))
    _write(folder / "notes" / "2017" / "notes-for-members-september-2017.zip", several)
    if scans:
        note = _text("2015-issue-11")
        _write(folder / "scans" / "2015" / f"{note.name}.pdf", _scan(note))


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _text(issue: str) -> NoteText:
    (file,) = TEXTS.glob(f"technical-notes-{issue}-*.txt")
    return note_text(f"{_SITE}/{file.stem}", file.read_text(encoding="utf-8"), titled=True)


def _word(
    note: NoteText, style: Style, change: Callable[[WordDocument], None] | None = None
) -> bytes:
    document = Document(BytesIO(word_document(note, style)))
    if change:
        change(document)
    file = BytesIO()
    document.save(file)
    with zipfile.ZipFile(file) as made:
        return _zip({name: made.read(name) for name in made.namelist()})


def _zip(entries: Mapping[str, bytes]) -> bytes:
    """A zip that says nothing of when it was made."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, _BEGINNING)
            made.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _restrict_in_footer(document: WordDocument) -> None:
    document.sections[0].footer.paragraphs[0].text = _RESTRICTED


def _leave_traces(document: WordDocument) -> None:
    """Words deleted under tracked changes in one paragraph, and words set as hidden in another."""
    with_deleted, with_hidden = (
        next(each for each in document.paragraphs if each.text.startswith(beginning))
        for beginning in ("Refusals", "Forty-one")
    )
    hidden = with_hidden.add_run(_HIDDEN)
    hidden.font.hidden = True
    deleted = OxmlElement("w:del")
    deleted.set(qn("w:id"), "1")
    deleted.set(qn("w:author"), "A Clerk")
    deleted.set(qn("w:date"), "2024-10-07T10:00:00Z")
    run, words = OxmlElement("w:r"), OxmlElement("w:delText")
    words.set(qn("xml:space"), "preserve")
    words.text = _DELETED
    run.append(words)
    deleted.append(run)
    with_deleted.runs[0]._r.addprevious(deleted)


def _under_a_header(pdf: bytes, words: str) -> bytes:
    """The PDF with `words` at the top of every page."""
    drawn = BytesIO()
    canvas = Canvas(drawn, pagesize=A4)
    canvas.setFont("Helvetica-Bold", 9)
    canvas.drawCentredString(A4[0] / 2, A4[1] - 12 * mm, words)
    canvas.save()
    header = PdfReader(drawn).pages[0]
    writer = PdfWriter(clone_from=BytesIO(pdf))
    for page in writer.pages:
        page.merge_page(header)
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def _letter(note: NoteText) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Technical Note for Members: bowling green at Auchtermarrow"
    message["From"] = "Member Services <members@strathallan.example>"
    message["To"] = "All Elected Members <all-members@strathallan.example>"
    message["Date"] = "Tue, 24 Sep 2024 09:30:00 +0100"
    message["Message-ID"] = "<20240924.1@strathallan.example>"
    message.set_content(
        "Dear Member,\n\nPlease find attached a Technical Note for your information. Paper copies "
        "are in the Members’ Room.\n\nKind regards,\nMember Services\nStrathallan Council\n"
    )
    message.add_attachment(
        _word(note, COLUMNS),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename="Bowling green.docx",
    )
    message.set_boundary("=-part-of-the-letter-=")
    return message.as_bytes(policy=SMTP)


def _zip_of_notes(first: NoteText, *others: NoteText) -> bytes:
    """The first note as a Word document, the others as plain text."""
    return _zip(
        {f"{first.name}.docx": _word(first, ONE_COLUMN)}
        | {f"{note.name}.txt": note.text.encode() for note in others}
    )


def _scan(note: NoteText) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return scanned(flowing_pdf(note, ONE_COLUMN), Path(folder) / "pages")


_NUMBERED = Style(typed=False)
_LETTERHEAD = Style(furniture=True)
_LONG_LETTER = Style(furniture=True, serif=True, justified=True, size=12)
# By year and number: the extension, and what makes the document.
_EACH_OF_ONE_NOTE: dict[str, tuple[str, Callable[[NoteText], bytes]]] = {
    "2019-issue-10": (".docx", lambda note: _word(note, COLUMNS)),
    "2022-issue-11": (".docx", lambda note: _word(note, _LETTERHEAD)),
    "2024-issue-12": (".docx", lambda note: _word(note, _NUMBERED, _leave_traces)),
    "2025-issue-12": (".docx", lambda note: _word(note, _NUMBERED, _restrict_in_footer)),
    "2018-issue-10": (".pdf", lambda note: flowing_pdf(note, ONE_COLUMN)),
    "2020-issue-10": (".pdf", lambda note: drawn_pdf(note, COLUMNS)),
    "2021-issue-8": (".pdf", lambda note: flowing_pdf(note, _LONG_LETTER)),
    "2023-issue-12": (
        ".pdf",
        lambda note: _under_a_header(flowing_pdf(note, ONE_COLUMN), _RESTRICTED),
    ),
    "2024-issue-13": (".eml", _letter),
}


if __name__ == "__main__":
    make_all(SAMPLE)
