"""What a note refers to: other notes, committee reports, planning applications, and dates."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from indexer.domain.note import Citations
from indexer.domain.reference import DASH, NoteReference, Series, full_year

_MONTHS = {
    name: month
    for month, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
         "august aug", "september sept sep", "october oct", "november nov", "december dec"), 1)
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(_MONTHS)
DATE = rf"(?:\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})\.?,?\s+(?:19|20)\d{{2}}"
_DATE = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{_MONTH})\.?,?\s+"
    r"(?P<year>(?:19|20)\d{2})\b",
    re.IGNORECASE,
)
_NUMERIC_DATE = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)?\d{2})\b")
_ISO_DATE = re.compile(r"\b((?:19|20)\d{2})-(\d{2})-(\d{2})\b")

# Printed like a committee's reports, but laws, standards, requests and the like.
_NO_COMMITTEE = frozenset(
    "ASP BS BSI COP COVID EC EIR EN EU FOI FOISA ISO NHS RPI CPI SAR SI SSI TPO UN".split()
)
_AUTHOR = r"(?:[A-Z][A-Za-z]{0,9}|[a-z]{2,4})"
# A report is known by its author's initials; without them by a number in three digits or padded.
_REPORT = re.compile(
    rf"""
    (?<!\w)(?<!\w/)(?P<committee>[A-Z]{{2,6}}|[A-Z]{{1,3}}&[A-Z]{{1,3}})
    (?: \s?/\s?\d{{1,4}}\s?/\s?(?:20)?\d{{2}}
        (?: (?:/{_AUTHOR}){{1,2}} | (?:\s/|/\s)[A-Z]{{2,5}}\b )
      | /(?:0\d{{1,2}}|\d{{3}})/\d{{2}}
      | {DASH}\d{{1,3}}{DASH}\d{{2}}{DASH}{_AUTHOR}
      | (?<=[A-Z]{{3}}){DASH}(?:0\d{{1,2}}|\d{{3}}){DASH}\d{{2}}
    )(?![\w/@]|{DASH}\w)
    """,
    re.VERBOSE,
)
# What few texts hold: any reference has a digit, and all but a note's has one after its parts.
_DIGIT = re.compile(r"\d")
_PARTED_NUMBER = re.compile(rf"(?:/|{DASH})\s?\d")
_PLANNING = re.compile(
    r"(?<![\w/])(?:[A-Z]{1,4}(?:/[A-Z]{1,4})?/\d{2,4}/\d{3,5}(?:/[A-Z]{1,4})?"
    r"|\d{2}/\d{4,5}/[A-Z]{2,5}|[A-Z]{2,4}/(?:19|20)\d{2}/\d{3,5}"
    r"|[A-Z]{2,4}-\d{3}-\d{4})(?![\w/])"
)


def date_in(text: str) -> datetime.date | None:
    """The first whole date in `text`, day before month; None where it names no real day."""
    if match := _DATE.search(text):
        return _day(int(match["year"]), _MONTHS[match["month"].lower()], int(match["day"]))
    if match := _ISO_DATE.search(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC_DATE.search(text):
        return _day(full_year(match[3]), int(match[2]), int(match[1]))
    return None


def dates_in(text: str) -> Iterator[datetime.date]:
    """Every date that `text` spells out with the name of its month."""
    for match in _DATE.finditer(text):
        if date := date_in(match[0]):
            yield date


def _day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def citations_in(
    texts: Iterable[str], series: Series, own: NoteReference | None
) -> tuple[Citations, tuple[tuple[NoteReference, datetime.date], ...]]:
    """All that `texts` refer to, and the dates that they give for other notes.

    A note cited without a year is taken to be of the date beside it, else the latest of that
    number before `own`.
    """
    notes: dict[NoteReference, datetime.date | None] = {}
    reports: dict[str, None] = {}
    planning: dict[str, None] = {}
    for text in filter(_DIGIT.search, texts):
        for reference, date in _notes(text, series, own):
            if reference != own:
                notes[reference] = notes.get(reference) or date
        if not _PARTED_NUMBER.search(text):
            continue
        found = list(_REPORT.finditer(text))
        reports.update(dict.fromkeys(_reports(found, series)))
        rest = _REPORT.sub(" ", text) if found else text
        planning.update(dict.fromkeys(match[0] for match in _PLANNING.finditer(rest)))
    cites = Citations(tuple(notes), tuple(reports), tuple(planning))
    return cites, tuple((note, date) for note, date in notes.items() if date)


def _reports(found: Iterable[re.Match[str]], series: Series) -> Iterator[str]:
    """The committee reports among those `found`, as printed without white space in a number."""
    for match in found:
        if match["committee"] not in _NO_COMMITTEE | {series.prefix.upper()}:
            yield re.sub(r"\s", "", match[0])


def _notes(
    text: str, series: Series, own: NoteReference | None
) -> Iterator[tuple[NoteReference, datetime.date | None]]:
    for lead in _cited(series).finditer(text):
        yield from _list(lead["list"], lead["year"], own)


def _list(
    numbers: str, year: str | None, own: NoteReference | None
) -> Iterator[tuple[NoteReference, datetime.date | None]]:
    """The notes of `071-24 of 23rd April 2024, 055-24 and 027-24`, each with its date."""
    for match in _ONE.finditer(numbers):
        date = date_in(match["date"] or "")
        stated = match["yy"] or match["year_after"] or match["of_year"] or year
        reference = _reference(int(match["number"]), stated, date, own)
        if reference:
            yield reference, date


def _reference(
    number: int, year: str | None, date: datetime.date | None, own: NoteReference | None
) -> NoteReference | None:
    if year:
        whole = full_year(year)
    elif date:
        whole = date.year
    elif own:
        whole = own.year if number < own.number else own.year - 1
    else:
        return None
    try:
        return NoteReference(whole, number)
    except ValueError:
        return None


# A number that is not the day of a date.
_NUMBER = rf"\d{{1,5}}(?!\d)(?!(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})\b)"
_YEAR_AFTER = r"\s*\(\s*(?P<year_after>(?:19|20)\d{2})\s*\)|\s+of\s+(?P<of_year>(?:19|20)\d{2})\b"
_ONE_NOTE = (
    rf"(?P<number>{_NUMBER})(?:\s?(?:{DASH}|/)\s?(?P<yy>\d{{4}}|\d{{2}})(?!\d)|{_YEAR_AFTER})?"
    rf"(?:,?\s*\(?(?:of|on|dated|issued(?:\s+on)?|from)?\s*(?P<date>{DATE})\)?)?"
)
_ONE = re.compile(_ONE_NOTE, re.IGNORECASE)


_ONE_IN_FULL = rf"\d{{1,5}}\s?(?:{DASH}|/)\s?\d{{2}}(?!\d)"
_WITH_DATE = rf"(?:,?\s*\(?(?:of|on|dated|from)?\s*{DATE}\)?)?"
_JOINED = r"(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+|\s*&\s*)"


@lru_cache(maxsize=16)
def _cited(series: Series) -> re.Pattern[str]:
    """A mention of one note or of a list: the series' name or prefix, `No.` or `Issue`, numbers.

    Only a plural (`Technical Notes 12, 14 and 15`) is followed by further numbers without a year.
    """
    names = "|".join(re.escape(name) for name in series.names)
    prefix = re.escape(series.prefix)
    one = re.sub(r"\?P<\w+>", "?:", _ONE_NOTE)
    return re.compile(
        rf"""
        (?: (?:\b(?:{names})(?:[’']s)?\b|\b{prefix}s?(?![^\W\d_]))
              (?P<plural>(?<=s))?
              (?:[\s,]*(?P<year>(?:19|20)\d{{2}})[\s,]*(?=issues?|nos?\b|numbers?))?
              [\s:,]*(?:{DASH})?\s*(?:(?:issues?|nos?\b\.?|numbers?|ref(?:erence)?s?\b\.?:?)\s*)?
              (?:\#\s*|\(\s*(?={_ONE_IN_FULL}))?
          | \bNos?\b\.?\s*(?={_ONE_IN_FULL})
        )
        (?P<list>{one}
          (?:{_JOINED}(?:{_ONE_IN_FULL}{_WITH_DATE}|(?(plural){one}|(?!))))*)
        """,
        re.VERBOSE | re.IGNORECASE,
    )
