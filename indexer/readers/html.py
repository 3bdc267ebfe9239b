"""A web page to blocks, whatever tags and class names it is built of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup
from lxml import etree

from indexer.domain.claims import Field, Problem, ProblemKind
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.centre import centre, headers
from indexer.readers.characters import one_line
from indexer.readers.encoding import decode
from indexer.readers.hiding import UNSEEN
from indexer.readers.left_out import left_out, problems_of
from indexer.readers.markup import MAX_DEPTH, Written, write
from indexer.readers.survey import Part, is_hidden_furniture, survey
from indexer.readers.text_run import Run, text_run
from indexer.readers.tree import Element, parsed, soup

_WEB_ADDRESS = re.compile("https?://", re.IGNORECASE)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_CELLS = ("td", "th", "li", "dd")
_TOO_DEEP = Problem(
    Field.BODY,
    ProblemKind.DAMAGED,
    f"The page nests its markup more than {MAX_DEPTH} deep; what lies deeper was read as text.",
)


def read_html(source: SourceDocument) -> ReadDocument:
    """The blocks of the page's own text, the site around it left out, with its titles."""
    text, problems = decode(source.content, source.media_type)
    tree = parsed(text)
    parts = survey(tree)
    titles, address = tuple(_titles(tree, parts)), _address(tree)
    body = _whole(parts) if source.is_letter else centre(parts)
    chosen = [body, *headers(parts, body)]
    around = _around(tree, parts, chosen)
    written = write(_soup(parts, chosen))
    if written.too_deep:
        problems = (*problems, _TOO_DEEP)
    run = text_run(written.blocks)
    of_text = left_out(written.unseen, written.blocks, run)
    return ReadDocument(
        run.blocks,
        titles,
        address,
        (*problems, *problems_of(of_text, written.blocks, run)),
        (*around, *_beside(written, run)),
        tuple(each.words for each in of_text),
    )


def _soup(parts: Sequence[Part], chosen: Sequence[Part]) -> BeautifulSoup:
    """The chosen parts of the page alone, their furniture emptied and their hidden text marked."""
    roots = {id(part) for part in chosen}
    for part in parts:
        if not len(part.element) and part.element.text is None and part.element.tag not in _VOID:
            part.element.text = ""
        if part.is_furniture or part.unseen == "" or is_hidden_furniture(part):
            _empty(part.element)
        elif part.unseen and part.parent is not None and part.parent.is_seen:
            part.element.set(UNSEEN, part.unseen)
    markup = "".join(_markup(part.element) for part in parts if id(part) in roots)
    return soup(markup)


def _markup(element: Element) -> str:
    if element.tag in _CELLS:
        element.tag = "div"
    # As XML, because as HTML the addresses of links would be written anew.
    return str(etree.tostring(element, encoding="unicode", method="xml", with_tail=False))


def _empty(element: Element) -> None:
    """Leave of the element what takes no place and parts no text."""
    element.clear(keep_tail=True)
    element.tag, element.text = "template", ""


def _whole(parts: Sequence[Part]) -> Part:
    """The part that holds all that the page shows: no site stands around the text of an e-mail."""
    return next((part for part in parts if part.element.tag == "body"), parts[0])


def _around(tree: Element, parts: Sequence[Part], chosen: Sequence[Part]) -> list[str]:
    """The lines that the page shows around its text, links and controls left out."""
    lines: list[str] = []
    within = {id(part) for part in chosen}
    for part in parts:
        parent = part.parent
        if id(part) not in within and id(parent) in within and not part.is_furniture:
            within.add(id(part))
        elif _is_plain(part) and (text := part.element.text):
            lines.append(text)
        if parent is not None and id(parent) not in within and _is_plain(parent):
            lines.append(part.element.tail or "")
    lines += (image.get("alt") for image in tree.iter("img") if image.get("alt"))
    return [line for line in map(one_line, filter(str.strip, lines)) if line]


def _is_plain(part: Part) -> bool:
    return part.is_seen and not part.is_in_link


def _beside(written: Written, run: Run) -> Iterator[str]:
    """The lines between the chosen parts' text and their end, links left out."""
    chosen = {id(block) for block in run.blocks}
    for entry in written.blocks:
        if id(entry.block) not in chosen and not entry.linked_words:
            yield from entry.block.words.split("\n")


def _titles(tree: Element, parts: Sequence[Part]) -> Iterator[str]:
    """What may be the note's title: first-level headings, then what the page says it is called."""
    for place, part in enumerate(parts):
        is_heading = part.element.tag in ("h1", "h2") and part.is_seen
        if is_heading and (title := one_line(" ".join(_strings(parts, place)))):
            yield title
    for meta in tree.iter("meta"):
        if meta.get("property") == "og:title" and (title := one_line(meta.get("content") or "")):
            yield title
    for name in tree.iter("title"):
        if not any(outer.tag == "svg" for outer in name.iterancestors()):
            yield from filter(None, [one_line(name.text or "")])
        break


def _strings(parts: Sequence[Part], place: int) -> Iterator[str]:
    """The strings of the part at `place` that are seen."""
    within = {id(parts[place])}
    yield parts[place].element.text or ""
    for part in parts[place + 1 :]:
        if id(part.parent) not in within:
            break
        within.add(id(part))
        if part.is_seen:
            yield part.element.text or ""
        if part.parent is not None and part.parent.is_seen:
            yield part.element.tail or ""


def _address(tree: Element) -> str | None:
    for link in tree.iter("link"):
        address = link.get("href") or ""
        if "canonical" in (link.get("rel") or "").split() and _WEB_ADDRESS.match(address):
            return one_line(address)
    return None
