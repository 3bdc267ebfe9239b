"""One engine in a process of its own, asked over pipes: `python -m tests.benchmarks.serving`.

Its arguments are the engine's name and the folder of its index. It reads requests by number, one a
line (`12 1`: the twelfth, with snippets) or `memory`, and answers each with one line of JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.engines import ENGINES
from tests.benchmarks.requests import requests


class Served:
    """An engine's process, freshly started."""

    def __init__(self, name: str, folder: Path) -> None:
        command = [sys.executable, "-m", __name__, name, str(folder)]
        self._run = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )
        self.opened = self._line()

    def ask(self, number: int, snippets: bool) -> dict[str, Any]:
        """The milliseconds that a request takes in the process, and its total."""
        return self._asked(f"{number} {int(snippets)}")

    def memory(self) -> dict[str, float]:
        """The process's resident and anonymous memory in MB."""
        return self._asked("memory")

    def close(self) -> None:
        """End the process."""
        if self._run.stdin is not None:
            self._run.stdin.close()
        self._run.wait()
        if self._run.stdout is not None:
            self._run.stdout.close()

    def _asked(self, line: str) -> dict[str, Any]:
        if self._run.stdin is None:
            raise RuntimeError("the engine's process has no input")
        self._run.stdin.write(f"{line}\n")
        self._run.stdin.flush()
        return self._line()

    def _line(self) -> dict[str, Any]:
        if self._run.stdout is None:
            raise RuntimeError("the engine's process has no output")
        answer: dict[str, Any] = json.loads(self._run.stdout.readline())
        return answer


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
    begun = time.perf_counter()
    engine = ENGINES[name](Path(folder))  # type: ignore[call-arg]
    print(json.dumps({"ms": (time.perf_counter() - begun) * 1000}), flush=True)
    for line in sys.stdin:
        if line.strip() == "memory":
            print(json.dumps(memory()), flush=True)
            continue
        number, snippets = map(int, line.split())
        begun = time.perf_counter()
        total, shown = engine.ask(asked[number], bool(snippets))
        elapsed = (time.perf_counter() - begun) * 1000
        print(json.dumps({"ms": elapsed, "total": total, "shown": shown}), flush=True)


if __name__ == "__main__":
    main()
