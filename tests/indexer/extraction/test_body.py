"""The body of a note: what belongs to it, and anchors that a citation can use."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.reference import TECHNICAL_NOTES, NoteReference
from indexer.extraction.body import body_of
from tests.indexer.extraction.notes import NOTE, TITLE, document

OWN = NoteReference(2021, 14)
HEADING, PARAGRAPH, ITEM = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM


def paragraph(text: str, number: str | None = None) -> Block:
    return Block(kind=PARAGRAPH, text=text, number=number)


def heading(text: str) -> Block:
    return Block(kind=HEADING, text=text, level=2)


def body(*blocks: Block) -> tuple[Block, ...]:
    return body_of(blocks, 0, (), TECHNICAL_NOTES, OWN)


def test_what_is_left_out_at_the_start() -> None:
    """The title line again and a heading that only opens the text are no part of the body."""
    opening = (heading(TITLE), heading("Details:"), paragraph(TITLE))
    assert body(*opening, heading("Details of the bins"), paragraph("Grit.", "1"))[0].text == (
        "Details of the bins"
    )


@pytest.mark.parametrize(
    "first",
    [
        "Technical Note 149 - Storm Arwen - set out the position at 3 December.",
        "Technical Note 187: the survey closed on 4 May.",
        "Technical Note 071-20 advised Members of the works.",
        "Technical Note 2020, Issue 71 - Grit",
        "TN-071-20 explained the material.",
        "Issue 3 – the lift at the harbour has failed again.",
        "No. 5, Main Street will be demolished.",
    ],
)
@pytest.mark.parametrize("number", ["1. ", "• ", ""])
@pytest.mark.parametrize("header", [True, False])
def test_a_first_paragraph_that_cites_a_note(first: str, number: str, header: bool) -> None:
    """A body that opens with another note's number keeps that paragraph, and the note its own."""
    above = NOTE[: NOTE.index("1. ")] if header else f"{TITLE}\n"
    claims = document(f"{above}{number}{first}\n2. The second paragraph says more of the bins.\n")
    assert claims.reference == OWN
    assert [block.text for block in claims.body] == [
        first,
        "The second paragraph says more of the bins.",
    ]


def test_a_letterhead_above_the_title_is_left_out() -> None:
    """A few short lines; numbered text above a title is text that quotes one."""
    head = (paragraph("Strathallan Council"), paragraph("1 High Street, Kirkorran KK1 1AA"))
    text = paragraph("Grit.", "1")
    assert [block.text for block in body(*head, paragraph(TITLE), text)] == ["Grit."]
    assert len(body(text, paragraph(TITLE), text)) == 3


def test_what_the_header_holds_is_left_out() -> None:
    """The body begins where the header ends, without the blocks that state something."""
    blocks = (paragraph("Report by:"), paragraph("One", "1"), paragraph("All Members"))
    (block,) = body_of(blocks, 1, {2}, TECHNICAL_NOTES, OWN)
    assert (block.text, block.anchor) == ("One", "p1")


def test_labels_and_values_of_the_body_are_paragraphs() -> None:
    """No body holds a label or a value, whatever the page made of it."""
    blocks = [Block(kind=kind, text="Grit") for kind in (BlockKind.LABEL, BlockKind.VALUE)]
    assert {block.kind for block in body(*blocks)} == {PARAGRAPH}


def test_anchors_of_paragraphs_and_headings() -> None:
    """A numbered paragraph is named by its number, a heading by its words, all else by nothing."""
    blocks = body(
        heading("Next steps – Mill Wynd & Quay"),
        heading("…"),
        paragraph("One", "1"),
        paragraph("More", "3.-5"),
        paragraph("More", "3–5"),
        paragraph("Outline", "1.2"),
        paragraph("Plain"),
        Block(kind=ITEM, text="Item", number="a", level=1),
        Block(kind=BlockKind.TABLE, rows=(("a", "b"),)),
    )
    anchors = [block.anchor for block in blocks]
    assert anchors == [
        "h-next-steps-mill-wynd-quay", "h-untitled", "p1", "p3-5", "p3-5-2", "p1-2", None, None,
        None,
    ]  # fmt: skip


def test_a_repeated_number_gets_an_anchor_of_its_own() -> None:
    """Notes restart and repeat their numbers; the first keeps the plain anchor."""
    blocks = body(*(paragraph("Words", number) for number in ("1", "1", "1", "1.2", "1")))
    assert [block.anchor for block in blocks] == ["p1", "p1-2", "p1-3", "p1-2-2", "p1-4"]


texts = st.sampled_from(["Grit", "Grit bins", "GRIT!", "…", "", "Next steps " * 9])
numbers = st.sampled_from(["1", "1.2", "1-2", "2", "3.-5", "a"])
blocks_of_bodies = st.lists(
    st.builds(paragraph, texts, numbers) | st.builds(paragraph, texts) | st.builds(heading, texts),
    max_size=30,
)


@given(blocks_of_bodies, blocks_of_bodies)
def test_anchors_are_unique_and_stable(blocks: list[Block], added: list[Block]) -> None:
    """No two blocks share an anchor, and what is added at the end changes none before it."""
    made = body(paragraph("First"), *blocks)
    anchors = [block.anchor for block in made if block.anchor]
    assert len(set(anchors)) == len(anchors)
    assert body(paragraph("First"), *blocks, *added)[: len(made)] == made


def test_the_body_of_a_whole_note() -> None:
    """Number, anchor and words of each paragraph, and no line of the header."""
    claims = document(NOTE)
    assert [(block.number, block.anchor) for block in claims.body] == [("1", "p1"), ("2", "p2")]
