"""Did you mean: what is offered, what is not, and that it is real words of live notes."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive, publish
from indexer.search_index.discovery.nearness import edits
from indexer.search_index.limits import FEW_NOTES


@pytest.fixture(scope="module")
def notes(note):
    """Notes whose words are easily mistyped; one of them is restricted."""
    return [
        note("2022-001", "Playpark inspections", "The playpark in Mill Wynd was inspected."),
        note("2022-002", "Play parks", "Every play park has a gate. A playpark is a play park."),
        note("2023-001", "Gritting", "GRITTING is done at night; gritting lorries are named."),
        note("2023-002", "Footway gritting", "Footways are gritted by hand."),
        note("2023-003", "Committee maintenance", "The committee heard of maintenance."),
        note("2023-004", "Refurbishment", "The separation of waste; refurbishment of halls."),
        note("2023-005", "Bridge at Kirkorran", "Kirkorran’s bridge. Mail kirkorran@hall.example."),
        *(note(f"2024-{at:03d}", "Carriageway", "The carriageway is worn.") for at in range(1, 11)),
        note("2024-011", "Carriageways", "One carraigeway was named so by mistake."),
        note("2022-003", "Halls", "Halls are let.", officers=("eilidh-ohare", "fraser-lyall-boyd")),
        note("2024-012", "Quillfeather depot", "The quillfeather depot.", public=False),
    ]


@pytest.fixture(scope="module")
def mistyped(archive_of, notes) -> Archive:
    """The members' archive of them."""
    opened: Archive = archive_of(*notes)
    return opened


def offered(archive: Archive, query: str, **filters: frozenset[int]) -> str | None:
    """What is offered in the place of a query."""
    return archive.search(SearchRequest(query=query, **filters)).did_you_mean


@pytest.mark.parametrize(
    ("query", "offer"),
    [
        ("griting", "gritting"),
        ("rgitting", "gritting"),
        ("footway griting", "footway gritting"),
        ("Kirkoran", "Kirkorran"),
        ("kirkoran's brigde", "Kirkorran bridge"),
        ("comittee", "committee"),
        ("refurbishmnet", "refurbishment"),
        ("seperation", "separation"),
        ("carraigeway", "carriageway"),
        ("plypark", "playpark"),
        ("footwaygritting zeppelin", "footway gritting zeppelin"),
        ('"footway griting"', '"footway gritting"'),
        ("title:griting", "title:gritting"),
        ("officer:brodei", "officer:Brodie"),
        ("TN 999-19 griting", "TN 999-19 gritting"),
        ("quilfeather", "quillfeather"),
        ("o'harre", "O’Hare"),
        ("Lyal-Boyd", "Lyall-Boyd"),
        ("GRITING", "gritting"),
    ],
)
def test_a_mistyped_word_is_offered_as_notes_print_it(mistyped, query, offer) -> None:
    """Never a stem; quotation marks, fields and numbers stay as they were typed."""
    assert offered(mistyped, query) == offer


@pytest.mark.parametrize(
    "query",
    [
        "gritting",
        "Kirkorran",
        "zeppelin",
        "bat",
        "gate",
        "hall",
        "O Hare",
        "footwaygritting",
        "2032",
        "023-001",
        "TN 999-19",
        "EPB/023/21",
        "grittin*",
        "-griting gate",
        "",
        '"',
        "year:2022 griting",
    ],
)
def test_nothing_is_offered(mistyped, query: str) -> None:
    """Where a word is held, where none is near, and for what is no word."""
    assert offered(mistyped, query) is None


@pytest.mark.parametrize(
    ("query", "offer"),
    [("brige", "bridge"), ("the brige", "the bridge"), ("hdge", "hedge"), ("tlks", "talks")],
)
def test_the_likeliest_word_is_offered_whatever_its_stem(
    archive_of, note, query: str, offer: str
) -> None:
    """The term of `brige` is nearer to `brine` than to that of `bridge`."""
    bridges = [note(f"2021-{at:03d}", "Works", "The bridge is closed.") for at in range(1, 4)]
    brine = note("2022-001", "Trial", "A trial of brine, a hedge and talks.")
    assert offered(archive_of(*bridges, brine), query) == offer


def test_a_short_word_that_a_note_holds_is_meant(archive_of, note) -> None:
    """However many notes hold another that is near to it."""
    fives = [note(f"2021-{at:03d}", "Five", "Five years.") for at in range(1, 8)]
    archive = archive_of(*fives, note("2022-001", "Fire", "A fire."))
    assert offered(archive, "fire") is None
    assert offered(archive, "fide") == "Five"


def test_it_finds_notes_under_the_same_filters(mistyped) -> None:
    assert offered(mistyped, "griting", years=frozenset({2023})) == "gritting"
    assert offered(mistyped, "griting", years=frozenset({2022})) is None
    assert offered(mistyped, "Kirkorran", years=frozenset({2022})) is None


def test_the_public_is_offered_public_words_alone(archive_of, notes) -> None:
    public = archive_of(*notes, clearance=Clearance.PUBLIC)
    assert offered(public, "quilfeather") is None
    assert offered(public, "griting") == "gritting"


def test_words_of_deleted_notes_are_not_offered(tmp_path: Path, notes, editions, report) -> None:
    """They are still in the files of the index."""
    publish(tmp_path, editions(notes), report)
    publish(tmp_path, editions(notes[:-1]), report)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        assert offered(archive, "quilfeather") is None
        assert offered(archive, "Kirkoran") == "Kirkorran"


def test_following_offers_ends(mistyped, notes) -> None:
    """No offer leads back, however many are followed, and each finds more than the one before."""
    draw = random.Random(13)
    words = sorted({word for made in notes for block in made.body for word in block.text.split()})
    for _ in range(200):
        query = " ".join(_slipped(draw.choice(words), draw) for _ in range(draw.randint(1, 2)))
        followed = [query]
        while (offer := offered(mistyped, followed[-1])) is not None:
            assert offer not in followed
            assert mistyped.search(SearchRequest(query=offer)).total
            followed.append(offer)


def _slipped(word: str, draw: random.Random) -> str:
    at = draw.randrange(len(word))
    return word[:at] + draw.choice(("", "e", word[at] * 2)) + word[at + 1 :]


def test_a_question_with_enough_answers_asks_for_nothing(archive_of, note) -> None:
    """However common the word is that is near to it."""
    rare = [note(f"2021-{at:03d}", "Berry", "berry") for at in range(1, FEW_NOTES + 2)]
    common = [note(f"2022-{at:03d}", "Ferry", "berth") for at in range(1, 30)]
    assert offered(archive_of(*rare, *common), "berry") is None


@given(st.text(max_size=60))
def test_no_query_is_a_mistake(mistyped, query: str) -> None:
    mistyped.search(SearchRequest(query=query))


spellings = st.text("abc", min_size=1, max_size=6).map(str.encode)


@given(spellings, st.lists(spellings, min_size=1, max_size=6), st.integers(1, 2))
def test_edits_are_those_counted_one_by_one(word: bytes, others: list[bytes], most: int) -> None:
    counted = [_edits(word, other) for other in others]
    assert edits(word, others, most).tolist() == [min(count, most + 1) for count in counted]
    fewest = [min(_edits(word[: len(word) - off], other) for off in (0, 1)) for other in others]
    assert edits(word, others, most, 1).tolist() == [min(count, most + 1) for count in fewest]


@cache
def _edits(one: bytes, other: bytes) -> int:
    """Optimal string alignment, as its recursion says it."""
    if not one or not other:
        return len(one) + len(other)
    counts = [
        _edits(one[:-1], other) + 1,
        _edits(one, other[:-1]) + 1,
        _edits(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if one[-2:] == other[-2:][::-1] and len(one) > 1 < len(other):
        counts.append(_edits(one[:-2], other[:-2]) + 1)
    return min(counts)


def test_what_takes_too_long_is_left_out(tmp_path: Path, notes, editions, report, monkeypatch):
    """The answer stands without it."""
    publish(tmp_path, editions(notes), report)
    monkeypatch.setattr("indexer.search_index.discovery.aside.ASIDE_SECONDS", -1.0)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        result = archive.search(SearchRequest(query="footway griting"))
        assert result.total
        assert result.did_you_mean is None
        assert archive.suggest("footway") == ()
        note = archive.note(notes[0].reference)
        assert note is not None
        assert archive.related(note) == ()


@pytest.mark.parametrize(
    "query", ["a" * 9_000, "playpark" * 1_000, "griting " * 1_000, ":" * 9_000]
)
def test_a_long_query_is_answered_within_the_budget(mistyped, query: str) -> None:
    """A search that works for longer than half a second is given up."""
    assert mistyped.search(SearchRequest(query=query)).query == query.strip()
