"""Acronyms and what they stand for, as notes say it: `Rolled Grit (RG)`, `RG (Rolled Grit)`.

Only initials count: in `Convention of Local Bodies (COLB)` every word gives its first letter, and a
small word may give none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.search_index.analysis import fold, term_of

# Between an acronym's term and its long form in the keyword field `acronyms`.
SEPARATOR = "\x1f"
# Initials of a title are an acronym's only from so many on: two letters fit too much.
FEWEST_INITIALS, MOST_INITIALS = 3, 6
_BRACKETS = re.compile(r"\(([^()\n]{2,90})\)")
_QUOTES = "\"'“”‘’ "
_SHORT = re.compile(r"(?:the )?[\"'“‘]?([A-Z][A-Za-z0-9&]{1,9})[\"'”’]?")
_BEFORE = re.compile(r"(?<![^\W_])([A-Z][A-Za-z0-9&]{1,9})[\"'”’]? ?\Z")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CLAUSE_END = re.compile(r"[.;:()\n]")
_SMALL = frozenset("a and at by for from in of on or the to with".split())
_LONGEST = 100  # characters of a long form
_LOOK_BACK = 160
# What may stand between two words of one name.
_WITHIN_A_NAME = re.compile(r"[ \u00a0’'&-]+")


class Acronym(NamedTuple):
    """Letters as printed, and what they stand for."""

    short: str
    long: str

    @property
    def keyword(self) -> str:
        """The value that a note which says so has in the field `acronyms`."""
        return f"{term_of(self.short)}{SEPARATOR}{self.long}"


def defined_in(text: str) -> Iterator[Acronym]:
    """The acronyms that `text` says the meaning of, in brackets one way or the other."""
    for match in _BRACKETS.finditer(text):
        inside = match[1].strip()
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        if short := _SHORT.fullmatch(inside):
            long = _ending(_CLAUSE_END.split(before)[-1], short[1])
        else:
            short = _BEFORE.search(before)
            long = _ending(inside, short[1]) if short else None
            if long != inside:
                continue
        if short and long:
            yield Acronym(short[1], " ".join(long.split()))


def _ending(text: str, short: str) -> str | None:
    """The end of `text` whose initials are the letters of `short`; None where there is none."""
    letters = [c.lower() for c in short if c.isupper() or c.isdigit()]
    if len(letters) < 2 or not letters[0].isalpha():
        return None
    found = list(_WORD.finditer(text))[-2 * len(letters) - 2 :]
    words = [fold(word[0]) for word in found]
    if not words or words[-1] in _SMALL:
        return None
    first = _fit(words, letters)
    if first is None and letters[-1].isdigit():
        first = _fit(words, [letter for letter in letters if letter.isalpha()])
    if first is None or words[first] in _SMALL or len(words) - first < 2:
        return None
    long = text[found[first].start() :].strip(_QUOTES)
    return long if len(long) <= _LONGEST else None


def _fit(words: Sequence[str], letters: Sequence[str]) -> int | None:
    """The number of the word from which on the initials of `words` are `letters`."""
    if not letters:
        return len(words)
    if not words:
        return None
    word = words[-1]
    if word in _SMALL and (first := _fit(words[:-1], letters)) is not None:
        return first
    return _fit(words[:-1], letters[:-1]) if word.startswith(letters[-1]) else None


def initials_in(name: str) -> Iterator[Acronym]:
    """The capitalised phrases of a title or subject line, each with its initials in lower case.

    A small word joins two phrases: both the parts and the whole count.
    """
    for run in _runs(name):
        parts: list[list[re.Match[str]]] = [[]]
        for word in run:
            if fold(word[0]) in _SMALL:
                parts.append([])
            else:
                parts[-1].append(word)
        whole = [word for part in parts for word in part]
        for phrase in (whole, *parts) if len(parts) > 1 else (whole,):
            if FEWEST_INITIALS <= len(phrase) <= MOST_INITIALS:
                initials = "".join(fold(word[0])[:1] for word in phrase)
                yield Acronym(initials, name[phrase[0].start() : phrase[-1].end()])


def _runs(name: str) -> Iterator[list[re.Match[str]]]:
    """The runs of capitalised words, small words between them, nothing but spaces and hyphens."""
    shouted = name.isupper()
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(name):
        gap = name[run[-1].end() : word.start()] if run else ""
        capital = word[0][0].isupper() and (shouted or len(word[0]) == 1 or not word[0].isupper())
        if run and not _WITHIN_A_NAME.fullmatch(gap):
            yield run
            run = []
        if capital or (run and fold(word[0]) in _SMALL):
            run.append(word)
        elif run:
            yield run
            run = []
    yield run
