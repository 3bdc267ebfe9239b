"""How the archive says dates, counts and lists, in British English."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Sequence

ABSENT = "not issued, not public, or not found"
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
