"""Scans made by a script and read by the real programs: what they say, or what to install."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from indexer.config import Config
from indexer.domain.claims import ProblemKind
from indexer.domain.errors import Unreadable
from indexer.domain.note import Note
from indexer.domain.publication import PublicationStatus
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.readers import read
from indexer.readers.ocr import can_recognise, recognise
from tests.indexer.extracted import extract_each
from tests.indexer.words import word_f1
from tests.renderings.flowing import flowing_pdf
from tests.renderings.notes import note_text
from tests.renderings.programs import PAINTER
from tests.renderings.scans import scanned
from tests.renderings.style import LETTER, ONE_COLUMN, Style

TEXTS = Path(__file__).parents[2] / "corpus" / "documents"
PDF, TIFF = "application/pdf", "image/tiff"
RECOGNISED_F1 = 0.93
LARGE = replace(ONE_COLUMN, size=22)

needs_ocr = pytest.mark.skipif(
    not can_recognise() or shutil.which(PAINTER) is None,
    reason="ocrmypdf, tesseract or Ghostscript is not installed (apt-get install ocrmypdf)",
)
Make = Callable[[str, Style], bytes]


def text_of_note(issue: str) -> str:
    (file,) = TEXTS.glob(f"technical-notes-{issue}-*.txt")
    return file.read_text(encoding="utf-8")


def printed(issue: str, style: Style) -> bytes:
    return flowing_pdf(note_text("", text_of_note(issue), titled=True), style)


@pytest.fixture
def scan_of(tmp_path: Path) -> Make:
    """Makes the pages of a note, by its year and number, pictures in a PDF."""
    return lambda issue, style: scanned(printed(issue, style), tmp_path / "pages")


def tiff(pdf: bytes, folder: Path, dots: int, device: str) -> bytes:
    """The pages of `pdf` as the pages of one TIFF."""
    (folder / "from.pdf").write_bytes(pdf)
    command = [PAINTER, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", f"-sDEVICE={device}", f"-r{dots}"]
    output = f"-sOutputFile={folder / 'scan.tif'}"
    subprocess.run([*command, output, str(folder / "from.pdf")], check=True, timeout=60)
    return (folder / "scan.tif").read_bytes()


def outcome(content: bytes, media_type: str = PDF, *, ocr: bool = True) -> Note | Rejection:
    """What becomes of a scan in a source of published notes."""
    source = SourceDocument("scan", media_type, content, published=True, ocr=ocr)
    ((_, found),) = extract_each([source], Config())
    return found


def assert_is_the_note(found: Note | Rejection, issue: str, officer: str) -> None:
    """The number, title and officer are right, hardly a word is wrong, and the page says so."""
    assert isinstance(found, Note), found
    text = text_of_note(issue)
    year, _, number = issue.partition("-issue-")
    assert (found.reference.year, found.reference.number) == (int(year), int(number))
    assert found.title == text.splitlines()[0].partition(" - ")[2]
    assert [each.name for each in found.responsible_officers] == [officer]
    assert found.publication.status is PublicationStatus.PUBLIC
    words = " ".join(block.words for block in found.body)
    assert word_f1(words, text.partition("Details:")[2]) >= RECOGNISED_F1
    assert ProblemKind.RECOGNISED in {problem.kind for problem in found.problems}


@needs_ocr
def test_the_words_of_a_scan_are_read_off_it(scan_of: Make) -> None:
    """Dirty and askew as scanners leave it."""
    assert_is_the_note(
        outcome(scan_of("2015-issue-11", ONE_COLUMN)), "2015-issue-11", "Una Dunmarrow"
    )


@needs_ocr
def test_a_page_that_lies_on_its_side_is_turned_upright(scan_of: Make) -> None:
    """As it comes from a scanner that takes pages with their long side first."""
    writer = PdfWriter(clone_from=BytesIO(scan_of("2018-issue-10", ONE_COLUMN)))
    for page in writer.pages:
        page.rotate(90)
    file = BytesIO()
    writer.write(file)
    assert_is_the_note(outcome(file.getvalue()), "2018-issue-10", "Ewan Auldhame")


@needs_ocr
def test_pages_that_have_words_keep_them(scan_of: Make) -> None:
    """A program that reads pictures is not asked for words that are there."""
    first, second = printed("2017-issue-9", LETTER), scan_of("2017-issue-9", LETTER)
    writer = PdfWriter(clone_from=BytesIO(first))
    writer.add_page(PdfReader(BytesIO(second)).pages[-1])
    file = BytesIO()
    writer.write(file)
    was = [page.extract_text() for page in PdfReader(BytesIO(first)).pages]
    now = [page.extract_text() for page in PdfReader(BytesIO(recognise(file.getvalue(), ""))).pages]
    assert now[: len(was)] == was
    assert len(now[-1].split()) > 5


@needs_ocr
@pytest.mark.parametrize(
    ("dots", "device", "style"), [(200, "tiffgray", ONE_COLUMN), (90, "tiff24nc", LARGE)]
)
def test_a_tiff_is_read(tmp_path: Path, dots: int, device: str, style: Style) -> None:
    """Of several pages, and of a resolution that no scanner has."""
    scan = tiff(printed("2017-issue-9", style), tmp_path, dots, device)
    assert_is_the_note(outcome(scan, TIFF), "2017-issue-9", "Una Dunmarrow")


@needs_ocr
@pytest.mark.parametrize("content", [b"%PDF-1.4 and no more", b"II*\x00\x08\x00\x00\x00", b"?"])
def test_what_the_program_cannot_read_is_named(content: bytes) -> None:
    """With the program that gave it up."""
    with pytest.raises(Unreadable, match="ocrmypdf failed"):
        recognise(content, "scan.pdf")


@pytest.mark.parametrize("media_type", [PDF, TIFF])
def test_a_source_without_ocr_says_how_to_have_it(tmp_path: Path, media_type: str) -> None:
    """No program is started that nobody asked for."""
    content = picture() if media_type == PDF else b"II*\x00"
    found = outcome(content, media_type, ocr=False)
    assert isinstance(found, Rejection)
    assert found.failed
    assert "no text layer" in found.reason
    assert "ocr = true" in found.reason
    assert "ocrmypdf" in found.reason


@pytest.mark.parametrize("media_type", [PDF, TIFF])
def test_where_the_programs_are_missing_the_reason_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, media_type: str
) -> None:
    """The rest of the source is read without them."""
    monkeypatch.setenv("PATH", str(tmp_path))
    content = picture() if media_type == PDF else b"II*\x00"
    with pytest.raises(Unreadable, match="no text layer; install Debian's packages ocrmypdf"):
        read(SourceDocument("scan", media_type, content, ocr=True))


def picture() -> bytes:
    """A page that is a grey picture and no more."""
    file = BytesIO()
    Image.new("L", (1654, 2339), 200).save(file, "PDF", resolution=200)
    return file.getvalue()
