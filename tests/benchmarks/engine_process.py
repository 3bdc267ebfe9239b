"""One engine in a process of its own: `python -m tests.benchmarks.engine_process`.

Its arguments are the engine's name and the folder of its index. It reads a word a line (`plain` or
`snippets`: all requests, without or with them; or `memory`) and answers each with a line of JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.engines import ENGINES
from tests.benchmarks.requests import requests

_CAN_PIN = hasattr(os, "sched_setaffinity")


def processors() -> list[int]:
    """The processors that processes may run on; one where none can be chosen."""
    return sorted(os.sched_getaffinity(0)) if _CAN_PIN else [0]


class Served:
    """An engine's process, freshly started."""

    def __init__(self, name: str, folder: Path) -> None:
        command = [sys.executable, "-m", "tests.benchmarks.engine_process", name, str(folder)]
        self._run = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self._line()  # it is open

    def ask_all(self, snippets: bool) -> list[float]:
        """The milliseconds that each request takes in the process."""
        times: list[float] = self._asked("snippets" if snippets else "plain")
        return times

    def run_on(self, processor: int) -> None:
        """Keep the process to one of the `processors`."""
        if _CAN_PIN:
            os.sched_setaffinity(self._run.pid, {processor})

    def memory(self) -> dict[str, float]:
        """The process's resident and anonymous memory in MB."""
        used: dict[str, float] = self._asked("memory")
        return used

    def close(self) -> None:
        """End the process."""
        if self._run.stdin is not None:
            self._run.stdin.close()
        self._run.wait()
        if self._run.stdout is not None:
            self._run.stdout.close()

    def _asked(self, line: str) -> Any:
        if self._run.stdin is None:
            raise RuntimeError("the engine's process has no input")
        self._run.stdin.write(f"{line}\n")
        self._run.stdin.flush()
        return self._line()

    def _line(self) -> Any:
        if self._run.stdout is None:
            raise RuntimeError("the engine's process has no output")
        return json.loads(self._run.stdout.readline())


def memory() -> dict[str, float]:
    """This process's resident and anonymous memory in MB."""
    wanted = {"VmRSS": "rss", "RssAnon": "anonymous"}
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    pairs = (line.split(":") for line in lines)
    return {wanted[k]: round(int(v.split()[0]) / 1024, 1) for k, v in pairs if k in wanted}


def main() -> None:
    """Serve one engine until standard input ends."""
    name, folder = sys.argv[1:]
    asked = requests()
    engine = ENGINES[name](Path(folder))  # type: ignore[call-arg]
    print(json.dumps("open"), flush=True)
    for line in sys.stdin:
        word = line.strip()
        if word == "memory":
            print(json.dumps(memory()), flush=True)
            continue
        times = []
        for request in asked:
            begun = time.perf_counter()
            engine.ask(request, word == "snippets")
            times.append((time.perf_counter() - begun) * 1000)
        print(json.dumps(times), flush=True)


if __name__ == "__main__":
    main()
