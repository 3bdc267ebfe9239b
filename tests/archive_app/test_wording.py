"""Titles that are too long for a list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive_app.wording import shortened, shortened_spans
from indexer.domain.search import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Winter service", "Winter service"),
        ("Winter service, 2023", "Winter service…"),
        ("Winter services of all roads", "Winter services…"),
        ("A-road-without-spaces", "A-road-without…"),
        ("A road-without-any-space", "A road-without…"),
    ],
)
def test_a_long_text_ends_after_a_word(text: str, expected: str) -> None:
    """Unless the word itself is too long; punctuation before the ellipsis goes."""
    assert shortened(text, 15) == expected


spans = st.lists(st.builds(Span, st.text("ab ,-", min_size=1, max_size=9), st.booleans()))


@given(spans, st.integers(1, 30))
def test_spans_are_cut_where_their_text_is(title: list[Span], length: int) -> None:
    """And what is left of each is matched or not as before."""
    cut = shortened_spans(title, length)
    text = "".join(span.text for span in title)
    assert "".join(span.text for span in cut) == shortened(text, length)
    kept = [span for span in cut if span.text != "…"]
    assert [span.matched for span in kept] == [span.matched for span in title][: len(kept)]
