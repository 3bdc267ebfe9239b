"""Filled shapes that lie over the text: which paragraphs are under them, as near as can be told.

Where a line stands on paper is known only once it is set, which Word does and we do not. So the
heights of paragraphs are estimated, and a paragraph that is partly covered counts as covered.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from lxml import etree

from indexer.readers.word.package import W
from indexer.readers.word.shapes import is_filled_by_theme

# In points, of a page in the usual 11 points.
_LINE, _GAP, _PAGE = 15.0, 6.0, 690.0
_LETTERS_IN_A_LINE = 90
_LEAST_HEIGHT = 6.0  # less is a ruled line
_LEAST_OVERLAP = 4.0
_TOP_MARGIN = 72.0
_EMU_IN_A_POINT = 12_700
_OPAQUE = 60_000  # of 100,000; a paler fill lets words through

_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_VML_SHAPES = tuple(_VML + name for name in ("rect", "shape", "roundrect", "oval"))
_MEASURE = re.compile(r"(-?[\d.]{1,12})\s*(pt|in|mm|cm|px)?$")
_POINTS = {"pt": 1.0, "in": 72.0, "mm": 2.835, "cm": 28.35, "px": 0.75, None: 0.75}


@dataclass(frozen=True, slots=True)
class Cover:
    """A filled shape in front of the text, in points.

    `top` is measured from the top of the paragraph that it hangs on, or from that of the page's
    text where it `is_of_page`.
    """

    top: float
    height: float
    is_of_page: bool = False


def covers_in(drawing: etree._Element) -> Iterator[Cover]:
    """The filled shapes of a drawing that lie in front of the text and have no words."""
    if (
        next(drawing.iter(f"{W}txbxContent", f"{_VML}textpath", f"{_VML}imagedata"), None)
        is not None
    ):
        return
    for anchor in drawing.iter(f"{_WP}anchor"):
        is_in_front = anchor.get("behindDoc", "0") in ("0", "false")
        if is_in_front and anchor.find(f"{_WP}wrapNone") is not None and _is_filled(anchor):
            yield from _placed(anchor)
    for shape in drawing.iter(*_VML_SHAPES):
        yield from _placed_by_style(shape)


class Flow:
    """Where each paragraph and table of a story stands, as near as can be told."""

    def __init__(self, story: Sequence[etree._Element]) -> None:
        self._ends = list(accumulate(map(_height, story)))

    def under(self, at: int, cover: Cover) -> Iterator[int]:
        """The places in the story of what lies under a shape that hangs on the one at `at`."""
        begun = self._ends[at - 1] if at else 0.0
        top = begun - begun % _PAGE + cover.top if cover.is_of_page else begun + cover.top
        for place in range(bisect_right(self._ends, top), len(self._ends)):
            above = self._ends[place - 1] if place else 0.0
            if above > top + cover.height:
                return
            overlap = min(self._ends[place] - _GAP, top + cover.height) - max(above, top)
            if overlap >= _LEAST_OVERLAP:
                yield place


def _height(element: etree._Element) -> float:
    """About how many points a paragraph or table takes on the page."""
    if element.tag == f"{W}tbl":
        return sum(1 for _ in element.iter(f"{W}tr")) * (_LINE + _GAP)
    letters = sum(len(text.text or "") for text in element.iter(f"{W}t"))
    breaks = sum(1 for _ in element.iter(f"{W}br"))
    return (letters // _LETTERS_IN_A_LINE + breaks + 1) * _LINE + _GAP


def _is_filled(anchor: etree._Element) -> bool:
    """Whether a shape of the drawing is filled with a colour that nothing shows through."""
    for shape in anchor.iter(f"{_WPS}wsp"):
        look = shape.find(f"{_WPS}spPr")
        if look is not None and look.find(f"{_A}noFill") is not None:
            continue
        fill = None if look is None else look.find(f"{_A}solidFill")
        if fill is not None:
            alpha = next(fill.iter(f"{_A}alpha"), None)
            if alpha is None or _number(alpha.get("val"), _OPAQUE) >= _OPAQUE:
                return True
        elif is_filled_by_theme(shape.find(f"{_WPS}style")):
            return True
    return False


def _placed(anchor: etree._Element) -> Iterator[Cover]:
    extent, position = anchor.find(f"{_WP}extent"), anchor.find(f"{_WP}positionV")
    height = 0.0 if extent is None else _number(extent.get("cy"), 0) / _EMU_IN_A_POINT
    height = min(height, _PAGE)
    if height < _LEAST_HEIGHT:
        return
    offset = None if position is None else position.findtext(f"{_WP}posOffset")
    top = _number(offset, 0) / _EMU_IN_A_POINT
    origin = "paragraph" if position is None else position.get("relativeFrom")
    if origin in ("paragraph", "line"):
        yield Cover(top, height)
    else:
        yield Cover(top - (_TOP_MARGIN if origin == "page" else 0), height, is_of_page=True)


def _placed_by_style(shape: etree._Element) -> Iterator[Cover]:
    """A shape of the older kind of drawing, placed by a style as in a web page."""
    if shape.get("filled") in ("f", "false"):
        return
    pairs = (each.partition(":") for each in str(shape.get("style", "")).split(";"))
    style = {name.strip().lower(): value.strip() for name, _, value in pairs}
    is_behind = style.get("z-index", "1").startswith("-")
    height = min(_points(style.get("height", "")), _PAGE)
    if style.get("position") != "absolute" or is_behind or height < _LEAST_HEIGHT:
        return
    top = _points(style.get("margin-top", ""))
    origin = style.get("mso-position-vertical-relative", "text")
    if origin in ("text", "line", "paragraph"):
        yield Cover(top, height)
    else:
        yield Cover(top - (_TOP_MARGIN if origin == "page" else 0), height, is_of_page=True)


def _points(measure: str) -> float:
    found = _MEASURE.match(measure)
    try:
        return float(found[1]) * _POINTS[found[2]] if found else 0.0
    except ValueError:
        return 0.0


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,10}", text) else otherwise
