"""Words in the order of reading, as paragraphs, items, headings, tables, labels and values."""

from __future__ import annotations

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject
from reportlab.pdfgen.canvas import Canvas

from indexer.domain.blocks import BlockKind
from tests.indexer.readers.blocks import short
from tests.indexer.readers.pdf.drawing import (
    PITCH,
    TOP,
    Draw,
    both,
    changed,
    drawn,
    lines,
    read,
    texts,
)

LABELS = ("Report by:", "TN Number:", "Subject:", "Responsible Officer:")
VALUES = ("Una Dunmarrow, Piers Manager", "031-21", "Ferry timetables", "Ewan Auldhame, Director")
LONG = (
    "The council looked at the piers of the whole coast in the spring, and found that most of",
    "them will last for another thirty years if their decks are kept dry and their piles are",
    "looked after. Two are closed.",
)


def column(left: float, *texts_of_column: str, top: float = TOP, pitch: float = 20) -> Draw:
    return lines(*texts_of_column, left=left, top=top, pitch=pitch)


def test_labels_that_are_drawn_before_their_values() -> None:
    """The order of reading is that of the page, not that of drawing."""
    document = read(drawn(both(column(72, *LABELS), column(200, *VALUES))))
    pairs = [(b.kind, b.text) for b in document.blocks]
    assert pairs == [
        (kind, text)
        for label, value in zip(LABELS, VALUES, strict=True)
        for kind, text in ((BlockKind.LABEL, label), (BlockKind.VALUE, value))
    ]


def test_a_value_of_several_lines_stays_with_its_label() -> None:
    labels = both(
        lines("Report by:", "Subject:", pitch=44),
        lines("Publication:", top=TOP - 88),
    )
    values = both(
        lines("Una Dunmarrow, Manager of Piers and", "Harbours", left=200),
        lines("Ferry timetables", left=200, top=TOP - 44),
        lines("This note will be published.", left=200, top=TOP - 88),
    )
    assert short(read(drawn(both(labels, values)))) == [
        ("label", "Report by:"),
        ("value", "Una Dunmarrow, Manager of Piers and Harbours"),
        ("label", "Subject:"),
        ("value", "Ferry timetables"),
        ("label", "Publication:"),
        ("value", "This note will be published."),
    ]


def test_a_label_of_two_lines_and_a_blank_value() -> None:
    labels = lines("Report by:", "TN Number:", "Responsible", "Officer:", pitch=16)
    values = both(
        lines("Una Dunmarrow, Director", left=200),
        lines("Ewan Auldhame,", "Head of Piers", left=200, top=TOP - 32, pitch=16),
    )
    assert short(read(drawn(both(labels, values)))) == [
        ("label", "Report by:"),
        ("value", "Una Dunmarrow, Director"),
        ("label", "TN Number:"),
        ("label", "Responsible Officer:"),
        ("value", "Ewan Auldhame, Head of Piers"),
    ]


@pytest.mark.parametrize("down", [0, 7, 14])
def test_labels_at_any_height_beside_their_values(down: int) -> None:
    """At the head, in the middle or at the foot of a value of two lines."""
    cells = (
        ("Una Dunmarrow, Manager of all the Piers and", "Harbours"),
        ("Ferry timetables between the islands and the", "mainland"),
        ("Ewan Auldhame, Director", "Ann Beinnfada, Head of Service"),
    )
    labels = lines("Report by:", "Subject:", "Responsible Officer:", top=TOP - down, pitch=45)
    values = [lines(*cell, left=220, top=TOP - place * 45) for place, cell in enumerate(cells)]
    assert short(read(drawn(both(labels, *values)))) == [
        ("label", "Report by:"),
        ("value", "Una Dunmarrow, Manager of all the Piers and Harbours"),
        ("label", "Subject:"),
        ("value", "Ferry timetables between the islands and the mainland"),
        ("label", "Responsible Officer:"),
        ("value", "Ewan Auldhame, Director\nAnn Beinnfada, Head of Service"),
    ]


def test_two_columns_of_text_below_a_head() -> None:
    """The left column is read to its end first; the head stands above both."""
    left = [f"left line {word} of the text about ferries" for word in "one two three four".split()]
    right = [f"right line {word} of the text about piers" for word in "one two three four".split()]

    def head(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 800, "Ferries and piers of the coast, a review of both")
        canvas.setFont("Helvetica", 11)

    columns = both(column(72, *left, pitch=PITCH), column(310, *right, pitch=PITCH))
    document = read(drawn(both(head, columns)))
    assert document.titles[0] == "Ferries and piers of the coast, a review of both"
    words = " ".join(texts(document))
    assert words.index("left line four") < words.index("right line one")


def test_lines_of_a_paragraph_are_one_block() -> None:
    assert texts(read(drawn(lines(*LONG)))) == [" ".join(LONG)]


def test_a_paragraph_that_runs_over_the_end_of_a_page() -> None:
    first = lines(*LONG[:2], top=120)
    assert texts(read(drawn(first, lines(LONG[2])))) == [" ".join(LONG)]


def test_numbers_bullets_and_their_nesting() -> None:
    """Numbers as printed, bullets of every glyph, items nested by their indent."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 760, "1.")
        canvas.drawString(92, 760, "The piers are these:")
        items = (
            (92, "•", "Ardrossie"),
            (110, "o", "its deck"),
            (110, "–", "its piles"),
            (92, "•", "Portinver"),
        )
        for place, (left, bullet, text) in enumerate(items):
            canvas.drawString(left, 740 - place * 20, bullet)
            canvas.drawString(left + 14, 740 - place * 20, text)
        canvas.drawString(72, 660, "2.")
        canvas.drawString(92, 660, "Both are sound.")
        canvas.drawString(72, 640, "2.1")
        canvas.drawString(92, 640, "Ardrossie was mended.")

    assert short(read(drawn(draw))) == [
        ("paragraph", "1", "The piers are these:"),
        ("item", 1, "Ardrossie"),
        ("item", 2, "its deck"),
        ("item", 2, "its piles"),
        ("item", 1, "Portinver"),
        ("paragraph", "2", "Both are sound."),
        ("paragraph", "2.1", "Ardrossie was mended."),
    ]


def test_bullets_of_a_font_of_pictures() -> None:
    """Whatever letter they are, they are no words."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 760, "The piers are these:")
        for place, text in enumerate(("Ardrossie", "Portinver")):
            canvas.setFont("ZapfDingbats", 11)
            canvas.drawString(80, 740 - 20 * place, "n")
            canvas.setFont("Helvetica", 11)
            canvas.drawString(96, 740 - 20 * place, text)

    assert short(read(drawn(draw)))[1:] == [("item", 1, "Ardrossie"), ("item", 1, "Portinver")]


def test_bullets_that_are_drawn_as_shapes() -> None:
    """As browsers draw those of a list: a disc, a ring, a square."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 760, "The piers are these:")
        canvas.circle(84, 744, 2, fill=1)
        canvas.circle(84, 724, 2, fill=0)
        canvas.rect(82, 702, 4, 4, fill=1)
        for place, text in enumerate(("Ardrossie", "Portinver", "Kirkorran")):
            canvas.drawString(96, 740 - 20 * place, text)

    assert short(read(drawn(draw)))[1:] == [
        ("item", 1, "Ardrossie"),
        ("item", 1, "Portinver"),
        ("item", 1, "Kirkorran"),
    ]


def test_headings_by_size_and_by_boldness() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 20)
        canvas.drawString(72, 780, "Technical Notes 2021, Issue 31 - Ferries")
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(72, 740, "Background")
        canvas.setFont("Helvetica", 11)
        lines(*LONG, top=715)(canvas)
        canvas.setFont("Helvetica-Bold", 11)
        canvas.drawString(72, 660, "The piers")
        canvas.setFont("Helvetica", 11)
        lines(*LONG, top=640)(canvas)

    blocks = short(read(drawn(draw)))
    assert [block[:2] for block in blocks] == [
        ("heading", 1),
        ("heading", 2),
        ("paragraph", " ".join(LONG)),
        ("heading", 3),
        ("paragraph", " ".join(LONG)),
    ]


@pytest.mark.parametrize("is_ruled", [True, False])
def test_a_table(is_ruled: bool) -> None:
    """Aligned cells are a table, ruled or not, and a blank cell stays blank."""
    rows = [("Pier", "Built", "Depth"), ("Ardrossie", "1904", "4 m"), ("Portinver", "", "6 m")]

    def draw(canvas: Canvas) -> None:
        for down, row in enumerate(rows):
            for across, cell in enumerate(row):
                canvas.drawString(80 + across * 120, 700 - down * 20, cell)
        if is_ruled:
            canvas.grid(
                [74 + across * 120 for across in range(4)], [715 - d * 20 for d in range(4)]
            )

    document = read(drawn(both(lines(*LONG), draw)))
    assert document.blocks[1].kind is BlockKind.TABLE
    assert document.blocks[1].rows == tuple(rows)


def test_words_by_the_space_between_them() -> None:
    """Letters spaced out for effect, words without a space drawn, a space that parts nothing."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 780, "Ferries", charSpace=4)
        x = 72.0
        for word in ("The", "harbour", "master"):
            canvas.drawString(x, 740, word)
            x += canvas.stringWidth(word, "Helvetica", 11) + 3
        canvas.drawString(72, 700, "time")
        canvas.drawString(72 + canvas.stringWidth("time", "Helvetica", 11), 700, "table")
        for place, letter in enumerate("REVIEW"):
            canvas.drawString(72 + 14 * place, 660, letter)

    assert texts(read(drawn(draw))) == ["Ferries", "The harbour master", "timetable", "REVIEW"]


def test_bold_letters_drawn_twice_are_read_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(72 + shift, 700, "All will sail")

    assert texts(read(drawn(draw))) == ["All will sail"]


def test_hyphens_at_the_end_of_a_line() -> None:
    """Joined where the word stands elsewhere or can be no two words; else the hyphen stays."""
    document = read(
        drawn(
            lines(
                "The timetable of the ferry was changed in the spring, and the new time-",
                "table holds until autumn, when the committee looks at the recommenda-",
                "tions of the harbour master, which are long-term; he said so long-",
                "term secretary Una Cairn-Dunmarrow, as Ann Cairn-",
                "Dunmarrow was before her, under note 188-",
                "23 of the council. It is published on the Council’s website after circu-",
                "lation to Members; ambu-",
                "lances, as ever, have priority.",
            )
        )
    )
    words = " ".join(texts(document))
    assert "after circulation to Members; ambulances, as" in words
    assert "new timetable holds" in words
    assert "recommendations of" in words
    assert "so long-term secretary" in words
    assert "Ann Cairn-Dunmarrow was" in words
    assert "188-23" in words


def test_a_page_that_is_turned_is_read_upright() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setPageRotation(90)
        canvas.translate(595, 0)
        canvas.rotate(90)
        lines(*LONG, top=500)(canvas)

    assert texts(read(drawn(draw))) == [" ".join(LONG)]


def test_ligatures_are_letters_and_soft_hyphens_nothing() -> None:
    def with_ligatures(writer: PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():
            font.get_object()[NameObject("/Encoding")] = DictionaryObject(
                {
                    NameObject("/BaseEncoding"): NameObject("/WinAnsiEncoding"),
                    NameObject("/Differences"): ArrayObject(
                        [NumberObject(ord("#")), NameObject("/fi"), NameObject("/fl")]
                    ),
                }
            )

    pdf = drawn(
        lines("The #rst $oor of the har\xadbour of#ce is open to the fer\xad", "ries' crews.")
    )
    assert texts(read(changed(pdf, with_ligatures))) == [
        "The first floor of the harbour office is open to the ferries' crews."
    ]
