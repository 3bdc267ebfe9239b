"""The numbers that Word prints before paragraphs, for each way in which a list may count."""

from __future__ import annotations

import pytest
from docx import Document

from indexer.readers.word.numbers import formatted
from tests.indexer.readers.blocks import Short, short
from tests.indexer.readers.word.documents import element, numbered, para, read_back, with_list

OUTLINE = ("decimal %1.", "lowerLetter %2)", "lowerRoman (%3)")


def _printed(*paragraphs: str, levels: tuple[str, ...] = OUTLINE) -> list[Short]:
    document = Document()
    with_list(document, *levels)
    return short(read_back(*paragraphs, document=document))


def test_numbers_go_on_after_a_plain_paragraph() -> None:
    """A paragraph without a number does not make the next one the first again."""
    assert _printed(numbered("One"), numbered("Two"), para("Between"), numbered("Three")) == [
        ("paragraph", "1", "One"),
        ("paragraph", "2", "Two"),
        ("paragraph", "Between"),
        ("paragraph", "3", "Three"),
    ]


def test_levels_nest_and_begin_again() -> None:
    """Letters and Roman numerals are items as deep as they stand, begun again under each number."""
    assert _printed(
        numbered("One"),
        numbered("Grit", 1),
        numbered("Salt", 1),
        numbered("Rock", 2),
        numbered("Sea", 2),
        numbered("Two"),
        numbered("Ploughs", 1),
    ) == [
        ("paragraph", "1", "One"),
        ("item", "a", 2, "Grit"),
        ("item", "b", 2, "Salt"),
        ("item", "i", 3, "Rock"),
        ("item", "ii", 3, "Sea"),
        ("paragraph", "2", "Two"),
        ("item", "a", 2, "Ploughs"),
    ]


def test_a_number_may_be_made_of_those_above_it() -> None:
    """A paragraph 3.2 is a numbered paragraph however deep in its list it stands."""
    levels = ("decimal %1", "decimal %1.%2", "decimal %1.%2.%3.")
    assert _printed(
        numbered("Background"),
        numbered("why members asked", 1),
        numbered("2,000 were counted", 1),
        numbered("Costs"),
        numbered("Of salt", 1),
        numbered("Of rock salt", 2),
        levels=levels,
    ) == [
        ("paragraph", "1", "Background"),
        ("paragraph", "1.1", "why members asked"),
        ("paragraph", "1.2", "2,000 were counted"),
        ("paragraph", "2", "Costs"),
        ("paragraph", "2.1", "Of salt"),
        ("paragraph", "2.1.1", "Of rock salt"),
    ]


def test_bullets_are_items_without_a_number() -> None:
    assert _printed(
        numbered("One"), numbered("Under", 1), numbered("Two"), levels=("bullet o", "bullet §")
    ) == [("item", 1, "One"), ("item", 2, "Under"), ("item", 1, "Two")]


def test_a_level_that_prints_nothing_gives_no_number() -> None:
    assert _printed(numbered("Plain"), levels=("none",)) == [("paragraph", "Plain")]


def test_words_in_a_number_are_words_of_the_paragraph() -> None:
    levels = ("upperLetter Appendix&#160;%1:",)
    assert _printed(numbered("Routes"), levels=levels) == [("paragraph", "Appendix A: Routes")]


def test_numbers_may_start_anywhere_and_in_digits_alone() -> None:
    """A list that starts at 7, whose second level shows Roman numerals above it as digits."""
    levels = (
        'upperRoman %1. <w:start w:val="7"/>',
        "decimal %1.%2 <w:isLgl/>",
    )
    assert _printed(numbered("Seven"), numbered("One", 1), levels=levels)[1] == (
        "paragraph", "7.1", "One",
    )  # fmt: skip


def test_a_level_that_never_begins_again() -> None:
    levels = ("decimal %1.", 'decimal %2) <w:lvlRestart w:val="0"/>')
    assert _printed(
        numbered("One"), numbered("a", 1), numbered("Two"), numbered("b", 1), levels=levels
    ) == [
        ("paragraph", "1", "One"),
        ("item", "1", 2, "a"),
        ("paragraph", "2", "Two"),
        ("item", "2", 2, "b"),
    ]


def test_lists_of_one_shape_count_together_unless_they_say_otherwise() -> None:
    """A second list of the same shape counts on; one with a start of its own begins there."""
    document = Document()
    with_list(document, *OUTLINE)
    with_list(document, list_id=91)
    start = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
    with_list(document, list_id=92, override=start)
    assert short(
        read_back(
            numbered("One"),
            numbered("Two", list_id=91),
            numbered("Five", list_id=92),
            numbered("Six", list_id=92),
            document=document,
        )
    ) == [
        ("paragraph", "1", "One"),
        ("paragraph", "2", "Two"),
        ("paragraph", "5", "Five"),
        ("paragraph", "6", "Six"),
    ]


def test_a_style_may_bring_the_number_and_a_paragraph_refuse_it() -> None:
    """List 0 is no list: the paragraph has no number, and the next one counts on."""
    refused = para(
        "Loose", look='<w:pStyle w:val="ListNumber"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    document = Document()
    document.add_paragraph("One", style="List Number")
    listed = para("Two", look='<w:pStyle w:val="ListNumber"/>')
    assert short(read_back(refused, listed, document=document)) == [
        ("paragraph", "1", "One"),
        ("paragraph", "Loose"),
        ("paragraph", "2", "Two"),
    ]


def test_a_style_is_numbered_at_the_level_that_names_it() -> None:
    """Styles based on a numbered one are numbered by the level that is linked with them."""
    document = Document()
    with_list(
        document,
        'decimal %1. <w:pStyle w:val="Point"/>',
        'decimal %1.%2 <w:pStyle w:val="Subpoint"/>',
    )
    styles = document.styles.element
    styles.append(
        element(
            '<w:style w:type="paragraph" w:styleId="Point"><w:name w:val="Point"/><w:pPr><w:numPr>'
            '<w:numId w:val="90"/></w:numPr></w:pPr></w:style>'
        )
    )
    styles.append(
        element(
            '<w:style w:type="paragraph" w:styleId="Subpoint"><w:name w:val="Subpoint"/>'
            '<w:basedOn w:val="Point"/></w:style>'
        )
    )
    point, subpoint = ('<w:pStyle w:val="Point"/>', '<w:pStyle w:val="Subpoint"/>')
    assert short(
        read_back(
            para("First", look=point), para("Within", look=subpoint), para("Second", look=point),
            document=document,
        )
    ) == [
        ("paragraph", "1", "First"),
        ("paragraph", "1.1", "Within"),
        ("paragraph", "2", "Second"),
    ]  # fmt: skip


def test_a_numbered_heading_keeps_its_number_in_its_words() -> None:
    document = Document()
    with_list(document, *OUTLINE)
    look = '<w:pStyle w:val="Heading2"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>'
    assert short(read_back(para("Costs", look=look), document=document)) == [
        ("heading", 2, "1. Costs")
    ]


@pytest.mark.parametrize(
    ("count", "style", "printed"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (2, "lowerLetter", "b"),
        (28, "lowerLetter", "bb"),
        (27, "upperLetter", "AA"),
        (14, "lowerRoman", "xiv"),
        (14, "upperRoman", "XIV"),
        (4, "chicago", "4"),
        (0, "lowerLetter", "0"),
        (1, "none", ""),
    ],
)
def test_counts_in_each_style(count: int, style: str, printed: str) -> None:
    assert formatted(count, style) == printed
