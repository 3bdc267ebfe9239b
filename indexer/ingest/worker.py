"""What happens inside a worker: one file opened, and expanded or read.

The run itself imports this module without the readers, which only the workers need: what they are
built on takes longer to load than a short run takes.
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import resource
import signal
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path

from indexer import sources
from indexer.config import Config
from indexer.domain.authority import Authority
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.ingest.limits import Limits
from indexer.ingest.reasons import blame, too_hungry, too_many_within
from indexer.ingest.spool import Spool, fetched
from indexer.ingest.tasks import Expanded, File, Outcome, Spooled, Task, place
from indexer.sources import MAX_DEPTH

_GRACE = 10  # seconds after its limit in which a document that nobody stopped ends its worker


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What every task of a run needs: by which lists it is read, and within which limits.

    `spool` is the folder for documents that lie in no file of their own.
    """

    config: Config
    lists: Authority
    limits: Limits
    spool: Path


_here: Surroundings


def begin(surroundings: Surroundings) -> None:
    """Make this process a worker: within its limits, and silent."""
    global _here
    _here = surroundings
    _limit(resource.RLIMIT_AS, surroundings.limits.memory)
    _limit(resource.RLIMIT_CORE, 0)
    # Ended at once, even inside a library that returns to Python too late to be told.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_the_run, daemon=True).start()
    # What libraries print of a damaged document is no news to whoever reads the run's report.
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    os.close(silence)


def _end_with_the_run() -> None:
    """Wait until the process of the run is gone, however it went, and go too."""
    run = multiprocessing.parent_process()
    if run is not None:
        wait([run.sentinel])
        os._exit(1)


def _limit(what: int, most: int) -> None:
    """Set a soft limit; programs that a reader runs may set their own, up to the hard one."""
    _, hard = resource.getrlimit(what)
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def work(task: Task, folder: Path) -> bytes:
    """The pickled outcome of a task: claims, a rejection, or the documents of a container.

    Those are written to `folder`, which is made for it. Pickled here, so that what fails in it
    fails as the document's own fault.
    """
    # Whoever should stop this worker in time may have been killed.
    signal.alarm(int(_here.limits.seconds_for(task.ocr) + _GRACE))
    try:
        return pickle.dumps(_outcome(task, folder))
    except MemoryError:
        pass  # Said outside, where what filled the memory is let go.
    except Exception as error:
        return pickle.dumps(Rejection(place(task), f"the program failed on it: {blame(error)}"))
    finally:
        signal.alarm(0)
    return pickle.dumps(Rejection(place(task), too_hungry(_here.limits.memory)))


def _outcome(task: Task, folder: Path) -> Outcome | Expanded:
    from indexer.ingest.outcome import outcome_of  # with all readers, as said above

    document = task.opened() if isinstance(task, File) else fetched(task)
    if isinstance(document, SourceDocument) and sources.is_container(document.media_type):
        depth = task.depth if isinstance(task, Spooled) else 0
        return Expanded(tuple(_entries(document, folder, depth)))
    return outcome_of(document, _here.config, _here.lists)


def _entries(container: SourceDocument, folder: Path, depth: int) -> Iterator[Spooled | Rejection]:
    """The documents of a container, each kept in a file; those before a failure are kept too."""
    if depth >= MAX_DEPTH:
        yield Rejection(container.place, too_many_within(depth))
        return
    spool = Spool(folder, depth + 1)
    try:
        for entry in sources.contained(container):
            yield entry if isinstance(entry, Rejection) else spool.add(entry)
    except MemoryError:
        yield Rejection(container.place, too_hungry(_here.limits.memory))
    except Exception as error:
        yield Rejection(container.place, f"the program failed on it: {blame(error)}")
