"""What one document alone states about its note, or why it is no note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from indexer.domain.authority import NameWords
from indexer.domain.blocks import BlockKind, Blocks, text_of
from indexer.domain.claims import Claim, Field, Origin, Problem, ProblemKind, settle
from indexer.domain.note import DocumentClaims, Provenance
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.reference import NoteReference, Series
from indexer.domain.report import CoverSheet, Rejection
from indexer.domain.source import Letter, ReadDocument, SourceDocument
from indexer.extraction import labels as labels_of
from indexer.extraction.body import body_of
from indexer.extraction.header import Header, read_header
from indexer.extraction.labels import LabelSet, lines_of
from indexer.extraction.lost_labels import Known, is_number
from indexer.extraction.officers import without_contacts
from indexer.extraction.publication import publication_of, strictest
from indexer.extraction.references import citations_in, date_in
from indexer.extraction.rejection import COVERING, has_header, what_lacks, why_no_note
from indexer.extraction.restrictions import restriction_around, restriction_in
from indexer.extraction.title import (
    TitleLine,
    folder_year,
    locator_title,
    slug_words,
    title_line,
    without_site,
)

_MOST_ON_A_COVER_SHEET = 150  # words
# Nobody was meant to see the words themselves.
_UNSEEN_RESTRICTION = "Words that were left out of the text say that the note is restricted."


def extract(
    source: SourceDocument,
    document: ReadDocument,
    *,
    series: Series,
    labels: Mapping[str, tuple[str, ...]],
    names: NameWords,
) -> DocumentClaims | Rejection:
    """The claims, body and problems of one document, or the reason why it is not a note.

    `labels` are added to the built-in ones, by key; `names` tell people from posts.
    """
    letter = source.letter or Letter()
    located = _located(source, document, series)
    titles = _titles(document, located, letter.subject, series)
    known_as = " ".join(filter(None, (line.words for line in (*titles, *located))))
    label_set = LabelSet(series, labels)
    blocks = label_set.parted(document.blocks)
    header = read_header(blocks, label_set, Known(series, names, known_as))
    if letter.covers and not has_header(header):
        return Rejection(source.place, COVERING, failed=False)
    if letter.with_others and not has_header(header):
        titles, located = _its_own(source, document, series)
    claims = (
        *_title_claims(titles, document, header),
        *(claim for found in located for claim in found.claims(Origin.LOCATOR)),
        *_folder_claims(source, titles, located),
        *_header_claims(header, series),
    )
    reason = why_no_note(document, titles, located, header, claims, series)
    if reason:
        return _no_note(source, document, reason)
    number, year = settle(claims, Field.NUMBER, int), settle(claims, Field.YEAR, int)
    if number is None or year is None:
        return Rejection(source.place, what_lacks(number), failed=True)
    own = NoteReference(year, number)
    body = body_of(blocks, header.body_from, header.not_body, series, own)
    cites, dates = citations_in(_citing(claims, body), series, own)
    return DocumentClaims(
        source=Provenance(source.locator, source.sha256, document.address, source.entry),
        published=source.published,
        claims=(*claims, *_publication_claims(header, document, letter)),
        body=body,
        cites=cites,
        dates_cited=dates,
        problems=(*document.problems, *_header_problems(header, series)),
    )


def _no_note(source: SourceDocument, document: ReadDocument, reason: str) -> Rejection:
    """A document that is no note, which may be the cover sheet of those beside it."""
    is_sheet = source.entry and len(text_of(document.blocks).split()) <= _MOST_ON_A_COVER_SHEET
    if is_sheet and (restriction := _restriction(document, restriction_around)):
        return CoverSheet(source.place, reason, failed=False, restriction=restriction)
    return Rejection(source.place, reason, failed=False)


def _located(source: SourceDocument, document: ReadDocument, series: Series) -> list[TitleLine]:
    """What the document's path and its own address name."""
    paths = dict.fromkeys(((source.locator, source.entry), (document.address or "", "")))
    return [found for path in paths if (found := locator_title(path[0], series, path[1]))]


def _its_own(
    source: SourceDocument, document: ReadDocument, series: Series
) -> tuple[tuple[TitleLine, ...], list[TitleLine]]:
    """What a document attached beside others is named by itself, not by the e-mail."""
    name = replace(source, locator=source.entry.rpartition("/")[2], entry="")
    located = _located(name, document, series)
    return _titles(document, located, "", series), located


def _titles(
    document: ReadDocument, located: list[TitleLine], subject: str, series: Series
) -> tuple[TitleLine, ...]:
    """What the document's titles and first line name, the likeliest first; else its e-mail's.

    A number that stands without its series (`Issue 4 - X`, `No. 5, Main Street`) does not outweigh
    the address, and the subject line of an e-mail never does.
    """
    opening = [
        line.text
        for line in lines_of(document.blocks[:1])
        if not line.numbered and line.kind is not BlockKind.ITEM
    ]
    lines = dict.fromkeys((*document.titles[:1], *opening, *document.titles[1:]))
    found = [title_line(without_site(text), series) for text in lines]
    numbers = {line.number for line in located}
    titles = tuple(
        line for line in found if line and (line.is_named or not numbers or line.number in numbers)
    )
    if not titles and (line := title_line(subject, series)):
        return (line,) if not numbers or line.number in numbers else ()
    return titles


def _title_claims(
    titles: tuple[TitleLine, ...], document: ReadDocument, header: Header
) -> Iterator[Claim]:
    if titles:
        yield from titles[0].claims(Origin.TITLE)
        return
    # A heading that repeats the subject line is the note's title, number or none.
    subject = header.text(labels_of.SUBJECT)
    for title in document.titles:
        if subject and slug_words(title) == slug_words(subject):
            yield Claim(Field.TITLE, title, Origin.TITLE)
            return


def _folder_claims(
    source: SourceDocument, titles: tuple[TitleLine, ...], located: list[TitleLine]
) -> Iterator[Claim]:
    """The year of the folder that a document lies in, where nothing nearer names one."""
    year = folder_year(source.locator, source.entry)
    if year is not None and not any(line.year for line in (*titles, *located)):
        yield Claim(Field.YEAR, year, Origin.LOCATOR)


def _header_claims(header: Header, series: Series) -> Iterator[Claim]:
    number = header.text(labels_of.NUMBER)
    if number:
        yield Claim(Field.TN_NUMBER, number, Origin.HEADER)
        yield from _number_claims(number, series)
    for key, field in (
        (labels_of.SUBJECT, Field.SUBJECT),
        (labels_of.DISTRIBUTION, Field.DISTRIBUTION),
    ):
        if value := header.text(key):
            yield Claim(field, value, Origin.HEADER)
    for key, field in (
        (labels_of.REPORT_BY, Field.REPORT_BY),
        (labels_of.RESPONSIBLE, Field.RESPONSIBLE_OFFICERS),
    ):
        if value := without_contacts(header.text(key, joined_by="\n") or ""):
            yield Claim(field, value, Origin.HEADER)
    if (text := header.text(labels_of.DATE)) and (date := date_in(text)):
        yield Claim(Field.ISSUED_ON, date, Origin.HEADER)


def _number_claims(number: str, series: Series) -> Iterator[Claim]:
    try:
        reference = NoteReference.parse(number, series)
    except ValueError:
        if match := re.fullmatch(r"\D{0,12}0*([1-9]\d{0,4})", number.strip()):
            yield Claim(Field.NUMBER, int(match[1]), Origin.HEADER)
        return
    yield Claim(Field.YEAR, reference.year, Origin.HEADER)
    yield Claim(Field.NUMBER, reference.number, Origin.HEADER)


def _publication_claims(header: Header, document: ReadDocument, letter: Letter) -> Iterator[Claim]:
    """The strictest of all that the document states about its own publication, if anything."""
    stated = [publication_of(each) for each in header.statements]
    if labels_of.PUBLICATION in header.labels and not header.text(labels_of.PUBLICATION):
        # Something stood there once, and nobody knows what.
        stated.append(Publication(statement="Publication:"))
    restriction = restriction_around(letter.lines) or _restriction(document, restriction_in)
    if restriction:
        stated.append(Publication(PublicationStatus.RESTRICTED, restriction))
    if stated:
        yield Claim(Field.PUBLICATION, strictest(stated), Origin.HEADER)


def _restriction(
    document: ReadDocument, found_in: Callable[[Iterable[str]], str | None]
) -> str | None:
    """What restricts a document, wherever in it that stands; never the words that were left out."""
    if restriction := found_in((*_all_lines(document), *document.set_aside)):
        return restriction
    return _UNSEEN_RESTRICTION if found_in(document.unseen) else None


def _all_lines(document: ReadDocument) -> Iterator[str]:
    """Every line and cell of a document, and the parts of its titles."""
    for block in document.blocks:
        yield from (cell for row in block.rows for cell in row)
        yield from block.text.split("\n")
    yield from document.titles


def _citing(claims: tuple[Claim, ...], body: Blocks) -> Iterator[str]:
    """The texts of a note that may cite something: what titles it, then its body."""
    for claim in claims:
        if claim.field in (Field.TITLE, Field.SUBJECT) and claim.origin is not Origin.LOCATOR:
            yield str(claim.value)
    yield from (block.words for block in body)


def _header_problems(header: Header, series: Series) -> Iterator[Problem]:
    number = header.text(labels_of.NUMBER)
    if number and not is_number(number, series):
        yield Problem(
            Field.TN_NUMBER,
            ProblemKind.NOT_UNDERSTOOD,
            f"The header gives the number as “{number}”, which is no {series.prefix} number.",
        )
    date = header.text(labels_of.DATE)
    if date and not date_in(date):
        yield Problem(
            Field.ISSUED_ON,
            ProblemKind.NOT_UNDERSTOOD,
            f"The header gives the date as “{date}”, which names no day.",
        )
