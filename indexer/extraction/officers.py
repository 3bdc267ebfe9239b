"""Officers as headers print them: who is a person, what is a post, and where the next one begins.

Separators say little: commas, dashes, `&` and `and` stand between people and inside posts, and two
people may be joined by a space alone. Known names decide first, then the words that names and posts
are made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from indexer.domain.authority import NameWords
from indexer.domain.note import Officer
from indexer.extraction.contacts import without_contacts, without_pronouns
from indexer.extraction.name_tokens import (
    Kind,
    Token,
    are_name,
    are_two_names,
    chunk_has_title,
    folded,
    is_before_post,
    is_given,
    is_place,
    is_post,
    is_title,
    run_of_words,
    tokens_of,
)
from indexer.extraction.printed_text import post_in, tidy

__all__ = [
    "LONGEST_RAW",
    "first_name",
    "known_names",
    "looks_like_officers",
    "split_officers",
    "without_contacts",
]

# What is printed after so many characters is no officer's name or post.
LONGEST_RAW = 2000
_MOST_WORDS = 5  # of a name


@dataclass(frozen=True, slots=True)
class _Held:
    """Whether all that is printed holds the noun of a post, and other words of posts."""

    titles: bool
    posts: bool


def first_name(raw: str, words: NameWords) -> tuple[str, ...] | None:
    """The name that stands first in `raw`, folded, where it plainly is one; else None."""
    tokens = tokens_of(without_contacts(_read_part(raw)))
    length = _leading_name(tokens, words, frozenset())
    is_name = are_name(tokens[:length], words) or is_before_post(tokens, 0, length, words)
    if length < 2 or not is_name:
        return None
    return folded(tokens[:length])


def looks_like_officers(raw: str, words: NameWords) -> bool:
    """Whether a line without a label reads as `Name, Post`."""
    if len(raw) > LONGEST_RAW:
        return False
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
    nobody is one officer whose name is the whole of it. At most `LONGEST_RAW` characters are read.
    """
    text = without_pronouns(without_contacts(_read_part(raw)))
    tokens = tokens_of(text)
    if not tidy(text) or not tokens:
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
        officers.append(Officer(tidy(name), post_in(text[name_end:post_end])))
    return tuple(dict.fromkeys(_with_shared_post(officers, words)))


def _read_part(raw: str) -> str:
    """`raw`, or where it is too long its beginning, cut where no name is cut."""
    if len(raw) <= LONGEST_RAW:
        return raw
    part = raw[:LONGEST_RAW]
    end = max(part.rfind(separator) for separator in ",;\n")
    return part[:end] if end > 0 else part


def _posts_first(
    text: str, tokens: list[Token], names: list[tuple[int, int]]
) -> tuple[Officer, ...]:
    """The officers of `Post, Name`: each has the post before the name, else the last one's."""
    officers: list[Officer] = []
    end = 0
    for start, length in names:
        before = post_in(text[end : tokens[start].start])
        end = tokens[start + length - 1].end
        post = before or (officers[-1].post if officers else None)
        officers.append(Officer(tidy(text[tokens[start].start : end]), post))
    return tuple(dict.fromkeys(officers))


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
    holds = _Held(
        titles=any(is_title(token, words) for token in tokens),
        posts=any(is_post(token, words) for token in tokens),
    )
    place = leading
    while place < len(tokens):
        is_after_name = place == sum(people[-1])
        length = _name_at(tokens, place, words, known, holds, is_after_name=is_after_name)
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
        length = run_of_words(tokens, place, _MOST_WORDS)
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
    holds: _Held,
    *,
    is_after_name: bool,
) -> int:
    """How many tokens a further person's name takes at `place`; 0 where none begins."""
    if tokens[place].kind is not Kind.WORD:
        return 0
    before = tokens[place - 1]
    follows_post = before.kind is Kind.WORD and (is_title(before, words) or is_post(before, words))
    run = run_of_words(tokens, place, _MOST_WORDS + 1)
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
    return length if _may_begin(tokens, place, length, words, holds, is_strong=is_strong) else 0


def _may_begin(
    tokens: list[Token],
    place: int,
    length: int,
    words: NameWords,
    holds: _Held,
    *,
    is_strong: bool,
) -> bool:
    """Whether words that could be a name are one, by what stands before and after them."""
    before, after = tokens[place - 1], tokens[place + length : place + length + 1]
    has_post = (
        bool(after)
        and after[0].kind in (Kind.COMMA, Kind.DASH)
        and chunk_has_title(tokens, place + length + 1, words)
    )
    if holds.titles and not after and is_place(tokens[place : place + length], words):
        return False
    if before.kind is Kind.HARD:
        return True
    if before.kind is Kind.DASH or (before.kind is Kind.OTHER and before.text not in ")]"):
        return False
    if is_strong or has_post:
        return True
    # Two plain words at the end are a person only in a list that holds no posts at all.
    return before.kind in (Kind.COMMA, Kind.AMP) and not holds.titles and not holds.posts


def _known_length(tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]) -> int:
    """How many of `tokens`, from the first, are a known name and not those of two people."""
    for length in range(min(len(tokens), _MOST_WORDS), 1, -1):
        if folded(tokens[:length]) in known and not _second_person(tokens[:length], words, known):
            return length
    return 0


def _second_person(tokens: list[Token], words: NameWords, known: frozenset[tuple[str, ...]]) -> int:
    """Where the second of two people begins who are joined by a space alone, one of them known."""
    if len(tokens) > 2 * _MOST_WORDS:
        return 0
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
