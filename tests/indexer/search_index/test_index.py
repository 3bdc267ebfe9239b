"""The index as written and read back."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from whoosh.query import Phrase, Term

from indexer.domain.errors import GenerationError
from indexer.search_index.analysis import terms_of
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.index import Index
from indexer.search_index.writing.index_writer import write_index


def found(index: Index, query: object) -> list[bool]:
    """Whether each document of a one-segment index is found."""
    (search,) = index.searches(Deadline())
    return search.mask(query).tolist()


def holds(body: str, phrase: str) -> bool:
    """Whether `body` holds the words of `phrase` one after another, by reading it."""
    terms, wanted = terms_of(body), terms_of(phrase)
    return any(terms[at : at + len(wanted)] == wanted for at in range(len(terms)))


def test_phrases_are_found_where_they_stand_and_nowhere_else(tmp_path: Path, note) -> None:
    draw = random.Random(10)
    bodies = [" ".join(draw.choices("abcd", k=draw.randint(1, 12))) for _ in range(300)]
    write_index(
        tmp_path,
        tuple(note(f"2023-{at:03d}", None, body, officers=()) for at, body in enumerate(bodies, 1)),
    )
    index = Index(tmp_path)
    for length in (1, 2, 3, 4):
        for _ in range(30):
            phrase = draw.choices("abcd", k=length)
            query = Term("text", phrase[0]) if length == 1 else Phrase("text", phrase)
            expected = [holds(body, " ".join(phrase)) for body in bodies]
            assert found(index, query) == expected, phrase
    index.close()


def test_notes_are_in_the_order_of_their_numbers(tmp_path: Path, note) -> None:
    slugs = ["2022-100", "2022-1000", "2024-001", "2024-002"]
    notes = [note(slug, f"Note {slug}") for slug in slugs]
    write_index(tmp_path, notes)
    index = Index(tmp_path)
    assert [index.note(index.at(place)) for place in range(4)] == notes
    assert [summary.reference.slug for summary in index.summaries(range(4))] == slugs
    assert [reference.slug for reference in index.references] == slugs
    index.close()


def test_an_index_may_be_empty(tmp_path: Path) -> None:
    write_index(tmp_path, ())
    index = Index(tmp_path)
    assert index.size == 0
    assert index.references == ()
    assert index.searches(Deadline()) == []
    assert index.having("cites", "2023-001") == []
    index.close()


def test_a_note_that_cannot_be_indexed_is_named(tmp_path: Path, note) -> None:
    with pytest.raises(GenerationError, match="note 064-23 cannot be indexed"):
        write_index(tmp_path, (note("2023-064", body="half a character \ud83d"),))


def test_positions_of_the_parts_of_a_note_are_far_apart(tmp_path: Path, note) -> None:
    write_index(tmp_path, [note("2023-001", "grit bin", "road salt", officers=())])
    index = Index(tmp_path)
    assert found(index, Phrase("text", ["salt", "grit"], slop=90)) == [False]
    assert found(index, Phrase("text", ["grit", "bin"])) == [True]
    field = index.segments[0].file.fields["text"]
    grit = field.find(b"grit")
    assert grit is not None
    assert np.diff(field.positions_between(grit, grit + 1)).tolist() == [102]
    index.close()


def test_every_term_is_found_and_what_stands_between_two_is_not(tmp_path: Path, note) -> None:
    """However many terms lie between those that a search begins from."""
    for count in (0, 1, 7, 8, 9, 100):
        folder = tmp_path / str(count)
        folder.mkdir()
        body = " ".join(f"w{at:03}" for at in range(count))
        write_index(folder, [note("2023-001", None, body)])
        (segment,) = (opened.file for opened in Index(folder).segments)
        field = segment.fields["text"]
        terms = field.terms()
        assert field.prefixed(b"w") == (field.first_from(b"w"), field.size)
        for at, term in enumerate(terms):
            assert (field.find(term), field.first_from(term)) == (at, at)
            assert (field.find(term + b"0"), field.first_from(term + b"0")) == (None, at + 1)
        assert (field.first_from(b""), field.first_from(b"\xff")) == (0, field.size)
