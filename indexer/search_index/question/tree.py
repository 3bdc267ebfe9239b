"""What a query asks for, as a tree."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple, TypeAlias

import msgspec

from indexer.domain.reference import NoteReference


class Form(NamedTuple):
    """Another way in which notes say a word: its terms in their order, and what they count."""

    terms: tuple[str, ...]
    worth: float = 1.0


@dataclass(frozen=True, slots=True)
class Clause:
    """One word, or the words of a phrase in their order, and the field that is to hold them.

    With `begins` the one word is the beginning of any. `also` are other ways of saying it. The
    query says it so many `times`; `typed` is how, and `quoted` whether in quotation marks.
    """

    terms: tuple[str, ...]
    field: str = "text"
    begins: bool = False
    also: tuple[Form, ...] = ()
    times: int = 1
    typed: str = dataclasses.field(default="", compare=False)
    quoted: bool = dataclasses.field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Having:
    """Any of these values in a keyword field."""

    field: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """A note by its reference as the query spells it."""

    typed: str = dataclasses.field(compare=False)
    reference: NoteReference


@dataclass(frozen=True, slots=True)
class Report:
    """A committee report by its key, and as the query spells it."""

    key: str
    typed: str = dataclasses.field(compare=False)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the parts."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What is not the part."""

    part: Part


Leaf: TypeAlias = Clause | Having | Named | Report
Part: TypeAlias = Leaf | AnyOf | AllOf | Without


class Spoken(NamedTuple):
    """A word as it stands in the query: its term, itself without case, whether it is unneeded."""

    term: str
    word: str
    unneeded: bool = False


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A query that has been understood.

    `clauses` rank the notes, and the found rule counts how many of them a note holds. `notes` and
    `reports` are numbers among them. Every note found has all the `filters` and none of `barred`.
    `lines` are the plain words that stand side by side, `favoured` those of them that are a name,
    `years` the clauses that are a year. `whole` is the note's number that the query is, all of it.
    `left_out` are words that nearly every note has, `unread` those beyond the limit, `loosened`
    fields that are not known or whose value is not; all as typed.
    """

    whole: Named | None = None
    clauses: tuple[Part, ...] = ()
    notes: tuple[Named, ...] = ()
    reports: tuple[Report, ...] = ()
    filters: tuple[Part, ...] = ()
    barred: tuple[Part, ...] = ()
    lines: tuple[tuple[Spoken, ...], ...] = ()
    favoured: tuple[tuple[str, ...], ...] = ()
    years: frozenset[str] = frozenset()
    left_out: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    loosened: tuple[str, ...] = ()


def leaves(part: Part) -> Iterable[Leaf]:
    """What a part asks for, but for what it bars."""
    match part:
        case AnyOf(parts) | AllOf(parts):
            return chain.from_iterable(map(leaves, parts))
        case Without():
            return ()
    return (part,)
