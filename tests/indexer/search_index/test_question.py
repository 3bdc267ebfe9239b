"""What a query asks for."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.reference import TECHNICAL_NOTES, Series
from indexer.domain.search import Contents, Council
from indexer.search_index.limits import WORDS_READ
from indexer.search_index.question import Clause, Question, printable, recognise, understand

CONTENTS = Contents(
    council=Council(),
    series=TECHNICAL_NOTES,
    built_at=datetime.datetime(2026, 11, 25, tzinfo=datetime.UTC),
    notes=0,
    officers={"grant-mackintosh": "Grant Mackintosh", "ona-mackintosh": "Ona Mackintosh"},
    subjects={"roads": "Roads and winter maintenance"},
)
PIECES = st.sampled_from(
    ['"', "“", "officer:", "YEAR:2023", "title:", "subject:", "(", ")", "*", "-", "/", "TN ", "064"]
)
ODD_QUERIES = st.lists(PIECES | st.text(max_size=5), max_size=12).map("".join)


def words(query: str) -> list[tuple[str, ...]]:
    """The terms of every clause of `query`."""
    return [clause.terms for clause in understand(query, CONTENTS).clauses]


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("TN 150-23", "2023-150"),
        ("technical note 2023 issue 121", "2023-121"),
        ("Technical Notes 2023, Issue 121", "2023-121"),
        ("064/23", "2023-064"),
        ("064-23", "2023-064"),
        ("64‑23", "2023-064"),
        (" 2023-064 ", "2023-064"),
        ("TN-188-23", "2023-188"),
        ('"TN 064-23"', "2023-064"),
    ],
)
def test_a_query_may_be_the_number_of_a_note(query: str, slug: str) -> None:
    whole = recognise(query, TECHNICAL_NOTES).whole
    assert whole is not None
    assert whole.reference.slug == slug


@pytest.mark.parametrize(
    ("query", "slugs", "rest"),
    [
        ("TN 999-23 gritting", ["2023-999"], "gritting"),
        ("gritting since 064-23", ["2023-064"], "gritting since"),
        ("gritting TN 64/23, tn 065-2023", ["2023-064", "2023-065"], "gritting ,"),
        ("technical note 2023 issue 64 and 2023-064", ["2023-064"], "and"),
        ("budget 24-25", [], "budget 24-25"),
        ("schools EPB-X 24-25", [], "schools EPB-X 24-25"),
        ("budget 2023-24", [], "budget 2023-24"),
        ("budget 2023/24", [], "budget 2023/24"),
        ("TNT 064/23", [], "TNT 064/23"),
        ("call 0141-55-064-23", [], "call 0141-55-064-23"),
        ("TN 064-23x", [], "TN 064-23x"),
    ],
)
def test_a_number_stands_out_among_words(query: str, slugs: list[str], rest: str) -> None:
    named = recognise(query, TECHNICAL_NOTES)
    assert [note.reference.slug for note in named.notes] == slugs
    assert " ".join(named.rest.split()) == rest


def test_another_series_has_another_prefix() -> None:
    series = Series("Members' Briefing", ("Members' Briefing",), "MB")
    named = recognise("MB 12-23 grit, TN 13-23", series)
    assert [note.typed for note in named.notes] == ["MB 12-23"]


@pytest.mark.parametrize(
    ("query", "clauses"),
    [
        ("grit supply", [("grit",), ("suppli",)]),
        ("grit GRIT grit", [("grit",)]),
        ('"not available" salt', [("not", "avail"), ("salt",)]),
        ("“not available”", [("not", "avail")]),
        ('salt "not available', [("salt",), ("avail",)]),
        ("what is the grit for", [("grit",)]),
        ("what is the", [("what",), ("is",), ("the",)]),
        ('"the"', [("the",)]),
        ("salt AND NOT grit", [("salt",), ("grit",)]),
        ("Lyall-Boyd R&D o'hare", [("lyall", "boyd"), ("r", "d"), ("ohar",)]),
        ("roads/footways 2023/24", [("road",), ("footway",), ("2023", "24")]),
        ("salt,grit;(sand)", [("salt",), ("grit",), ("sand",)]),
        ("see: salt", [("see",), ("salt",)]),
        ("unknown:salt officer: year", [("unknown",), ("salt",), ("offic",), ("year",)]),
        ("year:23", [("year",), ("23",)]),
        ('* ? ( ) [ ] ~ ^ \\ "', []),
    ],
)
def test_words_and_phrases(query: str, clauses: list[tuple[str, ...]]) -> None:
    assert words(query) == clauses


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("year:2023 year:2024", Question(years=frozenset({2023, 2024}))),
        ("officer:grant-mackintosh", Question(officers=frozenset({"grant-mackintosh"}))),
        ('Officer:"grant MACKINTOSH"', Question(officers=frozenset({"grant-mackintosh"}))),
        (
            "officer:mackintosh",
            Question(officers=frozenset({"grant-mackintosh", "ona-mackintosh"})),
        ),
        ("officer:reekie", Question((Clause(("reeki",), "officers"),))),
        ("subject:roads", Question(subjects=frozenset({"roads"}))),
        ('subject:"winter road"', Question(subjects=frozenset({"roads"}))),
        ("subject:salt", Question((Clause(("salt",), "subject"),))),
        ('title:"grit supply"', Question((Clause(("grit", "suppli"), "title"),))),
    ],
)
def test_fields(query: str, question: Question) -> None:
    assert understand(query, CONTENTS) == question


@given(ODD_QUERIES)
def test_everything_can_be_understood(query: str) -> None:
    question = understand(recognise(printable(query), TECHNICAL_NOTES).rest, CONTENTS)
    assert all(clause.terms and clause.field for clause in question.clauses)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_what_is_repeated_on_a_page_can_be_encoded(query: str) -> None:
    shown = printable(query)
    assert shown.encode().decode() == shown
    assert "\x00" not in shown


def test_a_query_is_read_up_to_a_limit() -> None:
    many = " ".join(f"word{number}" for number in range(2_000))
    assert sum(map(len, words(many))) == WORDS_READ
    assert sum(map(len, words(f'"{many}"'))) == WORDS_READ
