"""Titles of several lines, and what stands around them."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from tests.indexer.readers.pdf.drawing import both, drawn, lines, read, said

TITLE = (
    "Technical Notes 2021, Issue 31 - Ferries and",
    "Piers of the Northern and Western Harbours",
    "in Winter",
    "(Second Update)",
)


def test_a_title_with_more_letters_than_the_text() -> None:
    """It is a heading, however little text there is below it, and its lines belong together."""

    def title(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 20)
        lines(*TITLE, top=780, pitch=24)(canvas)
        canvas.setFont("Helvetica", 11)

    text = "1. The ferries were looked at in the spring and are all in good order for the year."
    document = read(drawn(both(title, lines(text, top=660))))
    assert said(document.blocks) == [
        ("heading", " ".join(TITLE)),
        ("paragraph", text.removeprefix("1. ")),
    ]


def test_a_date_set_to_the_right_above_a_title() -> None:
    """It ends where lines of text do, and yet the title does not go on from it."""

    def draw(canvas: Canvas) -> None:
        canvas.drawRightString(520, 760, "4 February 2021")
        lines("Technical Notes 2021, Issue 31 - Ferries", top=746)(canvas)
        lines("The ferries were looked at in the spring and are all in good order", top=715)(canvas)

    assert [block.text for block in read(drawn(draw)).blocks][:2] == [
        "4 February 2021",
        "Technical Notes 2021, Issue 31 - Ferries",
    ]
