"""How well a judged collection is ranked: `python -m tests.benchmarks.relevance DIR [--json]`.

DIR holds `docs.jsonl` ({id, title, text}), `queries.jsonl` ({id, text}) and `qrels.tsv` (query,
document, grade). Its documents become notes with invented references, and its queries are asked as
a reader would ask them. `--save FILE` keeps the measures of each query; `--against FILE` compares
with a run that was kept: the difference of each mean, and its 95% interval by a paired bootstrap.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import AP, RR, Measure, R, nDCG

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.note import Note
from indexer.domain.publication import Clearance, Publication, PublicationStatus
from indexer.domain.reference import NoteReference
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive
from tests.benchmarks.archives import build_archive

MEASURES: dict[str, Measure] = {
    "ndcg@10": nDCG @ 10,
    "map": AP,
    "recall@100": R @ 100,
    "mrr": RR,
}
# As deep as average precision is usually read.
DEPTH = 1_000
_A_YEAR = 999
_SAMPLES = 10_000

PerQuery = dict[str, dict[str, float]]  # by query, each measure


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _note(at: int, record: dict[str, Any]) -> Note:
    lines = (record.get("text") or "").splitlines()
    return Note(
        reference=NoteReference(1900 + at // _A_YEAR, at % _A_YEAR + 1),
        title=record.get("title") or None,
        publication=Publication(PublicationStatus.PUBLIC, "All members and the public"),
        open_to_public=True,
        body=tuple(Block(kind=BlockKind.PARAGRAPH, text=line) for line in lines if line.strip()),
    )


def retrieved(collection: Path) -> dict[str, dict[str, float]]:
    """For each query of a collection, the documents found, and a score that keeps their order."""
    documents = list(_records(collection / "docs.jsonl"))
    notes = [_note(at, record) for at, record in enumerate(documents)]
    names = {
        note.reference.slug: record["id"] for note, record in zip(notes, documents, strict=True)
    }
    run = {}
    with tempfile.TemporaryDirectory() as folder:
        build_archive(Path(folder), notes)
        with Archive(Path(folder), Clearance.PUBLIC, budget=None) as archive:
            for query in _records(collection / "queries.jsonl"):
                request = SearchRequest(query=query["text"], page_size=DEPTH)
                hits = archive.search(request, snippets=False).hits
                run[query["id"]] = {
                    names[hit.note.reference.slug]: float(DEPTH - at) for at, hit in enumerate(hits)
                }
    return run


def measured(collection: Path) -> PerQuery:
    """Each measure of each query that has a judged document."""
    qrels: dict[str, dict[str, int]] = {}
    for line in (collection / "qrels.tsv").read_text(encoding="utf-8").splitlines():
        query, document, grade = line.split("\t")
        qrels.setdefault(query, {})[document] = int(float(grade))
    names = {str(measure): name for name, measure in MEASURES.items()}
    found: PerQuery = {query: dict.fromkeys(MEASURES, 0.0) for query in qrels}
    for each in ir_measures.iter_calc(list(MEASURES.values()), qrels, retrieved(collection)):
        found[each.query_id][names[str(each.measure)]] = float(each.value)
    return found


def means(found: PerQuery) -> dict[str, float]:
    """The mean of each measure over all queries."""
    return {name: float(np.mean([each[name] for each in found.values()])) for name in MEASURES}


def compared(found: PerQuery, kept: PerQuery, name: str) -> tuple[float, float, float]:
    """The mean gain of a measure over a kept run, and the bounds of its 95% interval."""
    both = [query for query in found if query in kept]
    gains = np.array([found[query][name] - kept[query][name] for query in both])
    draw = np.random.default_rng(0)
    drawn = gains[draw.integers(0, len(gains), (_SAMPLES, len(gains)))].mean(axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975))
    return float(gains.mean()), float(low), float(high)


def main() -> None:
    """Measure, print, keep and compare."""
    parser = argparse.ArgumentParser(description=__doc__, prog="tests.benchmarks.relevance")
    parser.add_argument("collection", type=Path, metavar="DIR")
    parser.add_argument("--json", action="store_true", help="print the means as one object")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep the measures of each query")
    parser.add_argument("--against", type=Path, metavar="FILE", help="a run kept before")
    asked = parser.parse_args()
    for name in ("docs.jsonl", "queries.jsonl", "qrels.tsv"):
        if not (asked.collection / name).is_file():
            parser.error(f"{asked.collection} has no {name}")
    found = measured(asked.collection)
    if asked.save:
        asked.save.write_text(json.dumps(found), encoding="utf-8")
    if asked.json:
        print(json.dumps(means(found)))
        return
    print(f"{asked.collection.name}: {len(found)} queries")
    kept = json.loads(asked.against.read_text(encoding="utf-8")) if asked.against else None
    for name, mean in means(found).items():
        line = f"{name:<12}{mean:.4f}"
        if kept:
            gain, low, high = compared(found, kept, name)
            line += f"   {gain:+.4f} ({low:+.4f} to {high:+.4f})"
        print(line)


if __name__ == "__main__":
    main()
