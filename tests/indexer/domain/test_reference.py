"""The number of a note: every printed form of it is one reference, and nothing else is any."""

from __future__ import annotations

import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.reference import FIRST_YEAR, LAST_YEAR, NoteReference, Series, full_year

BRIEFINGS = Series(
    name="Elected Member Briefing Note",
    titles=("Elected Member Briefing Note", "Briefing Notes"),
    prefix="EMBN",
)
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

numbers = st.integers(1, 99_999)
references = st.builds(NoteReference, st.integers(FIRST_YEAR, LAST_YEAR), numbers)
last_years = st.integers(FIRST_YEAR + 99, LAST_YEAR)
spaces = st.sampled_from(["", " ", "  ", "\u00a0"])


@st.composite
def of_a_century(draw: st.DrawFn) -> tuple[NoteReference, int]:
    """A reference whose two-digit year is plain, and the last year that makes it so."""
    last_year = draw(last_years)
    return NoteReference(last_year - draw(st.integers(0, 99)), draw(numbers)), last_year


@st.composite
def leads(draw: st.DrawFn, series: Series) -> str:
    """What may be printed before a number: nothing, the prefix or a name, in any case."""
    name = draw(st.sampled_from([series.prefix, *series.names]))
    name = draw(st.sampled_from([name, name.upper(), name.lower()]))
    after = draw(st.sampled_from([" ", ": ", "-", " No. ", " no ", " number ", " – "]))
    return draw(st.sampled_from(["", name + after]))


@given(of_a_century())
def test_what_is_printed_is_read_again(pair: tuple[NoteReference, int]) -> None:
    """A printed reference parses to itself for the hundred years up to the last year."""
    reference, last_year = pair
    assert NoteReference.parse(str(reference), last_year=last_year) == reference


@given(of_a_century(), st.sampled_from(DASHES + "/"), spaces, leads(Series()))
def test_every_short_form_is_the_same_reference(
    pair: tuple[NoteReference, int], separator: str, space: str, lead: str
) -> None:
    """Prefix or name, dash or slash, spaces and leading noughts do not change the reference."""
    reference, last_year = pair
    for digits in (str(reference.number), f"{reference.number:03d}"):
        for year in (f"{reference.year % 100:02d}", str(reference.year)):
            text = f"{lead}{digits}{space}{separator}{space}{year}"
            # `2023-064` is an address's form, so a number of four digits needs a short year.
            if re.fullmatch(r"\d{4}-\d{4}", text):
                continue
            assert NoteReference.parse(text, last_year=last_year) == reference, text


@given(references, leads(Series()), st.sampled_from(["issue", "Issue", "ISSUE", "No.", "number"]))
def test_the_long_form_is_the_same_reference(
    reference: NoteReference, lead: str, word: str
) -> None:
    """`2023 issue 64` and `Technical Note 2023, Issue 64` name the year in full."""
    for comma in ("", ",", ":"):
        text = f"{lead}{reference.year}{comma} {word} {reference.number}"
        assert NoteReference.parse(text) == reference, text


@given(of_a_century(), leads(BRIEFINGS))
def test_another_series_is_another_prefix_and_name(
    pair: tuple[NoteReference, int], lead: str
) -> None:
    """The prefix and names of any series are read where that series is meant."""
    reference, last_year = pair
    text = f"{lead}{reference.number} - {reference.year % 100:02d}"
    assert NoteReference.parse(text, BRIEFINGS, last_year=last_year) == reference


@pytest.mark.parametrize("text", ["EMBN 114 - 23", "Briefing Notes 114-23", "XTN 114-23"])
def test_the_prefix_of_another_series_is_none_of_ours(text: str) -> None:
    """A number that another series' name leads is not one of Technical Notes."""
    with pytest.raises(ValueError, match="not a note's number"):
        NoteReference.parse(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("064-23", NoteReference(2023, 64)),
        ("TN-188-23", NoteReference(2023, 188)),
        ("TN 64/23", NoteReference(2023, 64)),
        ("2023 issue 64", NoteReference(2023, 64)),
        ("114 - 23", NoteReference(2023, 114)),
        ("2023-064", NoteReference(2023, 64)),
        ("TN No. 071–24", NoteReference(2024, 71)),
        ("technical notes 2021, Issue 149", NoteReference(2021, 149)),
        ("  TN: 5/22. ", NoteReference(2022, 5)),
        ("64-2023", NoteReference(2023, 64)),
        ("1234-23", NoteReference(2023, 1234)),
    ],
)
def test_forms_that_notes_print(text: str, expected: NoteReference) -> None:
    """The forms that councils print are read, whatever stands round them."""
    assert NoteReference.parse(text, last_year=2027) == expected


@pytest.mark.parametrize(
    "text",
    ["", "TN", "64", "000-23", "TN 0/23", "064-23-1", "1/2/23", "064-3", "064-123", "0-2023",
     "18 June 2023", "COVID-19", "24/7", "Issue 64", "1234567-23", "064-23 and 065-23"],
)  # fmt: skip
def test_what_is_no_reference(text: str) -> None:
    """Numbers without a year, dates and lists are no reference."""
    with pytest.raises(ValueError):
        NoteReference.parse(text)


@given(st.text() | st.text("0123456789-–/ .,TNtnoissue\u0663\u00a0"))
def test_any_text_is_a_reference_or_a_value_error(text: str) -> None:
    """Whatever is typed, parsing answers with a reference or raises ValueError, nothing else."""
    for read in (NoteReference.parse, NoteReference.from_slug):
        try:
            reference = read(text)
        except ValueError:
            continue
        assert FIRST_YEAR <= reference.year <= LAST_YEAR
        assert reference.number >= 1


@given(references)
def test_a_slug_is_read_again_and_no_other_spelling(reference: NoteReference) -> None:
    """Each reference has one address; the same number spelt otherwise is none."""
    assert NoteReference.from_slug(reference.slug) == reference
    assert NoteReference.parse(reference.slug) == reference
    for other in (
        f" {reference.slug}",
        f"{reference.year}-0{reference.number:03d}",
        str(reference),
    ):
        if other != reference.slug:
            with pytest.raises(ValueError):
                NoteReference.from_slug(other)


@given(references, references)
def test_two_references_never_share_a_slug(one: NoteReference, other: NoteReference) -> None:
    """Different notes have different addresses."""
    assert (one.slug == other.slug) == (one == other)


@given(st.lists(references))
def test_references_sort_by_year_then_number(unsorted: list[NoteReference]) -> None:
    """The order of references is that of year and number, not of what is printed."""
    in_order = sorted(unsorted)
    assert in_order == sorted(unsorted, key=lambda each: (each.year, each.number))


@given(st.integers(0, 99), last_years)
def test_two_digits_never_reach_past_the_last_year(digits: int, last_year: int) -> None:
    """Two digits are the latest such year that is not after the last one."""
    year = full_year(f"{digits:02d}", last_year=last_year)
    assert year % 100 == digits
    assert last_year - 99 <= year <= last_year


@given(st.integers(0, 99))
def test_two_digits_never_reach_past_next_year(digits: int) -> None:
    """Unless told otherwise the last year is the next one."""
    next_year = datetime.date.today().year + 1
    assert NoteReference.parse(f"064-{digits:02d}").year <= next_year


@pytest.mark.parametrize(("year", "number"), [(1899, 1), (2100, 1), (2023, 0), (2023, 100_000)])
def test_a_year_or_number_out_of_bounds_is_refused(year: int, number: int) -> None:
    """A reference holds only years and numbers that a note can have."""
    with pytest.raises(ValueError, match="is between"):
        NoteReference(year, number)


@pytest.mark.parametrize(("number", "printed"), [(1, "001-05"), (64, "064-05"), (1234, "1234-05")])
def test_a_number_is_printed_with_three_digits_or_more(number: int, printed: str) -> None:
    """Three digits as the council prints them, more where there are more."""
    assert str(NoteReference(2005, number)) == printed
