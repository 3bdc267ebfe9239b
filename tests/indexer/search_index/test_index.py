"""The index as written and read back."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from indexer.domain.errors import GenerationError
from indexer.search_index.analysis import terms_of
from indexer.search_index.index import Index
from indexer.search_index.question import Clause
from indexer.search_index.writing import write_index


def holds(body: str, phrase: str) -> bool:
    """Whether `body` holds the words of `phrase` one after another, by reading it."""
    terms, wanted = terms_of(body), terms_of(phrase)
    return any(terms[at : at + len(wanted)] == wanted for at in range(len(terms)))


def test_phrases_are_found_where_they_stand_and_nowhere_else(tmp_path: Path, note) -> None:
    draw = random.Random(10)
    bodies = [" ".join(draw.choices("abcd", k=draw.randint(1, 12))) for _ in range(300)]
    write_index(
        tmp_path, tuple(note(f"2023-{at:03d}", None, body) for at, body in enumerate(bodies, 1))
    )
    index = Index(tmp_path)
    for length in (1, 2, 3, 4):
        for _ in range(30):
            phrase = " ".join(draw.choices("abcd", k=length))
            scores = index.scores(Clause(terms_of(phrase), ("body",)))
            assert (scores > 0).tolist() == [holds(body, phrase) for body in bodies], phrase
    index.close()


def test_notes_are_in_the_order_of_their_numbers(tmp_path: Path, note) -> None:
    slugs = ["2024-002", "2022-100", "2022-1000", "2024-001"]
    notes = {slug: note(slug, f"Note {slug}") for slug in slugs}
    write_index(tmp_path, tuple(notes.values()))
    index = Index(tmp_path)
    order = ["2022-100", "2022-1000", "2024-001", "2024-002"]
    assert [index.note(at) for at in range(4)] == [notes[slug] for slug in order]
    assert [summary.reference.slug for summary in index.summaries()] == order
    index.close()


def test_an_index_may_be_empty(tmp_path: Path) -> None:
    write_index(tmp_path, ())
    index = Index(tmp_path)
    assert index.size == 0
    assert index.summaries() == ()
    assert np.array_equal(index.scores(Clause(("a",))), np.zeros(0))
    index.close()


def test_a_note_that_cannot_be_indexed_is_named(tmp_path: Path, note) -> None:
    with pytest.raises(GenerationError, match="note 064-23 cannot be indexed"):
        write_index(tmp_path, (note("2023-064", body="half a character \ud83d"),))
