"""What one document states about its note, where it states it, and which statement is used."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias, TypeVar

from indexer.domain.publication import Publication


class Origin(StrEnum):
    """Where a value was stated."""

    CORRECTION = "correction"
    TITLE = "title"
    LOCATOR = "locator"
    HEADER = "header"
    REGISTER = "register"
    CITATION = "citation"
    BODY = "body"


class Field(StrEnum):
    """A field of a note, by the name that the JSON contract gives it."""

    YEAR = "year"
    NUMBER = "issue_number"
    TN_NUMBER = "tn_number"
    TITLE = "title"
    SUBJECT = "subject"
    SUBJECT_HEADINGS = "subject_headings"
    REPORT_BY = "report_by"
    RESPONSIBLE_OFFICERS = "responsible_officers"
    PUBLICATION = "publication"
    DISTRIBUTION = "distribution"
    ISSUED_ON = "issued_on"
    CITES = "cites"
    BODY = "body"


class ProblemKind(StrEnum):
    """What sort of trouble a problem is.

    `HIDDEN` says that the document holds text that nobody was meant to see, which was left out;
    `RECOGNISED` that a program read the words off a picture of the page.
    """

    CONFLICT = "conflict"
    MISSING = "missing"
    NOT_UNDERSTOOD = "not understood"
    DAMAGED = "damaged"
    REVIEW = "review"
    REPEATED = "repeated"
    HIDDEN = "hidden"
    RECOGNISED = "recognised"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a note that its reader or keeper should know, said in a plain sentence."""

    field: Field
    kind: ProblemKind
    message: str


Value: TypeAlias = str | int | datetime.date | Publication


@dataclass(frozen=True, slots=True)
class Claim:
    """A value for a field and the place that states it."""

    field: Field
    value: Value
    origin: Origin


_FOR_THE_NUMBER = (
    Origin.CORRECTION,
    Origin.TITLE,
    Origin.LOCATOR,
    Origin.HEADER,
    Origin.BODY,
)
_FOR_THE_REST = (
    Origin.CORRECTION,
    Origin.HEADER,
    Origin.TITLE,
    Origin.REGISTER,
    Origin.CITATION,
    Origin.LOCATOR,
    Origin.BODY,
)


def precedence(field: Field) -> tuple[Origin, ...]:
    """The origins whose statements count for `field`, the strongest first."""
    return _FOR_THE_NUMBER if field in (Field.YEAR, Field.NUMBER) else _FOR_THE_REST


T = TypeVar("T", str, int, datetime.date, Publication)


def stated(claims: Iterable[Claim], field: Field, of: type[T]) -> tuple[tuple[T, Origin], ...]:
    """Every value stated for `field` with its origin, the one to use first."""
    ranks = {origin: rank for rank, origin in enumerate(precedence(field))}
    values = [
        (claim.value, claim.origin)
        for claim in claims
        if claim.field is field and isinstance(claim.value, of) and claim.origin in ranks
    ]
    return tuple(sorted(values, key=lambda pair: ranks[pair[1]]))


def settle(claims: Iterable[Claim], field: Field, of: type[T]) -> T | None:
    """The value to use for `field`, or None when nothing states one."""
    values = stated(claims, field, of)
    return values[0][0] if values else None
