"""What a note cites: other notes with their years and dates, committee reports, planning."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.reference import NoteReference, Series
from indexer.extraction.references import citations_in

SERIES = Series()
OWN = NoteReference(2023, 64)


def _notes(text: str) -> list[str]:
    return [str(note) for note in citations_in([text], SERIES, OWN)[0].notes]


@pytest.mark.parametrize(
    ("text", "reports"),
    [
        ("Report RDS/031/22/QP refers", ["RDS/031/22/QP"]),
        ("RDS/031/22/QP/AV", ["RDS/031/22/QP/AV"]),
        ("RDS/031/22/QMcVarrich", ["RDS/031/22/QMcVarrich"]),
        ("RDS/031/22/Q.", ["RDS/031/22/Q"]),
        ("RDS/031/22/qp", ["RDS/031/22/qp"]),
        ("R&T/031/22/QP", ["R&T/031/22/QP"]),
        ("/RDS/031/22/QP", ["RDS/031/22/QP"]),
        ("RDS/31/2022/QP", ["RDS/31/2022/QP"]),
        ("RDS /031/22/ QP", ["RDS/031/22/QP"]),
        ("RDS/031/22 /QP", ["RDS/031/22/QP"]),
        ("RDS/031/22 / QPV", ["RDS/031/22"]),
        ("RDS/9/22/QP", ["RDS/9/22/QP"]),
        ("RD/09/22 and RDS/131/22", ["RD/09/22", "RDS/131/22"]),
        ("RDS-031-22-QP; RDS–032–22–QP", ["RDS-031-22-QP", "RDS–032–22–QP"]),
        ("RDS-031-22", ["RDS-031-22"]),
        ("(RDS/031/22/QP; HSG/002/22/MM)", ["RDS/031/22/QP", "HSG/002/22/MM"]),
        ("RDS/31/22 without initials", []),
        ("RDS-31-22", []),
        ("RD-131-22", []),
        ("COVID-19-21", []),
        ("SSI/123/21 and ASP/014/15", []),
        ("EN-124-15 luminaires", []),
        ("open TUE/12/23", []),
        ("write to AB-012-34@strathallan.example", []),
        ("NHS/QPV/012/23", []),
        ("TN-031-22", []),
    ],
)
def test_committee_reports(text: str, reports: list[str]) -> None:
    """Initials or a padded number make a report; laws, standards, dates and addresses are none."""
    cites, _ = citations_in([text], SERIES, OWN)
    assert list(cites.reports) == reports
    assert cites.planning == ()


@pytest.mark.parametrize(
    "number", ["TP/ST/04/1279", "PPA/200/242", "PPA-200-2061", "22/01234/FUL", "LDP/2022/001"]
)
def test_planning_references_are_no_reports(number: str) -> None:
    """Applications and appeals are kept apart from the reports of committees."""
    cites, _ = citations_in([f"The Reporter allowed {number}, as said."], SERIES, OWN)
    assert (cites.planning, cites.reports) == ((number,), ())


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("Technical Notes 12, 14 and 15", ["012-23", "014-23", "015-23"]),
        ("Technical Notes 12-22, 13-22 & 14-22", ["012-22", "013-22", "014-22"]),
        ("Technical Note 12, 14 of its paragraphs", ["012-23"]),
        ("Technical Note 90", ["090-22"]),
        ("Technical Note 19 (2022)", ["019-22"]),
        ("Technical Note 19 of 2022", ["019-22"]),
        ("Technical Note issue 19 of 2022", ["019-22"]),
        ("Technical Note 2022, Issue 19", ["019-22"]),
        ("Technical Notes (019-22 and 020-22)", ["019-22", "020-22"]),
        ("Technical Note ref 019-22", ["019-22"]),
        ("Technical Note reference: 019-22", ["019-22"]),
        ("TN019-22, TN-20-22", ["019-22", "020-22"]),
        ("No. 019-22", ["019-22"]),
        ("Technical Note 1 June 2022", []),
        ("Technical Note 1st of June 2022", []),
        ("Technical Note (19 pages)", []),
        ("Technical Notes of 2022", []),
        ("TNT 19-22", []),
        ("Technical Note 064-23", []),
    ],
)
def test_notes_that_are_cited(text: str, notes: list[str]) -> None:
    """Lists, years after the number and years in the name are read; a date is no number."""
    assert _notes(text) == notes


def test_the_date_of_a_note_that_is_cited() -> None:
    """A date beside a citation gives the note's year and is handed on."""
    _, dates = citations_in(["Technical Note 87 on 19 December 2021"], SERIES, OWN)
    assert dates == ((NoteReference(2021, 87), datetime.date(2021, 12, 19)),)


@given(
    st.lists(st.integers(1, 999).filter(lambda n: n != 64), min_size=2, max_size=6, unique=True),
    st.integers(2001, 2024),
)
def test_any_list_of_notes_with_years(numbers: list[int], year: int) -> None:
    """However many numbers follow the series' name, each is cited in its order."""
    printed = [f"{number:03d}-{year % 100:02d}" for number in numbers]
    text = f"See Technical Notes {', '.join(printed[:-1])} and {printed[-1]}."
    assert _notes(text) == printed
