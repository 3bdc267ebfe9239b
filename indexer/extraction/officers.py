"""Officers as headers print them: who is a person, what is a post, and where the next one begins.

Separators say little: commas, dashes, `&` and `and` stand between people and inside posts, and two
people may be joined by a space alone. Known names decide first, then the words that names and posts
are made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from indexer.domain.authority import NameWords
from indexer.domain.note import Officer
from indexer.extraction.contacts import without_contacts, without_pronouns
from indexer.extraction.name_tokens import (
    Kind,
    Token,
    are_name,
    are_two_names,
    chunk_has_title,
    fold_name,
    folded,
    is_before_post,
    is_given,
    is_place,
    is_post,
    is_title,
    run_of_words,
    tokens_of,
)

__all__ = [
    "first_name",
    "fold_name",
    "known_names",
    "looks_like_officers",
    "split_officers",
    "without_contacts",
]

_EDGE = " \t\n,;:/|&+–—-‐‑"


def first_name(raw: str, words: NameWords) -> tuple[str, ...] | None:
    """The name that stands first in `raw`, folded, where it plainly is one; else None."""
    tokens = tokens_of(without_contacts(raw))
    length = _leading_name(tokens, words, frozenset())
    is_name = are_name(tokens[:length], words) or is_before_post(tokens, 0, length, words)
    if length < 2 or not is_name:
        return None
    return folded(tokens[:length])


def looks_like_officers(raw: str, words: NameWords) -> bool:
    """Whether a line without a label reads as `Name, Post`."""
    tokens = tokens_of(without_contacts(raw))
    length = _leading_name(tokens, words, frozenset())
    after = tokens[length : length + 1]
    return (
        2 <= length <= 4
        and are_name(tokens[:length], words)
        and bool(after)
        and after[0].kind in (Kind.COMMA, Kind.DASH)
        and any(is_title(token, words) for token in tokens[length:])
    )


def split_officers(
    raw: str, words: NameWords, known: frozenset[tuple[str, ...]] = frozenset()
) -> tuple[Officer, ...]:
    """The people of `raw` in order, each with the post printed for them.

    `known` are the folded names that other notes print by themselves. A raw string that names
    nobody is one officer whose name is the whole of it.
    """
    text = without_pronouns(without_contacts(raw))
    tokens = tokens_of(text)
    if not _tidy(text) or not tokens:
        return ()
    if names_last := _names_after_posts(tokens, words, known):
        return _posts_first(text, tokens, names_last)
    starts = _people(tokens, words, known)
    officers = []
    for place, (start, length) in enumerate(starts):
        name_end = tokens[start + length - 1].end
        following = starts[place + 1][0] if place + 1 < len(starts) else len(tokens)
        post_end = tokens[following].start if following < len(tokens) else len(text)
        name = text[tokens[start].start : name_end]
        officers.append(Officer(_tidy(name), _post(text[name_end:post_end])))
    return tuple(dict.fromkeys(_with_shared_post(officers, words)))


def _posts_first(
    text: str, tokens: list[Token], names: list[tuple[int, int]]
) -> tuple[Officer, ...]:
    """The officers of `Post, Name`: each has the post before the name, else the last one's."""
    officers: list[Officer] = []
    end = 0
    for start, length in names:
        before = _post(text[end : tokens[start].start])
        end = tokens[start + length - 1].end
        post = before or (officers[-1].post if officers else None)
        officers.append(Officer(_tidy(text[tokens[start].start : end]), post))
    return tuple(dict.fromkeys(officers))


def _tidy(text: str) -> str:
    return _without_stop(re.sub(r"\s+", " ", text).strip(_EDGE)).strip(_EDGE)


def _without_stop(text: str) -> str:
    """`text` without a full stop at its end, unless that belongs to an initial."""
    return re.sub(r"(?<=[^\W\d_]{2})\.$|(?<=\))\.$", "", text)


def _post(text: str) -> str | None:
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
    run = run_of_words(tokens, 0)
    if length := _known_length(tokens[:run], words, known):
        return length
    if length := _second_person(tokens[:run], words, known):
        return length
    if run == len(tokens) == 4 and are_two_names(tokens, words):
        return 2
    if run == 2 and is_given(tokens[0], words) and is_before_post(tokens, 0, run, words):
        return run
    if _is_service(tokens, run, words):
        return 0
    for length in range(1, run + 1):
        if is_title(tokens[length - 1], words) or (
            length > 2 and run > 3 and is_post(tokens[length - 1], words)
        ):
            return length - 1 if length > 2 else 0
    return run


def _is_service(tokens: list[Token], run: int, words: NameWords) -> bool:
    """Whether the first `run` words are of a post or service, so that nobody is named."""
    if run == 0 or not is_post(tokens[0], words):
        return False
    is_apart = run > 1 and tokens[run : run + 1] and tokens[run].kind in (Kind.COMMA, Kind.DASH)
    return not is_apart or all(is_post(token, words) for token in tokens[:run])


def _names_after_posts(
    tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]
) -> list[tuple[int, int]]:
    """Where names stand in `Post, Name`, with how many words; none unless a name is the end."""
    if _leading_name(tokens, words, known):
        return []
    names = []
    for place in range(1, len(tokens)):
        length = run_of_words(tokens, place)
        name = tokens[place : place + length]
        if tokens[place - 1].kind is Kind.WORD or not 2 <= length <= 4:
            continue
        is_plain = is_given(name[0], words) and are_name(name, words) and not is_place(name, words)
        if folded(name) in known or is_plain:
            names.append((place, length))
    has_title = bool(names) and any(is_title(token, words) for token in tokens[: names[0][0]])
    return names if has_title and sum(names[-1]) == len(tokens) else []


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
    follows_post = before.kind is Kind.WORD and (is_title(before, words) or is_post(before, words))
    run = run_of_words(tokens, place)
    length = _known_length(tokens[place : place + run], words, known)
    is_apart = follows_post or is_after_name or before.kind is not Kind.WORD
    if length and before.kind is not Kind.DASH and (is_apart or length == run):
        return length
    if not is_apart:
        return 0
    length = run
    if before.kind is Kind.HARD and is_before_post(tokens, place, length, words):
        return length
    if not 2 <= length <= 4 or not are_name(tokens[place : place + length], words):
        return 0
    is_strong = is_given(tokens[place], words)
    return length if _may_begin(tokens, place, length, words, is_strong=is_strong) else 0


def _may_begin(
    tokens: list[Token], place: int, length: int, words: NameWords, *, is_strong: bool
) -> bool:
    """Whether words that could be a name are one, by what stands before and after them."""
    before, after = tokens[place - 1], tokens[place + length : place + length + 1]
    has_post = (
        bool(after)
        and after[0].kind in (Kind.COMMA, Kind.DASH)
        and chunk_has_title(tokens, place + length + 1, words)
    )
    has_titles = any(is_title(token, words) for token in tokens)
    if has_titles and not after and is_place(tokens[place : place + length], words):
        return False
    if before.kind is Kind.HARD:
        return True
    if before.kind is Kind.DASH or (before.kind is Kind.OTHER and before.text not in ")]"):
        return False
    if is_strong or has_post:
        return True
    # Two plain words at the end are a person only in a list that holds no posts at all.
    return (
        before.kind in (Kind.COMMA, Kind.AMP)
        and not has_titles
        and not any(is_post(token, words) for token in tokens)
    )


def _known_length(tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]) -> int:
    """How many of `tokens`, from the first, are a known name and not those of two people."""
    for length in range(min(len(tokens), 5), 1, -1):
        if folded(tokens[:length]) in known and not _second_person(tokens[:length], words, known):
            return length
    return 0


def _second_person(tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]) -> int:
    """Where the second of two people begins who are joined by a space alone, one of them known."""
    for place in range(2, len(tokens) - 1):
        parts = tokens[:place], tokens[place:]
        are_known = [folded(part) in known for part in parts]
        if any(are_known) and all(
            is_known or is_given(part[0], words)
            for is_known, part in zip(are_known, parts, strict=True)
        ):
            return place
    return 0


def known_names(raws: Iterable[str], words: NameWords) -> frozenset[tuple[str, ...]]:
    """The folded names that stand first in `raws`, to tell people from posts in the others."""
    return frozenset(name for raw in raws if (name := first_name(raw, words)))
