"""What is put right of the words read off a picture, and what is left as it was read."""

from __future__ import annotations

import pytest

from indexer.domain.blocks import Block, BlockKind
from indexer.readers.misread import put_right


def numbers(*texts: str, first: str | None = None) -> list[str | None]:
    blocks = [Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts]
    if first:
        blocks.insert(0, Block(kind=BlockKind.PARAGRAPH, number=first, text="Before."))
    return [block.number for block in put_right(blocks)]


@pytest.mark.parametrize("stop", [":", ";", ",", "·"])
def test_a_misread_stop_leaves_the_number_that_comes_next(stop: str) -> None:
    """At the beginning too, and after others that were misread."""
    assert numbers(f"1{stop} Ferries sail.", f"2{stop} They return.") == ["1", "2"]
    assert numbers(f"8{stop} They return.", first="7") == ["7", "8"]


@pytest.mark.parametrize(
    "text", ["3: Ferries sail.", "2:30 is the time.", "2 ferries", "2,000 cars"]
)
def test_a_number_that_does_not_come_next_is_text(text: str) -> None:
    """Nor is one that goes on without a space."""
    assert numbers(text, first="1") == ["1", None]


def test_the_words_stay() -> None:
    """Only the number and its stop go."""
    (block,) = put_right([Block(kind=BlockKind.PARAGRAPH, text="1: At 9am: ferries.")])
    assert block.text == "At 9am: ferries."
