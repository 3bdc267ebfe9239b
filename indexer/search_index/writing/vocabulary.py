"""Words of texts as numbers: each spelling is analysed once, then looked up."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from indexer.search_index.analysis import WORD, fold, terms_of, words_of
from indexer.search_index.codec.sections import Array
from indexer.search_index.codec.segment import WORDS_A_MARK

_NO_WORD, _SEVERAL_WORDS = -1, -2
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_APOSTROPHE = ord("'")


def _plain(character: str) -> str | None:
    """The one ASCII character that the analysis takes `character` for; None where there is none."""
    if re.fullmatch(r"[’‘ʼ＇]", character):
        return "'"
    if WORD.fullmatch(character):
        folded = fold(character)
        return folded if re.fullmatch(r"[a-z0-9]", folded) else None
    # What may stand inside a word without being a letter (accents, joiners) has no plain form.
    return " " if len(list(words_of(f"a{character}b"))) == 2 else None


# The accented letters, dashes, quotes and signs of British documents.
_PLAIN = {
    chr(code): plain
    for code in (*range(0x80, 0x180), *range(0x2000, 0x2070), *range(0x20A0, 0x20D0))
    if (plain := _plain(chr(code)))
}
# Upper case to lower; all that is no part of a word to a space.
_LETTERS = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() or code == _APOSTROPHE else 32
    for code in range(128)
) + bytes(range(128, 256))


class Analysed(NamedTuple):
    """A text's words as numbers, and their marks.

    Those are the places in it of every `WORDS_A_MARK`th word, and the text's length.
    """

    words: Array
    marks: Array


class Vocabulary:
    """Numbers the terms of the texts it is shown; `terms` are they, by number."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self._spellings = _Spellings(self.terms)

    def __len__(self) -> int:
        """How many spellings are remembered."""
        return len(self._spellings)

    def words(self, text: str) -> Array:
        """The words of a short text, without their places."""
        raw = _letters_of(text)
        words = None if raw is None else self._numbers(raw)
        if words is None or (len(words) and words.min() < 0):
            return self.analyse(text).words
        return words

    def analyse(self, text: str) -> Analysed:
        """The same words in the same places as `words_of` finds."""
        raw = _letters_of(text)
        if raw is not None:
            words = self._numbers(raw)
            lowest = int(words.min()) if len(words) else 0
            if lowest >= _NO_WORD:
                return _analysed(words, _starts(raw), len(text), drop=lowest < 0)
        found = list(words_of(text))
        words = np.fromiter(
            (self.terms.setdefault(word.term, len(self.terms)) for word in found),
            np.int32,
            len(found),
        )
        return _analysed(words, np.array([w.start for w in found], np.int64), len(text), drop=False)

    def _numbers(self, raw: bytes) -> Array:
        tokens = raw.split()
        return np.fromiter(map(self._spellings.__getitem__, tokens), np.int32, len(tokens))


class _Spellings(dict[bytes, int]):
    """From a token without spaces to the number of its one word's term."""

    def __init__(self, terms: dict[str, int]) -> None:
        self._terms = terms

    def __missing__(self, token: bytes) -> int:
        terms = terms_of(token.decode())
        if len(terms) == 1:
            number = self._terms.setdefault(terms[0], len(self._terms))
        else:
            number = _SEVERAL_WORDS if terms else _NO_WORD
        self[token] = number
        return number


def _letters_of(text: str) -> bytes | None:
    """`text` in lower case, spaces for all that is no part of a word; None if it is not plain."""
    plain = text if text.isascii() else _NON_ASCII.sub(_plain_of, text)
    return plain.encode().translate(_LETTERS) if plain.isascii() else None


def _plain_of(match: re.Match[str]) -> str:
    return _PLAIN.get(match[0], match[0])


def _starts(raw: bytes) -> Array:
    """Where each token of `raw` begins."""
    letters = np.frombuffer(raw, np.uint8) != 32
    begins = letters.copy()
    begins[1:] &= ~letters[:-1]
    return np.flatnonzero(begins)


def _analysed(words: Array, starts: Array, length: int, *, drop: bool) -> Analysed:
    if drop:
        kept = words >= 0
        words, starts = words[kept], starts[kept]
    return Analysed(words, np.append(starts[::WORDS_A_MARK], length))
