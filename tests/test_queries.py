"""What people type, and the note that must come first: on the sample and on real notes."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from archive_app.judging import Verdict, judge, read_pairs, verdict_lines
from indexer.config import CONFIG_NAME, Config, Source, load_config
from indexer.domain.publication import Clearance
from indexer.pipeline import run
from indexer.search_index import Archive

SAMPLE = Path(__file__).parent / "corpus" / "sample"
REAL = Path(__file__).parents[2] / "shared" / "notes"
LEAST_FIRST = 0.96
TOP = 3


def _share_found_first(data: Path, queries: Path, capsys: pytest.CaptureFixture[str]) -> float:
    """The share of queries whose first hit is an expected note; the verdict is printed."""
    with Archive.open(data, Clearance.MEMBER, budget=None) as archive:
        verdict = judge(archive, read_pairs(queries))
    with capsys.disabled():
        missed = Verdict(tuple(each for each in verdict.judgements if each.rank != 1))
        lines = [*verdict_lines(missed)][:-2] if missed.judgements else []
        print("", *lines, [*verdict_lines(verdict)][-1], sep="\n")
    assert verdict.within(TOP) == 1
    return verdict.within(1)


def test_queries_over_the_sample(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An expected note comes first on nearly all queries, and among the first three on all."""
    assert run(replace(load_config(SAMPLE / CONFIG_NAME), data=tmp_path)).generation
    assert _share_found_first(tmp_path, SAMPLE / "queries.tsv", capsys) >= LEAST_FIRST


@pytest.mark.real_notes
@pytest.mark.skipif(
    not REAL.is_dir(), reason="the real notes are not beside this checkout (../shared/notes)"
)
def test_queries_over_real_notes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same over real notes."""
    folder = tmp_path / "notes"
    folder.mkdir()
    with (folder / "locators.csv").open("w", newline="") as listing:
        addresses = csv.writer(listing)
        for file in sorted(REAL.glob("20*.json")):
            note = json.loads(file.read_text())
            (folder / f"{file.stem}.txt").write_text(note["text"])
            addresses.writerow([f"{file.stem}.txt", note["url"]])
    (folder / "2023-064.txt").write_text((REAL / "seed-2023-064.txt").read_text())
    config = Config(sources=(Source(folder, published=True),), data=tmp_path / "data")
    assert run(config).generation
    assert _share_found_first(tmp_path / "data", REAL / "queries.tsv", capsys) >= LEAST_FIRST
