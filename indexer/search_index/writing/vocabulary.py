"""Words of texts as numbers: each spelling is analysed once, then looked up.

Looking words up one by one would take a third of a build. So the words of many texts are looked up
together: each as the fixed number of bytes that it begins with, in a table of numpy's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, islice
from typing import NamedTuple

import numpy as np

from indexer.search_index.analysis import WORD, fold, new_term, terms_of, words_of
from indexer.search_index.codec.sections import Array

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


# A longer token is not looked up in the table: 1 in 200 of English.
_WIDTH = 24
_SLOT_BITS = 19
# For each length, which bytes of a window are the token's.
_MASKS = (np.arange(_WIDTH) < np.arange(_WIDTH + 1)[:, None]) * np.uint8(255)
_MASKS = _MASKS.view(np.uint64)
_FACTORS = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64
)  # odd and well mixed, no more


class Analysed(NamedTuple):
    """The words of texts as numbers, a text's after another's, and where each begins in its text.

    `counts` says how many each text has.
    """

    words: Array
    starts: Array
    counts: Array


class _Tokens(NamedTuple):
    """Runs of letters in `raw`, which has spaces to spare at its end."""

    raw: bytes
    starts: Array
    lengths: Array


class Terms(NamedTuple):
    """All terms in byte order, and the number of each."""

    names: list[bytes]
    numbers: Array


class Vocabulary:
    """Numbers the terms of the texts it is shown; `terms` are they, by number."""

    def __init__(self) -> None:
        self.terms: dict[bytes, int] = {}
        self._spellings = _Spellings(self.terms)
        self._ordered: list[bytes] = []

    def __len__(self) -> int:
        """How many spellings are remembered."""
        return len(self._spellings.known)

    def analyse(self, texts: Sequence[str]) -> Analysed:
        """The same words in the same places as `words_of` finds.

        A word that begins after an apostrophe may begin with it here.
        """
        plain = list(map(_plain_text, texts))
        sizes = np.fromiter((len(text or "") + 1 for text in plain), np.int64, len(plain))
        bounds = np.concatenate(([0], np.cumsum(sizes)))
        tokens = _tokens_of(" ".join(text or "" for text in plain))
        counts = np.diff(np.searchsorted(tokens.starts, bounds))
        owners = np.repeat(np.arange(len(plain)), counts)
        words = self._spellings.numbers(tokens)
        apart = np.fromiter((text is None for text in plain), np.bool_, len(plain))
        if words.min(initial=0) < 0:
            apart[owners[words == _SEVERAL_WORDS]] = True
        kept = (words >= 0) & ~apart[owners]
        owners = owners[kept]
        starts = tokens.starts[kept] - bounds[owners]
        counts = np.bincount(owners, minlength=len(plain))
        analysed = Analysed(words[kept], starts, counts)
        return self._completed(analysed, texts, np.flatnonzero(apart)) if apart.any() else analysed

    def in_order(self) -> Terms:
        """The terms in byte order."""
        # What was in order the last time is so still, which makes sorting it quick.
        self._ordered = sorted(chain(self._ordered, islice(self.terms, len(self._ordered), None)))
        every = map(self.terms.__getitem__, self._ordered)
        return Terms(self._ordered, np.fromiter(every, np.int64, len(self._ordered)))

    def _completed(self, analysed: Analysed, texts: Sequence[str], apart: Array) -> Analysed:
        """The same with the words of the texts `apart`, which have none so far, put in."""
        words, starts, counts = analysed
        found = [list(words_of(texts[at])) for at in apart.tolist()]
        every = [word for each in found for word in each]
        numbers = [number_of(self.terms, word.term) for word in every]
        held = np.fromiter(map(len, found), np.int64, len(found))
        at = np.repeat(np.cumsum(counts)[apart], held)
        counts[apart] = held
        words = np.insert(words, at, np.array(numbers, np.int32))
        starts = np.insert(starts, at, np.array([word.start for word in every], np.int64))
        return Analysed(words, starts, counts)


def number_of(terms: dict[bytes, int], term: str) -> int:
    """The number of a term, which it is given where it has none yet."""
    return terms.setdefault(term.encode(), len(terms))


class _Spellings:
    """From a token without spaces to the number of its one word's term.

    Every token is `known` once it was seen; a table holds as many of them as it has slots, the
    latest of those that would share one.
    """

    def __init__(self, terms: dict[bytes, int]) -> None:
        self.known: dict[bytes, int] = {}
        self._terms = terms
        # A slot is a token and its number side by side, so that both are read at once.
        self._table = np.zeros((1 << _SLOT_BITS, _WIDTH // 8 + 1), np.uint64)

    def numbers(self, tokens: _Tokens) -> Array:
        """The number of each token."""
        raw, starts, lengths = tokens
        windows = np.ndarray(len(raw) - _WIDTH + 1, f"V{_WIDTH}", raw, strides=(1,))
        keys = windows[starts].view(np.uint64).reshape(len(starts), _WIDTH // 8)
        keys &= _MASKS.take(np.minimum(lengths, _WIDTH), axis=0)
        slots = _slots(keys)
        found = self._table.take(slots, axis=0)
        numbers: Array = found[:, -1].astype(np.int32)
        held = lengths <= _WIDTH
        for column in range(keys.shape[1]):
            held &= found[:, column] == keys[:, column]
        missed = np.flatnonzero(~held)
        bounds = zip(starts[missed].tolist(), (starts + lengths)[missed].tolist(), strict=True)
        spellings = [raw[start:stop] for start, stop in bounds]
        for spelling in spellings:
            if spelling not in self.known:
                self.known[spelling] = self._number(spelling.decode())
        every = map(self.known.__getitem__, spellings)
        numbers[missed] = np.fromiter(every, np.int32, len(missed))
        missed = missed[lengths[missed] <= _WIDTH]
        self._table[slots[missed], :-1] = keys[missed]
        self._table[slots[missed], -1] = numbers[missed]
        return numbers

    def _number(self, word: str) -> int:
        """The number of a spelling that was not seen before."""
        if "'" not in word:
            return number_of(self._terms, new_term(word))
        terms = terms_of(word)
        if len(terms) == 1:
            return number_of(self._terms, terms[0])
        return _SEVERAL_WORDS if terms else _NO_WORD


def _slots(keys: Array) -> Array:
    """The slot of each key in a table of `1 << _SLOT_BITS`."""
    mixed = keys[:, 0] * _FACTORS[0]
    for column, factor in enumerate(_FACTORS[1:], 1):
        mixed += keys[:, column] * factor
    mixed ^= mixed >> np.uint64(32)
    mixed *= _FACTORS[0]
    slots: Array = (mixed >> np.uint64(64 - _SLOT_BITS)).astype(np.intp)
    return slots


def _plain_text(text: str) -> str | None:
    """`text` in ASCII alone, each character in its place; None where that would change words."""
    plain = text if text.isascii() else _NON_ASCII.sub(_plain_of, text)
    return plain if plain.isascii() else None


def _plain_of(match: re.Match[str]) -> str:
    return _PLAIN.get(match[0], match[0])


def _tokens_of(text: str) -> _Tokens:
    """The tokens of a text of ASCII."""
    raw = (text.encode() + b" " * _WIDTH).translate(_LETTERS)
    letters = np.frombuffer(raw, np.uint8) != 32
    edges = np.flatnonzero(letters[1:] != letters[:-1]) + 1
    if letters[0]:
        edges = np.concatenate(([0], edges))
    return _Tokens(raw, edges[::2], edges[1::2] - edges[::2])
