"""How text becomes terms."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_index.analysis import fold, term_of, terms_of, words_of

ANY_TEXT = st.text(alphabet=st.characters(exclude_categories=()))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Éilidh", "eilidh"),
        ("E\u0301ilidh", "EILIDH"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("O’Hare", "o'hare"),
        ("O’Hare’s", "ohare"),
        ("councillor’s", "councillor"),
        ("councillors’", "councillor"),
        ("ro\u00adads", "roads"),
        ("ro\u200bads\ufeff", "roads"),
        ("ﬁeld", "field"),
        ("ＦＩＥＬＤ", "field"),
        ("straße", "STRASSE"),
        ("Lyall\u2011Boyd", "lyall boyd"),
        ("lyall-boyd", "lyall boyd"),
        ("R&D", "r d"),
        ("plan planning planned", "plan plan plan"),
        ("A-board", "a board"),
        ("P-2", "p 2"),
        ("under_score", "under score"),
    ],
)
def test_spellings_of_one_word_have_one_term(one: str, other: str) -> None:
    assert terms_of(one) == terms_of(other) != ()


@pytest.mark.parametrize(("one", "other"), [("not", ""), ("board", "bored"), ("23", "23a")])
def test_different_words_have_different_terms(one: str, other: str) -> None:
    assert terms_of(one) != terms_of(other)


def test_no_word_is_left_out() -> None:
    assert len(terms_of("A meeting of the board is not to be")) == 9


def test_a_word_ends_where_its_punctuation_starts() -> None:
    text = "the ‘quillfeather’, “quillfeather”… 🛶quillfeather🛶 quillfeather's"
    found = [text[word.start : word.end] for word in words_of(text) if word.term != "the"]
    assert found == ["quillfeather"] * 3 + ["quillfeather's"]


@given(ANY_TEXT)
def test_words_stand_in_order_and_are_found_alone(text: str) -> None:
    end = 0
    for word in words_of(text):
        assert end <= word.start < word.end <= len(text)
        assert word.term == term_of(text[word.start : word.end])
        assert word.term
        end = word.end


@given(st.text(), st.text())
def test_text_can_be_read_in_parts(one: str, other: str) -> None:
    assert terms_of(f"{one} \n {other}") == terms_of(one) + terms_of(other)


@given(ANY_TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "text",
    ["a" + "\u00ad" * 1_000_000, "'" * 1_000_000, "a'" * 500_000, "a\u0301" * 500_000],
    ids=["soft hyphens", "apostrophes", "letters and apostrophes", "accents"],
)
def test_a_megabyte_of_rubbish_is_read_in_a_moment(text: str) -> None:
    start = time.process_time()
    terms_of(text)
    assert time.process_time() - start < 3


def test_threads_do_not_disturb_each_other() -> None:
    words = [f"planning{number}ing boards" for number in range(3_000)]
    term_of.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: [terms_of(word) for word in words], range(4)))
    term_of.cache_clear()
    assert answers == [[terms_of(word) for word in words]] * 4
