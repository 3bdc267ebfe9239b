"""Elements of a Word document that only wrap others, and the words in them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from indexer.readers.word.package import W
from indexer.readers.word.shapes import chosen
from indexer.readers.word.styles import is_switched

LOST_CHANGES = ("del", "moveFrom")
KEPT_CHANGES = ("ins", "moveTo")
# They say how others look, and hold no words of their own. `rt` is how a word is pronounced.
PROPERTIES = ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "tblPr", "rt")
_AROUND_ROWS = ("sdt", "sdtContent", "customXml", "ins", "moveTo")


def children(parent: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """The elements directly in `parent`, each with its name without its namespace."""
    for child in parent.iterchildren(tag=etree.Element):
        yield str(etree.QName(child).localname), child


def inside(name: str, element: etree._Element) -> etree._Element:
    """The element whose children are printed for the wrapper `element`: nothing of a prompt."""
    if name == "AlternateContent":
        return chosen(element)
    if name != "sdt":
        return element
    content, properties = element.find(f"{W}sdtContent"), element.find(f"{W}sdtPr")
    if content is None or has(properties, "showingPlcHdr"):
        return etree.Element(f"{W}sdtContent")
    return content


def rows_of(parent: etree._Element, kind: str) -> Iterator[etree._Element]:
    """The rows (`tr`) of a table, or the cells (`tc`) of a row, whatever they are wrapped in."""
    for name, child in children(parent):
        if name == kind:
            yield child
        elif name in _AROUND_ROWS:
            yield from rows_of(inside(name, child), kind)


def has(properties: etree._Element | None, *names: str) -> bool:
    """Whether one of the properties `names` is there and on."""
    return properties is not None and any(is_switched(properties.find(W + name)) for name in names)


def all_words(element: etree._Element) -> str:
    """All the words in an element, whether they are printed or not, on one line."""
    pieces = element.iter(f"{W}t", f"{W}delText", f"{W}p", f"{W}tab", f"{W}br")
    return "".join(piece.text if piece.text and piece.text.strip() else " " for piece in pieces)
