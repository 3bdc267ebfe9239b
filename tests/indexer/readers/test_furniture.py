"""What of a page says that it is the site's, and what only seems to."""

from __future__ import annotations

import pytest

from indexer.domain.blocks import text_of
from indexer.readers.survey import survey
from indexer.readers.tree import parsed
from tests.indexer.readers.blocks import page

TEXT = (
    "<h1>Grit Bins</h1><p>The grit bins of Kirkorran were filled in the first week of November, "
    "and members asked for two more beside the harbour steps at Inverstrae.</p>"
    "<p>The depot at Mill Wynd keeps salt for a winter of forty nights below freezing.</p>"
)
BOX = "Ask the depot for a map."


def shown(content: str) -> str:
    """All that a page's text says."""
    return text_of(page(content).blocks)


FURNITURE = {
    "nav": "<nav>{}</nav>",
    "aside": "<aside>{}</aside>",
    "header of the page": "<header>{}</header>",
    "footer": "<footer>{}</footer>",
    "dialog": "<dialog open>{}</dialog>",
    "role": "<div role='Complementary'>{}</div>",
    "alert": "<div role='alert'>{}</div>",
    "class": "<div class='wide sidebar'>{}</div>",
    "end of a class": "<div class='site-footer'>{}</div>",
    "end of a class before what it is": "<div class='main-menu-wrapper'>{}</div>",
    "beginning of a class": "<div class='related-posts-title'>{}</div>",
    "numbered": "<div class='sidebar-2'>{}</div>",
    "underscored": "<div class='page__breadcrumbs'>{}</div>",
    "identifier": "<div id='cookie-banner'>{}</div>",
    "box under a heading of the site": "<div><h3>Related pages</h3><p>{}</p></div>",
    "hidden": "<div hidden>{}</div>",
    "hidden by its style": "<div style='DISPLAY : NONE'>{}</div>",
    "hidden below a heading that opens nothing": "<h3>Map</h3><div hidden>{}</div>",
    "button": "<button>{}</button>",
    "caption": "<figure><img src='/map.png'><figcaption>{}</figcaption></figure>",
    "one label time and again": "<aside>{}<p>Sale: Grit</p><p>Sale: Salt</p></aside>",
    "an address": "<footer>{}<p>Telephone: 1234</p><p>Email: a@strathallan.example</p></footer>",
}


@pytest.mark.parametrize("what", FURNITURE)
def test_what_says_that_it_is_furniture(what: str) -> None:
    """Tag, role, name, heading or attribute take an element out of the page."""
    assert BOX not in shown(TEXT + FURNITURE[what].format(f"<p>{BOX}</p>"))


NO_FURNITURE = {
    "has-sidebar": "<div class='has-sidebar-left'>{}</div>",
    "no-sidebar": "<div class='page sidebar-is-off'>{}</div>",
    "elementor": "<div class='elementor-widget elementor-widget-text-editor'>{}</div>",
    "widget-text": "<div class='widget-text-editor'>{}</div>",
    "share-price": "<div class='share-price'>{}</div>",
    "navigable": "<div class='navigable'>{}</div>",
    "related-text": "<div class='related-text'>{}</div>",
    "footnotes": "<div class='footnotes'>{}</div>",
    "a header inside the text": "<article><header>{}</header></article>",
    "a heading's button": "<h2><button>{}</button></h2>",
    "what a heading opens": "<h3><button>Map</button></h3><div hidden>{}</div>",
    "what a heading that says so opens": "<h3 aria-expanded='false'>Map</h3><div hidden>{}</div>",
    "what a button opens": "<button>Map</button><div style='display:none'>{}</div>",
    "a tab's panel": "<div role='tabpanel' hidden>{}</div>",
    "details": "<details><summary>Map</summary>{}</details>",
}


@pytest.mark.parametrize("what", NO_FURNITURE)
def test_what_only_seems_to_be_furniture(what: str) -> None:
    """A name that only begins like furniture's, and what a reader can open, stay in the text."""
    content = NO_FURNITURE[what].format(BOX)
    assert BOX in shown(f"{TEXT}{content}<p>1. The map shows the bins of each street.</p>")


@pytest.mark.parametrize("name", ["sidebar", "widget", "banner", "footer", "feedback"])
def test_a_name_never_takes_the_note_with_it(name: str) -> None:
    """An element that holds most of the page, or a note's labels, is kept whatever it is called."""
    header = f"<div class='{name}'><p>Report by: Una</p><p>Subject: Grit Bins</p></div>"
    assert "Subject: Grit Bins" in shown(header + TEXT)
    assert "Kirkorran" in shown(f"<div class='{name}'>{TEXT}</div><p>Strathallan</p>")


def test_a_menu_that_is_most_of_the_page_is_still_one() -> None:
    """Links never hold the note, however many there are."""
    links = "".join(f"<li><a href='/{n}'>Service number {n}</a></li>" for n in range(60))
    assert "Service" not in shown(f"<div class='menu'><ul>{links}</ul></div>{TEXT}")


def test_an_aside_as_long_as_the_text_is_still_one() -> None:
    """A tag means the same on every site, a name does not."""
    other = "<p>Snow wardens are wanted in each street, and the council lends a shovel.</p>" * 3
    assert "wardens" not in shown(f"{TEXT}<aside>{other}</aside>")
    assert "wardens" in shown(f"{TEXT}<div class='sidebar'>{other}</div>")


def test_an_article_inside_another_is_not_part_of_it() -> None:
    """It is what readers wrote of the outer one, or is related to it, but for the note itself."""
    other = f"<article><h2>Salt</h2><p>{BOX}</p></article>"
    assert BOX not in shown(f"<article>{TEXT}{other}</article>")
    assert "Kirkorran" in shown(f"<article><article>{TEXT}</article></article>")


def test_what_was_dropped_and_could_be_seen() -> None:
    """Dropped elements are set aside, but for scripts and what the page hides."""
    document = page(
        "<nav>Home</nav><script>x()</script><div hidden>Unseen</div>"
        "<div><h2>See also</h2><p>Grit</p></div><p>Words of the page's own text.</p>",
    )
    assert set(document.set_aside) == {"Home", "See also", "Grit"}
    assert text_of(document.blocks) == "Words of the page's own text."


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        ("<p>Report by: Una</p><p>Subject:<br>Grit</p>", 2),
        ("<dl><dt>Report by:</dt><dd>Una</dd></dl>", 1),
        ("<p>The works begin at 10:30.</p><p>https://www.strathallan.example</p>", 0),
    ],
)
def test_how_many_labels_an_element_holds(content: str, labels: int) -> None:
    """Each line that begins with a label counts once."""
    assert survey(parsed(content))[0].labels == labels
