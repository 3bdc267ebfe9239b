"""Word documents for tests: python-docx's, with elements of their own put in."""

from __future__ import annotations

import re
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from lxml import etree

from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers import read

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SCHEMAS = "http://schemas.openxmlformats.org"
_MICROSOFT = "http://schemas.microsoft.com/office/word/2010"
_NAMESPACES = {
    "w": f"{_SCHEMAS}/wordprocessingml/2006/main",
    "r": f"{_SCHEMAS}/officeDocument/2006/relationships",
    "mc": f"{_SCHEMAS}/markup-compatibility/2006",
    "wp": f"{_SCHEMAS}/drawingml/2006/wordprocessingDrawing",
    "a": f"{_SCHEMAS}/drawingml/2006/main",
    "wps": f"{_MICROSOFT}/wordprocessingShape",
    "w14": f"{_MICROSOFT}/wordml",
    "v": "urn:schemas-microsoft-com:vml",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())


def element(xml: str) -> etree._Element:
    """The element that `xml` writes, its prefixes those that Word uses."""
    return etree.fromstring(re.sub(r"^<([\w:]+)", rf"<\1 {_DECLARED}", xml))


def run(text: str, look: str = "") -> str:
    """A run of words with the properties `look`."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(*runs: str, look: str = "") -> str:
    """A paragraph of `runs`, plain words among them, with the properties `look`."""
    inner = "".join(each if each.startswith("<") else run(each) for each in runs)
    return f"<w:p><w:pPr>{look}</w:pPr>{inner}</w:p>"


def numbered(text: str, level: int = 0, list_id: int = 90) -> str:
    """A paragraph of a list, as `with_list` makes one."""
    look = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    return para(text, look=look)


def with_list(
    document: WordDocument, *levels: str, list_id: int = 90, override: str = "", shape: int = 90
) -> None:
    """Give `document` a list: a level is its format, its text and further properties.

    `lowerLetter %2) <w:isLgl/>`. A list with no levels counts on in an earlier list's `shape`.
    """
    numbering = document.part.numbering_part.element
    if levels:
        made = [_level(depth, *level.split(" ", 2)) for depth, level in enumerate(levels)]
        first_list = numbering.find(numbering.nsmap["w"].join("{}") + "num")
        inner = "".join(made)
        first_list.addprevious(
            element(f'<w:abstractNum w:abstractNumId="{shape}">{inner}</w:abstractNum>')
        )
    numbering.append(
        element(f'<w:num w:numId="{list_id}"><w:abstractNumId w:val="{shape}"/>{override}</w:num>')
    )


def _level(depth: int, style: str, text: str = "", more: str = "") -> str:
    start = "" if "w:start " in more else '<w:start w:val="1"/>'
    return (
        f'<w:lvl w:ilvl="{depth}">{start}<w:numFmt w:val="{style}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def saved(document: WordDocument, *elements: str) -> bytes:
    """The bytes of `document` with `elements` added to its text."""
    body = document.element.body
    for xml in elements:
        body.insert(len(body) - 1, element(xml))  # the page's own properties come last
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def document_of(content: bytes, media_type: str = DOCX) -> ReadDocument:
    """What the reader makes of the bytes of a document."""
    return read(SourceDocument("note.docx", media_type, content))


def read_back(*elements: str, document: WordDocument | None = None) -> ReadDocument:
    """What the reader makes of a document of `elements`."""
    return document_of(saved(document or Document(), *elements))


def read_at(content: bytes) -> ReadDocument:
    """What the reader makes of `content`, whatever it is, as a .docx inside a zip."""
    return read(SourceDocument("old.zip", DOCX, content, entry="notes/note.docx"))
