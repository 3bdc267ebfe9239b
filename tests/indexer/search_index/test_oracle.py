"""Our evaluation beside Whoosh's own Searcher: the same notes and queries, the same answers.

Ours departs on purpose where a test says so by name (`test_departure_…`). What NOT bars is taken
away from what Whoosh finds, for its AndNot lets the first document through and runs past its end.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.sorting import FieldFacet

from indexer.domain.note import Note
from indexer.search_index.codec.segment import FACETS
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.facets import Selection, having_any
from indexer.search_index.limits import NOT_CLASSIFIED
from tests.indexer.search_index.oracle import (
    OFFICERS,
    SUBJECTS,
    TERMS,
    WORDS,
    Corpus,
    Pair,
    facet_names,
    fields,
    found_by,
    keywords,
    queries,
    stock_index,
    write_segments,
)

# An index of Whoosh's own takes a moment to write.
SOME = settings(max_examples=max(1, settings().max_examples // 3))
# Boosts are left out: what Whoosh wraps in one, it takes for too poor too soon.
plain = st.builds(q.Term, fields, st.sampled_from(TERMS))
several = plain | st.lists(plain, min_size=2, max_size=3).map(q.Or)
selections = st.builds(
    Selection,
    st.frozensets(st.sampled_from(["2020", "2021", "2023"]), max_size=2),
    st.frozensets(st.sampled_from(OFFICERS), max_size=2),
    st.frozensets(st.sampled_from([*SUBJECTS, NOT_CLASSIFIED]), max_size=2),
)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory, note) -> Iterator[list[Corpus]]:
    """Some indexes: of one and of several segments, with and without deletions."""
    opened = [_corpus(tmp_path_factory.mktemp("oracle"), note, seed) for seed in range(8)]
    yield opened
    for corpus in opened:
        corpus.close()


def _corpus(folder: Path, note: Any, seed: int) -> Corpus:
    draw = random.Random(seed)
    groups, deleted, number = [], [], 0
    for _ in range(1 + seed % 4):
        group = []
        for _ in range(draw.randint(1, 160)):
            number += 1
            body = " ".join(draw.choices(WORDS, k=draw.choice((0, 3, 14, 40))))
            made = note(
                f"20{20 + number % 5}-{number:03d}",
                " ".join(draw.choices(WORDS, k=draw.randint(0, 4))),
                body,
                officers=tuple(draw.sample(OFFICERS, draw.randint(0, 2))),
                subjects=tuple(draw.sample(SUBJECTS, draw.randint(0, 3))),
            )
            group.append(made)
        groups.append(sorted(group, key=lambda made: made.reference))
        gone = draw.sample(range(len(group)), len(group) // 4) if seed % 2 else []
        deleted.append(set(gone))
    write_segments(folder, groups, deleted)
    return Corpus.open(folder)


def same(ours: Mapping[int, float], stock: Mapping[int, float]) -> bool:
    """Whether both found the same documents with the same scores."""
    assert dict(ours) == pytest.approx(dict(stock), rel=1e-9, abs=1e-9)
    return True


@given(pair=queries, which=st.integers(0, 7))
def test_documents_and_scores_are_those_of_whoosh(corpora, pair: Pair, which: int) -> None:
    assert same(corpora[which].ours(pair.ours), corpora[which].stock(pair.stock))


@given(pair=queries, within=keywords | queries, which=st.integers(0, 7))
def test_a_filter_narrows_as_that_of_whoosh(corpora, pair: Pair, within: Pair, which: int) -> None:
    corpus = corpora[which]
    assert same(corpus.ours(pair.ours, within.ours), corpus.stock(pair.stock, within.stock))


@given(pair=queries, barred=queries, which=st.integers(0, 7))
def test_what_is_barred_is_what_whoosh_finds(corpora, pair: Pair, barred: Pair, which: int) -> None:
    corpus = corpora[which]
    stock, gone = corpus.stock(pair.stock), corpus.stock(barred.stock).keys()
    expected = {document: score for document, score in stock.items() if document not in gone}
    for query in (q.And([pair.ours, q.Not(barred.ours)]), q.AndNot(pair.ours, barred.ours)):
        assert same(corpus.ours(query), expected)
    assert corpus.ours(q.Or([pair.ours, q.Not(barred.ours)])).keys() == expected.keys()
    assert corpus.ours(q.Not(barred.ours)).keys() == corpus.stock(q.Every()).keys() - gone


@given(pair=queries, selection=selections, which=st.integers(0, 7))
def test_facets_and_totals_are_those_of_whoosh(
    corpora, pair: Pair, selection: Selection, which: int
) -> None:
    """What is chosen of the other facets is Whoosh's filter, and the facet its grouping."""
    corpus = corpora[which]
    searches = corpus.index.searches(Deadline())
    found = [search.matches(pair.ours, search.segment.live).ids for search in searches]
    kept, facets = corpus.facets.within(searches, found, selection)
    chosen = selection.by_field()
    pairs = zip(found, kept, strict=True)
    total = sum(len(ids) if mask is None else mask.sum() for ids, mask in pairs)
    assert total == len(corpus.stock(pair.stock, _filter(chosen, None)))
    for field, values in facet_names(facets).items():
        by = FieldFacet(field, allow_overlap=True)
        results = corpus.searcher.search(
            pair.stock, limit=None, groupedby={"by": by}, filter=_filter(chosen, field)
        )
        counted = dict.fromkeys(chosen.get(field, ()), 0)
        groups = results.groups("by")
        counted |= {str(name): len(documents) for name, documents in groups.items() if name}
        assert {value.value: value.count for value in values} == counted


def _filter(chosen: Mapping[str, frozenset[str]], but: str | None) -> Any:
    parts = [having_any(field, values) for field, values in chosen.items() if field != but]
    return q.And(parts) if parts else None


@given(query=several, which=st.integers(0, 7), limit=st.integers(1, 12))
@example(query=q.Or([q.Term("officers", "road")] * 2), which=2, limit=1)
def test_whoosh_may_pass_over_blocks_that_cannot_be_among_the_best(
    corpora, query: Any, which: int, limit: int
) -> None:
    found = corpora[which].searcher.search(query, limit=limit)
    best = sorted(corpora[which].ours(query).values(), reverse=True)[:limit]
    assert [found.score(at) for at in range(found.scored_length())] == pytest.approx(best, rel=1e-9)


texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
documents = st.tuples(
    texts,
    texts,
    st.sets(st.sampled_from(OFFICERS), max_size=3).map(sorted),
    st.sets(st.sampled_from(SUBJECTS), max_size=3).map(sorted),
    st.booleans(),
)
segments = st.lists(st.lists(documents, min_size=1, max_size=5), min_size=1, max_size=3)


def _notes(made: Any, group: list[Any], first: int) -> list[Note]:
    return [
        made(
            f"{2020 + at % 4}-{at:03d}",
            title or None,
            body,
            officers=tuple(officers),
            subjects=tuple(subjects),
            subject=title[:20] or None,
        )
        for at, (title, body, officers, subjects, _) in enumerate(group, first)
    ]


@SOME
@given(drawn=segments, pairs=st.lists(queries, min_size=1, max_size=5))
def test_an_index_of_whooshs_own_of_any_notes_answers_alike(
    tmp_path_factory: pytest.TempPathFactory, note, drawn: Any, pairs: list[Pair]
) -> None:
    """What we write is held against what Whoosh writes, not only how both read what we wrote."""
    groups = [_notes(note, group, 1 + 10 * at) for at, group in enumerate(drawn)]
    deleted = [{at for at, made in enumerate(group) if made[-1]} for group in drawn]
    folder = tmp_path_factory.mktemp("any")
    write_segments(folder, groups, deleted)
    corpus, stock = Corpus.open(folder), stock_index(folder / "stock", groups, deleted)
    for pair in pairs:
        found = corpus.ours(pair.ours)
        assert same(found, found_by(stock, pair.stock))
        assert same(found, corpus.stock(pair.stock))
    for field in ("text", *FACETS):
        assert list(corpus.searcher.reader().lexicon(field)) == list(stock.reader().lexicon(field))
    corpus.close()
    stock.close()


@pytest.mark.parametrize("terms", [["salt"], ["salt", "grit", "grip", "road"]])
def test_departure_what_is_expanded_scores_one(corpora, terms: list[str]) -> None:
    """Whoosh scores an expansion to one term by its rarity, and to several by a constant."""
    prefix = q.Prefix("text", "salt") if len(terms) == 1 else q.TermRange("text", "grip", "salt")
    assert set(corpora[0].ours(prefix).values()) == {1.0}


def test_departure_not_adds_nothing(corpora) -> None:
    """Whoosh adds one for each part that is barred."""
    barred = q.And([q.Term("text", "salt"), q.Not(q.Term("text", "zebra"))])
    assert corpora[1].ours(barred) == corpora[1].ours(q.Term("text", "salt"))


def test_departure_a_boost_counts_for_one_part_too(corpora) -> None:
    """Whoosh drops the boost of a compound that has a single part."""
    alone, boosted = (q.Or([q.Term("text", "grit")], boost=boost) for boost in (1.0, 2.0))
    once, twice = corpora[0].ours(alone), corpora[0].ours(boosted)
    assert twice == {document: 2 * score for document, score in once.items()}
    assert corpora[0].stock(boosted) == pytest.approx(once)


def test_departure_the_best_part_counts_where_it_matches(corpora) -> None:
    """Whoosh takes the best score of any part, though it stands at another document."""
    parts = [q.Term("text", "grit"), q.Term("title", "salt", boost=2.0)]
    one, other = (corpora[3].ours(part) for part in parts)
    best = {at: max(one.get(at, 0.0), other.get(at, 0.0)) for at in one.keys() | other.keys()}
    assert corpora[3].ours(q.DisjunctionMax(parts)) == best
    assert corpora[3].stock(q.DisjunctionMax(parts)).keys() == best.keys()


def test_departure_a_bare_star_is_no_question(corpora) -> None:
    """Whoosh takes it for every document."""
    assert corpora[0].ours(q.Wildcard("text", "*")) == {}
    assert corpora[0].ours(q.Prefix("text", "")) == {}


def test_departure_lengths_are_exact(tmp_path: Path, note) -> None:
    """Whoosh rounds the length of a field of 11 words and more to one of 256."""
    made = [note("2023-001", None, "salt " * 10), note("2023-002", None, "salt " * 50)]
    write_segments(tmp_path, [made], [set()])
    corpus = Corpus.open(tmp_path)
    stock = stock_index(tmp_path / "stock", [made], [set()])
    lengths = [10 + 5, 50 + 5]  # a name and a post are of the text, too
    assert corpus.index.segments[0].file.lengths("text").tolist() == lengths
    assert [stock.doc_field_length(at, "text") for at in range(2)] == [16, 57]
    corpus.close()
    stock.close()
