"""How text becomes terms: the same for notes, queries, snippets and names."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import Stemmer

from indexer.search_index.limits import TERM_CHARACTERS
from indexer.search_index.spelling import one_spelling

# Soft hyphen, zero-width space and joiners, word joiner, byte order mark.
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_COMBINING = "\u0300-\u036f"
_APOSTROPHES = "'’‘ʼ＇"
WORD = re.compile(
    rf"[^\W_](?:[{_INVISIBLE}{_COMBINING}]*+[{_APOSTROPHES}]?+[{_INVISIBLE}]*+[^\W_]"
    rf"|[{_COMBINING}])*+"
)
# Where there is no apostrophe, the words of ASCII are its runs of letters and digits.
_ASCII_WORDS = bytes(code if chr(code).isalnum() else 32 for code in range(128)) + bytes(128)
_POSSESSIVE = re.compile(rf"[{_APOSTROPHES}][sS]\Z")
_DROPPED = re.compile(rf"[{_INVISIBLE}{_APOSTROPHES}]")
# Letters that Unicode does not take apart into a base letter and an accent.
_BASE_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "æ": "ae", "œ": "oe"})

# Words that a question may do without. Never left out of the index: phrases need them.
_STOP_WORDS = """
    a about after all also am an and any are as at be because been before being between both but by
    can could did do does doing during each for from further had has have having he her here hers
    him his how i if in into is it its me more most my no nor not of off on once only or other our
    ours out over own same she should so some such than that the their theirs them then there these
    they this those through to too under until up us very was we were what when where which while
    who whom why will with would you your yours
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())


class Word(NamedTuple):
    """A word of a text: where it stands (`text[start:end]`) and the term it is found under."""

    start: int
    end: int
    term: str


def words_of(text: str, start: int = 0) -> Iterator[Word]:
    """Every word of `text` from `start` on; letters and digits are words, a single one too."""
    for match in WORD.finditer(text, start):
        yield Word(match.start(), match.end(), term_of(match[0]))


def spellings_of(text: str) -> list[str]:
    """The same words as they stand in `text`, without their places."""
    if text.isascii() and "'" not in text:
        return text.encode().translate(_ASCII_WORDS).decode().split()
    return WORD.findall(text)


def word_in(text: str, start: int, stop: int, number: int) -> tuple[int, int] | None:
    """Where the word with that number in `text[start:stop]` stands; None if that has fewer."""
    part = text[start:stop]
    if part.isascii() and "'" not in part:
        words = part.encode().translate(_ASCII_WORDS).split(None, number)
        if len(words) <= number:
            return None
        begin = start + len(part) - len(words[number])
        return begin, begin + len(words[number].split(None, 1)[0])
    match = next(islice(WORD.finditer(text, start, stop), number, None), None)
    return match.span() if match else None


def terms_of(text: str) -> tuple[str, ...]:
    """The terms of `text` in order."""
    return tuple(map(term_of, spellings_of(text)))


def new_term(word: str) -> str:
    """The term that a word is found under: without case, accents, apostrophes and endings.

    Spellings of one word have one term.
    """
    if word.isascii() and "'" not in word:
        return stem(one_spelling(word.lower()[:TERM_CHARACTERS]))
    return stem(one_spelling((letters_of(word) or word)[:TERM_CHARACTERS]))


# The same, of words that are asked for again and again.
term_of = lru_cache(maxsize=1 << 16)(new_term)


def letters_of(word: str) -> str:
    """A word without case, accents and apostrophes, and without the ending of its possessive."""
    return fold(_DROPPED.sub("", bare(word)))


def bare(word: str) -> str:
    """A word without the ending of its possessive."""
    return _POSSESSIVE.sub("", word)


def fold(text: str) -> str:
    """`text` without case and accents, for comparing and sorting."""
    if text.isascii():
        return text.lower()
    # Taken apart before and after: 𝐊 has no case until it is K, and İ has its dot apart after.
    whole = unicodedata.normalize("NFKD", text).casefold()
    parts = unicodedata.normalize("NFKD", whole)
    return "".join(c for c in parts if not unicodedata.combining(c)).translate(_BASE_LETTERS)


class _PerThread(threading.local):
    """A Snowball stemmer keeps state while it works, so each thread has its own."""

    def __init__(self) -> None:
        # Its own cache is left empty: `term_of` remembers whole words.
        self.stemmer = Stemmer.Stemmer("english", 0)


_per_thread = _PerThread()


def stem(word: str) -> str:
    """The Snowball English stem of a folded word."""
    return str(_per_thread.stemmer.stemWord(word))
