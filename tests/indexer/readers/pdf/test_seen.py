"""What a reader of the printed page would not see is left out, and named by its page."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    TextStringObject,
)
from reportlab.lib.colors import Color, black, green, white, yellow
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.domain.claims import ProblemKind
from tests.indexer.readers.pdf.drawing import both, changed, drawn, kinds, lines, read, texts

SEEN = lines("1. The ferry sails at noon.", "2. Its crew is three.")
SECRET = "the price is forty pounds"
PLACE = 72, 600


def invisible(canvas: Canvas) -> None:
    text = canvas.beginText(*PLACE)
    text.setTextRenderMode(3)
    text.textLine(SECRET)
    canvas.drawText(text)


def white_on_white(canvas: Canvas) -> None:
    canvas.setFillColor(white)
    canvas.drawString(*PLACE, SECRET)


def in_the_colour_of_its_box(canvas: Canvas) -> None:
    canvas.setFillColor(green)
    canvas.rect(60, 590, 300, 30, fill=1, stroke=0)
    canvas.drawString(*PLACE, SECRET)


def under_a_black_box(canvas: Canvas) -> None:
    canvas.drawString(*PLACE, SECRET)
    canvas.setFillColor(black)
    canvas.rect(70, 596, 160, 14, fill=1, stroke=0)


def under_a_white_box(canvas: Canvas) -> None:
    canvas.drawString(*PLACE, SECRET)
    canvas.setFillColor(white)
    canvas.rect(70, 596, 160, 14, fill=1, stroke=0)


def under_a_thick_line(canvas: Canvas) -> None:
    canvas.drawString(*PLACE, SECRET)
    canvas.setLineWidth(14)
    canvas.line(70, 603, 230, 603)


def under_a_picture(canvas: Canvas) -> None:
    canvas.drawString(*PLACE, SECRET)
    canvas.drawImage(picture(), 60, 590, 300, 30)


def off_the_page(canvas: Canvas) -> None:
    canvas.drawString(700, 600, SECRET)


def clipped_away(canvas: Canvas) -> None:
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(300, 100, 50, 50)
    canvas.clipPath(path, stroke=0)
    canvas.drawString(*PLACE, SECRET)
    canvas.restoreState()


def tiny(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 0.5)
    canvas.drawString(*PLACE, SECRET)


def struck_out(canvas: Canvas) -> None:
    canvas.drawString(*PLACE, SECRET)
    canvas.setLineWidth(0.7)
    canvas.line(72, 603.5, 72 + canvas.stringWidth(SECRET, "Helvetica", 11), 603.5)


def picture() -> ImageReader:
    file = BytesIO()
    Image.new("RGB", (40, 40), (90, 120, 150)).save(file, "PNG")
    file.seek(0)
    return ImageReader(file)


HIDDEN = {
    invisible: "drawn so that it cannot be seen",
    white_on_white: "in the colour of its ground",
    in_the_colour_of_its_box: "in the colour of its ground",
    under_a_black_box: "covered by a filled box",
    under_a_white_box: "covered by a filled box",
    under_a_thick_line: "covered by a filled box",
    under_a_picture: "covered by a picture",
    off_the_page: "off the edge of the page",
    clipped_away: "cut off from view",
    tiny: "too small to be read",
    struck_out: "struck out",
}


@pytest.mark.parametrize("hide", HIDDEN, ids=lambda hide: hide.__name__)
def test_what_is_not_seen_is_left_out(hide: Callable[[Canvas], None]) -> None:
    """The words are set aside, and the problem says why and where but not what they say."""
    document = read(drawn(lines("A page before it."), both(SEEN, hide)))
    assert not any("forty" in text for text in texts(document))
    assert texts(document)[-1] == "Its crew is three."
    assert SECRET in document.unseen
    (problem,) = document.problems
    assert problem.kind is ProblemKind.HIDDEN
    assert HIDDEN[hide] in problem.message
    assert "page 2" in problem.message
    assert "forty" not in problem.message


def shaded(canvas: Canvas) -> None:
    canvas.setFillColor(yellow)
    canvas.rect(60, 590, 300, 30, fill=1, stroke=0)
    canvas.setFillColor(black)
    canvas.drawString(*PLACE, SECRET)


def white_on_a_dark_band(canvas: Canvas) -> None:
    canvas.setFillColor(Color(0, 0.2, 0.4))
    canvas.rect(60, 590, 300, 30, fill=1, stroke=0)
    canvas.setFillColor(white)
    canvas.drawString(*PLACE, SECRET)


def under_a_highlighter(canvas: Canvas) -> None:
    canvas.drawString(*PLACE, SECRET)
    canvas.setFillColor(yellow, alpha=0.4)
    canvas.rect(70, 596, 160, 14, fill=1, stroke=0)


def underlined(canvas: Canvas) -> None:
    canvas.drawString(*PLACE, SECRET)
    canvas.line(72, 598.5, 230, 598.5)


def in_a_ruled_box(canvas: Canvas) -> None:
    canvas.drawString(*PLACE, SECRET)
    canvas.rect(60, 590, 300, 30, fill=0)


def on_a_picture(canvas: Canvas) -> None:
    canvas.drawImage(picture(), 60, 590, 300, 30)
    canvas.setFillColor(white)
    canvas.drawString(*PLACE, SECRET)


@pytest.mark.parametrize(
    "show",
    [
        shaded, white_on_a_dark_band, under_a_highlighter, underlined, in_a_ruled_box, on_a_picture,
    ],
)  # fmt: skip
def test_what_is_seen_is_kept(show: Callable[[Canvas], None]) -> None:
    """Shading, bands, highlighters and rules hide nothing."""
    document = read(drawn(both(SEEN, show)))
    assert texts(document)[-1] == SECRET
    assert document.problems == ()


def annotate(kind: str, edges: tuple[float, float, float, float]) -> Callable[[PdfWriter], None]:
    """Adds an annotation of a kind to the first page."""

    def change(writer: PdfWriter) -> None:
        annotation = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject(kind),
                NameObject("/Rect"): ArrayObject([FloatObject(edge) for edge in edges]),
                NameObject("/Contents"): TextStringObject("a remark"),
            }
        )
        writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(annotation)])

    return change


@pytest.mark.parametrize(
    ("kind", "reason"), [("/StrikeOut", "struck out"), ("/Redact", "marked to be blacked out")]
)
def test_words_under_an_annotation_are_left_out(kind: str, reason: str) -> None:
    """Struck out by an annotation, or marked for a redaction that nobody has applied."""
    pdf = drawn(both(SEEN, lines(SECRET, top=600)))
    document = read(changed(pdf, annotate(kind, (70, 596, 240, 612))))
    assert texts(document) == ["The ferry sails at noon.", "Its crew is three."]
    assert reason in document.problems[0].message


def test_a_highlight_annotation_hides_nothing() -> None:
    pdf = drawn(both(SEEN, lines(SECRET, top=600)))
    document = read(changed(pdf, annotate("/Highlight", (70, 596, 240, 612))))
    assert SECRET in texts(document)
    assert document.problems == ()


def test_a_layer_that_is_switched_off_is_left_out() -> None:
    """Optional content that is off when the document is opened."""

    def change(writer: PdfWriter) -> None:
        group = writer._add_object(
            DictionaryObject(
                {
                    NameObject("/Type"): NameObject("/OCG"),
                    NameObject("/Name"): TextStringObject("Draft"),
                }
            )
        )
        writer._root_object[NameObject("/OCProperties")] = DictionaryObject(
            {
                NameObject("/OCGs"): ArrayObject([group]),
                NameObject("/D"): DictionaryObject({NameObject("/OFF"): ArrayObject([group])}),
            }
        )
        page = writer.pages[0]
        page["/Resources"][NameObject("/Properties")] = DictionaryObject(
            {NameObject("/Layer"): group}
        )
        content = page.get_contents()
        assert content is not None
        data = content.get_data().replace(b"BT 1 0 0 1 72 600", b"/OC /Layer BDC BT 1 0 0 1 72 600")
        content.set_data(data + b"\nEMC")
        page.replace_contents(content)

    document = read(changed(drawn(both(SEEN, lines(SECRET, top=600))), change))
    assert texts(document) == ["The ferry sails at noon.", "Its crew is three."]
    assert "switched off" in document.problems[0].message


def test_an_invisible_layer_over_a_scan_was_recognised() -> None:
    """Words over a picture that fills the page were read off it: text, said to be recognised."""

    def scan(canvas: Canvas) -> None:
        canvas.drawImage(picture(), 0, 0, 595, 842)
        invisible(canvas)

    document = read(drawn(scan))
    assert texts(document) == [SECRET]
    assert kinds(document) == {ProblemKind.RECOGNISED}


def test_a_restriction_in_hidden_text_counts() -> None:
    """It is kept where extraction looks for restrictions."""

    def restricted(canvas: Canvas) -> None:
        canvas.setFillColor(white)
        canvas.drawString(*PLACE, "NOT FOR PUBLICATION")

    assert "NOT FOR PUBLICATION" in read(drawn(both(SEEN, restricted))).unseen
