"""What help in finding takes: `python -m tests.benchmarks.discovery`.

Suggestions, related notes and what is offered for a mistyped word, in milliseconds of the
processor, which other work on the machine does not lengthen. Beside the times stands for how many
mistyped words the very word was offered.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from indexer.domain.blocks import text_of
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive
from tests.benchmarks.council import SEED
from tests.benchmarks.indexing import built

ASKED = 200
TYPED = ("th", "ro", "st", "road", "council pl", "consultation re", "maintenanc", "ailsa", "01")
_LETTERS = "abcdefghiklmnoprstuvwy"

One = TypeVar("One")
Answer = TypeVar("Answer")


def timed(ask: Callable[[One], Answer], about: Iterable[One]) -> tuple[list[float], list[Answer]]:
    """Ask about each in turn: the milliseconds each took, and the answers."""
    times, answers = [], []
    for each in about:
        begun = time.thread_time()
        answers.append(ask(each))
        times.append((time.thread_time() - begun) * 1000)
    return times, answers


def slipped(word: str, draw: random.Random) -> str:
    """A word with a letter more, less or other, or two neighbours changed about."""
    at = draw.randrange(1, len(word) - 1)
    return draw.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + draw.choice(_LETTERS) + word[at:],
            word[:at] + draw.choice(_LETTERS) + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        )
    )


def words_of(archive: Archive) -> list[str]:
    """Words of some bodies, five letters long at least, in an order of no meaning."""
    found: set[str] = set()
    for reference in archive.references[:: max(1, len(archive.references) // 50)]:
        note = archive.note(reference)
        words = text_of(note.body).lower().split() if note else []
        found.update(word.strip(".,") for word in words if len(word) > 5)
    words = sorted(word for word in found if word.isalpha())
    random.Random(SEED).shuffle(words)
    return words[:ASKED]


def _line(name: str, times: list[float], said: str = "") -> str:
    p50, p95 = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    return f"{name:14} {p50:8.2f} {p95:8.2f} {max(times):8.2f}  {said}"


def measure(archive: Archive) -> Iterable[str]:
    """The lines of the table."""
    yield f"{'':14} {'p50 ms':>8} {'p95 ms':>8} {'most':>8}"
    archive.suggest(TYPED[0])  # what is worked out once for all
    yield _line("suggestions", timed(archive.suggest, TYPED * 5)[0])
    some = archive.references[:: max(1, len(archive.references) // ASKED)]
    notes = [note for note in map(archive.note, some) if note]
    times, related = timed(archive.related, notes)
    yield _line("related notes", times, f"{sum(map(bool, related))} of {len(related)} have any")
    draw = random.Random(SEED)
    pairs = [(slipped(word, draw), word) for word in words_of(archive)]
    times, results = timed(
        lambda pair: archive.search(SearchRequest(query=pair[0]), snippets=False), pairs
    )
    offers = [
        (result.did_you_mean, word)
        for result, (typed, word) in zip(results, pairs, strict=True)
        if not result.total and typed != word
    ]
    right = sum((offer or "").lower() == word for offer, word in offers)
    yield _line("mistyped words", times, f"{right} of {len(offers)} offered as they were")


def main() -> None:
    """Build, measure, print; with `--data` an archive of one's own is measured."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--data", type=Path, help="the data folder of an archive there is")
    asked = parser.parse_args()
    if asked.data:
        with Archive.open(asked.data, Clearance.PUBLIC, budget=None) as archive:
            print("\n".join(measure(archive)))
        return
    with tempfile.TemporaryDirectory() as scratch:
        built("archive", Path(scratch), asked.notes)
        with Archive(Path(scratch), Clearance.PUBLIC, budget=None) as archive:
            print("\n".join(measure(archive)))


if __name__ == "__main__":
    main()
