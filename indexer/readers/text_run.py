"""A page's text as the best run of its blocks.

No class name or tag is needed. Every block gets a value, positive where it reads like text and
negative where it reads like the site's furniture, and the page's text is the run of blocks with the
highest sum (maximum subsequence segmentation, Pasternack and Roth 2009).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.blocks import Block, BlockKind
from indexer.readers.site_words import DOCUMENT_LINK, ENDS, POSTAL, SITE_WORDS, is_of_the_site

# What a block is worth to the run, in words. Measured on invented notes in differently built site
# shells (tests/indexer/readers/test_shells.py).
PER_LINK = -3.0
WITH_SITE_WORDS = -12.0
ADDRESS = -4.0
END = -80.0
IN_FURNITURE = -2.0
PLAIN_SHORT = 0.2
TITLE = 30.0
HEADING = 1.0
NUMBERED = 6.0
LABELLED = 8.0
MOST_FOR_A_BLOCK = 60.0

# In words: how much may stand before a page's title, in a box of furniture, in a stray line.
MOST_BEFORE_TITLE = 30
MOST_IN_A_BOX = 150
MOST_IN_A_STRAY = 8

LABEL_LINE = re.compile(r"^\s*[A-Z][\w’' ]{2,30}:(?:\s|$)", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?:;][\"'”’)]?(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A block, how many of its words are links, how many links hold them, and the box it is in.

    `box` tells apart the elements that divide a page; 0 is the page itself.
    """

    block: Block
    linked_words: int = 0
    link_count: int = 0
    box: int = 0


def text_run(weighed: Sequence[Weighed]) -> tuple[Block, ...]:
    """The blocks of the run with the highest sum of values, all of them if none is positive."""
    best, (first, end), total, start = 0.0, (0, len(weighed)), 0.0, 0
    for index, worth in enumerate(_values(weighed)):
        if total <= 0:
            total, start = 0.0, index
        total += worth
        if total > best:
            best, (first, end) = total, (start, index + 1)
    run = [entry.block for entry in weighed[first:end] if not _is_stray(entry.block)]
    return tuple(run[_title_place(run) :])


def value(entry: Weighed) -> float:
    """What a block by itself adds to the run: positive for text, negative for furniture."""
    block, words = entry.block, len(entry.block.words.split())
    if block.number is None and words < 80 and SITE_WORDS.search(block.words):
        return WITH_SITE_WORDS - words / 4
    is_linked = words > 0 and entry.linked_words / words >= 0.5
    # A sentence that is one link is text, and so is an appendix; other links are a menu.
    is_text = _SENTENCE.search(block.text) and words >= 6
    if is_linked and not is_text and not DOCUMENT_LINK.search(block.text):
        return PER_LINK * max(entry.link_count, 1)
    return ADDRESS if _is_address(block) else _worth_of_text(block, words)


def _worth_of_text(block: Block, words: int) -> float:
    if block.kind is BlockKind.HEADING:
        return TITLE if block.level == 1 else HEADING
    if block.kind in (BlockKind.LABEL, BlockKind.VALUE):
        return LABELLED
    if block.text.endswith(":") and words <= 6:
        return LABELLED
    worth = min(float(words), MOST_FOR_A_BLOCK)
    if block.number is not None:
        return worth + NUMBERED
    if block.kind is BlockKind.TABLE or words >= 10 or _SENTENCE.search(block.text):
        return worth
    return PLAIN_SHORT


def _values(weighed: Sequence[Weighed]) -> list[float]:
    """The value of each block in its place: below what introduces it, and in its box."""
    values: list[float] = []
    is_introduced = False
    furniture = _furniture_boxes(weighed)
    numbered = [place for place, entry in enumerate(weighed) if entry.block.number is not None]
    for place, entry in enumerate(weighed):
        block, worth = entry.block, value(entry)
        is_item = block.kind is BlockKind.ITEM
        if entry.box in furniture:
            worth = min(worth, IN_FURNITURE)
        elif is_introduced and is_item:
            worth = max(worth, PLAIN_SHORT)
        elif ENDS.match(block.words) and place > max(numbered, default=-1):
            worth = END
        values.append(worth)
        is_introduced = block.text.endswith(":") or (is_introduced and is_item)
    return values


def _furniture_boxes(weighed: Sequence[Weighed]) -> set[int]:
    """The boxes with words of the site in them and no sign of a note."""
    words: Counter[int] = Counter()
    worth: Counter[int] = Counter()
    of_the_site: set[int] = set()
    of_a_note: set[int] = {0}
    for entry in weighed:
        block = entry.block
        words[entry.box] += len(block.words.split())
        worth[entry.box] += max(int(value(entry)), 0)
        if is_of_the_site(block.words) or _is_address(block):
            of_the_site.add(entry.box)
        if block.number is not None or _is_labelled(block) or block.level == 1:
            of_a_note.add(entry.box)
    of_a_note.update(box for box, _ in worth.most_common(1))
    return {box for box in of_the_site - of_a_note if words[box] <= MOST_IN_A_BOX}


def _is_labelled(block: Block) -> bool:
    if block.kind in (BlockKind.LABEL, BlockKind.VALUE):
        return True
    return bool(LABEL_LINE.match(block.words)) and len(block.words) < 500


def _is_address(block: Block) -> bool:
    is_line = len(block.text.split()) < 30 and not block.text.endswith((".", ":"))
    return is_line and bool(POSTAL.search(block.text))


def _is_stray(block: Block) -> bool:
    """Whether a block inside the text is a few words of the site, such as `Print this page`."""
    is_short = block.number is None and len(block.words.split()) <= MOST_IN_A_STRAY
    return is_short and is_of_the_site(block.words)


def _title_place(run: Sequence[Block]) -> int:
    """Where the page's own title stands in its text, if hardly a word comes before it; else 0."""
    words = 0
    for place, block in enumerate(run):
        if block.kind is BlockKind.HEADING and block.level == 1:
            return place
        words += len(block.words.split())
        if words > MOST_BEFORE_TITLE or block.kind in (BlockKind.LABEL, BlockKind.VALUE):
            break
    return 0
