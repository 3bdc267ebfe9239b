"""What an OpenDocument text hides by sections, paragraphs and fields, set as hidden words.

LibreOffice keeps hidden words hidden in what it converts, but shows, or drops without a trace, what
is hidden in these other ways.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from indexer.domain.errors import Unreadable
from indexer.readers.word.package import MOST_BYTES

_PARTS = ("content.xml", "styles.xml")
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NAME = "technotes-hidden"
# What zipfile and lxml make of a package that is cut, altered, encrypted or packed in ways unknown.
_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError),
    *(EOFError, OSError, RuntimeError, ValueError),
)


def with_hidden_words(content: bytes, place: str) -> bytes:
    """The .odt `content`, what it hides in other ways set as hidden words.

    What cannot be opened stays as it is, for LibreOffice to judge. Raises Unreadable, naming
    `place`, where it swells to more than any document has.
    """
    held = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(content)) as given, zipfile.ZipFile(held, "w") as made:
            left = MOST_BYTES
            for each in given.infolist():
                with given.open(each) as opened:
                    part = opened.read(left + 1)
                left -= len(part)
                if left < 0:
                    raise Unreadable(place, f"it swells to more than {MOST_BYTES >> 20} MB")
                made.writestr(each, _set_as_hidden(part) if each.filename in _PARTS else part)
    except _BROKEN:
        return content
    return held.getvalue()


def _set_as_hidden(part: bytes) -> bytes:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    root = etree.fromstring(part, parser)
    hidden = list(_hidden(root))
    if not hidden:
        return part
    for element in hidden:
        _hide(element)
    styles = root.find(f"{_OFFICE}automatic-styles")
    if styles is None:
        styles = etree.Element(f"{_OFFICE}automatic-styles")
        root.insert(0, styles)
    style = etree.SubElement(styles, f"{_STYLE}style")
    style.set(f"{_STYLE}name", _NAME)
    style.set(f"{_STYLE}family", "text")
    etree.SubElement(style, f"{_STYLE}text-properties").set(f"{_TEXT}display", "none")
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _hidden(root: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs that are hidden, by themselves or by their section, and the hidden fields."""
    paragraphs = (f"{_TEXT}p", f"{_TEXT}h")
    for section in list(root.iter(f"{_TEXT}section")):
        display = section.get(f"{_TEXT}display", "true")
        if display == "none" or (display == "condition" and _is_hidden(section)):
            yield from section.iter(*paragraphs)
            _unwrap(section)
    for mark in root.iter(f"{_TEXT}hidden-paragraph"):
        if _is_hidden(mark):
            yield next(mark.iterancestors(*paragraphs), mark)
    yield from filter(_is_hidden, root.iter(f"{_TEXT}hidden-text"))


def _unwrap(section: etree._Element) -> None:
    """Leave of a section what it holds."""
    for child in list(section):
        section.addprevious(child)
    parent = section.getparent()
    if parent is not None:
        parent.remove(section)


def _is_hidden(element: etree._Element) -> bool:
    return bool(element.get(f"{_TEXT}is-hidden", "true") == "true")


def _hide(element: etree._Element) -> None:
    """Set the words of a paragraph, or those that a field would print, as hidden."""
    if element.tag == f"{_TEXT}hidden-text":
        words = element.get(f"{_TEXT}string-value", "")
        element.clear(keep_tail=True)
        element.tag, element.text = f"{_TEXT}span", words
        element.set(f"{_TEXT}style-name", _NAME)
        return
    for mark in list(element.iter(f"{_TEXT}hidden-paragraph")):
        mark.tag = f"{_TEXT}span"
        mark.attrib.clear()
    span = etree.Element(f"{_TEXT}span", {f"{_TEXT}style-name": _NAME})
    span.text, element.text = element.text, None
    span.extend(element)
    element.append(span)
