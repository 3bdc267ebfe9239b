"""What pages repeat around their text is set aside, where its restrictions count."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from tests.indexer.readers.pdf.drawing import Draw, both, drawn, lines, read, texts

TEXT = (
    "1. The ferries were looked at in the spring and are all in good order for the year.",
    "2. The piers were looked at in the autumn; two are closed and one is to be mended.",
    "3. The harbour master reports again in a year on what has been done about the piers.",
)


def furniture(number: int, pages: int = 3) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, 810, "Strathallan Council - Technical Notes")
        canvas.drawString(72, 40, "NOT FOR PUBLICATION")
        canvas.drawRightString(520, 40, f"Page {number} of {pages}")
        canvas.setFont("Helvetica", 11)

    return draw


def test_running_heads_and_footers_are_no_text() -> None:
    pages = [both(furniture(place + 1), lines(text)) for place, text in enumerate(TEXT)]
    document = read(drawn(*pages))
    assert [block.number for block in document.blocks] == ["1", "2", "3"]
    assert "Strathallan Council - Technical Notes" in document.set_aside
    assert any("NOT FOR PUBLICATION" in line for line in document.set_aside)


def test_the_footer_of_a_single_page() -> None:
    document = read(drawn(both(lines(*TEXT, pitch=30), lines("Page 1 of 1", left=280, top=40))))
    assert len(document.blocks) == 3
    assert document.set_aside == ("Page 1 of 1",)


def test_a_letterhead_above_the_title() -> None:
    def head(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 12)
        canvas.drawString(72, 800, "Strathallan Council")
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 788, "Council House, 1 High Street, Kirkorran KK1 1AA")
        canvas.setFont("Helvetica-Bold", 18)
        canvas.drawString(72, 740, "Technical Notes 2021, Issue 31 - Ferries")
        canvas.setFont("Helvetica", 11)

    document = read(drawn(both(head, lines(*TEXT, top=700, pitch=30))))
    assert document.titles[0] == texts(document)[0] == "Technical Notes 2021, Issue 31 - Ferries"
    assert "Strathallan Council" in document.set_aside


def test_a_watermark_is_set_aside() -> None:
    """Words across the page are no part of the text, and they may restrict it."""

    def mark(canvas: Canvas) -> None:
        canvas.saveState()
        canvas.setFillGray(0.8)
        canvas.translate(200, 300)
        canvas.rotate(45)
        canvas.setFont("Helvetica-Bold", 50)
        canvas.drawString(0, 0, "CONFIDENTIAL")
        canvas.restoreState()

    document = read(drawn(both(mark, lines(*TEXT, pitch=30))))
    assert len(document.blocks) == 3
    assert "CONFIDENTIAL" in document.set_aside
    assert document.problems == ()


def test_lines_that_pages_have_in_common_within_the_text_are_kept() -> None:
    """Only from the edge of the page inwards: a sub-heading on each page is text."""
    pages = [lines(text, "None.", pitch=200) for text in TEXT]
    assert texts(read(drawn(*pages))).count("None.") == 3


def test_lines_of_one_page_that_differ_in_a_number_are_no_furniture() -> None:
    """A line repeats on other pages, and not below itself."""
    text = [f"The pier of Kirkorran was mended in {year}" for year in range(2015, 2021)]
    assert " ".join(texts(read(drawn(lines(*text))))) == " ".join(text)


def test_labels_above_the_largest_heading_are_no_letterhead() -> None:
    """One word in large type is a heading of the text and not its title."""

    def heading(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 700, "Details")
        canvas.setFont("Helvetica", 11)

    page = both(lines("Report by  Isla Kerr", "TN Number  014-21"), heading, lines(*TEXT, top=670))
    assert "TN Number 014-21" in " ".join(texts(read(drawn(page))))


def test_a_letterhead_ends_at_the_first_space_below_its_address() -> None:
    head = lines("Strathallan Council", "Council House, 1 High Street, Kirkorran KK1 1AA", top=800)
    officer = lines("Isla Kerr, Head of Ports", top=755)
    document = read(drawn(both(head, officer, lines(*TEXT, top=720, pitch=30))))
    assert texts(document)[0] == "Isla Kerr, Head of Ports"
    assert "Strathallan Council" in document.set_aside


IMPRINT = (
    "Council House, 1 High Street, Kirkorran KK1 1AA",
    "Telephone 01999 555 000 | www.strathallan.example",
)


def small(*texts: str, top: float) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        lines(*texts, top=top, pitch=10)(canvas)
        canvas.setFont("Helvetica", 11)

    return draw


def test_the_council_s_own_address_below_the_text() -> None:
    """Right below it and not at the edge of the page: it is told by its words and small type."""
    document = read(drawn(both(lines(*TEXT, pitch=30), small(*IMPRINT, top=670))))
    assert len(document.blocks) == 3
    assert document.set_aside == IMPRINT
    plain = lines(*TEXT, "Strathallan Council, " + " ".join(IMPRINT), pitch=24)
    assert len(read(drawn(plain)).blocks) == 3


def test_whom_to_ask_is_text() -> None:
    """Neither a contact nor a footnote is the council's own address."""
    contact = "Contact Isla Kerr, Telephone 01999 555 001, isla.kerr@strathallan.example"
    note = "† See www.strathallan.example/ferries"
    document = read(drawn(both(lines(*TEXT, contact, pitch=30), small(note, top=620))))
    assert texts(document)[3:] == [contact, note]
    hall = "The meeting is in the Harbour Hall, Kirkorran KK1 1AB"
    assert texts(read(drawn(lines(*TEXT, hall, pitch=30))))[3:] == [hall]


def test_a_line_far_below_a_short_text() -> None:
    page = both(lines(*TEXT, pitch=30), lines("Strathallan Council", top=120))
    document = read(drawn(page))
    assert len(document.blocks) == 3
    assert document.set_aside == ("Strathallan Council",)
    last = "The harbour master reports again in a year."
    assert texts(read(drawn(both(lines(*TEXT, pitch=30), lines(last, top=120)))))[3:] == [last]
