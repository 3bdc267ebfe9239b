"""Claims and their precedence, who may read a note, and what a run earns."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.blocks import Block, BlockKind, text_of
from indexer.domain.claims import Claim, Field, Origin, precedence, settle, stated
from indexer.domain.note import DocumentClaims, Note, Officer, Provenance
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.reference import NoteReference
from indexer.domain.report import ExitStatus, Rejection, RunReport

NUMBER_FIELDS = (Field.YEAR, Field.NUMBER)
OTHER_FIELDS = tuple(field for field in Field if field not in NUMBER_FIELDS)
FOR_THE_NUMBER = "correction title locator header body".split()
FOR_THE_REST = "correction header title register citation locator body".split()

PUBLIC, RESTRICTED, UNKNOWN = PublicationStatus


@pytest.mark.parametrize(
    ("fields", "order"), [(NUMBER_FIELDS, FOR_THE_NUMBER), (OTHER_FIELDS, FOR_THE_REST)]
)
def test_the_order_of_origins(fields: tuple[Field, ...], order: list[str]) -> None:
    """For the number a title outweighs the header; for every other field the header comes first."""
    for field in fields:
        assert [origin.value for origin in precedence(field)] == order


@given(st.permutations(tuple(Origin)), st.sampled_from(tuple(Field)))
def test_the_strongest_statement_counts(origins: list[Origin], field: Field) -> None:
    """Whatever the order of the claims, the strongest origin's is used and all are listed by it."""
    claims = [Claim(field, f"by {origin}", origin) for origin in origins]
    ranked = [origin for _, origin in stated(claims, field, str)]
    assert ranked == list(precedence(field))
    assert settle(claims, field, str) == f"by {precedence(field)[0]}"


def test_statements_of_one_origin_keep_their_order() -> None:
    """The first of two equal statements is used."""
    claims = [Claim(Field.TITLE, words, Origin.TITLE) for words in ("Grit", "Salt")]
    assert settle(claims, Field.TITLE, str) == "Grit"


def test_claims_of_another_field_type_or_origin_count_for_nothing() -> None:
    """A register says nothing of a note's year; a text is no number."""
    claims = [
        Claim(Field.YEAR, 2020, Origin.REGISTER),
        Claim(Field.YEAR, "2021", Origin.TITLE),
        Claim(Field.NUMBER, 22, Origin.TITLE),
    ]
    assert stated(claims, Field.YEAR, int) == ()
    assert settle(claims, Field.YEAR, int) is None


def test_a_document_takes_year_and_number_from_their_own_origins() -> None:
    """The year may come from the address and the number from the title."""
    claims = (Claim(Field.YEAR, 2023, Origin.LOCATOR), Claim(Field.NUMBER, 64, Origin.TITLE))
    source = Provenance("a.html", "00")
    document = DocumentClaims(source=source, published=True, claims=claims)
    assert document.reference == NoteReference(2023, 64)
    with pytest.raises(ValueError, match=r"a\.html states no year"):
        _ = DocumentClaims(source=source, published=True, claims=claims[1:]).reference


@pytest.mark.parametrize(
    ("status", "statement", "published_source", "is_open"),
    [
        (PUBLIC, "Published", False, True),
        (PUBLIC, "Published", True, True),
        (RESTRICTED, "Exempt", False, False),
        (RESTRICTED, "Exempt", True, False),
        (UNKNOWN, "See above", False, False),
        (UNKNOWN, "See above", True, False),
        (UNKNOWN, None, False, False),
        (UNKNOWN, None, True, True),
    ],
)
def test_who_may_read_a_note(
    status: PublicationStatus, statement: str | None, published_source: bool, is_open: bool
) -> None:
    """Stated public, or unstated in a published source, is open; all else is closed."""
    publication = Publication(status, statement)
    assert publication.is_open(published_source=published_source) is is_open


NOON = datetime.datetime(2026, 1, 5, 12, tzinfo=datetime.UTC)
FAILED, NO_NOTE = Rejection("a.html", "empty"), Rejection("news.html", "another series", False)


@pytest.mark.parametrize(
    ("generation", "rejections", "status"),
    [
        ("20260105", (), ExitStatus.OK),
        ("20260105", (NO_NOTE,), ExitStatus.OK),
        ("20260105", (NO_NOTE, FAILED), ExitStatus.WITH_FAILURES),
        (None, (), ExitStatus.NOT_PUBLISHED),
        (None, (FAILED,), ExitStatus.NOT_PUBLISHED),
    ],
)
def test_what_a_run_earns(
    generation: str | None, rejections: tuple[Rejection, ...], status: ExitStatus
) -> None:
    """Pages that are no notes are no failures, and nothing published outweighs everything."""
    report = RunReport(
        started=NOON,
        finished=NOON,
        generation=generation,
        documents=3,
        notes=2,
        public_notes=1,
        rejections=rejections,
    )
    assert report.status is status
    assert report.failures == tuple(each for each in rejections if each is FAILED)


def test_the_exit_statuses_are_those_documented() -> None:
    """Scripts that watch the nightly run rely on these numbers."""
    assert {status.name: int(status) for status in ExitStatus} == {
        "OK": 0, "WITH_FAILURES": 1, "USAGE": 2, "NOT_PUBLISHED": 3, "LOCKED": 75,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "subject", "name"),
    [("Grit", "Salt", "Grit"), (None, "Salt", "Salt"), (None, None, "Note 064-23")],
)
def test_what_a_note_is_called(title: str | None, subject: str | None, name: str) -> None:
    """A note goes by its title, else its subject line, else its number."""
    note = Note(
        reference=NoteReference(2023, 64),
        title=title,
        subject=subject,
        publication=Publication(),
        open_to_public=False,
    )
    assert note.name == name


def test_each_person_of_a_note_is_listed_once() -> None:
    """One person in both roles, or twice in one, is one officer, as first printed."""
    author = Officer("Una Dunmarrow", "Engineer", "una-dunmarrow")
    again = Officer("UNA DUNMARROW", "Head of Roads", "una-dunmarrow")
    other, unresolved = Officer("Ewan Auldhame", None, "ewan-auldhame"), Officer("Roads Team")
    note = Note(
        reference=NoteReference(2023, 64),
        title=None,
        publication=Publication(),
        open_to_public=False,
        report_by=(author, unresolved),
        responsible_officers=(again, other, unresolved),
    )
    assert note.officers == (author, unresolved, other)


def test_the_words_of_blocks_hold_the_cells_of_tables() -> None:
    """A table's words are its cells, a line for each row, the empty ones left out."""
    table = Block(kind=BlockKind.TABLE, rows=(("Street", "", "Bins"), ("Mill Wynd", "2", "")))
    blocks = (Block(kind=BlockKind.PARAGRAPH, text="Two streets."), table)
    assert text_of(blocks) == "Two streets.\nStreet Bins\nMill Wynd 2"


def test_every_origin_counts_for_some_field() -> None:
    """No origin is forgotten in the orders of precedence."""
    counted = set(itertools.chain.from_iterable(precedence(field) for field in Field))
    assert counted == set(Origin)
