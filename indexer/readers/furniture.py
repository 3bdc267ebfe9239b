"""What an element says about itself: that it is the site's and not the text, or never text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

Element: TypeAlias = Any  # lxml ships no types

NEVER_TEXT = frozenset(
    "script style noscript template iframe svg math canvas object audio video head "
    "button input select textarea option".split()
)
HEADINGS = ("h2", "h3", "h4", "h5", "h6")
WHOLE = frozenset(("html", "body", "main", "article", "[document]"))
_TAGS = frozenset("nav aside dialog menu footer figcaption".split())
_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog alert menu menubar "
    "toolbar".split()
)
_ENDS = r"(?:[-_](?:bar|list|links?|box|wrapper|container|region|area|block|nav|\d+))?$"
# The end of a name counts: `site-footer` is a footer, `has-sidebar` and `widget-text` are not.
_NAMES = re.compile(
    r"(?:^|[-_])(?:nav(?:bar|igation)?|(?:mega|side|top|main|sub|mobile)?menu|breadcrumbs?|crumbs?|"
    r"cookies?|consent|gdpr|share|sharing|sharedaddy|social|sidebar|related(?:posts)?|skip|skiplink|"
    r"pager|pagination|feedback|banner|masthead|toolbar|(?<![-_])widgets?|foot(?:er)?|"
    r"advert(?:s|isement)?|newsletter|subscribe|popup|modal|discussion|recirc(?:ulation)?|"
    r"recommend(?:ed|ations?)?|trending|promos?|teasers?|outbrain|taboola|tags?|byline|author-bio|"
    r"more-stories|read-?next|captions?|bio|author|signup|sign-up|donate|copyright|"
    rf"disclaimer|credits?){_ENDS}"
    # What only furniture's names begin with.
    r"|^(?:related|recommended)[-_]?(?:posts|articles|stories|news|content)|^promo(?:[-_]|$)",
    re.IGNORECASE,
)
# What readers of a page wrote is never its text, whatever labels and numbers they use.
_OF_READERS = re.compile(
    rf"(?:^|[-_])(?:comments?|respond|disqus(?:[-_]thread)?|replies){_ENDS}", re.IGNORECASE
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def is_never_text(tag: str, parent: str | None) -> bool:
    """Whether an element holds no text of a page; a button that is a heading's words does."""
    return tag in NEVER_TEXT and not (tag == "button" and parent in HEADINGS)


def says_by_tag(element: Element, *, is_in_article: bool) -> bool:
    """Whether the element is the site's by its tag or role, which mean the same on every site."""
    tag = element.tag
    if tag == "article":
        # One inside another is what its readers wrote, or is related to it, as HTML has it.
        return next(element.iterancestors("article"), None) is not None
    if tag in WHOLE:
        return False
    if tag == "header":
        # That of an article is its author's; that of a page is the site's.
        return not is_in_article
    return tag in _TAGS or (element.get("role") or "").lower() in _ROLES


def says_by_name(element: Element) -> bool:
    """Whether the element says by class or identifier that it is the site's."""
    return element.tag != "header" and _is_named(element, _NAMES)


def says_of_readers(element: Element) -> bool:
    """Whether the element says by class or identifier that it holds comments."""
    return _is_named(element, _OF_READERS)


def _is_named(element: Element, pattern: re.Pattern[str]) -> bool:
    if element.tag in WHOLE or not element.attrib:
        return False
    names, identifier = element.get("class"), element.get("id")
    return bool(names and _is_name(names, pattern)) or bool(
        identifier and _is_name(identifier, pattern)
    )


@lru_cache(maxsize=4096)
def _is_name(names: str, pattern: re.Pattern[str]) -> bool:
    """Whether one of `names`, as an attribute lists them, is of the `pattern`."""
    return any(pattern.search(_HUMP.sub("-", name)) for name in names.split())
