"""What of a note's text its page does not show: where it stands, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.domain.blocks import BlockKind
from indexer.domain.claims import Problem
from indexer.readers.markup import Unseen, Written
from indexer.readers.site_words import is_of_the_site
from indexer.readers.text_run import Run, Weighed
from indexer.readers.unseen import unseen

_COUNTED = (BlockKind.PARAGRAPH, BlockKind.ITEM)


def left_out(written: Written, run: Run) -> tuple[Unseen, ...]:
    """The unseen words that stand inside the text of a page, and are no furniture of its site."""
    return tuple(each for each in written.unseen if _is_of_text(each, written.blocks, run))


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
