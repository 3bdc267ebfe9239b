"""The numbers that Word prints before paragraphs, counted as Word counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.numbering import list_number
from indexer.readers.word.package import W
from indexer.readers.word.styles import Styles, is_switched, value_of

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_DECIMAL = re.compile(r"\d+(?:\.\d+)*")
_LETTERED = re.compile(r"[A-Za-z]|[ivxlcdm]+|[IVXLCDM]+")
_STYLES = {"lowerRoman": "i", "upperRoman": "I"}


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """What stands before a paragraph: `text` as printed, empty for a bullet.

    `level` is the depth of nesting, from 1, of what is an item of a list, None for a numbered
    paragraph.
    """

    text: str = ""
    level: int | None = None


@dataclass(slots=True)
class _Level:
    start: int = 1
    style: str = "decimal"
    text: str = ""
    restart: int | None = None
    all_decimal: bool = False
    of_style: str | None = None


@dataclass(slots=True)
class _List:
    """One `w:num`: the counts that it shares, its levels, and where its own counting begins."""

    counts: list[int | None]
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbers:
    """Counts the numbered paragraphs of a document, to be asked for each in its order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists: dict[str, _List] = {}
        if root is None:
            return
        shapes = {
            str(shape.get(f"{W}abstractNumId")): shape
            for shape in root.iterchildren(f"{W}abstractNum")
        }
        nums = {str(num.get(f"{W}numId")): num for num in root.iterchildren(f"{W}num")}
        counts: dict[str, list[int | None]] = {}
        for name, num in nums.items():
            shape_name = self._shape_name(num, nums, shapes)
            shape = shapes.get(shape_name)
            shared = counts.setdefault(shape_name, [None] * _LEVELS)
            levels = {} if shape is None else _levels(shape)
            self._lists[name] = _with_overrides(_List(shared, levels), num)

    def of(self, properties: etree._Element | None) -> PrintedNumber | None:
        """The number of the next paragraph, which has these properties; None if it has none."""
        placed = self._placed(properties)
        if placed is None:
            return None
        numbered, depth = placed
        level = numbered.levels.get(depth, _Level())
        _count(numbered, depth)
        if level.style == "bullet":
            return PrintedNumber(level=depth + 1)
        text = _PLACE.sub(lambda place: _part(numbered, level, int(place[1]) - 1), level.text)
        return _printed(text.strip(), depth) if text.strip() else None

    def _placed(self, properties: etree._Element | None) -> tuple[_List, int] | None:
        """The list that a paragraph belongs to and its depth in it, from 0."""
        own = None if properties is None else properties.find(f"{W}numPr")
        name, depth = value_of(own, "numId"), value_of(own, "ilvl")
        chain = list(self._styles.chain(self._styles.of_paragraph(properties)))
        for _, style in chain:
            if name is None:
                given = style.find(f"{W}pPr/{W}numPr")
                name, depth = value_of(given, "numId"), depth or value_of(given, "ilvl")
        numbered = self._lists.get(name or "0")
        if numbered is None or name == "0":
            return None
        if depth is None:
            linked = {level.of_style: at for at, level in numbered.levels.items()}
            return numbered, next((linked[style] for style, _ in chain if style in linked), 0)
        return numbered, min(max(_whole(depth, 0), 0), _LEVELS - 1)

    def _shape_name(
        self,
        num: etree._Element,
        nums: dict[str, etree._Element],
        shapes: dict[str, etree._Element],
    ) -> str:
        """The name of the shape of a list; where it only names a style, of that style's list."""
        name = value_of(num, "abstractNumId") or ""
        linked = value_of(shapes.get(name), "numStyleLink")
        for _, style in self._styles.chain(linked):
            of_style = value_of(style.find(f"{W}pPr/{W}numPr"), "numId")
            if of_style in nums:
                return value_of(nums[of_style], "abstractNumId") or name
        return name


def formatted(count: int, style: str) -> str:
    """A count in a style of Word's (`lowerLetter`), in digits where the style is not known."""
    if style in ("lowerLetter", "upperLetter") and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * min((count - 1) // 26 + 1, 10)
        return letter if style == "lowerLetter" else letter.upper()
    if style == "decimalZero":
        return f"{count:02d}"
    if style == "none":
        return ""
    return list_number(count, _STYLES.get(style, "1"))


def _levels(shape: etree._Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for element in shape.iterchildren(f"{W}lvl"):
        levels.setdefault(_whole(element.get(f"{W}ilvl"), 0), _level(element))
    return levels


def _level(element: etree._Element) -> _Level:
    restart = value_of(element, "lvlRestart")
    style = element.find(f".//{W}numFmt")  # newer formats stand in an alternative of their own
    return _Level(
        start=_whole(value_of(element, "start"), 0),
        style="decimal" if style is None else str(style.get(f"{W}val", "decimal")),
        text=value_of(element, "lvlText") or "",
        restart=None if restart is None else _whole(restart, 0),
        all_decimal=is_switched(element.find(f"{W}isLgl")),
        of_style=value_of(element, "pStyle"),
    )


def _with_overrides(numbered: _List, num: etree._Element) -> _List:
    for override in num.iterchildren(f"{W}lvlOverride"):
        depth = _whole(override.get(f"{W}ilvl"), 0)
        own = override.find(f"{W}lvl")
        if own is not None:
            numbered.levels[depth] = _level(own)
        start = value_of(override, "startOverride")
        if start is not None:
            numbered.starts[depth] = _whole(start, 1)
    return numbered


def _count(numbered: _List, depth: int) -> None:
    """Count one more paragraph at `depth`; deeper levels begin again as they say."""
    counts, levels = numbered.counts, numbered.levels
    before = counts[depth]
    own = numbered.starts.pop(depth, None)
    if own is not None:
        counts[depth] = own
    elif before is None:
        counts[depth] = levels.get(depth, _Level()).start
    else:
        counts[depth] = before + 1
    for deeper in range(depth + 1, _LEVELS):
        restart = levels.get(deeper, _Level()).restart
        if restart is None or depth < restart:
            counts[deeper] = None


def _part(numbered: _List, level: _Level, depth: int) -> str:
    """The count of one level as it stands in a number."""
    of_part = numbered.levels.get(depth, _Level())
    count = numbered.counts[depth]
    style = "decimal" if level.all_decimal else of_part.style
    return formatted(of_part.start if count is None else count, style)


def _printed(text: str, depth: int) -> PrintedNumber:
    """A number in the form in which it is known again, and whether it is of a paragraph."""
    bare = text.rstrip(".):")
    inner = bare.lstrip("(")
    is_decimal = bool(_DECIMAL.fullmatch(inner))
    if not is_decimal and not _LETTERED.fullmatch(inner):
        return PrintedNumber(text)
    is_paragraph = is_decimal and (depth == 0 or "." in inner)
    return PrintedNumber(f"{bare}." if inner == bare else text, None if is_paragraph else depth + 1)


def _whole(value: str | None, default: int) -> int:
    """An attribute as a whole number that no counting goes beyond; `default` where it is none."""
    text = str(value or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default
