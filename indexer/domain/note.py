"""A note as the archive holds it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from indexer.domain.blocks import Blocks
from indexer.domain.claims import Claim, Field, Problem, settle
from indexer.domain.publication import Publication
from indexer.domain.reference import NoteReference


@dataclass(frozen=True, slots=True)
class Officer:
    """A person as printed on one note; `slug` is that of the authority record, once resolved."""

    name: str
    post: str | None = None
    slug: str | None = None


@dataclass(frozen=True, slots=True)
class Citations:
    """What a note refers to, each once, in the order of first mention.

    `reports` are committee reports and `planning` planning applications, both as printed.
    """

    notes: tuple[NoteReference, ...] = ()
    reports: tuple[str, ...] = ()
    planning: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """One document that a note was taken from; `entry` is its path inside a zip or e-mail."""

    locator: str
    sha256: str
    address: str | None = None
    entry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One numbered briefing, settled from the claims of every document that holds it.

    `tn_number` and `subject` are what the header states. `subject_headings` are slugs of the
    controlled list, the main one first. `report_by` holds more than one officer where several
    signed. `open_to_public` is the answer of `Publication.is_open` for all its sources together.
    """

    reference: NoteReference
    title: str | None
    publication: Publication
    open_to_public: bool
    tn_number: str | None = None
    subject: str | None = None
    subject_headings: tuple[str, ...] = ()
    report_by: tuple[Officer, ...] = ()
    responsible_officers: tuple[Officer, ...] = ()
    distribution: str | None = None
    issued_on: datetime.date | None = None
    cites: Citations = Citations()
    body: Blocks = ()
    sources: tuple[Provenance, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def name(self) -> str:
        """What to call the note in a list: its title, else its subject line, else its number."""
        return self.title or self.subject or f"Note {self.reference}"

    @property
    def officers(self) -> tuple[Officer, ...]:
        """Everyone who signed or is responsible, each person once, as first printed."""
        everyone = (*self.report_by, *self.responsible_officers)
        people: dict[str, Officer] = {}
        for officer in everyone:
            people.setdefault(officer.slug or officer.name, officer)
        return tuple(people.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentClaims:
    """What one document states about its note, before anything is learnt from other documents.

    Officers stand in the claims as printed, not yet split into people. `published` is that of the
    source. `dates_cited` are the dates that it gives for other notes.
    """

    source: Provenance
    published: bool
    claims: tuple[Claim, ...]
    body: Blocks = ()
    cites: Citations = Citations()
    dates_cited: tuple[tuple[NoteReference, datetime.date], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def reference(self) -> NoteReference:
        """The note's reference, from the strongest origins that state its year and number.

        Raises ValueError where nothing states them; an extracted document always does.
        """
        year, number = settle(self.claims, Field.YEAR, int), settle(self.claims, Field.NUMBER, int)
        if year is None or number is None:
            raise ValueError(f"{self.source.locator} states no year or no number")
        return NoteReference(year, number)
