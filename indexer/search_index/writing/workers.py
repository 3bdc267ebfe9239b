"""Segments of consecutive notes, built in processes of their own."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import NamedTuple

import msgspec

from indexer.domain.errors import GenerationError
from indexer.domain.note import Note
from indexer.search_index.codec.segment import SegmentFile
from indexer.search_index.limits import BUILD_WORKERS
from indexer.search_index.writing.beside import ENDED, may_fork
from indexer.search_index.writing.building import SegmentBuilder
from indexer.search_index.writing.encoding import digest_of
from indexer.search_index.writing.vocabulary import Vocabulary

# Spellings that a vocabulary may remember before it starts afresh: some 60 MB.
_SPELLINGS = 400_000
_read_note = msgspec.json.Decoder(Note).decode


class Group(NamedTuple):
    """Consecutive notes, and the file that is to hold their segment.

    The notes are JSON, one a line, in a file too: they take no time to hand to another process,
    and little of its memory.
    """

    notes: Path
    segment: Path


def build_segments(
    groups: Iterable[Group], dictionary: bytes, others: SegmentFile | None = None
) -> Iterator[Path]:
    """Build a segment of every group, in the order of the groups; yields their files.

    One group alone is built here; more of them by `BUILD_WORKERS` processes. Raises
    GenerationError where a note cannot be indexed or a process dies. `others` is the segment that
    most notes are in already, for one group alone, which may be small.
    """
    remaining = iter(groups)
    first = next(remaining, None)
    second = next(remaining, None)
    if first is None:
        return
    if second is None:
        yield _Builder(dictionary, others).build(first)
        return
    paths = []
    with _Pool(dictionary) as pool:
        for group in _chained(first, second, remaining):
            paths.append(group.segment)
            pool.give(group)
        pool.finish()
    yield from paths


def _chained(first: Group, second: Group, remaining: Iterator[Group]) -> Iterator[Group]:
    yield first
    yield second
    yield from remaining


class _Builder:
    """Builds one group after another with a vocabulary that lasts."""

    def __init__(self, dictionary: bytes, others: SegmentFile | None = None) -> None:
        self._dictionary = dictionary
        self._others = others
        self._vocabulary = Vocabulary()

    def build(self, group: Group) -> Path:
        """Build the segment of one group."""
        if len(self._vocabulary) > _SPELLINGS:
            self._vocabulary = Vocabulary()
        builder = SegmentBuilder(self._vocabulary, self._dictionary, self._others)
        with group.notes.open("rb") as lines:
            for line in lines:
                encoded = line.rstrip(b"\n")
                note = _read_note(encoded)
                try:
                    builder.add(note, encoded, digest_of(encoded))
                except Exception as error:
                    raise GenerationError(
                        f"note {note.reference} cannot be indexed: {error}"
                    ) from error
        group.notes.unlink()
        builder.write(group.segment)
        return group.segment


class _Pool:
    """Processes that each build the group they were given last."""

    def __init__(self, dictionary: bytes) -> None:
        forked = may_fork()
        context: ForkContext | SpawnContext
        context = get_context("fork") if forked else get_context("spawn")
        self._idle: list[Connection] = []
        self._busy: list[Connection] = []
        self._processes: list[BaseProcess] = []
        for _ in range(BUILD_WORKERS):
            ours, theirs = context.Pipe()
            self._idle.append(ours)
            # A fork holds our ends of the pipes too, and none would ever close: it closes them.
            inherited = tuple(self._idle) if forked else ()
            process = context.Process(target=_work, args=(theirs, dictionary, inherited))
            process.daemon = True
            process.start()
            theirs.close()
            self._processes.append(process)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in (*self._idle, *self._busy):
            connection.close()
        for process in self._processes:
            if self._busy:  # what it still builds is for nothing
                process.terminate()
            process.join()
            process.close()

    def give(self, group: Group) -> None:
        """Have a group built, as soon as a process is free."""
        if not self._idle:
            self._collect()
        connection = self._idle.pop()
        self._busy.append(connection)
        with suppress(BrokenPipeError):  # told by `_collect`
            connection.send(group)

    def finish(self) -> None:
        """Wait for every group that was given."""
        while self._busy:
            self._collect()

    def _collect(self) -> None:
        ready = wait(self._busy)
        for connection in [each for each in self._busy if each in ready]:
            try:
                failure = connection.recv()
            except (EOFError, ConnectionError):
                raise GenerationError(ENDED) from None
            self._busy.remove(connection)
            self._idle.append(connection)
            if failure is not None:
                raise GenerationError(failure)


def _work(connection: Connection, dictionary: bytes, inherited: Sequence[Connection]) -> None:
    """Build groups until there are no more; answers None, or the reason why one cannot be built."""
    for other in inherited:
        other.close()
    # What was there before a fork is not this process's to look through, and it makes no cycles.
    gc.disable()
    builder = _Builder(dictionary)
    while True:
        try:
            group = connection.recv()
        except (EOFError, KeyboardInterrupt):
            return
        try:
            builder.build(group)
        except KeyboardInterrupt:
            return
        except Exception as error:
            connection.send(str(error))
        else:
            connection.send(None)
