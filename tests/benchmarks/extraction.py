"""How fast pages become notes: `python -m tests.benchmarks.extraction`.

The yardstick is BeautifulSoup's own parse of the same pages, measured in turn with ours in one run,
so that a busy machine slows both alike.
"""

from __future__ import annotations

import html
import re
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import cycle, islice
from pathlib import Path

from bs4 import BeautifulSoup

from indexer import authority
from indexer.config import load_config
from indexer.domain.blocks import BlockKind
from indexer.domain.source import SourceDocument
from indexer.ingest.outcome import outcome_of
from indexer.readers import read
from indexer.sources import Found, find, open_document

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample"
ROUNDS = 7
_LAYOUTS = {"old site": re.compile(rb"XHTML", re.IGNORECASE), "new site": re.compile(rb"")}

# The pages of 30 KB: how many of each kind, and how much of each is its note, the rest its site.
SIZE, PAGES = 30_000, 5
SHARES = {
    "30 KB, a tenth is the note": 0.1,
    "30 KB, half is the note": 0.5,
    "30 KB, nothing but the note": 1.0,
}
_HEADER = """<h1>Technical Notes {year}, Issue 12 - Grit Bins</h1><p>TN Number: 012-{year}</p>
<p>Subject: Grit Bins</p><p>Report by: Una Dunmarrow</p><p>Responsible Officer: Ross Culgower</p>
<p>Publication: This Technical Note will be published in full.</p>"""


def documents() -> dict[str, list[SourceDocument]]:
    """The documents to measure, by what they are: the sample's as they are, and pages of 30 KB."""
    found = (open_document(file) for file in find(SAMPLE / "notes") if isinstance(file, Found))
    sample = [each for each in found if isinstance(each, SourceDocument)]
    pages = [each for each in sample if each.media_type == "text/html"]
    groups = {"plain text": [each for each in sample if each.media_type == "text/plain"]}
    groups |= {name: [] for name in _LAYOUTS}
    for page in pages:
        layout = next(name for name, mark in _LAYOUTS.items() if mark.search(page.content[:500]))
        groups[layout].append(page)
    lines = [
        block.text
        for page in pages
        for block in read(page).blocks
        if block.kind is BlockKind.PARAGRAPH and block.number is not None
    ]
    return groups | {name: list(_pages_of(lines, share)) for name, share in SHARES.items()}


def _pages_of(lines: Sequence[str], share: float) -> Iterator[SourceDocument]:
    """Pages of paragraphs of the sample's notes, `share` of each its note and the rest its site."""
    for place in range(PAGES):
        ahead = islice(cycle(lines), place * len(lines) // PAGES, None)
        note = _filled(ahead, "<p>{number}. {words}</p>\n", int(SIZE * share))
        site = _filled(
            ahead, "<li class='service'><a href='/{number}'>{few}</a></li>\n", SIZE - len(note)
        )
        year = 2020 + place
        page = (
            f"<html><head><title>Grit Bins</title></head><body><div class='top'><ul>{site}</ul>"
            f"</div><div class='page'>{_HEADER.format(year=year)}{note}</div></body></html>"
        )
        name = f"technical-notes-{year}-issue-12-grit-bins.html"
        yield SourceDocument(name, "text/html", page.encode())


def _filled(lines: Iterator[str], form: str, size: int) -> str:
    """Lines in a `form` until they have so many letters."""
    pieces: list[str] = []
    while size > 0:
        words = html.escape(next(lines))
        few = " ".join(words.split()[:4])
        pieces.append(form.format(number=len(pieces) + 1, words=words, few=few))
        size -= len(pieces[-1])
    return "".join(pieces)


def seconds(
    work: Callable[[SourceDocument], object],
    documents: Sequence[SourceDocument],
    clock: Callable[[], float] = time.perf_counter,
) -> float:
    """How long `work` takes over all of `documents` by the `clock`."""
    begun = clock()
    for document in documents:
        work(document)
    return clock() - begun


def main() -> None:
    """Print a line for each kind: documents a second, and our time over that of a bare parse."""
    config, lists = load_config(SAMPLE / "technotes.toml"), authority.load()
    works: tuple[Callable[[SourceDocument], object], ...] = (
        lambda document: BeautifulSoup(document.content, "lxml"),
        read,
        lambda document: outcome_of(document, config, lists),
    )
    print("Times are over those of BeautifulSoup's parse; the mark for a page of 30 KB is 2.")
    print(f"{'kind':28} {'documents':>9} {'a second':>9} {'read':>6} {'read and extracted':>19}")
    for name, group in documents().items():
        rounds = [
            [seconds(work, group, time.process_time) for work in works] for _ in range(ROUNDS)
        ]
        parsed, read_in, extracted = map(min, zip(*rounds, strict=True))
        is_page = name != "plain text"
        over = [f"{took / parsed:.2f}" if is_page else "-" for took in (read_in, extracted)]
        rate = len(group) / extracted
        print(f"{name:28} {len(group):9} {rate:9.0f} {over[0]:>6} {over[1]:>19}")


if __name__ == "__main__":
    main()
