"""What OpenDocument hides by other ways than hidden words, which LibreOffice would show."""

from __future__ import annotations

import shutil
import zipfile
from io import BytesIO

import pytest

from indexer.domain.blocks import text_of
from indexer.domain.errors import Unreadable
from indexer.readers.word.opendocument import with_hidden_words
from indexer.readers.word.package import MOST_BYTES
from tests.indexer.readers.word.documents import document_of

ODT = "application/vnd.oasis.opendocument.text"
SECRET = "the costs are confidential"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_CONTENT = (
    f'<office:document-content xmlns:office="{_NAMES}:office:1.0" xmlns:text="{_NAMES}:text:1.0"'
    ' office:version="1.2"><office:body><office:text><text:p>Seen.</text:p>{}'
    "<text:p>Also seen.</text:p></office:text></office:body></office:document-content>"
)
_MANIFEST = (
    f'<m:manifest xmlns:m="{_NAMES}:manifest:1.0"><m:file-entry m:full-path="/" '
    f'm:media-type="{ODT}"/><m:file-entry m:full-path="content.xml" m:media-type="text/xml"/>'
    "</m:manifest>"
)
_PARAGRAPH = f"<text:p>It says <text:span>{SECRET}</text:span>.{{}}</text:p>"


def _section(look: str) -> str:
    return f"<text:section {look}>{_PARAGRAPH.format('')}</text:section>"


HIDDEN = {
    "section": _section('text:display="none"'),
    "named section": _section('text:name="Costs" text:display="none"'),
    "section on a condition": _section('text:display="condition" text:is-hidden="true"'),
    "paragraph": _PARAGRAPH.format('<text:hidden-paragraph text:is-hidden="true"/>'),
    "field": f'<text:p><text:hidden-text text:string-value="{SECRET}" text:is-hidden="true"/>'
    "</text:p>",
}
SHOWN = {
    "section": _section('text:name="Costs"'),
    "section on a condition": _section('text:display="condition" text:is-hidden="false"'),
    "paragraph": _PARAGRAPH.format('<text:hidden-paragraph text:is-hidden="false"/>'),
}


def _odt(content: bytes) -> bytes:
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("mimetype", ODT)
        made.writestr("META-INF/manifest.xml", _MANIFEST)
        made.writestr("content.xml", content)
    return held.getvalue()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("way", HIDDEN)
def test_what_is_hidden_in_other_ways_is_left_out_and_named(way: str) -> None:
    document = document_of(_odt(_CONTENT.format(HIDDEN[way]).encode()), ODT)
    assert text_of(document.blocks) == "Seen.\nAlso seen."
    assert any(SECRET in line for line in document.unseen)
    (problem,) = document.problems
    assert "is hidden (paragraph 2 from the top)" in problem.message


@pytest.mark.parametrize("way", SHOWN)
def test_what_is_shown_stays(way: str) -> None:
    """The part with the text is the same to the byte."""
    content = _CONTENT.format(SHOWN[way]).encode()
    with zipfile.ZipFile(BytesIO(with_hidden_words(_odt(content), "note.odt"))) as made:
        assert made.read("content.xml") == content
        assert made.namelist()[0] == "mimetype"


@pytest.mark.parametrize("content", [b"no zip", _odt(b"<broken"), _odt(b"")[:-30]])
def test_what_cannot_be_opened_stays_as_it_is(content: bytes) -> None:
    assert with_hidden_words(content, "note.odt") is content


def test_a_part_that_swells_is_refused() -> None:
    with pytest.raises(Unreadable, match="swells to more than 64 MB"):
        with_hidden_words(_odt(bytes(MOST_BYTES + 1)), "note.odt")
