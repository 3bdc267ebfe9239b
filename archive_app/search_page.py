"""What a page of results says: its sentence, its title, its filters and its links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from archive_app.search_request import (
    ParsedSearch,
    no_such_page,
    on_page,
    search_address,
)
from archive_app.wording import counted, joined, reading_of, spelt, thousands
from indexer.domain.search import (
    Contents,
    FacetValue,
    Hit,
    SearchRequest,
    SearchResult,
    Sort,
)

# How many values of a facet stand open before the rest fold away: a hand's breadth on a phone.
VALUES_SHOWN = 6
# A chart of fewer years says less than the counts beside their names.
YEARS_CHARTED = 4
# A sentence names no more years than these.
YEARS_NAMED = 3
# Pages named on each side of the current one.
PAGES_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in use, and the address of the search without it."""

    facet: str
    label: str
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetGroup:
    """One facet on the page: `first` stands open, `rest` is folded under `more`."""

    name: str
    title: str
    chosen: frozenset[str]
    first: tuple[FacetValue, ...]
    rest: tuple[FacetValue, ...]
    more: str

    @property
    def summary(self) -> str:
        """The chosen values in a few words, for the folded facet."""
        labels = [v.label for v in (*self.first, *self.rest) if v.value in self.chosen]
        return ", ".join(labels) if len(labels) < 3 else f"{len(labels)} chosen"


@dataclass(frozen=True)
class SearchPage:
    """One page of results as its template reads it."""

    parsed: ParsedSearch
    result: SearchResult
    contents: Contents

    @cached_property
    def request(self) -> SearchRequest:
        """The question, asked for the page that is shown."""
        return on_page(self.parsed.request, self.result.page)

    @property
    def remarks(self) -> tuple[str, ...]:
        """A sentence for each part of the address that could not be used."""
        remarks = list(self.parsed.remarks)
        if years := self._years_not_held:
            named = joined(_few(years), "or")
            remarks.append(
                f"No note of {named} is in this archive; it holds notes of {self.years_held}."
            )
        wanted = self.parsed.request.page
        if wanted != self.result.page:
            remarks.append(no_such_page(str(wanted), self.result.page))
        return tuple(remarks)

    @property
    def readings(self) -> tuple[str, ...]:
        """A sentence for each part of the query that was not read as it was typed."""
        return tuple(reading_of(self.result))

    @property
    def heading(self) -> str:
        """The total in one sentence: `23 notes found for “winter gritting”`."""
        total, query = self.result.total, self.request.query
        if not query and not self.filters_in_use:
            return f"All {counted(total, 'note')}" if total else "There are no notes yet"
        found = f"{counted(total, 'note') if total else 'No notes'} found"
        return f"{found} for “{query}”" if query else found

    @property
    def title(self) -> str:
        """The count first, then query, filters and page, for those who hear titles read."""
        parts = [self.heading]
        if self.chips:
            parts.append("filtered by " + joined([f"{c.facet} {c.label}" for c in self.chips]))
        if self.result.pages > 1:
            parts.append(f"page {self.result.page} of {self.result.pages}")
        return ", ".join(parts)

    @property
    def filters_in_use(self) -> int:
        """How many values are chosen over all facets."""
        return len(self.request.years) + len(self.request.officers) + len(self.request.subjects)

    @property
    def partly_held(self) -> str | None:
        """The sentence that tells notes with all the words from those with some, where it helps."""
        whole, total = self.result.holding_all_words, self.result.total
        if whole >= total:
            return None
        if not whole:
            return "No note holds all these words; those below hold some of them."
        hold = "holds" if whole == 1 else "hold"
        return f"{spelt(whole).capitalize()} of them {hold} all these words; the rest hold some."

    @property
    def other_query(self) -> str | None:
        """The address of the query that may have been meant, under the same filters."""
        other = self.result.did_you_mean
        return _first(replace(self.request, query=other)) if other else None

    @property
    def years_held(self) -> str:
        """The years of the archive in words: `2015 to 2026`."""
        return years_held(self.contents.years)

    @cached_property
    def chips(self) -> tuple[Chip, ...]:
        """Every filter in use, in the order of the facets."""
        request, facets = self.request, self.result.facets
        absent = self._years_not_held
        years = [
            Chip("year", str(year), _first(replace(request, years=request.years - {year})))
            for year in sorted(request.years.difference(absent), reverse=True)
        ]
        if absent:
            label = str(absent[0]) if len(absent) == 1 else f"{len(absent)} that are not held"
            held = replace(request, years=request.years.difference(absent))
            years.append(Chip("year", label, _first(held)))
        officers = [
            Chip(
                "officer", v.label, _first(replace(request, officers=request.officers - {v.value}))
            )
            for v in _chosen(facets.officer, request.officers)
        ]
        subjects = [
            Chip(
                "subject", v.label, _first(replace(request, subjects=request.subjects - {v.value}))
            )
            for v in _chosen(facets.subject, request.subjects)
        ]
        return (*years, *officers, *subjects)

    @property
    def _years_not_held(self) -> list[int]:
        """The years asked for that have no notes, the newest first."""
        return sorted(self.request.years.difference(self.contents.years), reverse=True)

    @property
    def cleared(self) -> str:
        """The address of the same words without any filter."""
        return _first(SearchRequest(query=self.request.query, sort=self.request.sort))

    @property
    def groups(self) -> tuple[FacetGroup, ...]:
        """The three facets."""
        facets, request = self.result.facets, self.request
        years = frozenset(str(year) for year in request.years)
        return (
            _group("year", "Year", facets.year, years, "earlier year"),
            _group("officer", "Officer", facets.officer, request.officers, "more officer"),
            _group("subject", "Subject", facets.subject, request.subjects, "more heading"),
        )

    @property
    def histogram(self) -> tuple[FacetValue, ...]:
        """A count for every year from the first found to the last, oldest first, if charted."""
        counts = {int(value.value): value for value in self.result.facets.year}
        if len(counts) < YEARS_CHARTED:
            return ()
        return tuple(
            counts.get(year, FacetValue(str(year), str(year), 0))
            for year in range(min(counts), max(counts) + 1)
        )

    @property
    def shown(self) -> str:
        """Which of the notes this page shows."""
        first = (self.result.page - 1) * self.request.page_size + 1
        last = first + len(self.result.hits) - 1
        if first == last:
            return f"Note {thousands(first)} of {thousands(self.result.total)}"
        return f"Notes {thousands(first)} to {thousands(last)} of {thousands(self.result.total)}"

    @property
    def sorts(self) -> tuple[tuple[str, str | None], ...]:
        """The orders to choose from, and the address of each but the one in use."""
        return tuple(
            (words, None if self.request.sort is sort else _first(replace(self.request, sort=sort)))
            for sort, words in ((Sort.RELEVANCE, "best match"), (Sort.NEWEST, "newest"))
        )

    @property
    def pages(self) -> tuple[int | None, ...]:
        """The page numbers to link; None stands for those left out."""
        last, page = self.result.pages, self.result.page
        near = range(max(1, page - PAGES_BESIDE), min(last, page + PAGES_BESIDE) + 1)
        numbers: list[int | None] = []
        for number in sorted({1, last, *near}):
            if numbers and numbers[-1] is not None and number > numbers[-1] + 1:
                numbers.append(None)
            numbers.append(number)
        return tuple(numbers)

    def subjects_of(self, hit: Hit) -> str:
        """The subject headings of a hit in words."""
        labels = self.contents.subjects
        return "; ".join(labels.get(slug, slug) for slug in hit.note.subject_headings)

    def page_address(self, page: int) -> str:
        """The address of another page of these results."""
        return search_address(on_page(self.request, page))


def years_held(years: tuple[int, ...]) -> str:
    """The years of an archive in words; an archive without notes has none."""
    if not years:
        return "no year yet"
    return str(years[0]) if len(years) == 1 else f"{min(years)} to {max(years)}"


def _few(years: list[int]) -> list[str]:
    """The first of many years, and how many others there are."""
    others = len(years) - YEARS_NAMED
    named = [str(year) for year in years[:YEARS_NAMED]]
    return [*named, counted(others, "other year")] if others > 0 else named


def _first(request: SearchRequest) -> str:
    """The address of the first page of `request`."""
    return search_address(on_page(request, 1))


def _chosen(values: Iterable[FacetValue], chosen: frozenset[str]) -> list[FacetValue]:
    return [value for value in values if value.value in chosen]


def _group(
    name: str,
    title: str,
    values: tuple[FacetValue, ...],
    chosen: frozenset[str],
    more: str,
) -> FacetGroup:
    """A facet with its chosen values never folded away."""
    first = tuple(v for at, v in enumerate(values) if at < VALUES_SHOWN or v.value in chosen)
    rest = tuple(v for v in values if v not in first)
    return FacetGroup(
        name=name,
        title=title,
        chosen=chosen,
        first=first,
        rest=rest,
        more=counted(len(rest), more),
    )
