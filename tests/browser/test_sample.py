"""The whole straight line: the sample's files, indexed and read in a browser."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import expect

from archive_app.resources import bundled_folder
from indexer.config import CONFIG_NAME, load_config
from indexer.pipeline import run
from tests.archive_app.serving import serving
from tests.browser.conftest import Open

SCREENSHOT = Path(__file__).parents[2] / "docs" / "screenshot.png"


def test_the_sample_can_be_indexed_searched_and_read(visit: Open, tmp_path: Path) -> None:
    """A results page of the sample, which the README shows.

    With TECHNOTES_SCREENSHOT=1 in the environment its picture becomes docs/screenshot.png.
    """
    config = replace(load_config(bundled_folder("sample") / CONFIG_NAME), data=tmp_path)
    assert run(config).generation is not None
    with serving(tmp_path) as address:
        page = visit(f"{address}/search?q=winter+gritting&year=2023&year=2024")
        expect(page.get_by_role("heading", level=1)).to_contain_text("found for “winter gritting”")
        expect(page.locator(".ledger mark").first).to_be_visible()
        picture = tmp_path / "screenshot.png"
        page.screenshot(path=picture)
        assert picture.stat().st_size > 10_000
        page.locator(".ledger .title a").first.click()
        expect(page.locator(".summary")).to_contain_text("Report by")
        assert page.locator(".note .para").count() > 0
    if os.environ.get("TECHNOTES_SCREENSHOT") == "1":
        SCREENSHOT.parent.mkdir(exist_ok=True)
        shutil.copyfile(picture, SCREENSHOT)
