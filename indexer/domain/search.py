"""A question to the archive and its answer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

import msgspec

from indexer.domain.note import Note, Officer
from indexer.domain.reference import NoteReference, Series

PAGE_SIZE = 10


class Sort(StrEnum):
    """The order of hits."""

    RELEVANCE = "relevance"
    NEWEST = "newest"


class SearchRequest(msgspec.Struct, frozen=True, kw_only=True):
    """One question: words, the chosen values of each facet, an order and a page (from 1)."""

    query: str = ""
    years: frozenset[int] = frozenset()
    officers: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    page_size: int = PAGE_SIZE


class Span(msgspec.Struct, frozen=True, gc=False):
    """A run of characters of a snippet or title, and whether the query matched it."""

    text: str
    matched: bool = False


class NoteSummary(msgspec.Struct, frozen=True, kw_only=True, array_like=True, gc=False):
    """What a list shows of a note.

    Every page reads at least ten of them: a Struct comes from its stored form in a microsecond.
    """

    reference: NoteReference
    title: str
    issued_on: datetime.date | None = None
    officers: tuple[Officer, ...] = ()
    subject_headings: tuple[str, ...] = ()

    @classmethod
    def of(cls, note: Note) -> NoteSummary:
        """The summary of `note`."""
        return cls(
            reference=note.reference,
            title=note.name,
            issued_on=note.issued_on,
            officers=note.officers,
            subject_headings=note.subject_headings,
        )


class Hit(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A note that a query found; the spans of its title and snippet add up to their text."""

    note: NoteSummary
    score: float
    title: tuple[Span, ...]
    snippet: tuple[Span, ...]


class FacetValue(msgspec.Struct, frozen=True, gc=False):
    """One value of a facet, the words for it, and how many notes have it.

    Every page has some hundreds of them, and a Struct is made in a quarter of the time.
    """

    value: str
    label: str
    count: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """The values of each facet. A facet's own selection does not shrink its own counts."""

    year: tuple[FacetValue, ...] = ()
    officer: tuple[FacetValue, ...] = ()
    subject: tuple[FacetValue, ...] = ()


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one request.

    `opens` is the slug of the note whose number the whole query is. `absent` are the numbers, as
    typed, that the query names and the archive does not hold. `holding_all_words` is how many of
    the `total` hold every word. `left_out` are words that nearly every note has, `unread` those
    beyond the number that a query may have, `loosened` the phrases that no note has, the reports
    that none cites and the fields that are not known, whose words were looked for instead; all as
    typed. `spelt_out` are the acronyms in the query, with what each stands for. `did_you_mean` is
    another query that finds clearly more under the same filters. `page` and `pages` count from 1.
    """

    query: str
    total: int
    holding_all_words: int
    hits: tuple[Hit, ...]
    facets: Facets
    opens: str | None = None
    absent: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    loosened: tuple[str, ...] = ()
    spelt_out: Mapping[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    did_you_mean: str | None = None
    page: int = 1
    pages: int = 1


class SuggestionKind(StrEnum):
    """What is suggested."""

    NOTE = "note"
    WORDS = "words"
    OFFICER = "officer"
    SUBJECT = "subject"


class Suggestion(NamedTuple):
    """Something to look at or search for, suggested from the beginning of what is typed.

    `value` is the slug of the note, officer or subject heading, or the words to search for; `notes`
    how many notes have it, of words at least how many.
    """

    kind: SuggestionKind
    value: str
    text: str
    notes: int = 1


class Relation(StrEnum):
    """Why a note is related to another."""

    PROJECT = "project"
    SERIES = "series"
    REPORT = "report"
    CITATION = "citation"
    TEXT = "text"


class Related(NamedTuple):
    """A note that is related to another, and why.

    `shared` is the committee report or the note that both cite, or the telling words of both texts.
    """

    note: NoteSummary
    relation: Relation
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Council:
    """Whose archive it is; `site` is the address that readers are sent to."""

    name: str = "The Council"
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What one clearance's index holds besides its notes: all that pages need to name things.

    `built_at` has a time zone. `officers` and `subjects` map a slug to the words for it, `acronyms`
    the keepers' acronyms to what they stand for, whatever notes say, `usual_acronyms` those that
    count beside what notes say.
    """

    council: Council
    series: Series
    built_at: datetime.datetime
    notes: int
    years: tuple[int, ...] = ()
    officers: dict[str, str]
    subjects: dict[str, str]
    acronyms: dict[str, tuple[str, ...]] = field(default_factory=dict)
    usual_acronyms: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a generation says of itself; `checksums` maps each file's path in it to its SHA-256."""

    format_version: int
    generation: str
    built_at: datetime.datetime
    public_notes: int
    member_notes: int
    checksums: dict[str, str]
