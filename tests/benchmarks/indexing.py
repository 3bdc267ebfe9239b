"""What building an index takes, for each engine: `python -m tests.benchmarks.indexing`.

Each builds in a process of its own, in turn. The notes are ready before the clock starts, but with
`--stream` they are made while it runs, so that the peak of memory is the writer's alone.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.council import notes
from tests.benchmarks.engines import ENGINES


def built(name: str, folder: Path, count: int, *, stream: bool = False) -> dict[str, Any]:
    """Build an engine's index in a process of its own: seconds, megabytes of disk and memory."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    command = [
        sys.executable,
        "-m",
        "tests.benchmarks.indexing",
        "--one",
        name,
        str(folder),
        "--notes",
        str(count),
    ]
    run = subprocess.run(
        [*command, *(["--stream"] if stream else [])], check=True, stdout=subprocess.PIPE
    )
    measured: dict[str, Any] = json.loads(run.stdout)
    measured["size"] = round(size_of(folder), 1)
    return measured


def size_of(folder: Path) -> float:
    """The megabytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def _build_one(name: str, folder: Path, count: int, stream: bool) -> None:
    every = notes(count) if stream else list(notes(count))
    begun, used = time.perf_counter(), _processor_seconds()
    ENGINES[name].build(folder, every)
    measured = {
        "seconds": time.perf_counter() - begun,
        "processor": _processor_seconds() - used,
        "peak": round(max(usage.ru_maxrss for usage in _usages()) / 1024, 1),
    }
    print(json.dumps(measured))


def _usages() -> tuple[resource.struct_rusage, ...]:
    return resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)


def _processor_seconds() -> float:
    """What this process and those that it started have used."""
    return sum(usage.ru_utime + usage.ru_stime for usage in _usages())


def main() -> None:
    """Print a line for each engine, and with `--json` an object as the last line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--stream", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        _build_one(asked.one[0], Path(asked.one[1]), asked.notes, asked.stream)
        return
    best: dict[str, dict[str, Any]] = {}
    with tempfile.TemporaryDirectory() as scratch:
        for _ in range(asked.rounds):
            for name in asked.engines.split(","):
                measured = built(name, Path(scratch) / name, asked.notes, stream=asked.stream)
                if name not in best or measured["seconds"] < best[name]["seconds"]:
                    best[name] = measured
    print(f"{'engine':10} {'seconds':>8} {'CPU s':>8} {'notes/s':>8} {'MB':>8} {'peak MB':>8}")
    for name, measured in best.items():
        rate = asked.notes / measured["seconds"]
        print(
            f"{name:10} {measured['seconds']:8.2f} {measured['processor']:8.2f} {rate:8.0f}"
            f" {measured['size']:8.1f} {measured['peak']:8.0f}"
        )
    if asked.json:
        ours = best["archive"]
        ratios = {
            name: {
                "build": round(ours["seconds"] / measured["seconds"], 4),
                "size": round(ours["size"] / measured["size"], 4),
            }
            for name, measured in best.items()
            if name != "archive"
        }
        print(json.dumps({"ratios": ratios, "notes": asked.notes, "engines": best}))


if __name__ == "__main__":
    main()
