"""What the page of one note says, besides the note's own words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive_app.passages import Heading, Text, contents_of_text, text_of_page
from archive_app.runs import Surroundings, safe_address
from archive_app.wording import ABSENT, long_date, spelt
from indexer.domain.claims import ProblemKind
from indexer.domain.note import Note
from indexer.domain.publication import PublicationStatus
from indexer.domain.reference import NoteReference, Series
from indexer.domain.search import Contents, NoteSummary, Related, Relation
from indexer.search_index import Archive

# Fewer headings than this are found by scrolling.
CONTENTS_FROM = 3
# So many of the words that two texts share say what both are about.
WORDS_NAMED = 4

# Where the text is, and what it says, is for keepers: their report has it.
_LEFT_OUT = (
    "The original holds text that was not meant to be read. It is left out here, and the original "
    "is not offered until a keeper has looked at it."
)

_ADDRESS = re.compile(r"(?P<year>\d{4})-(?P<number>\d{1,5})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a note was taken from: an address that can be followed, or words."""

    words: str
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Cited:
    """A note that another one cites; `note` is None where the archive does not hold it."""

    reference: NoteReference
    note: NoteSummary | None


@dataclass(frozen=True, slots=True)
class Beside:
    """A note to read beside this one, and why."""

    note: NoteSummary
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    """One note as its template reads it."""

    note: Note
    contents: Contents
    text: Text
    headings: tuple[Heading, ...]
    cites: tuple[Cited, ...]
    cited_by: tuple[NoteSummary, ...]
    related: tuple[Beside, ...]
    before: NoteSummary | None
    after: NoteSummary | None

    @classmethod
    def of(cls, note: Note, archive: Archive) -> NotePage:
        """The page of `note`, which `archive` holds."""
        cites = tuple(Cited(r, archive.summary(r)) for r in note.cites.notes)
        held = frozenset(cited.reference for cited in cites if cited.note)
        around = Surroundings(
            archive.contents.series, frozenset(note.cites.notes), held, _base(note)
        )
        text = text_of_page(note.body, around)
        headings = contents_of_text(text)
        before, after = archive.neighbours(note.reference)
        return cls(
            note=note,
            contents=archive.contents,
            text=text,
            headings=headings if len(headings) >= CONTENTS_FROM else (),
            cites=cites,
            cited_by=archive.cited_by(note.reference),
            related=tuple(
                Beside(related.note, why_related(related, archive.contents.series))
                for related in archive.related(note)
            ),
            before=before,
            after=after,
        )

    @property
    def number(self) -> str:
        """The note's number with the series' prefix: `TN 064-23`."""
        return f"{self.contents.series.prefix} {self.note.reference}".strip()

    @property
    def subject(self) -> str | None:
        """The subject line, where it says something that the title does not."""
        subject, title = self.note.subject, self.note.name
        return subject if subject and _bare(subject) != _bare(title) else None

    @property
    def publication(self) -> str:
        """Who may read the note, in the archive's words."""
        publication = self.note.publication
        if publication.status is PublicationStatus.PUBLIC:
            return "Public" if self.note.open_to_public else "Public by its statement, held back"
        if publication.status is PublicationStatus.RESTRICTED:
            return "Restricted: not for the public"
        if publication.statement is not None:
            return "Not understood, so treated as restricted"
        return "Public; the note does not say" if self.note.open_to_public else "Not stated"

    @property
    def sources(self) -> tuple[Source, ...]:
        """Every place that the note was taken from, each once; no link leads to hidden text."""
        sources = (_source(p.address or p.locator) for p in self.note.sources)
        if self._has(ProblemKind.HIDDEN):
            sources = (Source(source.words) for source in sources)
        return tuple(dict.fromkeys(sources))

    @property
    def is_recognised(self) -> bool:
        """Whether a program read the words off a picture."""
        return self._has(ProblemKind.RECOGNISED)

    @property
    def problems(self) -> tuple[str, ...]:
        """What a reader should know about the note, in sentences, beside how it was read."""
        said_elsewhere = (ProblemKind.HIDDEN, ProblemKind.RECOGNISED)
        told = (each.message for each in self.note.problems if each.kind not in said_elsewhere)
        return (*([_LEFT_OUT] if self._has(ProblemKind.HIDDEN) else []), *told)

    @property
    def notice(self) -> str:
        """The heading over the note's problems, with their count."""
        count = len(self.problems)
        thing = "thing" if count == 1 else "things"
        return f"{spelt(count).capitalize()} {thing} to know about this note"

    def _has(self, kind: ProblemKind) -> bool:
        return any(problem.kind is kind for problem in self.note.problems)

    @property
    def citation(self) -> str:
        """How to cite the note, but for its council and address."""
        date = self.note.issued_on
        words = f"{self.contents.series.name} {self.note.reference}: {self.note.name}"
        return f"{words}, {long_date(date)}" if date else words


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsentPage:
    """The page of a number that the archive does not hold, with what stands around it."""

    reference: NoteReference
    contents: Contents
    before: NoteSummary | None
    after: NoteSummary | None
    cited_by: tuple[NoteSummary, ...]
    absent: str = ABSENT

    @classmethod
    def of(cls, reference: NoteReference, archive: Archive) -> AbsentPage:
        """The page of `reference`, which `archive` does not hold."""
        before, after = archive.neighbours(reference)
        return cls(
            reference=reference,
            contents=archive.contents,
            before=before,
            after=after,
            cited_by=archive.cited_by(reference),
        )

    @property
    def number(self) -> str:
        """The number with the series' prefix: `TN 020-23`."""
        return f"{self.contents.series.prefix} {self.reference}".strip()


def reference_in_address(text: str, series: Series) -> NoteReference:
    """The note that the end of an address means, in any spelling; raises ValueError for none."""
    if match := _ADDRESS.fullmatch(text):
        return NoteReference(int(match["year"]), int(match["number"]))
    return NoteReference.parse(text, series)


def why_related(related: Related, series: Series) -> str:
    """Why a note is related to another, in words."""
    shared = related.shared
    match related.relation:
        case Relation.PROJECT:
            return "Same project"
        case Relation.SERIES:
            return "Same series, another date"
        case Relation.REPORT:
            return f"Cites the same report, {shared[0]}"
        case Relation.CITATION:
            return f"Cites the same note, {series.prefix} {shared[0]}"
        case Relation.TEXT:
            return f"Similar text: {', '.join(shared[:WORDS_NAMED])}"


def _base(note: Note) -> str | None:
    """The web address that the note's relative links start from."""
    addresses = (safe_address(p.address or p.locator) for p in note.sources)
    return next((a for a in addresses if a and not a.startswith("mailto:")), None)


def _source(place: str) -> Source:
    target = safe_address(place)
    return Source(place, target if target and not target.startswith("mailto:") else None)


def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().casefold()
