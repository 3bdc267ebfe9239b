"""A page's text as the best run of its blocks.

No class name or tag is needed. Every block gets a value, positive where it reads like text and
negative where it reads like the site's furniture, and the page's text is the run of blocks with the
highest sum (maximum subsequence segmentation, Pasternack and Roth 2009).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.domain.blocks import Block, BlockKind
from indexer.readers.site_words import DOCUMENT_LINK, POSTAL, ends_the_text, is_of_the_site

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
LEAST_OF_TEXT = 4.0

# In words: how much may stand before a page's title, in a box of furniture, in a stray line.
MOST_BEFORE_TITLE = 30
MOST_IN_A_BOX = 150
MOST_IN_A_STRAY = 8
# In blocks: how many stand below the link of a card.
MOST_IN_A_CARD = 3

LABEL_LINE = re.compile(r"^[^\S\n]*[A-Z][\w’' ]{2,30}:(?:\s|$)", re.MULTILINE)
_SENTENCE = re.compile(r"[.!?:;][\"'”’)]?(?:\s|$)|[。！？]")
# Scripts that put no space between words have about so many letters in one.
_LETTERS_OF_A_WORD = 10


@dataclass(frozen=True, slots=True)
class Weighed:
    """A block, how many of its words are links, how many links hold them, and the box it is in.

    `box` tells apart the elements that divide a page; 0 is the page itself.
    """

    block: Block
    linked_words: int = 0
    link_count: int = 0
    box: int = 0


def word_count(text: str) -> int:
    """How many words `text` has, in whatever script."""
    return max(len(text.split()), len(text.strip()) // _LETTERS_OF_A_WORD)


@dataclass(frozen=True, slots=True)
class Run:
    """The blocks of a page's text, where among all blocks they lie, and the boxes left out."""

    blocks: tuple[Block, ...]
    extent: range = range(0)
    left_out: frozenset[int] = frozenset()


def text_run(weighed: Sequence[Weighed]) -> Run:
    """The run with the highest sum of values, all of the blocks if none is positive."""
    judged = [_Judged.of(entry) for entry in weighed]
    furniture = _furniture_boxes(judged)
    best, (first, end), total, start = 0.0, (0, len(weighed)), 0.0, 0
    for index, worth in enumerate(_values(judged, furniture)):
        if total <= 0:
            total, start = 0.0, index
        total += worth
        if total > best:
            best, (first, end) = total, (start, index + 1)
    run = [
        entry.block
        for entry in judged[first:end]
        if entry.box not in furniture and not entry.is_stray
    ]
    return Run(tuple(run[_title_place(run) :]), range(first, end), frozenset(furniture))


@dataclass(slots=True)
class _Judged:
    """A block with its value by itself, and whether its words are those of a site."""

    block: Block
    box: int
    words: int
    worth: float
    is_linked: bool
    is_of_site: bool
    is_address: bool

    @classmethod
    def of(cls, entry: Weighed) -> _Judged:
        block = entry.block
        words = word_count(block.words)
        is_of_site = is_of_the_site(block.words)
        is_address = words < 30 and _is_address(block)
        worth = ADDRESS if is_address else _worth(entry, words, is_of_site=is_of_site)
        is_linked = 2 * entry.linked_words >= words > 0
        return cls(block, entry.box, words, worth, is_linked, is_of_site, is_address)

    @property
    def is_a_link(self) -> bool:
        """Whether a heading below the first, or an item, is a link and no more."""
        block = self.block
        is_head = block.kind is BlockKind.HEADING and block.level != 1
        return self.worth < 0 and self.is_linked and (is_head or block.kind is BlockKind.ITEM)

    @property
    def is_stray(self) -> bool:
        """Whether a block inside the text is a few words of the site: `Print this page`."""
        is_short = self.is_linked or self.words <= MOST_IN_A_STRAY
        return self.is_of_site and is_short and self.block.number is None


def _worth(entry: Weighed, words: int, *, is_of_site: bool) -> float:
    """What a block adds to the run: positive for text, negative for furniture."""
    block = entry.block
    if block.number is not None:
        return _worth_of_text(block, words)
    if is_of_site and words < 80:
        return WITH_SITE_WORDS - words / 4
    is_linked = words > 0 and entry.linked_words / words >= 0.5
    # A sentence that is one link is text, and so is an appendix; other links are a menu.
    is_paragraph = block.kind is BlockKind.PARAGRAPH
    is_text = is_paragraph and words >= 6 and _SENTENCE.search(block.text)
    if is_linked and not is_text and not DOCUMENT_LINK.search(block.text):
        return PER_LINK * max(entry.link_count, 1)
    return _worth_of_text(block, words)


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


def _values(judged: Sequence[_Judged], furniture: Collection[int]) -> list[float]:
    """The value of each block in its place: below what introduces it, and in its box."""
    values: list[float] = []
    is_introduced = is_opening = False
    goes_on = _where_numbers_go_on(judged)
    teasers = _teasers(judged)
    for place, entry in enumerate(judged):
        block, worth = entry.block, entry.worth
        is_item = block.kind is BlockKind.ITEM
        if entry.box in furniture or place in teasers:
            worth = min(worth, IN_FURNITURE)
        elif is_introduced and is_item:
            worth = max(worth, PLAIN_SHORT)
        elif entry.is_of_site and not goes_on[place] and ends_the_text(block.words):
            worth = END
        if is_opening and not entry.is_linked and worth > END:
            # A notice between the title and the text does not part them.
            worth = max(worth, 0.0)
        values.append(worth)
        is_introduced = block.text.endswith(":") or (is_introduced and is_item)
        is_title = block.kind is BlockKind.HEADING and block.level == 1
        is_opening = is_title or (is_opening and worth < LEAST_OF_TEXT)
    return values


def _teasers(judged: Sequence[_Judged]) -> set[int]:
    """Where a few words stand below a heading or item that is a link, time and again."""
    heads = [place for place, entry in enumerate(judged) if entry.is_a_link]
    teasers: set[int] = set()
    for head, following in pairwise(heads):
        between = range(head + 1, following)
        is_card = 0 < len(between) <= MOST_IN_A_CARD and all(
            judged[place].block.kind is BlockKind.PARAGRAPH
            and _is_plain(judged[place])
            and not _goes_on(judged, head, place)
            for place in between
        )
        if is_card and _are_alike(judged[head].block, judged[following].block):
            # The last card ends where no other follows: its words go as the first one's do.
            last = range(following + 1, min(following + 1 + len(between), len(judged)))
            teasers.update(place for place in (*between, *last) if _is_plain(judged[place]))
    return teasers


def _goes_on(judged: Sequence[_Judged], head: int, place: int) -> bool:
    """Whether the box at `place` was open before the `head`, which stands in a box of its own."""
    return head > 0 and judged[head - 1].box == judged[place].box != judged[head].box


def _is_plain(entry: _Judged) -> bool:
    return entry.block.number is None and not _is_labelled(entry.block)


def _are_alike(one: Block, other: Block) -> bool:
    return (one.kind, one.level) == (other.kind, other.level)


def _where_numbers_go_on(judged: Sequence[_Judged]) -> list[bool]:
    """For each place, whether the numbered paragraphs go on from it and do not begin again."""
    numbers = [entry.block.number for entry in judged]
    first = next((place for place, number in enumerate(numbers) if number), len(numbers))
    goes_on = [False] * len(numbers)
    following: str | None = None
    for place in reversed(range(len(numbers))):
        following = numbers[place] or following
        goes_on[place] = following is not None and (following != "1" or place <= first)
    return goes_on


def _furniture_boxes(judged: Sequence[_Judged]) -> set[int]:
    """The boxes of links or with words of the site in them, and no sign of a note."""
    words: Counter[int] = Counter()
    text: Counter[int] = Counter()
    sums: Counter[int] = Counter()
    of_the_site: set[int] = set()
    of_a_note: set[int] = {0}
    is_value = False  # the value of a label may be a link in a box of its own
    for entry in judged:
        block, box = entry.block, entry.box
        words[box] += entry.words
        text[box] += max(int(entry.worth), 0)
        sums[box] += int(entry.worth)
        if entry.is_of_site or entry.is_address:
            of_the_site.add(box)
        if is_value or block.number is not None or _is_labelled(block) or block.level == 1:
            of_a_note.add(box)
        is_label = block.kind is BlockKind.LABEL or block.text.endswith(":")
        is_value = is_label and _is_labelled(block) and not entry.is_of_site
    of_a_note.update(box for box, _ in text.most_common(1))
    of_the_site.update(box for box, total in sums.items() if total < 0)
    return {box for box in of_the_site - of_a_note if words[box] <= MOST_IN_A_BOX}


def _is_labelled(block: Block) -> bool:
    if block.kind in (BlockKind.LABEL, BlockKind.VALUE):
        return True
    return bool(LABEL_LINE.match(block.words)) and len(block.words) < 500


def _is_address(block: Block) -> bool:
    return not block.text.endswith((".", ":")) and bool(POSTAL.search(block.text))


def _title_place(run: Sequence[Block]) -> int:
    """Where the page's own title stands in its text, if hardly a word comes before it; else 0."""
    words = labels = 0
    for place, block in enumerate(run):
        if block.kind is BlockKind.HEADING and block.level == 1:
            return place
        words += len(block.words.split())
        labels += _is_labelled(block)
        if words > MOST_BEFORE_TITLE or labels > 1:
            break
    return 0
