"""Takes out of a page the elements that say that they are the site's, not the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from indexer.readers.site_words import is_of_the_site
from indexer.readers.text_run import LABEL_LINE

NEVER_TEXT = frozenset(
    "script style noscript template iframe svg math canvas object audio video head "
    "button input select textarea option".split()
)
# Text that is struck out is no longer said; `read_html` lists the note for review.
STRUCK_OUT = ("del", "s", "strike")
_TAGS = frozenset("nav aside dialog menu footer header".split())
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_WHOLE = ("html", "body", "main", "article", "[document]")
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog alert menu menubar "
    "toolbar".split()
)
# The end of a name counts: `site-footer` is a footer, `has-sidebar` and `widget-text` are not.
_NAMES = re.compile(
    r"(?:^|[-_])(?:nav(?:bar|igation)?|(?:mega|side|top|main|sub|mobile)?menu|breadcrumbs?|crumbs?|"
    r"cookies?|consent|gdpr|share|sharing|sharedaddy|social|sidebar|related(?:posts)?|skip|skiplink|"
    r"pager|pagination|feedback|banner|masthead|toolbar|(?<![-_])widgets?|comments?|respond|foot(?:er)?|"
    r"advert(?:s|isement)?|newsletter|subscribe|popup|modal)"
    r"(?:[-_](?:bar|list|links?|box|wrapper|container|region|area|block|nav|\d+))?$",
    re.IGNORECASE,
)


# Each element is asked for its words, so that asking at every depth would cost its square.
_DEEPEST_ASKED = 60
_NUMBERED_LINE = re.compile(r"^\s*\d{1,3}\.\s+\S", re.MULTILINE)


def drop_named_furniture(soup: BeautifulSoup) -> list[Tag]:
    """Take out of `soup` every element that says by tag, role, name or attribute what it is.

    Returns those of them that hold words which the page shows.
    """
    total = max(len(soup.get_text(" ").split()), 1)
    kept: list[tuple[Tag, int]] = [(soup, 0)]
    dropped: list[Tag] = []
    while kept:
        parent, depth = kept.pop()
        children = [child for child in parent.children if isinstance(child, Tag)]
        # All are judged before any goes: a button says that what follows it can be opened.
        furniture = [child for child in children if _is_furniture(child, total)]
        dropped += [child.extract() for child in furniture]
        if depth < _DEEPEST_ASKED:
            kept += [(child, depth + 1) for child in children if child.parent is not None]
    asked: set[int] = set()
    for heading in soup.find_all(_HEADINGS):
        # `Related pages`, `Share this page`: what stands in a box under such a heading goes too.
        box = heading.parent
        if box is None or box.name in _WHOLE or id(box) in asked:
            continue
        asked.add(id(box))
        if is_of_the_site(_words_of(heading)) and not _holds_the_note(box, total):
            dropped.append(box.extract())
    return [each for each in dropped if each.name not in NEVER_TEXT and not is_hidden(each)]


def labels_in(element: Tag) -> int:
    """How many lines of the element begin with a label, as those of a note's header do."""
    return len(LABEL_LINE.findall(element.get_text("\n")))


def is_hidden(element: Tag) -> bool:
    """Whether a browser shows nothing of the element, by its own attributes.

    What a reader opens with the heading or tab that it belongs to is not hidden.
    """
    style = str(element.get("style") or "").replace(" ", "").lower()
    if "display:none" not in style and not element.has_attr("hidden"):
        return "visibility:hidden" in style
    return not _can_be_opened(element)


def _can_be_opened(element: Tag) -> bool:
    if element.get("role") == "tabpanel":
        return True
    before = element.find_previous_sibling()
    if not isinstance(before, Tag) or before.name not in (*_HEADINGS, "button"):
        return False
    return any(_is_control(each) for each in (before, *before.find_all(True)))


def _is_control(element: Tag) -> bool:
    has_state = element.has_attr("aria-expanded") or element.has_attr("aria-controls")
    return element.name == "button" or has_state


def _is_furniture(element: Tag, total_words: int) -> bool:
    if is_never_text(element) or is_hidden(element):
        return True
    return _says_furniture(element) and not _holds_the_note(element, total_words)


def is_never_text(element: Tag) -> bool:
    """Whether an element holds no text of a page; a button that is a heading's words does."""
    parent = element.parent
    is_of_heading = element.name == "button" and parent is not None and parent.name in _HEADINGS
    if element.name in STRUCK_OUT:
        return True
    return element.name in NEVER_TEXT and not is_of_heading


def _words_of(element: Tag) -> str:
    return element.get_text(" ", strip=True)


def _says_furniture(element: Tag) -> bool:
    if element.name in _WHOLE:
        return False
    if element.name == "header":
        # That of an article is its author's; that of a page is the site's.
        return element.find_parent(("article", "main")) is None
    if element.name in _TAGS or str(element.get("role") or "").lower() in _ROLES:
        return True
    return any(_NAMES.search(name) for name in _names(element))


def _names(element: Tag) -> Iterator[str]:
    for attribute in ("class", "id"):
        yield from (name for name in element.get_attribute_list(attribute) if name)


def _holds_the_note(element: Tag, total_words: int) -> bool:
    """Whether dropping the element would drop the note: labels, numbers, or much of the page."""
    text = element.get_text("\n")
    words = len(text.split())
    linked = sum(len(link.get_text(" ").split()) for link in element.find_all("a"))
    if linked >= 0.4 * words:
        return False
    has_signs = labels_in(element) >= 2 or bool(_NUMBERED_LINE.search(text))
    return has_signs or words > 0.4 * total_words
