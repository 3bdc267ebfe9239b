"""Titles without what tells one note of a project or a series from the next."""

from __future__ import annotations

import re

from indexer.search_index.analysis import STOP_WORDS, fold, spellings_of

# One word names no project.
_FEWEST_WORDS = 2

_MONTHS = "january|february|march|april|june|july|august|september|october|november|december"
# The number that a title has within its project, and all that follows it.
_NUMBERED = re.compile(
    r"(?:\(\s*\d{1,3}\s*\)|\b(?:part|phase|stage|no|number)\b\.?\s*(?:\d{1,3}|[ivx]{1,4})\b).*",
    re.DOTALL,
)
# The day, month, quarter or year that a title is of, and all that follows it.
_DATED = re.compile(
    r"\b(?:"
    rf"\d{{1,2}}(?:st|nd|rd|th)?\s+(?:to\s+\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTHS}|may)"
    rf"|(?:{_MONTHS})|may\s+(?:19|20)\d\d|(?:quarter|q)\s?\d"
    r"|(?:(?:spring|summer|autumn|winter)\s+)?(?:19|20)\d\d"
    r")\b.*",
    re.DOTALL,
)
_ORDINAL = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b")
# What a title begins or ends with when it says again how something stands.
_AGAIN = frozenset("update updates final further progress project position on the".split())


def project_of(title: str) -> tuple[str, ...]:
    """The words of a title up to its number in the project; none where they name nothing."""
    return _named(_NUMBERED.sub("", _ORDINAL.sub(r"\1", fold(title))))


def series_of(title: str) -> tuple[str, ...]:
    """The words of a title up to its date or number; none where they name nothing."""
    return _named(_DATED.sub("", _NUMBERED.sub("", fold(title))))


def _named(text: str) -> tuple[str, ...]:
    words = spellings_of(text)
    while words and words[0] in _AGAIN:
        words = words[1:]
    while words and words[-1] in _AGAIN:
        words = words[:-1]
    telling = [word for word in words if word not in STOP_WORDS and not word.isdigit()]
    return tuple(words) if len(telling) >= _FEWEST_WORDS else ()
