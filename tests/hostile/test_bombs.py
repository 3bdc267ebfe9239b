"""A night with every hostile file in the folder: the run ends, names each, and finds the notes."""

from __future__ import annotations

import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from indexer.config import Config, Source
from indexer.domain.publication import Clearance
from indexer.domain.reference import NoteReference
from indexer.domain.report import ExitStatus, RunReport
from indexer.ingest.limits import MEMORY, SECONDS_A_DOCUMENT
from indexer.pipeline import run
from indexer.search_index import Archive
from tests.hostile.bombs import TRAPPED_NOTES, all_bombs, lay_traps
from tests.hostile.notes import YEAR, good_notes

SECRET = "the words of a file outside"


@dataclass
class Listener:
    """A web server on this machine that nobody may ask for anything."""

    address: str = ""
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    """Notes down each path that it is asked for."""
    heard = Listener()

    class Hears(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hears)
    heard.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield heard
    server.shutdown()
    thread.join()
    server.server_close()


@dataclass
class Night:
    """One run over all hostile files and some good notes."""

    report: RunReport
    data: Path
    bombs: set[str]
    traps: set[str]
    seconds: float


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory, listener: Listener) -> Night:
    """Run once for all that is asked of it."""
    folder = tmp_path_factory.mktemp("hostile")
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text(f"Technical Note {YEAR}, Issue 999 - Secret\n\n1. {SECRET}.\n")
    bombs = all_bombs(listener.address)
    for name, made in bombs.items():
        (folder / name).write_bytes(made())
    traps = lay_traps(folder, outside)
    for name, content in good_notes(20).items():
        (folder / name).write_bytes(content)
    data = tmp_path_factory.mktemp("data")
    begun = time.monotonic()
    report = run(Config(sources=(Source(folder, published=True),), data=data))
    return Night(report, data, set(bombs), traps, time.monotonic() - begun)


def test_the_run_is_published_and_says_that_some_documents_failed(night: Night) -> None:
    """Whatever lies in the folder, there is an archive in the morning."""
    assert night.report.reason is None
    assert night.report.status is ExitStatus.WITH_FAILURES


def test_every_hostile_file_is_named_with_its_reason(night: Night) -> None:
    """None vanishes, and none is blamed on the program."""
    rejected = {rejection.locator for rejection in night.report.rejections}
    silent = {
        name
        for name in night.bombs | night.traps
        if not any(locator.startswith(name) for locator in rejected)
    }
    assert not silent
    for rejection in night.report.rejections:
        assert rejection.reason.strip()
        assert "please report this" not in rejection.reason, rejection


def test_none_takes_longer_or_more_memory_than_it_may(night: Night) -> None:
    """Nothing had to be waited out for long, and no worker outgrew its limit."""
    assert night.seconds < 10 * SECONDS_A_DOCUMENT
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    assert largest <= MEMORY


def test_every_good_note_beside_them_is_found(night: Night) -> None:
    """Those of odd names and deep folders too; nothing from outside the folder."""
    with Archive.open(night.data, Clearance.PUBLIC) as archive:
        for number in (*TRAPPED_NOTES, *range(1, 21)):
            assert archive.note(NoteReference(YEAR, number)), number
        assert archive.note(NoteReference(YEAR, 999)) is None


def test_nothing_was_fetched_and_nothing_written(night: Night, listener: Listener) -> None:
    """No entity, and no name of an entry, leads anywhere."""
    assert night.report.documents > len(night.bombs)
    assert listener.asked == []
    assert not list(Path("/tmp").glob("technotes-climbed*"))
