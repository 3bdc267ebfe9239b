"""What titles and locators say: a series, a year, a number and the words after them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from indexer.domain.claims import Claim, Field, Origin
from indexer.domain.reference import (
    DASH,
    FIRST_YEAR,
    LAST_YEAR,
    NoteReference,
    Series,
    full_year,
)

_OTHER_SERIES = re.compile(
    r"(?P<series>[A-Za-z][\w’'& -]{2,60}?)\s+(?P<year>(?:19|20)\d{2})[\s,]+"
    r"(?:issue|no\.?|number)\s*\d{1,5}\b",
    re.IGNORECASE,
)
_YEAR = r"(?:19|20)\d{2}"
_YEAR_FOLDER = re.compile(_YEAR)
_SLUG_GAPS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line or address that names a note: any part may be absent but the number."""

    number: int
    year: int | None = None
    words: str | None = None

    def claims(self, origin: Origin) -> tuple[Claim, ...]:
        """What the line states, as stated at `origin`."""
        stated = [Claim(Field.NUMBER, self.number, origin)]
        if self.year is not None:
            stated.append(Claim(Field.YEAR, self.year, origin))
        if self.words:
            stated.append(Claim(Field.TITLE, self.words, origin))
        return tuple(stated)


def title_line(text: str, series: Series) -> TitleLine | None:
    """What `text` names if it is the title of a note of `series`, else None.

    Reads `Technical Notes 2023, Issue 64 - X`, `Technical Note 29 - X`, `Issue 90- X`,
    `Technical Note 064-23 - X`, `Elected Member Briefing Note 2023, No 114`; X may hold any dash or
    comma. `Technical Notes 2023` names a year and no note.
    """
    match = _title_pattern(series).match(text.replace("\n", " ").strip())
    if not match or not (match["named"] or match["issue"]):
        return None
    words = (match["words"] or "").strip()
    if match["yy"]:
        return _title(str(full_year(match["yy"])), match["number"], words)
    return _title(match["year"], match["number"], words, is_said=bool(match["issue"]))


def locator_title(locator: str, series: Series) -> TitleLine | None:
    """What a path or address names by its last parts, else None.

    Reads `…/technical-notes-2021-issue-144-slug`, `…/technical-note-29-slug` below a folder named
    for its year, `TN 064-23 slug.txt` and `2023-064.html`.
    """
    parts = _parts(locator)
    if not parts:
        return None
    last = _SLUG_GAPS.sub("-", parts[-1]).strip("-")
    folder = next((part for part in reversed(parts[:-1]) if _YEAR_FOLDER.fullmatch(part)), None)
    if match := _slug_pattern(series).search(last):
        year = match["year"] or folder
        return _title(year, match["number"], _words(match["words"]), is_said=bool(match["issue"]))
    if match := _file_pattern(series).match(last):
        try:
            reference = NoteReference.parse(match["reference"], series)
        except ValueError:
            return None
        return TitleLine(reference.number, reference.year, _words(match["words"]))
    return None


def folder_year(locator: str) -> int | None:
    """The year that the nearest folder of a locator is named for."""
    years = [part for part in _parts(locator)[:-1] if _YEAR_FOLDER.fullmatch(part)]
    return int(years[-1]) if years else None


def other_series(text: str, series: Series) -> str | None:
    """The series that a title in the usual pattern names, if it is another than `series`."""
    match = _OTHER_SERIES.match(text.strip())
    if not match:
        return None
    name = _SLUG_GAPS.sub(" ", match["series"]).strip()
    known = {form.casefold() for form in series.names} | {series.prefix.casefold()}
    return None if any(name.casefold().endswith(form) for form in known) else name


def slug_words(text: str) -> tuple[str, ...]:
    """The words of `text` as an address spells them, for comparing a title with a locator."""
    return tuple(re.findall(r"[a-z0-9]+", re.sub(r"['’/.,]", "", text.casefold())))


def _title(
    year: str | None, number: str, words: str | None, *, is_said: bool = True
) -> TitleLine | None:
    """A title line, unless its number is none; `is_said` is whether `issue` stands before it."""
    if int(number) == 0 or (year and not FIRST_YEAR <= int(year) <= LAST_YEAR):
        return None
    if not is_said and _YEAR_FOLDER.fullmatch(number):
        return None
    return TitleLine(int(number), int(year) if year else None, words or None)


def _parts(locator: str) -> list[str]:
    """The parts of a path or of an address's path, decoded, without a file's extension."""
    is_address = re.match(r"[a-z][a-z0-9+.-]*://", locator, re.IGNORECASE)
    path = urlsplit(locator).path if is_address else locator.replace("\\", "/")
    parts = [part for part in unquote(path).split("/") if part.strip()]
    if parts:
        last = PurePosixPath(parts[-1])
        parts[-1] = last.stem if re.fullmatch(r"\.[a-z]{2,5}", last.suffix.lower()) else last.name
    return parts


def _words(slug: str | None) -> str | None:
    """The words of a slug as a sentence: the best that an address offers for a title.

    A `-0` at the end only tells two pages of one address apart.
    """
    words = _SLUG_GAPS.sub(" ", (slug or "").removesuffix("-0")).strip()
    return words[:1].upper() + words[1:] if words else None


@lru_cache(maxsize=16)
def _title_pattern(series: Series) -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in series.names)
    return re.compile(
        rf"""
        (?:\W*(?P<named>(?:{names}))\b[\s:]*{DASH}?\s*)?
        (?:(?P<year>(?:19|20)\d{{2}})(?:\s*[,:]|\s*{DASH}|(?=\s))\s*)?
        (?:(?P<issue>issue|no\b\.?|number)\s*\#?)?\s*
        (?:{re.escape(series.prefix)}[\s-]*)?
        (?P<number>\d{{1,5}})
        (?:(?:{DASH}|/)(?P<yy>\d{{2}}|(?:19|20)\d{{2}})(?=\s*(?:$|[:,]|{DASH}))|(?![\d/.]))
        (?:\s*(?:{DASH}+|:|,|\.)\s*(?P<words>.*))?\s*$
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _slug_pattern(series: Series) -> re.Pattern[str]:
    names = "|".join("-".join(slug_words(name)) for name in series.names)
    return re.compile(
        rf"(?:^|-)(?:{names})-(?:(?P<year>(?:19|20)\d{{2}})-+)?"
        rf"(?:(?P<issue>issue|no|number)-+)?(?P<number>\d{{1,5}})(?:-+(?P<words>.*))?$",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _file_pattern(series: Series) -> re.Pattern[str]:
    return re.compile(
        # `2023-06` and `2023-06-14` are dates.
        rf"(?P<reference>{re.escape(series.prefix)}-?\d{{3,5}}-\d{{2}}|(?!{_YEAR}-)\d{{3,5}}-\d{{2}}|"
        rf"(?:{re.escape(series.prefix)}-?)?\d{{4}}-\d{{3,5}})(?:-+(?P<words>.*))?$",
        re.IGNORECASE,
    )
