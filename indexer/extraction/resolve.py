"""From what single documents state to notes: names split and merged, copies brought together.

Everything here is learnt from the documents that are given and from no other, so that resolving the
public documents alone tells the public nothing of the rest.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.domain.authority import Authority
from indexer.domain.blocks import text_of
from indexer.domain.claims import Claim, Field, Origin, ProblemKind, settle, stated
from indexer.domain.note import Citations, DocumentClaims, Note, Officer
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.reference import NoteReference
from indexer.domain.report import Rejection, ReviewItem
from indexer.extraction.copies import Copies, told_apart
from indexer.extraction.officers import known_names, split_officers
from indexer.extraction.people import People, people
from indexer.extraction.problems import problems_of, same_title, with_repeated_titles
from indexer.extraction.publication import strictest
from indexer.extraction.subjects import Filing


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The notes of a set of documents in order of reference, and the people whom they name.

    `officers` maps the slug of each person to the name to print. `rejections` are the documents
    that hold another note than the one to which their number belongs.
    """

    notes: tuple[Note, ...]
    officers: Mapping[str, str]
    for_review: tuple[ReviewItem, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def resolve(
    documents: Sequence[DocumentClaims], authority: Authority, filing: Filing | None = None
) -> Resolution:
    """The notes that `documents` hold, one for each reference whatever its number of copies.

    `filing` holds headings from an earlier resolution; a note's headings depend on no other note.
    """
    copies: dict[NoteReference, list[DocumentClaims]] = defaultdict(list)
    for document in documents:
        copies[document.reference].append(document)
    groups = [told_apart(copies[reference]) for reference in sorted(copies)]
    notes = _settle(groups, authority, filing or Filing(authority.subjects))
    return Resolution(
        notes=notes.settled,
        officers={
            officer.slug: notes.people.names[officer.slug]
            for note in notes.settled
            for officer in note.officers
            if officer.slug
        },
        for_review=tuple(_for_review(notes.settled, notes.people)),
        rejections=tuple(rejection for group in groups for rejection in group.rejections),
    )


def resolve_each(documents: Sequence[DocumentClaims], authority: Authority) -> tuple[Note, ...]:
    """A note for each document in the order given; copies learn from each other but stay apart."""
    groups = [Copies((document,)) for document in documents]
    return _settle(groups, authority, Filing(authority.subjects)).settled


@dataclass(frozen=True, slots=True)
class _Settled:
    settled: tuple[Note, ...]
    people: People


def _settle(groups: Sequence[Copies], authority: Authority, filing: Filing) -> _Settled:
    documents = [document for group in groups for document in group.copies]
    raws = [raw for document in documents for raw in _raw_officers(document)]
    known = known_names(raws, authority.names)
    dates = _cited_dates(documents)
    notes = [_note(group, authority, filing, known, dates) for group in groups]
    named = people(
        (
            officer.name
            for note in notes
            for officer in (*note.report_by, *note.responsible_officers)
        ),
        authority.officers,
    )
    notes = with_repeated_titles([_with_slugs(note, named) for note in notes])
    return _Settled(tuple(notes), named)


def _raw_officers(document: DocumentClaims) -> Iterator[str]:
    for claim in document.claims:
        if claim.field in (Field.REPORT_BY, Field.RESPONSIBLE_OFFICERS):
            yield str(claim.value)


def _cited_dates(documents: Iterable[DocumentClaims]) -> dict[NoteReference, set[datetime.date]]:
    dates: dict[NoteReference, set[datetime.date]] = defaultdict(set)
    for document in documents:
        for reference, date in document.dates_cited:
            dates[reference].add(date)
    return dates


def _note(
    group: Copies,
    authority: Authority,
    filing: Filing,
    known: frozenset[tuple[str, ...]],
    dates: Mapping[NoteReference, set[datetime.date]],
) -> Note:
    """The note that the copies of `group` together hold; the fullest body wins."""
    copies = group.copies
    reference = copies[0].reference
    claims = [claim for copy in copies for claim in copy.claims]
    claims += [
        Claim(Field.ISSUED_ON, date, Origin.CITATION) for date in sorted(dates.get(reference, ()))
    ]
    fullest = max(copies, key=lambda copy: len(text_of(copy.body)))
    subject = settle(claims, Field.SUBJECT, str)
    title = _title(claims, subject)
    responsible = settle(claims, Field.RESPONSIBLE_OFFICERS, str)
    publication = strictest(_publications(claims, group))
    return Note(
        reference=reference,
        title=title,
        publication=publication,
        open_to_public=publication.is_open(published_source=group.published),
        tn_number=settle(claims, Field.TN_NUMBER, str),
        subject=subject,
        subject_headings=filing.headings(
            title=title or subject or "", posts=responsible or "", body=text_of(fullest.body)
        ),
        report_by=_officers(settle(claims, Field.REPORT_BY, str), authority, known),
        responsible_officers=_officers(responsible, authority, known),
        distribution=settle(claims, Field.DISTRIBUTION, str),
        issued_on=settle(claims, Field.ISSUED_ON, datetime.date),
        cites=_cites(copies, reference),
        body=fullest.body,
        sources=tuple(copy.source for copy in copies),
        problems=tuple(dict.fromkeys(problems_of(copies, claims, publication, fullest))),
    )


def _publications(claims: Sequence[Claim], group: Copies) -> Iterator[Publication]:
    """What the copies state, and what other notes of the number state that closes this one too."""
    yield from (value for value, _ in stated(claims, Field.PUBLICATION, Publication))
    for other in group.others:
        for value, _ in stated(other.claims, Field.PUBLICATION, Publication):
            if value.status is not PublicationStatus.PUBLIC:
                yield value


def _title(claims: Sequence[Claim], subject: str | None) -> str | None:
    """The title as printed; one that only an address gives is spelt as the subject line is."""
    titles = stated(claims, Field.TITLE, str)
    if not titles:
        return None
    title, origin = titles[0]
    if origin is Origin.LOCATOR and subject and same_title(title, subject):
        return subject
    return title


def _officers(
    raw: str | None, authority: Authority, known: frozenset[tuple[str, ...]]
) -> tuple[Officer, ...]:
    return split_officers(raw, authority.names, known) if raw else ()


def _cites(copies: Sequence[DocumentClaims], own: NoteReference) -> Citations:
    """What the copies cite between them, each once."""
    return Citations(
        tuple(dict.fromkeys(note for c in copies for note in c.cites.notes if note != own)),
        tuple(dict.fromkeys(report for c in copies for report in c.cites.reports)),
        tuple(dict.fromkeys(planning for c in copies for planning in c.cites.planning)),
    )


def _with_slugs(note: Note, named: People) -> Note:
    def resolved(officers: tuple[Officer, ...]) -> tuple[Officer, ...]:
        year = note.reference.year
        return tuple(replace(each, slug=named.slug(each, year)) for each in officers)

    return replace(
        note,
        report_by=resolved(note.report_by),
        responsible_officers=resolved(note.responsible_officers),
    )


def _for_review(notes: Iterable[Note], named: People) -> Iterator[ReviewItem]:
    for note in notes:
        for problem in note.problems:
            if problem.kind not in (ProblemKind.MISSING, ProblemKind.REPEATED):
                yield ReviewItem(note.reference.slug, problem.field, problem.message)
        for officer in note.officers:
            if officer.slug in named.waiting:
                yield ReviewItem(
                    note.reference.slug,
                    Field.RESPONSIBLE_OFFICERS,
                    f"“{officer.name}” fits several people; add a record to officers.toml.",
                )
