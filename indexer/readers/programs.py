"""Runs programs that are not ours on documents that nobody vouches for, within limits."""

from __future__ import annotations

import math
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from indexer.domain.errors import TechnotesError

MOST_MEMORY = 4 << 30  # bytes of address space for each process
MOST_WRITTEN = 1 << 30  # bytes for each file
# A program's own threads may use more seconds of processor than pass on the clock.
CPU_FOR_EACH_SECOND = 4
_MOST_QUOTED = 300  # characters of a program's last words

# A worker's limit of memory is for the worker alone, so it is set anew. The program's input is a
# pipe whose other end only this process holds: it closes when this process ends, however it ends,
# and what waits for that then takes away the folder, the program and all that the program started.
_WITHIN_LIMITS = """
ulimit -S -v "$1" && ulimit -t "$2" && ulimit -f "$3" && ulimit -c 0 || exit 126
shift 3
exec 3<&0
(read -r _ <&3; rm -rf -- "$TMPDIR"; kill -KILL 0) >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-
"""


class ProgramFailed(TechnotesError):
    """A program did not do its work; the message names it and says why."""


def run_program(argv: Sequence[str], *, seconds: float, folder: Path) -> None:
    """Run `argv` in `folder`, which is also its home and its place for temporary files.

    It and all that it starts are killed after `seconds`, or when this process ends; `folder`, which
    must be the caller's own and temporary, goes with it in that case. Raises ProgramFailed where
    the program is absent, ends with a status other than 0, or takes too long.
    """
    name = Path(argv[0]).name
    program = shutil.which(argv[0])
    if program is None:
        raise ProgramFailed(f"{name} is not installed")
    limits = (MOST_MEMORY // 1024, math.ceil(seconds * CPU_FOR_EACH_SECOND), MOST_WRITTEN // 512)
    said_in = folder / ".said"
    with said_in.open("w+b") as said:
        running = subprocess.Popen(  # noqa: S603  no shell reads a word of `argv`
            ["/bin/sh", "-c", _WITHIN_LIMITS, "sh", *map(str, limits), program, *argv[1:]],
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
        try:
            status = running.wait(seconds)
        except subprocess.TimeoutExpired:
            raise ProgramFailed(f"{name} took more than {seconds:g} seconds") from None
        finally:
            _end(running)
        if status:
            raise ProgramFailed(f"{name} failed ({_ending(status)}){_last_words(said)}")


def _environment(folder: Path) -> dict[str, str]:
    own = {"HOME": str(folder), "TMPDIR": str(folder), "LC_ALL": "C.UTF-8", "OMP_THREAD_LIMIT": "1"}
    return {"PATH": os.environ.get("PATH", os.defpath), **own}


def _end(running: subprocess.Popen[bytes]) -> None:
    """Kill what is left of the program's group, and let go of its input."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    if running.stdin:
        running.stdin.close()


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"


def _last_words(said: IO[bytes]) -> str:
    """The last line of what the program printed, as the end of a sentence."""
    size = said.seek(0, os.SEEK_END)
    said.seek(max(size - 4096, 0))
    lines = said.read().decode("utf-8", "replace").split("\n")
    last = next((line.strip() for line in reversed(lines) if line.strip()), "")
    plain = "".join(char if char.isprintable() else " " for char in last)
    return f": {plain[:_MOST_QUOTED]}" if plain else ""
