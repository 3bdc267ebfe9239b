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
