"""What titles and locators say: a series, a year, a number and the words after them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

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
_CONTAINER = re.compile(r"(?<=.)\.(?:zip|eml|msg)$", re.IGNORECASE)
_SLUG_GAPS = re.compile(rf"(?:[\s_]|{DASH})+")
_ISSUE_PART = re.compile(r"issue-?(?:no-)?(?P<number>\d{1,5})(?:-+(?P<words>.*))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TitleLine:
    """A line or address that names a note: any part may be absent but the number.

    `is_named` is false where a number stands without its series: `Issue 4 - X`.
    """

    number: int
    year: int | None = None
    words: str | None = None
    is_named: bool = True

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
    comma. `Technical Notes 2023` names a year and no note, and a sentence that begins by citing a
    note is no title.
    """
    text = text.replace("\n", " ").strip()
    match = _title_pattern(series).match(text)
    if not match or not (match["named"] or match["issue"]):
        return None
    year = match["year"] or match["of_year"]
    if match["yy"]:
        year = str(full_year(match["yy"]))
    is_whole = bool(match["named"] and year and (match["issue"] or match["yy"]))
    if match["bare"] and not (is_whole and _starts_capital(match["bare"])):
        return None
    words = match["words"] or match["bare"] or ""
    if _is_prose(words, match["mark"] or " ", is_whole=is_whole):
        return None
    found = _title(year, match["number"], words.strip(), is_said=bool(match["issue"]))
    return replace(found, is_named=bool(match["named"])) if found else None


def _starts_capital(words: str) -> bool:
    return words[:1].isupper()


def _is_prose(words: str, mark: str, *, is_whole: bool) -> bool:
    """Whether what follows a number goes on as a sentence that cites the note does."""
    if words[:1].islower() and not words[1:2].isupper():
        return not is_whole or mark in ",. "
    return not is_whole and words.endswith(".") and len(words.split()) > 3


def without_site(title: str) -> str:
    """A page's title without the name of the site that follows a bar."""
    return re.split(r"\s+[|»·]\s+", title)[0]


def locator_title(locator: str, series: Series, entry: str = "") -> TitleLine | None:
    """What a path or address names by one of its last parts, else None.

    `entry` goes on with the path inside the zip or e-mail that lies there.

    Reads `…/technical-notes-2021-issue-144-slug`, `…/technical-note-29-slug` below a folder named
    for its year, `…/technical-notes/2021/issue-144-slug`, `TN 064-23 slug.txt`, `2023-064.html`.
    """
    parts = [*_parts(locator), *_parts(entry)]
    for place in range(len(parts) - 1, max(len(parts) - 4, -1), -1):
        last = _SLUG_GAPS.sub("-", parts[place]).strip("-")
        years = [part for part in parts[:place] if _YEAR_FOLDER.fullmatch(part)]
        found = _named_by_part(last, years[-1] if years else None, parts[:place], series)
        if found:
            return found
    return None


def _named_by_part(
    part: str, folder: str | None, before: list[str], series: Series
) -> TitleLine | None:
    """What one part of a path names; `folder` is the year that a part before it is named for."""
    if match := _slug_pattern(series).search(part):
        year = match["year"] or folder
        return _title(year, match["number"], _words(match["words"]), is_said=bool(match["issue"]))
    if match := _file_pattern(series).match(part):
        try:
            reference = NoteReference.parse(match["reference"], series)
        except ValueError:
            return None
        return TitleLine(reference.number, reference.year, _words(match["words"]))
    slugs = {"-".join(slug_words(name)) for name in series.names}
    match = _ISSUE_PART.match(part)
    if match and slugs & {"-".join(slug_words(each)) for each in before}:
        return _title(folder, match["number"], _words(match["words"]))
    return None


def folder_year(locator: str, entry: str = "") -> int | None:
    """The year that the nearest folder, or zip, of a document is named for."""
    parts = [*_parts(locator), *_parts(entry)]
    years = [part for part in parts[:-1] if _YEAR_FOLDER.fullmatch(part)]
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
    path = locator.replace("\\", "/")
    if re.match(r"[a-z][a-z0-9+.-]*://", locator, re.IGNORECASE):
        address = _split(locator)
        path = "/".join((address.path, *(value for _, value in parse_qsl(address.query))))
    parts = [_CONTAINER.sub("", part) for part in unquote(path).split("/") if part.strip()]
    if parts:
        last = PurePosixPath(parts[-1])
        parts[-1] = last.stem if re.fullmatch(r"\.[a-z]{2,5}", last.suffix.lower()) else last.name
    return parts


def _split(address: str) -> SplitResult:
    """The parts of an address; one that is malformed is a path and no more."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def _words(slug: str | None) -> str | None:
    """The words of a slug as a sentence: the best that an address offers for a title.

    A `-0` at the end only tells two pages of one address apart.
    """
    words = _SLUG_GAPS.sub(" ", (slug or "").removesuffix("-0")).strip()
    return words[:1].upper() + words[1:] if words else None


@lru_cache(maxsize=16)
def _title_pattern(series: Series) -> re.Pattern[str]:
    """A whole title; with series, year and `Issue` before the number, words may follow it bare."""
    names = "|".join(re.escape(name) for name in series.names)
    prefix = re.escape(series.prefix)
    return re.compile(
        rf"""
        (?:\W*(?P<named>(?:{names})|{prefix}(?=[\s-]*\d))\b[\s:,.]*{DASH}?\s*)?
        (?:\(?(?P<year>{_YEAR})\)?(?:\s*[,:.]|\s*{DASH}|(?=\s))\s*)?
        (?:(?P<issue>issue(?:\s+(?:no\b\.?|number))?|no\b\.?|number)\s*\#?)?\s*
        (?:{prefix}[\s-]*)?
        (?P<number>\d{{1,5}})(?P<letter>[a-z](?![a-z]))?
        (?(year)(?![\d/.]\d)|(?:
            (?:{DASH}|/|\s?{DASH}\s?(?=\d+\s*(?:$|[:,]|{DASH})))
              (?P<yy>\d{{2}}|{_YEAR})(?=\s*(?:$|[:,]|{DASH})|\s+(?-i:[A-Z]))
          | (?![\d/.]\d)))
        (?:\s+of\s+(?P<of_year>{_YEAR})\b)?
        (?:\s*(?P<mark>{DASH}+|:|,|\.|/|\|)\s*(?P<words>.*)|\s+(?P<bare>[A-Z].*))?\s*$
        """,
        re.VERBOSE | re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _slug_pattern(series: Series) -> re.Pattern[str]:
    names = "|".join("-?".join(slug_words(name)) for name in series.names)
    return re.compile(
        rf"(?:^|-)(?:{names})-+(?:(?P<year>{_YEAR})-+)?"
        rf"(?:(?P<issue>issue(?:-no)?|no|number)-*)?(?P<number>\d{{1,5}})(?:-+(?P<words>.*))?$",
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
