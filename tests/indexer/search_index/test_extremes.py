"""Notes that nobody expects: any characters, any length, nothing at all, a crowd of officers."""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.domain.blocks import Block, BlockKind, Link
from indexer.domain.note import Citations, Note, Officer
from indexer.domain.reference import NoteReference
from indexer.domain.search import NoteSummary, SearchRequest
from indexer.search_index.analysis import terms_of
from indexer.search_index.codec.segment import ROW
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.index import Index
from indexer.search_index.limits import GROUP_BYTES
from indexer.search_index.writing import index_writer
from indexer.search_index.writing.index_writer import update_index, write_index
from tests.indexer.search_index.conftest import make_note

texts = st.text(max_size=40) | st.sampled_from(["", " ", "\0", "’", "\u0301", "ﬁ", "İ", "🏴", "ß"])
maybe = st.none() | texts
slugs = st.from_regex("[a-z]{1,6}", fullmatch=True)
officers = st.builds(Officer, texts.filter(bool), maybe, st.none() | slugs)
rows = st.lists(texts, min_size=1, max_size=3).map(tuple)
blocks = st.one_of(
    st.builds(Block, kind=st.just(BlockKind.PARAGRAPH), text=texts, anchor=maybe),
    st.builds(
        Block,
        kind=st.just(BlockKind.ITEM),
        text=texts,
        number=maybe,
        level=st.integers(1, 6),
        links=st.lists(st.builds(Link, texts, texts), max_size=2).map(tuple),
    ),
    st.builds(Block, kind=st.just(BlockKind.TABLE), rows=st.lists(rows, max_size=3).map(tuple)),
)
references = st.builds(NoteReference, st.integers(1974, 2073), st.integers(1, 99_999))


@st.composite
def notes(draw: st.DrawFn) -> list[Note]:
    """Some notes of any content, in the order of their references."""
    made = []
    for reference in sorted(draw(st.sets(references, min_size=1, max_size=4))):
        shape = replace(
            make_note("2023-001", draw(maybe), subject=draw(maybe)),
            reference=reference,
            report_by=tuple(draw(st.lists(officers, max_size=2))),
            responsible_officers=tuple(draw(st.lists(officers, max_size=12))),
            subject_headings=tuple(draw(st.lists(slugs, max_size=3, unique=True))),
            cites=Citations(tuple(draw(st.lists(references, max_size=3))), (draw(texts),)),
            body=tuple(draw(st.lists(blocks, max_size=4))),
        )
        made.append(shape)
    return made


def check(folder: Path, made: list[Note]) -> None:
    """Every note reads back as it was, and is found by every word of its body."""
    index = Index(folder)
    assert [index.note(index.at(place)) for place in range(index.size)] == made
    summaries = [index.summary(index.at(place)) for place in range(index.size)]
    assert summaries == [NoteSummary.of(note) for note in made]
    for place, note in enumerate(made):
        document = index.at(place)
        for term in {term for block in note.body for term in terms_of(block.words)}:
            assert any(
                document - search.segment.base in search.term("text", term.encode())[1].ids
                for search in index.searches(Deadline())
            )
    index.close()


@settings(max_examples=max(1, settings().max_examples // 2))
@given(notes(), notes())
def test_whatever_a_note_says_it_reads_back_and_is_found(
    before: list[Note], after: list[Note]
) -> None:
    with tempfile.TemporaryDirectory() as name:
        one, other = Path(name) / "one", Path(name) / "other"
        one.mkdir()
        other.mkdir()
        write_index(one, before)
        check(one, before)
        kept = {note.reference: note for note in (*before, *after)}
        now = [kept[reference] for reference in sorted(kept)]
        update_index(other, now, one)
        check(other, now)


def test_a_note_of_a_megabyte_among_others(archive_of, note) -> None:
    long = "Rock salt. " * 90_000 + "The quillfeather depot.\n" + "Grit é 🛶 " * 20_000
    archive = archive_of(note("2023-001", "Short", "Salt."), note("2023-002", "Long", long))
    start = time.process_time()
    (hit,) = archive.search(SearchRequest(query='"quillfeather depot"')).hits
    assert time.process_time() - start < 1
    assert [span.text for span in hit.snippet if span.matched] == ["quillfeather", "depot"]
    read = archive.note(NoteReference(2023, 2))
    assert read is not None
    assert [block.text for block in read.body] == long.splitlines()


def test_notes_larger_than_what_is_sorted_at_a_time(tmp_path: Path, note, monkeypatch) -> None:
    assert GROUP_BYTES > 1_000_000
    monkeypatch.setattr(index_writer, "GROUP_BYTES", 1_000)
    made = [note(f"2023-00{at}", f"Note {at}", f"salt{at} " * 1_000) for at in range(1, 6)]
    write_index(tmp_path, made)
    check(tmp_path, made)


def test_a_note_that_says_nothing(archive_of, note) -> None:
    empty = note("2023-001", None, "", officers=(), subjects=())
    archive = archive_of(empty, note("2023-002", "Salt"))
    assert archive.note(empty.reference) == empty
    assert archive.search(SearchRequest(query="")).total == 2
    (hit,) = archive.search(SearchRequest(query="2023-001")).hits
    assert ("".join(span.text for span in hit.title), hit.snippet) == ("Note 001-23", ())


@pytest.mark.parametrize("people", [255, 256, 70_000], ids=str)
def test_as_many_officers_as_there_may_be(archive_of, note, people: int) -> None:
    """Beyond 255 values an ordinal takes two bytes, beyond 65,535 four; a row holds eight."""
    crowd = [Officer(f"Morag No{at}", None, f"morag-{at}") for at in range(people)]
    share = -(-people // 5)
    made = [
        replace(note(f"2023-00{at}", "Salt"), report_by=(), responsible_officers=tuple(own))
        for at, own in enumerate(
            (crowd[start : start + share] for start in range(0, people, share)), 1
        )
    ]
    assert share > ROW
    archive = archive_of(*made)
    result = archive.search(SearchRequest(query="salt", officers=frozenset({"morag-254"})))
    assert [hit.note.reference for hit in result.hits] == [
        next(n.reference for n in made if crowd[254] in n.responsible_officers)
    ]
    assert len(result.facets.officer) == people
    assert {value.count for value in archive.facets().officer} == {1}
    assert len(archive.search(SearchRequest(query="morag")).hits) == 5
