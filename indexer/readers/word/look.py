"""Whether the words of a run can be seen on paper, by their colour, size and marks."""

from __future__ import annotations

import re

from lxml import etree

from indexer.readers.word.package import W
from indexer.readers.word.styles import Styles, shade

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_LEAST_HALF_POINTS = 3  # a point and less is a speck
_LARGE_HALF_POINTS = 28
_LEAST_LINE = 40  # twentieths of a point: what stands in less is cut off
_LEAST_WIDTH = 10  # hundredths of the usual width of letters
_CLOSE = 24  # of 255, for each of red, green and blue: a difference that no eye sees
PAPER = "FFFFFF"
_HIGHLIGHTS = {"black": "000000", "white": PAPER}
# What Word calls the paper's colour in its themes.
_PAPER_IN_THEMES = ("background1", "light1")

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

# Which attribute says that a height is exact.
_RULES = {"line": "lineRule", "val": "hRule"}

HIDDEN, STRUCK_OUT = "hidden", "struck out"
COVERED = "covered, or as pale as the paper"


def unseen_as(
    styles: Styles,
    run: etree._Element | None,
    paragraph: etree._Element | None,
    ground: str | None,
) -> str | None:
    """What keeps the words of a run from being read on paper, None where they can be.

    `run` and `paragraph` are their properties. `ground` is the colour behind the paragraph in six
    hexadecimal digits, None where it is not known.
    """
    if styles.is_on("vanish", run, paragraph):
        return HIDDEN
    if styles.is_on("strike", run, paragraph) or styles.is_on("dstrike", run, paragraph):
        return STRUCK_OUT
    if _is_below(styles.attribute("sz", "val", run, paragraph), _LEAST_HALF_POINTS):
        return HIDDEN
    if _is_below(styles.attribute("w", "val", run, paragraph), _LEAST_WIDTH):
        return HIDDEN
    if is_cut_off(None if paragraph is None else paragraph.find(f"{W}spacing"), "line"):
        return HIDDEN
    if run is not None and run.find(f"{W14}textFill/{W14}noFill") is not None:
        return HIDDEN
    return COVERED if _is_lost(styles, run, paragraph, ground) else None


def is_cut_off(room: etree._Element | None, height: str) -> bool:
    """Whether `room`, a row's or that of a paragraph's lines, is exactly of next to no `height`."""
    if room is None or room.get(f"{W}{_RULES[height]}") != "exact":
        return False
    return _is_below(room.get(f"{W}{height}"), _LEAST_LINE)


def _is_below(value: str | None, least: int) -> bool:
    return value is not None and value.isdecimal() and len(value) < 6 and int(value) < least


def is_display(
    styles: Styles, run: etree._Element | None, paragraph: etree._Element | None
) -> bool:
    """Whether the words of a run are bold or large, as those of a title are."""
    size = styles.attribute("sz", "val", run, paragraph) or ""
    is_large = size.isdecimal() and int(size) >= _LARGE_HALF_POINTS
    return is_large or styles.is_on("b", run, paragraph)


def _is_lost(
    styles: Styles,
    run: etree._Element | None,
    paragraph: etree._Element | None,
    ground: str | None,
) -> bool:
    """Whether the words have the colour of what is behind them."""
    highlight = styles.attribute("highlight", "val", run, paragraph) or "none"
    behind = shade(styles.nearest("shd", run, paragraph), ground)
    if highlight != "none":
        behind = _HIGHLIGHTS.get(highlight)
    colour = _colour(styles.nearest("color", run, paragraph))
    if colour == "auto":
        # Word turns such words white on a dark ground, but not under a marker pen.
        return highlight == "black"
    if behind is None or not _HEX.fullmatch(colour):
        return False
    return all(
        abs(int(colour[at : at + 2], 16) - int(behind[at : at + 2], 16)) < _CLOSE
        for at in (0, 2, 4)
    )


def _colour(colour: etree._Element | None) -> str:
    """A colour in hexadecimal, or `auto`; that of a theme counts where it is the paper's own."""
    if colour is None:
        return "auto"
    is_mixed = colour.get(f"{W}themeShade") or colour.get(f"{W}themeTint")
    if colour.get(f"{W}themeColor") in _PAPER_IN_THEMES and not is_mixed:
        return PAPER
    return str(colour.get(f"{W}val", "auto"))
