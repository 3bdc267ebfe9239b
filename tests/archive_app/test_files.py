"""The stylesheet, the script and the templates as files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import archive_app
from archive_app.resources import bundled_folder

STATIC = Path(archive_app.__file__).parent / "static"
TEMPLATES = sorted(bundled_folder("templates").rglob("*.html"))


def test_the_stylesheet_is_small() -> None:
    """24,000 bytes, so that a phone in a basement committee room has it at once."""
    assert (STATIC / "archive.css").stat().st_size <= 24_000


def test_nothing_comes_from_elsewhere() -> None:
    """No import, font or image of another host, in style or script."""
    for file in STATIC.iterdir():
        text = file.read_text(encoding="utf-8")
        assert "//" not in re.sub(r"^\s*//.*$|\s// .*$", "", text, flags=re.MULTILINE), file
        assert "@import" not in text


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_has_inline_style_script_or_raw_markup(template: Path) -> None:
    """The content security policy would refuse them; `safe` would let a source's markup in."""
    text = template.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:|\|\s*safe|autoescape|Markup", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


def test_a_folder_that_is_not_bundled_is_named() -> None:
    """A broken installation says what to do."""
    with pytest.raises(FileNotFoundError, match="reinstall technical-notes-archive"):
        bundled_folder("nonsense")
    assert bundled_folder("sample").is_dir()
