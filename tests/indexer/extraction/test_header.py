"""Headers in every layout and with every loss: what is there is stated, and nothing else is."""

from __future__ import annotations

import pytest

from indexer.domain.claims import Field
from indexer.domain.note import DocumentClaims
from indexer.domain.publication import PublicationStatus
from indexer.domain.reference import Series
from tests.indexer.extraction.notes import NOTE, OPEN, TITLE, document, outcome, stated_in

BODY = [
    "The grit bins of Kirkorran were filled in the first week of November.",
    "Members asked for two more beside the harbour steps at Inverstrae.",
]
WHOLE: dict[Field, object] = {
    Field.REPORT_BY: "Una Dunmarrow, Roads Engineer",
    Field.TN_NUMBER: "014-21",
    Field.YEAR: 2021,
    Field.NUMBER: 14,
    Field.SUBJECT: "Grit Bins",
    Field.RESPONSIBLE_OFFICERS: "Ewan Auldhame, Head of Roads",
    Field.PUBLICATION: PublicationStatus.PUBLIC,
    Field.DISTRIBUTION: "All Members",
}
NUMBER = {Field.TN_NUMBER, Field.YEAR, Field.NUMBER}
NEW_SITE = f"""• Report by:
    Una Dunmarrow, Roads Engineer
• TN Number:
    014-21
• Subject:
    Grit Bins
• Responsible Officer:
    Ewan Auldhame, Head of Roads
• Publication:
    {OPEN}
{{}}
1. {BODY[0]}
2. {BODY[1]}
"""
ON_ONE_LINE = f"""{TITLE}
Report by: Una Dunmarrow, Roads Engineer
TN Number: 014-21
Subject: Grit Bins
Responsible Officer: Ewan Auldhame, Head of Roads
Publication: {OPEN}
Details:
1. {BODY[0]}
2. {BODY[1]}
Distribution List: All Members
"""
NO_DISTRIBUTION = {Field.DISTRIBUTION}


def without(*lines: str) -> str:
    """The note with some of its lines lost."""
    return "".join(f"{line}\n" for line in NOTE.splitlines() if line not in lines)


def from_line(line: str) -> str:
    """The note from one of its lines on: a page that starts part-way."""
    lines = NOTE.splitlines()
    return "\n".join(lines[lines.index(line) :])


# A document, and the fields that its header does not state.
LAYOUTS: dict[str, tuple[str, set[Field]]] = {
    "old site": (NOTE, set()),
    "labels and values on one line": (ON_ONE_LINE, set()),
    "labels without colons": (
        "\n".join(line.removesuffix(":") for line in NOTE.splitlines()).replace(
            "Distribution List", "Distribution List:"
        ),
        set(),
    ),
    "labels in capitals": (NOTE.replace("Report by:", "REPORT BY:").replace("Sub", "SUB"), set()),
    "new site, Section": (NEW_SITE.format("Section"), NO_DISTRIBUTION),
    "new site, Details": (NEW_SITE.format("Details:"), NO_DISTRIBUTION),
    "new site, named": (NEW_SITE.format("Technical Note details"), NO_DISTRIBUTION),
    "new site, no heading": (NEW_SITE.format(""), NO_DISTRIBUTION),
    "no title line": (without(TITLE), set()),
    "a label twice": (NOTE.replace("Publication:", "Publication:\nPublication:"), set()),
    "the details' label lost": (without("Details:"), set()),
    "the details' label lost and nothing numbered": (
        without("Details:").replace("1. ", "").replace("2. ", ""), set(),
    ),
    "the subject's label lost": (without("Subject:"), set()),
    "the publication's label lost": (without("Publication:"), set()),
    "the number blank": (without("014-21"), NUMBER),
    "the number blank and the subject's label lost": (without("014-21", "Subject:"), NUMBER),
    "an officer blank": (without("Ewan Auldhame, Head of Roads"), {Field.RESPONSIBLE_OFFICERS}),
    "the author and label lost": (
        without("Report by:", "Una Dunmarrow, Roads Engineer"), {Field.REPORT_BY},
    ),
    "a start at the author": (from_line("Una Dunmarrow, Roads Engineer"), set()),
    "a start at the number": (from_line("014-21"), {Field.REPORT_BY}),
    "a start at the subject": (from_line("Grit Bins"), {Field.REPORT_BY, *NUMBER}),
    "a start at the officer": (
        from_line("Ewan Auldhame, Head of Roads"), {Field.REPORT_BY, Field.SUBJECT, *NUMBER},
    ),
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_a_header_states(layout: str) -> None:
    """Each field that is printed is claimed, each that is lost is not, and the body is whole."""
    text, absent = LAYOUTS[layout]
    claims = document(text)
    assert stated_in(claims) == {key: value for key, value in WHOLE.items() if key not in absent}
    assert [block.text for block in claims.body] == BODY
    numbered = "1. " in text
    assert [block.number for block in claims.body] == (["1", "2"] if numbered else [None, None])


@pytest.mark.parametrize(
    ("text", "published_as"),
    [
        (f"1. {BODY[0]}\n2. {BODY[1]}\n", None),
        (f"{TITLE}\n{OPEN}\n1. {BODY[0]}\n2. {BODY[1]}\n", PublicationStatus.PUBLIC),
    ],
)
def test_no_header_at_all(text: str, published_as: PublicationStatus | None) -> None:
    """A note without a header states nothing but what a sentence before its body says."""
    claims = document(text)
    assert stated_in(claims).get(Field.PUBLICATION) == published_as
    assert set(stated_in(claims)) <= {Field.PUBLICATION}
    assert [block.text for block in claims.body] == BODY


def test_a_distribution_list_below_a_note_without_a_header() -> None:
    """What stands after the body is stated though nothing stands before it."""
    claims = document(f"1. {BODY[0]}\n2. {BODY[1]}\nDistribution List:\nAll Members\n")
    assert stated_in(claims) == {Field.DISTRIBUTION: "All Members"}
    assert [block.text for block in claims.body] == BODY


@pytest.mark.parametrize(
    ("after", "kept"),
    [
        ("Was this helpful?\nTell a neighbour about us.", []),
        ("Strathallan Council, 1 Quay Street", []),
        ("3. The third paragraph of the note.", ["The third paragraph of the note."]),
        ("More of the bins. " * 40, [("More of the bins. " * 40).strip()]),
    ],
)
def test_what_follows_a_distribution_list(after: str, kept: list[str]) -> None:
    """A few words below a distribution list are the site's; numbered or long text is the note's."""
    claims = document(f"{NOTE}\n{after}\n")
    assert stated_in(claims) == WHOLE
    assert [block.text for block in claims.body] == [*BODY, *kept]


def test_a_distribution_list_in_bullets() -> None:
    """Each bullet below the label is one of the list, and the line after them is not."""
    text = NOTE.replace("All Members\n", "• All Members\n• Chief Officers\n\nThank you.\n")
    claims = document(text)
    assert stated_in(claims)[Field.DISTRIBUTION] == "All Members Chief Officers"
    assert [block.text for block in claims.body] == BODY


def test_labels_in_the_text_are_text() -> None:
    """What looks like a label in the midst of the body states nothing of the header."""
    text = NOTE.replace(
        "2. Members", "Subject: the harbour steps\nReport by: the harbour master\n2. Members"
    )
    claims = document(text)
    assert stated_in(claims) == WHOLE
    assert [block.text for block in claims.body] == [
        BODY[0],
        "Subject: the harbour steps",
        "Report by: the harbour master",
        BODY[1],
    ]


def test_several_officers_on_lines_of_their_own() -> None:
    """A value of several lines keeps them apart."""
    text = NOTE.replace("Head of Roads\n", "Head of Roads\nMorag Lennie, Clerk\n")
    stated = stated_in(document(text))[Field.RESPONSIBLE_OFFICERS]
    assert stated == "Ewan Auldhame, Head of Roads\nMorag Lennie, Clerk"


@pytest.mark.parametrize(
    ("printed", "year", "number"),
    [("TN-188-23", 2023, 188), ("TN 64/23", 2023, 64), ("64", None, 64), ("TN 64", None, 64),
     ("114 - 23", 2023, 114), ("to follow", None, None)],
)  # fmt: skip
def test_the_number_as_printed(printed: str, year: int | None, number: int | None) -> None:
    """The number is kept as printed, and states a year and number where it can be read."""
    claims = document(NOTE.replace("014-21", printed))
    stated = stated_in(claims)
    assert stated[Field.TN_NUMBER] == printed
    assert (stated.get(Field.YEAR), stated.get(Field.NUMBER)) == (year, number)
    unread = [problem.field for problem in claims.problems]
    assert unread == ([Field.TN_NUMBER] if number is None else [])


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("18 June 2023", "2023-06-18"),
        ("18th of June, 2023", "2023-06-18"),
        ("18/06/23", "2023-06-18"),
        ("2023-06-18", "2023-06-18"),
        ("31 June 2023", None),
        ("June 2023", None),
    ],
)
def test_a_date_that_a_label_states(printed: str, date: str | None) -> None:
    """A day that can be read dates the note; one that can't is a problem and no day."""
    claims = document(NOTE.replace("Subject:", f"Date: {printed}\nSubject:"))
    issued = stated_in(claims).get(Field.ISSUED_ON)
    assert (str(issued) if issued else None) == date
    assert [problem.field for problem in claims.problems] == ([] if date else [Field.ISSUED_ON])


BRIEFINGS = Series("Elected Member Briefing Note", ("Elected Member Briefing Note",), "EMBN")
BRIEFING_LABELS = {
    "number": ("EMBN Number",),
    "details": ("Purpose", "Briefing information", "About this briefing note"),
}
BRIEFING = """Elected Member Briefing Note 2023, No 114
About this briefing note
Report by: Una Dunmarrow, Roads Engineer
EMBN Number: 114 - 23
Date: 18 June 2023
Subject: Grit Bins
Responsible Officer: Ewan Auldhame, Head of Roads
Publication
Will be published on the website.
Details
Purpose
To tell members of the bins.
Briefing information
The grit bins are full.
"""


@pytest.mark.parametrize("labels", [BRIEFING_LABELS, {"details": BRIEFING_LABELS["details"]}])
def test_another_council_is_another_configuration(labels: dict[str, tuple[str, ...]]) -> None:
    """Another series and its labels are read by what the configuration says, and no more."""
    claims = outcome(BRIEFING, "114.txt", series=BRIEFINGS, labels=labels)
    assert isinstance(claims, DocumentClaims)
    stated = stated_in(claims)
    assert str(stated.pop(Field.ISSUED_ON)) == "2023-06-18"
    assert stated == {
        Field.REPORT_BY: "Una Dunmarrow, Roads Engineer",
        Field.TN_NUMBER: "114 - 23",
        Field.YEAR: 2023,
        Field.NUMBER: 114,
        Field.SUBJECT: "Grit Bins",
        Field.RESPONSIBLE_OFFICERS: "Ewan Auldhame, Head of Roads",
        Field.PUBLICATION: PublicationStatus.PUBLIC,
    }
    assert claims.body[-1].text == "The grit bins are full."
    assert not any(block.text.startswith(("Report by", "Details")) for block in claims.body)


def test_telephone_numbers_are_stated_by_nobody() -> None:
    """A telephone number in a header is no part of any claim."""
    text = NOTE.replace("Roads Engineer", "Roads Engineer, 0141 496 0123")
    assert stated_in(document(text)) == WHOLE
