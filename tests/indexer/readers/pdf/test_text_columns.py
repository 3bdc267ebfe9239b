"""Columns of text are read one after the other, however short they are."""

from __future__ import annotations

from tests.indexer.readers.pdf.drawing import both, drawn, lines, read, texts

ABOVE = (
    "The ferries were looked at in the spring and are all in good order for the year to come,",
    "and the piers were looked at in the autumn; two of them are closed, and one is to be mended,",
    "which the harbour master reports on again when all of the works at Kirkorran have been done.",
)


def test_short_columns_whose_lines_share_no_height() -> None:
    """Cells of a row stand beside each other; nothing stands beside these."""
    left = lines("Sailings", "Two boats sail at noon.", top=700, pitch=20)
    right = lines("Harbour offices", "Waiting rooms", left=315, top=710, pitch=20)
    found = texts(read(drawn(both(lines(*ABOVE), left, right))))
    assert found[1:] == ["Sailings", "Two boats sail at noon.", "Harbour offices", "Waiting rooms"]


def test_rules_in_one_column_alone_part_no_rows() -> None:
    left = lines("Two boats sail at noon, and", "one more in the evening.", top=700)
    right = both(
        lines("The boats and their piers:", left=315, top=706),
        lines("Morag of Kirkorran pier", "Isla of Inverstrae pier", left=318, top=686, pitch=16),
        lambda canvas: canvas.grid([315, 480], [698, 682, 666]),
    )
    found = " ".join(texts(read(drawn(both(lines(*ABOVE), left, right)))))
    assert "sail at noon, and one more in the evening. The boats and their piers:" in found


def test_a_ruled_table_at_the_head_of_the_second_column() -> None:
    """It stands after the text of the first column, though higher on the page."""
    text = [f"Two boats sail at noon and in the evening of {n}" for n in range(1, 7)]
    rows = ("Kirkorran", "Inverstrae")
    right = both(
        lines(*rows, left=320, top=704, pitch=16),
        lines("At noon", "At dusk", left=420, top=704, pitch=16),
        lambda canvas: canvas.grid([316, 416, 500], [716, 700, 684]),
        lines(*text[:5], left=316, top=664),
    )
    blocks = read(drawn(both(lines(*ABOVE), lines(*text, left=60, top=694), right))).blocks
    (place,) = (place for place, block in enumerate(blocks) if block.rows)
    assert blocks[place].rows == (("Kirkorran", "At noon"), ("Inverstrae", "At dusk"))
    assert "evening of 6" in blocks[place - 1].text
