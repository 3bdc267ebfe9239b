"""Officers as headers print them: who is a person, what is a post, and where the next one begins.

Separators say little: commas, dashes, `&` and `and` stand between people and inside posts, and two
people may be joined by a space alone. Known names decide first, then the words that names and posts
are made of.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from indexer.domain.authority import NameWords
from indexer.domain.note import Officer

_TOKEN = re.compile(
    r"(?P<comma>,)|(?P<hard>[;/|\n])|(?P<amp>&|\+|\band\b)"
    r"|(?P<dash>\s[-\u2010-\u2015]+(?=\s|$)|[\u2013\u2014]|(?<=\s)-|:)|(?P<bracket>[()])"
    r"|(?P<word>[^\W\d_](?:[\w'’.\u2010\u2011-]*\w)?\.?)|(?P<other>\S)",
)
_PHONE = re.compile(
    r"[\s,;(–-]*(?:\b(?:tel(?:ephone)?|phone|mob(?:ile)?|ext(?:ension)?|t|m)\b[.:]?(?:\s*no\.?)?\s*)?"
    r"(?:\+44[\s(0)]*|\(?0)\d(?:[\d\s()-]{6,})\d\)?|\bext(?:ension)?\.?:?\s*\d{3,6}\b",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\s,;(]*(?:e-?mail:?\s*)?[\w.+-]+@[\w-]+\.[\w.-]+\)?", re.IGNORECASE)
_HONORIFICS = frozenset(
    ["mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir", "dame", "rev", "cllr"]
)
_PARTICLES = frozenset(["de", "da", "di", "van", "von", "der", "den", "la", "le", "mac", "nic"])
_EDGE = " \t\n,;:/|&+–—-‐‑"


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


def fold_name(name: str) -> tuple[str, ...]:
    """The words of a name as they count for identity: no case, accent, apostrophe or dash."""
    bare = "".join(
        char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)
    )
    bare = re.sub(r"['’‘`]", "", bare.casefold())
    words = re.findall(r"\w+", bare)
    return tuple(word for word in words if word not in _HONORIFICS)


def without_contacts(raw: str) -> str:
    """`raw` without telephone numbers and e-mail addresses."""
    return _EMAIL.sub("", _PHONE.sub("", raw)).strip(" \t\n,;–-")


def first_name(raw: str, words: NameWords) -> tuple[str, ...] | None:
    """The name that stands first in `raw`, folded, where it plainly is one; else None."""
    tokens = _tokens(without_contacts(raw))
    length = _leading_name(tokens, words, frozenset())
    if length < 2 or not _are_name(tokens[:length], words):
        return None
    return _folded(tokens[:length])


def looks_like_officers(raw: str, words: NameWords) -> bool:
    """Whether a line without a label reads as `Name, Post`."""
    tokens = _tokens(without_contacts(raw))
    length = _leading_name(tokens, words, frozenset())
    after = tokens[length : length + 1]
    return (
        2 <= length <= 4
        and _are_name(tokens[:length], words)
        and bool(after)
        and after[0].kind in (Kind.COMMA, Kind.DASH)
        and any(_is_title(token, words) for token in tokens[length:])
    )


def split_officers(
    raw: str, words: NameWords, known: frozenset[tuple[str, ...]] = frozenset()
) -> tuple[Officer, ...]:
    """The people of `raw` in order, each with the post printed for them.

    `known` are the folded names that other notes print by themselves. A raw string that names
    nobody is one officer whose name is the whole of it.
    """
    text = without_contacts(raw)
    tokens = _tokens(text)
    if not _tidy(text) or not tokens:
        return ()
    starts = _people(tokens, words, known)
    officers = []
    for place, (start, length) in enumerate(starts):
        name_end = tokens[start + length - 1].end
        following = starts[place + 1][0] if place + 1 < len(starts) else len(tokens)
        post_end = tokens[following].start if following < len(tokens) else len(text)
        name = text[tokens[start].start : name_end]
        officers.append(Officer(_tidy(name), _post(text[name_end:post_end])))
    return tuple(dict.fromkeys(_with_shared_post(officers, words)))


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(_EDGE)


def _post(text: str) -> str | None:
    text = re.sub(r"\s*\n\s*", ", ", text.strip(_EDGE))
    text = re.sub(r"\s+", " ", re.sub(r"\b(?:and)\s*$", "", text).strip(_EDGE))
    if text.startswith("(") and text.endswith(")"):
        text = text[1:-1].strip()
    return (text.strip("()") if text.count("(") != text.count(")") else text).strip() or None


def _with_shared_post(officers: list[Officer], words: NameWords) -> list[Officer]:
    """`A, B, Executive Officers`: a plural post is that of everyone named before it without one."""
    shared: str | None = None
    for index in range(len(officers) - 1, -1, -1):
        officer = officers[index]
        if officer.post is None:
            officers[index] = replace(officer, post=shared)
        else:
            last = officer.post.split()[-1].casefold() if officer.post.split() else ""
            is_plural = last.endswith("s") and last[:-1] in words.titles
            shared = officer.post if is_plural else None
    return officers


def _tokens(text: str) -> list[Token]:
    kinds = {"word": Kind.WORD, "comma": Kind.COMMA, "dash": Kind.DASH, "amp": Kind.AMP}
    kinds["hard"] = Kind.HARD
    return [
        Token(match[0], kinds.get(match.lastgroup or "", Kind.OTHER), match.start(), match.end())
        for match in _TOKEN.finditer(text)
    ]


def _people(
    tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Where each person's name begins, in tokens, and how many tokens it takes."""
    leading = _leading_name(tokens, words, known)
    if not leading:
        return [(0, len(tokens))]
    people = [(0, leading)]
    place = leading
    while place < len(tokens):
        is_after_name = place == sum(people[-1])
        length = _name_at(tokens, place, words, known, is_after_name=is_after_name)
        if length:
            people.append((place, length))
            place += length
        else:
            place += 1
    return people


def _leading_name(tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]) -> int:
    """How many tokens the name at the very start takes: up to a separator or a word of a post."""
    run = _run_of_words(tokens, 0)
    if length := _known_length(tokens[:run], words, known):
        return length
    if length := _second_person(tokens[:run], words, known):
        return length
    if _is_service(tokens, run, words):
        return 0
    for length in range(1, run + 1):
        if _is_title(tokens[length - 1], words) or (
            length > 2 and run > 3 and _is_post(tokens[length - 1], words)
        ):
            return length - 1 if length > 2 else 0
    return run


def _is_service(tokens: list[Token], run: int, words: NameWords) -> bool:
    """Whether the first `run` words are of a post or service, so that nobody is named."""
    if run == 0 or not _is_post(tokens[0], words):
        return False
    is_apart = run > 1 and tokens[run : run + 1] and tokens[run].kind in (Kind.COMMA, Kind.DASH)
    return not is_apart or all(_is_post(token, words) for token in tokens[:run])


def _name_at(
    tokens: list[Token],
    place: int,
    words: NameWords,
    known: frozenset[tuple[str, ...]],
    *,
    is_after_name: bool,
) -> int:
    """How many tokens a further person's name takes at `place`; 0 where none begins."""
    if tokens[place].kind is not Kind.WORD:
        return 0
    before = tokens[place - 1]
    follows_post = before.kind is Kind.WORD and (
        _is_title(before, words) or _is_post(before, words)
    )
    if before.kind is Kind.WORD and not (follows_post or is_after_name):
        return 0
    run = _run_of_words(tokens, place)
    if before.kind is not Kind.DASH and (
        length := _known_length(tokens[place : place + run], words, known)
    ):
        return length
    length = run
    if not 2 <= length <= 4 or not _are_name(tokens[place : place + length], words):
        return 0
    is_strong = _is_given(tokens[place], words)
    return length if _may_begin(tokens, place, length, words, is_strong=is_strong) else 0


def _may_begin(
    tokens: list[Token], place: int, length: int, words: NameWords, *, is_strong: bool
) -> bool:
    """Whether words that could be a name are one, by what stands before and after them."""
    before, after = tokens[place - 1], tokens[place + length : place + length + 1]
    if before.kind is Kind.HARD:
        return True
    if before.kind is Kind.DASH or before.kind is Kind.OTHER:
        return False
    has_post = (
        bool(after)
        and after[0].kind in (Kind.COMMA, Kind.DASH)
        and _chunk_has_title(tokens, place + length + 1, words)
    )
    if is_strong or has_post:
        return True
    # Two plain words at the end are a person only in a list that holds no posts at all.
    return before.kind in (Kind.COMMA, Kind.AMP) and not any(
        _is_title(token, words) or _is_post(token, words) for token in tokens
    )


def _chunk_has_title(tokens: list[Token], start: int, words: NameWords) -> bool:
    """Whether the words up to the next separator hold the noun of a post."""
    for token in tokens[start:]:
        if token.kind in (Kind.COMMA, Kind.HARD, Kind.DASH):
            return False
        if _is_title(token, words):
            return True
    return False


def _run_of_words(tokens: list[Token], place: int) -> int:
    """How many words follow each other at `place` without a separator."""
    length = 0
    while place + length < len(tokens) and tokens[place + length].kind is Kind.WORD:
        length += 1
    return length


def _known_length(tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]) -> int:
    """How many of `tokens`, from the first, are a known name and not those of two people."""
    for length in range(min(len(tokens), 5), 1, -1):
        if _folded(tokens[:length]) in known and not _second_person(tokens[:length], words, known):
            return length
    return 0


def _second_person(tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]) -> int:
    """Where the second of two people begins who are joined by a space alone, one of them known."""
    for place in range(2, len(tokens) - 1):
        parts = tokens[:place], tokens[place:]
        are_known = [_folded(part) in known for part in parts]
        if any(are_known) and all(
            is_known or _is_given(part[0], words)
            for is_known, part in zip(are_known, parts, strict=True)
        ):
            return place
    return 0


def _folded(tokens: list[Token]) -> tuple[str, ...]:
    return fold_name(" ".join(token.text for token in tokens))


def _is_given(token: Token, words: NameWords) -> bool:
    return token.text.casefold() in words.given


def _are_name(tokens: list[Token], words: NameWords) -> bool:
    """Whether each token could be part of a person's name, the first and last most of all."""
    if any(token.kind is not Kind.WORD for token in tokens):
        return False
    capitalised = all(
        token.text[0].isupper() or token.text.casefold() in _PARTICLES for token in tokens
    )
    first_is_given = _is_given(tokens[0], words)
    if not capitalised or _is_title(tokens[-1], words) or _is_title(tokens[0], words):
        return False
    if first_is_given:
        return not any(_is_post(token, words) for token in tokens[1:-1])
    return not any(_is_post(token, words) for token in tokens)


def _is_title(token: Token, words: NameWords) -> bool:
    word = token.text.casefold().rstrip(".")
    return word in words.titles or word.removesuffix("s") in words.titles


def _is_post(token: Token, words: NameWords) -> bool:
    word = token.text.casefold()
    return word in words.posts and word not in words.given


def known_names(raws: Iterable[str], words: NameWords) -> frozenset[tuple[str, ...]]:
    """The folded names that stand first in `raws`, to tell people from posts in the others."""
    return frozenset(name for raw in raws if (name := first_name(raw, words)))
