"""What of a note's text its page does not show: where it stands, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import Tag

from indexer.domain.blocks import BlockKind
from indexer.domain.claims import Problem
from indexer.readers.characters import one_line
from indexer.readers.hiding import STRUCK_OUT, STRUCK_OUT_TAGS, UNSEEN
from indexer.readers.site_words import is_of_the_site
from indexer.readers.text_run import Run, Weighed
from indexer.readers.unseen import unseen

_COUNTED = (BlockKind.PARAGRAPH, BlockKind.ITEM)


@dataclass(frozen=True, slots=True)
class Unseen:
    """Words that a reader of the page does not see, or sees struck out: `how` says which.

    `place` counts the blocks before them; they are part of that block unless they stand `alone`,
    as a block of their own with perhaps a `number`.
    """

    how: str
    words: str
    place: int
    box: int
    alone: bool = False
    number: str | None = None


def taken_out(root: Tag) -> dict[int, tuple[str, str]]:
    """How each unseen element of `root` is so, and its words, which are then no longer in it."""
    words: dict[int, tuple[str, str]] = {}
    inside = [root]
    while inside:
        for tag in inside.pop().children:
            if not isinstance(tag, Tag):
                continue
            if tag.name not in STRUCK_OUT_TAGS and UNSEEN not in tag.attrs:
                inside.append(tag)
                continue
            if text := one_line(tag.get_text(" ")):
                words[id(tag)] = (str(tag.get(UNSEEN) or STRUCK_OUT), text)
            tag.clear()
    return words


def left_out(
    unseen_words: Sequence[Unseen], blocks: Sequence[Weighed], run: Run
) -> tuple[Unseen, ...]:
    """The unseen words that stand inside the text of a page, and are no furniture of its site."""
    return tuple(each for each in unseen_words if _is_of_text(each, blocks, run))


def problems_of(
    of_text: Sequence[Unseen], blocks: Sequence[Weighed], run: Run
) -> Iterator[Problem]:
    """One problem for each way in which words are unseen, with the paragraphs where they stand."""
    for how in dict.fromkeys(each.how for each in of_text):
        yield unseen(how, (_place(each, blocks, run) for each in of_text if each.how == how))


def _is_of_text(each: Unseen, blocks: Sequence[Weighed], run: Run) -> bool:
    if is_of_the_site(each.words):
        return False
    if not each.alone:
        return each.place in run.extent and blocks[each.place].box not in run.left_out
    if each.box in run.left_out or each.place == run.extent.start:
        return False
    # What closes the text stands below its last block, and in the same box.
    closes = each.place == run.extent.stop and blocks[each.place - 1].box == each.box
    return each.place in run.extent or closes


def _place(each: Unseen, blocks: Sequence[Weighed], run: Run) -> str:
    """The paragraph as a person finds it: by its printed number, else by those before it."""
    if each.number:
        return f"paragraph {each.number}"
    above = [entry.block for entry in blocks[run.extent.start : each.place + (not each.alone)]]
    number = next((block.number for block in reversed(above) if block.number), None)
    if number is not None:
        is_its_own = not each.alone and above[-1].number is not None
        return f"paragraph {number}" if is_its_own else f"after paragraph {number}"
    counted = sum(block.kind in _COUNTED for block in above) + each.alone
    return f"paragraph {max(counted, 1)}"
