"""Searching, as a person does it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Open


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_words_find_notes_and_a_note_can_be_read(visit: Open, script: bool) -> None:
    """From the front page to the text of a note."""
    page = visit("/", script=script)
    page.get_by_label("Search all notes").fill("priority gritting routes")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("priority gritting routes")
    page.get_by_role("link", name="Winter Service Review 2022/23 and Proposed").first.click()
    expect(page.locator("#p3")).to_contain_text("priority gritting routes")
    expect(page).to_have_title(
        "TN 064-23: Winter Service Review 2022/23 and Proposed Changes to"
        " Priority Gritting Routes – Technical Notes Archive – Strathallan Council"
    )


def test_a_number_opens_its_note(visit: Open) -> None:
    """By the search box in the masthead."""
    page = visit("/help")
    page.get_by_label("Search all notes").fill("64/23")
    page.keyboard.press("Enter")
    page.wait_for_url("**/notes/2023-064")


def test_a_tick_applies_at_once_on_a_desk(visit: Open) -> None:
    """Only what changed is replaced: focus stays, the address follows, the count is announced."""
    page = visit("/search?q=winter")
    said = page.get_by_role("status")
    expect(said).to_have_count(1)
    expect(page.get_by_role("button", name="Apply filters")).to_be_hidden()
    before = page.get_by_role("heading", level=1).inner_text()
    page.get_by_label("2023", exact=False).first.check()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 notes found for “winter”")
    expect(said).to_have_text("3 notes found for “winter”")
    expect(page.locator("input[name=year][value='2023']")).to_be_focused()
    assert page.url.endswith("/search?q=winter&year=2023")
    assert page.title().startswith("3 notes found for “winter”, filtered by year 2023")
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", level=1)).to_have_text(before)
    expect(said).to_have_text(before)


def test_values_that_a_filter_took_away_come_back(visit: Open) -> None:
    """The lists are those of the new result, not those the page was loaded with."""
    page = visit("/search?q=winter&year=2026")
    officers = page.locator("#facet-officer .tick")
    few = officers.count()
    page.locator("input[name=year][value='2026']").uncheck()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("1 note found for “winter”")
    expect(officers.nth(few)).to_be_attached()


def test_no_result_is_announced_and_can_be_undone(visit: Open) -> None:
    """A whole sentence, and the filter is still there to be taken off."""
    page = visit("/search?q=winter&officer=una-dunmarrow&year=2015")
    expect(page.get_by_role("heading", level=1)).to_have_text("No notes found for “winter”")
    # A value without notes goes with its tick, so there is nothing left to see unticked.
    page.locator("input[name=year][value='2015']").click()
    expect(page.get_by_role("status")).to_contain_text("found for “winter”")
    expect(page.locator("#results .ledger")).to_be_visible()


def test_going_back_shows_the_earlier_result(visit: Open) -> None:
    """Each tick is a step in the history."""
    page = visit("/search?q=winter")
    before = page.get_by_role("heading", level=1).inner_text()
    page.locator("input[name=year][value='2023']").check()
    expect(page.get_by_role("heading", level=1)).to_have_text("3 notes found for “winter”")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(before)
    expect(page.locator("input[name=year][value='2023']")).not_to_be_checked()


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_filters_apply_without_script(visit: Open, width: int) -> None:
    """Open on a desk, folded on a phone, with a button on both."""
    page = visit("/search?q=winter&sort=newest", width=width, script=False)
    if width == PHONE:
        page.locator(".filters > summary").click()
        page.locator("#facet-year > summary").click()
    page.locator("input[name=year][value='2023']").check()
    page.locator("input[name=year][value='2022']").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("7 notes found for “winter”")
    assert page.url.endswith("/search?q=winter&sort=newest&year=2023&year=2022")


def test_ticks_wait_for_the_button_on_a_phone(visit: Open) -> None:
    """Several can be ticked before anything moves."""
    page = visit("/search?q=winter", width=PHONE)
    page.locator(".filters > summary").click()
    page.locator("#facet-year > summary").click()
    page.locator("input[name=year][value='2023']").check()
    page.locator("input[name=year][value='2022']").check()
    assert page.url.endswith("/search?q=winter")
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("7 notes found for “winter”")


def test_a_long_list_of_officers_narrows_as_one_types(visit: Open) -> None:
    """FAC-2: accents need not be typed."""
    page = visit("/search")
    more = page.locator("#facet-officer .more")
    more.locator("summary").click()
    page.get_by_label("Find an officer").fill("eilidh")
    expect(more.locator(".tick:visible")).to_have_text(["Éilidh Rannoch 2 notes"])
