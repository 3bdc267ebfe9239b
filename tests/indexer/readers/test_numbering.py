"""Printed numbers and bullets at the head of a paragraph, and what only looks like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.blocks import Block, BlockKind
from indexer.readers.numbering import bullet_length, list_number, with_printed_number

PARAGRAPH, ITEM = BlockKind.PARAGRAPH, BlockKind.ITEM


@pytest.mark.parametrize(
    ("printed", "number", "kind"),
    [
        ("1. Grit", "1", PARAGRAPH),
        ("12) Grit", "12", PARAGRAPH),
        ("3.-5. Grit", "3.-5", PARAGRAPH),
        ("3-5. Grit", "3-5", PARAGRAPH),
        ("3 – 5. Grit", "3–5", PARAGRAPH),
        ("3.\u20115. Grit", "3.\u20115", PARAGRAPH),
        ("1.2 Grit", "1.2", PARAGRAPH),
        ("1.2. Grit", "1.2", PARAGRAPH),
        ("4.1.3 “Grit”", "4.1.3", PARAGRAPH),
        ("65. Grit", "65", PARAGRAPH),
        ("(2) Grit", "2", ITEM),
        ("(a) Grit", "a", ITEM),
        ("b) Grit", "b", ITEM),
        ("c. Grit", "c", ITEM),
        ("(iv) Grit", "iv", ITEM),
        ("ii. Grit", "ii", ITEM),
        ("1.\u2003Grit", "1", PARAGRAPH),
    ],
)
def test_a_printed_number(printed: str, number: str, kind: BlockKind) -> None:
    """The number leaves the text and loses its closing stop or bracket."""
    block = with_printed_number(Block(kind=PARAGRAPH, text=printed))
    assert (block.number, block.kind) == (number, kind)
    assert block.text in ("Grit", "“Grit”")
    assert block.level == (1 if kind is ITEM else None)


@pytest.mark.parametrize(
    "text",
    [
        "5.30pm is when gritting starts",
        "5.30 p.m. is when gritting starts",
        "18 June is the day",
        "18th June is the day",
        "12.05.2023 is the day",
        "2023. A year of frost",
        "2.5 miles of road",
        "3 Bins were moved",
        "24/7 cover is given",
        "1.",
        "(a)",
        "£1.2 million",
        "1,250 bins",
        "I. Kerr wrote",
        "A. Kerr wrote",
        "e.g. salt",
        "COVID-19. It spread",
        "(see paragraph 2) Grit",
        "",
    ],
)
def test_what_is_no_number_of_a_paragraph(text: str) -> None:
    """Times, dates, amounts and initials stay in the text."""
    block = Block(kind=PARAGRAPH, text=text)
    assert with_printed_number(block) == block


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.TABLE, BlockKind.LABEL])
def test_only_paragraphs_and_items_are_numbered(kind: BlockKind) -> None:
    """A heading keeps its number as part of its words."""
    block = Block(kind=kind, text="1. Background")
    assert with_printed_number(block) == block


def test_a_number_that_stands_is_not_replaced() -> None:
    """The second of two printed numbers is text."""
    block = with_printed_number(Block(kind=ITEM, level=3, text="1. 2. Grit"))
    assert (block.number, block.text, block.level) == ("1", "2. Grit", 3)
    assert with_printed_number(block) == block


@pytest.mark.parametrize("bullet", list("•●◦○▪■‣∙·⁃\uf0b7*–—-"))
def test_each_sign_that_leads_an_item(bullet: str) -> None:
    """Every bullet that notes print is known, with any space after it."""
    for space in (" ", "\t", "   "):
        assert bullet_length(f"{bullet}{space}Grit") == 1 + len(space)


@pytest.mark.parametrize("text", ["-5 degrees", "*footnote", "of salt", "o Grit", "•", "—"])
def test_what_is_no_bullet(text: str) -> None:
    """A sign without a space, or a word that begins with `o`, leads no item."""
    assert bullet_length(text) == 0


@pytest.mark.parametrize(
    ("position", "style", "number"),
    [
        (1, "1", "1"), (0, "1", "0"), (-3, "1", "-3"), (1, "a", "a"), (26, "a", "z"),
        (27, "a", "aa"), (703, "A", "AAA"), (0, "a", "0"), (4, "i", "iv"), (9, "I", "IX"),
        (1994, "i", "mcmxciv"), (4000, "i", "4000"), (0, "i", "0"), (7, "disc", "7"),
    ],
)  # fmt: skip
def test_the_number_that_a_browser_shows(position: int, style: str, number: str) -> None:
    """Numbers of a list are those of its type, as browsers print them."""
    assert list_number(position, style) == number


@given(st.integers(1, 3999), st.integers(1, 3999), st.sampled_from("1aAiI"))
def test_two_places_never_share_a_number(one: int, other: int, style: str) -> None:
    """Each place of a list has its own number."""
    assert (list_number(one, style) == list_number(other, style)) == (one == other)
