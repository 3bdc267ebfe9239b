"""Tells a page's text from the site around it: menus, banners, notices, share links, footers.

No class name or tag is needed. Every block gets a value, positive where it reads like text and
negative where it reads like furniture, and the page's text is the run of blocks with the highest
sum (maximum subsequence segmentation, Pasternack and Roth 2009). Elements that say what they are
are dropped before that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from indexer.domain.blocks import Block, BlockKind

NEVER_TEXT = frozenset(
    "script style noscript template iframe svg math canvas object audio video head "
    "button input select textarea option nav aside dialog menu".split()
)
_WHOLE = ("html", "body", "main", "article", "[document]")
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog alert menu menubar "
    "toolbar".split()
)
_NAMES = re.compile(
    r"(?:^|[-_\s])(?:nav(?:bar|igation)?|(?:mega|side|top|main|sub|mobile)?-?menu|breadcrumbs?|"
    r"crumbs?|cookies?|consent|gdpr|share|sharing|social|sidebar|related|skip(?:-?link)?|pager|"
    r"pagination|feedback|banner|masthead|toolbar|widgets?|comments?|respond|site-?(?:header|footer)|"
    r"page-?footer|foot(?:er)?|a-?z|advert(?:s|isement)?|newsletter|subscribe|popup|modal)"
    r"(?:$|[-_\s])",
    re.IGNORECASE,
)
_LABEL_LINE = re.compile(r"^\s*[A-Z][\w' ]{2,30}:\s*$", re.MULTILINE)

# Words of the site that stand in sentences, so that neither links nor length give them away.
_SITE_WORDS = re.compile(
    r"\bcookies?\b|\bjavascript\b|\ball rights reserved\b|\bcopyright\b|©"
    r"|\bprivacy (?:policy|notice)\b|^skip to\b|\bskip to (?:main )?content\b"
    r"|^share (?:this|on)\b|^print (?:this|page)\b|^email this\b|^back to (?:the )?top\b"
    r"|^(?:return|go) to (?:the )?top\b|\b(?:was|is|did you find) this (?:page|information)\b"
    r"|\bthis page (?:useful|helpful)\b"
    r"|^(?:page )?last (?:updated|modified|reviewed|published)\b|\bfollow us\b"
    r"|^in this section\b|^you are here\b"
    r"|^related (?:pages|links|content|articles|documents|posts)\b"
    r"|^leave a (?:reply|comment)\b|\bsign up (?:to|for) (?:our|the|e)\b|\bnewsletter\b"
    r"|^important announcement\b|^posted (?:on|in|by)\b|^filed under\b|^accessibility\b"
    r"|^site ?map\b|^search(?: (?:this|the) (?:site|web ?site)| for| our site)?\W*$"
    r"|^quick links\b|^popular\b|\bpowered by\b|^(?:main )?(?:menu|navigation)$"
    r"|\bweb ?site (?:is )?(?:designed|maintained)\b|^report it\b|^my ?account\b"
    r"|^home\s*[>»/›]|^(?:next|previous) (?:page|post|article)\b|^you (?:may|might) also\b"
    r"|^see also$|^related$|^more (?:from|like|in this)\b|^also (?:in|here)\b"
    r"|^stay (?:up to date|in touch|connected)\b|^get (?:a|our) (?:daily|weekly|monthly)\b"
    r"|^you are (?:in|here)\b|^tell (?:us what|a friend)\b|^top of (?:the )?page\b"
    r"|^contact (?:us|the team)$|^tagged\b|^categor(?:y|ies)$"
    r"|^recent (?:posts|news|comments|articles)\b|^archives?$|^a to z\b|^a-z\b"
    r"|^did you find\b|^listen to this\b|^\(?(?:opens|link opens) in new window\)?$"
    r"|\btextphone\b|^tel(?:ephone)?:?\s[\d\s()]+$|^fax\b|^follow\b.{0,30}$|^all services$"
    r"|^services$"
    r"|^(?:home|menu|search|close|login|log in|sign in|register|share|print|contents|feedback)$",
    re.IGNORECASE,
)
# An address of the council's own stands in no sentence.
_POSTAL = re.compile(r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b")
_SENTENCE = re.compile(r"[.!?:;][\"'”’)]?(?:\s|$)")

# What a block is worth to the run, in words. Measured on invented notes in differently built site
# shells and on real pages (tests/indexer/readers).
PER_LINK = -3.0
SITE_WORDS = -12.0
POSTAL = -4.0
PLAIN_SHORT = 0.2
TITLE = 30.0
HEADING = 1.0
NUMBERED = 6.0
LABELLED = 8.0
MOST_FOR_A_BLOCK = 60.0
MOST_BEFORE_TITLE = 30


@dataclass(frozen=True, slots=True)
class Weighed:
    """A block, how many of its words are links, and how many links hold them."""

    block: Block
    linked_words: int = 0
    link_count: int = 0


def drop_named_furniture(soup: BeautifulSoup) -> None:
    """Take out of `soup` every element that says by tag, role, name or attribute what it is."""
    total = max(len(soup.get_text(" ").split()), 1)
    kept: list[Tag] = [soup]
    while kept:
        parent = kept.pop()
        for child in [child for child in parent.children if isinstance(child, Tag)]:
            if _is_furniture(child, total):
                child.extract()
            else:
                kept.append(child)
    for heading in soup.find_all(("h2", "h3", "h4", "h5", "h6")):
        # `Related pages`, `Share this page`: what stands in a box under such a heading goes too.
        box = heading.parent
        if box is None or box.name in _WHOLE or not _SITE_WORDS.search(_words_of(heading)):
            continue
        if not _holds_the_note(box, total):
            box.extract()


def text_run(weighed: Sequence[Weighed]) -> tuple[Block, ...]:
    """The blocks of the run with the highest sum of values, all of them if none is positive."""
    best, (first, end), total, start = 0.0, (0, len(weighed)), 0.0, 0
    for index, entry in enumerate(weighed):
        if total <= 0:
            total, start = 0.0, index
        total += value(entry)
        if total > best:
            best, (first, end) = total, (start, index + 1)
    run = tuple(entry.block for entry in weighed[first:end])
    return run[_title_place(run) :]


def _title_place(run: Sequence[Block]) -> int:
    """Where the page's own title stands in its text, if hardly a word comes before it; else 0."""
    words = 0
    for place, block in enumerate(run):
        if block.kind is BlockKind.HEADING and block.level == 1:
            return place
        words += len(block.words.split())
        if words > MOST_BEFORE_TITLE or block.kind in (BlockKind.LABEL, BlockKind.VALUE):
            break
    return 0


def value(entry: Weighed) -> float:
    """What a block adds to the run: positive for text, negative for furniture."""
    block, words = entry.block, len(entry.block.words.split())
    if _SITE_WORDS.search(block.words) and words < 80:
        return SITE_WORDS - words / 4
    is_linked = words > 0 and entry.linked_words / words >= 0.5
    # A sentence that is one link is text; a run of links, or a bare one, is a menu.
    if is_linked and not (_SENTENCE.search(block.text) and words >= 6):
        return PER_LINK * max(entry.link_count, 1)
    if words < 30 and _POSTAL.search(block.text) and not block.text.endswith((".", ":")):
        return POSTAL
    if block.kind is BlockKind.HEADING:
        return TITLE if block.level == 1 else HEADING
    if block.kind in (BlockKind.LABEL, BlockKind.VALUE):
        return LABELLED
    if block.text.endswith(":") and words <= 6:
        return LABELLED
    worth = min(float(words), MOST_FOR_A_BLOCK)
    if block.number is not None:
        return worth + NUMBERED
    if block.kind is BlockKind.TABLE or words >= 10 or _SENTENCE.search(block.text):
        return worth
    return PLAIN_SHORT


def _is_furniture(element: Tag, total_words: int) -> bool:
    if element.name in NEVER_TEXT or is_hidden(element):
        return True
    return _says_furniture(element) and not _holds_the_note(element, total_words)


def _words_of(element: Tag) -> str:
    return element.get_text(" ", strip=True)


def is_hidden(element: Tag) -> bool:
    """Whether a browser shows nothing of the element, by its own attributes."""
    style = str(element.get("style") or "").replace(" ", "").lower()
    return element.has_attr("hidden") or "display:none" in style or "visibility:hidden" in style


def _says_furniture(element: Tag) -> bool:
    if element.name in _WHOLE:
        return False
    if element.name in ("header", "footer"):
        # Those of an article are the author's; those of a page are the site's.
        return element.find_parent(("article", "main")) is None or element.name == "footer"
    if str(element.get("role") or "").lower() in _ROLES:
        return True
    return any(_NAMES.search(name) for name in _names(element))


def _names(element: Tag) -> Iterator[str]:
    for attribute in ("class", "id"):
        yield from (name for name in element.get_attribute_list(attribute) if name)


def _holds_the_note(element: Tag, total_words: int) -> bool:
    """Whether dropping the element would drop the note: its labels, or much of the page."""
    text = element.get_text("\n")
    words = len(text.split())
    labels = len(_LABEL_LINE.findall(text))
    linked = sum(len(link.get_text(" ").split()) for link in element.find_all("a"))
    return labels >= 2 or (words > 0.4 * total_words and linked < 0.4 * words)
