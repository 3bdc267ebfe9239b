"""Words that stand one after another, found by all of a term's positions or by those chosen."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from whoosh.query import And, Every, Not, Phrase, Term

from indexer.search_index.evaluation import phrases
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.index import Index
from indexer.search_index.writing.index_writer import write_index

WORDS = ("salt", "grit", "road", "tree", "park")
PHRASES = [("salt", "grit"), ("salt", "salt"), ("grit", "road", "salt"), ("tree",)]


@pytest.fixture
def texts() -> list[str]:
    """Sixty texts of up to thirty words: many hold a phrase, many only its words."""
    draw = random.Random(4)
    return [" ".join(draw.choices(WORDS, k=draw.randint(1, 30))) for _ in range(60)]


@pytest.fixture
def index(tmp_path: Path, note, texts) -> Index:
    """The texts as notes, each the body of one."""
    numbered = enumerate(texts, start=1)
    write_index(tmp_path, [note(f"2023-{at:03}", None, text) for at, text in numbered])
    return Index(tmp_path)


@pytest.mark.parametrize(
    ("short", "most"), [(0, 0), (0, 4), (1_000, 4)], ids=["chosen", "either", "all"]
)
@pytest.mark.parametrize("words", PHRASES, ids="-".join)
def test_a_phrase_is_found_whichever_positions_are_read(
    index: Index, texts, monkeypatch, words: tuple[str, ...], short: int, most: int
) -> None:
    monkeypatch.setattr(phrases, "_SHORT", short)
    monkeypatch.setattr(phrases, "_MOST", most)
    expected = [at for at, text in enumerate(texts) if " ".join(words) in text]
    assert 0 < len(expected) < len(texts)
    (search,) = index.searches(Deadline())
    phrase = Phrase("text", list(words))
    assert search.matches(phrase, None).ids.tolist() == expected
    without = [at for at in expected if "park" not in texts[at]]
    query = And([phrase, Not(Term("text", "park"))])
    assert search.matches(query, None).ids.tolist() == without
    wanted = search.mask(And([Every(), Not(Term("text", "park"))]))
    assert search.matches(phrase, wanted).ids.tolist() == without
