"""Prints every page of a folder to PDF: `python -m tests.renderings.printing FOLDER FURNITURE`."""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.renderings.programs import chromium

_FOOTER = (
    '<div style="font-size:8pt;width:100%;text-align:center">Page '
    '<span class="pageNumber"></span> of <span class="totalPages"></span></div>'
)


def print_all(folder: Path, furniture: str) -> None:
    """Print each `.html` in `folder` to a `.pdf` beside it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        for file in sorted(folder.glob("*.html")):
            page.goto(file.as_uri())
            page.pdf(
                path=file.with_suffix(".pdf"),
                prefer_css_page_size=True,
                display_header_footer=bool(furniture),
                header_template=furniture,
                footer_template=_FOOTER,
            )
        browser.close()


if __name__ == "__main__":
    print_all(Path(sys.argv[1]), sys.argv[2])
