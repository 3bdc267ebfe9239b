"""The page of results."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from indexer.search_index.evaluation import deadline
from tests.archive_app.conftest import Page


def words(part: Tag | None) -> str:
    """The text of a part of a page on one line."""
    assert part is not None
    return " ".join(part.get_text(" ").split())


def lines(page: BeautifulSoup) -> str:
    """All that the page says about the search above its results."""
    return words(page.select_one("#found"))


def ticks(page: BeautifulSoup, facet: str) -> dict[str, tuple[int, bool]]:
    """The values of a facet with count and whether each is ticked."""
    return {
        str(box["value"]): (
            int(words(box.parent.select("span")[1]).split()[0]),
            box.has_attr("checked"),
        )
        for box in page.select(f"#facet-{facet} input")
        if box.parent is not None
    }


def test_results_say_how_many_and_show_each_with_its_matches(page: Page) -> None:
    """One sentence with the total, then notes with number, date, title, snippet and officers."""
    results = page("/search?q=winter+gritting")
    assert words(results.h1) == f"{total(results)} notes found for “winter gritting”"
    assert "Searched 71 notes, indexed up to 22 November 2026, 2:14am UTC" in lines(results)
    entry = next(li for li in results.select(".ledger > li") if "TN 101-22" in words(li))
    assert words(entry.select_one("time")) == "21 October 2022"
    assert {mark.text for mark in entry.select(".record mark")} == {"gritting", "winter"}
    assert "Ishbel Drumfearn, Head of Roads and Neighbourhood Services" in words(entry)
    assert "Roads and winter maintenance" in words(entry)
    link = entry.select_one(".title a")
    assert link is not None
    assert link["href"] == "/notes/2022-101"


def total(page: BeautifulSoup) -> int:
    """The number that the heading begins with."""
    return int(words(page.h1).split()[0])


def test_it_says_how_many_notes_hold_all_the_words(page: Page) -> None:
    """Notes with some of the words are not passed off as answers to the whole question."""
    results = page("/search?q=salt+gritting+collections")
    assert "No note holds all these words; those below hold some of them." in lines(results)


def test_it_says_what_of_the_query_was_not_read_as_typed(page: Page) -> None:
    """A word left out, a phrase that no note has, an acronym and words beyond the limit."""
    assert "Not looked for, as nearly every note has it: “the” and “of”." in lines(
        page("/search?q=the+winter+of")
    )
    results = page("/search?q=%22winter+of+the+gritting%22")
    assert "No note has “winter of the gritting”; its words were looked for instead." in lines(
        results
    )
    many = "+".join(f"word{number}" for number in range(100))
    shown = ", ".join(f"“word{number}”" for number in range(64, 72))
    assert f"The query is longer than can be read; left out: {shown} and 28 others." in lines(
        page(f"/search?q={many}")
    )


def test_facets_are_named_and_their_own_choice_does_not_shrink_them(page: Page) -> None:
    """Year, Officer and Subject: a ticked year leaves the other years' counts as they were."""
    before = page("/search?q=winter")
    after = page("/search?q=winter&year=2023")
    assert [legend.text for legend in after.select("legend")] == ["Year", "Officer", "Subject"]
    unticked = {value: count for value, (count, _) in ticks(before, "year").items()}
    assert {value: count for value, (count, _) in ticks(after, "year").items()} == unticked
    assert [value for value, (_, ticked) in ticks(after, "year").items() if ticked] == ["2023"]
    assert total(after) == unticked["2023"]
    assert sum(count for count, _ in ticks(after, "officer").values()) < sum(
        count for count, _ in ticks(before, "officer").values()
    )


def test_filters_of_every_facet_hold_together_and_come_off_one_by_one(page: Page) -> None:
    """Each chip drops its own filter; clearing keeps the words and the order."""
    address = (
        "/search?q=winter&year=2022&year=2023&officer=ishbel-drumfearn&subject=finance&sort=newest"
    )
    results = page(address)
    chips = {words(link): str(link["href"]) for link in results.select(".chips a")}
    assert list(chips) == [
        "Remove filter year: 2023",
        "Remove filter year: 2022",
        "Remove filter officer: Ishbel Drumfearn",
        "Remove filter subject: Finance and budget",
        "Clear filters",
    ]
    without = parse_qsl(urlsplit(chips["Remove filter year: 2023"]).query)
    assert set(without) == set(parse_qsl(urlsplit(address).query)) - {("year", "2023")}
    assert chips["Clear filters"] == "/search?q=winter&sort=newest"
    assert {words(ref) for ref in results.select(".ledger .ref")} == {"TN 064-23", "TN 112-22"}
    hidden = results.select_one("#search input[type=hidden]")
    assert hidden is not None
    assert (hidden["name"], hidden["value"]) == ("sort", "newest")


def test_the_title_begins_with_the_count_and_names_query_filters_and_page(page: Page) -> None:
    """A screen reader hears what changed before anything else."""
    results = page("/search?q=winter&subject=roads&page=2")
    assert results.title is not None
    assert results.title.text.startswith(
        f"{total(results)} notes found for “winter”, filtered by subject Roads and winter"
        " maintenance, page 2 of 2 – Technical Notes Archive"
    )


def test_pages_keep_the_question_and_do_not_overlap(page: Page) -> None:
    """Every note of a long result is on exactly one page."""
    address: str | None = "/search?subject=elections&subject=finance&sort=newest"
    seen: list[str] = []
    pages = 0
    while address:
        results = page(address)
        seen += [words(ref) for ref in results.select("#results .ref")]
        following = results.select_one("a[rel=next]")
        address = str(following["href"]) if following else None
        pages += 1
    assert pages > 1
    assert len(seen) == len(set(seen)) == total(results)


@pytest.mark.parametrize(
    "typed", ["0", "-1", "abc", "1e3", "99999999999999999999", "%EF%BC%91", "%D9%A3", "1_0", "%2B1"]
)
def test_an_odd_page_shows_page_1_with_its_filters_and_says_so(page: Page, typed: str) -> None:
    """PAG-1: never an error, and never a second address for a page."""
    results = page(f"/search?q=winter&subject=roads&page={typed}")
    assert "this is page 1." in lines(results)
    assert ticks(results, "subject")["roads"][1]
    canonical = results.select_one("link[rel=canonical]")
    assert canonical is not None
    assert canonical["href"] == "/search?q=winter&subject=roads"


def test_a_page_past_the_last_shows_the_last_and_says_so(page: Page) -> None:
    """A stale bookmark of a result that shrank still shows notes."""
    assert "There is no page 99; this is page 2." in lines(page("/search?subject=roads&page=99"))


@pytest.mark.parametrize("spelling", ["TN+064-23", "064-23", "64/23", "2023+issue+64", "2023-064"])
def test_a_number_goes_straight_to_its_note(client: FlaskClient, spelling: str) -> None:
    """In any spelling, and by a redirect that browsers do not keep."""
    response = client.get(f"/search?q={spelling}")
    assert (response.status_code, response.location) == (302, "/notes/2023-064")


@pytest.mark.parametrize(
    ("query", "typed", "hits"),
    [
        ("TN+999-23", "TN 999-23", False),
        ("TN+999-23+gritting", "TN 999-23", True),
        ("999-19", "999-19", False),
    ],
)
def test_a_number_not_held_is_named_as_typed(
    page: Page, query: str, typed: str, hits: bool
) -> None:
    """QRY-6: one wording whatever the cause, the years held, and the rest still searched."""
    results = page(f"/search?q={query}")
    assert (
        f"{typed} is not in this archive: not issued, not public, or not found."
        " The archive holds notes of 2015 to 2026."
    ) in lines(results)
    assert bool(results.select("#results .ledger > li")) is hits
    assert "missing" not in results.text


def test_a_restricted_number_reads_like_any_number_not_held(page: Page) -> None:
    """The public cannot tell a restricted note from one that was never issued."""
    restricted, never = (lines(page(f"/search?q=TN+{number}-24")) for number in ("012", "912"))
    assert restricted.replace("012", "912") == never


def test_no_result_gives_advice_and_keeps_the_filters(page: Page) -> None:
    """The filters stay on the page, so that one of them can be taken off."""
    results = page("/search?q=zeppelin&year=2019")
    assert words(results.h1) == "No notes found for “zeppelin”"
    assert "Search without the filters" in words(results.select_one("#results"))
    assert ticks(results, "year") == {"2019": (0, True)}


def test_what_was_typed_is_shown_as_text(page: Page) -> None:
    """Neither a query nor a note can put markup on a page."""
    results = page("/search?q=%3Cscript%3Ealert(1)%3C/script%3E+diary")
    assert "<script>alert(1)</script> diary" in words(results.h1)
    assert len(results.select("script")) == 1
    assert "of <5 are not shown; <b>in hand</b>; R&D" in page("/search?q=costs").text


def test_notes_without_a_heading_can_be_filtered(page: Page) -> None:
    """They count under Not classified."""
    results = page("/search?subject=not-classified")
    assert [words(ref) for ref in results.select("#results .ref")] == ["TN 009-26"]
    assert "Remove filter subject: Not classified" in lines(results)


def test_the_rest_of_a_long_facet_folds_but_never_a_ticked_value(page: Page) -> None:
    """What is in use can always be seen and taken off."""
    results = page("/search?year=2015")
    folded = {str(box["value"]) for box in results.select("#facet-year .more input")}
    assert folded == {str(year) for year in range(2016, 2021)}
    assert ticks(results, "year")["2015"][1]


def test_years_that_are_not_held_are_said_once(page: Page) -> None:
    """They find nothing, come off together, and make no page long."""
    strange = "&".join(f"year={year}" for year in range(1990, 2014))
    results = page(f"/search?q=winter&year=2023&{strange}")
    assert total(results) == total(page("/search?q=winter&year=2023"))
    assert (
        "No note of 2013, 2012, 2011 or 21 other years is in this archive;"
        " it holds notes of 2015 to 2026."
    ) in lines(results)
    chips = {words(link): str(link["href"]) for link in results.select(".chips a")}
    assert list(chips) == [
        "Remove filter year: 2023",
        "Remove filter year: 24 that are not held",
        "Clear filters",
    ]
    assert chips["Remove filter year: 24 that are not held"] == "/search?q=winter&year=2023"
    alone = page("/search?q=winter&year=2014")
    assert words(alone.h1) == "No notes found for “winter”"
    assert "No note of 2014 is in this archive; it holds notes of 2015 to 2026." in lines(alone)


def test_an_address_of_thousands_of_filters_makes_no_long_page(client: FlaskClient) -> None:
    """As long an address as the server reads; what is left out is said."""
    many = "&".join(f"year={year}" for year in range(1900, 5100))
    response = client.get(f"/search?{many}")
    assert response.status_code == 200
    assert "asks for 3,200 values of year; only the first 50 are used." in response.text
    assert len(response.text) < 60_000


def test_a_mistyped_word_is_answered_with_the_real_one_under_the_same_filters(page: Page) -> None:
    """RNK-2: the link keeps every filter and the order."""
    results = page("/search?q=winter+griting&year=2022&officer=ishbel-drumfearn&sort=newest")
    link = results.select_one("#found .lead a")
    assert words(link) == "winter gritting"
    assert link is not None
    offered = str(link["href"])
    assert dict(parse_qsl(urlsplit(offered).query)) == {
        "q": "winter gritting",
        "year": "2022",
        "officer": "ishbel-drumfearn",
        "sort": "newest",
    }
    assert "Did you mean" not in lines(page(offered))
    assert "Did you mean" not in lines(page("/search?q=zeppelin"))


def test_suggestions_are_words_and_addresses(client: FlaskClient) -> None:
    """Each leads somewhere that answers; kept by no cache unasked, as every page."""
    answer = client.get("/suggest?q=winter")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.json is not None
    suggestions = answer.json["suggestions"]
    assert {each["kind"] for each in suggestions} == {"words", "note", "subject"}
    for each in suggestions:
        assert set(each) == {"kind", "text", "detail", "address"}
        assert client.get(each["address"]).status_code == 200
    assert {"kind": "note", "detail": "TN 064-23"}.items() <= next(
        each for each in suggestions if each["address"] == "/notes/2023-064"
    ).items()
    officer = client.get("/suggest?q=drumf").json
    assert officer is not None
    (found,) = officer["suggestions"]
    assert found["address"] == "/search?officer=ishbel-drumfearn"
    assert found["detail"].startswith("Officer, ")


@pytest.mark.parametrize(
    "query", ["", "?q=", "?q=w", "?q=" + "winter+" * 90, "?q=%22%28", "?q=a&q=b"]
)
def test_nothing_is_suggested_for_next_to_nothing_or_far_too_much(
    client: FlaskClient, query: str
) -> None:
    assert client.get(f"/suggest{query}").json == {"suggestions": []}


def test_a_search_given_up_says_so_on_a_page(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page says what to ask instead, and the next search is answered."""
    with monkeypatch.context() as patched:
        # A clock on which a second passes whenever it is read.
        patched.setattr(deadline, "time", SimpleNamespace(thread_time=count().__next__))
        response = client.get("/search?q=gritting")
    assert response.status_code == 503
    page = BeautifulSoup(response.text, "lxml")
    assert words(page.h1) == "This search takes too long"
    assert "longer than 500 ms and was given up: ask for fewer or rarer words" in words(page.body)
    assert client.get("/search?q=gritting").status_code == 200
