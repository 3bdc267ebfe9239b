"""Suggestions as one types, by keyboard, by hand, and without a script."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DESK, PHONE, Open

PICTURES = os.environ.get("TECHNOTES_PICTURES")


def typed(page: Page, text: str) -> Page:
    """The page once `text` is typed and suggestions stand below it."""
    box = page.get_by_role("combobox")
    box.press_sequentially(text)
    expect(page.get_by_role("listbox", name="Suggestions")).to_be_visible()
    return page


@pytest.mark.parametrize("width", [DESK, PHONE])
@pytest.mark.parametrize("address", ["/", "/help", "/search?q=salt"])
def test_axe_finds_nothing_and_every_option_is_large_enough(
    visit: Open, address: str, width: int
) -> None:
    """In the hero, in the masthead and above results; nothing moves and nothing sticks out."""
    page = visit(address, width=width)
    page.get_by_role("combobox").fill("")
    height = page.evaluate("document.documentElement.scrollHeight")
    typed(page, "winter")
    page.keyboard.press("ArrowDown")
    main = page.locator("main").bounding_box()
    for option in page.get_by_role("option").all():
        box = option.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert page.locator("main").bounding_box() == main
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []
    if PICTURES:
        name = f"{address.strip('/').split('?')[0] or 'home'}-{width}.png"
        page.screenshot(path=Path(PICTURES) / name)


def test_the_keyboard_chooses_a_note(visit: Open) -> None:
    """Arrow keys go round by way of the box itself; Enter opens what is chosen."""
    page = typed(visit("/"), "06")
    box = page.get_by_role("combobox")
    options = page.get_by_role("option")
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("status")).to_have_text(f"{options.count()} suggestions")
    expect(options.first).to_contain_text("TN 06")
    for _ in range(options.count()):
        page.keyboard.press("ArrowDown")
    expect(options.last).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(page.locator("[role=option][aria-selected=true]")).to_have_count(0)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    last = options.last
    expect(last).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", f"suggestion-{options.count() - 1}")
    wanted = last.get_attribute("data-address")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{wanted}")


def test_escape_closes_the_list_and_keeps_the_words(visit: Open) -> None:
    """Enter then searches for them, and leaving the box closes the list as well."""
    page = typed(visit("/"), "winter")
    page.keyboard.press("Escape")
    box, listed = page.get_by_role("combobox"), page.locator("#suggestions")
    expect(listed).to_be_hidden()
    expect(box).to_have_value("winter")
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(listed).to_be_visible()
    page.keyboard.press("Escape")
    typed(page, " service")
    page.keyboard.press("Tab")
    expect(listed).to_be_hidden()
    box.press("Enter")
    page.wait_for_url("**/search?q=winter+service")


def test_words_are_searched_for_under_the_filters_in_use(visit: Open) -> None:
    """A click on words submits the form they stand in."""
    page = visit("/search?q=salt&year=2023")
    page.get_by_role("combobox").fill("")
    typed(page, "winter ser")
    page.get_by_role("option").filter(has_text="Winter Service Search for").click()
    page.wait_for_url("**year=2023**")
    expect(page.get_by_role("heading", level=1)).to_contain_text("“Winter Service")


def test_only_the_last_answer_is_shown(visit: Open) -> None:
    """One that is overtaken is given up, and a failure leaves a plain search box."""
    page = visit("/help")
    asked: list[str] = []

    def delay(route: Route) -> None:
        asked.append(route.request.url.partition("q=")[2])
        route.continue_()

    page.route("**/suggest?*", delay)
    typed(page, "winter service")
    assert asked[-1] == "winter+service"
    assert len(asked) < len("winter service")
    page.route("**/suggest?*", lambda route: route.abort())
    page.keyboard.press("Escape")
    page.get_by_role("combobox").press_sequentially(" r")
    page.wait_for_timeout(300)
    expect(page.locator("#suggestions")).to_be_hidden()


def test_without_a_script_it_is_a_search_box(visit: Open) -> None:
    page = visit("/", script=False)
    box = page.get_by_label("Search all notes")
    expect(box).not_to_have_attribute("role", "combobox")
    box.fill("winter")
    box.press("Enter")
    page.wait_for_url("**/search?q=winter")
