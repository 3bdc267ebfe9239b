"""A query cut into tokens: words, phrases, fields, brackets and signs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

FIELDS = (
    "officer",
    "report_by",
    "subject",
    "heading",
    "year",
    "tn",
    "cites",
    "title",
    "report",
)
_NAMES = "|".join(FIELDS)
# A quotation mark opens a phrase before a word and after a space or bracket; else it is an inch.
_PHRASE = r'(?<![^\s(:,;-])"[^"]*"(?!\w)'
# What is a phrase or a field's value already.
KEPT = rf'(?<![^\s(-])(?:{_NAMES}):(?:"[^"]*"|[^\s"]+)|{_PHRASE}'
_FIELD_SPACED = re.compile(rf"(?<![^\s(-])({_NAMES}): +(?=[^\s):])", re.IGNORECASE)
_YEARS_SPACED = re.compile(
    r"(?<![^\s(-])(year:\d{4}) *(?:\.\.+|[-–…]|to) *(?=\d{4}(?!\w))", re.IGNORECASE
)
# A minus bars what follows it at once: a word, a phrase, a bracket, a year; never a lone dash, a
# dash within or between words, or the sign of a number.
_TOKEN = re.compile(
    rf"""
    (?P<minus> (?<![^\s(]) - (?= [^\W\d_] | " | \( | (?:19|20)\d\d(?!\w) ) )?
    (?:
        (?P<opens> (?<![^\s(-]) \( )
      | (?P<closes> \) (?= [\s),.;:?!] | $ ) )
      | (?: (?<![^\s(-]) (?P<field> {_NAMES} ) : (?= [^\s)] ) )?
        (?:
            (?<! [^\s(:,;-] ) "(?P<phrase> [^"]* )" (?! \w )
          | (?P<chunk> (?: [^\s"()] | (?<=\w)"|\( | \)(?![\s),.;:?!]|$) )+ )
        )
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
# A chunk without any of these is plain.
_MARKS = re.compile(r"[():]|^-")
# What stands between signs in capitals.
SIGNS = frozenset({"AND", "OR", "NOT"})


def closed_up(text: str) -> str:
    """`text` without the spaces within a field: `officer: brodie`, `year:2021 to 2023`."""
    if ":" not in text:
        return text
    return _YEARS_SPACED.sub(r"\1..", _FIELD_SPACED.sub(r"\1:", text))


class Token(NamedTuple):
    """A phrase or a chunk without spaces, in a field or none; or a bracket, `(` or `)`.

    `barred` says that a minus stands before it.
    """

    text: str
    field: str = ""
    phrase: bool = False
    bracket: bool = False
    barred: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is a chunk like any other."""
        return not (self.field or self.phrase or self.bracket or self.barred)


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of `text`; marks that can mean nothing are no part of any."""
    if '"' in text:
        yield from _marked(text)
        return
    for chunk in text.split():
        if chunk.isalnum() or not _MARKS.search(chunk):
            yield Token(chunk)
        else:
            yield from _marked(chunk)


def _marked(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        barred = match["minus"] is not None
        if match["opens"] or match["closes"]:
            yield Token(match["opens"] or match["closes"], bracket=True, barred=barred)
            continue
        field = (match["field"] or "").lower()
        phrase = match["phrase"]
        yield Token(
            match["chunk"] if phrase is None else phrase, field, phrase is not None, barred=barred
        )
