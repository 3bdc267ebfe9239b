"""Where on a page its text lies: the element that holds it, found before any block is written.

Sentences vote for the elements that hold them, as in Arc90's Readability (2009); the winner grows
while what it gains is text rather than links and scraps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.readers.survey import LEAST_SIGNS, MOST_PER_SIGN, Part

# What one word that is no text costs an element, in words of text, and how much better a larger
# element must be: measured on pages of many sites (docs/decisions/0009-finding-the-body.md).
PER_SCRAP = 2.0
LEAST_GAIN = 1.2
# In words of text: a part with less is only sure where no label or number stands outside it.
LEAST_OF_A_PAGE = 100
# How much of a header's words may be links.
MOST_LINKED = 0.4
# Only what divides a page holds its text; a list or table is part of one.
_BLOCKS = frozenset("p div h1 h2 h3 h4 h5 h6 ul ol table".split())
_BOXES = frozenset("div section article main body aside form fieldset center".split())


def centre(parts: Sequence[Part]) -> Part:
    """The part that holds the page's text."""
    best = max((part for part in parts if part.is_seen and not part.is_aside), key=_votes)
    if not _votes(best):
        return next((part for part in parts if part.element.tag == "body"), parts[0])
    for outer in _outwards(best):
        if not _is_sure(best, outer) or _is_better(outer, best) or _adds_signs(outer, best):
            best = outer
    return best


def headers(parts: Sequence[Part], text: Part) -> list[Part]:
    """The parts outside `text` that hold a note's header: labels and hardly more."""
    within = {id(text)}
    found: list[Part] = []
    around = {id(outer) for outer in _outwards(text)}
    for part in parts:
        if part.parent is not None and id(part.parent) in within:
            within.add(id(part))
        elif id(part) not in around and _is_header(part):
            found.append(part)
            within.add(id(part))
    return found


def _is_header(part: Part) -> bool:
    if not part.is_seen or part.is_aside or part.labels < LEAST_SIGNS:
        return False
    return part.words <= MOST_PER_SIGN * part.labels and part.link_share < MOST_LINKED


def _is_sure(part: Part, outer: Part) -> bool:
    """Whether the part holds text enough, or `outer` nothing that a note would have."""
    if not _is_box(part):
        return False
    if part.text >= LEAST_OF_A_PAGE:
        return True
    has_title = outer.titles > part.titles and outer.words - part.words <= MOST_PER_SIGN
    return not (has_title or _is_header(part) or _signs(outer, part))


def _adds_signs(outer: Part, inner: Part) -> bool:
    """Whether `outer` holds labels or numbered paragraphs beside `inner`, and hardly more."""
    signs = _signs(outer, inner)
    return signs >= LEAST_SIGNS and outer.words - inner.words <= MOST_PER_SIGN * signs


def _signs(outer: Part, inner: Part) -> int:
    return outer.labels - inner.labels + outer.numbers - inner.numbers


def _is_better(outer: Part, inner: Part) -> bool:
    return _worth(outer) > _worth(inner) * LEAST_GAIN


def _is_box(part: Part) -> bool:
    """Whether the part divides the page, as a cell with blocks in it does on an old one."""
    tag = part.element.tag
    return tag in _BOXES or (tag == "td" and any(each.tag in _BLOCKS for each in part.element))


def _votes(part: Part) -> float:
    return (part.votes + part.votes_within) * (1 - part.link_share)


def _worth(part: Part) -> float:
    return part.text - PER_SCRAP * (part.words - part.text)


def _outwards(part: Part) -> Iterator[Part]:
    """What holds the part, from the innermost out; the page itself last."""
    while part.parent is not None:
        part = part.parent
        yield part
