"""From the address of a search to a question, strictly, and back; nothing ignored in silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from flask import url_for
from msgspec.structs import replace
from werkzeug.datastructures import MultiDict

from archive_app.wording import joined
from indexer.domain.reference import FIRST_YEAR, LAST_YEAR
from indexer.domain.search import Contents, SearchRequest, Sort
from indexer.search_index import NOT_CLASSIFIED

# Far beyond any question a person asks; what is pasted beyond it is said to be left out.
QUERY_CHARACTERS = 1_000
# A remark repeats what was typed, but not all of a very long mistake.
QUOTED_CHARACTERS = 40
# Far more ticks than a person sets; every filter in use repeats all the others in its address.
MOST_VALUES = 50

_PAGE = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_YEAR = re.compile(r"[0-9]{4}", re.ASCII)


@dataclass(frozen=True, slots=True)
class ParsedSearch:
    """A question, and a sentence for each part of the address that could not be used."""

    request: SearchRequest
    remarks: tuple[str, ...] = ()


def parse_search(args: MultiDict[str, str], contents: Contents) -> ParsedSearch:
    """The question that an address's arguments ask of an archive of `contents`; never raises."""
    remarks: list[str] = []
    request = SearchRequest(
        query=_query(args.getlist("q"), remarks),
        years=_years(_values(args, "year", remarks), remarks),
        officers=_slugs(_values(args, "officer", remarks), contents.officers, "officer", remarks),
        subjects=_slugs(
            _values(args, "subject", remarks),
            (*contents.subjects, NOT_CLASSIFIED),
            "subject heading",
            remarks,
        ),
        sort=_sort(args.getlist("sort"), remarks),
        page=_page(args.getlist("page"), remarks),
    )
    return ParsedSearch(request, tuple(remarks))


def search_address(request: SearchRequest) -> str:
    """The one address of a question: its first page and its usual order are left unsaid."""
    return url_for(
        "search.results",
        q=request.query or None,
        year=sorted(request.years, reverse=True),
        officer=sorted(request.officers),
        subject=sorted(request.subjects),
        sort=None if request.sort is Sort.RELEVANCE else request.sort.value,
        page=None if request.page == 1 else request.page,
    )


def on_page(request: SearchRequest, page: int) -> SearchRequest:
    """The same question, asked for another page."""
    return replace(request, page=page)


def no_such_page(wanted: str, page: int) -> str:
    """The sentence for a page that the result does not have."""
    named = wanted if _PAGE.fullmatch(wanted) else quoted(wanted)
    return f"There is no page {named}; this is page {page}."


def quoted(text: str) -> str:
    """What was typed, in quotation marks, cut where it is long."""
    text = _printable(text)
    if len(text) > QUOTED_CHARACTERS:
        text = text[:QUOTED_CHARACTERS].rstrip() + "…"
    return f"“{text}”"


def _printable(text: str) -> str:
    """`text` on one line, without control characters and the ends of words they hide."""
    letters = (" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)
    return " ".join("".join(letters).split())


def _query(values: list[str], remarks: list[str]) -> str:
    query = _printable(" ".join(values))
    if len(query) <= QUERY_CHARACTERS:
        return query
    remarks.append(f"Only the first {QUERY_CHARACTERS:,} characters of the words were searched.")
    return query[:QUERY_CHARACTERS].rstrip()


def _values(args: MultiDict[str, str], facet: str, remarks: list[str]) -> list[str]:
    """The values that an address gives of a facet, each once and no more than are used."""
    values = list(dict.fromkeys(value for value in args.getlist(facet) if value.strip()))
    if len(values) > MOST_VALUES:
        remarks.append(
            f"The address asks for {len(values):,} values of {facet};"
            f" only the first {MOST_VALUES} are used."
        )
    return values[:MOST_VALUES]


def _years(values: list[str], remarks: list[str]) -> frozenset[int]:
    good = [y for y in values if _YEAR.fullmatch(y) and FIRST_YEAR <= int(y) <= LAST_YEAR]
    _remark_on([value for value in values if value not in good], "year", remarks)
    return frozenset(int(year) for year in good)


def _slugs(
    values: list[str], known: Collection[str], facet: str, remarks: list[str]
) -> frozenset[str]:
    _remark_on([value for value in values if value not in known], facet, remarks)
    return frozenset(value for value in values if value in known)


def _remark_on(values: list[str], facet: str, remarks: list[str]) -> None:
    """Say which values of a facet are not used."""
    unknown = [quoted(value) for value in values][:3]
    if unknown:
        remarks.append(
            f"This archive knows no {facet} {joined(unknown, 'or')}; that filter is not applied."
        )


def _sort(values: list[str], remarks: list[str]) -> Sort:
    if not values or values == [""]:
        return Sort.RELEVANCE
    if len(values) == 1 and values[0] in tuple(Sort):
        return Sort(values[0])
    remarks.append("Notes can be sorted by best match or newest; these are by best match.")
    return Sort.RELEVANCE


def _page(values: list[str], remarks: list[str]) -> int:
    """The page asked for, in plain decimal digits: no second spelling is the same address."""
    if not values:
        return 1
    if len(values) > 1:
        remarks.append("The address gives more than one page; this is page 1.")
    elif not values[0].strip():
        remarks.append("The address leaves the page empty; this is page 1.")
    elif not _PAGE.fullmatch(values[0]):
        remarks.append(no_such_page(values[0], 1))
    else:
        return int(values[0])
    return 1
