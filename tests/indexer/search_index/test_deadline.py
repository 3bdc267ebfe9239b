"""A search that takes too long is given up, with a message, and hurts no other."""

from __future__ import annotations

import time
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import pytest
from whoosh import query as q

from indexer.domain.errors import SearchTooLong
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive, publish
from indexer.search_index.evaluation import deadline
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.index import Index
from indexer.search_index.limits import EXPANDED_TERMS, SEARCH_SECONDS
from indexer.search_index.writing.index_writer import write_index

QUERIES = ["", "grit", "grit salt", '"meeting of the board"', "gri*", "064-23", "EPB/023/21"]
GAVE_UP = r"takes longer than \d+ ms and was given up: ask for fewer or rarer words"


def ticking() -> SimpleNamespace:
    """A clock on which a second passes whenever it is read."""
    return SimpleNamespace(thread_time=count().__next__)


def test_half_a_second_is_what_a_search_may_take(
    tmp_path: Path, editions, sample, report, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SEARCH_SECONDS == 0.5
    publish(tmp_path, editions(sample), report)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        expected = archive.search(SearchRequest(query="grit"))
        with monkeypatch.context() as patched:
            patched.setattr(deadline, "time", ticking())
            with pytest.raises(SearchTooLong, match="longer than 500 ms"):
                archive.search(SearchRequest(query="grit"))
        assert archive.search(SearchRequest(query="grit")) == expected


@pytest.mark.parametrize("query", QUERIES)
def test_given_up_at_any_moment_the_archive_answers_the_next(
    tmp_path: Path, editions, sample, report, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(tmp_path, editions(sample), report)
    with Archive.open(tmp_path, Clearance.MEMBER, budget=None) as archive:
        expected = archive.search(SearchRequest(query=query))
    monkeypatch.setattr(deadline, "time", ticking())
    for budget in count():
        with Archive.open(tmp_path, Clearance.MEMBER, budget=budget) as archive:
            try:
                result = archive.search(SearchRequest(query=query))
            except SearchTooLong:
                continue
        break
    assert result == expected
    assert budget > 0


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory, note) -> Index:
    """An index of ten thousand different words, each of them in the same long note."""
    folder = tmp_path_factory.mktemp("wide")
    body = " ".join(f"a{number}b" for number in range(10_000))
    write_index(folder, [note("2023-001", None, body), note("2023-002", None, "a1b a2b " * 50_000)])
    return Index(folder)


def test_expansion_is_capped(wide: Index) -> None:
    (search,) = wide.searches(Deadline())
    field = search.segment.file.fields["text"]
    assert field.term(EXPANDED_TERMS) < b"a1b"
    assert search.matches(q.Wildcard("text", "*b"), None).ids.tolist() == [0]
    assert search.matches(q.Wildcard("text", "?1b"), None).ids.tolist() == [0, 1]
    # It is those that match which count, and the beginning of a word has no limit.
    assert search.matches(q.Wildcard("text", "*999?b"), None).ids.tolist() == [0]
    assert search.matches(q.Prefix("text", "a"), None).ids.tolist() == [0, 1]


@pytest.mark.parametrize(
    "query",
    [
        q.Or([q.Wildcard("text", f"*{number}*b") for number in range(400)]),
        q.Or([q.FuzzyTerm("text", f"a{number}b", maxdist=3) for number in range(400)]),
        q.Or([q.Phrase("text", ["a1b", "a2b"], slop=1_000_000 + at) for at in range(400)]),
        q.Phrase("text", ["a1b", "a2b"] * 2_000, slop=50),
    ],
    ids=["wildcards", "fuzzy terms", "phrases", "a phrase"],
)
def test_no_query_outlasts_its_budget(wide: Index, query: object) -> None:
    (search,) = wide.searches(Deadline(0.05))
    start = time.thread_time()
    with pytest.raises(SearchTooLong, match=GAVE_UP):
        search.matches(query, None)
    assert time.thread_time() - start < 1


def test_without_a_budget_there_is_time(wide: Index) -> None:
    (search,) = wide.searches(Deadline())
    query = q.Or([q.Wildcard("text", f"?{number}b") for number in range(40)])
    assert search.matches(query, None).ids.tolist() == [0, 1]
