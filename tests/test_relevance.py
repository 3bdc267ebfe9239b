"""How well judged collections are ranked, and that the benchmark says so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.relevance import MEASURES, compared, means, measured

CHECKOUT = Path(__file__).parents[1]
SMALL = CHECKOUT / "tests" / "corpus" / "collection"
COLLECTIONS = Path(__file__).parents[2] / "shared" / "collections"
# nDCG@10 below which no collection may fall, and the mean that all four must reach.
LEAST = {"cranfield": 0.388, "cisi": 0.389, "cacm": 0.518, "obliqa": 0.692}
LEAST_MEAN = 0.525


def test_the_benchmark_prints_one_object_of_numbers() -> None:
    command = [sys.executable, "-m", "tests.benchmarks.relevance", str(SMALL), "--json"]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["ndcg@10", "map", "recall@100", "mrr"]
    assert all(0 <= value <= 1 for value in found.values())


def test_each_query_is_measured_documents_without_title_or_text_included() -> None:
    """The fourth query says nothing, and finds every note; the judged one is among them."""
    found = measured(SMALL)
    assert list(found) == ["1", "2", "3", "4"]
    assert [found[query]["mrr"] for query in "123"] == [1, 1, 1]
    assert found["3"]["recall@100"] == 1


def test_a_run_is_compared_with_one_that_was_kept() -> None:
    better = {str(at): dict.fromkeys(MEASURES, at % 2 + 0.1) for at in range(40)}
    kept = {query: dict.fromkeys(MEASURES, 0.1) for query in better}
    gain, low, high = compared(better, kept, "map")
    assert gain == pytest.approx(0.5)
    assert 0.3 < low < gain < high < 0.7
    assert compared(kept, kept, "map") == (0, 0, 0)
    assert means(kept)["mrr"] == pytest.approx(0.1)


@pytest.mark.real_notes
@pytest.mark.skipif(
    not COLLECTIONS.is_dir(),
    reason="the judged collections are not beside this checkout (../shared/collections)",
)
def test_four_collections_are_ranked_as_well_as_documented() -> None:
    found = {name: means(measured(COLLECTIONS / name))["ndcg@10"] for name in LEAST}
    assert {name: value for name, value in found.items() if value < LEAST[name]} == {}
    assert sum(found.values()) / len(found) >= LEAST_MEAN
