"""Lost labels: each value still goes to its field, by its form and its place."""

from __future__ import annotations

import pytest

from indexer.domain.blocks import BlockKind
from indexer.domain.claims import Field
from indexer.domain.publication import PublicationStatus
from indexer.domain.reference import TECHNICAL_NOTES
from indexer.extraction.labels import Line
from indexer.extraction.lost_labels import (
    Known,
    Values,
    is_like_number,
    is_number,
    move_misplaced,
    read_above,
)
from tests.indexer.extraction.notes import AUTHORITY, NOTE, OPEN, TITLE, document, stated_in

AUTHOR, OFFICER = "Una Dunmarrow, Roads Engineer", "Ewan Auldhame, Head of Roads"
KNOWN = Known(TECHNICAL_NOTES, AUTHORITY.names, "Grit Bins")
BODY = NOTE[NOTE.index("1. The grit") : NOTE.index("Distribution")]
NUMBERS = {Field.TN_NUMBER: "014-21", Field.YEAR: 2021, Field.NUMBER: 14}
PUBLIC = {Field.PUBLICATION: PublicationStatus.PUBLIC}
ALL: dict[Field, object] = {
    Field.REPORT_BY: AUTHOR,
    **NUMBERS,
    Field.SUBJECT: "Grit Bins",
    Field.RESPONSIBLE_OFFICERS: OFFICER,
    **PUBLIC,
}


@pytest.mark.parametrize(
    ("text", "is_one", "is_meant_for_one"),
    [
        ("014-21", True, True),
        ("TN-014-21", True, True),
        ("114 - 23", True, True),
        ("2021 issue 14", True, True),
        ("64", True, True),
        ("TN 64", True, True),
        ("014-", False, True),
        ("TN No 014 21", False, True),
        ("0l4-21", False, True),
        ("5G Masts", False, False),
        ("2023/24 Rents", False, False),
        ("20mph Zones", False, False),
        ("COP26", False, False),
        ("A803 Works", False, False),
        ("Grit Bins", False, False),
        ("to follow", False, False),
        ("", False, False),
    ],
)
def test_a_number_or_what_was_meant_for_one(
    text: str, is_one: bool, is_meant_for_one: bool
) -> None:
    """A mistyped number is still no subject line, and a subject line with a digit no number."""
    assert is_number(text, TECHNICAL_NOTES) is is_one
    assert is_like_number(text, TECHNICAL_NOTES) is is_meant_for_one


MISPLACED: dict[str, tuple[Values, list[str], Values]] = {
    "a subject under the number": (
        {"number": ["014-21", "Grit Bins"]}, ["number"],
        {"number": ["014-21"], "subject": ["Grit Bins"]},
    ),
    "a subject with a digit in place of the number": (
        {"number": ["5G Masts"]}, ["number"], {"number": [], "subject": ["5G Masts"]},
    ),
    "an officer under the number": (
        {"number": ["014-21", OFFICER]}, ["number"],
        {"number": ["014-21"], "responsible_officers": [OFFICER]},
    ),
    "a subject under the number and one under its own label": (
        {"number": ["014-21", "to follow"], "subject": ["Grit"]}, ["number", "subject"],
        {"number": ["014-21", "to follow"], "subject": ["Grit"]},
    ),
    "an officer under the subject": (
        {"subject": ["Grit Bins", OFFICER]}, ["subject"],
        {"subject": ["Grit Bins"], "responsible_officers": [OFFICER]},
    ),
    "a person who is the subject": (
        {"subject": [OFFICER]}, ["subject"], {"subject": [OFFICER]},
    ),
    "a number under the author": (
        {"report_by": [AUTHOR, "014-21"]}, ["report_by"],
        {"report_by": [AUTHOR], "number": ["014-21"]},
    ),
    "number and subject under the author": (
        {"report_by": [AUTHOR, "014-21", "Grit Bins"]}, ["report_by"],
        {"report_by": [AUTHOR], "number": ["014-21"], "subject": ["Grit Bins"]},
    ),
    "a post under the author": (
        {"report_by": ["Una Dunmarrow", "Roads Engineer"]}, ["report_by"],
        {"report_by": ["Una Dunmarrow", "Roads Engineer"]},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", MISPLACED)
def test_a_line_under_another_field_s_label(what: str) -> None:
    """A line goes to the field that it is in the form of, where that field's label is lost."""
    values, labelled, expected = MISPLACED[what]
    moved = {key: [*lines] for key, lines in values.items()}
    move_misplaced(moved, labelled, KNOWN)
    assert moved == expected


ABOVE: dict[str, tuple[list[str], str | None, Values]] = {
    "the author": ([AUTHOR], "number", {"report_by": [AUTHOR]}),
    "the author below a title": ([TITLE, AUTHOR], "number", {"report_by": [AUTHOR]}),
    "all above the publication": (
        [AUTHOR, "014-21", "Grit Bins", OFFICER], "publication",
        {"report_by": [AUTHOR], "number": ["014-21"], "subject": ["Grit Bins"],
         "responsible_officers": [OFFICER]},
    ),
    "a lone officer above the publication is the responsible one": (
        [OFFICER], "publication", {"responsible_officers": [OFFICER]},
    ),
    "a statement above an unknown label": ([OPEN], None, {"publication": [OPEN]}),
    "a line in no field's form hides what is above it": (
        [AUTHOR, "Welcome to the site", "014-21"], "subject", {"number": ["014-21"]},
    ),
    "a line out of order": (["Grit Bins", AUTHOR], "number", {"report_by": [AUTHOR]}),
    "nothing": ([], "subject", {}),
}  # fmt: skip


@pytest.mark.parametrize("what", ABOVE)
def test_lines_above_the_first_label(what: str) -> None:
    """What stands just above a header's first label is of the fields before it, in their order."""
    texts, first, expected = ABOVE[what]
    lines = [Line(text, place, BlockKind.PARAGRAPH) for place, text in enumerate(texts)]
    values: Values = {}
    read_above(lines, first, values, KNOWN)
    assert values == expected


def test_a_heading_above_the_first_label_is_no_value() -> None:
    """The note's own title stands above its header and states none of it."""
    values: Values = {}
    read_above([Line("Grit Bins", 0, BlockKind.HEADING)], "responsible_officers", values, KNOWN)
    assert values == {}


FIRST, SECOND = OPEN.split(" Its ")
DAMAGED: dict[str, tuple[str, dict[Field, object]]] = {
    "all labels, below a title": (f"{TITLE}\n{AUTHOR}\n014-21\nGrit Bins\n{OFFICER}\n{OPEN}", ALL),
    "all labels and the title": (f"{AUTHOR}\n014-21\nGrit Bins\n{OFFICER}\n{OPEN}", ALL),
    "all labels, from the number on": (
        f"014-21\nGrit Bins\n{OFFICER}\n{OPEN}",
        {field: value for field, value in ALL.items() if field is not Field.REPORT_BY},
    ),
    "all labels, from the officer on": (
        f"{OFFICER}\n{OPEN}", {Field.RESPONSIBLE_OFFICERS: OFFICER, **PUBLIC},
    ),
    "all labels but the author’s": (
        f"{TITLE}\nReport by:\n{AUTHOR}\n014-21\nGrit Bins\nResponsible Officer:\n{OFFICER}\n"
        f"Publication:\n{OPEN}", ALL,
    ),
    "the subject's and the publication's": (
        f"{TITLE}\nReport by:\n{AUTHOR}\nTN Number:\n014-21\nGrit Bins\n"
        f"Responsible Officer:\n{OFFICER}\n{OPEN}", ALL,
    ),
    "the officer's": (
        f"{TITLE}\nReport by:\n{AUTHOR}\nTN Number:\n014-21\nSubject:\nGrit Bins\n{OFFICER}\n"
        f"Publication:\n{OPEN}", ALL,
    ),
    "the publication's, its statement in two lines": (
        f"{TITLE}\nReport by:\n{AUTHOR}\nTN Number:\n014-21\nSubject:\nGrit Bins\n"
        f"Responsible Officer:\n{OFFICER}\n{FIRST}\nIts {SECOND}", ALL,
    ),
    "the publication's, its statement on the officer's line": (
        f"{TITLE}\nReport by:\n{AUTHOR}\nTN Number:\n014-21\nSubject:\nGrit Bins\n"
        f"Responsible Officer:\n{OFFICER}, {OPEN}", ALL,
    ),
    "the publication's, all on the line of the officer's label": (
        f"{TITLE}\nReport by:\n{AUTHOR}\nTN Number:\n014-21\nSubject:\nGrit Bins\n"
        f"Responsible Officer: {OFFICER}. {OPEN}\nDetails:", ALL,
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", DAMAGED)
def test_a_note_that_lost_labels(what: str) -> None:
    """A note whose labels were lost states all that is left of it, and its body is whole."""
    header, expected = DAMAGED[what]
    claims = document(f"{header}\n{BODY}")
    assert stated_in(claims) == expected
    assert [block.number for block in claims.body] == ["1", "2"]


@pytest.mark.parametrize(
    "subject",
    ["5G Masts", "2023/24 Rents", "20mph Zones", "Budget 2024", "Ward 7 By-Election", "A803 Works"],
)
@pytest.mark.parametrize("number", ["014-21\n", ""])
def test_a_subject_with_a_digit_under_the_number(subject: str, number: str) -> None:
    """A subject line whose label is lost is no number for the digit in it."""
    text = NOTE.replace("014-21\nSubject:\nGrit Bins", f"{number}{subject}")
    stated = stated_in(document(text))
    assert stated[Field.SUBJECT] == subject
    assert stated.get(Field.TN_NUMBER) == (number.strip() or None)


@pytest.mark.parametrize("opener", ["Details:\n", ""])
@pytest.mark.parametrize("number", ["1. ", ""])
def test_a_blank_publication_is_not_filled_from_the_body(opener: str, number: str) -> None:
    """Below a label of publication with nothing after it, the body is whole and opens nothing."""
    words = "The survey of the bins will be published on the website in the spring of next year."
    text = NOTE[: NOTE.index(OPEN)] + f"{opener}{number}{words}\n"
    claims = document(text)
    assert stated_in(claims).get(Field.PUBLICATION) is not PublicationStatus.PUBLIC
    assert [block.text for block in claims.body] == [words]
