"""How well the archive answers questions whose answer is known: nothing but a file is watched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.domain.errors import ConfigError
from indexer.domain.reference import NoteReference
from indexer.domain.search import NoteSummary, SearchRequest
from indexer.search_index import Archive

# A note that comes later than this is not found: nobody reads so far.
JUDGED_TO = 100


@dataclass(frozen=True, slots=True)
class Pair:
    """A question, and the notes any of which answers it."""

    query: str
    expected: frozenset[NoteReference]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The rank of the first expected note, from 1 (None: not found), and the note that came first.

    `absent` are the expected notes that the archive does not hold.
    """

    pair: Pair
    rank: int | None
    first: NoteSummary | None
    absent: tuple[NoteReference, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of all the questions of a file; shares are of 1."""

    judgements: tuple[Judgement, ...]

    def within(self, places: int) -> float:
        """The share of questions with an expected note in that many first places."""
        ranks = [each.rank for each in self.judgements]
        return sum(rank is not None and rank <= places for rank in ranks) / len(ranks)

    @property
    def mean_reciprocal_rank(self) -> float:
        """The mean of 1 over the rank, where a note that is not found counts 0."""
        ranks = [each.rank for each in self.judgements]
        return sum(1 / rank for rank in ranks if rank is not None) / len(ranks)

    @property
    def unanswerable(self) -> int:
        """How many questions ask for none but notes that the archive does not hold."""
        return sum(len(each.absent) == len(each.pair.expected) for each in self.judgements)

    def record(self) -> dict[str, Any]:
        """The JSON object that `judge --json` prints."""
        return {
            "first": self.within(1),
            "top_3": self.within(3),
            "top_10": self.within(10),
            "mrr": self.mean_reciprocal_rank,
            "queries": [
                {
                    "query": each.pair.query,
                    "expected": sorted(reference.slug for reference in each.pair.expected),
                    "rank": each.rank,
                    "first": each.first.reference.slug if each.first else None,
                }
                for each in self.judgements
            ],
        }


def read_pairs(file: Path) -> tuple[Pair, ...]:
    """The pairs of a file: question, tab, notes with commas between; `#` begins a comment.

    Raises ConfigError, which names every line that is no pair.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise ConfigError((f"{file} is not UTF-8 text (byte {error.start})",)) from None
    pairs: list[Pair] = []
    mistakes: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            pairs.append(_pair(line))
        except ValueError as error:
            mistakes.append(f"{file}, line {number}: {error}")
    if not pairs and not mistakes:
        mistakes.append(f"{file} holds no questions")
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return tuple(pairs)


def _pair(line: str) -> Pair:
    query, tab, notes = line.partition("\t")
    if not tab:
        raise ValueError("there is no tab between the question and its notes")
    if not query.strip():
        raise ValueError("there is no question before the tab")
    slugs = [slug.strip() for slug in notes.split(",") if slug.strip()]
    if not slugs:
        raise ValueError("there is no note after the tab")
    return Pair(query.strip(), frozenset(map(NoteReference.parse, slugs)))


def judge(archive: Archive, pairs: tuple[Pair, ...]) -> Verdict:
    """Ask the archive every question, as the search page does."""
    return Verdict(tuple(_judged(archive, pair) for pair in pairs))


def _judged(archive: Archive, pair: Pair) -> Judgement:
    hits = archive.search(SearchRequest(query=pair.query, page_size=JUDGED_TO), snippets=False).hits
    found = [hit.note for hit in hits]
    ranks = (rank for rank, note in enumerate(found, 1) if note.reference in pair.expected)
    absent = sorted(each for each in pair.expected if archive.summary(each) is None)
    return Judgement(pair, next(ranks, None), found[0] if found else None, tuple(absent))


def verdict_lines(verdict: Verdict) -> Iterator[str]:
    """The verdict for a person at a terminal: every question with its rank, then the shares."""
    for each in verdict.judgements:
        rank = "-" if each.rank is None else str(each.rank)
        yield f"{rank:>4}  {each.pair.query}"
        if each.rank != 1 and each.first is not None:
            yield f"      first is {each.first.reference}, {each.first.title}"
        if each.absent:
            yield f"      not in this archive: {', '.join(map(str, each.absent))}"
    yield ""
    yield (
        f"{len(verdict.judgements):,} questions: {verdict.within(1):.1%} answered first,"
        f" {verdict.within(3):.1%} in the first three, {verdict.within(10):.1%} in the first ten;"
        f" mean reciprocal rank {verdict.mean_reciprocal_rank:.3f}"
    )
