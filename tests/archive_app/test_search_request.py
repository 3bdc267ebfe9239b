"""Addresses of searches: read strictly, and every question has exactly one."""

from __future__ import annotations

import datetime
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from archive_app.search_request import MOST_VALUES, QUERY_CHARACTERS, parse_search, search_address
from indexer.domain.reference import Series
from indexer.domain.search import Contents, Council, SearchRequest, Sort
from indexer.search_index import NOT_CLASSIFIED

CONTENTS = Contents(
    council=Council("Strathallan Council"),
    series=Series(),
    built_at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC),
    notes=0,
    officers={"ishbel-drumfearn": "Ishbel Drumfearn", "magnus-tarbrax": "Magnus Tarbrax"},
    subjects={"roads": "Roads and winter maintenance", "finance": "Finance and budget"},
)

requests = st.builds(
    SearchRequest,
    query=st.text(max_size=60).map(lambda text: " ".join(text.split())).filter(str.isprintable),
    years=st.frozensets(st.integers(1900, 2099), max_size=4),
    officers=st.frozensets(st.sampled_from(sorted(CONTENTS.officers))),
    subjects=st.frozensets(st.sampled_from([*CONTENTS.subjects, NOT_CLASSIFIED])),
    sort=st.sampled_from(Sort),
    page=st.integers(1, 999_999),
)


@given(requests)
def test_the_address_of_a_question_asks_it_again(request: SearchRequest) -> None:
    """Nothing is lost or remarked on between a question and its own address."""
    app = Flask("archive_app")
    app.add_url_rule("/search", "search.results")
    with app.test_request_context():
        query = urlsplit(search_address(request)).query
    parsed = parse_search(MultiDict(parse_qsl(query, keep_blank_values=True)), CONTENTS)
    assert parsed.request == request
    assert parsed.remarks == ()


names = st.sampled_from(["q", "year", "officer", "subject", "sort", "page", "per_page"])


@given(st.lists(st.tuples(names, st.text(max_size=30)), max_size=8))
def test_no_address_is_too_odd_to_read(pairs: list[tuple[str, str]]) -> None:
    """Whatever the arguments, there is a question with a page from 1 and printable words."""
    request = parse_search(MultiDict(pairs), CONTENTS).request
    assert request.page >= 1
    assert "\0" not in request.query
    assert request.officers <= set(CONTENTS.officers)


ODD_PAGES = ["0", "-1", "abc", "1e3", "99999999999999999999", "１", "٣", "1_0", "+1", "01", " 2"]


@pytest.mark.parametrize("page", ODD_PAGES)
def test_an_odd_page_is_page_1_and_said_to_be(page: str) -> None:
    """Python's int() takes several of these; an address may not."""
    parsed = parse_search(MultiDict([("q", "salt"), ("page", page)]), CONTENTS)
    assert parsed.request == SearchRequest(query="salt")
    (remark,) = parsed.remarks
    assert remark.startswith("There is no page")
    assert remark.endswith("this is page 1.")


@pytest.mark.parametrize("pages", [[""], ["2", "3"], ["2", "2"]])
def test_no_page_or_two_is_page_1_and_said_to_be(pages: list[str]) -> None:
    """An empty page and a page given twice are no page numbers."""
    parsed = parse_search(MultiDict([("page", page) for page in pages]), CONTENTS)
    assert parsed.request.page == 1
    assert "this is page 1." in parsed.remarks[0]


@pytest.mark.parametrize(
    ("argument", "remark"),
    [
        (("year", "20x3"), "This archive knows no year “20x3”; that filter is not applied."),
        (
            ("year", "２０２３"),
            "This archive knows no year “２０２３”; that filter is not applied.",
        ),
        (("officer", "nobody"), "This archive knows no officer “nobody”; that"),
        (("subject", "sport"), "This archive knows no subject heading “sport”; that"),
        (("sort", "oldest"), "Notes can be sorted by best match or newest"),
        (("q", "a" * 1200), f"Only the first {QUERY_CHARACTERS:,} characters"),
    ],
)
def test_what_cannot_be_used_is_left_out_and_named(argument: tuple[str, str], remark: str) -> None:
    """A filter that does not apply never vanishes in silence."""
    parsed = parse_search(MultiDict([argument, ("year", "2023")]), CONTENTS)
    assert parsed.request.years == {2023}
    assert len(parsed.remarks) == 1
    assert parsed.remarks[0].startswith(remark)


def test_an_empty_filter_asks_for_nothing() -> None:
    """Forms send empty fields; nobody needs to hear of them."""
    parsed = parse_search(MultiDict([("officer", ""), ("year", ""), ("sort", "")]), CONTENTS)
    assert parsed.request == SearchRequest()
    assert parsed.remarks == ()


@pytest.mark.parametrize("facet", ["year", "officer", "subject"])
def test_an_address_gives_no_more_values_of_a_facet_than_a_person_ticks(facet: str) -> None:
    """The first are used, one given twice counts once, and what is left out is said."""
    values = [str(year) for year in range(1950, 1950 + MOST_VALUES)]
    full = parse_search(MultiDict([(facet, v) for v in values * 2]), CONTENTS)
    over = parse_search(MultiDict([(facet, v) for v in [*values, "2023"]]), CONTENTS)
    assert over.request == full.request
    assert over.remarks == (
        f"The address asks for 51 values of {facet}; only the first 50 are used.",
        *full.remarks,
    )
