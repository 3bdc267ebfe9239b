"""Plain paragraphs and tables to blocks: packed as a small document, through mammoth, as HTML."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from io import BytesIO

import mammoth
from lxml import etree

from indexer.domain.blocks import Blocks
from indexer.readers.markup import write
from indexer.readers.tree import soup
from indexer.readers.word.package import R, W
from indexer.readers.word.paragraph import MOST_LIST_LEVELS
from indexer.readers.word.tabbed import with_columns

_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
# What `Printed` writes, and no more: mammoth tries every line of this on every paragraph.
_STYLE_MAP = "\n".join(
    (
        *(f"p.Heading{level} => h{level}:fresh" for level in range(1, 7)),
        *(
            f"p:unordered-list({level}) => {'ul > li > ' * (level - 1)}ul > li:fresh"
            for level in range(1, MOST_LIST_LEVELS + 1)
        ),
    )
)


def blocks_from(elements: Sequence[etree._Element]) -> Blocks:
    """The blocks of paragraphs and tables as `Printed` writes them."""
    if not elements:
        return ()
    html = mammoth.convert_to_html(
        BytesIO(_packed(elements)),
        style_map=_STYLE_MAP,
        include_default_style_map=False,
        include_embedded_style_map=False,
    ).value
    written = write(soup(html))
    return tuple(weighed.block for weighed in written.blocks)


def _packed(elements: Sequence[etree._Element]) -> bytes:
    """A document of these elements and no more: mammoth reads no byte that we did not write."""
    root = etree.Element(f"{W}document", nsmap={"w": W[1:-1], "r": R[1:-1]})
    etree.SubElement(root, f"{W}body").extend(with_columns(elements))
    names: dict[str, str] = {}
    for link in root.iter(f"{W}hyperlink"):
        address = str(link.get(f"{R}id"))
        link.set(f"{R}id", names.setdefault(address, f"link{len(names)}"))
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{_CONTENT_TYPES}"/>')
        archive.writestr("_rels/.rels", _related({"word/document.xml": "main"}, "officeDocument"))
        archive.writestr("word/document.xml", etree.tostring(root, encoding="utf-8"))
        archive.writestr("word/_rels/document.xml.rels", _related(names, "hyperlink"))
        archive.writestr("word/numbering.xml", _BULLETS)
    return held.getvalue()


def _related(names: dict[str, str], kind: str) -> bytes:
    root = etree.Element(f"{{{_RELATIONSHIPS}}}Relationships", nsmap={None: _RELATIONSHIPS})
    for target, name in names.items():
        each = etree.SubElement(root, f"{{{_RELATIONSHIPS}}}Relationship")
        each.set("Id", name)
        each.set("Type", f"{R[1:-1]}/{kind}")
        each.set("Target", target)
    return bytes(etree.tostring(root, encoding="utf-8"))


def _bullets() -> bytes:
    """The only list of the small document: its items are bullets, their numbers are words."""
    root = etree.Element(f"{W}numbering", nsmap={"w": W[1:-1]})
    shape = etree.SubElement(root, f"{W}abstractNum", {f"{W}abstractNumId": "0"})
    for depth in range(MOST_LIST_LEVELS):
        level = etree.SubElement(shape, f"{W}lvl", {f"{W}ilvl": str(depth)})
        etree.SubElement(level, f"{W}numFmt", {f"{W}val": "bullet"})
    num = etree.SubElement(root, f"{W}num", {f"{W}numId": "1"})
    etree.SubElement(num, f"{W}abstractNumId", {f"{W}val": "0"})
    return bytes(etree.tostring(root, encoding="utf-8"))


_BULLETS = _bullets()
