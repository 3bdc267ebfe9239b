"""The JSON that other programs read: its keys, their order, and what absence looks like."""

from __future__ import annotations

import datetime

import msgspec

from indexer.contract import VERSION, record_of
from indexer.domain.blocks import Block, BlockKind, Link
from indexer.domain.claims import Field, Problem, ProblemKind
from indexer.domain.note import Citations, Note, Officer, Provenance
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.reference import NoteReference
from indexer.domain.report import Rejection

KEYS = [
    "locator",
    "reference",
    "slug",
    "year",
    "issue_number",
    "tn_number",
    "title",
    "subject",
    "subject_headings",
    "report_by",
    "responsible_officers",
    "publication",
    "distribution",
    "issued_on",
    "cites",
    "blocks",
    "problems",
    "rejected",
    "report_by_all",
    "version",
    "entry",
]

WHOLE = Note(
    reference=NoteReference(2023, 64),
    title="Grit Bins",
    publication=Publication(PublicationStatus.PUBLIC, "Will be published."),
    open_to_public=True,
    tn_number="TN 64/23",
    subject="Grit bins",
    subject_headings=("roads", "communities"),
    report_by=(Officer("Morag Lennie", "Head of Roads"), Officer("Ewan Auldhame", None)),
    responsible_officers=(Officer("Una Dunmarrow", "Engineer", "una-dunmarrow"),),
    distribution="All Members",
    issued_on=datetime.date(2023, 5, 12),
    cites=Citations((NoteReference(2022, 203),), ("EPB/023/21/NMcN",), ("TP/ED/04/1279",)),
    body=(
        Block(kind=BlockKind.HEADING, text="Background", level=2),
        Block(
            kind=BlockKind.PARAGRAPH,
            text="See the map.",
            number="1",
            anchor="p1",
            links=(Link("the map", "https://www.strathallan.example/map"),),
        ),
        Block(kind=BlockKind.ITEM, text="Salt", level=1),
        Block(kind=BlockKind.TABLE, rows=(("Street", "Bins"), ("Mill Wynd", "2"))),
    ),
    sources=(Provenance("a.html", "00"), Provenance("b.html", "01")),
    problems=(Problem(Field.YEAR, ProblemKind.CONFLICT, "Two years are given."),),
)

RECORD = {
    "locator": "a.html",
    "reference": "064-23",
    "slug": "2023-064",
    "year": 2023,
    "issue_number": 64,
    "tn_number": "TN 64/23",
    "title": "Grit Bins",
    "subject": "Grit bins",
    "subject_headings": ["roads", "communities"],
    "report_by": {"name": "Morag Lennie", "post": "Head of Roads"},
    "responsible_officers": [{"name": "Una Dunmarrow", "post": "Engineer"}],
    "publication": {"status": "public", "statement": "Will be published."},
    "distribution": "All Members",
    "issued_on": "2023-05-12",
    "cites": {"notes": ["203-22"], "reports": ["EPB/023/21/NMcN"], "planning": ["TP/ED/04/1279"]},
    "blocks": [
        {"kind": "heading", "text": "Background", "level": 2},
        {
            "kind": "paragraph",
            "text": "See the map.",
            "number": "1",
            "anchor": "p1",
            "links": [{"text": "the map", "target": "https://www.strathallan.example/map"}],
        },
        {"kind": "item", "text": "Salt", "level": 1},
        {"kind": "table", "rows": [["Street", "Bins"], ["Mill Wynd", "2"]]},
    ],
    "problems": [{"field": "year", "kind": "conflict", "message": "Two years are given."}],
    "rejected": None,
    "report_by_all": [
        {"name": "Morag Lennie", "post": "Head of Roads"},
        {"name": "Ewan Auldhame", "post": None},
    ],
    "version": VERSION,
    "entry": None,
}


def test_a_whole_note_has_every_key_in_order() -> None:
    """The record is exactly this, and JSON keeps its order."""
    assert record_of(WHOLE) == RECORD
    assert list(msgspec.json.decode(msgspec.json.encode(record_of(WHOLE)))) == KEYS


def test_a_copy_goes_by_its_own_locator() -> None:
    """Whoever asked about b.html gets an answer about b.html."""
    assert record_of(WHOLE, "b.html") == {**RECORD, "locator": "b.html"}
    inside = {**RECORD, "locator": "b.zip", "entry": "2023/b.html"}
    assert record_of(WHOLE, "b.zip", "2023/b.html") == inside


def test_what_is_absent_is_null() -> None:
    """No empty text stands for nothing, and no object is full of nulls."""
    bare = Note(
        reference=NoteReference(2023, 64),
        title=None,
        publication=Publication(),
        open_to_public=False,
        sources=(Provenance("a.html", "00"),),
    )
    record = record_of(bare)
    assert list(record) == KEYS
    nulls = {key for key, value in record.items() if value is None}
    assert nulls == {
        *("tn_number", "title", "subject", "report_by", "distribution", "issued_on", "rejected"),
        "entry",
    }
    assert record["publication"] == {"status": "unknown", "statement": None}
    assert record["cites"] == {"notes": [], "reports": [], "planning": []}


def test_a_rejected_document_has_its_locator_and_the_reason() -> None:
    """Every other key is there, and says nothing."""
    record = record_of(Rejection("a.html", "the file is empty"))
    assert list(record) == KEYS
    said = {key: value for key, value in record.items() if value not in (None, [])}
    assert said == {
        "locator": "a.html",
        "cites": {"notes": [], "reports": [], "planning": []},
        "rejected": "the file is empty",
        "version": VERSION,
    }
    assert record_of(Rejection("", "line 3 cannot be used"))["locator"] is None


def test_a_rejected_part_has_its_entry_apart() -> None:
    """The locator is that of the file which was given, so that the two can be brought together."""
    record = record_of(Rejection("a.zip (b.html)", "the file is empty"), "a.zip", "b.html")
    assert (record["locator"], record["entry"]) == ("a.zip", "b.html")
