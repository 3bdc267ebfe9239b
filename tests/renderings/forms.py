"""Every form that notes are rendered in, by name: its files' extension and what makes them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

from tests.renderings.drawn import drawn_pdf
from tests.renderings.flowing import flowing_pdf
from tests.renderings.letters import Text, letter, letter_with
from tests.renderings.markup import printable_page
from tests.renderings.notes import NoteText
from tests.renderings.programs import OFFICE, PAINTER, converted, printed
from tests.renderings.scans import scanned
from tests.renderings.style import COLUMNS, LETTER, LETTERHEAD, ONE_COLUMN, RUNNING_HEADER, Style
from tests.renderings.word import word_document

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF, EML = "application/pdf", "message/rfc822"
BROWSER = "chromium"

Make: TypeAlias = Callable[[Sequence[NoteText], Path], list[bytes]]
# Word in the name of a filter is the program whose format it writes.
_DOCX_FILTER = "docx:MS Word 2007 XML"
_FURNITURE = (
    f'<div style="font-size:8pt;width:100%;padding:0 20mm"><b>{LETTERHEAD[0]}</b><br>'
    f'{LETTERHEAD[1]}<div style="text-align:right">{RUNNING_HEADER}</div></div>'
)


@dataclass(frozen=True, slots=True)
class Form:
    """One format, layout and producer; `make` renders all notes in an empty folder of its own.

    `programs` are those that must be installed. `recognised` says that the words have to be read
    off a picture.
    """

    extension: str
    media_type: str
    make: Make
    programs: tuple[str, ...] = ()
    recognised: bool = False


def _each(render: Callable[[NoteText], bytes]) -> Make:
    return lambda notes, _: [render(note) for note in notes]


def _flowing(style: Style) -> Form:
    return Form(".pdf", PDF, _each(lambda note: flowing_pdf(note, style)))


def _drawn(style: Style) -> Form:
    return Form(".pdf", PDF, _each(lambda note: drawn_pdf(note, style)))


def _word(style: Style) -> Form:
    return Form(".docx", DOCX, _each(lambda note: word_document(note, style)))


def _office_from_pages(style: Style, to: str, form: str) -> Form:
    def make(notes: Sequence[NoteText], folder: Path) -> list[bytes]:
        pages = {
            f"{place}.html": printable_page(note, style).encode()
            for place, note in enumerate(notes)
        }
        return list(converted(pages, to, folder).values())

    return Form(f".{to.partition(':')[0]}", form, make, (OFFICE,))


def _office_from_word(style: Style, to: str, form: str) -> Form:
    def make(notes: Sequence[NoteText], folder: Path) -> list[bytes]:
        documents = {
            f"{place}.docx": word_document(note, style) for place, note in enumerate(notes)
        }
        return list(converted(documents, to, folder).values())

    return Form(f".{to}", form, make, (OFFICE,))


def _browser(style: Style) -> Form:
    def make(notes: Sequence[NoteText], folder: Path) -> list[bytes]:
        pages = {f"{place}.html": printable_page(note, style) for place, note in enumerate(notes)}
        return list(printed(pages, folder, _FURNITURE if style.furniture else "").values())

    return Form(".pdf", PDF, make, (BROWSER,))


def _letter(text: Text) -> Form:
    return Form(".eml", EML, _each(lambda note: letter(note, ONE_COLUMN, text)))


def _attached(form: Form) -> Form:
    def make(notes: Sequence[NoteText], folder: Path) -> list[bytes]:
        return [
            letter_with(note, file, f"Briefing{form.extension}", form.media_type)
            for note, file in zip(notes, form.make(notes, folder), strict=True)
        ]

    return Form(".eml", EML, make, form.programs)


def _scan(style: Style) -> Form:
    def make(notes: Sequence[NoteText], folder: Path) -> list[bytes]:
        return [
            scanned(flowing_pdf(note, style), folder / str(place))
            for place, note in enumerate(notes)
        ]

    return Form(".pdf", PDF, make, (PAINTER, "ocrmypdf"), recognised=True)


_ONE_PAGE = replace(LETTER, width=210, height=297, size=11)
_TYPED_COLUMNS = replace(COLUMNS, typed=True)
FORMS: dict[str, Form] = {
    "PDF, one column, reportlab": _flowing(ONE_COLUMN),
    "PDF, one column, LibreOffice": _office_from_pages(ONE_COLUMN, "pdf", PDF),
    "PDF, one column, Chromium": _browser(ONE_COLUMN),
    "PDF, columns, reportlab": _flowing(COLUMNS),
    "PDF, columns with labels first, reportlab": _drawn(COLUMNS),
    "PDF, columns, LibreOffice": _office_from_word(COLUMNS, "pdf", PDF),
    "PDF, columns, Chromium": _browser(COLUMNS),
    "PDF, letter, reportlab": _flowing(LETTER),
    "PDF, letter drawn, reportlab": _drawn(LETTER),
    "PDF, letter, LibreOffice": _office_from_word(LETTER, "pdf", PDF),
    "PDF, letter, Chromium": _browser(LETTER),
    "PDF, letter of one page, reportlab": _flowing(_ONE_PAGE),
    "PDF, letter of one page, LibreOffice": _office_from_word(_ONE_PAGE, "pdf", PDF),
    "PDF, letter of one page, Chromium": _browser(_ONE_PAGE),
    "PDF, US letter with values below": _flowing(
        Style(header="below", bold_labels=False, bullets="-–", width=216, height=279)
    ),
    "PDF, text in two columns": _flowing(
        Style(body_columns=2, serif=True, justified=True, bullets="–-", size=10)
    ),
    "PDF, browser text in two columns": _browser(
        Style(body_columns=2, serif=True, justified=True, typed=False, size=10)
    ),
    "DOCX, paragraphs, python-docx": _word(ONE_COLUMN),
    "DOCX, own numbers, python-docx": _word(replace(ONE_COLUMN, typed=False, header="below")),
    "DOCX, table, python-docx": _word(replace(COLUMNS, furniture=True)),
    "DOCX, paragraphs, LibreOffice": _office_from_pages(
        replace(ONE_COLUMN, typed=False), _DOCX_FILTER, DOCX
    ),
    "DOCX, table, LibreOffice": _office_from_word(_TYPED_COLUMNS, "docx", DOCX),
    "DOC, table": _office_from_word(COLUMNS, "doc", "application/msword"),
    "RTF, paragraphs": _office_from_word(ONE_COLUMN, "rtf", "application/rtf"),
    "ODT, table": _office_from_word(COLUMNS, "odt", "application/vnd.oasis.opendocument.text"),
    "e-mail, plain": _letter("plain"),
    "e-mail, page": _letter("page"),
    "e-mail, both": _letter("both"),
    "e-mail with a DOCX": _attached(_word(ONE_COLUMN)),
    "e-mail with a PDF": _attached(_flowing(ONE_COLUMN)),
    "scan, one column": _scan(replace(ONE_COLUMN, size=12)),
    "scan, letter": _scan(replace(_ONE_PAGE, size=14)),
}
# Forms whose reader starts a program for each document: a few notes must do.
SLOW = frozenset(
    name
    for name, form in FORMS.items()
    if form.recognised or form.extension in (".doc", ".rtf", ".odt")
)
