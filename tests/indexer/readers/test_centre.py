"""Where the text of a page is found: told by its sentences, whatever stands around it."""

from __future__ import annotations

import pytest

from indexer.domain.blocks import text_of
from indexer.readers.centre import centre, headers
from indexer.readers.survey import Part, survey
from indexer.readers.tree import parsed
from tests.indexer.readers.blocks import page

SENTENCE = (
    "The grit bins of Kirkorran were filled in the first week of November, and members asked "
    "for two more beside the harbour steps at Inverstrae."
)
TEXT = f"<p>{SENTENCE}</p>" * 6
LINKS = "<ul>" + "<li><a href=/a>Grit bins by street</a></li>" * 40 + "</ul>"
HEADER = "<p>Report by: Una Dunmarrow</p><p>TN Number: 029-23</p><p>Subject: Grit Bins</p>"


def found(body: str) -> tuple[Part, list[str | None]]:
    """The part of a page that holds its text, and the identifiers of its headers."""
    parts = survey(parsed(f"<html><body>{body}</body></html>"))
    text = centre(parts)
    return text, [part.element.get("id") for part in headers(parts, text)]


CENTRES = {
    "a box among links": f"<div>{LINKS}</div><div id=it>{TEXT}</div><div>{LINKS}</div>",
    "a box that says nothing of itself": f"<div><div><div id=it>{TEXT}</div></div>{LINKS}</div>",
    "a cell of an old page": f"<table><tr><td>{LINKS}<td id=it>{TEXT}</table>",
    "text that no paragraph holds": "<div id=it>" + f"{SENTENCE}<br><br>" * 6 + f"</div>{LINKS}",
    "text in boxes of one paragraph each": "<div id=it>"
    + f"<div><p>{SENTENCE}</p></div>" * 6
    + f"</div>{LINKS}",
    "the larger of two texts": f"<div>{TEXT}{LINKS}</div><div id=it>{TEXT}{TEXT}</div>",
    "the text and not its comments": f"<div id=it>{TEXT}</div>"
    f"<div class=comments><p>{SENTENCE}</p><p>{SENTENCE}</p></div>",
    "a part that continues in the next box": f"<div id=it><div>{TEXT}</div><div>{TEXT}</div></div>"
    f"{LINKS}",
}


@pytest.mark.parametrize("what", CENTRES)
def test_the_element_that_holds_the_text(what: str) -> None:
    """Sentences count, links and scraps count against, and names of elements count for nothing."""
    text, _ = found(CENTRES[what])
    assert text.element.get("id") == "it"


def test_a_page_without_a_sentence_is_read_whole() -> None:
    """Where nothing is text the body is all there is to choose."""
    assert found("<div>Grit</div><div>Salt</div>")[0].element.tag == "body"
    assert found("")[0].element.tag in ("html", "body")


def test_a_header_that_stands_apart_from_the_text_is_found() -> None:
    """Labels with few words and fewer links are a note's header, wherever on the page they are."""
    linked = "<p><a href=/a>Report by: Una</a></p><p><a href=/b>Subject: Grit</a></p>"
    essay = f"<p>Subject: Grit</p><p>Officer: {SENTENCE * 3}</p>"
    text, ids = found(
        f"<div id=head>{HEADER}</div><div>{LINKS * 3}</div><div id=it>{TEXT}</div>"
        f"<div id=links>{linked}</div><div id=essay>{essay}</div>"
        f"<footer id=foot>{HEADER}</footer>"
    )
    assert text.element.get("id") == "it"
    assert ids[:1] == ["head"]
    assert not {"links", "essay"} & set(ids)


def test_a_short_note_is_not_outvoted_by_what_stands_beside_it() -> None:
    """Where the text has few words, the labels outside it belong to it and widen the choice."""
    document = page(
        f"<body><div><div>{HEADER}</div><div><p>1. The bins are full.</p>"
        f"<p>2. The salt is dry.</p></div></div><div>{LINKS}</div></body>"
    )
    words = text_of(document.blocks)
    assert "TN Number: 029-23" in words
    assert "The bins are full." in words
    assert "The salt is dry." in words
    assert "by street" not in words


def test_what_each_element_holds_is_counted_without_its_furniture() -> None:
    """Words, links, labels and numbers add up from the innermost; furniture adds nothing."""
    parts = survey(
        parsed(
            "<body><div id=it><h1>Grit bins</h1><p>Subject: Grit</p><p>1. One bin.</p>"
            "<p><a href=/a>Two links</a></p><nav>No words of these</nav>"
            "<p hidden>nor of these</p></div></body>"
        )
    )
    (box,) = (part for part in parts if part.element.get("id") == "it")
    assert (box.words, box.linked) == (9, 2)
    assert (box.labels, box.numbers, box.titles) == (1, 1, 1)
    assert box.link_share == pytest.approx(2 / 9)
    assert [part.element.tag for part in parts if part.is_furniture] == ["nav"]
    assert [part.element.tag for part in parts if not part.is_seen] == ["p"]


COUNT = 2000
# Each with how many words of the kind `word7` it holds, all of which are its text.
HOSTILE: dict[str, tuple[str, int]] = {
    "paragraphs parted by empty menus": (
        "".join(f"<p>It says word{n} here.</p><nav></nav>" for n in range(8 * COUNT)), 8 * COUNT
    ),
    "ten thousand open boxes": ("<div>" * 10_000 + "It says word1 here.", 1),
    "ten thousand nested boxes": (
        "<div>" * 10_000 + "It says word1." + "</div>" * 10_000 + "<p>It says word2 here.</p>", 2
    ),
    "nested tables with text in each": (
        "".join(f"<table><tr><td><p>It says word{n} here.</p>" for n in range(200)), 200
    ),
    "one giant text": ("<p>" + " ".join(f"word{n}" for n in range(100_000)), 100_000),
    "one word without end": ("<p>It says word1 here: " + "x" * 1_000_000, 1),
    "colons without end": ("<p>It says word1 here " + "A:" * 200_000, 1),
    "blanks without end": ("<p>It says word1 here." + " \n" * 500_000 + "</p>", 1),
    "many links in one paragraph": (
        "<p>It says word1 here.</p><p>" + "<a href=/a>so</a> and, " * (5 * COUNT) + "</p>", 1
    ),
    "many struck out": ("<p>It says word1 here." + "<del>no</del>" * (5 * COUNT) + "</p>", 1),
    "many hidden boxes": ("<p>It says word1.</p>" + "<p hidden>no</p>" * (5 * COUNT) + "<p>So.", 1),
    "many styles": (
        "<style>" + "".join(f".a{n},.b{n}{{display:none}}" for n in range(COUNT)) + "</style>"
        "<p>It says word1 here.</p>",
        1,
    ),
    "a style that never ends": ("<style>" + "@{" * 5_000 + "</style><p>It says word1 here.", 1),
    "attributes without end": (f"<div {'a ' * 50_000}><p>It says word1 here.</p></div>", 1),
}  # fmt: skip


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_page_is_read_to_its_end(what: str) -> None:
    """However a page is swollen or nested, each of its words is read once and in order."""
    content, count = HOSTILE[what]
    words = text_of(page(f"<body>{content}").blocks).replace(".", " ").split()
    counted = [word for word in words if word.startswith("word")]
    first = 0 if count > 2 and counted[:1] == ["word0"] else 1
    assert counted == [f"word{n}" for n in range(first, first + count)]


def test_links_without_end_are_no_text() -> None:
    """A hundred thousand links around a sentence stay out of it."""
    links = "<li><a href='/a'>Grit bins</a></li>" * 50_000
    document = page(f"<ul>{links}</ul><div><p>{SENTENCE}</p></div><ul>{links}</ul>")
    assert text_of(document.blocks) == SENTENCE
