"""Runs of words: links and references cut out of a block's text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.runs import Run, RunKind, Surroundings, runs_of, safe_address
from indexer.domain.blocks import Block, BlockKind, Link
from indexer.domain.reference import NoteReference, Series

AROUND = Surroundings(
    Series(),
    cites=frozenset({NoteReference(2023, 64), NoteReference(2022, 187)}),
    held=frozenset({NoteReference(2023, 64)}),
    address="https://www.strathallan.example/notes/one",
)


def block(text: str, *links: Link) -> Block:
    return Block(kind=BlockKind.PARAGRAPH, text=text, links=links)


texts = st.text(alphabet="TN 064-23/187,.()\nissue", max_size=60)


@given(texts, st.lists(st.builds(Link, texts, st.text(max_size=20)), max_size=3))
def test_runs_add_up_to_the_text(text: str, links: list[Link]) -> None:
    """Nothing is lost, doubled or moved."""
    assert "".join(run.text for run in runs_of(block(text, *links), AROUND)) == text


@pytest.mark.parametrize(
    ("printed", "target"),
    [
        ("TN 064-23", "2023-064"),
        ("TN-064-23", "2023-064"),
        ("TN 64/23", "2023-064"),
        ("064-23", "2023-064"),
        ("Technical Note 2023, Issue 64", "2023-064"),
        ("Technical Note No. 064-23", "2023-064"),
        ("Technical Note 187", None),
    ],
)
def test_a_cited_number_is_found_however_it_is_printed(printed: str, target: str | None) -> None:
    """Without a year only where one cited note fits; without a target when it is not held."""
    runs = runs_of(block(f"See {printed}, please."), AROUND)
    assert runs == (Run("See "), Run(printed, RunKind.REFERENCE, target), Run(", please."))


@pytest.mark.parametrize("text", ["TN 065-23", "1064-23", "064-23/4", "A064-23", "187", "64 23"])
def test_other_numbers_stay_words(text: str) -> None:
    """Not cited, part of a longer number, or no reference at all."""
    assert runs_of(block(text), AROUND) == (Run(text),)


@pytest.mark.parametrize(
    ("target", "address"),
    [
        ("https://a.example/b?c#d", "https://a.example/b?c#d"),
        ("two", "https://www.strathallan.example/notes/two"),
        ("#part", "https://www.strathallan.example/notes/one#part"),
        ("//b.example/x", "https://b.example/x"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("mailto:", None),
        ("javascript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("tel:01234", None),
        ("http://[::1", None),
    ],
)
def test_only_web_and_mail_addresses_are_followed(target: str, address: str | None) -> None:
    """A relative one from where the note was published."""
    assert safe_address(target, AROUND.address) == address


def test_a_relative_address_without_a_source_leads_nowhere() -> None:
    """It would lead into the archive's own pages."""
    assert safe_address("/search?q=x") is None
    assert safe_address("notes/2023-064.html") is None
