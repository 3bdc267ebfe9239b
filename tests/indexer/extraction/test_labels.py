"""Labels however they are printed: which lines they head, and what stands beside them."""

from __future__ import annotations

import pytest

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.claims import Field
from indexer.domain.note import DocumentClaims
from indexer.domain.publication import PublicationStatus
from indexer.domain.reference import TECHNICAL_NOTES
from indexer.extraction.labels import LabelSet, Line
from tests.indexer.extraction.notes import NOTE, OPEN, TITLE, document, outcome, stated_in

LABELS = LabelSet(TECHNICAL_NOTES, {"date": ("Circulated",)})
PARAGRAPH, TABLE = BlockKind.PARAGRAPH, BlockKind.TABLE


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Subject: Grit Bins", ("subject", "Grit Bins")),
        ("Subject", ("subject", "")),
        ("SUBJECT :", ("subject", "")),
        ("• Subject:: Grit Bins", ("subject", "Grit Bins")),
        ("**Subject:** Grit Bins", ("subject", "Grit Bins")),
        ("Subject: Subject: Grit Bins", ("subject", "Grit Bins")),
        ("Subject: SUBJECT: Subject : Grit Bins", ("subject", "Grit Bins")),
        ("Subject: Report by: Una Dunmarrow", ("subject", "Report by: Una Dunmarrow")),
        ("Report by - Una Dunmarrow", ("report_by", "Una Dunmarrow")),
        ("TN Number –", ("number", "")),
        ("TN Number 014-21", None),
        ("TN No.: 014-21", ("number", "014-21")),
        ("TN Ref: 014-21", ("number", "014-21")),
        ("TN #: 014-21", ("number", "014-21")),
        ("TN#: 014-21", ("number", "014-21")),
        ("Technical Note No: 014-21", ("number", "014-21")),
        ("Responsible Officer(s): Ewan", ("responsible_officers", "Ewan")),
        ("Officer Responsible: Ewan", ("responsible_officers", "Ewan")),
        ("Publication Status: Open", ("publication", "Open")),
        ("Technical Notes details", ("details", "")),
        ("Circulated: 18 June 2023", ("date", "18 June 2023")),
        ("Wards affected: Kirkorran", None),
        ("Subject to approval: the quay", None),
        ("The subject: grit bins", None),
        ("", None),
    ],
)
def test_the_label_of_a_line(text: str, found: tuple[str, str] | None) -> None:
    """A colon or a dash ends a label, printed twice or not; words that run on make none."""
    assert LABELS.of(Line(text, 0, PARAGRAPH)) == found


@pytest.mark.parametrize(
    ("text", "found"), [("Subject: Grit Bins", ("subject", "Grit Bins")), ("Subject", None)]
)
def test_the_label_of_a_numbered_line(text: str, found: tuple[str, str] | None) -> None:
    """In a numbered line only a mark makes a label."""
    assert LABELS.of(Line(text, 0, PARAGRAPH, numbered=True)) == found


@pytest.mark.parametrize(
    ("text", "is_label"),
    [
        ("Wards affected:", True),
        ("Contact: 0141 496 0123", True),
        ("Una Dunmarrow, Roads Engineer", False),
        ("The works begin at 10:30", False),
        ("the wards affected: all", False),
        ("Grit bins of the whole of Kirkorran: a list", False),
    ],
)
def test_a_label_that_is_not_known(text: str, is_label: bool) -> None:
    """A few words with a capital and a colon head a line as a label would."""
    assert Line(text, 0, PARAGRAPH).has_any_label is is_label
    assert not Line(text, 0, PARAGRAPH, numbered=True).has_any_label


SHARED: dict[str, tuple[Block, list[str]]] = {
    "labels that share a line": (
        Block(kind=PARAGRAPH, text="TN Number: 014-21 Subject: Grit Responsible Officer: Ewan"),
        ["TN Number: 014-21", "Subject: Grit", "Responsible Officer: Ewan"],
    ),
    "a label after other words": (
        Block(kind=PARAGRAPH, text="Una Dunmarrow TN Number: 014-21"),
        ["Una Dunmarrow", "TN Number: 014-21"],
    ),
    "a label with two words has a space of any width": (
        Block(kind=PARAGRAPH, text="Subject: Grit Report  by : Una"),
        ["Subject: Grit", "Report  by : Una"],
    ),
    "a short word is no label within a line": (
        Block(kind=PARAGRAPH, text="Subject: Grit Bins Date: none"),
        ["Subject: Grit Bins Date: none"],
    ),
    "a word without its capital is no label within a line": (
        Block(kind=PARAGRAPH, text="Subject: the subject: grit"),
        ["Subject: the subject: grit"],
    ),
    "a marker of the body is no label within a line": (
        Block(kind=PARAGRAPH, text="Subject: Grit Details: none"),
        ["Subject: Grit Details: none"],
    ),
    "a numbered paragraph is text": (
        Block(kind=PARAGRAPH, number="1", text="Members asked. Subject: Grit"),
        ["Members asked. Subject: Grit"],
    ),
    "a line as long as a page is text": (
        Block(kind=PARAGRAPH, text=f"{'grit ' * 400}Subject: Grit"),
        [f"{'grit ' * 400}Subject: Grit"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SHARED)
def test_labels_that_share_a_line(what: str) -> None:
    """Each label of a header's line heads a line of its own, and text is left as it is."""
    block, expected = SHARED[what]
    assert [line.whole for line in LABELS.lines((block,))] == expected


TABLES: dict[str, tuple[tuple[tuple[str, ...], ...], list[tuple[str, str | None]]]] = {
    "labels above their values, two across": (
        (("Report by:", "TN Number:"), ("Una", "014-21"), ("Subject:", ""), ("Grit", "")),
        [("Report by:", "Una"), ("TN Number:", "014-21"), ("Subject:", ""), ("Grit", "")],
    ),
    "labels and values within cells": (
        (("Report by\nUna", "TN Number\n014-21"), ("Subject\nGrit Bins", "")),
        [("Report by", "Una"), ("TN Number", "014-21"), ("Subject", "Grit Bins")],
    ),
    "labels without values": (
        (("TN Number", "Date"), ("Subject", "Grit")),
        [("TN Number", ""), ("Date", ""), ("Subject", "Grit")],
    ),
    "a label over two rows": (
        (("Responsible", "Una Dunmarrow,"), ("Officer", "Head of Roads"), ("Date", "")),
        [("Responsible Officer", "Una Dunmarrow, Head of Roads"), ("Date", "")],
    ),
    "a blank value beside another label": (
        (("TN Number:", "", "Subject:", "Grit Bins"),),
        [("TN Number:", ""), ("Subject:", "Grit Bins")],
    ),
    "a label and its value": (
        (("Subject", "Grit Bins"), ("Report by:", "Una")),
        [("Subject", "Grit Bins"), ("Report by:", "Una")],
    ),
    "two pairs in a row": (
        (("Report by", "Una", "TN Number", "014-21"), ("Subject", "Grit", "", "")),
        [("Report by", "Una"), ("TN Number", "014-21"), ("Subject", "Grit")],
    ),
    "three pairs in a row": (
        (("Report by", "Una", "TN Number", "014-21", "Subject", "Grit"),),
        [("Report by", "Una"), ("TN Number", "014-21"), ("Subject", "Grit")],
    ),
    "labels in a head row": (
        (("Report by", "TN Number", "Subject"), ("Una", "014-21", "Grit")),
        [("Report by", "Una"), ("TN Number", "014-21"), ("Subject", "Grit")],
    ),
    "two labels in a head row": (
        (("Report by", "Subject"), ("Una", "Grit")), [("Report by", "Una"), ("Subject", "Grit")],
    ),
    "rows with an index": (
        (("1", "Report by", "Una"), ("(ii)", "Subject", "Grit")),
        [("Report by", "Una"), ("Subject", "Grit")],
    ),
    "the colon in a cell": ((("Subject", ":", "Grit"),), [("Subject", "Grit")]),
    "cells left empty": ((("", "Subject", "", "Grit"),), [("Subject", "Grit")]),
    "the value in several cells": ((("Subject", "Grit", "Bins"),), [("Subject", "Grit\nBins")]),
    "an index before no label": ((("1", "Mill Wynd", "2"),), [("1", "Mill Wynd\n2")]),
    "an empty row": ((("", ":"),), [("", "")]),
}  # fmt: skip


@pytest.mark.parametrize("what", TABLES)
def test_labels_in_a_table(what: str) -> None:
    """However a table sets out its header, each label has its own value beside it."""
    rows, expected = TABLES[what]
    lines = LABELS.lines((Block(kind=TABLE, rows=rows),))
    assert [(line.text, line.beside) for line in lines] == expected


FIELDS = {
    "Report by": "Una Dunmarrow, Roads Engineer",
    "TN Number": "014-21",
    "Subject": "Grit Bins",
    "Responsible Officer": "Ewan Auldhame, Head of Roads",
    "Publication": OPEN,
}
WHOLE: dict[Field, object] = {
    Field.REPORT_BY: FIELDS["Report by"],
    Field.TN_NUMBER: "014-21",
    Field.YEAR: 2021,
    Field.NUMBER: 14,
    Field.SUBJECT: "Grit Bins",
    Field.RESPONSIBLE_OFFICERS: FIELDS["Responsible Officer"],
    Field.PUBLICATION: PublicationStatus.PUBLIC,
}


def each(form: str) -> str:
    """`form` filled in for every field of the header."""
    return "".join(form.format(label, value) for label, value in FIELDS.items())


WIDE = (
    "<table>"
    "<tr><td>Report by</td><td>{Report by}</td><td>TN Number</td><td>{TN Number}</td></tr>"
    "<tr><td>Subject</td><td>{Subject}</td><td>Responsible Officer</td>"
    "<td>{Responsible Officer}</td></tr>"
    "<tr><td>Publication</td><td colspan='3'>{Publication}</td></tr></table>"
).format_map(FIELDS)
MARKUPS = {
    "all labels in one paragraph": f"<p>{each('<b>{0}:</b> {1} ')}</p>",
    "a wide table": WIDE,
    "a head row": (
        f"<table><tr>{each('<th>{0}</th>')}</tr><tr>{each('<td>{1}</td>')}</tr></table>"
    ),
    "an indexed table": f"<table>{each('<tr><td>1.</td><td>{0}</td><td>{1}</td></tr>')}</table>",
    "a table of one column": f"<table>{each('<tr><td>{0}</td></tr><tr><td>{1}</td></tr>')}</table>",
    "a numbered list": f"<ol>{each('<li>{0}: {1}</li>')}</ol>",
    "legends": each("<fieldset><legend>{0}</legend><div>{1}</div></fieldset>"),
    "headings": each("<h3>{0}</h3><p>{1}</p>"),
    "double colons": each("<p>{0}:: {1}</p>"),
    "labels said again": each("<p>{0}:</p><p>{0}: {1}</p>"),
    "a summary to open": f"<details><summary>About this note</summary>{each('<p>{0}: {1}</p>')}"
    "</details>",
}


@pytest.mark.parametrize("markup", MARKUPS)
def test_a_header_in_any_markup(markup: str) -> None:
    """The same header is stated whatever elements it is built of."""
    content = (
        f"<h1>{TITLE}</h1>{MARKUPS[markup]}<h2>Details</h2><p>1. The grit bins are full.</p>"
        "<p>2. Members asked for two more.</p>"
    )
    claims = outcome(content, media_type="text/html")
    assert isinstance(claims, DocumentClaims)
    assert stated_in(claims) == WHOLE
    assert [block.number for block in claims.body] == ["1", "2"]


@pytest.mark.parametrize(
    "unknown", ["Ward:\nKirkorran", "Wards affected: Kirkorran", "Contact: the depot\nMill Wynd"]
)
@pytest.mark.parametrize("before", ["TN Number:", "Subject:", "Responsible Officer:"])
def test_a_label_that_is_not_known_between_fields(unknown: str, before: str) -> None:
    """A label that nobody told us of ends the value before it and adds nothing to any field."""
    claims = document(NOTE.replace(before, f"{unknown}\n{before}"))
    assert stated_in(claims) == {**WHOLE, Field.DISTRIBUTION: "All Members"}
    assert [block.number for block in claims.body] == ["1", "2"]
