"""Dates and the notes that they date; and numbers that are neither note nor date."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.note import Citations
from indexer.domain.reference import TECHNICAL_NOTES, NoteReference, Series
from indexer.extraction.references import citations_in, date_in, dates_in

OWN = NoteReference(2024, 100)
BRIEFINGS = Series("Elected Member Briefing Note", ("Elected Member Briefing Note",), "EMBN")


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("18 June 2023", "2023-06-18"),
        ("Sunday 18th of June, 2023", "2023-06-18"),
        ("1st Sept. 2023", "2023-09-01"),
        ("18 JUNE 2023 and 19 June 2023", "2023-06-18"),
        ("18/06/2023", "2023-06-18"),
        ("18.06.23", "2023-06-18"),
        ("2023-06-18", "2023-06-18"),
        ("31 June 2023", None),
        ("06/18/2023", None),
        ("June 2023", None),
        ("18 June", None),
        ("2023", None),
        ("24/7", None),
        ("version 1.2.3", None),
        ("0141 496 0123", None),
        ("", None),
    ],
)
def test_a_day_that_can_be_read(text: str, date: str | None) -> None:
    """A day is read, day before month; what is no day is none, never the first of a month."""
    found = date_in(text)
    assert (found.isoformat() if found else None) == date


@given(st.dates(datetime.date(1900, 1, 1), datetime.date(2099, 12, 31)))
def test_any_day_is_read_as_it_is_written(day: datetime.date) -> None:
    """Every day of two centuries is read in every form that spells its year."""
    forms = (f"{day.day} {day:%B %Y}", f"{day.day}th of {day:%b} {day.year}", day.isoformat(),
             f"{day:%d/%m/%Y}")  # fmt: skip
    assert [date_in(f"On {form}, at noon") for form in forms] == [day] * len(forms)
    assert list(dates_in(f"{forms[0]}, {forms[1]} and {day:%d/%m/%Y}")) == [day, day]


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("Technical Note 210 on 19 December 2022", {"210-22": "2022-12-19"}),
        ("TN-203-21 of 3 May 2021", {"203-21": "2021-05-03"}),
        ("Technical Note 55-23 (dated 2 April 2023)", {"055-23": "2023-04-02"}),
        ("No. 071-24 of 23rd April 2024, 055-24 of 2 April 2024 and 027-24",
         {"071-24": "2024-04-23", "055-24": "2024-04-02", "027-24": None}),
        ("No.107-23 and No. 108-23", {"107-23": None, "108-23": None}),
        ("Technical Note 2023, Issue 191", {"191-23": None}),
        ("technical notes 071-23, 072-23; see TN 071-23", {"071-23": None, "072-23": None}),
        ("Technical Note 99", {"099-24": None}),
        ("Technical Note 187", {"187-23": None}),
        ("TN 100-24 and TN 099-24", {"099-24": None}),
        ("TN 099-24. TN 099-24 was of 1 March 2024. TN 099-24 of 2 March 2024",
         {"099-24": "2024-03-02"}),
    ],
)  # fmt: skip
def test_notes_and_their_dates(text: str, notes: dict[str, str | None]) -> None:
    """Each note is cited once, in order, with the first date that stands beside it."""
    cites, dates = citations_in([text], TECHNICAL_NOTES, OWN)
    assert [str(note) for note in cites.notes] == list(notes)
    assert {str(note): str(date) for note, date in dates} == {k: v for k, v in notes.items() if v}


@pytest.mark.parametrize(
    "text",
    [
        "COVID-19 and COVID 19",
        "open 24/7, from 9-5",
        "telephone 0141 496 0123 or ext. 4412",
        "on 18/06/23, 2023-06-18 or 18-06-23",
        "the years 2022-23 and 2023/24",
        "paragraphs 3-5 and 12-14",
        "£064-23 million",
        "junction 12-14 of the A99",
        "Issue 12 of the magazine",
        "a technical noteworthy 12-23",
        "the technical notes themselves",
        "Part 2 of the Act 2003 (asp 1)",
        "EMBN 064-23",
        "TN",
    ],
)
def test_what_cites_nothing(text: str) -> None:
    """Dates, amounts, spans and numbers of other things are no citation."""
    assert citations_in([text], TECHNICAL_NOTES, OWN) == (Citations(), ())


def test_another_series_cites_its_own() -> None:
    """The prefix and name of the series decide what is a note, and its prefix is no committee."""
    text = "See EMBN 114 - 23, Elected Member Briefing Note 115-23, TN 116-23 and EMBN/117/23."
    cites, _ = citations_in([text], BRIEFINGS, OWN)
    assert [str(note) for note in cites.notes][:2] == ["114-23", "115-23"]
    assert NoteReference(2023, 116) not in cites.notes
    assert cites.reports == ()


def test_a_note_of_no_known_year_is_not_guessed() -> None:
    """A number without a year, in a text that is no note, cites nothing."""
    assert citations_in(["Technical Note 12"], TECHNICAL_NOTES, None) == (Citations(), ())


@given(st.lists(st.text() | st.text("TN 0123456789-/–of,.AaBb")))
def test_any_text_cites_something_or_nothing(texts: list[str]) -> None:
    """No text makes reading citations fail, and no note cites itself or twice the same."""
    cites, dates = citations_in(texts, TECHNICAL_NOTES, OWN)
    assert OWN not in cites.notes
    for found in (cites.notes, cites.reports, cites.planning):
        assert len(set(found)) == len(found)
    assert {note for note, _ in dates} <= set(cites.notes)
