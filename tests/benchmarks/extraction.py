"""How fast documents become notes: `python -m tests.benchmarks.extraction`.

The yardstick is BeautifulSoup's own parse of the same pages, measured in turn with ours in one run,
so that a busy machine slows both alike.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from bs4 import BeautifulSoup

from indexer import authority
from indexer.config import load_config
from indexer.domain.source import SourceDocument
from indexer.ingest.outcome import outcome_of
from indexer.sources import Found, find, open_document

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
ROUNDS = 5
_LAYOUTS = (
    ("plain text", None),
    ("old site", re.compile(rb"XHTML", re.IGNORECASE)),
    ("new site", re.compile(rb"", re.IGNORECASE)),
)


def layouts() -> dict[str, list[SourceDocument]]:
    """The documents of the sample by the layout of their page."""
    found = [open_document(file) for file in find(SAMPLE / "notes") if isinstance(file, Found)]
    groups: dict[str, list[SourceDocument]] = {name: [] for name, _ in _LAYOUTS}
    for document in found:
        if isinstance(document, SourceDocument):
            groups[_layout(document)].append(document)
    return groups


def _layout(document: SourceDocument) -> str:
    if document.media_type == "text/plain":
        return "plain text"
    pages = (
        name for name, mark in _LAYOUTS if mark is not None and mark.search(document.content[:500])
    )
    return next(pages)


def seconds(work: Callable[[SourceDocument], object], documents: Sequence[SourceDocument]) -> float:
    """How long `work` takes over all of `documents`."""
    begun = time.perf_counter()
    for document in documents:
        work(document)
    return time.perf_counter() - begun


def main() -> None:
    """Print a line for each layout: documents a second, and our time over that of a bare parse."""
    config, lists = load_config(SAMPLE / "technotes.toml"), authority.load()
    print(f"{'layout':12} {'documents':>9} {'a second':>9} {'over a parse':>13}")
    for name, documents in layouts().items():
        ours, parse = [], []
        for _ in range(ROUNDS):
            ours.append(seconds(lambda d: outcome_of(d, config, lists), documents))
            parse.append(seconds(lambda d: BeautifulSoup(d.content, "lxml"), documents))
        rate = len(documents) / min(ours)
        ratio = "-" if name == "plain text" else f"{min(ours) / min(parse):.2f}"
        print(f"{name:12} {len(documents):9} {rate:9.0f} {ratio:>13}")


if __name__ == "__main__":
    main()
