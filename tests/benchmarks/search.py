"""The archive and its peers, asked the same in turn: `python -m tests.benchmarks.search`.

Every engine has a process of its own; they take turns at sixty requests, so that a busy machine
slows all alike. Cold is a request's first use in a fresh process, of which there are several. What
counts is the median over the requests of ours over the peer's.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
from collections.abc import Callable, Iterable
from itertools import cycle
from pathlib import Path
from typing import Any

from tests.benchmarks.engine_process import Served, processors
from tests.benchmarks.engines import ENGINES
from tests.benchmarks.indexing import built
from tests.benchmarks.requests import requests

Times = dict[str, list[float]]  # by engine, a time for each request in ms
# Whoosh as it comes takes seconds a request over many notes, and minutes to build.
_WHOOSH_ROUNDS = 2
_COLD_ROUNDS = 6


def measure(
    folders: dict[str, Path], rounds: int
) -> tuple[dict[str, Times], dict[str, dict[str, float]]]:
    """The times of each measure (cold, warm, warm_snippets), and each engine's memory after it."""
    served: dict[str, Served] = {}

    def opened(name: str) -> Served:
        if name in served:
            served[name].close()
        served[name] = Served(name, folders[name])
        return served[name]

    times = {"cold": _in_turn(folders, _COLD_ROUNDS, opened, warm=False)}
    for measured, snippets in (("warm", False), ("warm_snippets", True)):
        times[measured] = _in_turn(folders, rounds, served.__getitem__, snippets=snippets)
    memory = {name: engine.memory() for name, engine in served.items()}
    for engine in served.values():
        engine.close()
    return times, memory


def _in_turn(
    names: Iterable[str],
    rounds: int,
    engine: Callable[[str], Served],
    *,
    snippets: bool = False,
    warm: bool = True,
) -> Times:
    """The median over the rounds of what each engine takes for each request.

    In a round all run on one processor, in the next on another: one may be slower than its like.
    Their order is drawn anew for each. Where caches are to be warm, a pass that is not timed comes
    before the one that is.
    """
    draw = random.Random(0)
    taken: dict[str, list[list[float]]] = {name: [] for name in names}
    for turn, processor in zip(range(rounds), cycle(processors()), strict=False):
        for name in draw.sample(list(taken), len(taken)):
            if name != "whoosh" or turn < _WHOOSH_ROUNDS:
                asked = engine(name)
                asked.run_on(processor)
                if warm:
                    asked.ask_all(snippets)  # who ran meanwhile has filled the caches
                taken[name].append(asked.ask_all(snippets))
    return {
        name: [statistics.median(each) for each in zip(*passes, strict=True)]
        for name, passes in taken.items()
    }


def ratio(times: Times, peer: str) -> float:
    """The median over all requests of our time over the peer's."""
    pairs = zip(times["archive"], times[peer], strict=True)
    return round(statistics.median(ours / theirs for ours, theirs in pairs), 4)


def _line(name: str, times: list[float]) -> str:
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return f"{name:10} {p50:8.3f} {p95:8.3f}"


def _by_kind(times: Times, peer: str) -> str:
    kinds: dict[str, list[float]] = {}
    for request, ours, theirs in zip(requests(), times["archive"], times[peer], strict=True):
        kinds.setdefault(request.kind, []).append(ours / theirs)
    return "  ".join(f"{kind} {statistics.median(all_):.2f}" for kind, all_ in kinds.items())


def report(
    times: dict[str, Times], builds: dict[str, Any], memory: dict[str, dict[str, float]]
) -> None:
    """Print the tables."""
    for measured, by_engine in times.items():
        print(f"\n{measured:10} {'p50 ms':>8} {'p95 ms':>8}")
        for name, taken in by_engine.items():
            print(_line(name, taken))
        for peer in by_engine:
            if peer != "archive":
                print(f"  over {peer}: {_by_kind(by_engine, peer)}")
    print(
        f"\n{'engine':10} {'build s':>8} {'peak MB':>8} {'index MB':>9} {'RSS MB':>8} {'anon':>8}"
    )
    for name, measured in builds.items():
        used = memory[name]
        print(
            f"{name:10} {measured['seconds']:8.2f} {measured['peak']:8.0f} {measured['size']:9.1f}"
            f" {used['rss']:8.1f} {used['anonymous']:8.1f}"
        )


def main() -> None:
    """Build, ask, print; with `--json` the last line of the output is an object of ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--engines", default=",".join(ENGINES))
    parser.add_argument("--rounds", type=int, default=11)
    parser.add_argument("--builds", type=int, default=3)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    names = [name for name in ENGINES if name in asked.engines.split(",")]
    with tempfile.TemporaryDirectory() as scratch:
        folders = {name: Path(scratch) / name for name in names}
        builds: dict[str, Any] = {}
        for turn in range(asked.builds):
            for name, folder in folders.items():
                if turn and name == "whoosh":
                    continue
                measured = built(name, folder, asked.notes)
                if name not in builds or measured["seconds"] < builds[name]["seconds"]:
                    builds[name] = measured
        times, memory = measure(folders, asked.rounds)
    report(times, builds, memory)
    if asked.json:
        peers = [name for name in names if name != "archive"]
        ratios = {
            peer: {measured: ratio(times[measured], peer) for measured in times}
            | {"build": round(builds["archive"]["seconds"] / builds[peer]["seconds"], 4)}
            for peer in peers
        }
        rss = {name: used["rss"] for name, used in memory.items()}
        anonymous = {name: used["anonymous"] for name, used in memory.items()}
        sizes = {name: measured["size"] for name, measured in builds.items()}
        print(
            json.dumps(
                {
                    "ratios": ratios,
                    "notes": asked.notes,
                    "rss_mb": rss,
                    "anonymous_mb": anonymous,
                    "index_mb": sizes,
                }
            )
        )


if __name__ == "__main__":
    main()
