"""A real Chromium, and real servers for it to read from."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.archive_app.invented import publish_invented
from tests.archive_app.serving import serving

# Debian's chromium first: it brings the system libraries that Playwright's own needs.
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESK, PHONE, SMALL_PHONE = 1280, 360, 320

Open: TypeAlias = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs a browser."""
    here = Path(__file__).parent
    for test in items:
        if test.path.is_relative_to(here):
            test.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed Chromium or Playwright's own; skips where neither can be started."""
    found = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        try:
            chromium = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        except Error as error:
            reason = str(error).strip().splitlines()[0]
            pytest.skip(
                f"no Chromium could be started ({reason}): install one with"
                " `apt-get install chromium` or `playwright install --with-deps chromium`"
            )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the archive of invented notes."""
    folder = tmp_path_factory.mktemp("site")
    publish_invented(folder)
    with serving(folder) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Open]:
    """Opens an address in a new window; a fault in the script fails the test."""
    faults: list[str] = []
    contexts: list[BrowserContext] = []

    def open_page(
        address: str, *, width: int = DESK, script: bool = True, dark: bool = False
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            java_script_enabled=script,
            color_scheme="dark" if dark else "light",
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if refused(line.text) else None)
        page.goto(address if "://" in address else site + address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


def refused(line: str) -> bool:
    """Whether a line of the console says that the security policy stopped something."""
    return "Content Security Policy" in line or "Refused to" in line
