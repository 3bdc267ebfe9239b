"""What the styles of a Word document give to a paragraph and to the words in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from indexer.readers.word.package import W

_DEEPEST = 30  # styles based on one another
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_HEADING = re.compile(r"title|heading ([1-6])", re.IGNORECASE)
_PLAIN_PATTERNS = ("clear", "nil", "none", "solid", "pct5", "pct10", "pct12", "pct15")
_OFF = ("0", "false", "off", "none")


class Styles:
    """Looks a property up: directly, in the style, in those it is based on, in the defaults."""

    def __init__(self, root: etree._Element | None) -> None:
        self._by_id: dict[str, etree._Element] = {}
        self._found: dict[tuple[str | None, str, str], etree._Element | None] = {}
        self._default: str | None = None
        self._defaults: etree._Element | None = None
        if root is None:
            return
        self._defaults = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        for style in root.iterchildren(f"{W}style"):
            name = str(style.get(f"{W}styleId", ""))
            self._by_id[name] = style
            if style.get(f"{W}type") == "paragraph" and is_on(style.get(f"{W}default", "0")):
                self._default = name

    def chain(self, style: str | None) -> Iterator[tuple[str, etree._Element]]:
        """A style and those it is based on, the nearest first, each with its name."""
        for _ in range(_DEEPEST):
            element = self._by_id.get(style or "")
            if style is None or element is None:
                return
            yield style, element
            style = value_of(element, "basedOn")

    def of_paragraph(self, properties: etree._Element | None) -> str | None:
        """The name of a paragraph's style, the default one where it names none that exists."""
        style = value_of(properties, "pStyle")
        return style if style in self._by_id else self._default

    def heading_level(self, properties: etree._Element | None) -> int | None:
        """The level of a heading, 1 to 6, or None for a paragraph that is none; a title has 1."""
        level = value_of(properties, "outlineLvl")
        for _, style in self.chain(self.of_paragraph(properties)):
            if level is None and (named := _HEADING.fullmatch(value_of(style, "name") or "")):
                return int(named[1] or "1")
            level = level or value_of(style.find(f"{W}pPr"), "outlineLvl")
        return int(level) + 1 if level in ("0", "1", "2", "3", "4", "5") else None

    def is_on(
        self, name: str, run: etree._Element | None, paragraph: etree._Element | None
    ) -> bool:
        """Whether a property that is on or off is on for a run with these properties."""
        direct = None if run is None else run.find(W + name)
        if direct is not None:
            return is_on(direct.get(f"{W}val"))
        of_run = self._in_style(value_of(run, "rStyle"), name)
        of_paragraph = self._in_style(self.of_paragraph(paragraph), name)
        return is_switched(of_run) != is_switched(of_paragraph)

    def attribute(
        self,
        name: str,
        attribute: str,
        run: etree._Element | None,
        paragraph: etree._Element | None,
    ) -> str | None:
        """An attribute of the nearest property `name` of a run, or None."""
        found = self.nearest(name, run, paragraph)
        value = None if found is None else found.get(W + attribute)
        return None if value is None else str(value)

    def nearest(
        self, name: str, run: etree._Element | None, paragraph: etree._Element | None
    ) -> etree._Element | None:
        """The property `name` of a run with these properties, its own or from its styles."""
        own = None if run is None else run.find(W + name)
        if own is None:
            own = self._in_style(value_of(run, "rStyle"), name)
        if own is None:
            own = self._in_style(self.of_paragraph(paragraph), name)
        if own is None and self._defaults is not None:
            own = self._defaults.find(W + name)
        return own

    def ground(self, paragraph: etree._Element | None, otherwise: str | None) -> str | None:
        """The colour behind a paragraph of these properties; `otherwise` where it gives none."""
        given = None if paragraph is None else paragraph.find(f"{W}shd")
        if given is None:
            given = self._in_style(self.of_paragraph(paragraph), "shd", "pPr")
        return shade(given, otherwise)

    def shades_tables(self, table: etree._Element | None) -> bool:
        """Whether the style of a table puts colours behind its cells, the first row's perhaps."""
        styles = self.chain(value_of(table, "tblStyle"))
        return any(next(style.iter(f"{W}shd"), None) is not None for _, style in styles)

    def _in_style(self, style: str | None, name: str, kind: str = "rPr") -> etree._Element | None:
        key = (style, name, kind)
        if key not in self._found:
            found = (element.find(f"{W}{kind}/{W}{name}") for _, element in self.chain(style))
            self._found[key] = next((each for each in found if each is not None), None)
        return self._found[key]


def is_on(value: str | None) -> bool:
    """Whether the value of a property that is on or off says on, as its mere presence does."""
    return value not in _OFF


def is_switched(element: etree._Element | None) -> bool:
    """Whether a property that is on or off is there and on."""
    return element is not None and is_on(element.get(f"{W}val"))


def value_of(properties: etree._Element | None, name: str) -> str | None:
    """The value of the property `name`, or None where it is absent."""
    found = None if properties is None else properties.find(W + name)
    value = None if found is None else found.get(f"{W}val")
    return None if value is None else str(value)


def shade(shading: etree._Element | None, otherwise: str | None) -> str | None:
    """The colour that `shading` puts behind words, in hexadecimal; `otherwise` if it puts none.

    None where it is not known: a theme's colour, or a pattern that is more than a tint.
    """
    if shading is None:
        return otherwise
    pattern = str(shading.get(f"{W}val", "clear"))
    if pattern not in _PLAIN_PATTERNS:
        return None
    fill = str(shading.get(f"{W}color" if pattern == "solid" else f"{W}fill", "auto"))
    if _HEX.fullmatch(fill):
        return fill.upper()
    if shading.get(f"{W}themeFill") is not None:
        return None
    return "000000" if pattern == "solid" and fill == "auto" else otherwise
