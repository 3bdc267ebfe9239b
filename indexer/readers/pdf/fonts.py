"""The letters and widths that a font of a PDF gives for the bytes of a string."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, NamedTuple

from pypdf.generic import DictionaryObject
from pypdf.generic._font import Font

# Fonts of pictures: whatever letter they claim, each glyph is a mark, mostly a bullet.
_PICTURES = re.compile(r"wingdings|webdings|dingbats", re.IGNORECASE)
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_FORCE_BOLD = 1 << 18
_NAMED_GLYPH = re.compile(r"/\S+")
_LEAST_BOLD_WEIGHT = 600
UNKNOWN = "\ufffd"


class Glyph(NamedTuple):
    """One glyph: the letters it stands for, its width in em, and whether it is the byte 32."""

    text: str
    width: float
    is_space_byte: bool


class Face:
    """A font as the page uses it."""

    def __init__(self, resource: DictionaryObject) -> None:
        self._font = Font.from_font_resource(resource)
        name = self._font.name
        descriptor = self._font.font_descriptor
        self.is_pictures = bool(_PICTURES.search(name))
        self.bold = bool(
            _BOLD.search(name)
            or _whole(descriptor.flags) & _FORCE_BOLD
            or _whole(descriptor.weight) >= _LEAST_BOLD_WEIGHT
        )
        self._scale = _width_scale(resource)
        # Of a font with two-byte codes that says nothing of letters, the codes are glyph numbers.
        encoding = str(resource.get("/Encoding", ""))
        self._codes_are_glyphs = self._font.sub_type == "Type0" and (
            encoding.startswith("/Identity") or not encoding.startswith("/")
        )
        # Of this encoding, the codes that stand for nothing else are bullets.
        self._is_windows = encoding == "/WinAnsiEncoding" and self._font.sub_type != "Type0"
        self._known: dict[int | str, Glyph] = {}

    def glyphs(self, raw: bytes) -> list[Glyph]:
        """The glyphs that the string `raw` shows."""
        encoding = self._font.encoding
        codes: bytes | str = raw
        if isinstance(encoding, str):
            codes = raw.decode(encoding, "replace" if len(raw) % 2 else "surrogatepass")
        known = self._known
        return [known.get(code) or self._learn(code) for code in codes]

    def _learn(self, code: int | str) -> Glyph:
        font = self._font
        key = code if isinstance(code, str) else chr(code)
        width = font.character_widths.get(key, font.character_widths["default"])
        glyph = Glyph(self._letters(code), float(width) * self._scale, code == 32)
        self._known[code] = glyph
        return glyph

    def _letters(self, code: int | str) -> str:
        font = self._font
        if not font.interpretable:
            return UNKNOWN
        if isinstance(code, int):
            named = font.encoding.get(code, chr(code)) if isinstance(font.encoding, dict) else ""
            text = font.character_map.get(named, named)
        else:
            text = font.character_map.get(code, "" if self._codes_are_glyphs else code)
        if self.is_pictures and text.strip():
            return "•"
        letters = _spelt_out(text)
        return "•" if letters == UNKNOWN and self._is_windows and isinstance(code, int) else letters


def _spelt_out(text: str) -> str:
    """`text` with ligatures as letters; the sign for an unknown glyph where it is no letter."""
    if not text or (len(text) > 1 and _NAMED_GLYPH.fullmatch(text)):
        return UNKNOWN
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_spelt_letter, text))


def _spelt_letter(char: str) -> str:
    if "\ufb00" <= char <= "\ufb06":
        return unicodedata.normalize("NFKC", char)
    if char in "\t\n\r\f\v" or char.isspace():
        return " "
    kind = unicodedata.category(char)
    return UNKNOWN if kind in ("Cc", "Cn", "Cs") else char


def _width_scale(resource: DictionaryObject) -> float:
    """What turns a width into em: fonts that are drawn in the PDF have a matrix of their own."""
    if resource.get("/Subtype") == "/Type3":
        matrix: Any = resource.get("/FontMatrix")
        try:
            return abs(float(matrix[0]))
        except (TypeError, IndexError, ValueError):
            return 0.001
    return 0.001


def _whole(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        return 0
