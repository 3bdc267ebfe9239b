"""Whoosh's own Searcher over segments of ours: whatever it offers works there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from whoosh import query as q
from whoosh.analysis import StandardAnalyzer
from whoosh.qparser import QueryParser
from whoosh.query import spans
from whoosh.reading import TermNotFound
from whoosh.sorting import FieldFacet

from indexer.search_index.codec.whoosh_index import ArrayIndex, whoosh_schema
from tests.indexer.search_index.oracle import write_segments


@pytest.fixture
def searcher(tmp_path: Path, sample) -> Iterator[Any]:
    """A searcher over the sample in two segments, its third note deleted."""
    write_segments(tmp_path, [sample[:4], sample[4:]], [{2}, set()])
    schema = whoosh_schema(StandardAnalyzer())
    with ArrayIndex(tmp_path, schema).searcher() as opened:
        yield opened


def references(results: Any) -> list[str]:
    """The notes of a page of results."""
    return [hit["reference"] for hit in results]


def test_a_parsed_query_is_answered(searcher: Any) -> None:
    parser = QueryParser("text", searcher.schema)
    found = searcher.search(parser.parse('salt AND NOT title:stock OR "rock salt"'))
    assert set(references(found)) == {"2023-071", "2023-072"}
    assert references(searcher.search(parser.parse("drainage"), limit=None)) == []


def test_results_have_what_is_stored_and_come_in_pages(searcher: Any) -> None:
    page = searcher.search_page(q.Term("text", "salt"), 2, pagelen=1)
    assert (page.total, len(list(page))) == (2, 1)
    assert page[0]["text"].startswith("Rock salt")
    assert searcher.document(reference="2023-064")["text"].startswith("Gritters treat")
    assert searcher.document(reference="2022-032") is None
    stored = {fields["reference"] for fields in searcher.reader().all_stored_fields()}
    assert len(stored) == searcher.doc_count() == 9
    assert searcher.doc_count_all() == 10


def test_results_are_sorted_grouped_and_collapsed_by_a_facet(searcher: Any) -> None:
    every = q.Every()
    newest = searcher.search(every, limit=None, sortedby=FieldFacet("year", reverse=True))
    assert references(newest)[0] == "2024-005"
    assert references(newest)[-1] == "2021-009"
    years = searcher.search(every, limit=None, groupedby="year").groups("year")
    assert {name: len(found) for name, found in years.items()} == {
        "2021": 1,
        "2022": 2,
        "2023": 5,
        "2024": 1,
    }
    assert len(searcher.search(every, limit=None, collapse="year")) == 4


def test_the_best_few_are_those_of_all(searcher: Any) -> None:
    """Blocks that cannot be among the best are passed over."""
    query = q.Or([q.Term("text", "the"), q.Term("text", "board"), q.Term("text", "salt")])
    every = searcher.search(query, limit=None, optimize=False)
    few = searcher.search(query, limit=3)
    assert references(few) == references(every)[:3]


def test_terms_are_listed_and_counted(searcher: Any) -> None:
    reader = searcher.reader()
    assert list(reader.expand_prefix("text", "grit")) == [b"grit", b"gritter"]
    assert list(reader.lexicon("year")) == [b"2021", b"2022", b"2023", b"2024"]
    assert ("officer", b"tom-reekie") in set(reader.all_terms())
    assert reader.doc_frequency("text", b"salt") == 2
    assert reader.frequency("title", b"grit") == 3
    assert list(reader.terms_within("text", "sallt", 1)) == ["salt"]
    assert list(reader.most_frequent_terms("year", 1)) == [(5.0, b"2023")]
    assert reader.field_length("title") == 25
    info = reader.term_info("text", b"salt")
    assert (info.doc_frequency(), info.max_weight()) == (2, 1.0)
    with pytest.raises(TermNotFound):
        reader.term_info("text", b"zyzzyva")
    with pytest.raises(TermNotFound):
        reader.postings("text", b"zyzzyva")


def test_postings_have_positions(searcher: Any) -> None:
    postings = searcher.postings("text", "board")
    found = []
    while postings.is_active():
        found.append((postings.id(), postings.value_as("positions")))
        postings.next()
    assert [len(positions) for _, positions in found] == [3, 2]
    near = spans.SpanNear2([q.Term("text", "board"), q.Term("text", "meet")], slop=2)
    assert references(searcher.search(near)) == ["2023-074"]


def test_nothing_is_written_through_whoosh(tmp_path: Path, sample) -> None:
    write_segments(tmp_path, [sample], [set()])
    with pytest.raises(NotImplementedError, match="written whole"):
        ArrayIndex(tmp_path).writer()
