"""Encrypted, empty, scanned, broken and hostile PDFs: read, or refused with a reason."""

from __future__ import annotations

import subprocess
import sys
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
)
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.domain.claims import ProblemKind
from indexer.domain.errors import Unreadable
from indexer.readers.pdf import opening
from tests.indexer.readers.pdf.drawing import changed, drawn, kinds, lines, read, texts

NOTE = drawn(lines("1. The ferry sails at noon.", "2. Its crew is three."))
SAID = ["The ferry sails at noon.", "Its crew is three."]


def encrypted(algorithm: str, user: str) -> bytes:
    return changed(NOTE, lambda writer: writer.encrypt(user, "owner", algorithm=algorithm))


def outcome(pdf: bytes) -> list[str] | str:
    """The texts of the blocks, or the reason why there are none."""
    try:
        return texts(read(pdf))
    except Unreadable as refusal:
        return refusal.reason


ALGORITHMS = ("RC4-40", "RC4-128", "AES-128", "AES-256")


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_an_empty_password_opens(algorithm: str) -> None:
    assert texts(read(encrypted(algorithm, ""))) == SAID


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_password_is_named(algorithm: str) -> None:
    with pytest.raises(Unreadable, match=r"encrypted, not read.*password.*save it without"):
        read(encrypted(algorithm, "sesame"))


def test_document_properties_are_no_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Microsoft Word - draft v3.docx")
        canvas.setAuthor("scanroom2")
        lines("1. The ferry sails at noon.")(canvas)

    document = read(drawn(draw))
    everything = " ".join((*texts(document), *document.titles, *document.set_aside))
    assert "draft" not in everything
    assert "scanroom2" not in everything


def scan(canvas: Canvas) -> None:
    file = BytesIO()
    Image.new("L", (60, 80), 200).save(file, "PNG")
    canvas.drawImage(ImageReader(BytesIO(file.getvalue())), 0, 0, 595, 842)


def test_pages_that_are_pictures_alone() -> None:
    with pytest.raises(Unreadable, match=r"no text layer.*ocr = true.*ocrmypdf"):
        read(drawn(scan, scan))


def test_some_pages_that_are_pictures_are_named() -> None:
    document = read(drawn(lines("1. The ferry sails at noon."), scan, scan))
    assert texts(document) == SAID[:1]
    assert kinds(document) == {ProblemKind.DAMAGED}
    assert "pages 2, 3" in document.problems[0].message


def test_letters_that_stand_for_nothing() -> None:
    """A font that does not say what its glyphs mean gives no words, and the problem says so."""

    def without_meaning(writer: PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():
            font.get_object()[NameObject("/Encoding")] = DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/Encoding"),
                    NameObject("/Differences"): ArrayObject(
                        [*map(_name_or_number, [97, *(f"/g{n}" for n in range(20))])]
                    ),
                }
            )

    document = read(changed(NOTE, without_meaning))
    assert not any("ferry" in text or "g5" in text for text in texts(document))
    assert ProblemKind.DAMAGED in kinds(document)


def _name_or_number(value: object) -> object:
    return NumberObject(value) if isinstance(value, int) else NameObject(str(value))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda pdf: pdf[: len(pdf) // 2],
        lambda pdf: pdf[:30],
        lambda pdf: b"%PDF-1.7\n" + b"\x00" * 500,
        lambda pdf: pdf.replace(b"/Root", b"/Boot"),
        lambda pdf: pdf.replace(b"/Pages", b"/Pagez"),
        lambda pdf: pdf.replace(b"/Kids", b"/Kidz"),
        lambda pdf: b"no PDF at all",
        lambda pdf: b"",
    ],
)
def test_what_is_broken_is_refused_or_read(spoil: Callable[[bytes], bytes]) -> None:
    """A person is told what is wrong with the file; nothing else is raised."""
    found = outcome(spoil(NOTE))
    assert found == SAID or "another copy" in found or "no text layer" in found


def test_a_wrong_table_of_contents_is_mended() -> None:
    assert texts(read(NOTE.replace(b"startxref\n", b"startxref\n9"))) == SAID


def test_a_ring_of_pages_ends() -> None:
    def ring(writer: PdfWriter) -> None:
        pages = writer._root_object["/Pages"]
        pages["/Kids"].append(writer._root_object.raw_get("/Pages"))

    found = outcome(changed(NOTE, ring))
    assert found == SAID or "another copy" in found


def test_a_ring_of_drawings_ends() -> None:
    def ring(writer: PdfWriter) -> None:
        form = DecodedStreamObject()
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
            }
        )
        form.set_data(b"/Again Do /Again Do")
        reference = writer._add_object(form)
        objects = DictionaryObject({NameObject("/Again"): reference})
        form[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): objects})
        page = writer.pages[0]
        page["/Resources"][NameObject("/XObject")] = objects
        content = page.get_contents()
        assert content is not None
        content.set_data(content.get_data() + b"\n/Again Do")
        page.replace_contents(content)

    found = outcome(changed(NOTE, ring))
    assert found == SAID or "more than" in found


def test_a_stream_that_swells_is_refused() -> None:
    """A few kilobytes that unfold to far more than a page needs."""
    bomb = zlib.compress(b"0 0 m\n" * (opening.MOST_BYTES_OF_A_STREAM // 5), 9)

    def swell(writer: PdfWriter) -> None:
        stream = DecodedStreamObject()
        stream.set_data(b"")
        reference = writer._add_object(stream.flate_encode())
        reference.get_object()._data = bomb
        writer.pages[0][NameObject("/Contents")] = reference

    with pytest.raises(Unreadable, match="draws more than this program reads"):
        read(changed(NOTE, swell))


def test_nothing_is_said_on_the_console(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    """pypdf's warnings about damage are not for the person who runs the program."""
    read(NOTE.replace(b"startxref\n", b"startxref\n9"))
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


def test_more_pages_than_anyone_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first pages are read, and the rest named as lost."""
    monkeypatch.setattr(opening, "MOST_PAGES", 2)
    document = read(drawn(*(lines(f"{n}. The ferry sails at noon.") for n in range(1, 5))))
    assert [block.number for block in document.blocks] == ["1", "2"]
    assert "pages 3, 4 could not be read" in document.problems[0].message


def test_the_pages_of_a_pdf_can_be_had_without_its_encryption() -> None:
    plain = opening.unlocked(encrypted("AES-256", ""), "note.pdf")
    assert not PdfReader(BytesIO(plain)).is_encrypted


def test_without_the_package_for_aes_the_remedy_is_named(tmp_path: Path) -> None:
    """In a program of its own that cannot import it; RC4 needs no package."""
    (tmp_path / "aes.pdf").write_bytes(encrypted("AES-256", ""))
    (tmp_path / "rc4.pdf").write_bytes(encrypted("RC4-128", ""))
    program = (
        "import sys, pathlib\n"
        "sys.modules['cryptography'] = None\n"
        "from indexer.domain.errors import Unreadable\n"
        "from indexer.domain.source import SourceDocument\n"
        "from indexer.readers.pdf import read_pdf\n"
        "for name in ('rc4.pdf', 'aes.pdf'):\n"
        "    content = pathlib.Path(sys.argv[1], name).read_bytes()\n"
        "    try:\n"
        "        print(len(read_pdf(SourceDocument(name, 'application/pdf', content)).blocks))\n"
        "    except Unreadable as refusal:\n"
        "        print(refusal.reason)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    read_blocks, refusal = done.stdout.splitlines()
    assert read_blocks == "2"
    assert refusal.startswith("encrypted, not read: the package cryptography is missing")
