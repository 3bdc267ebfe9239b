"""Tables with rules around each cell are read by their boxes, wherever the words stand in them."""

from __future__ import annotations

from collections.abc import Sequence

from reportlab.pdfgen.canvas import Canvas

from tests.indexer.readers.pdf.drawing import Draw, both, drawn, lines, read, said, texts


def boxes(left: Sequence[float], top: Sequence[float]) -> Draw:
    """Rules at these places: upright ones from the left, level ones from the top."""

    def draw(canvas: Canvas) -> None:
        canvas.grid(list(left), list(top))

    return draw


PUBLICATION = (
    "This Technical Note will be published on the Council website",
    "following circulation to Members. Its contents may be shared",
    "outwith the Council.",
)
STATEMENT = " ".join(PUBLICATION)


def test_labels_in_the_middle_of_their_boxes() -> None:
    """The first line of a value stands above its label, and its row begins at the rule."""
    page = both(
        boxes((70, 160, 540), (780, 740, 690)),
        lines("Responsible", "Officer:", left=76, top=764),
        lines("Morag Fairlie, Chief Engineer", left=166, top=757),
        lines("Publication:", left=76, top=712),
        lines(*PUBLICATION, left=166, top=726),
        lines("1. The ferries sail at noon.", top=660),
    )
    assert said(read(drawn(page)).blocks) == [
        ("label", "Responsible Officer:"),
        ("value", "Morag Fairlie, Chief Engineer"),
        ("label", "Publication:"),
        ("value", STATEMENT),
        ("paragraph", "The ferries sail at noon."),
    ]


def test_a_single_row() -> None:
    page = both(
        boxes((70, 160, 540), (740, 690)),
        lines("Publication", left=76, top=712),
        lines(*PUBLICATION, left=166, top=726),
    )
    assert [block.rows for block in read(drawn(page)).blocks] == [(("Publication", STATEMENT),)]


def test_rules_that_words_cross_draw_no_boxes() -> None:
    """A frame around text, with a rule behind it, parts none of its lines."""
    text = "The ferries were looked at in the spring and are all in good order for the year."
    page = both(boxes((60, 160, 560), (780, 690)), lines(text, top=740))
    assert texts(read(drawn(page))) == [text]


def test_a_box_beside_a_column_of_text_leaves_that_text_alone() -> None:
    column = [f"The pier of Inverstrae is mended, part {part}," for part in "abcdef"]
    page = both(
        boxes((320, 400, 540), (770, 750, 730, 710)),
        lines("Area", "Kirkorran", "Inverstrae", left=324, top=756, pitch=20),
        lines("Empty", "22", "14", left=404, top=756, pitch=20),
        lines(*column, pitch=14),
    )
    document = read(drawn(page))
    assert " ".join(column) in " ".join(texts(document))
    assert [block.rows for block in document.blocks if block.rows] == [
        (("Area", "Empty"), ("Kirkorran", "22"), ("Inverstrae", "14"))
    ]


def test_rows_of_one_cell_and_of_more() -> None:
    """A rule that parts some rows leaves the others whole."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([70, 540], [780, 760, 740, 720])
        canvas.lines([(200, 760, 200, 720)])

    words = both(
        lines("Sailings of the Kirkorran ferry in each week of winter", left=76, top=766),
        lines("Monday", "Tuesday", left=76, top=746, pitch=20),
        lines("At noon", "None", left=206, top=746, pitch=20),
    )
    (table,) = read(drawn(both(draw, words))).blocks
    assert table.rows == (
        ("Sailings of the Kirkorran ferry in each week of winter",),
        ("Monday", "At noon"),
        ("Tuesday", "None"),
    )


def test_a_frame_around_two_columns_of_text_is_no_table() -> None:
    """The left column is read to its end, then the right one."""
    texts_of = {
        name: [f"{name} has a pier that was mended in {year}" for year in range(2015, 2021)]
        for name in ("Kirkorran", "Inverstrae")
    }
    left, right = texts_of.values()
    page = both(boxes((66, 300, 536), (780, 660)), lines(*left, left=76), lines(*right, left=310))
    document = read(drawn(page))
    assert " ".join(texts(document)) == " ".join([*left, *right])
