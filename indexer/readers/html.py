"""A web page to blocks, whatever tags and class names it is built of."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator

from bs4 import (
    BeautifulSoup,
    MarkupResemblesLocatorWarning,
    Tag,
    XMLParsedAsHTMLWarning,
)
from bs4.element import NavigableString, PreformattedString

from indexer.domain.blocks import Block
from indexer.domain.claims import Field, Problem, ProblemKind
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.characters import one_line
from indexer.readers.encoding import decode
from indexer.readers.furniture import (
    NEVER_TEXT,
    STRUCK_OUT,
    drop_named_furniture,
    is_hidden,
    labels_in,
)
from indexer.readers.markup import MAX_DEPTH, blocks_of
from indexer.readers.text_run import Weighed, text_run


def read_html(source: SourceDocument) -> ReadDocument:
    """The blocks of the page's own text, the site around it left out, with its titles."""
    text, problems = decode(source.content, source.media_type)
    with warnings.catch_warnings():
        for guess in (MarkupResemblesLocatorWarning, XMLParsedAsHTMLWarning):
            warnings.simplefilter("ignore", guess)
        soup = BeautifulSoup(text, "lxml")
    titles, address = tuple(_titles(soup)), _address(soup)
    if any(element.get_text(strip=True) for element in soup.find_all(STRUCK_OUT)):
        problems = (*problems, _STRUCK_OUT)
    dropped = drop_named_furniture(soup)
    root = _root(soup)
    written, is_too_deep = blocks_of(root)
    if is_too_deep:
        problems = (*problems, _TOO_DEEP)
    blocks = text_run(written)
    set_aside = tuple(_set_aside(soup, root, dropped, written, blocks))
    return ReadDocument(blocks, titles, address, problems, set_aside)


_STRUCK_OUT = Problem(
    Field.BODY,
    ProblemKind.REVIEW,
    "The page strikes out some of its text; what is struck out was left out.",
)
_TOO_DEEP = Problem(
    Field.BODY,
    ProblemKind.DAMAGED,
    f"The page nests its markup more than {MAX_DEPTH} deep; what lies deeper was read as text.",
)


def _set_aside(
    soup: BeautifulSoup,
    root: Tag,
    dropped: list[Tag],
    written: list[Weighed],
    text: tuple[Block, ...],
) -> Iterator[str]:
    """The lines that the page shows around its text, links and controls left out."""
    for element in dropped:
        yield from filter(None, map(one_line, _unlinked(element)))
    if root is not soup:
        yield from filter(None, map(one_line, _unlinked(soup, but=root)))
    chosen = {id(block) for block in text}
    for entry in written:
        if id(entry.block) not in chosen and not entry.linked_words:
            yield from entry.block.words.split("\n")
    for image in soup.find_all("img", alt=True):
        yield one_line(str(image["alt"]))


def _unlinked(element: Tag, but: Tag | None = None) -> Iterator[str]:
    """The strings of an element, `but` left out, that are no part of a link or control."""
    inside = [element]
    while inside:
        for child in inside.pop().children:
            if isinstance(child, Tag):
                if child is not but and child.name != "a" and child.name not in NEVER_TEXT:
                    inside.append(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                yield child


def _root(soup: BeautifulSoup) -> Tag:
    """The only main part of the page if it has one with words in it, else all of it."""
    mains = [main for main in soup.find_all(_is_main) if main.get_text(strip=True)]
    if len(mains) != 1 or labels_in(mains[0]) < labels_in(soup) - 1:
        return soup
    return mains[0]


def _is_main(tag: Tag) -> bool:
    return tag.name == "main" or tag.get("role") == "main"


def _titles(soup: BeautifulSoup) -> Iterator[str]:
    """What may be the note's title: first-level headings, then what the page says it is called."""
    for heading in soup.find_all(("h1", "h2")):
        if (title := one_line(heading.get_text(" "))) and not _is_unseen(heading):
            yield title
    for meta in soup.find_all("meta", property="og:title"):
        if title := one_line(str(meta.get("content") or "")):
            yield title
    for name in soup.find_all("title", limit=1):
        if (title := one_line(name.get_text())) and not _is_unseen(name):
            yield title


def _is_unseen(tag: Tag) -> bool:
    """Whether the element, or one that holds it, is hidden or is a drawing's own."""
    return any(is_hidden(each) or each.name == "svg" for each in (tag, *tag.parents))


def _address(soup: BeautifulSoup) -> str | None:
    link = soup.find("link", rel="canonical", href=re.compile("^https?://", re.IGNORECASE))
    return one_line(str(link["href"])) if isinstance(link, Tag) else None
