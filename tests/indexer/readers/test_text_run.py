"""The run of blocks that is a page's text, in pages that give no name to their parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.blocks import Block, BlockKind
from indexer.readers.text_run import Weighed, text_run
from tests.indexer.readers.blocks import page

WORDS = "The grit bins of Kirkorran were filled in the first week of November by the depot’s crew."
MORE = "Members asked for two more beside the harbour steps at Inverstrae, where the path is steep."
TITLE = "<h1>Technical Notes 2021, Issue 14 - Grit Bins</h1>"
NOTE = f"{TITLE}<p>{WORDS}</p><p>{MORE}</p>"
SERVICES = "".join(
    f"<li><a href='/{name}'>{name}</a></li>" for name in ("Bins", "Roads", "Schools", "Planning")
)


def texts(content: str) -> list[str]:
    """What each block of a page's text says."""
    return [block.words for block in page(content).blocks]


# What stands in the text of a page, and what its blocks are between WORDS and MORE.
INSIDE: dict[str, tuple[str, list[str]]] = {
    "a list below a colon": (
        "<p>The streets are:</p><ul><li>Mill Wynd</li><li>Quay Street</li></ul>",
        ["The streets are:", "Mill Wynd", "Quay Street"],
    ),
    "links below a colon": (
        "<p>The papers are on the web:</p><ul><li><a href='/1'>Draft</a></li>"
        "<li><a href='/2'>Summary</a></li><li><a href='/3'>Survey form</a></li></ul>",
        ["The papers are on the web:", "Draft", "Summary", "Survey form"],
    ),
    "addresses below a colon": (
        "<p>The polling places are:</p><ul><li>Quay Hall, 1 Quay Street, KN1 2AB</li>"
        "<li>Mill Hub, 2 Mill Wynd, KN1 3CD</li></ul>",
        ["The polling places are:", "Quay Hall, 1 Quay Street, KN1 2AB",
         "Mill Hub, 2 Mill Wynd, KN1 3CD"],
    ),
    "a heading": ("<h2>Background</h2>", ["Background"]),
    "a table": (
        "<table><tr><th>Street</th><th>Bins</th></tr><tr><td>Mill Wynd</td><td>2</td></tr></table>",
        ["Street Bins\nMill Wynd 2"],
    ),
    "a sentence that is a link": (
        "<p><a href='/x'>The map of the bins shows each street of the town.</a></p>",
        ["The map of the bins shows each street of the town."],
    ),
    "a stray line of the site": ("<p>Listen to this page</p>", []),
    "another stray line of the site": ("<div>Skip to content</div>", []),
    "a link to read on elsewhere": (
        "<p>Read more: <a href='/x'>Snow wardens are wanted in all the streets of the town</a></p>",
        [],
    ),
    "a sentence of the site's words with a link": (
        "<p>Posted in the window of <a href='/x'>Quay Hall</a>, the map shows the bins.</p>",
        ["Posted in the window of Quay Hall, the map shows the bins."],
    ),
    "a sentence that says more": (
        "<p>See more in Appendix 2.</p>", ["See more in Appendix 2."],
    ),
    "a sentence about cookies": (
        "<p>The bakery at Mill Wynd sells its cookies to two schools.</p>",
        ["The bakery at Mill Wynd sells its cookies to two schools."],
    ),
    "a numbered line in words of the site": (
        "<p>3. Contact us</p>", ["Contact us"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", INSIDE)
def test_what_stands_inside_the_text(what: str) -> None:
    """The text keeps its lists, links, tables and headings, and loses the site's stray lines."""
    content, expected = INSIDE[what]
    blocks = texts(f"{TITLE}<p>{WORDS}</p>{content}<p>{MORE}</p>")
    assert blocks[1:] == [WORDS, *expected, MORE]


BEFORE = {
    "a menu": f"<div><ul>{SERVICES}</ul></div>",
    "a notice": "<div><p>Search this site</p><p>Home</p></div>",
    "a trail": "<div><a href='/'>Home</a> › <a href='/tn'>Notes</a></div>",
    "the council's name": "<div>Strathallan Council</div>",
    "a box for cookies": "<div><p>We use cookies to run this site.</p><p>They are kept.</p></div>",
    "an announcement": (
        "<div><strong>Important announcement</strong><p>Offices are closed on Monday for the "
        "public holiday.</p></div>"
    ),
    "another note": "<p><a href='/13'>‹ Technical Notes 2021, Issue 13 - Salt</a></p>",
}


@pytest.mark.parametrize("what", BEFORE)
def test_what_stands_before_the_title(what: str) -> None:
    """The text begins at the page's own title."""
    assert texts(BEFORE[what] + NOTE)[1:] == [WORDS, MORE]


NOTICES = {
    "cookies": "<div><p>We use cookies to make this site work well.</p><p>They are kept for a year."
    "</p></div>",
    "an announcement": "<div><p>Important announcement</p><p>Our offices are closed on Monday.</p>"
    "</div>",
    "an author": "<div>Posted by the web team</div>",
}


@pytest.mark.parametrize("what", NOTICES)
def test_a_notice_between_title_and_text(what: str) -> None:
    """A notice of the site parts neither the title from its text, nor is it text."""
    (title, *rest) = texts(f"{TITLE}{NOTICES[what]}<div><p>{WORDS}</p><p>{MORE}</p></div>")
    assert title == "Technical Notes 2021, Issue 14 - Grit Bins"
    assert rest == [WORDS, MORE]


AFTER = {
    "a rating": "<p>Rate this page</p><p>Please don’t give us any details of yourself here.</p>",
    "comments": "<h2>2 thoughts on “Grit Bins”</h2><p>Jean says: My bin has not been lifted for "
    "five weeks and nobody answers the telephone at all.</p>",
    "other notes": "<h2>You may also be interested in</h2><div><h3><a href='/13'>Salt</a></h3>"
    "<p>The purpose of this note is to tell Members about salt, and it is of another matter.</p>"
    "</div>",
    "cards": "<h3><a href='/a'>Snow wardens wanted</a></h3><p>Join the scheme and help neighbours "
    "this winter, with a shovel from us.</p><h3><a href='/b'>Library hours</a></h3><p>The library "
    "is open on Saturdays from nine until one again.</p>",
    "email": "<div><h3>Keep me posted</h3><p>Get updates on the topics that you care about, "
    "straight to your inbox each week.</p></div>",
    "a date": "<p>Page last updated: 5 May 2021</p>",
    "a printer's line": "<p>Printed from the council’s site on 5 May 2021 at 10:12</p>",
    "the next note": "<p>Next: <a href='/15'>Technical Notes 2021, Issue 15 - Salt</a></p>",
    "the council's address": "<div><p>Strathallan Council, 1 Quay Street, Kirkorran KN1 2AB</p>"
    "</div>",
    "a menu": f"<div><ul>{SERVICES}</ul></div>",
}


@pytest.mark.parametrize("what", AFTER)
def test_what_stands_after_the_text(what: str) -> None:
    """The text ends where the site goes on, however much like text that reads."""
    assert texts(NOTE + AFTER[what])[1:] == [WORDS, MORE]


def test_boxes_with_a_link_between_paragraphs_do_not_end_the_text() -> None:
    """What stands below such a box is no card's where the text's own box goes on."""
    links = (
        f"<div><h3><a href='/{n}'>Snow wardens wanted in street {n}</a></h3></div>"
        for n in range(4)
    )
    inside = f"<p>{MORE}</p>".join(links)
    assert texts(f"{NOTE}{inside}<p>{WORDS}</p>")[1:] == [WORDS, *[MORE] * 4, WORDS]


def test_numbered_text_goes_on_past_a_mark_of_the_end() -> None:
    """Words that end most pages end none whose numbered paragraphs follow."""
    mark = "Next: the steps beside the harbour, which will be looked at in the spring."
    numbered = f"{TITLE}<p>1. {WORDS}</p><p>{mark}</p><p>2. {MORE}</p>"
    assert texts(numbered)[1:] == [WORDS, mark, MORE]


def test_numbers_that_begin_again_past_a_mark_of_the_end() -> None:
    """The numbered openings of other notes are not the note's own paragraphs."""
    others = "<h2>You may also like</h2><p>1. The purpose of this note is to tell of salt.</p>"
    numbered = f"{TITLE}<p>1. {WORDS}</p><p>2. {MORE}</p>{others}"
    assert texts(numbered)[1:] == [WORDS, MORE]


def test_the_links_of_a_header() -> None:
    """A value that is a link in a box of its own stays with its label."""
    header = (
        "<div>Report by:</div><div><a href='/u'>Una Dunmarrow</a></div>"
        "<div>Subject:</div><div><a href='/g'>Grit</a></div>"
    )
    found = texts(f"{TITLE}{header}<p>1. {WORDS}</p><p>2. {MORE}</p>")
    assert found[1:] == ["Report by:", "Una Dunmarrow", "Subject:", "Grit", WORDS, MORE]


@pytest.mark.parametrize(
    "link",
    ["Appendix 1", "Annex A – Streets", "Map of streets (PDF, 340 KB)", "Map opens in new window"],
)
def test_a_document_that_closes_the_text(link: str) -> None:
    """A link to a document of the note's own is text, where a menu's link is none."""
    assert texts(f"{NOTE}<p><a href='/a.pdf'>{link}</a></p>")[-1] == link
    assert texts(f"{NOTE}<p><a href='/a'>Council tax</a></p>")[-1] == MORE


@pytest.mark.parametrize("tag", ["div", "section"])
def test_a_box_of_furniture_inside_the_text(tag: str) -> None:
    """A box with words of the site and no sign of a note is left out whole."""
    box = f"<{tag}><h3>Contact us</h3><p>Our advisers are here on weekdays.</p></{tag}>"
    assert texts(f"{TITLE}<div><p>{WORDS}</p></div>{box}<div><p>{MORE}</p></div>")[1:] == [
        WORDS,
        MORE,
    ]


def test_a_box_with_a_sign_of_a_note_is_kept() -> None:
    """Numbered paragraphs or labels keep a box whatever words of a site stand in it."""
    box = "<div><p>Contact us</p><p>2. Our advisers are here on weekdays.</p></div>"
    assert "Our advisers are here on weekdays." in texts(
        f"{TITLE}<div><p>1. {WORDS}</p></div>{box}<div><p>3. {MORE}</p></div>"
    )


def test_a_header_outside_the_main_part() -> None:
    """Where the labels stand outside the page's main part, the whole page is read."""
    labels = (
        "<div><p>Report by: Una Dunmarrow</p><p>TN Number: 014-21</p><p>Subject: Grit</p></div>"
    )
    found = texts(f"<body>{TITLE}{labels}<main><p>{WORDS}</p><p>{MORE}</p></main></body>")
    assert found[1:] == [
        "Report by: Una Dunmarrow",
        "TN Number: 014-21",
        "Subject: Grit",
        WORDS,
        MORE,
    ]


def test_what_is_set_aside() -> None:
    """The lines of the site around the text are kept apart, without those of links."""
    document = page(
        f"<header><p>CONFIDENTIAL</p><a href='/'>Home</a></header>{NOTE}"
        "<img src='x.png' alt='Crest'><p>Page last updated: 5 May 2021</p>"
    )
    assert set(document.set_aside) == {"CONFIDENTIAL", "Crest", "Page last updated: 5 May 2021"}


def paragraph(text: str) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text)


@pytest.mark.parametrize("text", ["Home page of a note", "Appendix attached.", "Grit"])
def test_a_page_of_one_block_is_that_block(text: str) -> None:
    """A page with nothing better keeps what it has."""
    assert text_run([Weighed(paragraph(text))]).blocks == (paragraph(text),)


weighed = st.builds(
    Weighed,
    st.builds(paragraph, st.sampled_from([WORDS, MORE, "Home", "Next steps", "The streets are:"]))
    | st.builds(lambda text: Block(kind=BlockKind.HEADING, text=text, level=1), st.just("Grit")),
    st.integers(0, 3),
    st.integers(0, 3),
    st.integers(0, 3),
)


@given(st.lists(weighed, max_size=12))
def test_a_run_is_blocks_of_the_page_in_their_order(entries: list[Weighed]) -> None:
    """The run adds nothing, reorders nothing and never fails."""
    blocks = [entry.block for entry in entries]
    places = iter(blocks)
    assert all(any(block is other for other in places) for block in text_run(entries).blocks)


def test_no_text_is_no_run() -> None:
    """A page without blocks has none."""
    assert text_run([]).blocks == ()
