"""Who may read a note, in as many words as councils have for it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.claims import Field
from indexer.domain.publication import Publication, PublicationStatus
from indexer.extraction.publication import (
    is_publication_sentence,
    publication_of,
    restriction_in,
    strictest,
)
from tests.indexer.extraction.notes import NOTE, OPEN, document, stated_in

with (Path(__file__).parent / "publication.tsv").open(encoding="utf-8", newline="") as table:
    STATEMENTS = list(csv.reader(table, delimiter="\t", quoting=csv.QUOTE_NONE))
PERMITTING = [statement for status, statement in STATEMENTS if status == "public"]
FORBIDDING = [statement for status, statement in STATEMENTS if status == "restricted"]
PUBLIC, RESTRICTED, UNKNOWN = PublicationStatus


@pytest.mark.parametrize(("status", "statement"), STATEMENTS)
def test_what_a_statement_comes_to(status: str, statement: str) -> None:
    """Each statement permits, forbids or is not understood; only a label before it is cut off."""
    found = publication_of(statement)
    assert found.status.value == status
    assert found.statement == statement.removeprefix("Publication: ")


@pytest.mark.parametrize("statement", ["", "  ", "Publication:", "Publication: \n"])
def test_nothing_stated(statement: str) -> None:
    """A label without a statement is unknown, and says nothing."""
    assert publication_of(statement) == Publication(UNKNOWN, None)


@given(st.sampled_from(PERMITTING), st.sampled_from(FORBIDDING), st.booleans())
def test_the_stricter_clause_wins(permit: str, forbid: str, permits_first: bool) -> None:
    """One sentence that permits and one that forbids restrict, in either order."""
    one, other = (permit, forbid) if permits_first else (forbid, permit)
    assert publication_of(f"{one.rstrip('.')}. {other}").status is RESTRICTED


@given(st.sampled_from(STATEMENTS), st.sampled_from(["upper", "lower", "spaces", "quotes"]))
def test_how_it_is_typed_changes_nothing(row: list[str], change: str) -> None:
    """Capitals, spaces and the style of quotation marks make no note more public."""
    status, statement = row
    typed = {
        "upper": statement.upper(),
        "lower": statement.lower(),
        "spaces": f"  {statement} ",
        "quotes": statement.replace("’", "'"),
    }[change]
    assert publication_of(typed).status.value == status


@pytest.mark.parametrize(
    ("line", "is_restriction"),
    [
        ("CONFIDENTIAL", True),
        ("Private and confidential", True),
        ("NOT FOR PUBLICATION", True),
        ("For Members only", True),
        ("Restricted", True),
        ("Exempt information", True),
        ("This note is not for publication.", True),
        ("The contents of this note are confidential.", True),
        ("This Technical Note must not be disclosed outwith the Council.", True),
        ("The bins are full. This note should not be shared.", True),
        ("This note contains exempt information.", True),
        ("This note is for elected members only.", True),
        ("The exempt accommodation scheme is described in this note.", False),
        ("This note does not contain exempt information.", False),
        ("This note is not confidential.", False),
        ("Restricted parking applies on Mill Wynd.", False),
        ("Confidential waste is collected on Tuesdays.", False),
        ("The minutes of that meeting are confidential.", False),
        ("This note will be published on the website.", False),
        ("Members only met twice in the recess.", False),
        ("Privately owned bins are not the Council's.", False),
        ("", False),
    ],
)
def test_what_restricts_the_document_itself(line: str, is_restriction: bool) -> None:
    """A marking or a sentence about the note restricts it; other confidential matters do not."""
    restriction = restriction_in(["The grit bins are full.", line])
    assert (restriction is not None) is is_restriction
    if restriction:
        assert restriction in line
        assert publication_of(restriction).status is RESTRICTED


@pytest.mark.parametrize("place", ["start", "body", "end"])
@pytest.mark.parametrize("line", ["CONFIDENTIAL", "This note is not for publication."])
def test_a_restriction_counts_wherever_it_stands(place: str, line: str) -> None:
    """A note that says it will be published is restricted if any line of it restricts it."""
    text = {
        "start": f"{line}\n{NOTE}",
        "body": NOTE.replace("2. Members", f"{line}\n2. Members"),
        "end": NOTE.replace("Distribution List", f"{line}\nDistribution List"),
    }[place]
    assert stated_in(document(text))[Field.PUBLICATION] is RESTRICTED


@pytest.mark.parametrize(
    ("line", "is_statement"),
    [
        (OPEN, True),
        ("This briefing note will not be shared.", True),
        ("CONFIDENTIAL", True),
        ("The grit bins are full.", False),
        ("Members will be told when the bins are full.", False),
    ],
)
def test_a_statement_without_its_label(line: str, is_statement: bool) -> None:
    """A sentence about the note's own publication is known by itself."""
    assert is_publication_sentence(line) is is_statement


publications = st.builds(
    Publication, st.sampled_from(PublicationStatus), st.sampled_from([None, "X"])
)


@given(st.lists(publications), publications)
def test_another_statement_never_makes_a_note_more_public(
    publications: list[Publication], another: Publication
) -> None:
    """What one copy restricts or leaves doubtful, no other opens."""
    together = strictest([*publications, another])
    for each in (*publications, another):
        if each.status is not UNKNOWN or each.statement:
            assert not together.is_open(published_source=True) or each.is_open(
                published_source=True
            )
    assert strictest([]) == Publication()
