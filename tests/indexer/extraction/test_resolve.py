"""From documents to notes: copies merged, names resolved, nothing learnt from what is closed."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.authority import OfficerRecord
from indexer.domain.claims import Field, ProblemKind
from indexer.domain.note import DocumentClaims, Note
from indexer.domain.publication import PublicationStatus
from indexer.domain.reference import NoteReference
from indexer.extraction import Resolution, resolve, resolve_each
from tests.indexer.extraction.notes import ADDRESS, AUTHORITY, NOTE, OPEN, document

STAGING = "http://staging.strathallan.example/technical-notes-2021-issue-14-grit-bins"
FULL = document(NOTE)
SHORT = document(
    NOTE.replace(
        "2. Members asked for two more beside the harbour steps at Inverstrae.\n", ""
    ).replace("Subject:\nGrit Bins\n", ""),
    STAGING,
)
CLOSED = document(NOTE.replace(OPEN, "Not for publication."), STAGING)
SILENT = document(NOTE.replace(f"Publication:\n{OPEN}\n", ""), STAGING, published=True)


def note_of(*copies: DocumentClaims) -> Note:
    """The one note that all the copies hold."""
    (note,) = resolve(copies, AUTHORITY).notes
    return note


def numbered(
    number: int, *, title: str = "Grit Bins", body: str = "", **lines: str
) -> DocumentClaims:
    """A note of 2021 with some of its lines changed: `author`, `officer`, `publication`."""
    text = NOTE.replace("Issue 14", f"Issue {number}").replace("014-21", f"{number:03d}-21")
    text = text.replace("Grit Bins", title)
    text = text.replace(
        "Una Dunmarrow, Roads Engineer", lines.get("author", "Una Dunmarrow, Clerk")
    )
    text = text.replace(
        "Ewan Auldhame, Head of Roads", lines.get("officer", "Ewan Auldhame, Clerk")
    )
    text = text.replace(OPEN, lines.get("publication", OPEN))
    text = text.replace("2. Members", f"2. {body} Members")
    return document(text, f"technical-notes-2021-issue-{number}.txt")


@given(st.permutations([FULL, SHORT]))
def test_copies_of_a_note_are_merged(copies: list[DocumentClaims]) -> None:
    """Several addresses are one note with the fullest body, all its claims and every source."""
    note = note_of(*copies)
    assert note.reference == NoteReference(2021, 14)
    assert [block.number for block in note.body] == ["1", "2"]
    assert (note.title, note.subject) == ("Grit Bins", "Grit Bins")
    assert {source.locator for source in note.sources} == {ADDRESS, STAGING}


@given(st.permutations([FULL, SHORT, CLOSED, SILENT]))
def test_the_restricted_copy_wins(copies: list[DocumentClaims]) -> None:
    """A note that one copy closes is closed, whatever the others say and in any order."""
    note = note_of(*copies)
    assert note.publication.status is PublicationStatus.RESTRICTED
    assert not note.open_to_public


def of_issue_14(
    title: str, details: str, *, publication: str = OPEN, issue: str = "Issue 14"
) -> DocumentClaims:
    """A document that calls itself number 14 of 2021, whatever it holds."""
    text = NOTE.replace("Grit Bins", title).replace("Issue 14", issue).replace(OPEN, publication)
    opening = text.partition("1. ")[0]
    return document(f"{opening}1. {details}\n", f"notes/2021/{title}.txt".replace(" ", "-").lower())


FERRY = "The ferry sails at seven from Inverstrae; passengers without tickets should wait ashore."
OTHER = of_issue_14("Ferry Times", FERRY)


@given(st.permutations([FULL, SHORT, OTHER]))
def test_another_note_of_the_same_number_is_refused(documents: list[DocumentClaims]) -> None:
    """The note with the fullest body is kept as it is, and the other is named beside it."""
    found = resolve(documents, AUTHORITY)
    (note,) = found.notes
    assert replace(note, sources=()) == replace(note_of(FULL, SHORT), sources=())
    (rejection,) = found.rejections
    assert rejection.failed
    assert rejection.locator == OTHER.source.locator
    for part in (ADDRESS, "“Ferry Times”", "“Grit Bins”", "014-21", "index again"):
        assert part in rejection.reason


def test_the_number_belongs_to_the_note_whose_title_states_it() -> None:
    """A long note that only its header numbers gives way to a short one by title."""
    long = of_issue_14("Ferry Times", FERRY * 9, issue="Bulletin")
    found = resolve([long, FULL], AUTHORITY)
    assert [rejection.locator for rejection in found.rejections] == [long.source.locator]
    assert found.notes == resolve([FULL], AUTHORITY).notes


def test_another_title_or_other_words_alone_make_no_other_note() -> None:
    """A copy with another title, and an update under the same one, are the note's still."""
    details = NOTE.partition("1. ")[2].partition("Distribution")[0]
    for copy in (of_issue_14("Salt Barns", details), of_issue_14("Grit Bins", FERRY)):
        found = resolve([FULL, copy], AUTHORITY)
        assert found.rejections == ()
        assert len(found.notes[0].sources) == 2


@pytest.mark.parametrize("statement", ["Not for publication.", "Subject to the harbour master."])
def test_another_note_can_close_but_never_open(statement: str) -> None:
    """Until a keeper has put the number right, the stricter statement holds for the kept note."""
    assert note_of(FULL, OTHER).open_to_public
    shut = of_issue_14("Ferry Times", FERRY, publication=statement)
    assert not note_of(FULL, shut).open_to_public
    assert note_of(FULL, shut).publication.statement == statement
    silent = document(NOTE.replace(f"Publication:\n{OPEN}\n", ""))
    assert note_of(silent, OTHER).publication == note_of(silent).publication


def test_a_copy_without_a_statement_adds_none() -> None:
    """A copy that states nothing leaves what the other states, from any source."""
    assert note_of(FULL, SILENT).open_to_public
    assert note_of(SILENT).open_to_public
    silent = document(NOTE.replace(f"Publication:\n{OPEN}\n", ""))
    assert not note_of(silent).open_to_public
    assert not note_of(silent, SILENT).open_to_public


def test_each_document_alone_stays_apart() -> None:
    """For a list of documents each has its own note, in the order given."""
    notes = resolve_each([CLOSED, FULL, CLOSED], AUTHORITY)
    assert [note.sources[0].locator for note in notes] == [STAGING, ADDRESS, STAGING]
    assert [note.open_to_public for note in notes] == [False, True, False]


def test_notes_come_in_order_of_reference() -> None:
    """Whatever the order of documents, notes are sorted by year and number."""
    notes = resolve([numbered(number) for number in (20, 3, 100)], AUTHORITY).notes
    assert [note.reference.number for note in notes] == [3, 20, 100]


def test_names_are_learnt_from_other_notes() -> None:
    """A line of two bare names is split by what another note prints, and both keep their slugs."""
    joined = numbered(
        1, author="Una Dunmarrow Ewan Auldhame", officer="Una Dunmarrow Ewan Auldhame"
    )
    notes = resolve([joined, numbered(2)], AUTHORITY).notes
    assert [each.name for each in notes[0].report_by] == ["Una Dunmarrow", "Ewan Auldhame"]
    assert {each.slug for note in notes for each in note.officers} == {
        "una-dunmarrow",
        "ewan-auldhame",
    }
    (alone,) = resolve([numbered(1, author="Torquhal Birnie Ewan Auldhame")], AUTHORITY).notes
    assert [each.name for each in alone.report_by] == ["Torquhal Birnie Ewan Auldhame"]


def test_the_title_is_spelt_as_the_subject_is() -> None:
    """A title that only an address gives takes the capitals and signs of the same subject."""
    body = NOTE.partition("\n")[2]
    same = document(body, "technical-notes-2021-issue-14-grit-bins.txt")
    other = document(body, "technical-notes-2021-issue-14-salt-at-sea.txt")
    assert note_of(same).title == "Grit Bins"
    assert note_of(other).title == "Salt at sea"


def test_a_citation_dates_a_note_that_has_no_date() -> None:
    """The day that another note gives is the note's, unless its own header states one."""
    citing = numbered(20, body="As told in TN 014-21 of 5 March 2021.")
    note = resolve([FULL, citing], AUTHORITY).notes[0]
    assert note.issued_on == datetime.date(2021, 3, 5)
    dated = document(NOTE.replace("Subject:", "Date: 4 March 2021\nSubject:"))
    assert resolve([dated, citing], AUTHORITY).notes[0].issued_on == datetime.date(2021, 3, 4)
    assert resolve([FULL], AUTHORITY).notes[0].issued_on is None


def test_what_the_copies_cite_counts_once() -> None:
    """Citations of all copies are one list."""
    cited = [
        numbered(14, body=f"See TN {each} and CFO/002/20/GM.") for each in ("003-20", "004-20")
    ]
    cites = note_of(*cited, cited[0]).cites
    assert [str(note) for note in cites.notes] == ["003-20", "004-20"]
    assert cites.reports == ("CFO/002/20/GM",)


def test_a_plain_name_that_fits_two_people_waits_for_a_keeper() -> None:
    """The note is listed for review until a record says whose name it is."""
    authors = ["Corrina Mavis", "Corrina M Mavis", "Corrina J Mavis"]
    documents = [numbered(n, author=f"{name}, Clerk") for n, name in enumerate(authors, 1)]
    found = resolve(documents, AUTHORITY)
    assert [item.slug for item in found.for_review] == ["2021-001"]
    assert "“Corrina Mavis” fits several people" in found.for_review[0].message
    assert set(found.officers) == {
        "corrina-mavis", "corrina-m-mavis", "corrina-j-mavis", "ewan-auldhame",
    }  # fmt: skip


def test_a_keepers_record_names_the_person() -> None:
    """The slug and name of a record are used, and the note shows the name as it printed it."""
    record = OfficerRecord("una-d", "Una Dunmarrow MBE", ("Una Dunmarrow",), (2020, 2021))
    lists = AUTHORITY.__class__(AUTHORITY.subjects, (record,), AUTHORITY.names)
    found = resolve([FULL], lists)
    (author,) = found.notes[0].report_by
    assert (author.name, author.slug) == ("Una Dunmarrow", "una-d")
    assert found.officers["una-d"] == "Una Dunmarrow MBE"


# What a restricted note could tell of the public ones: their people, dates, titles, citations.
OPEN_NOTES = [
    numbered(1, author="Una Dunmarrow Ewan Auldhame", officer="Corrina Mavis, Clerk"),
    numbered(2, title="Salt", author="Corrina M Mavis, Clerk", body="See TN 001-21."),
    numbered(3, title="Frost", author="C Birnie, Clerk", officer="Morag Lennie, Clerk"),
]
SHUT = "Not for publication."
CLOSED_NOTES = [
    numbered(11, author="Ewan Auldhame, Head of Roads", publication=SHUT),
    numbered(12, title="Salt", author="Corrina J Mavis, Clerk", publication=SHUT),
    numbered(13, title="Frost", author="Callum Birnie, Clerk", publication=SHUT),
    numbered(
        14, body="See TN 001-21 of 5 January 2021, TN 002-21 of 6 January 2021.", publication=SHUT
    ),
]


def _open_to_public(found: Resolution) -> list[DocumentClaims]:
    """The documents of all that the public may read, as the index takes them."""
    slugs = {note.reference for note in found.notes if note.open_to_public}
    return [each for each in [*OPEN_NOTES, *CLOSED_NOTES] if each.reference in slugs]


@given(
    st.lists(st.sampled_from(CLOSED_NOTES), unique_by=id).flatmap(
        lambda closed: st.permutations([*OPEN_NOTES, *closed])
    )
)
def test_the_public_learns_nothing_from_restricted_notes(documents: list[DocumentClaims]) -> None:
    """The public gets the same with and without notes that share names, dates and titles."""
    everything = resolve(documents, AUTHORITY)
    readable = _open_to_public(everything)
    assert resolve(readable, AUTHORITY) == resolve(OPEN_NOTES, AUTHORITY)
    assert {each.reference for each in readable} == {each.reference for each in OPEN_NOTES}


def test_the_members_do_learn_from_them() -> None:
    """The same restricted notes change what members see, so the test above can fail."""
    members = {n.reference: n for n in resolve([*OPEN_NOTES, *CLOSED_NOTES], AUTHORITY).notes}
    for public in resolve(OPEN_NOTES, AUTHORITY).notes:
        assert members[public.reference] != public
    assert members[NoteReference(2021, 1)].issued_on == datetime.date(2021, 1, 5)


def test_the_order_of_documents_changes_no_note() -> None:
    """Notes of different numbers are the same in whatever order their documents arrive."""
    documents = [*OPEN_NOTES, *CLOSED_NOTES]
    assert resolve(documents, AUTHORITY) == resolve(documents[::-1], AUTHORITY)


def test_notes_with_one_title_say_so() -> None:
    """Each of them names the others."""
    notes = resolve([numbered(1), numbered(2), numbered(3, title="Salt")], AUTHORITY).notes
    repeated = [
        [p.message for p in note.problems if p.kind is ProblemKind.REPEATED] for note in notes
    ]
    assert repeated == [
        ["The same title stands on 002-21."],
        ["The same title stands on 001-21."],
        [],
    ]
    assert all(p.field is Field.TITLE for p in notes[0].problems)
