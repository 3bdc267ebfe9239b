"""What a page keeps from being seen, or strikes out: left out of the text, and named as such."""

from __future__ import annotations

import pytest

from indexer.config import Config
from indexer.contract import record_of
from indexer.domain.blocks import text_of
from indexer.domain.claims import Problem, ProblemKind
from indexer.domain.note import Note
from indexer.domain.publication import PublicationStatus
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.hiding import HIDDEN, STRUCK_OUT, hiding_classes
from tests.indexer.extracted import extract_each
from tests.indexer.readers.blocks import page

HEADER = "<h1>Grit Bins</h1><p>Report by: Una Dunmarrow</p><p>Subject: Grit Bins</p>"
FIRST = "<p>1. The grit bins of Kirkorran were filled in the first week of November.</p>"
LAST = "<p>3. The depot at Mill Wynd keeps salt for a winter of forty nights.</p>"
SECRET = "The tender of Fenwick Haulage was the lowest."


def with_second(second: str, *, sheet: str = "") -> ReadDocument:
    """A note whose second paragraph is `second`, on a page with the style `sheet`."""
    style = f"<head><style>{sheet}</style></head>"
    return page(f"{style}<body><article>{HEADER}{FIRST}{second}{LAST}</article></body>")


def hidden_in(document: ReadDocument) -> list[Problem]:
    """The problems that say of text that it is not meant to be seen."""
    return [each for each in document.problems if each.kind is ProblemKind.HIDDEN]


WAYS: dict[str, tuple[str, str]] = {
    "attribute": (HIDDEN, "<p hidden>2. {}</p>"),
    "attribute of a box": (HIDDEN, "<div hidden=until-found><div><p>2. {}</p></div></div>"),
    "display": (HIDDEN, "<p style='color: red; DISPLAY : none'>2. {}</p>"),
    "display that outweighs": (HIDDEN, "<p style='display:none!important'>2. {}</p>"),
    "visibility": (HIDDEN, "<p style='visibility:hidden'>2. {}</p>"),
    "collapsed": (HIDDEN, "<p style='visibility:collapse'>2. {}</p>"),
    "class": (HIDDEN, "<p class='wide off'>2. {}</p>"),
    "no size": (HIDDEN, "<p style='font-size:0'>2. {}</p>"),
    "no size in points": (HIDDEN, "<p style='font-size: 0.0pt; margin:0'>2. {}</p>"),
    "a speck": (HIDDEN, "<p style='font-size:1px'>2. {}</p>"),
    "no height": (HIDDEN, "<div style='max-height:0;overflow:hidden'>2. {}</div>"),
    "wholly transparent": (HIDDEN, "<p style='opacity: 0'>2. {}</p>"),
    "left of the page": (HIDDEN, "<p style='left:-9999px;position:absolute'>2. {}</p>"),
    "begun left of the page": (HIDDEN, "<p style='text-indent:-9999px'>2. {}</p>"),
    "black on black": (HIDDEN, "<p style='color:#000;background-color:black'>2. {}</p>"),
    "under a black marker": (HIDDEN, "<p>2. <span style='background:black'>{}</span></p>"),
    "class of a tag": (HIDDEN, "<p class=ghost>2. {}</p>"),
    "white": (HIDDEN, "<p style='color:#FFF'>2. {}</p>"),
    "nearly white": (HIDDEN, "<p style='color: rgb(252, 253, 255)'>2. {}</p>"),
    "transparent": (HIDDEN, "<p style='color:transparent'>2. {}</p>"),
    "white on white": (HIDDEN, "<p style='color:white;background:#ffffff'>2. {}</p>"),
    "white type": (HIDDEN, "<p><font color='#ffffff'>2. {}</font></p>"),
    "deleted": (STRUCK_OUT, "<p><del>2. {}</del></p>"),
    "no longer right": (STRUCK_OUT, "<p><s>2. {}</s></p>"),
    "struck": (STRUCK_OUT, "<p><strike>2. {}</strike></p>"),
    "deleted with its element": (STRUCK_OUT, "<del><p>2. {}</p></del>"),
    "line through": (STRUCK_OUT, "<p style='text-decoration: line-through red'>2. {}</p>"),
    "line through by class": (STRUCK_OUT, "<p class=gone>2. {}</p>"),
}
SHEET = """p { margin: 0 } .off, .away { display: none } p.ghost { display: none }
.gone { text-decoration-line: line-through }"""


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_meant_to_be_seen_is_left_out_and_named(way: str) -> None:
    """Its words are set aside for a keeper; the problem names the way and the paragraph alone."""
    how, markup = WAYS[way]
    document = with_second(markup.format(SECRET), sheet=SHEET)
    assert "Fenwick" not in text_of(document.blocks)
    assert [block.number for block in document.blocks if block.number] == ["1", "3"]
    assert any(SECRET in words for words in document.unseen)
    (problem,) = hidden_in(document)
    assert f"{how} (" in problem.message
    assert "paragraph" in problem.message
    assert "Fenwick" not in problem.message


SHOWN = {
    "grey on black": "<p style='background:#000'><font color=silver>2. {}</font></p>",
    "on black in a coloured box": "<div style='color:#eee'><p style='background:#000'>2. {}</p>"
    "</div>",
    "faded in by a script": "<p style='opacity:0;transform:translateY(20px)'>2. {}</p>",
    "half transparent": "<p style='opacity:0.6'>2. {}</p>",
    "hanging far": "<p style='margin-left:127.6pt;text-indent:-127.6pt'>2. {}</p>",
    "no height, but run over": "<div style='height:0'>2. {}</div>",
    "class hidden on another tag": "<p class=ghost>2. {}</p>",
    "hidden from one program": "<p style='mso-hide:all'>2. {}</p>",
    "white on a colour": "<p style='color:#fff;background:#005'>2. {}</p>",
    "white in a coloured box": "<div style='background-color:navy'><p style='color:#fff'>2. {}</p>"
    "</div>",
    "white in a coloured cell": "<table bgcolor=navy><tr><td><font color=white>2. {}</font></td>"
    "</tr></table>",
    "white that a class may colour": "<p class=dark style='color:#fff'>2. {}</p>",
    "no size that a span takes back": "<p style='font-size:0'><span style='font-size:12pt'>2. {}"
    "</span></p>",
    "small": "<p style='font-size:0.8em'>2. {}</p>",
    "underlined": "<p style='text-decoration:underline'>2. {}</p>",
    "inserted": "<p><ins>2. {}</ins></p>",
    "class that is shown elsewhere": "<p class=tab>2. {}</p>",
    "class hidden in print": "<p class=paper>2. {}</p>",
    "class hidden inside another": "<p class=inner>2. {}</p>",
    "class in a comment": "<p class=old>2. {}</p>",
    "opened by a button": "<button>More</button><div hidden><p>2. {}</p></div>",
    "a tab's panel": "<div role=tabpanel hidden><p>2. {}</p></div>",
}
SHOWN_SHEET = """.tab { display: none } .tab.open { display: block }
@media print { .paper { display: none } } .menu .inner { display: none }
span.ghost { display: none }
/* .old { display: none } */"""


@pytest.mark.parametrize("what", SHOWN)
def test_what_is_seen_or_can_be_opened_stays(what: str) -> None:
    """Nothing is taken for hidden where a browser may show it after all."""
    document = with_second(SHOWN[what].format(SECRET), sheet=SHOWN_SHEET)
    assert SECRET in text_of(document.blocks)
    assert hidden_in(document) == []


FURNITURE = {
    "menu": "<ul class=menu hidden><li><a href=/a>Roads</a></li></ul>",
    "list of links": "<div style='display:none'><a href=/a>Roads and streets</a></div>",
    "banner": "<div id=cookie-banner hidden><p>We keep small files on your computer.</p></div>",
    "line of the site": "<p hidden>Share this page with a friend</p>",
    "form": "<div hidden><form><p>Tell us your name.</p><input name=n></form></div>",
    "dialog": "<dialog><p>Your session ends soon.</p></dialog>",
    "comments": "<div id=comments hidden><p>Well said.</p></div>",
    "script": "<div hidden><script>open('Fenwick')</script></div>",
    "nothing": "<p hidden> &nbsp; </p>",
}


@pytest.mark.parametrize("what", FURNITURE)
@pytest.mark.parametrize("place", ["before the note", "inside the note", "after the note"])
def test_a_site_s_hidden_furniture_is_not_flagged(what: str, place: str) -> None:
    """Menus, banners and forms that wait to be opened are no text of the note."""
    hidden = FURNITURE[what]
    around = {
        "before the note": f"{hidden}<article>{HEADER}{FIRST}{LAST}</article>",
        "inside the note": f"<article>{HEADER}{FIRST}{hidden}{LAST}</article>",
        "after the note": f"<article>{HEADER}{FIRST}{LAST}</article>{hidden}",
    }
    document = page(f"<body>{around[place]}</body>")
    assert hidden_in(document) == []
    assert [block.number for block in document.blocks if block.number] == ["1", "3"]


@pytest.mark.parametrize(
    ("hidden", "place"),
    [
        ("<p>2. It costs £8<del>000</del>.</p>", "paragraph 2"),
        ("<p>2. It costs <span hidden>much</span> less.</p>", "paragraph 2"),
        ("<p hidden>2. It costs little.</p>", "paragraph 2"),
        ("<p hidden>It costs little.</p>", "after paragraph 1"),
        ("<ul><li>Grit</li><li hidden>Gold</li></ul>", "after paragraph 1"),
        ("<table><tr><td>Grit</td><td><s>£9</s> £8</td></tr></table>", "after paragraph 1"),
        ("<div>" * 200 + "Deep <del>gone</del> words." + "</div>" * 200, "after paragraph 1"),
    ],
)
def test_the_paragraph_is_named_by_its_number(hidden: str, place: str) -> None:
    """A keeper finds the place by the number that is printed there, or by the one above."""
    (problem,) = hidden_in(with_second(hidden))
    assert f"({place});" in problem.message


def test_a_paragraph_without_numbers_is_counted() -> None:
    """Where nothing is numbered the place is the count of paragraphs and items."""
    text = "<p>The grit bins of Kirkorran were filled in the first week of November.</p>"
    document = page(f"<article><h1>Grit</h1>{text}{text}<p hidden>Not yet.</p>{text}</article>")
    (problem,) = hidden_in(document)
    assert "(paragraph 3);" in problem.message


def test_one_list_item_hidden_leaves_the_numbers_of_the_rest() -> None:
    """A browser counts on as if the hidden item were not there, and so do we."""
    text = "The grit bins of Kirkorran were filled in the first week of November."
    document = page(f"<ol><li>{text}</li><li hidden>Gold.</li><li>{text}</li></ol>")
    assert [block.number for block in document.blocks] == ["1", "2"]
    assert len(hidden_in(document)) == 1


def test_two_ways_are_two_problems() -> None:
    """What is hidden and what is struck out are named apart, each with its paragraphs."""
    document = with_second("<p>2. Grit <span hidden>gold</span> is <del>not</del> cheap.</p>")
    assert [problem.message.split(" (")[0] for problem in hidden_in(document)] == [
        "Some text is hidden",
        "Some text is struck out",
    ]
    assert set(document.unseen) >= {"gold", "not"}


@pytest.mark.parametrize(
    ("sheets", "classes"),
    [
        (".a{display:none}", {"a": HIDDEN}),
        (".a , .b{ visibility : HIDDEN }", {"a": HIDDEN, "b": HIDDEN}),
        (".a{text-decoration:underline line-through}", {"a": STRUCK_OUT}),
        (".a{display:none} .a:hover{display:block}", {}),
        ("p.a{display:none}", {"p.a": HIDDEN}),
        (".a{display:none", {}),
        ("@media print{.a{display:none}} .b{display:none}", {"b": HIDDEN}),
        ("{}}}{.a{display:none}", {"a": HIDDEN}),
    ],
)
def test_the_classes_that_a_style_sheet_hides(sheets: str, classes: dict[str, str]) -> None:
    """A rule for the class alone counts, and only where no other rule speaks of the class."""
    assert hiding_classes(sheets) == classes


def test_hidden_words_restrict_the_note_and_are_told_nowhere() -> None:
    """Neither the record of the note nor the statement that restricts it repeats them."""
    hidden = "<p hidden>Not for publication before Fenwick Haulage is told</p>"
    content = f"<h1>Technical Note 2024, Issue 9 - Grit</h1>{HEADER}{FIRST}{hidden}{LAST}".encode()
    source = SourceDocument("grit.html", "text/html", content, published=True)
    ((_, note),) = extract_each([source], Config())
    assert isinstance(note, Note)
    assert note.publication.status is PublicationStatus.RESTRICTED
    assert "Fenwick" not in str(record_of(note))
