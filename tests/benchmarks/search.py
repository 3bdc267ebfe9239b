"""How fast an index is built and answers: `python -m tests.benchmarks.search`.

The notes are those of the sample over and over, each copy in another year, so that the counts are
of a real size while the words stay those of notes.
"""

from __future__ import annotations

import datetime
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from indexer import authority
from indexer.config import load_config
from indexer.domain.note import DocumentClaims, Note
from indexer.domain.publication import Clearance
from indexer.domain.reference import NoteReference
from indexer.domain.report import RunReport
from indexer.domain.search import Contents, SearchRequest
from indexer.extraction import resolve
from indexer.ingest.outcome import outcome_of
from indexer.search_index import Archive, Edition, publish
from indexer.sources import Found, find, open_document
from tests.benchmarks.extraction import SAMPLE

COPIES = 20
ROUNDS = 10


def notes() -> tuple[tuple[Note, ...], dict[str, str]]:
    """The notes of the sample `COPIES` times, and the officers' names by slug."""
    config, lists = load_config(SAMPLE / "technotes.toml"), authority.load()
    documents = (open_document(f) for f in find(SAMPLE / "notes") if isinstance(f, Found))
    outcomes = [outcome_of(document, config, lists) for document in documents]
    resolution = resolve([o for o in outcomes if isinstance(o, DocumentClaims)], lists)
    copies = [
        replace(note, reference=NoteReference(note.reference.year, note.reference.number + shift))
        for shift in range(0, COPIES * 100, 100)
        for note in resolution.notes
    ]
    return tuple(copies), dict(resolution.officers)


def queries() -> list[str]:
    """What people would type, from the sample's own list."""
    lines = (SAMPLE / "queries.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t")[0] for line in lines if line.strip() and not line.startswith("#")]


def main() -> None:
    """Print how many notes a second are indexed, and how long questions take."""
    every, officers = notes()
    with tempfile.TemporaryDirectory() as name:
        built = build(Path(name), every, officers)
        print(f"build   {len(every):,} notes, {len(every) / built:,.0f} notes a second")
        with Archive.open(Path(name), Clearance.PUBLIC) as archive:
            times = sorted(ask(archive, query) for _ in range(ROUNDS) for query in queries())
    p50, p95 = statistics.median(times), times[int(len(times) * 0.95)]
    print(f"search  {len(times):,} questions, p50 {p50:.1f} ms, p95 {p95:.1f} ms")


def build(folder: Path, every: tuple[Note, ...], officers: dict[str, str]) -> float:
    """The seconds that a generation of `every` note takes, verification included."""
    config, now = load_config(SAMPLE / "technotes.toml"), datetime.datetime.now(datetime.UTC)
    contents = Contents(
        council=config.council,
        series=config.series,
        built_at=now,
        notes=len(every),
        years=tuple(sorted({note.reference.year for note in every})),
        officers=officers,
        subjects={subject.slug: subject.label for subject in authority.load().subjects},
    )
    report = RunReport(
        started=now,
        finished=now,
        generation=None,
        documents=len(every),
        notes=len(every),
        public_notes=len(every),
    )
    public = tuple(note for note in every if note.open_to_public)
    begun = time.perf_counter()
    publish(
        folder,
        {
            Clearance.PUBLIC: Edition(public, replace(contents, notes=len(public))),
            Clearance.MEMBER: Edition(every, contents),
        },
        report,
    )
    return time.perf_counter() - begun


def ask(archive: Archive, query: str) -> float:
    """The milliseconds that one question takes, hits, snippets and facets included."""
    begun = time.perf_counter()
    archive.search(SearchRequest(query=query))
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
