"""Pages of results through the whole stack: `python -m tests.benchmarks.serving`.

Waitress serves the front end in a process of its own; clients on loopback, each with a connection
that it keeps, ask the requests of the search benchmark over and over. Where a page's time goes is
measured in one thread: the engine alone, the view with its template, Flask around that.
"""

from __future__ import annotations

import argparse
import http.client
import itertools
import json
import logging
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from archive_app import Settings, create_app
from archive_app.server import serve
from archive_app.views.search import results
from indexer.search_index import LiveArchive
from indexer.search_index.generation import CURRENT
from tests.benchmarks.engines import search_request
from tests.benchmarks.indexing import built
from tests.benchmarks.requests import Request, requests

_PASSES = 5


def address(request: Request) -> str:
    """Where the front end answers the request."""
    asked = search_request(request)
    filters = [("year", str(year)) for year in asked.years]
    filters += [("officer", officer) for officer in asked.officers]
    return f"/search?{urlencode([('q', asked.query), *filters])}"


def layers(folder: Path) -> dict[str, float]:
    """The median milliseconds of a page in the engine, in the view with it, in Flask with both.

    Of each request the quickest of several passes counts.
    """
    app = create_app(Settings(folder=folder))
    live: LiveArchive = app.extensions["live_archive"]
    client = app.test_client()

    def engine(request: Request) -> float:
        begun = time.perf_counter()
        live.get().search(search_request(request))
        return time.perf_counter() - begun

    def view(request: Request) -> float:
        with app.test_request_context(address(request)):
            begun = time.perf_counter()
            results()
            return time.perf_counter() - begun

    def flask(request: Request) -> float:
        begun = time.perf_counter()
        client.get(address(request)).close()
        return time.perf_counter() - begun

    quickest = {
        ask.__name__: [min(ask(request) for _ in range(_PASSES)) for request in requests()]
        for ask in (engine, view, flask)
    }
    return {name: round(statistics.median(times) * 1000, 3) for name, times in quickest.items()}


def asked_at(port: int, clients: int, seconds: float) -> list[float]:
    """The milliseconds of every page that so many clients get in that time."""
    addresses = [address(request) for request in requests()]
    taken: list[float] = []
    until = time.perf_counter() + seconds

    def ask(first: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port)
        for path in itertools.cycle(addresses[first:] + addresses[:first]):
            begun = time.perf_counter()
            if begun > until:
                break
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.client.OK:
                raise RuntimeError(f"{path} was answered with {answer.status}")
            taken.append((time.perf_counter() - begun) * 1000)
        connection.close()

    every = [
        threading.Thread(target=ask, args=(at * len(addresses) // clients,))
        for at in range(clients)
    ]
    for client in every:
        client.start()
    for client in every:
        client.join()
    return taken


def _serve(folder: Path) -> None:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # every page waits here
    serve(
        create_app(Settings(folder=folder)),
        port=0,
        ready=lambda where: print(where.rpartition(":")[2], flush=True),
    )


def measure(folder: Path, clients: int, seconds: float) -> dict[str, Any]:
    """Pages a second and the milliseconds of one, by share of all pages."""
    command = [sys.executable, "-m", "tests.benchmarks.serving", "--serve", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        if server.stdout is None:
            raise RuntimeError("the server has no output")
        port = int(server.stdout.readline())
        asked_at(port, clients, seconds / 5)  # so that all is warm
        taken = asked_at(port, clients, seconds)
        server.terminate()
    return {
        "pages_per_second": round(len(taken) / seconds, 1),
        "p50_ms": round(statistics.median(taken), 1),
        "p99_ms": round(statistics.quantiles(taken, n=100)[-1], 1),
    }


def report(measured: dict[str, Any], inside: dict[str, float], clients: int) -> None:
    """Print both."""
    print(
        f"{clients} clients: {measured['pages_per_second']:.0f} pages/s,"
        f" p50 {measured['p50_ms']:.1f} ms, p99 {measured['p99_ms']:.1f} ms"
    )
    print("one page in one thread, ms: " + _shares(list(inside.items())))


def _shares(cumulative: Sequence[tuple[str, float]]) -> str:
    """What each layer takes by itself."""
    before = 0.0
    shares = []
    for name, total in cumulative:
        shares.append(f"{name} {total - before:.2f}")
        before = total
    return ", ".join(shares)


def main() -> None:
    """Build, serve, ask, print; with `--json` an object as the last line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        _serve(asked.serve)
        return
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        built("archive", folder / "generations" / "benchmark", asked.notes)
        (folder / CURRENT).symlink_to(folder / "generations" / "benchmark")
        measured = measure(folder, asked.clients, asked.seconds)
        inside = layers(folder)
    report(measured, inside, asked.clients)
    if asked.json:
        print(json.dumps({"notes": asked.notes, **measured, "layers_ms": inside}))


if __name__ == "__main__":
    main()
