"""The words and separators of a printed officer, and what each can be: name, title or post."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from indexer.domain.authority import NameWords
from indexer.domain.names import fold_name

_TOKEN = re.compile(
    r"(?P<comma>,)|(?P<hard>[;/|\n])|(?P<amp>&|\+|\band\b)"
    r"|(?P<dash>\s[-\u2010-\u2015]+(?=\s|$)|[\u2013\u2014]|(?<=\s)-|-(?=\s)|:)|(?P<bracket>[()\[\]])"
    r"|(?P<word>[^\W\d_](?:[\w'’.\u2010\u2011-]*\w)?\.?)|(?P<other>\S)",
)
_PARTICLES = frozenset(["de", "da", "di", "van", "von", "der", "den", "la", "le", "mac", "nic"])


class Kind(Enum):
    """What a token of a raw string is."""

    WORD = "word"
    COMMA = "comma"
    DASH = "dash"
    AMP = "amp"
    HARD = "hard"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or separator and where it stands."""

    text: str
    kind: Kind
    start: int
    end: int


def tokens_of(text: str) -> list[Token]:
    """The words and separators of `text` in order."""
    kinds = {"word": Kind.WORD, "comma": Kind.COMMA, "dash": Kind.DASH, "amp": Kind.AMP}
    kinds["hard"] = Kind.HARD
    return [
        Token(match[0], kinds.get(match.lastgroup or "", Kind.OTHER), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def folded(tokens: list[Token]) -> tuple[str, ...]:
    """`fold_name` of the words of `tokens`."""
    return fold_name(" ".join(token.text for token in tokens))


def run_of_words(tokens: list[Token], place: int, most: int | None = None) -> int:
    """How many words follow each other at `place` without a separator, counted up to `most`."""
    end = len(tokens) if most is None else min(len(tokens), place + most)
    length = 0
    while place + length < end and tokens[place + length].kind is Kind.WORD:
        length += 1
    return length


def is_given(token: Token, words: NameWords) -> bool:
    """Whether `token` is a listed first name, or two joined by a hyphen."""
    word = token.text.casefold()
    return word in words.given or all(
        part in words.given for part in re.split("[-\u2010\u2011]", word)
    )


def is_title(token: Token, words: NameWords) -> bool:
    """Whether `token` is a noun that makes a phrase the title of a post."""
    word = token.text.casefold().rstrip(".")
    return word in words.titles or word.removesuffix("s") in words.titles


def is_post(token: Token, words: NameWords) -> bool:
    """Whether `token` is some other word of posts and services, and no first name."""
    word = token.text.casefold().rstrip(".")
    return word in words.posts and word not in words.given


def are_name(tokens: list[Token], words: NameWords) -> bool:
    """Whether each token could be part of a person's name, the first and last most of all."""
    if not tokens or any(token.kind is not Kind.WORD for token in tokens):
        return False
    capitalised = all(
        token.text[0].isupper() or token.text.casefold() in _PARTICLES for token in tokens
    )
    if not capitalised or any(is_title(token, words) for token in tokens):
        return False
    if is_given(tokens[0], words):
        return not any(is_post(token, words) for token in tokens[1:-1])
    return not any(is_post(token, words) for token in tokens)


def chunk_has_title(tokens: list[Token], start: int, words: NameWords) -> bool:
    """Whether the words up to the next separator hold the noun of a post."""
    for token in tokens[start:]:
        if token.kind in (Kind.COMMA, Kind.HARD, Kind.DASH):
            return False
        if is_title(token, words):
            return True
    return False


def are_two_names(tokens: list[Token], words: NameWords) -> bool:
    """Whether four words are a first name and surname twice, so that nobody has all four."""
    is_first = [is_given(token, words) for token in tokens]
    return is_first == [True, False, True, False] and not any(
        is_title(token, words) for token in tokens
    )


def is_before_post(tokens: list[Token], place: int, length: int, words: NameWords) -> bool:
    """Whether two or three words stand as a name does: before a comma or dash and a title.

    A surname may be a word of posts (`Cliff Port, Fleet Officer`), a first name may not.
    """
    name, after = tokens[place : place + length], tokens[place + length : place + length + 1]
    if not 2 <= length <= 3 or not after or after[0].kind not in (Kind.COMMA, Kind.DASH):
        return False
    if not all(token.text[0].isupper() for token in name):
        return False
    is_surname_free = is_given(name[0], words) and length == 2
    if any(is_title(token, words) for token in name[: 1 if is_surname_free else None]):
        return False
    return not is_post(name[0], words) and _title_follows(tokens, place + length + 1, words)


def _title_follows(tokens: list[Token], start: int, words: NameWords) -> bool:
    """Whether the noun of a post stands anywhere before the next line or semicolon."""
    for token in tokens[start:]:
        if token.kind is Kind.HARD:
            return False
        if is_title(token, words):
            return True
    return False


def is_place(name: list[Token], words: NameWords) -> bool:
    """Whether what could be a name ends as the name of a place of work does."""
    return is_post(name[-1], words)
