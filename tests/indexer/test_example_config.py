"""The commented file that `technotes init` writes says what is true of it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.config import LABELS, Config, Source, example_text, load_config

_DEFAULT = re.compile(r"^# (?=\w+ = )", re.MULTILINE)
_EXAMPLE = re.compile(r"^# for example: (?=\w+ = )", re.MULTILINE)
AS_WRITTEN = Config(sources=(Source(Path("notes")),), file=Path("technotes.toml"))


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A working folder with the folder `notes` that `init` makes."""
    monkeypatch.chdir(tmp_path)
    Path("notes").mkdir()


def loaded(text: str) -> Config:
    Path("technotes.toml").write_text(text, encoding="utf-8")
    return load_config(Path("technotes.toml"))


def test_the_file_as_written_changes_no_default() -> None:
    """An archive does not come up under an invented council's name."""
    assert loaded(example_text()) == AS_WRITTEN


def test_what_is_commented_out_is_the_default() -> None:
    """Every key without a mark of its own can be uncommented, and nothing changes."""
    text, defaults = _DEFAULT.subn("", example_text())
    assert defaults == 7
    assert loaded(text) == AS_WRITTEN


def test_the_examples_can_be_used() -> None:
    """Uncommented, each of them counts, and none of them is the default."""
    text, examples = _EXAMPLE.subn("", example_text())
    assert examples == 4
    config = loaded(text)
    assert config.council.name == "Strathallan Council"
    assert config.council.site == "https://www.strathallan.example"
    assert config.labels == {
        "number": ("Briefing number",),
        "details": ("Briefing information",),
    }
    assert replace(config, council=AS_WRITTEN.council, labels={}) == AS_WRITTEN


def test_every_label_is_named() -> None:
    """The comment lists the keys that the program knows."""
    assert all(re.search(rf"\b{label}\b", example_text()) for label in LABELS)
