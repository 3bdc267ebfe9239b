"""What each element of a page holds, counted in one pass, so that no subtree is asked twice."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from indexer.readers.elements import INLINE
from indexer.readers.furniture import (
    HEADINGS,
    WHOLE,
    is_never_text,
    says_by_name,
    says_by_tag,
    says_of_readers,
)
from indexer.readers.hiding import HIDDEN, hiding_classes, how_unseen
from indexer.readers.site_words import is_of_the_site
from indexer.readers.text_run import LABEL_LINE, word_count
from indexer.readers.tree import Element

_NUMBERED_LINE = re.compile(r"^[^\S\n]*\d{1,3}\.(?:\s+\S|\s*$)", re.MULTILINE)
_MARK = re.compile(r"[.!?:;,][\"'”’)]?(?:\s|$)|[。、！？]")
_CONTACT = re.compile(r"\s*(?:tel|phone|e-?mail|fax|address|web)", re.IGNORECASE)
# In words: what a text has at least, and how much of it counts for the element that holds it.
LEAST_OF_TEXT, MOST_VOTES = 8, 80
# So many lines that begin with a label are a header's, if each has few words.
LEAST_SIGNS, MOST_PER_SIGN = 2, 30
# What of a page's words, or of an element's, is too much for furniture.
MOST_OF_THE_PAGE, MOST_BY_TAG = 0.4, 0.6
# The texts of what holds them; a text in any other element is that element's own.
_HELD = frozenset("p pre td li blockquote dd dt h1 h2 h3 h4 h5 h6".split())


@dataclass(slots=True, eq=False)
class Part:
    """One element of a page and what it holds, without the furniture inside it.

    `unseen` says how it is kept from being seen, and is empty where it is never text; None is seen.
    `flow` are the words that stand in it and in the inline elements in it, links left out; they are
    text where they are punctuated. `text` are the words of text in all of it.
    """

    element: Element
    parent: Part | None
    unseen: str | None
    is_in_link: bool
    is_in_article: bool
    words: int = 0
    linked: int = 0
    labels: int = 0
    numbers: int = 0
    titles: int = 0
    flow: int = 0
    is_punctuated: bool = False
    text: int = 0
    votes: float = 0.0
    votes_within: float = 0.0
    is_headed_by_site: bool = False
    is_furniture: bool = False
    is_aside: bool = False

    @property
    def is_seen(self) -> bool:
        """Whether a browser shows the element."""
        return self.unseen is None

    def read(self, text: str) -> None:
        """Count the words of `text`, which stands directly in the element."""
        words = word_count(text)
        if not words:
            return
        self.words += words
        if self.is_in_link:
            self.linked += words
        else:
            self.flow += words
            self.is_punctuated = self.is_punctuated or bool(_MARK.search(text))
        if ":" in text:
            self.labels += len(LABEL_LINE.findall(text))
        if "." in text and _NUMBERED_LINE.search(text):
            self.numbers += 1

    @property
    def link_share(self) -> float:
        """How much of its words are links', from 0 to 1."""
        return self.linked / self.words if self.words else 0.0


def survey(tree: Element) -> list[Part]:
    """Every element of the tree in document order, summed up from the innermost."""
    parts = _parts(tree)
    total = max(sum(part.words - part.linked for part in parts), 1)
    for part in reversed(parts):
        _sum_up(part, total)
    for part in parts:
        part.is_aside = part.is_furniture or (part.parent is not None and part.parent.is_aside)
    return parts


def _parts(tree: Element) -> list[Part]:
    """Every element with the words that stand directly in it."""
    sheet = hiding_classes("\n".join(style.text or "" for style in tree.iter("style")))
    parts: dict[Element, Part] = {}
    for element in tree.iter(etree.Element):
        parent = parts.get(element.getparent())
        part = parts[element] = _part(element, parent, sheet)
        if part.is_seen and element.text:
            part.read(element.text)
        if parent is not None and parent.is_seen and element.tail:
            parent.read(element.tail)
    return list(parts.values())


def _part(element: Element, parent: Part | None, sheet: dict[str, str]) -> Part:
    tag = element.tag
    if parent is None:
        return Part(element, None, None, is_in_link=False, is_in_article=False)
    unseen = parent.unseen
    if unseen is None:
        never = is_never_text(tag, parent.element.tag)
        # What hides the whole of a page is taken back by a script.
        unseen = "" if never else None if tag in WHOLE else how_unseen(element, sheet)
    return Part(
        element,
        parent,
        unseen,
        is_in_link=parent.is_in_link or tag == "a",
        is_in_article=parent.is_in_article or tag in ("article", "main"),
    )


def _sum_up(part: Part, total: int) -> None:
    """Add what a part holds, if it is no furniture, to the part that holds it."""
    parent, tag = part.parent, part.element.tag
    if parent is None or not part.is_seen:
        return
    part.is_furniture = _is_furniture(part, total)
    if part.is_furniture:
        return
    if tag in INLINE:
        parent.flow += part.flow
        parent.is_punctuated |= part.is_punctuated
    elif part.flow >= LEAST_OF_TEXT and part.is_punctuated:
        part.text += part.flow
        holder = parent if tag in _HELD else part
        holder.votes += min(part.flow, MOST_VOTES)
    if tag in HEADINGS and parent.element.tag not in WHOLE:
        heading = " ".join(" ".join(part.element.itertext()).split())
        parent.is_headed_by_site |= is_of_the_site(heading)
    parent.votes_within += part.votes / 2
    parent.words += part.words
    parent.linked += part.linked
    parent.labels += part.labels
    parent.numbers += part.numbers
    parent.titles += part.titles + (tag == "h1")
    parent.text += part.text


def _is_furniture(part: Part, total: int) -> bool:
    element = part.element
    if says_of_readers(element):
        return part.words - part.linked <= MOST_OF_THE_PAGE * total
    if says_by_tag(element, is_in_article=part.is_in_article):
        return not _holds_the_note(part, MOST_BY_TAG * total)
    if part.is_headed_by_site or says_by_name(element):
        return not _holds_the_note(part, MOST_OF_THE_PAGE * total)
    return False


def _holds_the_note(part: Part, much: float) -> bool:
    """Whether leaving the part out would lose the note: labels, numbers, or `much` of the page."""
    if part.link_share >= MOST_OF_THE_PAGE:
        return False
    if part.numbers > 0 or part.words - part.linked > much:
        return True
    return part.labels >= LEAST_SIGNS and part.words <= MOST_PER_SIGN * _label_count(part.element)


def _label_count(element: Element) -> int:
    """How many different labels stand in an element, those of an address left out; 0 for one."""
    found = {label for text in element.itertext() for label in LABEL_LINE.findall(text)}
    count = sum(not _CONTACT.match(label) for label in found)
    return count if count >= LEAST_SIGNS else 0


def is_hidden_furniture(part: Part) -> bool:
    """Whether what the page hides here is the site's own: a menu, a form, a box to be opened."""
    parent, element = part.parent, part.element
    if part.unseen != HIDDEN or parent is None or not parent.is_seen:
        return False
    if says_by_tag(element, is_in_article=True) or says_by_name(element):
        return True
    if says_of_readers(element):
        return True
    if next(element.iter("form", "input", "select", "textarea", "button"), None) is not None:
        return True
    words = len(" ".join(element.itertext()).split())
    linked = sum(len(" ".join(link.itertext()).split()) for link in element.iter("a"))
    return linked >= MOST_OF_THE_PAGE * words
