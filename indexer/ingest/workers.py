"""Processes that read documents apart from the run, so that a document can harm only its own.

They are forked from a server that has loaded the readers and runs nothing else: a new one costs a
few hundredths of a second, and no thread of the run is forked.
"""

from __future__ import annotations

import os
import pickle
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from multiprocessing import forkserver
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from types import ModuleType, TracebackType

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from indexer.domain.errors import TechnotesError
from indexer.domain.report import Rejection
from indexer.ingest import worker
from indexer.ingest.limits import DOCUMENTS_A_WORKER
from indexer.ingest.reasons import died, too_slow
from indexer.ingest.tasks import Expanded, Outcome, Task, place

_LOADED_ONCE = ["indexer.ingest.outcome", "indexer.ingest.worker"]
_LOOK_EVERY = 5.0  # seconds
_ATTEMPTS = 3  # at a task, where not the task but the whole pool ended
_SAFE_PATH = "PYTHONSAFEPATH"
_MAIN_IS_SWAPPED = threading.Lock()


class _Process(ForkServerProcess):
    def start(self) -> None:
        """Fork without loading the program that was started, which no task needs."""
        with _MAIN_IS_SWAPPED, _without_main():
            super().start()


class _Context(ForkServerContext):
    Process = _Process


@contextmanager
def _without_main() -> Iterator[None]:
    """A block in which multiprocessing finds no main module that a worker would load again."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@dataclass(slots=True)
class Begun:
    """A task that a pool was given: the `attempt`th time, to the pool that was begun `pool`th.

    What the task may write down is in `folder`, until it is forgotten.
    """

    task: Task
    folder: Path
    future: ProcessFuture[bytes]
    pool: int
    attempt: int = 1

    def forget(self) -> None:
        """Remove what the task wrote down, whether it came to its end or not."""
        shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(slots=True)
class Workers:
    """So many workers as `size` says; leaving the `with` block ends them, whatever they are at.

    `work` is what they do with a task and a folder that they may make.
    """

    size: int
    surroundings: worker.Surroundings
    work: Callable[[Task, Path], bytes] = worker.work
    _pool: ProcessPool = field(init=False)
    _pools: int = 0
    _numbers: Iterator[int] = field(default_factory=count)

    def __enter__(self) -> Workers:
        start_server()
        self._new_pool()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end_pool()

    @property
    def is_whole(self) -> bool:
        """Whether the pool of workers is as it should be; a broken one is replaced when used."""
        return bool(self._pool.active)

    def begin(self, task: Task, attempt: int = 1) -> Begun:
        """Give a task to the first worker that is free."""
        folder = self.surroundings.spool / f"{next(self._numbers)}"
        try:
            future = self._schedule(task, folder)
        except RuntimeError:  # the pool has broken since
            self._renew_pool()
            try:
                future = self._schedule(task, folder)
            except BrokenProcessPool as error:
                reason = error.__cause__ or error
                raise TechnotesError(f"no process can be started to read in ({reason})") from error
        return Begun(task, folder, future, self._pools, attempt)

    def outcome(self, begun: Begun) -> Outcome | Expanded:
        """What came of a task, once it has ended; a rejection where it was ended."""
        task = begun.task
        try:
            outcome = pickle.loads(self._result(begun))  # noqa: S301  of our own worker
        except TimeoutError:
            return Rejection(place(task), too_slow(self._seconds(task)))
        except ProcessExpired as expired:
            return Rejection(place(task), _why(expired, self._seconds(task)))
        except BrokenProcessPool:
            if begun.attempt == _ATTEMPTS:
                return Rejection(place(task), died(1))
            begun.forget()
            return self.outcome(self.begin(task, begun.attempt + 1))
        return outcome  # type: ignore[no-any-return]

    def _result(self, begun: Begun) -> bytes:
        """The result of a task; raises BrokenProcessPool where its pool will not give one."""
        limits = self.surroundings.limits
        longest, waited = 3 * max(limits.seconds, limits.ocr_seconds), 0.0
        while not begun.future.done():
            if begun.pool != self._pools or not self.is_whole:
                raise BrokenProcessPool
            if not begun.future.running():
                waited += _LOOK_EVERY
            if waited > longest:  # the worker was killed with the task half in its hands
                self._renew_pool()
                raise BrokenProcessPool
            wait((begun.future,), timeout=_LOOK_EVERY)
        return begun.future.result()

    def _schedule(self, task: Task, folder: Path) -> ProcessFuture[bytes]:
        return self._pool.schedule(self.work, args=(task, folder), timeout=self._seconds(task))

    def _seconds(self, task: Task) -> float:
        return self.surroundings.limits.seconds_for(task.ocr)

    def _new_pool(self) -> None:
        self._pools += 1
        self._pool = ProcessPool(
            max_workers=self.size,
            max_tasks=DOCUMENTS_A_WORKER,
            initializer=worker.begin,
            initargs=(self.surroundings,),
            context=_Context(),
        )

    def _renew_pool(self) -> None:
        self._end_pool()
        self._new_pool()

    def _end_pool(self) -> None:
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble annotates none without result
        self._pool.join()


def start_server() -> None:
    """Start the server that workers are forked from, unless it runs already."""
    _Context().set_forkserver_preload(_LOADED_ONCE)
    # Ctrl-C is for the run to answer, even while the server still loads.
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        with _safe_path():
            forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _safe_path() -> Iterator[None]:
    """A block in which a Python that is started loads nothing from the folder it is started in.

    That may be the one with the documents.
    """
    before = os.environ.get(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[_SAFE_PATH]
        else:
            os.environ[_SAFE_PATH] = before


def _why(expired: ProcessExpired, seconds: float) -> str:
    """Why a worker ended; by its own alarm where it was not stopped in time."""
    if expired.exitcode == -signal.SIGALRM:
        return too_slow(seconds)
    return died(expired.exitcode)
