"""Whoosh's own Searcher as the oracle of our evaluation, and queries to ask both of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st
from whoosh import fields as f
from whoosh import query as q
from whoosh.analysis import Token
from whoosh.filedb.filestore import FileStorage
from whoosh.scoring import BM25F

from indexer.domain.blocks import text_of
from indexer.domain.note import Note
from indexer.domain.search import NoteSummary
from indexer.search_index.analysis import terms_of
from indexer.search_index.codec.contents import SegmentEntry, write_contents
from indexer.search_index.codec.segment import FACETS, KEYWORD_FIELDS, TEXT_FIELDS
from indexer.search_index.codec.whoosh_index import ArrayIndex
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.ranking import RANKING
from indexer.search_index.facets import FacetCounter
from indexer.search_index.index import Index
from indexer.search_index.limits import NOT_CLASSIFIED, TEXT_WEIGHTS
from indexer.search_index.writing.building import BETWEEN_PARTS, SegmentBuilder
from indexer.search_index.writing.recipe import RECIPE
from indexer.search_index.writing.vocabulary import Vocabulary

WORDS = ["salt", "grit", "grip", "road", "roads", "Éilidh", "a", "of", "2023"]
TERMS = ["salt", "grit", "grip", "road", "eilidh", "a", "of", "2023", "zebra"]
FIELDS = ["text", "title", "officers"]
OFFICERS = ["ailsa-brodie", "eilidh-ohare", "tom-reekie"]
SUBJECTS = ["roads", "housing", "waste"]


@dataclass(frozen=True)
class Pair:
    """A query of ours, and the one of Whoosh's that must answer alike."""

    ours: Any
    stock: Any


def alike(query: Any) -> Pair:
    """A query that both read the same way."""
    return Pair(query, query)


def constant(query: Any) -> Pair:
    """An expanded query, whose every match is worth its boost to us."""
    return Pair(query, q.ConstantScoreQuery(query, query.boost))


boosts = st.sampled_from([1.0, 1.0, 2.5, 0.5])
fields = st.sampled_from(FIELDS)
keywords = st.one_of(
    st.builds(q.Term, st.just("year"), st.sampled_from(["2021", "2023", "1999"])),
    st.builds(q.Term, st.just("heading"), st.sampled_from([*SUBJECTS, NOT_CLASSIFIED])),
    st.builds(q.Term, st.just("officer"), st.sampled_from(OFFICERS)),
).map(lambda query: Pair(query, q.ConstantScoreQuery(query, 1.0)))
terms = st.builds(q.Term, fields, st.sampled_from(TERMS), boost=boosts).map(alike)
phrases = st.builds(
    q.Phrase,
    fields,
    st.lists(st.sampled_from(TERMS[:6]), min_size=2, max_size=3),
    slop=st.integers(1, 3) | st.sampled_from([40, 1_000_000]),
    boost=boosts,
).map(alike)
expanded = st.one_of(
    st.builds(q.Prefix, fields, st.sampled_from(["s", "gri", "r", "z", "é"]), boost=boosts),
    st.builds(
        q.Wildcard,
        fields,
        st.sampled_from(["gr?t", "*al*", "s*t", "?", "gri[pt]", "*[0-9]"]),
        boost=boosts,
    ),
    st.builds(
        q.FuzzyTerm,
        fields,
        st.sampled_from(["grit", "sallt", "oad", "gip"]),
        boost=boosts,
        maxdist=st.integers(1, 2),
        prefixlength=st.integers(0, 1),
    ),
    st.builds(
        q.TermRange,
        fields,
        st.sampled_from(["a", "grip", None]),
        st.sampled_from(["grit", "salt", None]),
        st.booleans(),
        st.booleans(),
        boost=boosts,
    ),
).map(constant)
every = boosts.map(lambda boost: alike(q.Every(boost=boost)))


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


queries = st.recursive(
    st.one_of(terms, phrases, expanded, keywords, every), compounds, max_leaves=6
)


class LuceneBm25(BM25F):
    """Whoosh's BM25 with the idf of `RANKING`."""

    def __init__(self) -> None:
        super().__init__(B=RANKING.b, K1=RANKING.k1)

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        """Lucene's idf over all segments."""
        parent = searcher.get_parent()
        held = parent.doc_frequency(fieldname, text)
        return math.log1p((parent.doc_count_all() - held + 0.5) / (held + 0.5))


class ExactLengths(LuceneBm25):
    """The same over an index of Whoosh's own, which would round lengths of 11 words and more."""

    def __init__(self, lengths: dict[str, list[int]]) -> None:
        super().__init__()
        self._lengths = lengths

    def scorer(self, searcher: Any, fieldname: str, text: Any, qf: int = 1) -> Any:
        """A scorer that is told how long documents are."""
        scorer = super().scorer(searcher, fieldname, text, qf)
        leaves = searcher.get_parent().leaf_searchers()
        base = next((at for leaf, at in leaves if leaf is searcher), 0)
        if fieldname in self._lengths:
            scorer.dfl = lambda document: self._lengths[fieldname][base + document]
        return scorer


@dataclass(repr=False)
class Corpus:
    """An index of several segments with deletions, open both ways."""

    index: Index
    facets: FacetCounter
    searcher: Any

    @classmethod
    def open(cls, folder: Path) -> Corpus:
        """Open the index in `folder`."""
        index = Index(folder)
        contents = type("Contents", (), {"subjects": {}, "officers": {}})
        searcher = ArrayIndex(folder).searcher(weighting=LuceneBm25())
        return cls(index, FacetCounter(index.segments, contents), searcher)

    def close(self) -> None:
        """Close it both ways."""
        self.index.close()
        self.searcher.close()

    def ours(self, query: Any, within: Any = None) -> dict[int, float]:
        """What our evaluation finds among what `within` finds: documents and scores."""
        found: dict[int, float] = {}
        for search in self.index.searches(Deadline()):
            mask = search.segment.live
            if within is not None:
                mask = search.mask(within) if mask is None else search.mask(within) & mask
            matches = search.matches(query, mask)
            ids = (matches.ids.astype(int) + search.segment.base).tolist()
            found.update(zip(ids, matches.all_scores().tolist(), strict=True))
        return found

    def stock(self, query: Any, within: Any = None) -> dict[int, float]:
        """What Whoosh's own Searcher finds."""
        return found_by(self.searcher, query, within)


def found_by(searcher: Any, query: Any, within: Any = None) -> dict[int, float]:
    """The documents that a Whoosh Searcher finds, and their scores."""
    results = searcher.search(query, limit=None, filter=within)
    return {results.docnum(at): results.score(at) for at in range(results.scored_length())}


def write_segments(
    folder: Path, groups: Sequence[Sequence[Note]], deleted: Sequence[set[int]]
) -> None:
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


_PART = "\x1e"


class PartsAnalyzer:
    """Whoosh's way to the terms of parts that are `_PART` apart."""

    def __call__(self, value: str, **_: Any) -> Iterator[Token]:
        at = 0
        for part in value.split(_PART):
            for term in terms_of(part):
                yield Token(text=term, pos=at, boost=1.0)
                at += 1
            at += BETWEEN_PARTS


def stock_index(folder: Path, groups: Sequence[Sequence[Note]], deleted: Sequence[set[int]]) -> Any:
    """A searcher over an index that Whoosh itself writes of the same notes."""
    words = {name: f.TEXT(analyzer=PartsAnalyzer(), phrase=True) for name in TEXT_FIELDS}
    listed = {name: f.KEYWORD(commas=True) for name in KEYWORD_FIELDS}
    index = FileStorage(str(folder)).create().create_index(f.Schema(**words, **listed))
    lengths: dict[str, list[int]] = {name: [] for name in TEXT_FIELDS}
    base = 0
    for notes, gone in zip(groups, deleted, strict=True):
        writer = index.writer()
        for made in notes:
            document = _document(made)
            for name in TEXT_FIELDS:
                lengths[name].append(len(terms_of(document[name].replace(_PART, " "))))
            writer.add_document(**document)
        writer.commit(merge=False)
        writer = index.writer()
        for number in gone:
            writer.delete_document(base + number)
        writer.commit(merge=False)
        base += len(notes)
    return index.searcher(weighting=ExactLengths(lengths))


def _document(made: Note) -> dict[str, str]:
    summary = NoteSummary.of(made)
    printed = "\n".join(f"{o.name} {o.post or ''}" for o in summary.officers)
    parts = {"title": made.title or "", "subject": made.subject or "", "officers": printed}
    every = [text_of(made.body)]
    for name, text in parts.items():
        every += [text] * TEXT_WEIGHTS[name]
    return {
        **parts,
        "text": _PART.join(every),
        "reference": made.reference.slug,
        "cites": ",".join(cited.slug for cited in made.cites.notes),
        "year": str(made.reference.year),
        "heading": ",".join(made.subject_headings) or NOT_CLASSIFIED,
        "officer": ",".join(officer.slug for officer in summary.officers),
    }


def facet_names(corpus_facets: Any) -> dict[str, Any]:
    """The facets of an answer by the field that each counts."""
    values = corpus_facets.year, corpus_facets.subject, corpus_facets.officer
    return dict(zip(FACETS, values, strict=True))
