"""Words that were parted at the end of a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from indexer import authority

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_PARTED = re.compile(r"([^\W\d_]+)-$")
_SOFT = ("\u00ad", "\u2010")
# The ends of words that are no words themselves: what a hyphen before them parts is one word.
_ENDINGS = re.compile(
    r"(?:tions?|sions?|tional|ments?|ness|ities|ity|ances?|ences?|ings?|ed|ly|ably|ible|ibly|ative"
    r"|ously|fully|ised|ising|ation|ations|isation)\b"
)


# What most notes say at their head.
_USUAL = (
    "briefing circulation confidential contents council details disclosed disclosure distribution "
    "elected exempt following information member members note officer outwith public publication "
    "published report responsible restricted shared subject technical website"
)


@cache
def words_of_notes() -> frozenset[str]:
    """Words that notes are made of, in lower case: of their heads, subjects and posts."""
    lists = authority.load()
    terms = (term for subject in lists.subjects for term, _ in subject.terms)
    known = " ".join((_USUAL, *terms, *lists.names.posts, *lists.names.titles))
    return frozenset(_WORD.findall(known.casefold()))


class Vocabulary:
    """The words of a document that stand whole on a line, beside those that notes are made of."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._whole: set[str] = set()
        for line in lines:
            words = _WORD.findall(line.casefold())
            if words and line.rstrip().endswith(("-", *_SOFT)):
                words.pop()
            self._whole.update(words)

    def joined(self, texts: Sequence[str]) -> str:
        """The texts of lines as one, a word parted between two of them made whole."""
        whole = ""
        for text in texts:
            whole = self._and(whole, text) if whole else text
        return whole

    def _and(self, text: str, following: str) -> str:
        if text.endswith(_SOFT):
            return text[:-1] + following
        parted = _PARTED.search(text)
        if parted and following[:1].isalpha():
            return text[:-1] + following if self._is_one(parted[1], following) else text + following
        if text.endswith("-") and text[-2:-1].isalnum() and following[:1].isalnum():
            return text + following
        return f"{text} {following}"

    def _is_one(self, head: str, following: str) -> bool:
        """Whether the two parts make a word that stands elsewhere, or can be no two words."""
        match = _WORD.match(following)
        tail = match[0] if match else ""
        if not tail[:1].islower():
            return False
        if f"{head}-{tail}".casefold() in self._whole:
            return False
        word = f"{head}{tail}".casefold()
        if {word, word.removesuffix("s")} & (self._whole | words_of_notes()):
            return True
        return bool(_ENDINGS.fullmatch(tail)) and head.casefold() not in self._whole
