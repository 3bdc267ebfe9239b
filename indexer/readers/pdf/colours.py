"""The colours of a PDF as red, green and blue."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject

from indexer.readers.pdf.marks import Colour

BLACK: Colour = (0.0, 0.0, 0.0)
WHITE: Colour = (1.0, 1.0, 1.0)
# Two colours that differ by less than this in every part look the same on paper.
_ALIKE = 0.1


def colour_of(parts: list[Any], space: str) -> Colour | None:
    """The colour that `parts` give in the colour space, None where it is a pattern or unknown."""
    try:
        values = [min(max(float(part), 0.0), 1.0) for part in parts]
    except (TypeError, ValueError):
        return None
    if space == "tint":
        return _grey(1 - values[0]) if len(values) == 1 else None
    if space == "unknown":
        return None
    if len(values) == 1:
        return _grey(values[0])
    if len(values) == 3:
        return values[0], values[1], values[2]
    if len(values) == 4:
        cyan, magenta, yellow, black = values
        red, green, blue = (1 - min(1.0, ink + black) for ink in (cyan, magenta, yellow))
        return red, green, blue
    return None


def _grey(value: float) -> Colour:
    return value, value, value


def space_of(name: Any, resources: DictionaryObject) -> str:
    """How the colour space `name` is to be read: `plain`, `tint` (1 is ink) or `unknown`."""
    if name in ("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/G", "/RGB", "/CMYK"):
        return "plain"
    spaces = resources.get("/ColorSpace")
    found = spaces.get_object().get(name) if spaces is not None else None
    found = found.get_object() if found is not None else name
    family = found[0] if isinstance(found, ArrayObject) and found else found
    if family in ("/ICCBased", "/CalRGB", "/CalGray", "/DeviceGray", "/DeviceRGB", "/DeviceCMYK"):
        return "plain"
    return "tint" if family == "/Separation" else "unknown"


def first_colour(space: str) -> Colour | None:
    """The colour in force when a colour space is chosen and no colour yet."""
    return None if space == "unknown" else BLACK


def are_alike(one: Colour, other: Colour) -> bool:
    """Whether text of one colour on the other cannot be told from its ground."""
    return all(abs(a - b) < _ALIKE for a, b in zip(one, other, strict=True))
