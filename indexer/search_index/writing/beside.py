"""A call in a process of its own, while this one goes on."""

from __future__ import annotations

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection

from indexer.domain.errors import GenerationError

ENDED = "a process that builds the index ended before its work was done; was memory short?"


def may_fork() -> bool:
    """Whether a process may be forked, which is quick: there is but one thread to copy."""
    return threading.active_count() == 1 and sys.platform == "linux"


@contextmanager
def beside(call: Callable[[], None], *, forked: bool = True) -> Iterator[None]:
    """Make a call in a process of its own while the block runs, and wait for it at its end.

    It is made here instead where it is not worth a process or none may be forked. Raises
    GenerationError where it fails.
    """
    if not (forked and may_fork()):
        yield
        call()
        return
    context = get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_call, args=(call, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        yield
        try:
            failure = ours.recv()
        except EOFError:
            raise GenerationError(ENDED) from None
        if failure is not None:
            raise GenerationError(failure)
    finally:
        process.terminate()  # after an error of the block its work is for nothing
        process.join()
        process.close()
        ours.close()


def _call(call: Callable[[], None], answer: Connection) -> None:
    """Make the call; answers None, or the reason why it failed."""
    # What was there before the fork is not this process's to look through, and it makes no cycles.
    gc.disable()
    try:
        call()
    except KeyboardInterrupt:
        return
    except Exception as error:
        answer.send(str(error))
    else:
        answer.send(None)
