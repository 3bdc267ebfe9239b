"""What titles and addresses name: the note's year, number and words, or another series."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.claims import Claim, Field, Origin
from indexer.domain.reference import TECHNICAL_NOTES, NoteReference, Series
from indexer.extraction.title import (
    TitleLine,
    folder_year,
    locator_title,
    other_series,
    slug_words,
    title_line,
)

BRIEFINGS = Series("Elected Member Briefing Note", ("Elected Member Briefing Note",), "EMBN")
SITE = "https://www.strathallan.example"


@pytest.mark.parametrize(
    ("title", "number", "year", "words"),
    [
        ("Technical Notes 2023, Issue 64 - Grit Bins", 64, 2023, "Grit Bins"),
        ("Technical Note 2021, Issue 149 - Grit", 149, 2021, "Grit"),
        ("Technical notes 2023, Issue 05 – Grit", 5, 2023, "Grit"),
        ("TECHNICAL NOTES 2023 ISSUE 64: Grit", 64, 2023, "Grit"),
        ("Issue 90- Grit", 90, None, "Grit"),
        ("Issue 90", 90, None, None),
        ("Technical Note 29 - Grit", 29, None, "Grit"),
        ("Technical Note 29", 29, None, None),
        ("Technical Note No. 12 - Grit", 12, None, "Grit"),
        ("Technical Note 2023 - 64 - Grit", 64, 2023, "Grit"),
        ("Technical Note 064-23 - Grit", 64, 2023, "Grit"),
        ("Technical Note TN 64/23: Grit", 64, 2023, "Grit"),
        ("2023, Issue 64 - Grit", 64, 2023, "Grit"),
        ("• Technical Note 29 - Grit", 29, None, "Grit"),
        ("Technical Notes 2023, Issue 64 -\nGrit\nBins", 64, 2023, "Grit Bins"),
        ("Technical Notes 2023, Issue 64-Grit", 64, 2023, "Grit"),
        ("Issue 7 - Grit, salt – Report by Roads-Team 2021", 7, None,
         "Grit, salt – Report by Roads-Team 2021"),
        ("Technical Note 2021, Issue 149-20 mph zones", 149, 2021, "20 mph zones"),
        ("Technical Note 2021, Issue 149 - 20 Minute Places", 149, 2021, "20 Minute Places"),
        ("Technical Note 29 - 20 Minute Places", 29, None, "20 Minute Places"),
        ("Technical Notes 2023, Issue 64 Grit Bins", 64, 2023, "Grit Bins"),
        ("Technical Notes 2023, Issue 64 - the grit bins", 64, 2023, "the grit bins"),
        ("Technical Notes 2023, Issue 64 -- Grit", 64, 2023, "Grit"),
        ("Technical Notes 2023. Issue 64. Grit", 64, 2023, "Grit"),
        ("Technical Notes 2023, Issue 64 / Grit", 64, 2023, "Grit"),
        ("Technical Notes 2023, Issue 64a - Grit", 64, 2023, "Grit"),
        ("Technical Notes (2023), Issue64 - Grit", 64, 2023, "Grit"),
        ("Technical Notes 2023 - Issue No. 64 - Grit", 64, 2023, "Grit"),
        ("Technical Note No. 64 of 2023 - Grit", 64, 2023, "Grit"),
        ("TN-064-23 Grit Bins", 64, 2023, "Grit Bins"),
        ("TN 064/23: Grit", 64, 2023, "Grit"),
    ],
)  # fmt: skip
def test_a_title_of_a_note(title: str, number: int, year: int | None, words: str | None) -> None:
    """Every printed form of a title gives its number, its year where it has one, and its words."""
    assert _parts(title_line(title, TECHNICAL_NOTES)) == (number, year, words)


def _parts(line: TitleLine | None) -> tuple[int, int | None, str | None] | None:
    return line and (line.number, line.year, line.words)


@pytest.mark.parametrize(
    "title",
    [
        "Technical Notes",
        "Technical Notes 2023",
        "Technical Notes 2023 - all of them",
        "Technical Note 24/7 cover",
        "Technical Note 187 on frost",
        "Technical Note 2023, Issue 0 - Grit",
        "Technical Note 123456 - Grit",
        "Issue 90 of the magazine",
        "Issue 3.5 - Grit",
        "29 - Grit",
        "Grit Bins 2023",
        "Employee News 2021, Issue 3 - Grit",
        "Elected Member Briefing Note 2023, No 114",
        "Technical Note 149 - Storm Arwen - set out the position at 3 December.",
        "Technical Note 149, issued in November, gave the dates.",
        "Technical Note 149: the survey closed on 4 May.",
        "Technical Note 2023, Issue 150, explained the material.",
        "Technical Notes 2022, Issue 19 set out the plan.",
        "Technical Notes 150-23 and 151-23 explained the material.",
        "TN-150-23 explained the material.",
        "Technical Notes 150, 151 and 152 refer.",
        "Issue 4 - the north lift has failed again.",
        "No. 5, Main Street will be demolished in May.",
        "",
    ],
)
def test_what_is_no_title_of_a_note(title: str) -> None:
    """A year's list, a sentence that cites a note and another series name no note."""
    assert title_line(title, TECHNICAL_NOTES) is None


@pytest.mark.parametrize(
    ("title", "is_named"),
    [("Technical Note 4 - Grit", True), ("TN 4 - Grit", True), ("Issue 4 - Grit", False),
     ("2021, Issue 4 - Grit", False), ("No. 5, Main Street", False)],
)  # fmt: skip
def test_a_title_that_names_its_series(title: str, is_named: bool) -> None:
    """A number may stand without its series, and the line then says so."""
    line = title_line(title, TECHNICAL_NOTES)
    assert line is not None
    assert line.is_named is is_named


@pytest.mark.parametrize(
    ("title", "words"),
    [("Elected Member Briefing Note 2023, No 114", None),
     ("ELECTED MEMBER BRIEFING NOTE 2023, No. 114 - Grit", "Grit")],
)  # fmt: skip
def test_a_title_of_another_council(title: str, words: str | None) -> None:
    """The names of another series work as ours do, and ours are then none."""
    assert _parts(title_line(title, BRIEFINGS)) == (114, 2023, words)
    assert title_line("Technical Note 2023, Issue 64 - Grit", BRIEFINGS) is None


@pytest.mark.parametrize(
    ("locator", "number", "year", "words"),
    [
        (f"{SITE}/technical-notes-2021-issue-144-grit-bins", 144, 2021, "Grit bins"),
        (f"{SITE}/technical-notes-2021-issue-144-grit-bins-0", 144, 2021, "Grit bins"),
        (f"{SITE}/technical-notes-2021-issue-144-grit-bi?page=2#top", 144, 2021, "Grit bi"),
        ("http://staging.strathallan.example/about/councillors/technical-notes/2021/"
         "technical-notes-2021-issue-144-grit/", 144, 2021, "Grit"),
        (f"{SITE}/technical-notes-2021%C2%A0issue-144-grit%C2%A0bins", 144, 2021, "Grit bins"),
        ("technical-notes-2021-issue-144-1-timetable-2021.html", 144, 2021, "1 timetable 2021"),
        ("Technical_Notes_2021_Issue_5_Grit.HTML", 5, 2021, "Grit"),
        ("C:\\notes\\2021\\technical-note-5-grit.txt", 5, 2021, "Grit"),
        ("2021/technical-note-29-grit.html", 29, 2021, "Grit"),
        ("technical-note-29-grit.html", 29, None, "Grit"),
        ("notes/2021/TN 064-23 grit.txt", 64, 2023, "Grit"),
        ("tn-064-23-grit.txt", 64, 2023, "Grit"),
        ("064-23.txt", 64, 2023, None),
        ("2023-064.html", 64, 2023, None),
        ("technical-notes-2021-issue-14", 14, 2021, None),
        (f"{SITE}/technical-notes/2021/issue-144-grit", 144, 2021, "Grit"),
        (f"{SITE}/technical-notes/2021/technical-notes-issue-144-grit", 144, 2021, "Grit"),
        (f"{SITE}/technical-notes-2021-issue144-grit.aspx", 144, 2021, "Grit"),
        (f"{SITE}/technical-notes-2021-issue-no-144-grit", 144, 2021, "Grit"),
        (f"{SITE}/technical-notes-2021-%E2%80%93-issue-144-grit", 144, 2021, "Grit"),
        (f"{SITE}/technicalnotes-2021-issue-144", 144, 2021, None),
        (f"{SITE}/print/technical-notes-2021-issue-144-grit", 144, 2021, "Grit"),
        (f"{SITE}/technical-notes-2021-issue-144-grit/print", 144, 2021, "Grit"),
        (f"{SITE}/article/technical-notes-2021-issue-144-grit/12345", 144, 2021, "Grit"),
        (f"{SITE}/index.php?q=technical-notes-2021-issue-144-grit", 144, 2021, "Grit"),
        (f"https://archive.example/web/20220511/{SITE}/technical-notes-2021-issue-144-grit",
         144, 2021, "Grit"),
        (f"{SITE}/tn-144-21-grit", 144, 2021, "Grit"),
    ],
)  # fmt: skip
def test_an_address_of_a_note(
    locator: str, number: int, year: int | None, words: str | None
) -> None:
    """Web addresses and file names, cut, decoded or in a year's folder, give what they name."""
    assert _parts(locator_title(locator, TECHNICAL_NOTES)) == (number, year, words)


@pytest.mark.parametrize(
    "locator",
    [
        "",
        f"{SITE}/",
        f"{SITE}/node?page=3",
        f"{SITE}/about/councillors/technical-notes/2023",
        f"{SITE}/technical-notes-2023",
        f"{SITE}/employee-news-2021-issue-3-grit",
        f"{SITE}/news/2021/issue-144-grit",
        "2021/064.html",
        "2024/10/06-24-grit.txt",
        "2023-06-14-minutes.html",
        "2023-06.html",
        "technical-notes-2021-issue-5.5-grit.html",
        "technical-notes-2021-issue-000.html",
        "notes.txt",
    ],
)
def test_what_is_no_address_of_a_note(locator: str) -> None:
    """Listings, dates, other series and bare numbers name no note."""
    assert locator_title(locator, TECHNICAL_NOTES) is None


@given(st.integers(1, 99_999), st.integers(1900, 2099), st.text(st.characters(codec="utf-8")))
def test_any_address_is_read_or_not(number: int, year: int, rest: str) -> None:
    """An address that names a note is read with whatever follows, and no address fails."""
    found = locator_title(f"{year}/technical-notes-{year}-issue-{number}", TECHNICAL_NOTES)
    assert _parts(found) == (number, year, None)
    for text in (rest, f"technical-notes-{year}-issue-{number}-{rest}", f"{SITE}/%{rest}"):
        for read in (locator_title, title_line, other_series):
            read(text, TECHNICAL_NOTES)
        folder_year(text)


@given(st.builds(NoteReference, st.integers(2000, 2025), st.integers(1, 999)))
def test_a_slug_is_an_address_of_its_note(reference: NoteReference) -> None:
    """A file that is named by its slug or printed number is that note."""
    found = [locator_title(f"{name}.html", TECHNICAL_NOTES) for name in (reference.slug, reference)]
    assert [_parts(each) for each in found] == [(reference.number, reference.year, None)] * 2


@pytest.mark.parametrize(
    ("locator", "year"),
    [
        ("2021/064.html", 2021),
        ("2020/notes/2021/064.html", 2021),
        ("notes\\2021\\064.html", 2021),
        (f"{SITE}/technical-notes/2021/grit", 2021),
        ("2021.html", None),
        ("notes-2021/064.html", None),
        ("1850/064.html", None),
    ],
)
def test_the_year_of_a_folder(locator: str, year: int | None) -> None:
    """The nearest folder that is named for a year gives it; a file's own name is no folder."""
    assert folder_year(locator) == year


@pytest.mark.parametrize(
    ("title", "series"),
    [
        ("Employee News 2021, Issue 03", "Employee News"),
        ("Employee News 2021, Issue 03 - Grit", "Employee News"),
        ("Members’ Bulletin 2021 no. 4", "Members’ Bulletin"),
        ("Elected Member Briefing Note 2023, No 114", "Elected Member Briefing Note"),
        ("Technical Notes 2021, Issue 3", None),
        ("The Technical Notes 2021, issue 3", None),
        ("TN 2021, issue 4", None),
        ("Grit Bins 2021", None),
    ],
)
def test_another_series(title: str, series: str | None) -> None:
    """A title of the usual pattern that names anything but our series is another's."""
    assert other_series(title, TECHNICAL_NOTES) == series


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (TitleLine(64), {Field.NUMBER: 64}),
        (TitleLine(64, 2023, "Grit"), {Field.NUMBER: 64, Field.YEAR: 2023, Field.TITLE: "Grit"}),
    ],
)
def test_a_title_claims_what_it_states(line: TitleLine, fields: dict[Field, int | str]) -> None:
    """Each part that is there is a claim, and an absent one is none."""
    expected = tuple(Claim(field, value, Origin.TITLE) for field, value in fields.items())
    assert line.claims(Origin.TITLE) == expected


def test_the_words_of_a_title_as_an_address_spells_them() -> None:
    """Case, apostrophes and dashes do not tell a title from its address."""
    assert slug_words("Members’ Diary – 2023/24, No. 1") == (
        "members", "diary", "202324", "no", "1",
    )  # fmt: skip
