"""Moving over to a new generation."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest, SearchResult
from indexer.search_index import Archive, LiveArchive, publish


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


def test_an_archive_is_asked_in_its_own_words_before_it_is_served(
    tmp_path: Path, editions, sample, report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks first waits for no code that runs for the first time."""
    answered: list[SearchResult] = []
    search = Archive.search

    def searched(archive: Archive, request: SearchRequest) -> SearchResult:
        answered.append(search(archive, request))
        return answered[-1]

    monkeypatch.setattr(Archive, "search", searched)
    publish(tmp_path, editions(sample), report)
    answered.clear()
    LiveArchive(tmp_path, Clearance.PUBLIC).get()
    assert len({answer.query for answer in answered}) > 4
    assert all(answer.total for answer in answered)


def test_titles_without_words_are_no_obstacle_to_that(
    tmp_path: Path, editions, note, report
) -> None:
    odd = [
        note(f"2023-00{at}", title, subject=" ", officers=())
        for at, title in enumerate(("*", " ", '"', "a", None), 1)
    ]
    publish(tmp_path, editions(odd), report)
    assert LiveArchive(tmp_path, Clearance.PUBLIC).get().search(SearchRequest()).total == len(odd)


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
