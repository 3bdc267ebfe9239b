"""Our evaluation beside Whoosh's own Searcher, over the same segments and the same queries.

Ours departs on purpose where a test says so by name (`test_departure_…`). What NOT bars is taken
away from what Whoosh finds, for its AndNot lets the first document through and runs past its end.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query as q
from whoosh.scoring import BM25F
from whoosh.sorting import FieldFacet

from indexer.domain.note import Note
from indexer.search_index.codec.contents import SegmentEntry, write_contents
from indexer.search_index.codec.whoosh_index import ArrayIndex
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.ranking import RANKING
from indexer.search_index.facets import FacetCounter, Selection
from indexer.search_index.index import Index
from indexer.search_index.writing.building import SegmentBuilder
from indexer.search_index.writing.recipe import RECIPE
from indexer.search_index.writing.vocabulary import Vocabulary

WORDS = ["salt", "grit", "grip", "road", "roads", "Éilidh", "a", "of", "2023"]
TERMS = ["salt", "grit", "grip", "road", "eilidh", "a", "of", "2023", "zebra"]
FIELDS = ["text", "title", "officers"]
texts = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


@dataclass(frozen=True)
class Pair:
    """A query of ours, and the one of Whoosh's that must answer alike."""

    ours: Any
    stock: Any


def alike(query: Any) -> Pair:
    """A query that both read the same way."""
    return Pair(query, query)


boosts = st.sampled_from([1.0, 1.0, 2.5, 0.5])
fields = st.sampled_from(FIELDS)
terms = st.builds(q.Term, fields, st.sampled_from(TERMS), boost=boosts).map(alike)
phrases = st.builds(
    q.Phrase,
    fields,
    st.lists(st.sampled_from(TERMS[:6]), min_size=2, max_size=3),
    slop=st.integers(1, 3),
    boost=boosts,
).map(alike)
expanded = st.one_of(
    st.builds(q.Prefix, fields, st.sampled_from(["s", "gri", "r", "z", "é"]), boost=boosts),
    st.builds(q.Wildcard, fields, st.sampled_from(["gr?t", "*al*", "s*t", "?"]), boost=boosts),
    st.builds(q.FuzzyTerm, fields, st.sampled_from(["grit", "sallt", "oad"]), boost=boosts),
    st.builds(
        q.TermRange,
        fields,
        st.sampled_from(["a", "grip"]),
        st.sampled_from(["grit", "salt"]),
        st.booleans(),
        st.booleans(),
        boost=boosts,
    ),
).map(lambda query: Pair(query, q.ConstantScoreQuery(query, query.boost)))
every = st.just(alike(q.Every()))


def compounds(inner: st.SearchStrategy[Pair]) -> st.SearchStrategy[Pair]:
    """Queries made of others."""

    def joined(kind: Any, parts: list[Pair], boost: float) -> Pair:
        return Pair(
            kind([part.ours for part in parts], boost=boost),
            kind([part.stock for part in parts], boost=boost),
        )

    several = st.lists(inner, min_size=2, max_size=3)
    return st.one_of(
        st.builds(joined, st.just(q.And), several, boosts),
        st.builds(joined, st.just(q.Or), several, boosts),
        inner.map(
            lambda p: Pair(q.ConstantScoreQuery(p.ours, 3.0), q.ConstantScoreQuery(p.stock, 3.0))
        ),
    )


queries = st.recursive(st.one_of(terms, phrases, expanded, every), compounds, max_leaves=6)


class LuceneBm25(BM25F):
    """Whoosh's BM25 with the idf of `RANKING`."""

    def __init__(self) -> None:
        super().__init__(B=RANKING.b, K1=RANKING.k1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """Lucene's idf over all segments."""
        parent = searcher.get_parent()
        held = parent.doc_frequency(fieldname, text)
        return math.log1p((parent.doc_count_all() - held + 0.5) / (held + 0.5))


@dataclass(repr=False)
class Corpus:
    """An index of several segments with deletions, open both ways."""

    index: Index
    facets: FacetCounter
    searcher: Any

    def ours(self, query: Any) -> dict[int, float]:
        """What our evaluation finds: documents and scores."""
        found: dict[int, float] = {}
        for search in self.index.searches(Deadline()):
            matches = search.matches(query, search.segment.live)
            ids = (matches.ids.astype(int) + search.segment.base).tolist()
            found.update(zip(ids, matches.all_scores().tolist(), strict=True))
        return found

    def stock(self, query: Any) -> dict[int, float]:
        """What Whoosh's own Searcher finds."""
        results = self.searcher.search(query, limit=None)
        return {results.docnum(at): results.score(at) for at in range(results.scored_length())}


def write_segments(folder: Path, groups: list[list[Note]], deleted: list[set[int]]) -> None:
    """Write an index of one segment for each group of notes."""
    entries = []
    for at, (notes, gone) in enumerate(zip(groups, deleted, strict=True)):
        builder = SegmentBuilder(Vocabulary(), b"")
        for made in notes:
            builder.add(made, msgspec.json.encode(made), bytes(16))
        entry = SegmentEntry(f"segment{at}", len(notes), tuple(sorted(gone)))
        builder.write(entry.path(folder))
        entries.append(entry)
    write_contents(folder, entries, RECIPE)


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory, note) -> Iterator[list[Corpus]]:
    """Some indexes: of one and of several segments, with and without deletions."""
    opened = [_corpus(tmp_path_factory.mktemp("oracle"), note, seed) for seed in range(8)]
    yield opened
    for corpus in opened:
        corpus.index.close()
        corpus.searcher.close()


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
                officers=tuple(draw.sample(["ailsa-brodie", "eilidh-ohare"], draw.randint(0, 2))),
                subjects=tuple(draw.sample(["roads", "housing", "waste"], draw.randint(0, 3))),
            )
            group.append(made)
        groups.append(sorted(group, key=lambda made: made.reference))
        gone = draw.sample(range(len(group)), len(group) // 4) if seed % 2 else []
        deleted.append(set(gone))
    write_segments(folder, groups, deleted)
    index = Index(folder)
    contents = type("Contents", (), {"subjects": {}, "officers": {}})
    searcher = ArrayIndex(folder).searcher(weighting=LuceneBm25())
    return Corpus(index, FacetCounter(index.segments, contents), searcher)


@given(pair=queries, which=st.integers(0, 7))
def test_documents_and_scores_are_those_of_whoosh(corpora, pair: Pair, which: int) -> None:
    ours, stock = corpora[which].ours(pair.ours), corpora[which].stock(pair.stock)
    assert ours.keys() == stock.keys()
    for document, score in ours.items():
        assert score == pytest.approx(stock[document], rel=1e-9, abs=1e-9)


@given(pair=queries, barred=queries, which=st.integers(0, 7))
def test_what_is_barred_is_what_whoosh_finds(corpora, pair: Pair, barred: Pair, which: int) -> None:
    corpus = corpora[which]
    stock, gone = corpus.stock(pair.stock), corpus.stock(barred.stock).keys()
    expected = {document: score for document, score in stock.items() if document not in gone}
    for query in (q.And([pair.ours, q.Not(barred.ours)]), q.AndNot(pair.ours, barred.ours)):
        assert corpus.ours(query) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert corpus.ours(q.Or([pair.ours, q.Not(barred.ours)])).keys() == expected.keys()
    assert corpus.ours(q.Not(barred.ours)).keys() == corpus.stock(q.Every()).keys() - gone


@given(pair=queries, which=st.integers(0, 7))
def test_facets_are_those_of_whoosh(corpora, pair: Pair, which: int) -> None:
    corpus = corpora[which]
    searches = corpus.index.searches(Deadline())
    found = [search.matches(pair.ours, search.segment.live).ids for search in searches]
    _, facets = corpus.facets.within(searches, found, Selection())
    fields = {"year": facets.year, "heading": facets.subject, "officer": facets.officer}
    for field, values in fields.items():
        by = FieldFacet(field, allow_overlap=True)
        results = corpus.searcher.search(pair.stock, limit=None, groupedby={"by": by})
        counted = {
            str(name): len(documents) for name, documents in results.groups("by").items() if name
        }
        assert {value.value: value.count for value in values} == counted


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
