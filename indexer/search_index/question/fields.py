"""What the value of a field stands for: people, headings, years and numbers by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from indexer.domain.reference import DASH, FIRST_YEAR, LAST_YEAR
from indexer.domain.search import Contents
from indexer.search_index.analysis import terms_of
from indexer.search_index.limits import NOT_CLASSIFIED
from indexer.search_index.question.references import typed
from indexer.search_index.question.tree import Clause, Having, Leaf, Named, Report
from indexer.search_index.reports import report_key

_YEARS = re.compile(rf"(?P<first>\d{{4}})?(?P<to>\.\.\.?|…|{DASH})?(?P<last>\d{{4}})?", re.ASCII)
# Fields of words: the one that each is looked for in.
_WORDS = {"title": "title", "subject": "subject", "officer": "officers", "report_by": "officers"}


class FieldReader:
    """Reads fields as one archive names things. Thread-safe."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents

    def read(self, field: str, value: str) -> Leaf | None:
        """What `field:value` asks for; None where the value is none, and only words."""
        leaf: Leaf | None = None
        match field:
            case "year":
                leaf = _years(value)
            case "officer" | "report_by":
                leaf = _having(field, value, self._officers)
            case "heading":
                leaf = _having(field, value, self._headings)
            case "cites":
                leaf = self._cites(value)
            case "tn":
                reference = typed(value, self._contents.series)
                leaf = Named(value, reference) if reference else None
            case "report":
                key = report_key(value)
                leaf = Report(key, value) if key else None
        if leaf is None and field in _WORDS and (terms := terms_of(value)):
            leaf = Clause(terms, _WORDS[field], typed=value)
        return leaf

    def _cites(self, value: str) -> Having | None:
        if reference := typed(value, self._contents.series):
            return Having("cites", frozenset({reference.slug}))
        key = report_key(value)
        return Having("reports", frozenset({key})) if key else None

    @cached_property
    def _officers(self) -> dict[str, frozenset[str]]:
        return _terms_by_slug(self._contents.officers)

    @cached_property
    def _headings(self) -> dict[str, frozenset[str]]:
        return _terms_by_slug(self._contents.subjects | {NOT_CLASSIFIED: "Not classified"})


def _terms_by_slug(labels: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {slug: frozenset(terms_of(label)) for slug, label in labels.items()}


def _having(field: str, value: str, known: Mapping[str, frozenset[str]]) -> Having | None:
    """The record whose slug `value` is, or those whose label holds every word of it."""
    if value.lower() in known:
        return Having(field, frozenset({value.lower()}))
    wanted = frozenset(terms_of(value))
    slugs = frozenset(slug for slug, terms in known.items() if wanted and wanted <= terms)
    return Having(field, slugs) if slugs else None


def _years(value: str) -> Having | None:
    """The years `2023`, `2021..2023`, `2021..` or `..2023`."""
    match = _YEARS.fullmatch(value)
    if match is None or not (match["first"] or match["last"]):
        return None
    if bool(match["to"]) is False and match["last"]:
        return None
    first = int(match["first"] or FIRST_YEAR)
    last = int(match["last"] or LAST_YEAR) if match["to"] else first
    first, last = min(first, last), max(first, last)
    if last - first > LAST_YEAR - FIRST_YEAR:
        first, last = max(first, FIRST_YEAR), min(last, LAST_YEAR)
    return Having("year", frozenset(map(str, range(first, last + 1))))
