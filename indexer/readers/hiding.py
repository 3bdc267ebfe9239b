"""How a page keeps text from being seen, or strikes it out: by tag, attribute, style or class."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, TypeAlias

HIDDEN, STRUCK_OUT = "hidden", "struck out"
STRUCK_OUT_TAGS = frozenset(("del", "s", "strike"))
# Marks, in the markup that blocks are written from, what a page does not show, and how.
UNSEEN = "data-unseen"

Element: TypeAlias = Any  # lxml ships no types
_CONTROLS = frozenset("button h2 h3 h4 h5 h6".split())
_OWN_LOOK = ("class", "style", "color", "size")
_WHITE = r"(?:#fff(?:fff)?|white|rgb\(255,255,255\))"
_NOT_SHOWN = re.compile(r"(?:^|;)(?:display:none|visibility:(?:hidden|collapse))")
_NO_SIZE = re.compile(r"(?:^|;)font-size:0(?:\.0*)?(?:[a-z%]+)?(?:!important)?(?:;|$)")
_WHITE_TEXT = re.compile(rf"(?:^|;)color:{_WHITE}(?:!important)?(?:;|$)")
_COLOURED = re.compile(rf"(?:^|;)background(?:-color|-image)?:(?!{_WHITE}(?:!important)?(?:;|$))")
_LINE_THROUGH = re.compile(r"(?:^|;)text-decoration(?:-line)?:[^;]*line-through")
# Rules for some media only, which may be print.
_MEDIA = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.[\w-]+")
_LONGEST_SHEET = 1_000_000  # characters


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
        how = next(filter(None, map(sheet.get, (attributes.get("class") or "").split())), None)
    return None if how == HIDDEN and _can_be_opened(element) else how


def hiding_classes(sheets: str) -> dict[str, str]:
    """The classes that `sheets` hides or strikes out wherever they stand, and which it does.

    A class that some other rule speaks of too may be shown after all, and is left alone.
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
            if how and _CLASS.fullmatch(selector.strip()):
                found[selector.strip()] = how
    return {name[1:]: how for name, how in found.items() if mentions[name] == 1}


def _by_attributes(element: Element, attributes: Mapping[str, str]) -> str | None:
    if "hidden" in attributes:
        return HIDDEN
    style, colour = attributes.get("style"), attributes.get("color")
    if style is None and colour is None:
        return None
    if style and (how := _by_style(style)):
        return how
    # A class, or an element within, may show the text after all.
    if "class" in attributes or not _looks_unseen(style or "", colour or ""):
        return None
    return HIDDEN if _looks_alike(element) and not _is_on_colour(element) else None


@lru_cache(maxsize=1024)
def _by_style(style: str) -> str | None:
    compact = _compact(style)
    if _NOT_SHOWN.search(compact):
        return HIDDEN
    return STRUCK_OUT if _LINE_THROUGH.search(compact) else None


@lru_cache(maxsize=1024)
def _looks_unseen(style: str, colour: str) -> bool:
    """Whether text of this look is of no size, or as white as the page."""
    compact = _compact(f"color:{colour};{style}")
    if _NO_SIZE.search(compact):
        return True
    return bool(_WHITE_TEXT.search(compact)) and not _COLOURED.search(compact)


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
