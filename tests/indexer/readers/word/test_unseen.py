"""What nobody was meant to see: left out of the text, set aside for restrictions, and named."""

from __future__ import annotations

import pytest
from docx import Document

from indexer.domain.blocks import text_of
from indexer.domain.claims import ProblemKind
from tests.indexer.readers.word.documents import element, para, read_back, run

WHITE = '<w:color w:val="FFFFFF"/>'
SECRET = "the costs are confidential"


def _shape(top: float, height: float = 14, *, of: str = "paragraph", more: str = "") -> str:
    """A filled shape in front of the text, in points from the top of what it is placed by."""
    return (
        f'<w:r><w:drawing><wp:anchor {more}><wp:positionV relativeFrom="{of}"><wp:posOffset>'
        f'{int(top * 12700)}</wp:posOffset></wp:positionV><wp:extent cx="4000000" '
        f'cy="{int(height * 12700)}"/><wp:wrapNone/><a:graphic><a:graphicData><wps:wsp><wps:spPr>'
        '<a:solidFill><a:srgbClr val="000000"/></a:solidFill></wps:spPr></wps:wsp></a:graphicData>'
        "</a:graphic></wp:anchor></w:drawing></w:r>"
    )


# As Word draws a shape at first: the theme fills it.
_BY_THEME = _shape(0).replace(
    '<a:solidFill><a:srgbClr val="000000"/></a:solidFill></wps:spPr>',
    '</wps:spPr><wps:style><a:fillRef idx="1"><a:schemeClr val="accent1"/></a:fillRef></wps:style>',
)
_RECTANGLE = (
    '<w:r><w:pict><v:rect style="position:absolute;margin-top:1pt;width:300pt;height:14pt" '
    'fillcolor="black"/></w:pict></w:r>'
)
UNSEEN = {
    "hidden": (run(SECRET, "<w:vanish/>"), "hidden"),
    "struck out": (run(SECRET, "<w:strike/>"), "struck out"),
    "struck out twice": (run(SECRET, "<w:dstrike/>"), "struck out"),
    "white on white": (run(SECRET, WHITE), "covered"),
    "black on black": (run(SECRET, '<w:color w:val="000000"/><w:shd w:fill="000000"/>'), "covered"),
    "under a black marker": (run(SECRET, '<w:highlight w:val="black"/>'), "covered"),
    "a point high": (run(SECRET, '<w:sz w:val="2"/>'), "hidden"),
    "in the paper's colour of a theme": (
        run(SECRET, '<w:color w:val="auto" w:themeColor="background1"/>'),
        "covered",
    ),
    "as narrow as a hair": (run(SECRET, '<w:w w:val="1"/>'), "hidden"),
    "without a fill": (run(SECRET, "<w14:textFill><w14:noFill/></w14:textFill>"), "hidden"),
    "deleted": (f"<w:del><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>", "deleted"),
    "moved away": (f"<w:moveFrom>{run(SECRET)}</w:moveFrom>", "deleted"),
    "under a shape": (_shape(0) + run(SECRET), "covered"),
    "under a shape that the theme fills": (_BY_THEME + run(SECRET), "covered"),
    "under an older shape": (_RECTANGLE + run(SECRET), "covered"),
}


@pytest.mark.parametrize("kind", UNSEEN)
def test_unseen_words_are_left_out_and_named(kind: str) -> None:
    """They stand in no block, title or message; the paragraph is named as a person counts."""
    runs, what = UNSEEN[kind]
    document = read_back(para("Seen."), para(runs), para("Also seen."))
    assert text_of(document.blocks) == "Seen.\nAlso seen."
    assert SECRET in document.unseen
    (problem,) = [each for each in document.problems if each.kind is ProblemKind.HIDDEN]
    assert problem.message.startswith(f"Some text is {what}")
    assert "(paragraph 2 from the top)" in problem.message
    assert not [each for each in document.problems if "confidential" in each.message]
    assert document.titles == ()


SEEN = {
    "white on blue": run(SECRET, f'{WHITE}<w:shd w:val="clear" w:fill="003366"/>'),
    "white under a green marker": run(SECRET, f'{WHITE}<w:highlight w:val="green"/>'),
    "hidden from web pages alone": run(SECRET, "<w:webHidden/>"),
    "in a shade of the paper's colour": run(
        SECRET, '<w:color w:val="7F7F7F" w:themeColor="background1" w:themeShade="7F"/>'
    ),
    "in wide letters": run(SECRET, '<w:w w:val="150"/>'),
    "not hidden": run(SECRET, '<w:vanish w:val="0"/>'),
    "beside a shape behind the text": _shape(0, more='behindDoc="1"') + run(SECRET),
    "below a banner at the top of the page": _shape(20, 40, of="page") + run(SECRET),
    "beside a ruled line": _shape(0, 1) + run(SECRET),
    "under an empty shape": _BY_THEME.replace('idx="1"', 'idx="0"') + run(SECRET),
    "white on a pattern": run(SECRET, f'{WHITE}<w:shd w:val="pct75" w:fill="FFFFFF"/>'),
    "white on a theme's colour": run(SECRET, f'{WHITE}<w:shd w:val="clear" w:themeFill="text2"/>'),
    "under a marker": run(SECRET, '<w:highlight w:val="yellow"/>'),
}


@pytest.mark.parametrize("kind", SEEN)
def test_seen_words_stay(kind: str) -> None:
    document = read_back(para(SEEN[kind]))
    assert (text_of(document.blocks), document.problems) == (SECRET, ())


@pytest.mark.parametrize(
    ("hung_on", "top", "height", "left"),
    [
        (0, 21, 14, "One\nThree"),
        (1, -21, 14, "Two\nThree"),
        (1, 2, 40, "One"),
        (2, 0, 9, "One\nTwo"),
    ],
)
def test_a_shape_covers_paragraphs_below_and_above(
    hung_on: int, top: int, height: int, left: str
) -> None:
    """A shape hangs on one paragraph and may lie over others, or over several."""
    shape = _shape(top, height)
    document = read_back(
        *(
            para(text, shape if place == hung_on else "")
            for place, text in enumerate(("One", "Two", "Three"))
        )
    )
    assert text_of(document.blocks) == left


def test_a_shape_is_found_on_the_page_that_it_is_placed_on() -> None:
    """A shape placed by the page's edge lies where the text below the margin has come to."""
    document = read_back(para("One"), para("Two"), para("Three", _shape(72 + 22, of="page")))
    assert text_of(document.blocks) == "One\nThree"


def test_what_is_covered_in_a_cell_is_left_out() -> None:
    cells = f"<w:tc>{para('Cost')}</w:tc><w:tc>{para(_shape(0), SECRET)}</w:tc>"
    document = read_back(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>")
    assert document.blocks[0].words.strip() == "Cost"
    assert SECRET in document.unseen


def test_a_numbered_paragraph_is_named_by_its_number() -> None:
    """A struck out paragraph counts, as it does on paper."""
    listed = '<w:pStyle w:val="ListNumber"/>'
    document = read_back(
        para("One", look=listed),
        para(run("Two", "<w:strike/>"), look=listed),
        para("Three", look=listed),
    )
    assert [block.number for block in document.blocks] == ["1", "3"]
    assert "(paragraph 2)" in document.problems[0].message


def test_a_hidden_paragraph_takes_no_number() -> None:
    listed = '<w:pStyle w:val="ListNumber"/>'
    hidden = f"{listed}<w:rPr><w:vanish/></w:rPr>"
    document = read_back(para(run("Ghost", "<w:vanish/>"), look=hidden), para("First", look=listed))
    assert [(block.number, block.text) for block in document.blocks] == [("1", "First")]


def test_a_style_may_hide_and_words_in_it_may_be_shown() -> None:
    """What two styles both hide is shown, as Word has it; a paragraph's dark ground counts."""
    document = Document()
    document.styles.element.append(
        element(
            '<w:style w:type="paragraph" w:styleId="Ghost"><w:name w:val="Ghost"/><w:pPr>'
            '<w:shd w:val="clear" w:fill="222222"/></w:pPr><w:rPr><w:vanish/></w:rPr></w:style>'
        )
    )
    document.styles.element.append(
        element(
            '<w:style w:type="character" w:styleId="Turn"><w:name w:val="Turn"/><w:rPr>'
            "<w:vanish/></w:rPr></w:style>"
        )
    )
    look = '<w:pStyle w:val="Ghost"/>'
    result = read_back(
        para("gone ", run("back", f'<w:rStyle w:val="Turn"/>{WHITE}'), look=look),
        para(run(" also gone", '<w:rStyle w:val="Turn"/>')),
        document=document,
    )
    assert text_of(result.blocks) == "back"


def test_white_words_stand_out_on_dark_cells_and_shapes() -> None:
    """What is behind a word is that of its run, paragraph, cell, table or text box."""
    cell = f'<w:tc><w:tcPr><w:shd w:fill="1F3864"/></w:tcPr>{para(run("Year", WHITE))}</w:tc>'
    box = (
        '<w:r><w:pict><v:rect fillcolor="#1f3864"><v:textbox><w:txbxContent>'
        f"{para(run('Boxed', WHITE))}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )
    document = read_back(
        f"<w:tbl><w:tr>{cell}<w:tc>{para('2024')}</w:tc></w:tr></w:tbl>", para(box)
    )
    assert text_of(document.blocks) == "Year 2024\nBoxed"
    assert document.problems == ()


_WHITE_WORDS = para(run("Seen.", WHITE))
_DARK = '<w:shd w:val="clear" w:fill="1F3864"/>'
ON_DARK = {
    "table": f"<w:tbl><w:tblPr>{_DARK}</w:tblPr><w:tr><w:tc>{_WHITE_WORDS}</w:tc></w:tr></w:tbl>",
    "row": f"<w:tbl><w:tr><w:tblPrEx>{_DARK}</w:tblPrEx><w:tc>{_WHITE_WORDS}</w:tc></w:tr></w:tbl>",
    "box over a picture": para(
        "<w:r><w:drawing><wp:anchor><a:pic/><wps:wsp><wps:spPr><a:noFill/></wps:spPr>"
        f"<w:txbxContent>{_WHITE_WORDS}</w:txbxContent></wps:wsp></wp:anchor></w:drawing></w:r>"
    ),
    "box that the theme fills": para(
        '<w:r><w:drawing><wps:wsp><wps:spPr/><wps:style><a:fillRef idx="2"/></wps:style>'
        f"<w:txbxContent>{_WHITE_WORDS}</w:txbxContent></wps:wsp></w:drawing></w:r>"
    ),
}


@pytest.mark.parametrize("ground", ON_DARK)
def test_white_words_stand_out_on_what_is_dark_around_them(ground: str) -> None:
    document = read_back(ON_DARK[ground])
    assert (text_of(document.blocks), document.problems) == ("Seen.", ())


def test_white_words_stand_out_on_a_coloured_page() -> None:
    document = Document()
    document.element.insert(0, element('<w:background w:color="1F3864"/>'))
    assert text_of(read_back(_WHITE_WORDS, document=document).blocks) == "Seen."


def test_tracked_insertions_are_text_and_are_for_review() -> None:
    document = read_back(para("Kept ", f"<w:ins>{run('and added')}</w:ins>"))
    assert text_of(document.blocks) == "Kept and added"
    (problem,) = document.problems
    assert problem.kind is ProblemKind.REVIEW
    assert "tracked changes" in problem.message


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    joined = para("One and ", look="<w:rPr><w:del/></w:rPr>")
    assert text_of(read_back(joined, para("the same")).blocks) == "One and the same"
    assert text_of(read_back(joined).blocks) == "One and"


def test_rows_that_are_deleted_or_hidden_are_left_out() -> None:
    def row(text: str, look: str = "") -> str:
        cells = "".join(f"<w:tc>{para(word)}</w:tc>" for word in text.split())
        return f"<w:tr><w:trPr>{look}</w:trPr>{cells}</w:tr>"

    table = f"<w:tbl>{row('A 1')}{row('B 2', '<w:del/>')}{row('C 3', '<w:hidden/>')}</w:tbl>"
    document = read_back(table)
    assert document.blocks[0].rows == (("A", "1"),)
    assert len(document.problems) == 3


def test_lines_rows_and_cells_without_room_are_left_out() -> None:
    """Lines of a point cut their words off, and so do rows; a deleted cell is none."""
    lines = '<w:spacing w:line="20" w:lineRule="exact"/>'
    flat = '<w:trPr><w:trHeight w:val="10" w:hRule="exact"/></w:trPr>'
    gone = "<w:tc><w:tcPr><w:cellDel/></w:tcPr>{}</w:tc>".format(para("gone"))
    rows = (
        f"<w:tr><w:tc>{para('Cost')}</w:tc>{gone}</w:tr>",
        f"<w:tr>{flat}<w:tc>{para(SECRET)}</w:tc></w:tr>",
    )
    document = read_back(para("Seen."), para("cut", look=lines), f"<w:tbl>{''.join(rows)}</w:tbl>")
    assert text_of(document.blocks) == "Seen.\nCost"
    assert document.unseen == ("cut", "gone", SECRET)


def test_a_comment_is_named_where_it_stands() -> None:
    """Whoever opens the original reads it; a restriction in it counts."""
    document = Document()
    document.add_paragraph("Seen.")
    marked = document.add_paragraph("Marked.")
    document.add_comment(marked.runs, text=SECRET, author="A Clerk")
    result = read_back(document=document)
    assert text_of(result.blocks) == "Seen.\nMarked."
    assert result.unseen == (SECRET,)
    assert "in a comment (paragraph 2 from the top)" in result.problems[0].message


def test_hidden_words_in_a_text_box_or_header_are_named_by_their_place() -> None:
    document = Document()
    header = document.sections[0].header.paragraphs[0]
    header.add_run("Not for publication").font.hidden = True
    box = (
        '<w:r><w:pict><v:rect style="visibility:hidden"><v:textbox><w:txbxContent>'
        f"{para('Exempt')}</w:txbxContent></v:textbox></v:rect></w:pict></w:r>"
    )
    result = read_back(para("Seen", box), document=document)
    assert text_of(result.blocks) == "Seen"
    assert set(result.unseen) == {"Exempt", "Not for publication"}
    assert "(a text box, the page header)" in result.problems[0].message
