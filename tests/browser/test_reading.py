"""Reading, on every width of screen, by keyboard, on paper."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.reference import NoteReference
from tests.archive_app.invented import invented, publish_invented
from tests.archive_app.serving import serving
from tests.browser.conftest import DESK, PHONE, SMALL_PHONE, Open

PAGES = {
    "home": "/",
    "search": "/search?q=winter&year=2023",
    "no results": "/search?q=zeppelin&year=2023",
    "note": "/notes/2023-064",
    "wide note": "/notes/2026-009",
    "year": "/years/2023",
    "years": "/years",
    "officers": "/officers",
    "subjects": "/subjects",
    "absent number": "/notes/2023-020",
    "404": "/nothing",
    "help": "/help",
}
pages = pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())


@pages
def test_no_page_is_wider_than_its_window(visit: Open, address: str) -> None:
    """MOB-1: at 320 pixels too; only a table scrolls, in its own region."""
    page = visit(address, width=SMALL_PHONE)
    for width in (SMALL_PHONE, PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_lists_nested_deep_still_fit_a_small_phone(visit: Open, tmp_path: Path) -> None:
    """Bullets and printed numbers alike; every item keeps room for its words."""
    words = "Considerations of the neighbourhood services committee"
    items = tuple(
        Block(kind=BlockKind.ITEM, text=words, level=level, number=number)
        for number in ("viii", None)
        for level in range(1, 30)
    )
    plain = replace(invented().notes[0], reference=NoteReference(2019, 801), body=items)
    publish_invented(tmp_path, added=[plain])
    with serving(tmp_path) as address:
        page = visit(f"{address}/notes/2019-801", width=SMALL_PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= SMALL_PHONE
        rooms = [item.bounding_box() for item in page.locator(".note li").all()]
        assert min(room["width"] for room in rooms if room) > 100


@pytest.mark.parametrize(
    ("width", "dark"), [(DESK, False), (DESK, True), (PHONE, False)], ids=["desk", "dark", "phone"]
)
@pages
def test_axe_finds_nothing(visit: Open, address: str, width: int, dark: bool) -> None:
    """Every rule of WCAG 2.2 AA and of good practice that a machine can check."""
    page = visit(address, width=width, dark=dark)
    for closed in page.locator("details:not([open]) > summary").all():
        if closed.is_visible():
            closed.click()
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found] == []


def test_controls_are_large_enough(visit: Open) -> None:
    """44 pixels on a phone, as a thumb is wide."""
    page = visit("/search?q=winter", width=PHONE)
    page.locator(".filters > summary").click()
    page.locator("#facet-year > summary").click()
    for control in page.locator("button, input[type=search], .tick, .pages a").all():
        if control.is_visible():
            box = control.bounding_box()
            assert box is not None
            assert box["height"] >= 44, control.inner_text()


def test_the_keyboard_reaches_the_text_first(visit: Open) -> None:
    """The skip link is the first stop, and what has focus is seen to have it."""
    page = visit("/notes/2023-064")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Archive", exact=True)).to_be_focused()
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


def test_the_keyboard_scrolls_a_wide_table(visit: Open) -> None:
    """The region takes focus and has a name."""
    page = visit("/notes/2026-009", width=PHONE)
    region = page.get_by_role("region", name="Table 1 of TN 009-26")
    region.focus()
    last = region.get_by_text("Column 9")
    expect(last).not_to_be_in_viewport()
    for _ in range(40):
        page.keyboard.press("ArrowRight")
    expect(last).to_be_in_viewport()


def test_the_slash_key_goes_to_the_search_box_until_it_is_turned_off(visit: Open) -> None:
    """On the help page, and it is remembered."""
    page = visit("/help")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.get_by_label("The / key goes to the search box").uncheck()
    page.goto(page.url.replace("/help", "/years"))
    page.keyboard.press("/")
    expect(page.locator("#q")).not_to_be_focused()


def test_a_paragraph_has_an_address_and_can_be_copied(visit: Open) -> None:
    """The link works by itself; the script copies number, paragraph and address."""
    page = visit("/notes/2023-064")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#p5 a.cite").click()
    expect(page.get_by_role("status")).to_have_text("Copied: TN 064-23, paragraph 5")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"TN 064-23, paragraph 5, {page.url.split('#')[0]}#p5"
    assert page.url.endswith("#p5")


def shown(page: Page, selector: str) -> bool:
    """Whether any element of `selector` takes room on the page."""
    return any(element.is_visible() for element in page.locator(selector).all())


def test_paper_carries_the_note_and_no_controls(visit: Open) -> None:
    """Black on white, in either colour scheme, without navigation."""
    page = visit("/notes/2023-064", dark=True)
    page.emulate_media(media="print")
    assert not shown(page, "nav, form, .cite, .skip, .neighbours")
    assert shown(page, ".note .para")
    assert shown(page, ".summary")
    ink, paper = page.evaluate(
        "[getComputedStyle(document.body).color, getComputedStyle(document.documentElement)"
        ".backgroundColor]"
    )
    assert (ink, paper) == ("rgb(0, 0, 0)", "rgb(255, 255, 255)")
    assert page.pdf().startswith(b"%PDF")
