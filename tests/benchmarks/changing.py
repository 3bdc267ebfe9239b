"""What one changed note takes until it is found: `python -m tests.benchmarks.changing`.

A whole publication of both archives, as every night's run makes it, from notes that are at hand:
built, verified, swapped in; then the archive opened anew and the note searched.
"""

from __future__ import annotations

import argparse
import datetime
import json
import statistics
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.reference import TECHNICAL_NOTES
from indexer.domain.report import RunReport
from indexer.domain.search import Contents, Council, SearchRequest
from indexer.search_index import Archive
from indexer.search_index.edition import Edition
from indexer.search_index.publishing import publish
from tests.benchmarks.council import notes, world

_FIRST_NIGHT = datetime.datetime(2026, 11, 25, 2, tzinfo=datetime.UTC)


def publish_night(folder: Path, every: Sequence[Note], night: int) -> None:
    """Publish the notes to the public and to members."""
    moment = _FIRST_NIGHT + datetime.timedelta(days=night)
    contents = Contents(
        council=Council(),
        series=TECHNICAL_NOTES,
        built_at=moment,
        notes=len(every),
        officers={officer.slug or "": officer.name for officer in world().officers},
        subjects={slug: slug for slug in world().headings},
    )
    report = RunReport(
        started=moment,
        finished=moment,
        generation=None,
        documents=len(every),
        notes=len(every),
        public_notes=len(every),
    )
    publish(folder, dict.fromkeys(Clearance, Edition(tuple(every), contents)), report)


def changed(folder: Path, every: list[Note], night: int) -> dict[str, float]:
    """The seconds that one changed note takes: to be published, and then to be found."""
    at = night * len(every) // 100
    every[at] = replace(every[at], title=f"Quillfeather {night}")
    begun = time.perf_counter()
    publish_night(folder, every, night)
    published = time.perf_counter()
    with Archive.open(folder, Clearance.PUBLIC, None) as archive:
        found = archive.search(SearchRequest(query=f'"quillfeather {night}"'))
    if found.total != 1:
        raise RuntimeError("the changed note is not found")
    return {"publish": published - begun, "answer": time.perf_counter() - published}


def main() -> None:
    """Print the medians over several nights; with `--json` an object as the last line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=10_000)
    parser.add_argument("--nights", type=int, default=5)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    every = list(notes(asked.notes))
    with tempfile.TemporaryDirectory() as scratch:
        publish_night(Path(scratch), every, 0)
        nights = [changed(Path(scratch), every, night) for night in range(1, asked.nights + 1)]
    measured = {name: statistics.median(night[name] for night in nights) for name in nights[0]}
    print(f"published in {measured['publish']:.3f} s, found {measured['answer']:.3f} s later")
    if asked.json:
        print(json.dumps({"notes": asked.notes, "seconds": measured}))


if __name__ == "__main__":
    main()
