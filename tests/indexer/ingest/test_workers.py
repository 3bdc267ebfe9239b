"""Workers that hang, are killed or leave: what is said of their documents, and what goes on."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from indexer import authority
from indexer.config import Config
from indexer.domain.report import Rejection
from indexer.ingest.limits import Limits
from indexer.ingest.tasks import File
from indexer.ingest.worker import Surroundings
from indexer.ingest.workers import Workers
from indexer.sources import Found
from tests.indexer.ingest.ends import end


@pytest.fixture
def workers(tmp_path: Path) -> Iterator[Workers]:
    """Two workers that end as `ends.py` says, with a second for each document."""
    surroundings = Surroundings(Config(), authority.load(), Limits(seconds=1), tmp_path)
    with Workers(2, surroundings, work=end) as workers:
        yield workers


def reasons(workers: Workers, names: Sequence[str]) -> list[str]:
    begun = [workers.begin(File(Found(Path(name), name))) for name in names]
    outcomes = [workers.outcome(each) for each in begun]
    assert all(isinstance(outcome, Rejection) for outcome in outcomes)
    assert [getattr(outcome, "locator", None) for outcome in outcomes] == list(names)
    return [getattr(outcome, "reason", "") for outcome in outcomes]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("hangs", "it took longer than 1 seconds"),
        ("hangs deaf", "it took longer than 1 seconds"),
        ("is late", "it took longer than 1 seconds"),
        ("is killed", "the program that read it died (signal 9, Killed)"),
        ("breaks off", "the program that read it died (signal 11, Segmentation fault)"),
        ("leaves", "the program that read it died (status 3)"),
    ],
)
def test_a_document_that_ends_its_worker_is_named(workers: Workers, name: str, reason: str) -> None:
    """The documents before it, beside it and after it are read."""
    before, ended, *after = reasons(workers, ["good", name, *(f"good.{n}" for n in range(6))])
    assert ended.startswith(reason)
    assert all(each.isdecimal() for each in (before, *after))


def test_every_document_may_end_its_worker(workers: Workers) -> None:
    """There are always new ones, as many as are needed."""
    names = [f"{name}.{turn}" for turn in range(10) for name in ("breaks off", "leaves", "good")]
    ended = reasons(workers, names)
    assert [reason.isdecimal() for reason in ended] == [False, False, True] * 10


def test_a_pool_that_breaks_is_replaced(workers: Workers) -> None:
    """Workers that are killed while nothing is read cost no document."""
    (reason,) = reasons(workers, ["good"])
    begun = workers.begin(File(Found(Path("good"), "good.1")))
    workers.outcome(begun)
    os.kill(int(reason), signal.SIGKILL)
    deadline = time.monotonic() + 20
    while workers.is_whole:
        assert time.monotonic() < deadline, "the pool never noticed that its worker was gone"
        time.sleep(0.05)
    assert all(each.isdecimal() for each in reasons(workers, [f"good.{n}" for n in range(6)]))


def test_a_document_that_breaks_every_pool_is_given_up(
    workers: Workers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run does not try for ever."""

    def broken(*_: object) -> bytes:
        raise BrokenProcessPool

    monkeypatch.setattr(Workers, "_result", broken)
    assert "died" in reasons(workers, ["good"])[0]


def test_workers_are_gone_once_they_are_left(tmp_path: Path) -> None:
    """Whatever they are at, and no process waits to be asked for its status."""
    surroundings = Surroundings(Config(), authority.load(), Limits(), tmp_path)
    with Workers(2, surroundings, work=end) as workers:
        pids = {
            int(reason) for reason in reasons(workers, [f"takes its time.{n}" for n in range(4)])
        }
        workers.begin(File(Found(Path("hangs"), "hangs")))
        begun = time.monotonic()
    assert time.monotonic() - begun < 3
    assert len(pids) == 2
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
