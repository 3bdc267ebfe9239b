"""All documents of a run through the workers, in their order, with few of them at a time."""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from indexer.config import Config
from indexer.domain.authority import Authority
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.ingest.limits import WAITING_A_WORKER, Limits
from indexer.ingest.reasons import too_much
from indexer.ingest.spool import Spool
from indexer.ingest.tasks import Expanded, Ingested, Input, Spooled, Task, inside, place
from indexer.ingest.worker import Surroundings
from indexer.ingest.workers import Begun, Workers


def ingest(
    inputs: Iterable[Input], config: Config, lists: Authority, limits: Limits | None = None
) -> Iterator[tuple[Ingested, ...]]:
    """What came of each input, in order: one outcome, or those of all documents that it holds.

    Documents are opened, expanded and read by worker processes; one that takes too long or too much
    memory, or ends its worker, is a rejection with that reason.
    """
    awaited = iter(inputs)
    first = list(islice(awaited, len(os.sched_getaffinity(0))))
    if not first:
        return
    with tempfile.TemporaryDirectory(prefix="technotes-") as folder:
        limits, spool = limits or Limits(), Path(folder)
        with Workers(len(first), Surroundings(config, lists, limits, spool)) as workers:
            ingesting = _Ingesting(workers, Spool(spool / "given"), limits)
            yield from ingesting.each(chain(first, awaited))


@dataclass(slots=True)
class _Room:
    """How much more may come out of one file, with all the files inside it."""

    documents: int
    size: int  # bytes

    def holds(self, entry: Spooled | Rejection) -> bool:
        """Whether there is room for one more entry, which then takes it."""
        self.documents -= 1
        self.size -= entry.size if isinstance(entry, Spooled) else 0
        return min(self.documents, self.size) >= 0


@dataclass(slots=True)
class _Ingesting:
    workers: Workers
    spool: Spool
    limits: Limits

    def each(self, inputs: Iterable[Input]) -> Iterator[tuple[Ingested, ...]]:
        """The outcomes of each input, with a bounded number begun before they are asked for."""
        return (
            (begun,) if isinstance(begun, Ingested) else tuple(self._ended(begun, self._room()))
            for begun in self._begun(inputs)
        )

    def _room(self) -> _Room:
        return _Room(self.limits.documents, self.limits.size)

    def _begun(self, inputs: Iterable[Input | Spooled | Ingested]) -> Iterator[Begun | Ingested]:
        """Each input as a task that was begun some while ago, or a rejection as it is."""
        waiting: deque[Begun | Ingested] = deque()
        for each in inputs:
            waiting.append(self._begin(each))
            if len(waiting) > WAITING_A_WORKER * self.workers.size:
                yield waiting.popleft()
        while waiting:
            yield waiting.popleft()

    def _begin(self, given: Input | Spooled | Ingested) -> Begun | Ingested:
        if isinstance(given, Ingested):
            return given
        if isinstance(given, Rejection):
            return Ingested(given.locator, "", given)
        if isinstance(given, SourceDocument):
            return self.workers.begin(self.spool.add(given))
        return self.workers.begin(given)

    def _ended(self, begun: Begun, room: _Room) -> Iterator[Ingested]:
        """The outcome of a task, or those of all that it holds, in its own order."""
        task = begun.task
        outcome = self.workers.outcome(begun)
        if isinstance(task, Spooled):
            task.content.unlink(missing_ok=True)
        if isinstance(outcome, Expanded):
            for entry in self._begun(self._roomy(task, outcome.entries, room)):
                if isinstance(entry, Ingested):
                    yield entry
                else:
                    yield from self._ended(entry, room)
        else:
            yield Ingested(task.locator, task.entry, outcome)
        begun.forget()

    def _roomy(
        self, task: Task, entries: tuple[Spooled | Rejection, ...], room: _Room
    ) -> Iterator[Spooled | Ingested]:
        """The entries for which there is room, and one rejection for those after them."""
        for number, entry in enumerate(entries):
            if not room.holds(entry):
                rest = Rejection(place(task), too_much(len(entries) - number, self.limits))
                yield Ingested(task.locator, task.entry, rest)
                return
            yield entry if isinstance(entry, Spooled) else inside(task.locator, entry)
