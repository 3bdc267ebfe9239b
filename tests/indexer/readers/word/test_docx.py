"""Word documents to blocks: what stands in the text, around it, and in its many wrappers."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Pt
from lxml import etree

from indexer.domain.blocks import Link, text_of
from indexer.domain.claims import ProblemKind
from tests.indexer.readers.blocks import Short, short
from tests.indexer.readers.word.documents import (
    document_of,
    element,
    para,
    read_back,
    run,
    saved,
)

_TAB, _BREAK = "<w:r><w:tab/></w:r>", "<w:r><w:br/></w:r>"
_BEGIN, _PART, _END = (
    f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
)


def _code(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def _box(text: str) -> str:
    return f"<w:txbxContent>{para(text)}</w:txbxContent>"


_BOTH_BOXES = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic>'
    f"<a:graphicData><wps:wsp><wps:txbx>{_box('Boxed')}</wps:txbx></wps:wsp></a:graphicData>"
    "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
    f"{_box('Boxed')}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def _form(kind: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{kind}</w:ffData></w:fldChar></w:r>'
        f"{_code('FORM')}{_END}"
    )


def _control(kind: str, inner: str) -> str:
    return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>"


WORDS = {
    "a tab is a space": (f"{run('Report by:')}{_TAB}{run('Ann Bell')}", "Report by: Ann Bell"),
    "a break is a new line": (f"{run('One')}{_BREAK}{run('Two')}", "One\nTwo"),
    "hyphens": (
        f"{run('off')}<w:r><w:noBreakHyphen/></w:r>{run('street sal')}<w:r><w:softHyphen/></w:r>"
        f"{run('ting')}",
        "off‑street salting",
    ),
    "a symbol": ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + run(" done"), "✓ done"),
    "a letter written as a symbol": ('<w:r><w:sym w:font="Arial" w:char="00A3"/></w:r>', "£"),
    "a date": (
        f"{_BEGIN}{_code('DATE')}{_PART}{run('3 May 2024')}{_END}{run(' on')}",
        "3 May 2024 on",
    ),
    "a field in a field's code": (
        f"{_BEGIN}{_code('IF')}{_BEGIN}{_code('X')}{_PART}{run('unsaid')}{_END}{_PART}"
        f"{run('said')}{_END}",
        "said",
    ),
    "a simple field": (f'<w:fldSimple w:instr="DATE">{run("today")}</w:fldSimple>', "today"),
    "a box that is ticked": (_form('<w:checkBox><w:checked w:val="1"/></w:checkBox>'), "☒"),
    "a box that is not": (_form('<w:checkBox><w:default w:val="0"/></w:checkBox>'), "☐"),
    "a choice": (
        _form(
            '<w:ddList><w:result w:val="1"/><w:listEntry w:val="Exempt"/>'
            '<w:listEntry w:val="Published"/></w:ddList>'
        ),
        "Published",
    ),
    "a control's value": (
        run("Status: ") + _control("<w:dropDownList/>", run("Published")),
        "Status: Published",
    ),
    "a control's prompt": (
        run("Status: ") + _control("<w:showingPlcHdr/>", run("Choose one")),
        "Status:",
    ),
    "tags": (f"<w:smartTag><w:smartTagPr/>{run('Glen')}</w:smartTag>{run('more')}", "Glenmore"),
    "a comment's mark": (f'{run("Text")}<w:r><w:commentReference w:id="0"/></w:r>', "Text"),
    "how a word is said": (
        f"<w:r><w:ruby><w:rt>{run('say')}</w:rt><w:rubyBase>{run('word')}</w:rubyBase></w:ruby></w:r>",
        "word",
    ),
}


@pytest.mark.parametrize("kind", WORDS)
def test_the_words_of_a_paragraph(kind: str) -> None:
    runs, words = WORDS[kind]
    document = read_back(para("First."), para(runs))
    assert text_of(document.blocks) == f"First.\n{words}"


STRUCTURES: dict[str, tuple[list[str], list[Short]]] = {
    "a text box stands once, before the paragraph that it hangs on": (
        [para(_BOTH_BOXES, "Around")],
        [("paragraph", "Boxed"), ("paragraph", "Around")],
    ),
    "a text box that hangs on the end of a paragraph stands after it": (
        [para("Around", _BOTH_BOXES)],
        [("paragraph", "Around"), ("paragraph", "Boxed")],
    ),
    "a large first letter belongs to its word": (
        [para("T", look='<w:framePr w:dropCap="drop"/>'), para("he note")],
        [("paragraph", "The note")],
    ),
    "labels and values parted by tabs are columns": (
        [
            para("Report by", _TAB, "Ann Bell"),
            para("TN Number", _TAB, _TAB, "064-23"),
            para("Salt is short."),
        ],
        [
            ("table", (("Report by", "Ann Bell"), ("TN Number", "064-23"))),
            ("paragraph", "Salt is short."),
        ],
    ),
    "so they are where breaks part the lines, and where a value is missing": (
        [
            para("Report by", _TAB, "Ann Bell", _BREAK, "TN Number", _TAB, _BREAK, "Subject", _TAB,
                 "Salt"),
        ],
        [("table", (("Report by", "Ann Bell"), ("TN Number", ""), ("Subject", "Salt")))],
    ),
    "lines that end with a tab are no labels without values": (
        [para("Salt is short", _TAB), para("Grit is not", _TAB)],
        [("paragraph", "Salt is short"), ("paragraph", "Grit is not")],
    ),
    "numbers and bullets that were typed with a tab are no labels": (
        [para("1.", _TAB, "One"), para("2.", _TAB, "Two"), para("•", _TAB, "Three")],
        [("paragraph", "1", "One"), ("paragraph", "2", "Two"), ("item", 1, "Three")],
    ),
    "merged cells": (
        [
            "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>" + para("Wide")
            + "</w:tc></w:tr><w:tr><w:tc>" + para("A") + "</w:tc><w:tc>" + para("B")
            + "</w:tc></w:tr></w:tbl>"
        ],
        [("table", (("Wide",), ("A", "B")))],
    ),
    "rows in wrappers, and a table in a table": (
        [
            "<w:tbl>" + _control("", "<w:tr><w:tc>" + para("A") + "</w:tc><w:tc>" + para("B")
            + "<w:tbl><w:tr><w:tc>" + para("C") + "</w:tc><w:tc>" + para("D")
            + "</w:tc></w:tr></w:tbl></w:tc></w:tr>") + "</w:tbl>"
        ],
        [("paragraph", "A"), ("paragraph", "B"), ("table", (("C", "D"),))],
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", STRUCTURES)
def test_structure(kind: str) -> None:
    elements, blocks = STRUCTURES[kind]
    assert short(read_back(*elements)) == blocks


def test_links_keep_their_addresses() -> None:
    """A link is one whether Word writes it as an element or as a field."""
    document = Document()
    related = document.part.relate_to(
        "https://www.strathallan.example/a", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    code = _code('HYPERLINK "https://www.strathallan.example/b"')
    result = read_back(
        para("See ", f'<w:hyperlink r:id="{related}">{run("one")}</w:hyperlink>'),
        para("See ", _BEGIN, code, _PART, "another", _END),
        document=document,
    )
    assert [block.links for block in result.blocks] == [
        (Link("one", "https://www.strathallan.example/a"),),
        (Link("another", "https://www.strathallan.example/b"),),
    ]


def test_titles_are_headings_then_display_lines_then_the_page_header() -> None:
    """What the file says of itself is no title and no officer."""
    document = Document()
    document.core_properties.title = "Minutes of something else"
    document.core_properties.author = "A Clerk"
    document.sections[0].header.paragraphs[0].text = "Strathallan Council\tTechnical Note 64-23"
    document.add_paragraph("Winter gritting", style="Title")
    document.add_paragraph().add_run("Bold line").bold = True
    document.add_paragraph().add_run("Large line").font.size = Pt(20)
    document.add_paragraph("Plain line")
    document.add_heading("Costs", level=2)
    result = document_of(saved(document))
    assert result.titles == (
        "Winter gritting",
        "Costs",
        "Bold line",
        "Large line",
        "Strathallan Council",
        "Technical Note 64-23",
    )
    assert short(result)[0] == ("heading", 1, "Winter gritting")
    assert "Clerk" not in text_of(result.blocks)


def test_headers_and_footers_are_set_aside() -> None:
    """Every page's, and their text boxes and drawn words: a restriction there counts."""
    document = Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "First"
    section.header.paragraphs[0].text = "Later"
    section.footer.paragraphs[0].text = "Page 1\tStrathallan Council"
    watermark = '<w:r><w:pict><v:shape><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'
    section.header._element.append(element(para(watermark, _BOTH_BOXES)))
    result = read_back(para("Text."), document=document)
    assert text_of(result.blocks) == "Text."
    assert set(result.set_aside) == {
        "First", "Later", "Page 1", "Strathallan Council", "CONFIDENTIAL", "Boxed",
    }  # fmt: skip


def test_each_cell_of_a_page_header_is_a_line_too() -> None:
    """Otherwise the words beside a marking would hide it."""
    document = Document()
    row = document.sections[0].header.add_table(1, 2, Pt(400)).rows[0]
    row.cells[0].text, row.cells[1].text = "Strathallan Council", "CONFIDENTIAL"
    assert "CONFIDENTIAL" in read_back(para("Text."), document=document).set_aside


def test_a_letterhead_with_labels_heads_the_text() -> None:
    """Labels that stand in the page header alone are the note's; those repeated there are not."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "TN Number:\t064-23"
    alone = read_back(para("Subject: Salt"), document=document)
    assert text_of(alone.blocks) == "TN Number: 064-23\nSubject: Salt"
    assert alone.set_aside == ()
    repeated = read_back(para("TN Number: 064-23"), document=document)
    assert text_of(repeated.blocks) == "Subject: Salt\nTN Number: 064-23"
    assert repeated.set_aside == ("TN Number: 064-23",)


def test_a_letterhead_stands_below_the_title_without_what_is_above_its_labels() -> None:
    """Otherwise the title would go on the letterhead's last value."""
    document = Document()
    document.sections[0].header.paragraphs[0].text = "Strathallan Council"
    document.sections[0].header.add_paragraph("Subject: Salt")
    title = para(run("Technical Note 2023, Issue 64 - Salt", "<w:b/>"))
    result = read_back(title, para("Salt is short."), document=document)
    assert text_of(result.blocks).split("\n")[1:] == ["Subject: Salt", "Salt is short."]
    assert result.set_aside == ("Strathallan Council",)


def test_a_table_of_labels_in_the_page_header_needs_no_colons() -> None:
    """Two lines beside a name may be an address; three beside labels are not."""
    rows = (("Report by", "Ann Bell"), ("TN Number", "064-23"), ("Subject", "Salt"))
    for count, is_header in ((2, False), (3, True)):
        document = Document()
        table = document.sections[0].header.add_table(count, 2, Pt(400))
        for row, words in zip(table.rows, rows[:count], strict=True):
            row.cells[0].text, row.cells[1].text = words
        result = read_back(para("Salt is short."), document=document)
        assert ("Report by" in text_of(result.blocks)) == is_header


def _with_notes(kind: str, more: str = "", word: str = "Later.") -> bytes:
    """A document with two notes of a kind, the second referred to first."""
    document = Document()
    notes = "".join(
        f'<w:{kind} w:id="{place}">{para(f"<w:r><w:{kind}Ref/></w:r>", text)}</w:{kind}>'
        for place, text in ((1, "Added first."), (2, word))
    )
    blob = element(f"<w:{kind}s>{notes}</w:{kind}s>")
    part = Part(
        PackURI(f"/word/{kind}s.xml"),
        f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}s+xml",
        etree.tostring(blob),
        document.part.package,
    )
    document.part.relate_to(part, f"{RELATIONSHIP_TYPE.FOOTNOTES.rpartition('/')[0]}/{kind}s")
    return saved(
        document,
        para("One", f'<w:r><w:{kind}Reference {more} w:id="2"/></w:r>', " and two"),
        para("Three", f'<w:r><w:{kind}Reference w:id="1"/></w:r>'),
    )


def test_footnotes_follow_the_text_with_their_marks() -> None:
    assert text_of(document_of(_with_notes("footnote")).blocks) == (
        "One[1] and two\nThree[2]\n[1] Later.\n[2] Added first."
    )


def test_endnotes_are_marked_as_word_marks_them() -> None:
    assert text_of(document_of(_with_notes("endnote")).blocks) == (
        "One[i] and two\nThree[ii]\n[i] Later.\n[ii] Added first."
    )


def test_a_mark_of_its_own_is_not_counted() -> None:
    content = _with_notes("footnote", 'w:customMarkFollows="1"', word="† Later.")
    assert text_of(document_of(content).blocks) == (
        "One and two\nThree[1]\n† Later.\n[1] Added first."
    )


def test_other_documents_inside_are_named() -> None:
    """Words that were not read are for a keeper to look at."""
    document = Document()
    part = Part(PackURI("/word/chunk.html"), "text/html", b"<p>Unread</p>", document.part.package)
    chunk = document.part.relate_to(part, f"{RELATIONSHIP_TYPE.STYLES.rpartition('/')[0]}/aFChunk")
    result = read_back(para("Read."), f'<w:altChunk r:id="{chunk}"/>', document=document)
    assert text_of(result.blocks) == "Read."
    (problem,) = result.problems
    assert problem.kind is ProblemKind.REVIEW
    assert "not read" in problem.message


def test_the_strict_form_of_the_format_is_read() -> None:
    """ISO's strict form names its elements otherwise and says the same."""

    made = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(saved(Document(), para("Strict.")))) as usual,
        zipfile.ZipFile(made, "w") as strict,
    ):
        for name in usual.namelist():
            content = usual.read(name)
            for folder, other in (
                (b"wordprocessingml/2006/main", b"wordprocessingml/main"),
                (b"officeDocument/2006/relationships", b"officeDocument/relationships"),
            ):
                content = content.replace(
                    b"http://schemas.openxmlformats.org/" + folder,
                    b"http://purl.oclc.org/ooxml/" + other,
                )
            strict.writestr(name, content)
    assert text_of(document_of(made.getvalue()).blocks) == "Strict."
