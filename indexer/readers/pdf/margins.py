"""What pages repeat above and below their text: running heads, footers and page numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.readers.pdf.lines import Line
from indexer.readers.site_words import POSTAL
from indexer.readers.text_run import LABEL_LINE

_MOST_LINES = 8  # at either end of a page
_MOST_OF_A_LETTERHEAD, _MOST_OF_AN_IMPRINT = 6, 4  # lines
_WORDS_OF_A_TITLE, _WORDS_OF_A_SENTENCE = 4, 10  # at least
_PAGE_NUMBER = re.compile(
    r"(?:[-–—|\s]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[-–—|\s]*)", re.IGNORECASE
)
_PAGE_OF = re.compile(r"\bpage\s*\d{1,4}\b", re.IGNORECASE)
_TELEPHONE = re.compile(r"\b(?:tel|telephone|phone)\b\W{0,3}\d[\d\s()]{7,}", re.IGNORECASE)
_SITE = re.compile(r"\bwww\.\w|https?://", re.IGNORECASE)
_FOOTNOTE = re.compile(r"[\d*†‡§]")
_SMALL = 0.92  # of the text's size
_DIGITS = re.compile(r"\d+")
_EDGE = 0.1  # of the page's height
_MOST_OF_A_PAGE = 0.3  # of its height, at either end
_APART = 2.2  # font sizes between the text and what stands alone at the edge


@dataclass(slots=True)
class PageLines:
    """The lines of one page and its height."""

    lines: list[Line]
    height: float


def part_margins(pages: Sequence[PageLines]) -> list[str]:
    """Take the lines that are no text out of `pages`; returns what they say, each once."""
    tops = [_keys(_at_head(page), page.height) for page in pages]
    ends = [_keys(_at_foot(page), page.height) for page in pages]
    repeated_tops = _repeated(tops, len(pages))
    repeated_ends = _repeated(ends, len(pages))
    taken: list[str] = []
    for page, top, end in zip(pages, tops, ends, strict=True):
        above = _run(top, repeated_tops)
        below = _run(end, repeated_ends)
        if above + below > len(page.lines):
            below = len(page.lines) - above
        below = max(below, _alone_at_foot(page))
        above = max(above, _alone_at_head(page))
        kept = page.lines[above : len(page.lines) - below]
        left_out = [*page.lines[:above], *page.lines[len(page.lines) - below :]]
        taken += [line.text for line in left_out]
        page.lines[:] = kept
    return list(dict.fromkeys(taken))


def part_letterhead(page: PageLines, size: float) -> list[str]:
    """Take what stands above the title out of the first page; returns what it says.

    `size` is that of the document's text. Above the title are a few short lines: over the largest
    words of the page, or in another size than the text and well apart from it.
    """
    lines = page.lines
    count = _above_largest(lines, size) or _apart_at_head(page, size)
    head = lines[: _first_of_sentence(lines[:count], size)]
    if any(LABEL_LINE.match(line.text) or line.is_led or len(line.text) > 80 for line in head):
        return []
    del lines[: len(head)]
    return [line.text for line in head]


def part_imprint(page: PageLines, size: float) -> list[str]:
    """Take the council's own address, telephone and web site off the end of a page.

    `size` is that of the document's text. They stand in smaller type, or together with a postal
    code. Returns what they say.
    """
    end = page.lines[-_MOST_OF_AN_IMPRINT:]
    for start in range(len(end)):
        lines = end[start:]
        if _is_imprint(lines, size) and not any(map(_is_of_text, lines)):
            del page.lines[-len(lines) :]
            return [line.text for line in lines]
    return []


def _is_imprint(lines: Sequence[Line], size: float) -> bool:
    together = " ".join(line.text for line in lines)
    has_postal, has_site = bool(POSTAL.search(together)), bool(_SITE.search(together))
    if all(line.size < _SMALL * size for line in lines):
        return has_postal or has_site
    has_other = has_site or bool(_TELEPHONE.search(together))
    return has_postal and has_other and bool(POSTAL.search(lines[0].text))


def _is_of_text(line: Line) -> bool:
    """Whether a line at the end of a page is of the text: an item, a label, a footnote."""
    if line.is_led or LABEL_LINE.match(line.text):
        return True
    return bool(_FOOTNOTE.match(line.text)) and not POSTAL.search(line.text)


def _first_of_sentence(head: Sequence[Line], size: float) -> int:
    """Where lines of the text's size begin that are a sentence together; past the end if none."""
    for place, line in enumerate(head):
        if abs(line.size - size) < 0.04 * size:
            together = " ".join(each.text for each in head[place:])
            if len(together.split()) >= _WORDS_OF_A_SENTENCE and together.endswith("."):
                return place
    return len(head)


def _above_largest(lines: Sequence[Line], size: float) -> int:
    """How many lines stand above the first of the largest ones, if these are a title."""
    opening = lines[: _MOST_OF_A_LETTERHEAD + 1]
    largest = max((line.size for line in lines), default=0.0)
    if largest < 1.15 * size:
        return 0
    titles = (place for place, line in enumerate(opening) if is_as_large(line, largest))
    first = next(titles, 0)
    return first if len(opening[first].words) >= _WORDS_OF_A_TITLE else 0


def is_as_large(line: Line, largest: float) -> bool:
    """Whether a line is of the largest size; words that were read off a picture roughly so."""
    return line.size >= (0.75 if line.rough else 0.95) * largest


def _apart_at_head(page: PageLines, size: float) -> int:
    """How many lines at the head of a page stand apart from the text, in other sizes.

    An address among them tells as much as a size; then they end at the first space below it.
    """
    lines = page.lines
    largest = max((line.size for line in lines), default=0.0)
    address = next((n for n, line in enumerate(lines[:4]) if POSTAL.search(line.text)), None)
    count = 0
    for place, (line, below) in enumerate(pairwise(lines[: _MOST_OF_A_LETTERHEAD + 1])):
        if line.base < (1 - 3 * _EDGE) * page.height:
            break
        is_text = abs(line.size - size) < 0.04 * size
        if address is None and (is_text or line.size >= largest - 0.1):
            break
        if line.base - below.base > _APART * max(line.size, below.size):
            count = place + 1
            if address is not None and place >= address:
                break
    return count


def _at_head(page: PageLines) -> list[Line]:
    lowest = (1 - _MOST_OF_A_PAGE) * page.height
    return [line for line in page.lines[:_MOST_LINES] if line.base > lowest]


def _at_foot(page: PageLines) -> list[Line]:
    """The lines at the foot of a page, the last one first."""
    highest = _MOST_OF_A_PAGE * page.height
    return [line for line in page.lines[: -_MOST_LINES - 1 : -1] if line.base < highest]


_Key = tuple[str, int]


def _keys(lines: Sequence[Line], height: float) -> list[_Key]:
    """A line as it counts for repetition: numbers alike, and about where it stands.

    The number of a paragraph makes a line text, so that it is like no other.
    """
    return [
        (
            line.text if line.is_led else _DIGITS.sub("#", line.text.casefold()),
            round((line.base / max(height, 1)) * 50),
        )
        for line in lines
    ]


def _repeated(pages: Sequence[Sequence[_Key]], count: int) -> set[_Key]:
    """The lines that stand in the same place on at least a third of the pages, and on two."""
    found: Counter[_Key] = Counter()
    for page in pages:
        found.update({(text, place + by) for text, place in page for by in (-1, 0, 1)})
    least = max(2, count / 3)
    return {key for key in found if found[key] >= least}


def _run(keys: Sequence[_Key], repeated: set[_Key]) -> int:
    """How many lines from the edge on are repeated ones."""
    for place, key in enumerate(keys):
        if key not in repeated:
            return place
    return len(keys)


def _alone_at_foot(page: PageLines) -> int:
    """How many last lines stand apart from the text at the foot of the page, or number it."""
    lines = page.lines
    count = 0
    while count < min(3, len(lines) - 1):
        line, above = lines[-1 - count], lines[-2 - count]
        if line.base > _EDGE * page.height and not _is_far_below(line, above, page.height):
            break
        count += 1
        apart = above.base - line.base > _APART * max(line.size, above.size)
        if apart and (_is_page_number(line.text) or above.base > _EDGE * page.height):
            return count
    return 0


def _is_far_below(line: Line, above: Line, height: float) -> bool:
    """Whether a line that is no sentence stands low on a page, with most of it free above."""
    is_low = line.base < 2 * _EDGE * height < above.base - line.base
    return is_low and not line.text.endswith(".") and not LABEL_LINE.match(line.text)


def _alone_at_head(page: PageLines) -> int:
    """Whether the first line only numbers the page, or stands small and apart at its head."""
    if len(page.lines) < 2:
        return 0
    line, below = page.lines[0], page.lines[1]
    if line.base < (1 - _EDGE) * page.height:
        return 0
    is_small = line.size < _SMALL * below.size and line.base - below.base > _APART * below.size
    return int(is_small or _is_page_number(line.text))


def _is_page_number(text: str) -> bool:
    return bool(_PAGE_NUMBER.fullmatch(text) or _PAGE_OF.search(text)) and len(text) < 80
