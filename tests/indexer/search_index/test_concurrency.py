"""Many threads and processes read while generations are published."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive, LiveArchive, publish
from indexer.search_index.codec import sections
from tests.benchmarks.council import notes as council_notes

QUERIES = ["grit", '"meeting of the board"', "salt available", "064-23", "", "boa*", "lyall-boyd"]
OPEN_FILES = Path("/proc/self/fd")


def marked_with(notes: tuple[Note, ...], run: int) -> list[Note]:
    """The notes, each of whose titles says the number of the run."""
    return [replace(note, title=f"{note.title} edition{run}") for note in notes]


def consistent(archive: Archive, notes: int) -> set[str]:
    """Ask for everything; the editions that what was found is of."""
    request = SearchRequest(page_size=notes)
    result = archive.search(request)
    assert result.total == len(result.hits) == len(archive.references)
    assert sum(year.count for year in result.facets.year) == result.total
    shown = {hit.note.title.split()[-1] for hit in result.hits}
    read = {(archive.note(hit.note.reference).title or "").split()[-1] for hit in result.hits}
    assert shown == read
    assert {archive.search(SearchRequest(query=edition)).total for edition in shown} == {notes}
    return shown


def test_threads_get_the_same_answers(archive: Archive) -> None:
    asked = [SearchRequest(query=query, page_size=3) for query in QUERIES] * 30
    alone = [archive.search(request) for request in asked]
    with ThreadPoolExecutor(16) as threads:
        together = list(threads.map(archive.search, asked))
    assert together == alone


def test_the_first_requests_of_many_threads_are_answered_alike(
    tmp_path: Path, editions, report
) -> None:
    """What is worked out once for all requests may be worked out by several of them at a time."""
    publish(tmp_path, editions(council_notes(60)), report)
    asked = [SearchRequest(query=query) for query in ("council", "the council", "dra*", "bridge")]
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        expected = [archive.search(request) for request in asked]
    for _ in range(5):
        start = threading.Barrier(8)

        def ask(archive: Archive, start: threading.Barrier = start) -> list[object]:
            start.wait()
            return [archive.search(request) for request in asked]

        with Archive.open(tmp_path, Clearance.MEMBER) as archive, ThreadPoolExecutor(8) as threads:
            assert list(threads.map(ask, [archive] * 8)) == [expected] * 8


def test_readers_see_one_generation_whole_while_others_are_published(
    tmp_path: Path, editions, sample, report
) -> None:
    publish(tmp_path, editions(marked_with(sample, 0)), report)
    live = LiveArchive(tmp_path, Clearance.MEMBER)
    done = threading.Event()

    def read() -> set[str]:
        seen: set[str] = set()
        while not done.is_set():
            found = consistent(live.get(), len(sample))
            assert len(found) == 1
            seen |= found
        return seen

    with ThreadPoolExecutor(4) as threads:
        readers = [threads.submit(read) for _ in range(4)]
        try:
            for run in range(1, 7):
                publish(tmp_path, editions(marked_with(sample, run)), report)
                consistent(live.get(), len(sample))
        finally:
            done.set()
        seen = set().union(*(reader.result() for reader in readers))
    assert len(seen) > 1
    assert consistent(live.get(), len(sample)) == {"edition6"}


READER = """
import sys
from pathlib import Path
from indexer.domain.publication import Clearance
from indexer.search_index import LiveArchive
from tests.indexer.search_index.test_concurrency import consistent
live = LiveArchive(Path(sys.argv[1]), Clearance.MEMBER)
print("ready", flush=True)
seen = set()
while "edition8" not in seen:
    seen |= consistent(live.get(), 10)
print(len(seen))
"""


def test_another_process_moves_over_while_generations_are_published(
    tmp_path: Path, editions, sample, report
) -> None:
    publish(tmp_path, editions(marked_with(sample, 0)), report)
    with subprocess.Popen(
        [sys.executable, "-c", READER, str(tmp_path)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    ) as reader:
        assert reader.stdout is not None
        assert reader.stdout.readline() == b"ready\n"
        for run in range(1, 9):
            publish(tmp_path, editions(marked_with(sample, run)), report)
        assert int(reader.communicate(timeout=60)[0]) >= 1
    assert reader.returncode == 0


@pytest.mark.skipif(not OPEN_FILES.is_dir(), reason="this system does not list a process's files")
def test_generations_that_nobody_reads_are_let_go(tmp_path: Path, editions, sample, report) -> None:
    live = LiveArchive(tmp_path, Clearance.MEMBER)
    counts = []
    for run in range(12):
        publish(tmp_path, editions(marked_with(sample, run)), report)
        consistent(live.get(), len(sample))
        counts.append(len(list(OPEN_FILES.iterdir())))
    # Some generations are of more segments than others.
    assert max(counts) - counts[0] < 10
    assert len(sections._seen._files) <= sections._seen.LIMIT
