"""The number that a note goes by, in all its printed forms."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

import msgspec

DASH = r"[-\u2010-\u2015\u2212]"
FIRST_YEAR, LAST_YEAR = 1900, 2099

_SHORT = re.compile(rf"(\d{{1,5}})\s*(?:{DASH}|/)\s*(\d{{2}}|\d{{4}})")
_SLUG = re.compile(r"(\d{4})-(\d{3,5})")
_ISSUE = re.compile(r"(\d{4})[\s,:]*(?:issue|no\.?|number)\s*(\d{1,5})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Series:
    """What a council calls its numbered briefings: data, so that another council is another file.

    `titles` are the forms that page titles use, matched without case; `prefix` stands before a
    printed number (`TN 064-23`).
    """

    name: str = "Technical Note"
    titles: tuple[str, ...] = ("Technical Note", "Technical Notes")
    prefix: str = "TN"

    @property
    def names(self) -> tuple[str, ...]:
        """Every form of the name, longest first, so that alternations match greedily."""
        forms = {self.name, *self.titles}
        return tuple(sorted(forms, key=lambda form: (-len(form), form)))

    @property
    def leads(self) -> str:
        """A pattern of all that may stand before a number: the names and the prefix."""
        return "|".join(re.escape(name) for name in (*self.names, self.prefix) if name)


TECHNICAL_NOTES = Series()


class NoteReference(msgspec.Struct, frozen=True, order=True, gc=False):
    """A note's year and number within it; prints `064-23`, sorts by year, then number."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(
                f"a note's year is between {FIRST_YEAR} and {LAST_YEAR}, not {self.year}"
            )
        if not 1 <= self.number <= 99_999:
            raise ValueError(f"a note's number is between 1 and 99,999, not {self.number}")

    def __str__(self) -> str:
        return f"{self.number:03d}-{self.year % 100:02d}"

    @property
    def slug(self) -> str:
        """The reference as it stands in an address: `2023-064`."""
        return f"{self.year}-{self.number:03d}"

    @classmethod
    def parse(
        cls, text: str, series: Series = TECHNICAL_NOTES, *, last_year: int | None = None
    ) -> NoteReference:
        """The reference that `text` prints, the whole of it.

        Reads `064-23`, `TN-188-23`, `TN 64/23`, `114 - 23`, `2023 issue 64`, `2023-064`, each with
        or without the series' name or prefix before it. A two-digit year is the latest such year
        that is not after `last_year` (next year unless given). Raises ValueError for anything else.
        """
        bare = _lead(series).sub("", text.strip()).strip(" .:#")
        if match := _SLUG.fullmatch(bare):
            return cls(int(match[1]), int(match[2]))
        if match := _ISSUE.fullmatch(bare):
            return cls(int(match[1]), int(match[2]))
        if match := _SHORT.fullmatch(bare):
            return cls(full_year(match[2], last_year=last_year), int(match[1]))
        raise ValueError(f"not a note's number: {text!r}")

    @classmethod
    def from_slug(cls, slug: str) -> NoteReference:
        """The reference whose slug is exactly `slug`; raises ValueError for any other spelling."""
        match = _SLUG.fullmatch(slug) if slug.isascii() else None
        reference = cls(int(match[1]), int(match[2])) if match else None
        if reference is None or reference.slug != slug:
            raise ValueError(f"not the address of a note: {slug!r}")
        return reference


def full_year(digits: str, *, last_year: int | None = None) -> int:
    """The year that two or four digits stand for; two digits never reach past `last_year`."""
    year = int(digits)
    if len(digits) == 4:
        return year
    if last_year is None:
        last_year = datetime.date.today().year + 1
    return last_year - (last_year - year) % 100


@lru_cache(maxsize=16)
def _lead(series: Series) -> re.Pattern[str]:
    """What may stand before a number: the series' prefix or name, with `no.` after it."""
    return re.compile(rf"(?:{series.leads})[\s.:,]*{DASH}?\s*(?:no\b\.?|number)?\s*", re.IGNORECASE)
