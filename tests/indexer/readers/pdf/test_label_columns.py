"""Labels beside values without colons or rules: their columns are told by the edges of words."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from tests.indexer.readers.pdf.drawing import LEFT, TOP, Draw, both, drawn, lines, read, texts

ROWS = (
    ("Report by", "Isla Kerr, Head of Ports"),
    ("TN Number", "014-21"),
    ("Subject", "Ferries in the winter of last year"),
    ("Responsible Officer", "Morag Fairlie, Chief Engineer"),
)


def row_by_row(
    *rows: tuple[str, str], left: float, pitch: float, ends_at: float = 0, stretched: bool = False
) -> Draw:
    """Draws the label and value of each row in turn, as a program does that writes along lines.

    Labels end at a place, or begin at the margin.
    """

    def draw(canvas: Canvas) -> None:
        for place, (label, value) in enumerate(rows):
            height = TOP - place * pitch
            if ends_at:
                canvas.drawRightString(ends_at, height, label)
            else:
                canvas.drawString(LEFT, height, label)
            canvas.drawString(left, height, value, wordSpace=11 if stretched else 0)

    return draw


def test_labels_that_end_just_before_their_values() -> None:
    """Words that end below one another, and begin so after hardly more than a space."""
    page = row_by_row(*ROWS, left=184, pitch=18, ends_at=180)
    (table,) = read(drawn(page)).blocks
    assert table.rows == ROWS


def test_rows_that_stand_as_close_as_lines() -> None:
    """Each label begins a row, and a line without one belongs to the row above."""
    rows = (*ROWS, ("", "and Harbours"), ("Publication", "Open"))
    (table,) = read(drawn(row_by_row(*rows, left=178, pitch=13))).blocks
    assert table.rows == (
        *ROWS[:3],
        ("Responsible Officer", "Morag Fairlie, Chief Engineer and Harbours"),
        ("Publication", "Open"),
    )


def test_a_last_label_that_takes_more_lines_than_its_value() -> None:
    page = both(
        lines("Report by", "TN Number", "Responsible", pitch=20),
        lines("Officer", top=708),
        lines("Isla Kerr, Head of Ports", "014-21", "Morag Fairlie", left=150, pitch=20),
        lines("The ferries sail at noon.", top=670),
    )
    table, text = read(drawn(page)).blocks
    assert table.rows == (*ROWS[:2], ("Responsible Officer", "Morag Fairlie"))
    assert text.text == "The ferries sail at noon."


def test_stretched_values_beside_their_labels_are_one_cell_each() -> None:
    """Only the gap after a label differs from those of a line that fills its width."""
    value = "The ferries in the winter and the spring of the last"
    rows = tuple((label, value) for label, _ in ROWS)
    page = row_by_row(*rows, left=200, pitch=18, stretched=True)
    (table,) = read(drawn(page)).blocks
    assert table.rows == rows


def test_two_gaps_in_line_by_chance_part_nothing() -> None:
    text = (
        "The ferries were looked at in the spring and are all in good order for the",
        "year. The piers were looked at in the autumn; two are closed and one is to",
        "be mended. The harbour master reports again in a year on what was done.",
    )
    assert texts(read(drawn(lines(*text)))) == [" ".join(text)]


def test_a_single_label_beside_a_value_of_several_lines() -> None:
    rows = (("Publication", "This note will be published when members"), ("", "have read it."))
    page = both(row_by_row(*rows, left=150, pitch=13), lines("The ferries sail.", top=700))
    table, text = read(drawn(page)).blocks
    assert table.rows == (
        ("Publication", "This note will be published when members have read it."),
    )
    assert text.text == "The ferries sail."


def test_two_labels_with_their_values_in_a_row() -> None:
    """Values that go on below, and one that takes the whole width, leave the others apart."""
    statement = "This note will be published when all of the members have had it."
    page = both(
        lines("Report by:", "", "Subject:", "Publication:", pitch=16),
        lines("Isla Kerr, Head of Ports", "Ferries", top=TOP, left=150, pitch=32),
        lines("and Harbours", top=TOP - 12, left=150),
        lines("TN Number:", "Responsible:", left=320, pitch=32),
        lines("014-21", "Morag Fairlie", left=400, pitch=32),
        lines(
            "This note will be published when all of the members have had it.", left=150, top=712
        ),
    )
    (table,) = read(drawn(page)).blocks
    assert table.rows == (
        ("Report by:", "Isla Kerr, Head of Ports and Harbours", "TN Number:", "014-21"),
        ("Subject:", "Ferries", "Responsible:", "Morag Fairlie"),
        ("Publication:", statement),
    )


def test_labels_above_their_values_two_across() -> None:
    """Where both columns hold labels, neither is one of labels alone."""
    page = both(
        lines("Report by:", "Isla Kerr, Head of Ports"),
        lines("TN Number:", "014-21", left=320),
        lines("Subject:", "Ferries", top=TOP - 36),
        lines("Responsible:", "Morag Fairlie", left=320, top=TOP - 36),
    )
    (table,) = read(drawn(page)).blocks
    assert table.rows == (
        ("Report by:", "TN Number:"),
        ("Isla Kerr, Head of Ports", "014-21"),
        ("Subject:", "Responsible:"),
        ("Ferries", "Morag Fairlie"),
    )


def test_a_blank_value_beside_one_of_two_lines() -> None:
    """The label of the blank one ends the first line of the value before it, and not that value."""
    statement = "This note will be published when all of the members have had it."
    page = both(
        lines("Report by:", "", "Subject:", "Publication:", pitch=16),
        lines("Isla Kerr, Head of Ports", "Ferries", left=150, pitch=32),
        lines("and Harbours", top=TOP - 12, left=150),
        lines("TN Number:", "Responsible:", left=320, pitch=32),
        lines("Morag Fairlie", top=TOP - 32, left=400),
        lines(statement, left=150, top=712),
    )
    (table,) = read(drawn(page)).blocks
    assert table.rows[0] == ("Report by:", "Isla Kerr, Head of Ports and Harbours", "TN Number:")
