"""Plain text to blocks: paragraphs, bullets, numbers and pipe tables, wrapped or not."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.blocks import BlockKind
from tests.indexer.readers.blocks import Short, short, typed

FIRST = (
    "Gritting began in the first week of November and went on until the middle of March, when the "
    "last of the salt at the Kirkorran depot was put away for the year. Every route of the first "
    "priority was treated before six in the morning, and those of the second priority by noon."
)
SECOND = (
    "Members asked in January whether the steps beside the harbour at Inverstrae could be added to "
    "the list of footways, and the service will answer them once the survey has been finished."
)

STRUCTURES: dict[str, tuple[str, list[Short]]] = {
    "each whole line is a paragraph": (
        "Grit Bins\nReport by:\nUna Dunmarrow\n\nWords.",
        [("paragraph", "Grit Bins"), ("paragraph", "Report by:"), ("paragraph", "Una Dunmarrow"),
         ("paragraph", "Words.")],
    ),
    "long lines that were never wrapped stay apart": (
        f"{FIRST}\n{SECOND}",
        [("paragraph", FIRST), ("paragraph", SECOND)],
    ),
    "printed numbers": (
        "1. One\n2) Two\n3.-5. More\n(a) Under\n18 June is a day.\n5.30pm is a time.",
        [("paragraph", "1", "One"), ("paragraph", "2", "Two"), ("paragraph", "3.-5", "More"),
         ("item", "a", 1, "Under"), ("paragraph", "18 June is a day."),
         ("paragraph", "5.30pm is a time.")],
    ),
    "bullets nest by their indent": (
        "• One\n    • Under\n        • Deepest\n  • Level\n• Two\nText\n    • New",
        [("item", 1, "One"), ("item", 2, "Under"), ("item", 3, "Deepest"), ("item", 2, "Level"),
         ("item", 1, "Two"), ("paragraph", "Text"), ("item", 1, "New")],
    ),
    "a blank line does not end the nesting of bullets": (
        "• One\n\n  • Under\n\n• Two",
        [("item", 1, "One"), ("item", 2, "Under"), ("item", 1, "Two")],
    ),
    "what hangs from a bullet belongs to it": (
        "• Grit bins\n  of every street\n– Salt\n  from\n  the depot\nText",
        [("item", 1, "Grit bins of every street"), ("item", 1, "Salt from the depot"),
         ("paragraph", "Text")],
    ),
    "a numbered bullet": (
        "• (a) Grit\n• 2. Salt",
        [("item", "a", 1, "Grit"), ("item", "2", 1, "Salt")],
    ),
    "a pipe table with outer pipes": (
        "Before\n| Street | Bins |\n|:--|--:|\n| Mill Wynd | |\n| | 2 |\nAfter",
        [("paragraph", "Before"), ("table", (("Street", "Bins"), ("Mill Wynd", ""), ("", "2"))),
         ("paragraph", "After")],
    ),
    "a pipe table without outer pipes": (
        "Street | Bins\n--- | ---\nMill Wynd | 2\nQuay | \n",
        [("table", (("Street", "Bins"), ("Mill Wynd", "2"), ("Quay", "")))],
    ),
    "two pipe tables with a blank line between": (
        "| a | b |\n\n| c | d |",
        [("table", (("a", "b"),)), ("table", (("c", "d"),))],
    ),
    "a pipe inside a word is text": ("Choose A|B now.", [("paragraph", "Choose A|B now.")]),
    "old line ends and tabs": (
        "One\rTwo\r\nThree\tfour\fFive",
        [("paragraph", "One"), ("paragraph", "Two"), ("paragraph", "Three four Five")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", STRUCTURES)
def test_the_structure_of_text(what: str) -> None:
    """Lines, numbers, bullets and tables are kept as they were typed."""
    source, expected = STRUCTURES[what]
    assert short(typed(source)) == expected


@pytest.mark.parametrize("width", [66, 72, 80, 95])
def test_wrapped_lines_are_joined(width: int) -> None:
    """Paragraphs that were broken at a margin come back whole, numbered and bulleted ones too."""
    paragraphs = [f"1. {FIRST}", f"2. {SECOND}", f"• {FIRST}", SECOND]
    wrapped = [
        textwrap.fill(each, width, subsequent_indent="  " if each.startswith("•") else "")
        for each in paragraphs
    ]
    assert short(typed("\n".join(wrapped[:3]) + "\n\n" + wrapped[3])) == [
        ("paragraph", "1", FIRST),
        ("paragraph", "2", SECOND),
        ("item", 1, FIRST),
        ("paragraph", SECOND),
    ]


def test_short_lines_of_a_wrapped_document_stay_apart() -> None:
    """A label, its value and a heading are no part of the wrapped text round them."""
    wrapped = textwrap.fill(FIRST + " " + SECOND, 78)
    header = ["Report by:", "Una Dunmarrow, Engineer", "Subject:", "Grit Bins", "BACKGROUND"]
    blocks = short(typed("\n".join(header) + "\n\n" + wrapped))
    assert blocks == [("paragraph", each) for each in [*header, f"{FIRST} {SECOND}"]]


def test_a_dash_in_a_wrapped_sentence_is_no_bullet() -> None:
    """It is one where the line before ends with a stop, or would have had room for it."""
    full = "The depot of the Council at Mill Wynd and the one beside the harbour pier"
    wrapped = f"{full}\n– the only ones – are shut.\n\n{full}\n{full}"
    assert short(typed(wrapped))[0] == ("paragraph", f"{full} – the only ones – are shut.")
    listed = wrapped.replace("pier\n", "pie.\n", 1)
    assert short(typed(listed))[1] == ("item", 1, "the only ones – are shut.")


def test_two_lines_are_joined_where_the_first_cannot_be_whole() -> None:
    """Two are too few to show a margin: what ends and begins them has to say so."""
    title = "Technical Note 2024, Issue 9 - Carriageways of Kirkorran, Balloch Mill"
    for first, second in (
        (title, "and Inverstrae"),
        (f"{title} –", "Update"),
        (f"{title},", "Ayr"),
    ):
        assert short(typed(f"{first}\n{second}")) == [("paragraph", f"{first} {second}")]
    assert len(typed(f"{title}\nUpdate").blocks) == 2
    assert len(typed("The piers of Inverstrae\nand Ayr").blocks) == 2


WORDS = st.lists(st.sampled_from("the grit bins of Kirkorran are full".split()), min_size=1)


@given(st.lists(WORDS.map(" ".join), min_size=1, max_size=6))
def test_no_word_is_lost_or_moved(paragraphs: list[str]) -> None:
    """Wrapped or whole, bulleted or not, the words of a text come back in their order."""
    for lead in ("", "• ", "1. "):
        for joined in ("\n", "\n\n"):
            whole = joined.join(lead + each for each in paragraphs)
            for source in (whole, joined.join(textwrap.fill(lead + p, 70) for p in paragraphs)):
                words = " ".join(block.text for block in typed(source).blocks).split()
                assert words == " ".join(paragraphs).split()


@pytest.mark.parametrize(
    ("source", "titles"),
    [
        ("\n\n Technical Note 29 - Grit\nReport by:\n", ("Technical Note 29 - Grit",)),
        ("| a | b |\nGrit", ("Grit",)),
        ("| a | b |", ()),
    ],
)
def test_the_first_line_may_be_the_title(source: str, titles: tuple[str, ...]) -> None:
    """The first line with words in it is offered as the title; a table's row is not."""
    assert typed(source).titles == titles


def test_a_text_has_no_markup_to_read() -> None:
    """Signs of HTML in plain text are text."""
    (block,) = typed("Use <b>bold</b> &amp; <br> here").blocks
    assert block.kind is BlockKind.PARAGRAPH
    assert block.text == "Use <b>bold</b> &amp; <br> here"
