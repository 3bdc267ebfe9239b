"""Old Word files, RTF and OpenDocument text, as LibreOffice itself writes them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from docx import Document

from indexer.domain.claims import ProblemKind
from indexer.domain.errors import Unreadable
from indexer.readers.programs import run_program
from tests.indexer.readers.blocks import short
from tests.indexer.readers.word.documents import document_of, para, run, saved

MEDIA_TYPES = {
    "doc": "application/msword",
    "rtf": "application/rtf",
    "odt": "application/vnd.oasis.opendocument.text",
}

needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed"
)


def _as(extension: str, content: bytes, folder: Path) -> bytes:
    """The document of `content` as LibreOffice writes it in another format."""
    (folder / "note.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run_program(
        ["soffice", profile, "--headless", "--convert-to", extension, "note.docx"],
        seconds=60,
        folder=folder,
    )
    return (folder / f"note.{extension}").read_bytes()


@needs_office
@pytest.mark.parametrize("extension", MEDIA_TYPES)
def test_what_libreoffice_wrote_is_read_as_its_docx_is(extension: str, tmp_path: Path) -> None:
    """Numbers, header table and page header survive, and what is struck out or hidden is named."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "For members only"
    document.add_heading("Technical Note 2024, Issue 9 - Salt", level=1)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "TN Number:", "009-24"
    for text in ("Salt is short.", "Grit is not."):
        document.add_paragraph(text, style="List Number")
    content = saved(
        document,
        para("Between, ", run("once agreed", "<w:strike/>"), run("costs", "<w:vanish/>"), "as is."),
        para("Then more.", look='<w:pStyle w:val="ListNumber"/>'),
        para("Deleted: ", f'<w:del w:id="1" w:author="A">{_DELETED}</w:del>', "nothing."),
    )
    result = document_of(_as(extension, content, tmp_path), MEDIA_TYPES[extension])
    assert short(result) == [
        ("heading", 1, "Technical Note 2024, Issue 9 - Salt"),
        ("table", (("TN Number:", "009-24"),)),
        ("paragraph", "1", "Salt is short."),
        ("paragraph", "2", "Grit is not."),
        ("paragraph", "Between, as is."),
        ("paragraph", "3", "Then more."),
        ("paragraph", "Deleted: nothing."),
    ]
    assert set(result.unseen) == {"once agreed", "costs", "gone"}
    assert "For members only" in result.set_aside
    hidden = [each.message for each in result.problems if each.kind is ProblemKind.HIDDEN]
    assert [message.partition(" (")[0] for message in hidden] == [
        "Some text is struck out",
        "Some text is hidden",
        "Some text is deleted, but still there as a tracked change",
    ]


_DELETED = "<w:r><w:delText>gone</w:delText></w:r>"


@needs_office
def test_what_libreoffice_cannot_read_is_named() -> None:
    with pytest.raises(Unreadable, match="LibreOffice could not read it"):
        document_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000), MEDIA_TYPES["doc"])


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Unreadable, match=r"needs LibreOffice: .* libreoffice-writer-nogui, or"):
        document_of(b"{\\rtf1 Words}", MEDIA_TYPES["rtf"])
