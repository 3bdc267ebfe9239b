"""Indexes brought up to date: what is shared, what is merged, what is gone."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path

import pytest
from whoosh import query as q

from indexer.domain.reference import NoteReference
from indexer.search_index.codec.contents import SegmentEntry, read_contents
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.index import Index
from indexer.search_index.limits import SEGMENT_NOTES, SEGMENTS_OF_A_SIZE
from indexer.search_index.writing import index_writer
from indexer.search_index.writing.encoding import Digests, digest_of, encoded
from indexer.search_index.writing.index_writer import update_index, write_index
from indexer.search_index.writing.policy import to_merge
from tests.indexer.search_index.conftest import segment_file

QUERIES = [
    q.Term("text", "council"),
    q.Term("title", "the"),
    q.Phrase("text", ["of", "the"]),
    q.Prefix("text", "dra"),
    q.Term("year", "2010"),
    q.Or([q.Term("text", "bridg"), q.Term("text", "salt")]),
]


def answers(index: Index) -> list[dict[NoteReference, float]]:
    """What each query finds, by reference, without the scores where these need not agree."""
    found = []
    for query in QUERIES:
        scores: dict[NoteReference, float] = {}
        for search in index.searches(Deadline()):
            matches = search.matches(query, search.segment.live)
            for document, score in zip(matches.ids, matches.all_scores(), strict=True):
                number = int(document) + search.segment.base
                scores[index.summary(number).reference] = float(score)
        found.append(scores)
    return found


def notes_of(index: Index) -> list[object]:
    """Every note in order."""
    return [index.note(index.at(place)) for place in range(index.size)]


def test_an_update_shares_what_did_not_change(tmp_path: Path, council) -> None:
    before, after, anew = (tmp_path / name for name in ("before", "after", "anew"))
    for folder in (before, after, anew):
        folder.mkdir()
    write_index(before, council)
    changed = replace(council[40], title="Culvert under Mill Brae", report_by=())
    added = replace(council[0], reference=NoteReference(2026, 1))
    now = [*council[:40], changed, *council[41:], added]
    update_index(after, now, before)
    write_index(anew, now)
    shared = after / segment_file(before).name
    assert shared.samefile(segment_file(before))
    entries = read_contents(after).segments
    assert [(entry.notes, entry.deleted) for entry in entries] == [(300, (40,)), (2, ())]
    updated, fresh = Index(after), Index(anew)
    assert notes_of(updated) == notes_of(fresh) == now
    for one, other in zip(answers(updated), answers(fresh), strict=True):
        assert one.keys() == other.keys()
    updated.close()
    fresh.close()


def test_digests_serve_equal_notes_alone(sample) -> None:
    digests = Digests()
    for note in sample:
        assert digests.of(note) == digest_of(encoded(note))
        assert digests.of(replace(note)) is digests.of(note)
        renamed = replace(note, title="Culvert under Mill Brae")
        assert digests.of(renamed) == digest_of(encoded(renamed)) != digest_of(encoded(note))


def test_an_update_copies_what_it_cannot_link(tmp_path: Path, sample, monkeypatch) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    write_index(before, sample)

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    update_index(after, sample, before)
    one, other = segment_file(before), segment_file(after)
    assert not one.samefile(other)
    assert one.read_bytes() == other.read_bytes()


def test_segments_stay_few_over_many_updates(tmp_path: Path, sample) -> None:
    before = tmp_path / "0"
    before.mkdir()
    notes = list(sample)
    write_index(before, notes)
    for run in range(1, 40):
        after = tmp_path / f"{run}"
        after.mkdir()
        at = run % len(notes)
        notes[at] = replace(notes[at], title=f"{sample[at].title} {run}")
        update_index(after, notes, before)
        before = after
    index = Index(before)
    assert notes_of(index) == notes
    assert len(index.segments) <= 2 * SEGMENTS_OF_A_SIZE
    index.close()


def test_a_note_that_is_gone_leaves_nothing_behind(tmp_path: Path, sample) -> None:
    before, after, anew = (tmp_path / name for name in ("before", "after", "anew"))
    for folder in (before, after, anew):
        folder.mkdir()
    write_index(before, sample)
    update_index(after, sample[:-1], before)
    write_index(anew, sample[:-1])
    assert [path.name for path in sorted(after.iterdir())] == [
        path.name for path in sorted(anew.iterdir())
    ]
    assert segment_file(after).read_bytes() == segment_file(anew).read_bytes()


@pytest.mark.parametrize("damage", ["segment", "contents", "recipe"])
def test_an_index_that_cannot_be_taken_over_is_built_anew(
    tmp_path: Path, sample, damage: str, monkeypatch
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    with monkeypatch.context() as patched:
        if damage == "recipe":
            patched.setattr(index_writer, "RECIPE", "another")
        write_index(before, sample)
    victim = segment_file(before) if damage == "segment" else before / "segments.json"
    if damage != "recipe":
        victim.write_bytes(victim.read_bytes()[:-1])
    update_index(after, sample, before)
    index = Index(after)
    assert notes_of(index) == list(sample)
    index.close()


@pytest.mark.parametrize(
    ("sizes", "merged"),
    [
        ([(10_000, 0), (1, 0)], []),
        ([(10_000, 0), *[(1, 0)] * (SEGMENTS_OF_A_SIZE + 1)], [1] * (SEGMENTS_OF_A_SIZE + 1)),
        ([(100, 26), (10_000, 0)], [100]),
        ([(SEGMENT_NOTES, 0)] * 9, []),
        ([(30_000, 0), (9_000, 0), *[(20_000, 0)] * 3], [9_000, 20_000, 20_000]),
    ],
)
def test_what_is_merged(sizes: list[tuple[int, int]], merged: list[int]) -> None:
    entries = [
        SegmentEntry(f"s{at}", notes, tuple(range(deleted)))
        for at, (notes, deleted) in enumerate(sizes)
    ]
    assert [entry.notes for entry in to_merge(entries)] == merged
