"""What stands between the separators of printed officers, without those separators."""

from __future__ import annotations

import re

_EDGE = " \t\n,;:/|&+–—-‐‑"


def tidy(text: str) -> str:
    """`text` on one line, without what only separates it from its neighbours."""
    return _without_stop(re.sub(r"\s+", " ", text).strip(_EDGE)).strip(_EDGE)


def _without_stop(text: str) -> str:
    """`text` without a full stop at its end, unless that belongs to an initial."""
    return re.sub(r"(?<=[^\W\d_]{2})\.$|(?<=\))\.$", "", text)


def post_in(text: str) -> str | None:
    """The post in what stands between two names, without what only joins them."""
    text = re.sub(r"(?<=[-\u2010-\u2015&,/])\s*\n\s*", " ", text.strip(_EDGE))
    text = re.sub(r"\s+", " ", re.sub(r"\s*\n\s*", ", ", text))
    text = re.sub(r"^(?:and|or)\b|\b(?:and|or|on behalf of)\s*$", "", text).strip(_EDGE)
    for opening, closing in ("()", "[]"):
        if text.startswith(opening) and text.endswith(closing):
            text = text[1:-1].strip()
        elif text.count(opening) != text.count(closing):
            text = text.strip(opening + closing)
    return _without_stop(text.strip(_EDGE)) or None
