"""Whether the words of a run can be seen on paper, by their colour, size and marks."""

from __future__ import annotations

import re

from lxml import etree

from indexer.readers.word.styles import Styles, shade

_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_LEAST_HALF_POINTS = 3  # a point and less is a speck
_LARGE_HALF_POINTS = 28
_CLOSE = 24  # of 255, for each of red, green and blue: a difference that no eye sees
PAPER = "FFFFFF"
_HIGHLIGHTS = {"black": "000000", "white": PAPER}

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"

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
    size = styles.attribute("sz", "val", run, paragraph)
    if size is not None and size.isdecimal() and int(size) < _LEAST_HALF_POINTS:
        return HIDDEN
    if run is not None and run.find(f"{W14}textFill/{W14}noFill") is not None:
        return HIDDEN
    return COVERED if _is_lost(styles, run, paragraph, ground) else None


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
    colour = styles.attribute("color", "val", run, paragraph) or "auto"
    if colour == "auto":
        # Word turns such words white on a dark ground, but not under a marker pen.
        return highlight == "black"
    if behind is None or not _HEX.fullmatch(colour):
        return False
    return all(
        abs(int(colour[at : at + 2], 16) - int(behind[at : at + 2], 16)) < _CLOSE
        for at in (0, 2, 4)
    )
