"""Contradictions and gaps: each kind, said in one sentence, and none where all agrees."""

from __future__ import annotations

import pytest

from indexer.domain.claims import Field, ProblemKind
from indexer.domain.note import DocumentClaims, Note
from indexer.extraction import resolve
from indexer.extraction.problems import same_title
from tests.indexer.extraction.notes import ADDRESS, AUTHORITY, NOTE, OPEN, TITLE, document

CONFLICT, MISSING, REVIEW = ProblemKind.CONFLICT, ProblemKind.MISSING, ProblemKind.REVIEW
UNREAD = ProblemKind.NOT_UNDERSTOOD


def note_of(*copies: DocumentClaims) -> Note:
    (note,) = resolve(copies, AUTHORITY).notes
    return note


def changed(*changes: tuple[str, str]) -> str:
    """The note with some of its words replaced."""
    text = NOTE
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def blank(*values: str) -> str:
    """The note with the lines of some values lost, each with the label above it."""
    lines = NOTE.splitlines()
    for value in values:
        place = next(n for n, line in enumerate(lines) if line.startswith(value))
        del lines[place - 1 : place + 1]
    return "\n".join(lines)


# A document and its locator, and the problems that it has: field, kind, and words of the sentence.
PROBLEMS: dict[str, tuple[str, str, list[tuple[Field, ProblemKind, str]]]] = {
    "none": (NOTE, ADDRESS, []),
    "the header's number is another": (
        changed(("014-21", "015-21")), ADDRESS,
        [(Field.NUMBER, CONFLICT,
          "The number is 14 in the title and 15 in the header. We use the title’s.")],
    ),
    "the header's year is another": (
        changed(("014-21", "014-20")), ADDRESS,
        [(Field.YEAR, CONFLICT,
          "The year is 2021 in the title and 2020 in the header. We use the title’s.")],
    ),
    "the address's year is another": (
        NOTE, ADDRESS.replace("2021", "2020"),
        [(Field.YEAR, CONFLICT,
          "The year is 2021 in the title and 2020 in the address. We use the title’s.")],
    ),
    "the subject is another note's": (
        changed(("Subject:\nGrit Bins", "Subject:\nLibrary opening hours")), ADDRESS,
        [(Field.SUBJECT, CONFLICT, "the header gives its subject as “Library opening hours”")],
    ),
    "the subject has another number of the series": (
        changed(("Grit Bins", "Grit Bins (5)")), ADDRESS + "-4",
        [(Field.SUBJECT, CONFLICT, "Both are shown.")],
    ),
    "the title's date has another year in the text": (
        changed(("- Grit Bins", "- Frost of 5 March 2021"),
                ("Subject:\nGrit Bins", "Subject:\nFrost"),
                ("the first week of November", "the days after 5 March 2020")),
        "a.txt",
        [(Field.TITLE, CONFLICT, "The title says 5 March 2021 and the text 5 March 2020.")],
    ),
    "a later note is cited": (
        changed(("asked for", "asked in TN 003-22 for")), ADDRESS,
        [(Field.CITES, CONFLICT, "refers to 003-22, which is later than this note")],
    ),
    "the number is none": (
        changed(("014-21", "to follow")), ADDRESS,
        [(Field.TN_NUMBER, UNREAD, "gives the number as “to follow”")],
    ),
    "the date is none": (
        changed(("Subject:", "Date: 31 June\nSubject:")), ADDRESS,
        [(Field.ISSUED_ON, UNREAD, "gives the date as “31 June”, which names no day")],
    ),
    "one thing is missing": (
        blank("014-21"), ADDRESS,
        [(Field.TN_NUMBER, MISSING, "The header states no number.")],
    ),
    "several things are missing": (
        blank("014-21", "Una", "Ewan"), ADDRESS,
        [(Field.TN_NUMBER, MISSING,
          "The header states no number, no author and no responsible officer.")],
    ),
    "there is no header": (
        f"{TITLE}\n1. The bins are full.\n", ADDRESS,
        [(Field.TN_NUMBER, MISSING, "This note has no header.")],
    ),
    "the publication statement is not understood": (
        changed((OPEN, "Ask Corporate Communications")), ADDRESS,
        [(Field.PUBLICATION, REVIEW, "“Ask Corporate Communications” was not understood")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", PROBLEMS)
def test_each_kind_of_problem(what: str) -> None:
    """Each contradiction or gap is a problem of its field that says what is used."""
    text, locator, expected = PROBLEMS[what]
    note = note_of(document(text, locator))
    assert [(each.field, each.kind) for each in note.problems] == [each[:2] for each in expected]
    for problem, (_, _, words) in zip(note.problems, expected, strict=True):
        assert words in problem.message
        assert problem.message.endswith(".")


@pytest.mark.parametrize("what", PROBLEMS)
def test_what_a_keeper_is_asked_to_look_at(what: str) -> None:
    """Every problem but a gap or a repeated title is listed for review under its note."""
    text, locator, expected = PROBLEMS[what]
    found = resolve([document(text, locator)], AUTHORITY)
    asked = [field for field, kind, _ in expected if kind is not MISSING]
    assert [(item.slug, item.field) for item in found.for_review] == [
        ("2021-014", field) for field in asked
    ]


def test_copies_share_their_problems_once() -> None:
    """What two copies both lack or contradict is said once."""
    text = changed(("014-21", "015-21"))
    note = note_of(document(text), document(text, "technical-notes-2021-issue-14.txt"))
    assert [problem.field for problem in note.problems] == [Field.NUMBER]


def test_what_one_copy_states_is_not_missing() -> None:
    """A copy that lacks a line is made whole by one that has it."""
    whole, lacking = document(NOTE), document(blank("014-21"), "technical-notes-2021-issue-14.txt")
    assert note_of(whole, lacking).problems == ()


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Grit Bins", "grit-bins", True),
        ("Grit bins, winter 2023/24", "Grit Bins – Winter 202324", True),
        ("Grit bins of Mill Wynd", "Grit bins of Mill Wynd and the Quay", True),
        ("Grit bins", "Library hours", False),
        ("Grit bins of Mill Wynd", "Grit", False),
    ],
)
def test_two_titles_of_one_matter(one: str, other: str, is_same: bool) -> None:
    """Most words of the first stand in the second, whatever their case and signs."""
    assert same_title(one, other) is is_same


@pytest.mark.parametrize(
    ("printed", "field", "words"),
    [
        ("Una Dunmarrow, Roads Engineer", Field.REPORT_BY, "authors"),
        ("Ewan Auldhame, Head of Roads", Field.RESPONSIBLE_OFFICERS, "officers"),
    ],
)
def test_officers_without_end_are_told(printed: str, field: Field, words: str) -> None:
    """Officers of more than two thousand characters are a problem of their field."""
    note = note_of(document(changed((printed, printed + " and the Quays" * 200))))
    (problem,) = note.problems
    assert (problem.field, problem.kind) == (field, UNREAD)
    assert f"{words} run to more than 2,000 characters" in problem.message
    assert note_of(document(changed((printed, printed + " and the Quays" * 20)))).problems == ()
