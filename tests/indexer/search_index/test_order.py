"""The order of hits: by score, and of equal scores one order, whatever the index is made of."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise

import pytest

from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest, Sort
from indexer.search_index import Archive, publish
from indexer.search_index.codec.contents import read_contents

# Notes with the same body score alike for each of these.
QUERIES = ["salt", "salt grit", '"salt grit"', "sal*", "the", "salt OR bin*", "title:stock", ""]
BODIES = ["salt", "salt grit", "grit and salt", "salt salt grit"]


@pytest.fixture(scope="module")
def made(note) -> list[Note]:
    """Notes of three years whose numbers are not in the order of their bodies."""
    draw = random.Random(12)
    every = [f"{year}-{at:03d}" for year in (2021, 2022, 2023) for at in range(1, 100)]
    numbers = draw.sample(every, 90)
    return [note(number, "Stock", draw.choice(BODIES)) for number in sorted(numbers)]


@pytest.fixture(scope="module")
def archives(
    tmp_path_factory: pytest.TempPathFactory, made: list[Note], editions, report
) -> list[Archive]:
    """The same notes published at once, and by nights of changes that were taken back again."""
    at_once, by_nights = tmp_path_factory.mktemp("once"), tmp_path_factory.mktemp("nights")
    publish(at_once, editions(made), report)
    draw = random.Random(13)
    known = draw.sample(made, 50)
    publish(by_nights, editions(known), report)
    for night in range(4):
        known += [each for each in made if each not in known][:10]
        other = [replace(each, title=f"Changed {night}") for each in draw.sample(known, 8)]
        changed = {each.reference: each for each in (*known, *other)}
        publish(by_nights, editions(changed.values()), report)
    publish(by_nights, editions(made), report)
    entries = read_contents(by_nights / "current" / "members" / "index").segments
    assert len(entries) > 1
    assert any(entry.deleted for entry in entries)
    return [Archive.open(folder, Clearance.MEMBER) for folder in (at_once, by_nights)]


def order(archive: Archive, query: str, page_size: int, sort: Sort) -> list[tuple[float, str]]:
    """The scores and slugs of all hits, page after page."""
    found: list[tuple[float, str]] = []
    page = pages = 1
    while page <= pages:
        request = SearchRequest(query=query, page=page, page_size=page_size, sort=sort)
        result = archive.search(request, snippets=False)
        found += [(hit.score, hit.note.reference.slug) for hit in result.hits]
        page, pages = page + 1, result.pages
    return found


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("sort", Sort)
def test_hits_are_in_one_order_on_pages_of_any_size(
    archives: list[Archive], query: str, sort: Sort
) -> None:
    orders = []
    for archive in archives:
        every = order(archive, query, 200, sort)
        for size in (1, 2, 7, 10, 64):
            assert order(archive, query, size, sort) == every
        for (score, slug), (following, after) in pairwise(every):
            if sort is Sort.RELEVANCE:
                assert score > following or (score == following and slug > after)
            else:
                assert slug > after
        orders.append([slug for _, slug in every])
    assert orders[0] == orders[1]


def test_the_same_words_score_the_same_in_every_segment(
    archives: list[Archive], made: list[Note]
) -> None:
    bodies = {each.reference.slug: each.body[0].text for each in made}
    for archive in archives:
        for query in QUERIES:
            scores: dict[str, set[float]] = {}
            for score, slug in order(archive, query, 200, Sort.RELEVANCE):
                scores.setdefault(bodies[slug], set()).add(score)
            assert all(len(alike) == 1 for alike in scores.values())
