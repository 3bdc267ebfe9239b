"""The second look at the best notes: words that stand together, and notes that are alike."""

from __future__ import annotations

import numpy as np
import pytest

from indexer.domain.search import SearchRequest
from indexer.search_index.evaluation.reranking import among_the_alike
from indexer.search_index.signatures import SIGNATURE_WORDS, likeness, signatures
from indexer.search_index.weights import ALIKE_SHARE, PAIRED
from tests.indexer.search_index.asking import slugs


def signed(*texts: str) -> np.ndarray:
    """The signatures of texts, each word of which tells as much as any other."""
    words = sorted({word for text in texts for word in text.split()})
    held = [[text.split().count(word) for text in texts] for word in words]
    ids = np.array([at for counts in held for at, count in enumerate(counts) if count], int)
    frequencies = np.array([count for counts in held for count in counts if count], int)
    counts = np.array([sum(map(bool, counts)) for counts in held], int)
    terms = [word.encode() for word in words]
    return signatures(terms, counts, ids, frequencies, np.ones(len(words)), len(texts))


def test_likeness_is_the_share_of_words_that_both_have() -> None:
    alike = likeness(signed("salt grit road", "salt grit road", "salt tree park", "school roll"))
    assert alike[0, 1] == pytest.approx(1, abs=0.05)
    assert alike[0, 2] == pytest.approx(1 / 3, abs=0.05)
    assert alike[0, 3] == 0
    assert np.diag(alike).tolist() == [0] * 4


def test_a_signature_keeps_the_words_that_tell_most() -> None:
    """More words than it has room for: those said most often are kept."""
    often = " ".join(f"salt{at} " * 3 for at in range(SIGNATURE_WORDS))
    seldom = " ".join(f"grit{at}" for at in range(100))
    alike = likeness(signed(f"{often} {seldom}", often, seldom))
    assert alike[0, 1] == pytest.approx(1, abs=0.1)
    # Some of the hundred share a hash with one that is kept.
    assert alike[0, 2] == pytest.approx(0, abs=0.2)


def test_a_note_without_words_is_like_no_other() -> None:
    alike = likeness(signed("salt", "", "salt"))
    assert alike[1].tolist() == [0, 0, 0]
    assert signed("", "").tolist() == [[0] * SIGNATURE_WORDS] * 2


def test_a_score_is_drawn_towards_those_of_the_alike() -> None:
    """The lone note keeps its score; of two alike each gets a share of the other's."""
    rows = signed("salt grit", "salt grit", "school roll")
    drawn = among_the_alike(rows, np.array([4.0, 2.0, 3.0]))
    share = ALIKE_SHARE
    assert drawn.tolist() == pytest.approx([4 - 2 * share, 2 + 2 * share, 3])


def test_words_that_stand_together_come_first(archive_of, note) -> None:
    apart = "The playing of children near any field."
    archive = archive_of(
        note("2023-001", "Parks", "Children near any playing field of the."),
        note("2023-002", "Parks", apart),
        note("2023-003", "Parks", "The field. Children near any of playing."),
    )
    assert slugs(archive, "playing field")[0] == "2023-001"
    # Words with a stop word between them are no pair.
    first, second = slugs(archive, "playing of field")[:2]
    assert (first, second) == ("2023-003", "2023-002")


def test_a_pair_counts_where_it_stands_once_in_the_title(archive_of, note) -> None:
    archive = archive_of(
        note("2023-001", "Winter service", "Of roads."),
        note("2023-002", "Service winter", "Of roads."),
    )
    assert slugs(archive, "winter service") == ["2023-001", "2023-002"]
    assert slugs(archive, "service winter") == ["2023-002", "2023-001"]


def test_pages_follow_one_another_past_the_second_look(archive_of, note) -> None:
    """Every note stands on one page, and no score is above one before it."""
    count = PAIRED + 30
    archive = archive_of(
        *(
            note(f"2023-{at:03}", "Stock", " ".join(["Salt grit road."] * (at % 7 + 1)) + f" N{at}")
            for at in range(1, count + 1)
        )
    )
    query = "salt grit road"
    pages = [
        archive.search(SearchRequest(query=query, page=page)).hits
        for page in range(1, count // 10 + 1)
    ]
    hits = [hit for page in pages for hit in page]
    assert len({hit.note.reference for hit in hits}) == count
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    whole = archive.search(SearchRequest(query=query, page_size=count)).hits
    assert [hit.note.reference for hit in whole] == [hit.note.reference for hit in hits]


def test_notes_alike_in_all_but_number_stay_newest_first(archive_of, note) -> None:
    archive = archive_of(
        *(note(f"20{year}-007", "Stock", "Salt and grit for roads.") for year in (19, 24, 21, 22))
    )
    expected = ["2024-007", "2022-007", "2021-007", "2019-007"]
    assert slugs(archive, "salt grit roads") == expected
