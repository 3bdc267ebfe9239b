"""Characters of Word's picture fonts, as the characters that look like them."""

from __future__ import annotations

import re

# Of Wingdings and Symbol, what notes use: bullets, ticks, arrows, boxes.
_LIKE = {
    "wingdings": {
        0x6C: "●", 0x6E: "■", 0x6F: "☐", 0x71: "☐", 0x76: "❖", 0x9F: "•", 0xA7: "▪", 0xA8: "☐",
        0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE8: "→", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
    },
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0xA3: "☐"},
    "symbol": {
        0xA3: "≤", 0xB0: "°", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠",
        0xAE: "→", 0x2D: "−", 0x6D: "μ", 0xBD: "|",
    },
}  # fmt: skip
_HEX = re.compile(r"[0-9A-Fa-f]{1,5}")
_PRIVATE = 0xF000  # where Word keeps the characters of such fonts


def symbol(font: str, code: str) -> str:
    """The character that looks like the one of hexadecimal `code` in `font`; empty if none does."""
    if not _HEX.fullmatch(code):
        return ""
    number = int(code, 16)
    place = number - _PRIVATE if _PRIVATE <= number <= _PRIVATE + 0xFF else number
    if like := _LIKE.get(font.strip().lower()):
        return like.get(place, "")
    is_private = 0xE000 <= number <= 0xF8FF or number < 0x20 or 0xD800 <= number <= 0xDFFF
    return "" if is_private else chr(number)
