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
from indexer.domain.blocks import Blocks, text_of
from indexer.domain.claims import Claim, Field, Origin, Problem, ProblemKind, settle, stated
from indexer.domain.note import Citations, DocumentClaims, Note, Officer
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.reference import NoteReference
from indexer.domain.report import ReviewItem
from indexer.extraction.officers import known_names, split_officers
from indexer.extraction.people import People, people
from indexer.extraction.publication import strictest
from indexer.extraction.subjects import subject_headings
from indexer.extraction.title import slug_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The notes of a set of documents in order of reference, and the people whom they name.

    `officers` maps the slug of each person to the name to print.
    """

    notes: tuple[Note, ...]
    officers: Mapping[str, str]
    for_review: tuple[ReviewItem, ...] = ()


def resolve(documents: Sequence[DocumentClaims], authority: Authority) -> Resolution:
    """The notes that `documents` hold, one for each reference whatever its number of copies."""
    copies: dict[NoteReference, list[DocumentClaims]] = defaultdict(list)
    for document in documents:
        copies[document.reference].append(document)
    notes = _settle([copies[reference] for reference in sorted(copies)], authority)
    return Resolution(
        notes=notes.settled,
        officers={
            officer.slug: notes.people.names[officer.slug]
            for note in notes.settled
            for officer in note.officers
            if officer.slug
        },
        for_review=tuple(_for_review(notes.settled, notes.people)),
    )


def resolve_each(documents: Sequence[DocumentClaims], authority: Authority) -> tuple[Note, ...]:
    """A note for each document in the order given; copies learn from each other but stay apart."""
    return _settle([[document] for document in documents], authority).settled


@dataclass(frozen=True, slots=True)
class _Settled:
    settled: tuple[Note, ...]
    people: People


def _settle(groups: Sequence[Sequence[DocumentClaims]], authority: Authority) -> _Settled:
    documents = [document for group in groups for document in group]
    raws = [raw for document in documents for raw in _raw_officers(document)]
    known = known_names(raws, authority.names)
    dates = _cited_dates(documents)
    notes = [_note(group, authority, known, dates) for group in groups]
    named = people(
        (
            officer.name
            for note in notes
            for officer in (*note.report_by, *note.responsible_officers)
        ),
        authority.officers,
    )
    return _Settled(tuple(_with_slugs(note, named) for note in notes), named)


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
    copies: Sequence[DocumentClaims],
    authority: Authority,
    known: frozenset[tuple[str, ...]],
    dates: Mapping[NoteReference, set[datetime.date]],
) -> Note:
    """The note that `copies` together hold; the fullest body wins."""
    reference = copies[0].reference
    claims = [claim for copy in copies for claim in copy.claims]
    claims += [
        Claim(Field.ISSUED_ON, date, Origin.CITATION) for date in sorted(dates.get(reference, ()))
    ]
    fullest = max(copies, key=lambda copy: len(text_of(copy.body)))
    subject = settle(claims, Field.SUBJECT, str)
    title = _title(claims, subject)
    responsible = settle(claims, Field.RESPONSIBLE_OFFICERS, str)
    publication = strictest(value for value, _ in stated(claims, Field.PUBLICATION, Publication))
    return Note(
        reference=reference,
        title=title,
        publication=publication,
        open_to_public=publication.is_open(published_source=all(c.published for c in copies)),
        tn_number=settle(claims, Field.TN_NUMBER, str),
        subject=subject,
        subject_headings=_headings(authority, title, subject, responsible, fullest.body),
        report_by=_officers(settle(claims, Field.REPORT_BY, str), authority, known),
        responsible_officers=_officers(responsible, authority, known),
        distribution=settle(claims, Field.DISTRIBUTION, str),
        issued_on=settle(claims, Field.ISSUED_ON, datetime.date),
        cites=_cites(copies, reference),
        body=fullest.body,
        sources=tuple(copy.source for copy in copies),
        problems=tuple(dict.fromkeys(_problems(copies, claims, publication))),
    )


def _title(claims: Sequence[Claim], subject: str | None) -> str | None:
    """The title as printed; one that only an address gives is spelt as the subject line is."""
    titles = stated(claims, Field.TITLE, str)
    if not titles:
        return None
    title, origin = titles[0]
    if origin is Origin.LOCATOR and subject:
        located, printed = slug_words(title), slug_words(subject)
        same = sum(word in printed for word in located)
        return subject if same >= 0.7 * len(located) else title
    return title


def _headings(
    authority: Authority, title: str | None, subject: str | None, posts: str | None, body: Blocks
) -> tuple[str, ...]:
    return subject_headings(
        authority.subjects,
        title=title or subject or "",
        posts=posts or "",
        body=text_of(body),
    )


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


_PLACES = {
    Origin.TITLE: "title",
    Origin.LOCATOR: "address",
    Origin.HEADER: "header",
    Origin.CITATION: "citation in another note",
    Origin.REGISTER: "register",
    Origin.CORRECTION: "keeper’s correction",
    Origin.BODY: "text",
}


def _problems(
    copies: Sequence[DocumentClaims], claims: Sequence[Claim], publication: Publication
) -> Iterator[Problem]:
    for copy in copies:
        yield from copy.problems
    yield from _number_conflicts(claims)
    yield from _subject_conflict(claims)
    yield from _missing(claims)
    if publication.status is PublicationStatus.UNKNOWN and publication.statement:
        yield Problem(
            Field.PUBLICATION,
            ProblemKind.REVIEW,
            f"The publication statement “{publication.statement}” was not understood; until a "
            "keeper has looked at it, members alone see this note.",
        )


def _number_conflicts(claims: Sequence[Claim]) -> Iterator[Problem]:
    for field, what in ((Field.YEAR, "year"), (Field.NUMBER, "number")):
        values = stated(claims, field, int)
        used = values[0] if values else (0, Origin.BODY)
        for value, origin in dict.fromkeys(values):
            if value != used[0]:
                yield Problem(
                    field,
                    ProblemKind.CONFLICT,
                    f"The {what} is {used[0]} in the {_PLACES[used[1]]} and {value} in the "
                    f"{_PLACES[origin]}. We use the {_PLACES[used[1]]}’s.",
                )


def _subject_conflict(claims: Sequence[Claim]) -> Iterator[Problem]:
    """A subject line that shares hardly a word with the title may be another note's."""
    subject = settle(claims, Field.SUBJECT, str)
    titles = stated(claims, Field.TITLE, str)
    if not subject or not titles:
        return
    title, origin = titles[0]
    words, others = set(slug_words(subject)), set(slug_words(title))
    if words and others and len(words & others) < 0.34 * min(len(words), len(others)):
        yield Problem(
            Field.SUBJECT,
            ProblemKind.CONFLICT,
            f"The {_PLACES[origin]} calls this note “{title}”, and the header gives its subject "
            f"as “{subject}”. Both are shown.",
        )


_EXPECTED = (
    (Field.TN_NUMBER, "number"),
    (Field.SUBJECT, "subject line"),
    (Field.REPORT_BY, "author"),
    (Field.RESPONSIBLE_OFFICERS, "responsible officer"),
    (Field.PUBLICATION, "publication statement"),
)


def _missing(claims: Sequence[Claim]) -> Iterator[Problem]:
    """One problem that names all the header lacks, so that a reader sees one sentence, not five."""
    headed = {claim.field for claim in claims if claim.origin is Origin.HEADER}
    lacking = [(field, words) for field, words in _EXPECTED if field not in headed]
    if len(lacking) == len(_EXPECTED):
        yield Problem(lacking[0][0], ProblemKind.MISSING, "This note has no header.")
    elif lacking:
        names = [words for _, words in lacking]
        listed = " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
        yield Problem(lacking[0][0], ProblemKind.MISSING, f"The header states no {listed}.")


def _for_review(notes: Iterable[Note], named: People) -> Iterator[ReviewItem]:
    for note in notes:
        for problem in note.problems:
            if problem.kind is not ProblemKind.MISSING:
                yield ReviewItem(note.reference.slug, problem.field, problem.message)
        for officer in note.officers:
            if officer.slug in named.waiting:
                yield ReviewItem(
                    note.reference.slug,
                    Field.RESPONSIBLE_OFFICERS,
                    f"“{officer.name}” fits several people; add a record to officers.toml.",
                )
