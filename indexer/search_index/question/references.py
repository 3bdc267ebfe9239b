"""The numbers of notes and committee reports that a query names."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.domain.reference import DASH, NoteReference, Series
from indexer.search_index.limits import REFERENCE_CHARACTERS
from indexer.search_index.question.tree import Named
from indexer.search_index.reports import REPORT_AMONG_WORDS, report_key

# Without this there is no number of either kind, and most queries need not be looked at closer.
_MAYBE = re.compile(rf"\d\s*(?:(?:{DASH}|/)\s*\d|[\s,:]*(?:issue|no|number))", re.IGNORECASE)
_FIELD = re.compile(r"\Atn:", re.IGNORECASE)
_YEARS = re.compile(rf"(?:19|20)\d\d{DASH}(?:19|20)?\d\d")


def whole_reference(query: str, series: Series) -> Named | None:
    """The note whose number `query` is, all of it, in any spelling."""
    typed = _FIELD.sub("", query)
    bare = typed.strip('" ')
    reference = parsed(bare, series) if len(bare) <= REFERENCE_CHARACTERS else None
    return Named(typed, reference) if reference else None


def whole_report(query: str) -> str | None:
    """The key of the committee report whose number `query` is, all of it."""
    bare = query.strip('" ')
    return report_key(bare) if len(bare) <= REFERENCE_CHARACTERS else None


def parsed(text: str, series: Series) -> NoteReference | None:
    """The reference that `text` is, None where it is none."""
    try:
        return NoteReference.parse(text, series)
    except ValueError:
        return None


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
        if number is None or _YEARS.fullmatch(number) or not parsed(number, series):
            return match[0]
        return f' tn:"{number}" '

    def report(match: re.Match[str]) -> str:
        number = match["number"]
        return f' report:"{number}" ' if number and report_key(number) else match[0]

    return _reports(kept).sub(report, _notes(series, kept).sub(note, text))


@lru_cache(maxsize=16)
def _notes(series: Series, kept: str) -> re.Pattern[str]:
    """A note's number among other words: with the series' name or prefix, or unmistakable."""
    names = "|".join(re.escape(name) for name in (*series.names, series.prefix) if name)
    lead = rf"\b(?:{names})(?![^\W\d_])[\s.:,]*{DASH}?\s*(?:no\b\.?|number)?\s*"
    slug = r"\d{4}-\d{3,5}"
    issue = r"\d{4}[\s,:]*(?:issue|no\.?|number)\s*\d{1,5}"
    short = rf"\d{{1,5}}\s*(?:{DASH}|/)\s*(?:\d{{4}}|\d{{2}})"
    return re.compile(
        rf"{kept}|(?P<number>{lead}(?:{slug}|{issue}|{short})(?!\w)"
        rf"|(?<![\w/-])(?:{slug}|\d{{3,5}}{DASH}\d{{2}})(?![\w/-]))",
        re.IGNORECASE,
    )


@lru_cache(maxsize=16)
def _reports(kept: str) -> re.Pattern[str]:
    return re.compile(rf"{kept}|(?P<number>{REPORT_AMONG_WORDS.pattern})", re.IGNORECASE)
