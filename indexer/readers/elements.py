"""Which elements of HTML stand on lines of their own."""

from __future__ import annotations

import re

from bs4 import Tag

# Every other element stands on lines of its own, those that a site made up included.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big button cite code data del dfn em font i img ins kbd label mark "
    "nobr output picture q rp rt ruby s samp slot small span strike strong sub sup time tt u var "
    "wbr".split()
)
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|table|list-item)", re.IGNORECASE)


def is_block(tag: Tag) -> bool:
    """Whether the element stands on lines of its own, by its name or its style."""
    return tag.name not in INLINE or bool(_AS_BLOCK.search(str(tag.get("style") or "")))
