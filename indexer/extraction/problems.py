"""Contradictions and gaps of a note, each as one plain sentence that says what we use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.domain.blocks import text_of
from indexer.domain.claims import Claim, Field, Origin, Problem, ProblemKind, settle, stated
from indexer.domain.note import DocumentClaims, Note
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.reference import NoteReference
from indexer.extraction.officers import LONGEST_RAW
from indexer.extraction.references import dates_in
from indexer.extraction.title import slug_words

_PLACES = {
    Origin.TITLE: "title",
    Origin.LOCATOR: "address",
    Origin.HEADER: "header",
    Origin.CITATION: "citation in another note",
    Origin.REGISTER: "register",
    Origin.CORRECTION: "keeper’s correction",
    Origin.BODY: "text",
}
_EXPECTED = (
    (Field.TN_NUMBER, "number"),
    (Field.SUBJECT, "subject line"),
    (Field.REPORT_BY, "author"),
    (Field.RESPONSIBLE_OFFICERS, "responsible officer"),
    (Field.PUBLICATION, "publication statement"),
)
# Two titles say the same when they share this much of the shorter, another thing below the second.
_SAME, _DIFFERENT = 0.7, 0.34


def problems_of(
    copies: Sequence[DocumentClaims],
    claims: Sequence[Claim],
    publication: Publication,
    fullest: DocumentClaims,
) -> Iterator[Problem]:
    """All that a reader of the note should know, from the `claims` of its copies together."""
    for copy in copies:
        yield from copy.problems
    yield from _number_conflicts(claims)
    yield from _subject_conflict(claims)
    yield from _date_conflict(claims, text_of(fullest.body))
    yield from _later_citations(fullest)
    yield from _too_long(claims)
    yield from _missing(claims)
    if publication.status is PublicationStatus.UNKNOWN and publication.statement:
        yield Problem(
            Field.PUBLICATION,
            ProblemKind.REVIEW,
            f"The publication statement “{publication.statement}” was not understood; until a "
            "keeper has looked at it, members alone see this note.",
        )


def with_repeated_titles(notes: Sequence[Note]) -> list[Note]:
    """`notes`, those that share a title with another each with a problem that names the others."""
    titled: dict[tuple[str, ...], set[NoteReference]] = defaultdict(set)
    for note in notes:
        titled[slug_words(note.name)].add(note.reference)
    return [_with_repetition(note, titled[slug_words(note.name)]) for note in notes]


def _with_repetition(note: Note, sharing: set[NoteReference]) -> Note:
    others = sorted(sharing - {note.reference}) if note.title else []
    if not others:
        return note
    listed = ", ".join(str(reference) for reference in others)
    message = f"The same title stands on {listed}."
    problem = Problem(Field.TITLE, ProblemKind.REPEATED, message)
    return replace(note, problems=(*note.problems, problem))


def same_title(one: str, other: str) -> bool:
    """Whether two titles name the same matter: most words of the first stand in the second."""
    words, others = slug_words(one), slug_words(other)
    return sum(word in others for word in words) >= _SAME * len(words)


def _numbers_differ(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether the numbers in a series, (4) and (5), differ; a title cut short may lack its own."""
    numbers = {word for word in words if word.isdecimal() and len(word) <= 2}
    other_numbers = {word for word in others if word.isdecimal() and len(word) <= 2}
    return bool(numbers - other_numbers and other_numbers - numbers)


def _number_conflicts(claims: Sequence[Claim]) -> Iterator[Problem]:
    for field, what in ((Field.YEAR, "year"), (Field.NUMBER, "number")):
        values = stated(claims, field, int)
        for value, origin in dict.fromkeys(values):
            used, place = values[0]
            if value != used:
                yield Problem(
                    field,
                    ProblemKind.CONFLICT,
                    f"The {what} is {used} in the {_PLACES[place]} and {value} in the "
                    f"{_PLACES[origin]}. We use the {_PLACES[place]}’s.",
                )


def _subject_conflict(claims: Sequence[Claim]) -> Iterator[Problem]:
    """A subject line that shares hardly a word with the title may be another note's."""
    subject = settle(claims, Field.SUBJECT, str)
    if not subject:
        return
    words = slug_words(subject)
    for title, origin in stated(claims, Field.TITLE, str):
        others = slug_words(title)
        shared = len(set(words) & set(others))
        is_other = shared < _DIFFERENT * min(len(set(words)), len(set(others)))
        if is_other or _numbers_differ(words, others):
            yield Problem(
                Field.SUBJECT,
                ProblemKind.CONFLICT,
                f"The {_PLACES[origin]} calls this note “{title}”, and the header gives its "
                f"subject as “{subject}”. Both are shown.",
            )
            return


def _date_conflict(claims: Sequence[Claim], body: str) -> Iterator[Problem]:
    """A title's date that the text gives with another year."""
    named = settle(claims, Field.TITLE, str) or settle(claims, Field.SUBJECT, str) or ""
    in_body = set(dates_in(body))
    for date in dict.fromkeys(dates_in(named)):
        others = {other for other in in_body if (other.month, other.day) == (date.month, date.day)}
        if others and date not in others:
            other = max(others)
            yield Problem(
                Field.TITLE,
                ProblemKind.CONFLICT,
                f"The title says {date.day} {date:%B %Y} and the text {other.day} {other:%B %Y}. "
                "Both are shown as printed.",
            )


def _later_citations(copy: DocumentClaims) -> Iterator[Problem]:
    """A note can't cite one that came after it: its year or number is misprinted."""
    for reference in copy.cites.notes:
        if reference > copy.reference:
            yield Problem(
                Field.CITES,
                ProblemKind.CONFLICT,
                f"The text refers to {reference}, which is later than this note.",
            )


def _too_long(claims: Sequence[Claim]) -> Iterator[Problem]:
    """Officers that run on and on: the header has lost its end, or its words are not officers."""
    for field, what in ((Field.REPORT_BY, "authors"), (Field.RESPONSIBLE_OFFICERS, "officers")):
        if len(settle(claims, field, str) or "") > LONGEST_RAW:
            yield Problem(
                field,
                ProblemKind.NOT_UNDERSTOOD,
                f"The header’s {what} run to more than {LONGEST_RAW:,} characters; only the first "
                f"{LONGEST_RAW:,} were read.",
            )


def _missing(claims: Sequence[Claim]) -> Iterator[Problem]:
    """One problem that names all the header lacks, so that a reader sees one sentence, not five."""
    headed = {claim.field for claim in claims if claim.origin is Origin.HEADER}
    lacking = [(field, words) for field, words in _EXPECTED if field not in headed]
    if len(lacking) == len(_EXPECTED):
        yield Problem(lacking[0][0], ProblemKind.MISSING, "This note has no header.")
    elif lacking:
        names = [words for _, words in lacking]
        listed = " and no ".join(filter(None, (", no ".join(names[:-1]), names[-1])))
        yield Problem(lacking[0][0], ProblemKind.MISSING, f"The header states no {listed}.")
