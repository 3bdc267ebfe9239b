"""How the archive says dates, counts and lists, in British English."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from indexer.domain.search import SearchResult, Span

ABSENT = "not issued, not public, or not found"
# What a list shows of a title; the page of its note shows it whole.
TITLE_CHARACTERS = 300
# A sentence names no more words of a query than these.
WORDS_NAMED = 8
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def long_date(date: datetime.date) -> str:
    """`12 May 2023`, whatever the machine's language."""
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def long_moment(moment: datetime.datetime) -> str:
    """`22 November 2026, 2:14am UTC`, whatever the machine's time zone."""
    moment = moment.astimezone(datetime.UTC)
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{long_date(moment)}, {hour}:{moment.minute:02d}{half} UTC"


def thousands(count: int) -> str:
    """`1,184`."""
    return f"{count:,}"


def counted(count: int, one: str, many: str | None = None) -> str:
    """`1 note`, `1,184 notes`."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def spelt(count: int) -> str:
    """A small count in letters, a large one in figures: `two`, `31`."""
    return _SMALL[count] if count < len(_SMALL) else thousands(count)


def reading_of(result: SearchResult) -> Iterator[str]:
    """A sentence for each part of a query that was not read as it was typed."""
    for short, long in result.spelt_out.items():
        yield f"{short} also finds {joined([f'“{each}”' for each in long])}."
    for phrase in result.loosened:
        yield f"No note has “{phrase}”; its words were looked for instead."
    if result.left_out:
        yield f"Not looked for, as nearly every note has it: {joined(_few(result.left_out))}."
    if result.unread:
        yield f"The query is longer than can be read; left out: {joined(_few(result.unread))}."


def _few(words: Sequence[str]) -> list[str]:
    """The first of many words, quoted, and how many others there are."""
    others = len(words) - WORDS_NAMED
    quoted = [f"“{word}”" for word in words]
    return [*quoted[:WORDS_NAMED], counted(others, "other")] if others > 1 else quoted


def joined(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def folded(text: str) -> str:
    """The letters of `text` without case or accents, for putting names in order."""
    bare = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )
    return bare.casefold()


def by_surname(name: str) -> tuple[str, str]:
    """The place of a person's name in a list from A to Z: last name, then the others."""
    names = folded(name).split()
    return (names[-1] if names else "", " ".join(names[:-1]))


def shortened(text: str, length: int = TITLE_CHARACTERS) -> str:
    """`text`, cut after a word with an ellipsis where it is longer than `length` characters."""
    if len(text) <= length:
        return text
    end = text.rfind(" ", 0, length + 1)
    # A word that fills half of it is cut where it must be.
    return text[: end if end > length // 2 else length].rstrip(" ,;:.–—-") + "…"


def shortened_spans(spans: Iterable[Span], length: int = TITLE_CHARACTERS) -> tuple[Span, ...]:
    """The spans of a title, cut where its text is."""
    spans = tuple(spans)
    whole = "".join(span.text for span in spans)
    if len(whole) <= length:
        return spans
    left = len(shortened(whole, length)) - len("…")
    shown: list[Span] = []
    for span in spans:
        if left > 0:
            shown.append(Span(span.text[:left], span.matched))
        left -= len(span.text)
    return (*shown, Span("…"))
