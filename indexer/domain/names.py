"""When two printed names count as one."""

from __future__ import annotations

import re
import unicodedata

_HONORIFICS = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "rev", "cllr"]
)


def fold_name(name: str) -> tuple[str, ...]:
    """The words of a name as they count for identity: no case, accent, apostrophe or dash."""
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
    )
    bare = re.sub(r"['’‘`]", "", bare.casefold())
    words = re.findall(r"\w+", bare)
    return tuple(word for word in words if word not in _HONORIFICS)
