"""Moving over to a new generation."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import LiveArchive, publish


def test_a_new_generation_is_taken_over_and_the_old_one_still_answers(
    tmp_path: Path, editions, sample, report
) -> None:
    live = LiveArchive(tmp_path, Clearance.PUBLIC)
    with pytest.raises(GenerationError, match="no archive"):
        live.get()
    publish(tmp_path, editions(sample[:3]), report)
    old = live.get()
    assert live.get() is old
    publish(tmp_path, editions(sample), report)
    new = live.get()
    assert new is not old
    assert [archive.search(SearchRequest()).total for archive in (old, new)] == [3, 9]


def test_a_generation_that_cannot_be_read_does_not_end_the_service(
    tmp_path: Path, editions, sample, report, caplog: pytest.LogCaptureFixture
) -> None:
    publish(tmp_path, editions(sample), report)
    live = LiveArchive(tmp_path, Clearance.MEMBER)
    served = live.get()
    (tmp_path / "current").unlink()
    assert live.get() is served
    (tmp_path / "generations" / "broken").mkdir()
    (tmp_path / "current").symlink_to("generations/broken")
    with caplog.at_level(logging.ERROR):
        assert live.get() is served
        assert live.get() is served
    assert [record.message for record in caplog.records] == [
        f"still serving generation {served.generation}"
    ]
    publish(tmp_path, editions(sample), report)
    assert live.get() is not served
