"""How a page keeps text from being seen, or strikes it out: by tag, attribute, style or class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, TypeAlias

HIDDEN, STRUCK_OUT = "hidden", "struck out"
STRUCK_OUT_TAGS = frozenset(("del", "s", "strike"))
# Marks, in the markup that blocks are written from, what a page does not show, and how.
UNSEEN = "data-unseen"

Element: TypeAlias = Any  # lxml ships no types
_CONTROLS = frozenset("button h2 h3 h4 h5 h6".split())
_OWN_LOOK = ("class", "style", "color", "size")
_PALEST = r"2(?:4\d|5[0-5])"
_WHITE = rf"(?:#fff|#(?:f[0-9a-f]){{3}}|white|rgb\({_PALEST},{_PALEST},{_PALEST}\))"
_END = r"(?:!important)?(?:;|$)"
_NOT_SHOWN = re.compile(r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse))")
_NO_ROOM = re.compile(rf"(?:^|;)(?:max-)?(?:height|width):0(?:\.0*)?(?:[a-z%]+)?{_END}")
_CUT_OFF = re.compile(r"(?:^|;)overflow(?:-[xy])?:(?:hidden|clip)")
# A point and less is a speck.
_NO_SIZE = re.compile(
    rf"(?:^|;)font-size:(?:0(?:\.0*)?(?:[a-z%]+)?|(?:0?\.\d+|1(?:\.0*)?)p[xt]){_END}"
)
# Further than any hanging indent reaches.
_NOT_ON_PAGE = re.compile(
    rf"(?:^|;)(?:opacity:(?:0|0?\.0+|0\.|0%){_END}"
    r"|(?:left|right|top|bottom|margin-left|text-indent):-(?:\d{4,}|[5-9]\d\d))"
)
# What moves or fades is brought onto the page by a script.
_MOVES = re.compile(r"(?:^|;)(?:transform|transition|animation)")
_WHITE_TEXT = re.compile(rf"(?:^|;)color:(?:{_WHITE}|transparent){_END}")
_COLOURED = re.compile(rf"(?:^|;)background(?:-color|-image)?:(?!{_WHITE}{_END})")
_BLACK = r"(?:#000(?:000)?|black|rgb\(0,0,0\))"
_BLACK_TEXT = re.compile(rf"(?:^|;)color:(?:{_BLACK}|windowtext|inherit){_END}")
_ON_BLACK = re.compile(rf"(?:^|;)background(?:-color)?:{_BLACK}{_END}")
_COLOUR = re.compile(r"(?:^|;)color:")
_LINE_THROUGH = re.compile(r"(?:^|;)text-decoration(?:-line)?:[^;]*line-through")
# Rules for some media only, which may be print.
_MEDIA = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.[\w-]+")
_CLASS_OF_TAG = re.compile(r"([a-z][a-z0-9]*)?\.[\w-]+")
_LONGEST_SHEET = 1_000_000  # characters


class _Look(Enum):
    """What keeps words from being read: where they are not, or the colours that they stand in."""

    NOWHERE = "of no size, or off the page"
    WHITE = "white, unless on a colour"
    ON_BLACK = "on black, unless in a colour"


def how_unseen(element: Element, sheet: Mapping[str, str]) -> str | None:
    """HIDDEN or STRUCK_OUT where a browser shows the element so, by its own tag and attributes.

    `sheet` says the same of classes. What a reader opens with the heading, button or tab that it
    belongs to is not hidden.
    """
    if element.tag in STRUCK_OUT_TAGS:
        return STRUCK_OUT
    attributes = element.attrib
    if not attributes:
        return None
    how = _by_attributes(element, attributes)
    if how is None and sheet:
        how = _by_classes((attributes.get("class") or "").split(), str(element.tag), sheet)
    return None if how == HIDDEN and _can_be_opened(element) else how


def hiding_classes(sheets: str) -> dict[str, str]:
    """The classes that `sheets` hides or strikes out wherever they stand, and which it does.

    One of a single tag stands with its tag (`p.gone`). A class that some other rule speaks of too
    may be shown after all, and is left alone.
    """
    sheets = _COMMENT.sub("", sheets[:_LONGEST_SHEET])
    rules = _RULE.findall(_MEDIA.sub("", sheets))
    found: dict[str, str] = {}
    mentions: dict[str, int] = {}
    for selectors, declarations in rules:
        how = _by_style(declarations)
        for selector in selectors.split(","):
            for name in _CLASS.findall(selector):
                mentions[name] = mentions.get(name, 0) + 1
            if how and _CLASS_OF_TAG.fullmatch(selector.strip()):
                found[selector.strip()] = how
    return {
        name.removeprefix("."): how
        for name, how in found.items()
        if mentions[name[name.index(".") :]] == 1
    }


def _by_classes(classes: list[str], tag: str, sheet: Mapping[str, str]) -> str | None:
    names = (name for each in classes for name in (each, f"{tag}.{each}"))
    return next(filter(None, map(sheet.get, names)), None)


def _by_attributes(element: Element, attributes: Mapping[str, str]) -> str | None:
    if "hidden" in attributes:
        return HIDDEN
    style, colour = attributes.get("style"), attributes.get("color")
    if style is None and colour is None:
        return None
    if style and (how := _by_style(style)):
        return how
    look = _look(f"color:{colour};{style or ''}" if colour else style or "")
    # A class, or an element within, may show the text after all.
    if look is None or "class" in attributes or not _looks_alike(element):
        return None
    if look is _Look.WHITE:
        return None if _is_on_colour(element) else HIDDEN
    if look is _Look.ON_BLACK:
        return None if _is_in_colour(element) else HIDDEN
    return HIDDEN


@lru_cache(maxsize=1024)
def _by_style(style: str) -> str | None:
    compact = _compact(style)
    if _NOT_SHOWN.search(compact) or (_NO_ROOM.search(compact) and _CUT_OFF.search(compact)):
        return HIDDEN
    return STRUCK_OUT if _LINE_THROUGH.search(compact) else None


@lru_cache(maxsize=1024)
def _look(style: str) -> _Look | None:
    """How a style keeps words from being read that are there on the page, if it does."""
    compact = _compact(style)
    if _NO_SIZE.search(compact):
        return _Look.NOWHERE
    if _NOT_ON_PAGE.search(compact):
        return None if _MOVES.search(compact) else _Look.NOWHERE
    if _WHITE_TEXT.search(compact):
        return None if _COLOURED.search(compact) else _Look.WHITE
    if not _ON_BLACK.search(compact):
        return None
    if _COLOUR.search(compact):
        return _Look.NOWHERE if _BLACK_TEXT.search(compact) else None
    return _Look.ON_BLACK


def _compact(style: str) -> str:
    return re.sub(r"\s", "", style).lower()


def _looks_alike(element: Element) -> bool:
    """Whether nothing within the element has a look of its own."""
    return not any(name in each.attrib for each in element.iterdescendants() for name in _OWN_LOOK)


def _is_on_colour(element: Element) -> bool:
    """Whether what the element lies in says that it is coloured."""
    return any(
        "bgcolor" in each.attrib or _COLOURED.search(_compact(each.get("style") or ""))
        for each in element.iterancestors()
    )


def _is_in_colour(element: Element) -> bool:
    """Whether what the element lies in says of what colour its words are."""
    return any(
        "color" in each.attrib or _COLOUR.search(_compact(each.get("style") or ""))
        for each in element.iterancestors()
    )


def _can_be_opened(element: Element) -> bool:
    if element.get("role") == "tabpanel":
        return True
    before = element.getprevious()
    if before is None or before.tag not in _CONTROLS:
        return False
    return any(
        each.tag == "button" or "aria-expanded" in each.attrib or "aria-controls" in each.attrib
        for each in before.iter()
    )
