"""The numbers of notes and committee reports that a query names."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.domain.reference import DASH, NoteReference, Series
from indexer.search_index.limits import REFERENCE_CHARACTERS
from indexer.search_index.question.tree import Named
from indexer.search_index.reports import REPORT_AMONG_WORDS, report_key

# Without this there is no number of either kind, and most queries need not be looked at closer.
_MAYBE = re.compile(
    rf"\d\s*(?:(?:{DASH}|/)\s*\d|[\s,:]*(?:issue|no|number|(?:of\s+)?(?:19|20)\d\d))", re.IGNORECASE
)
_DIGIT = re.compile(r"\d")
_FIELD = re.compile(r"\Atn:", re.IGNORECASE)
_YEARS = re.compile(rf"(?:19|20)\d\d(?:{DASH}|/)(?:19|20)?\d\d")
_YEAR = r"(?:19|20)\d\d"
_COUNTED = r"(?:(?:issue|note|number|no)\b[\s.:#-]*)"
# The number in the address of a note, here or on a council's own site.
_IN_ADDRESS = re.compile(
    rf"(?<![^/-])(?P<year>{_YEAR})-(?:issue|number|no)-(?P<number>\d{{1,5}})(?![^/?#.-])"
    rf"|/notes/(?P<slug>{_YEAR}-\d{{3,5}})(?![^/?#.])",
    re.IGNORECASE,
)
_ADDRESS_CHARACTERS = 500


def whole_reference(query: str, series: Series) -> Named | None:
    """The note whose number `query` is, all of it, in any spelling."""
    if not _DIGIT.search(query):  # as in most queries
        return None
    asked = _FIELD.sub("", query)
    bare = asked.strip('"()?,; ')
    reference = typed(bare, series)
    if reference is None and len(bare) <= _ADDRESS_CHARACTERS:
        reference = _in_address(bare)
    return Named(asked, reference) if reference else None


def whole_report(query: str) -> str | None:
    """The key of the committee report whose number `query` is, all of it."""
    if not _DIGIT.search(query):
        return None
    bare = query.strip('" ')
    return report_key(bare) if len(bare) <= REFERENCE_CHARACTERS else None


def parsed(text: str, series: Series) -> NoteReference | None:
    """The reference that `text` is, None where it is none."""
    try:
        return NoteReference.parse(text, series)
    except ValueError:
        return None


def typed(text: str, series: Series) -> NoteReference | None:
    """The reference that `text` is, as notes print it or as people type it."""
    if len(text) > REFERENCE_CHARACTERS:
        return None
    return _spelt_loosely(text, series) or parsed(text, series)


def _spelt_loosely(text: str, series: Series) -> NoteReference | None:
    """The reference that a person means who types no sign between number and year.

    `TN 64 2023`, `technical note 64 of 2023`, `issue 64, 2023`, `no 064-23`, `2023 issue no. 64`.
    A word must say that it is one: two numbers alone are numbers.
    """
    match = _loose(series).fullmatch(text)
    if match is None or not (match["lead"] or match["counted"] or match["between"]):
        return None
    if match["short"]:
        meant = match["lead"] or match["sign"].strip()
        return parsed(f"{match['short']}-{match['two']}", series) if meant else None
    return _reference(match["year"] or match["first"], match["number"] or match["last"])


def _in_address(text: str) -> NoteReference | None:
    """The reference in an address that was pasted, or in the last part of one."""
    match = _IN_ADDRESS.search(text) if " " not in text else None
    if match is None:
        return None
    year, number = match["slug"].split("-") if match["slug"] else (match["year"], match["number"])
    return _reference(year, number)


def _reference(year: str, number: str) -> NoteReference | None:
    return NoteReference(int(year), int(number)) if int(number) else None


def means_years(named: Named) -> bool:
    """Whether it more likely means years (2023-24, 2021-2023) than the note 2023 of 2024."""
    return _YEARS.fullmatch(named.typed) is not None


def with_fields(text: str, series: Series, kept: str) -> str:
    """`text` with each number among its words as a field: `tn:"064-23"`, `report:"EPB/023/21"`.

    `kept` is the pattern of what is left as it is.
    """
    if not _MAYBE.search(text):
        return text

    def note(match: re.Match[str]) -> str:
        number = match["number"]
        if number is None or _YEARS.fullmatch(number) or not typed(number, series):
            return match[0]
        return f' tn:"{number}" '

    def report(match: re.Match[str]) -> str:
        number = match["number"]
        return f' report:"{number}" ' if number and report_key(number) else match[0]

    return _reports(kept).sub(report, _notes(series, kept).sub(note, text))


@lru_cache(maxsize=16)
def _loose(series: Series) -> re.Pattern[str]:
    between = r"[\s,:/-]+(?:of\s+|in\s+|from\s+)?"
    return re.compile(
        rf"(?P<lead>(?:{series.leads})[\s.:,#-]*)?(?P<counted>{_COUNTED}*)"
        rf"(?:(?P<number>\d{{1,5}}){between}(?P<year>{_YEAR})"
        rf"|(?P<first>{_YEAR})[\s,:/-]+(?P<between>{_COUNTED}*)(?P<last>\d{{1,5}})"
        rf"|(?P<short>\d{{1,5}})\s*(?P<sign>{DASH}|[/\s])\s*(?P<two>\d{{2}}))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _notes(series: Series, kept: str) -> re.Pattern[str]:
    """A note's number among other words: with the series' name or prefix, or unmistakable."""
    lead = rf"\b(?:{series.leads})(?![^\W\d_])[\s.:,]*{DASH}?\s*(?:no\b\.?|number)?\s*"
    slug = r"\d{4}-\d{3,5}"
    issue = r"\d{4}[\s,:]*(?:issue|no\.?|number)\s*\d{1,5}"
    short = rf"\d{{1,5}}\s*(?:{DASH}|/)\s*(?:\d{{4}}|\d{{2}})"
    loose = rf"\d{{1,5}},?\s+(?:of\s+)?{_YEAR}"
    return re.compile(
        rf"{kept}|(?P<number>{lead}(?:{slug}|{issue}|{short}|{loose})(?!\w)"
        rf"|(?<![\w/-])(?:{slug}|\d{{3,5}}{DASH}\d{{2}})(?![\w/-]))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _reports(kept: str) -> re.Pattern[str]:
    return re.compile(rf"{kept}|(?P<number>{REPORT_AMONG_WORDS.pattern})", re.IGNORECASE)
