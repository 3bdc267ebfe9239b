"""Which pieces of text a reader of the printed page would see, and why not the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from indexer.readers.pdf.colours import WHITE, are_alike
from indexer.readers.pdf.marks import Fill, PageMarks, Piece, Rectangle

SWITCHED_OFF = "on a layer that is switched off"
INVISIBLE = "drawn so that it cannot be seen"
TINY = "too small to be read"
OFF_PAGE = "off the edge of the page"
CUT_OFF = "cut off from view"
COVERED = "covered by a filled box"
UNDER_PICTURE = "covered by a picture"
SAME_COLOUR = "in the colour of its ground"
STRUCK = "struck out"
TO_REDACT = "marked to be blacked out"

_LEAST_SIZE = 1.0  # points
_MOST_OF_A_PAGE = 0.5
_BAND = 40.0  # points: fills are looked up by the band of the page that they touch
# A line strikes out words between these heights, in font sizes above the base line.
_STRIKE_LOW, _STRIKE_HIGH = 0.13, 0.48
_STRUCK_SHARE = 0.6


@dataclass(slots=True)
class Seen:
    """The pieces of a page that are read, and those that are not, by the reason.

    `recognised` says that a program read the words off a picture that fills the page.
    """

    pieces: list[Piece] = field(default_factory=list)
    unseen: dict[str, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    recognised: bool = False


def seen_on(marks: PageMarks) -> Seen:
    """Part the page's pieces into those that are seen and those that are not."""
    seen = Seen()
    page = Rectangle(0, 0, marks.width, marks.height)
    fills = _Bands(marks.fills)
    rules = _Rules(marks)
    scan = _scan_of(marks, page)
    for piece in marks.pieces:
        reason = _why_unseen(piece, page, fills, rules)
        if reason in (INVISIBLE, UNDER_PICTURE) and scan:
            seen.recognised = True
            reason = None
        if reason:
            seen.unseen[reason].append(piece)
        else:
            seen.pieces.append(piece)
    return seen


def _why_unseen(piece: Piece, page: Rectangle, fills: _Bands, rules: _Rules) -> str | None:
    if piece.switched_off:
        return SWITCHED_OFF
    if piece.size < _LEAST_SIZE or piece.right - piece.left < 0.02 * piece.size * len(piece.text):
        return TINY
    box = piece.box
    if box.shared(page).area < 0.3 * box.area:
        return OFF_PAGE
    if piece.clipped:
        return CUT_OFF
    if any(area.covers(box, 0.6) for area in rules.to_redact):
        return TO_REDACT
    if piece.invisible:
        return INVISIBLE
    return fills.why_unseen(piece, box) or (STRUCK if rules.strike(piece) else None)


def _scan_of(marks: PageMarks, page: Rectangle) -> bool:
    """Whether pictures fill most of the page."""
    pictures = [fill.box.shared(page).area for fill in marks.fills if fill.picture]
    return sum(pictures) >= _MOST_OF_A_PAGE * page.area


class _Bands:
    """The fills of a page by the bands that they touch, each in the order of drawing."""

    def __init__(self, fills: Iterable[Fill]) -> None:
        self._bands: dict[int, list[Fill]] = defaultdict(list)
        for fill in fills:
            low, high = max(fill.box.low, -1000.0), min(fill.box.high, 20_000.0)
            for band in range(int(low // _BAND), int(high // _BAND) + 1):
                self._bands[band].append(fill)

    def why_unseen(self, piece: Piece, box: Rectangle) -> str | None:
        """Whether a later fill covers the piece, or its ground has its own colour."""
        ground: Fill | None = None
        across, up = (box.left + box.right) / 2, (box.low + box.high) / 2
        for fill in self._bands.get(int(up // _BAND), ()):
            if fill.order > piece.order:
                if fill.opaque and fill.box.covers(box, 0.6):
                    return UNDER_PICTURE if fill.picture else COVERED
            elif fill.box.left <= across <= fill.box.right and fill.box.low <= up <= fill.box.high:
                ground = fill
        colour = WHITE if ground is None else ground.colour
        if colour is None or piece.colour is None or (ground and not ground.opaque):
            return None
        return SAME_COLOUR if are_alike(piece.colour, colour) else None


class _Rules:
    """The lines that may strike words out, by band, and the areas that are to be blacked out."""

    def __init__(self, marks: PageMarks) -> None:
        self.to_redact = marks.to_redact
        self._struck = marks.struck
        self._bands: dict[int, list[Rectangle]] = defaultdict(list)
        for rule in marks.rules:
            if rule.width > rule.height:
                self._bands[int((rule.low + rule.high) / 2 // _BAND)].append(rule)

    def strike(self, piece: Piece) -> bool:
        """Whether a line runs through the middle of the piece, or an annotation strikes it out."""
        box = piece.box
        if any(area.covers(box, 0.6) for area in self._struck):
            return True
        low = piece.base + _STRIKE_LOW * piece.size
        high = piece.base + _STRIKE_HIGH * piece.size
        return any(
            low <= (rule.low + rule.high) / 2 <= high
            and min(rule.right, box.right) - max(rule.left, box.left) >= _STRUCK_SHARE * box.width
            for band in {int(low // _BAND), int(high // _BAND)}
            for rule in self._bands.get(band, ())
        )
