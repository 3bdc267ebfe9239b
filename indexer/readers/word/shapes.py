"""Drawings in a Word document: their text boxes, and the words of their pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from indexer.readers.word.look import PAPER
from indexer.readers.word.package import W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_HIDDEN = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_COLOUR = re.compile(r"#([0-9A-Fa-f]{6})")


@dataclass(frozen=True, slots=True)
class Box:
    """A text box: the element whose paragraphs it prints, and the colour it prints them on."""

    content: etree._Element
    ground: str | None = PAPER
    is_hidden: bool = False


def chosen(alternatives: etree._Element) -> etree._Element:
    """The one of several alternative forms of the same content that is read: the newest."""
    for name in ("Choice", "Fallback"):
        found = alternatives.find(_MC + name)
        if found is not None and len(found):
            return found
    return etree.Element(f"{_MC}Fallback")


def boxes_in(drawing: etree._Element, box: Box | None = None) -> Iterator[Box]:
    """The text boxes of a drawing in their order, each once."""
    if drawing.tag == f"{_MC}AlternateContent":
        drawing = chosen(drawing)
    here = _seen(drawing, box or Box(drawing, None if _has_picture(drawing) else PAPER))
    for child in drawing.iterchildren(tag=etree.Element):
        if child.tag == f"{W}txbxContent":
            yield Box(child, here.ground, here.is_hidden)
        else:
            yield from boxes_in(child, here)


def _has_picture(drawing: etree._Element) -> bool:
    """Whether a drawing holds a picture, which may be behind its words."""
    return any(
        etree.QName(each).localname in ("pic", "imagedata") for each in drawing.iter(etree.Element)
    )


def texts_of_pictures(drawing: etree._Element) -> Iterator[str]:
    """The words that pictures and shapes carry: descriptions, and letters drawn as a shape."""
    for element in drawing.iter(tag=etree.Element):
        name = etree.QName(element).localname
        if name == "docPr":
            yield str(element.get("descr", ""))
        elif name == "textpath":
            yield str(element.get("string", ""))


def is_filled_by_theme(style: etree._Element | None) -> bool:
    """Whether the style of a shape has the theme fill it."""
    reference = None if style is None else style.find(f"{_A}fillRef")
    return reference is not None and reference.get("idx") != "0"


def _seen(element: etree._Element, outer: Box) -> Box:
    """What a shape, or an element in it, says of how its text is seen."""
    ground, is_hidden = outer.ground, outer.is_hidden
    for child in element.iterchildren(tag=etree.Element):
        name = etree.QName(child).localname
        if name == "docPr" and child.get("hidden") in ("1", "true"):
            is_hidden = True
        elif name == "spPr":
            ground = _fill(child, ground)
        elif name == "style" and is_filled_by_theme(child):
            # The theme fills the shape, unless the shape does so itself.
            ground = None if ground == outer.ground else ground
    if element.tag.startswith(_VML):
        is_hidden |= bool(_HIDDEN.search(str(element.get("style", ""))))
        colour = str(element.get("fillcolor") or "white")
        found = _COLOUR.match(colour)
        ground = found[1].upper() if found else ground if colour.startswith("white") else None
    return Box(element, ground, is_hidden)


def _fill(shape: etree._Element, otherwise: str | None) -> str | None:
    """The colour that fills a shape: `otherwise` where nothing does, None where it is not known."""
    solid = shape.find(f"{_A}solidFill")
    if solid is None:
        is_filled = any(shape.find(_A + kind) is not None for kind in ("gradFill", "blipFill"))
        return None if is_filled else otherwise
    colour = solid.find(f"{_A}srgbClr")
    return None if colour is None else str(colour.get("val", PAPER)).upper()
