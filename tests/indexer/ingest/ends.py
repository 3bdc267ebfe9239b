"""What workers do in these tests in place of reading: what the name of a document says."""

from __future__ import annotations

import os
import pickle
import signal
import time
from pathlib import Path

from indexer.domain.report import Rejection
from indexer.ingest.tasks import Task


def end(task: Task, folder: Path) -> bytes:
    """Hang, be killed, leave, or be done, as the locator of the task says."""
    folder.mkdir()
    match task.locator.partition(".")[0]:
        case "hangs":
            time.sleep(600)
        case "hangs deaf":
            signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGTERM,))
            time.sleep(600)
        case "is killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "breaks off":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "leaves":
            os._exit(3)
        case "is late":
            os.kill(os.getpid(), signal.SIGALRM)
        case "takes its time":
            time.sleep(0.2)
    return pickle.dumps(Rejection(task.locator, f"{os.getpid()}"))
