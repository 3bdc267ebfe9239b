"""Web pages to blocks: the structure of the text, whatever elements it is built of."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.config import Config
from indexer.domain.blocks import Link, text_of
from indexer.domain.claims import ProblemKind
from indexer.domain.note import Note, Officer
from indexer.domain.source import Letter, SourceDocument
from indexer.readers import read
from indexer.readers.html import MAX_DEPTH
from tests.indexer.extracted import extract_each
from tests.indexer.readers.blocks import Short, page, short

STRUCTURES: dict[str, tuple[str, list[Short]]] = {
    "nested lists have levels": (
        "<ul><li>One<ul><li>Under<ul><li>Deepest</li></ul></li></ul></li><li>Two</li></ul>",
        [("item", 1, "One"), ("item", 2, "Under"), ("item", 3, "Deepest"), ("item", 1, "Two")],
    ),
    "a numbered list is numbered paragraphs": (
        "<ol><li>One<ul><li>Under</li></ul></li><li>Two</li></ol>",
        [("paragraph", "1", "One"), ("item", 2, "Under"), ("paragraph", "2", "Two")],
    ),
    "a list starts and jumps where it says": (
        "<ol start='3'><li>Three</li><li value='9'>Nine</li><li>Ten</li></ol>",
        [("paragraph", "3", "Three"), ("paragraph", "9", "Nine"), ("paragraph", "10", "Ten")],
    ),
    "a start that is no number counts for nothing": (
        "<ol start='x'><li>One</li></ol>",
        [("paragraph", "1", "One")],
    ),
    "a lettered list is items": (
        "<ol type='a' start='2'><li>Grit</li><li>Salt</li></ol>",
        [("item", "b", 1, "Grit"), ("item", "c", 1, "Salt")],
    ),
    "a numbered list inside another is items": (
        "<ol><li>One<ol type='i'><li>First</li><li>Second</li></ol></li></ol>",
        [("paragraph", "1", "One"), ("item", "i", 2, "First"), ("item", "ii", 2, "Second")],
    ),
    "text after a nested list is no item": (
        "<ul><li>One<ul><li>Under</li></ul>After</li></ul>",
        [("item", 1, "One"), ("item", 2, "Under"), ("paragraph", "After")],
    ),
    "a second paragraph in an item has no bullet": (
        "<ul><li><p>One</p><p>More</p></li><li><p>Two</p></li></ul>",
        [("item", 1, "One"), ("paragraph", "More"), ("item", 1, "Two")],
    ),
    "a second paragraph in a numbered item has no number": (
        "<ol><li><p>One</p><p>More</p></li><li><p>Two</p></li></ol>",
        [("paragraph", "1", "One"), ("paragraph", "More"), ("paragraph", "2", "Two")],
    ),
    "a number that is typed in a list outweighs the list's": (
        "<ol><li>7. Seven</li><li>Two</li></ol>",
        [("paragraph", "7", "Seven"), ("paragraph", "2", "Two")],
    ),
    "numbers that are typed in paragraphs": (
        "<p>1. One</p><p>(a) Under</p><p>3.-5. More</p><p>18 June is a day.</p>",
        [("paragraph", "1", "One"), ("item", "a", 1, "Under"), ("paragraph", "3.-5", "More"),
         ("paragraph", "18 June is a day.")],
    ),
    "bullets that are typed in paragraphs": (
        "<p>• Grit</p><p>– Salt</p>",
        [("item", 1, "Grit"), ("item", 1, "Salt")],
    ),
    "headings have their level": (
        "<h1>Title</h1><h3>Background</h3><p>Words.</p>",
        [("heading", 1, "Title"), ("heading", 3, "Background"), ("paragraph", "Words.")],
    ),
    "a line break stays one": (
        "<p>Mill Wynd<br>Kirkorran<br/>\n Strathallan</p>",
        [("paragraph", "Mill Wynd\nKirkorran\nStrathallan")],
    ),
    "a line of the source is none of the text": (
        "<p>Grit bins\n  and\tsalt.</p>",
        [("paragraph", "Grit bins and salt.")],
    ),
    "text that was typed with its lines keeps them": (
        "<pre>Subject: Grit\nReport by: Una\n\n1. One\nmore\n \n\n2. Two</pre>",
        [("paragraph", "Subject: Grit"), ("paragraph", "Report by: Una"),
         ("paragraph", "1", "One\nmore"), ("paragraph", "2", "Two")],
    ),
    "labels, numbers and bullets after line breaks are blocks": (
        "<p>Subject:<br>Grit<br>1. One<br>more<br>2. Two</p><p>Fees<br>- Small</p>",
        [("paragraph", "Subject:"), ("paragraph", "Grit"), ("paragraph", "1", "One"),
         ("paragraph", "more"), ("paragraph", "2", "Two"), ("paragraph", "Fees"),
         ("item", 1, "Small")],
    ),
    "elements that a site made up are blocks, and so are spans shown as blocks": (
        "<note-line>One</note-line><note-line>Two</note-line><span style='display: block'>Three"
        "</span>Four",
        [("paragraph", "One"), ("paragraph", "Two"), ("paragraph", "Three"), ("paragraph", "Four")],
    ),
    "what is struck out is left out": (
        "<p>Grit costs <del>£9</del> <s>a lot</s> £8.</p>",
        [("paragraph", "Grit costs £8.")],
    ),
    "blocks with no white space between are apart": (
        "<div>Installation</div><div>How to<span> apply</span></div>Ends<p>Permit</p>Forty",
        [("paragraph", "Installation"), ("paragraph", "How to apply"), ("paragraph", "Ends"),
         ("paragraph", "Permit"), ("paragraph", "Forty")],
    ),
    "words in two pieces are one": (
        "<p>con<b>sult</b>ation &amp; <i>engage</i>ment</p>",
        [("paragraph", "consultation & engagement")],
    ),
    "a table has rows and cells": (
        "<table><caption>Bins\n by street</caption><thead><tr><th>Street</th><th>Bins</th></tr>"
        "</thead><tr><td>Mill <b>Wynd</b></td><td></td></tr><tr><td>Quay<br>(all)</td><td>2</td>"
        "</tr><tr><td> </td><td></td></tr></table>",
        [("paragraph", "Bins by street"),
         ("table", (("Street", "Bins"), ("Mill Wynd", ""), ("Quay\n(all)", "2")))],
    ),
    "cells with paragraphs keep them apart": (
        "<table><tr><td><p>Mill</p><p>Wynd</p></td><td>2</td></tr></table>",
        [("table", (("Mill\nWynd", "2"),))],
    ),
    "a table of one column is layout": (
        "<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>",
        [("paragraph", "One."), ("paragraph", "Two.")],
    ),
    "a table that says so is layout": (
        "<table role='presentation'><tr><td>Left.</td><td>Right.</td></tr></table>",
        [("paragraph", "Left."), ("paragraph", "Right.")],
    ),
    "a table round a heading is layout": (
        "<table><tr><td>Left.</td><td><h2>Grit</h2>Right.</td></tr></table>",
        [("paragraph", "Left."), ("heading", 2, "Grit"), ("paragraph", "Right.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", STRUCTURES)
def test_the_structure_of_a_page(what: str) -> None:
    """Lists, numbers, headings, breaks and tables are kept, and layout is not taken for them."""
    source, expected = STRUCTURES[what]
    assert short(page(source)) == expected


LABELLED = {
    "definitions": "<dl><dt>{0}</dt><dd>{1}</dd><dt>{2}</dt><dd>{3}</dd></dl>",
    "definitions in groups": "<dl><div><dt>{0}</dt><dd><p>{1}</p></dd></div>"
    "<div><dt>{2}</dt><dd>{3}</dd></div></dl>",
    "divs": "<div><div>{0}:</div><div>{1}</div></div><div><div>{2}:</div><div>{3}</div></div>",
    "spans": "<div><span>{0}:</span><span>{1}</span></div><p><span>{2}:</span><span>{3}</span></p>",
    "bold": "<p><strong>{0}:</strong> {1}</p><p><b>{2}: </b>{3}</p>",
    "breaks": "<p><b>{0}:</b><br>{1}<br><b>{2}:</b><br>{3}</p>",
    "table": "<table><tr><th>{0}</th><td>{1}</td></tr><tr><th>{2}:</th><td>{3}</td></tr></table>",
    "list": "<ul><li><p>{0}:</p><p>{1}</p></li><li><p>{2}:</p><p>{3}</p></li></ul>",
}


@pytest.mark.parametrize("markup", LABELLED)
def test_labels_and_values_are_told_apart(markup: str) -> None:
    """In every markup of a header each label has its own value, whatever is printed beside it."""
    words = ("Report by", "Una Dunmarrow, Engineer", "Subject", "Grit Bins")
    content = LABELLED[markup].format(*words) + "<p>1. The grit bins of Kirkorran are full.</p>"
    source = SourceDocument("2023/technical-note-29.html", "text/html", content.encode())
    ((_, note),) = extract_each([source], Config())
    assert isinstance(note, Note)
    assert note.report_by == (Officer("Una Dunmarrow", "Engineer", "una-dunmarrow"),)
    assert note.subject == "Grit Bins"
    assert text_of(note.body) == "The grit bins of Kirkorran are full."


def test_a_link_keeps_its_words_and_target() -> None:
    """A link's words stay in the text, and its address stays beside them; an empty one is none."""
    document = page(
        "<p>See <a href='/map'>the <b>map</b></a>, <a href=''>nothing</a>, <a>none</a> and the "
        "<a href=' https://www.strathallan.example/a?b=1&amp;c '>list</a>.</p>"
        "<table><tr><td>Map</td><td><a href='/plan'>Plan</a></td></tr></table>"
        "<p>Both show the same bins.</p>"
    )
    text, table, _ = document.blocks
    assert text.text == "See the map, nothing, none and the list."
    assert text.links == (
        Link("the map", "/map"),
        Link("list", "https://www.strathallan.example/a?b=1&c"),
    )
    assert table.links == (Link("Plan", "/plan"),)


UNSEEN = {
    "comment": "<!-- {} -->",
    "conditional comment": "<!--[if IE]>{}<![endif]-->",
    "script": "<script>var x = '{}';</script>",
    "style": "<style>.a::after {{ content: '{}' }}</style>",
    "template": "<template><p>{}</p></template>",
    "noscript": "<noscript>{}</noscript>",
    "hidden": "<p hidden>{}</p>",
    "hidden span": "<span hidden=''>{}</span>",
    "display": "<div style='color: red; display : none'><p>{}</p></div>",
    "visibility": "<div style='VISIBILITY:HIDDEN'>{}</div>",
    "frame": "<iframe>{}</iframe>",
    "picture": "<svg><title>{}</title></svg>",
    "box to type in": "<textarea>{}</textarea>",
    "choice": "<select><option>{}</option></select>",
    "instruction": "<?php {} ?>",
    "hidden heading": "<div style='display:none'><h1>{}</h1></div>",
}


@pytest.mark.parametrize("what", UNSEEN)
def test_what_a_browser_does_not_show_is_no_text(what: str) -> None:
    """Comments, scripts and hidden elements never reach a block, nor any title."""
    document = page(
        f"<p>Grit {UNSEEN[what].format('unseen')} bins are full.</p><p>Salt is not.</p>"
    )
    assert "unseen" not in text_of(document.blocks)
    assert " ".join(text_of(document.blocks).split()) == "Grit bins are full. Salt is not."
    assert document.titles == ()


DEEP = 5000


@pytest.mark.parametrize(
    "tag", ["div", "b", "span", "ul><li", "table><tr><td", "blockquote", "section"]
)
def test_markup_nested_past_the_depth_keeps_its_words(tag: str) -> None:
    """The words of absurdly nested markup are kept as text, without a script's, with a problem."""
    opened = f"<{tag}>" * DEEP
    document = page(f"<p>Before it.</p>{opened}<script>evil()</script>the\nwords<p>After it.</p>")
    words = text_of(document.blocks).split()
    assert [word for word in words if word in ("the", "words")] == ["the", "words"]
    assert words[:2] == ["Before", "it."]
    assert "evil()" not in words
    assert not any("\n" in block.text for block in document.blocks)
    assert [problem.kind for problem in document.problems] == [ProblemKind.DAMAGED]
    assert str(MAX_DEPTH) in document.problems[0].message


def test_the_rest_of_a_page_keeps_its_structure() -> None:
    """What stands after the nested part is read as usual."""
    nested = "<div>" * 300 + "Deep words." + "</div>" * 300
    blocks = short(page(f"<h1>Grit</h1>{nested}<ol><li>One.</li></ol>"))
    assert blocks == [
        ("heading", 1, "Grit"),
        ("paragraph", "Deep words."),
        ("paragraph", "1", "One."),
    ]


@given(st.text("<>&\"'abp/;#x0 !-[]", min_size=1, max_size=40))
def test_escaped_markup_is_text_and_no_more(typed: str) -> None:
    """What was typed with its signs escaped comes back sign for sign, and makes no element."""
    document = page(f"<p>It reads “{html.escape(typed)}” there.</p><p>Next.</p>")
    assert short(document) == [
        ("paragraph", f"It reads “{_spaced(typed)}” there."),
        ("paragraph", "Next."),
    ]


def _spaced(text: str) -> str:
    """`text` with single spaces, as a browser shows it."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text


tags = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<li>", "<ul>", "</ul>", "<ol>", "<table>", "<tr>", "<td>",
     "</table>", "<dl><dt>", "<dd>", "<br>", "<!--x-->", "<div hidden>", "</div>", "<h2>", "</h2>",
     "<a href='/x'>", "</a>", "<span class=z>", "<", ">", "&amp;", "&lt;x", "words here.", "1. "]
)  # fmt: skip


@given(st.lists(tags, max_size=25).map("".join))
def test_no_markup_survives(soup: str) -> None:
    """However elements are mixed up, none of their tags or attributes is text."""
    text = text_of(page(f"<p>Words.</p>{soup}").blocks)
    for piece in (
        "<p",
        "</",
        "<b>",
        "<li",
        "<td",
        "<br",
        "href",
        "class=",
        "hidden",
        "<!--",
        "&amp",
    ):
        assert piece not in text


HEAD = (
    "<head><title>Grit | Strathallan Council</title>"
    "<meta property='og:title' content='Grit bins'>{}</head>"
)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("<link rel=canonical href=' https://www.strathallan.example/a '>", None),
        ("<link rel=canonical href='https://www.strathallan.example/a'>", "same"),
        ("<link href='HTTPS://www.strathallan.example/a' rel='canonical nofollow'>", "same"),
        ("<link rel=canonical href='/a'>", None),
        ("<link rel=canonical href='javascript:alert(1)'>", None),
        ("<link rel=stylesheet href='https://www.strathallan.example/a'>", None),
        ("", None),
    ],
)
def test_the_address_that_a_page_gives_as_its_own(link: str, address: str | None) -> None:
    """A canonical link to a whole web address is the page's; any other is none."""
    found = page(HEAD.format(link) + "<p>Words.</p>").address
    assert (found or "").lower() == ((address and "https://www.strathallan.example/a") or "")


def test_the_titles_of_a_page_the_likeliest_first() -> None:
    """Headings come before what the page calls itself."""
    body = "<h2>Background</h2><h1>Technical Notes 2023, <b>Issue 64</b> - Grit</h1><h3>More</h3>"
    titles = page(HEAD.format("") + body).titles
    assert titles == (
        "Background",
        "Technical Notes 2023, Issue 64 - Grit",
        "Grit bins",
        "Grit | Strathallan Council",
    )


def test_the_page_of_an_e_mail_is_read_whole() -> None:
    """Mail programs put each line in a box of its own, and no site stands around them."""
    lines = ("Subject:", "Grit Bins", "Publication:", "This note will be published.", "All filled")
    content = "".join(f"<div>{line}</div>" for line in lines).encode()
    letter = Letter("Grit Bins", is_text=True)
    document = read(SourceDocument("grit.eml", "text/html", content, letter=letter))
    assert text_of(document.blocks) == "\n".join(lines)
