"""Printed lines to paragraphs: which line goes on from the one above it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from indexer.readers.numbering import has_printed_number
from indexer.readers.pdf.lines import Line
from indexer.readers.text_run import LABEL_LINE

_STOP = re.compile(r"[.!?:;][\"'”’)\]]*$")
# What ends or begins with these is no whole line.
_DANGLES = re.compile(r"(?:[\u2013\u2014&,/(]|\s-|[^\W_]-|\b(?:and|of|the|for|to|in))$")
# In line pitches: more than this between two lines parts paragraphs.
_PARTS = 1.22
_COMMON_PITCH, _WIDEST_PITCH = 1.3, 2.6  # font sizes
_WIDEST_WITHIN = 2.0  # font sizes: from a full line to the next of its sentence
_ALIKE, _ROUGHLY_ALIKE = 0.12, 0.3  # of the size: text of one paragraph differs by no more
_HEADING = 1.12  # times the size of the text
_INDENT = 0.8  # font sizes: less than this is the same left edge
_FAR_IN = 0.3  # of the column's width: no first line of a paragraph begins so far in


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together, and the edges of the column that they stand in."""

    lines: list[Line] = field(default_factory=list)
    left: float = 0.0
    right: float = 0.0

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    @property
    def longest(self) -> Line:
        return max(self.lines, key=lambda line: len(line.text))

    @property
    def size(self) -> float:
        return self.longest.size

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)


def usual_pitch(lines: Iterable[Line]) -> float:
    """The usual distance of two lines of a paragraph, in font sizes."""
    steps: Counter[float] = Counter()
    is_told = False
    for above, below in pairwise(lines):
        if above.page == below.page and abs(above.size - below.size) < 0.6:
            step = (above.base - below.base) / max(below.size, 1.0)
            if 0.9 <= step <= _WIDEST_PITCH:
                goes_on = _follows_closely(above, below)
                is_told |= goes_on
                steps[round(step, 1)] += 1 + 4 * goes_on
    if is_told:
        return steps.most_common(1)[0][0]
    return min(_COMMON_PITCH, min(steps, default=_COMMON_PITCH))


def _follows_closely(above: Line, below: Line) -> bool:
    """Whether the text itself says that it goes on: no stop, and a small letter next."""
    return not _STOP.search(above.text) and below.text[:1].islower()


def paragraphs_of(
    lines: Sequence[Line], right: float, *, pitch: float, size: float
) -> list[Paragraph]:
    """The paragraphs of lines one below the other that end at a right edge.

    `pitch` and `size` are those of the document's text; what is larger is a heading.
    """
    left = min(line.left for line in lines) if lines else 0.0
    found: list[Paragraph] = []
    for line in lines:
        last = found[-1] if found else None
        if last and not _is_next_label(found, line) and _goes_on(last, line, left, pitch, size):
            last.lines.append(line)
        else:
            found.append(Paragraph([line], left, right))
    return found


def _is_next_label(found: Sequence[Paragraph], line: Line) -> bool:
    """Whether a label follows a value that stands below its own label."""
    if len(found) < 2 or not LABEL_LINE.match(line.text):
        return False
    above = found[-2].first.text
    return bool(LABEL_LINE.match(above)) and above.endswith(":")


def _goes_on(paragraph: Paragraph, line: Line, left: float, pitch: float, size: float) -> bool:
    """Whether `line` is more of the paragraph above it."""
    last = paragraph.last
    likeness = _ROUGHLY_ALIKE if line.rough else _ALIKE
    if abs(line.size - last.size) > likeness * last.size and len(line.text) > 3:
        return False
    step = (last.base - line.base) / max(line.size, 1.0)
    widest = _WIDEST_WITHIN if _is_cut_short(last, line, paragraph.right, left) else _PARTS * pitch
    if not 0 <= step <= max(widest, 1.35):
        return False
    if line.is_led or has_printed_number(line.text):
        may_be_text = line.has_dash or not line.has_bullet
        if not (may_be_text and _is_mid_sentence(paragraph, line, left)):
            return False
    if line.size > _HEADING * size and step < _COMMON_PITCH:
        return True
    if _is_indented_otherwise(paragraph, line) or _is_set_to_the_right(paragraph, line):
        return False
    if paragraph.bold and len(paragraph.first.text) > 3 and not line.bold:
        return False
    return reaches_end(last, line, paragraph.right, left)


def goes_over(paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether a paragraph goes on at the top of the next page or column."""
    last, line = paragraph.last, following.first
    if last.page == line.page and line.base <= last.base:
        return False
    if line.is_led or abs(line.size - last.size) > 0.06 * last.size or line.bold != last.bold:
        return False
    if _STOP.search(last.text):
        return line.text[:1].islower()
    return line.text[:1].islower() or (
        not LABEL_LINE.match(line.text)
        and len(last.words) > 3
        and reaches_end(last, line, paragraph.right, paragraph.left)
    )


def _is_cut_short(line: Line, following: Line, right: float, left: float) -> bool:
    """Whether a sentence fills its line and goes on below, however far that is."""
    return _follows_closely(line, following) and reaches_end(line, following, right, left)


def _is_mid_sentence(paragraph: Paragraph, line: Line, left: float) -> bool:
    """Whether a dash or number at the head of a line belongs to the sentence above."""
    last, first = paragraph.last, paragraph.first
    if _STOP.search(last.text) or abs(line.left - first.text_left) > _INDENT * line.size:
        return False
    if first.is_led and first.text_left - first.left < _INDENT * line.size:
        return False
    return reaches_end(last, line, paragraph.right, left)


def _is_indented_otherwise(paragraph: Paragraph, line: Line) -> bool:
    """Whether the line stands further in than the ones before it, as a new paragraph's first."""
    if len(paragraph.lines) > 1:
        edge = paragraph.lines[1].left
        return line.left > edge + _INDENT * line.size and not _is_centred(paragraph, line)
    first = paragraph.first
    if first.is_led:
        return line.left < first.left - _INDENT * line.size
    return line.left > first.left + _INDENT * line.size and not _is_centred(paragraph, line)


def _is_set_to_the_right(paragraph: Paragraph, line: Line) -> bool:
    """Whether the lines above begin far further in than this one, as a date or an address does."""
    further = paragraph.last.left - line.left
    is_far = further > _FAR_IN * (paragraph.right - paragraph.left)
    return is_far and not _is_centred(paragraph, line)


def _is_centred(paragraph: Paragraph, line: Line) -> bool:
    middle = (paragraph.last.left + paragraph.last.right) / 2
    return abs((line.left + line.right) / 2 - middle) < line.size


def reaches_end(line: Line, following: Line, right: float, left: float) -> bool:
    """Whether a line ends at the edge: the next line's first word would not have fitted.

    Lines broken after a number of letters end well before the edge; then the words decide.
    """
    word = following.words[0]
    room = right - line.right
    if _is_between(line, left, right):
        room = (right - left) - (line.right - line.left)
    needed = word.right - word.left + 0.2 * line.size
    if room < needed:
        return not _begins_label(line, following)
    if _DANGLES.search(line.text):
        return True
    if room > 0.45 * (right - left):
        return False
    if _follows_closely(line, following):
        return True
    return room < needed + 0.07 * (right - left) and not _STOP.search(line.text)


def _is_between(line: Line, left: float, right: float) -> bool:
    """Whether the line is set in the middle."""
    before, after = line.left - left, right - line.right
    return before > 2 * line.size and abs(before - after) < line.size


def _begins_label(line: Line, following: Line) -> bool:
    """Whether a label follows a whole sentence, or stands out from it."""
    if not LABEL_LINE.match(following.text):
        return False
    return bool(_STOP.search(line.text)) or following.words[0].bold != line.words[-1].bold
