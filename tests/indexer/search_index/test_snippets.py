"""The passage shown of a note, and what is marked in it."""

from __future__ import annotations

import random
import re
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.search import Span
from indexer.search_index.analysis import terms_of
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.places import places_in
from indexer.search_index.index import Index
from indexer.search_index.limits import SNIPPET_LONGEST, SNIPPET_SHORTEST
from indexer.search_index.snippets import CUT, NO_MARKS, Marks, marked, snippets
from indexer.search_index.writing.index_writer import write_index

Snippet = Callable[[str, Marks], tuple[Span, ...]]

FILLER = "The officers’ view is that the owner’s café isn’t full at £3. " * 20


def marks(*phrases: str) -> Marks:
    """Marks for words and phrases."""
    return Marks.of(terms_of(phrase) for phrase in phrases)


@pytest.fixture(scope="session", name="snip")
def snip_fixture(tmp_path_factory: pytest.TempPathFactory, note) -> Snippet:
    """Indexes a note with a body and gives its snippet."""

    def snip(body: str, marks: Marks) -> tuple[Span, ...]:
        folder = tmp_path_factory.mktemp("snippet")
        made = note("2023-001", None, officers=())
        write_index(folder, [replace(made, body=(Block(kind=BlockKind.PARAGRAPH, text=body),))])
        index = Index(folder)
        (search,) = index.searches(Deadline())
        (places,) = places_in(search, marks, [0])
        (spans,) = snippets(index.segments[0].file, [0], [places])
        index.close()
        return spans

    return snip


def text(spans: tuple[Span, ...]) -> str:
    """The text that the spans add up to."""
    return "".join(span.text for span in spans)


def matched(spans: tuple[Span, ...]) -> list[str]:
    """What is marked."""
    return [span.text for span in spans if span.matched]


def test_the_mark_holds_exactly_the_word(snip: Snippet) -> None:
    body = (
        f'{FILLER}Use "click" & nothing else before the quillfeather entry, “Quillfeather”. '
        f"Children aged <5 need a quillfeather pass <b>in hand</b>. 🛶🛶 quillfeather. {FILLER}"
    )
    spans = snip(body, marks("quillfeather"))
    assert matched(spans) == ["quillfeather", "Quillfeather", "quillfeather", "quillfeather"]
    assert "aged <5 need a quillfeather pass <b>in hand</b>. 🛶🛶 quill" in text(spans)


def test_the_passage_with_most_of_the_words_is_shown(snip: Snippet) -> None:
    body = f"Salt, salt, salt and salt. {FILLER} The salt and the grit arrived. {FILLER}"
    assert "The salt and the grit arrived." in text(snip(body, marks("salt", "grit")))


def test_two_passages_are_shown_where_they_show_more(snip: Snippet) -> None:
    body = (
        f"{FILLER}Order the salt today. {FILLER}Once the salt and the grit are in, stop. {FILLER}"
    )
    spans = snip(body, marks("salt", "grit"))
    assert matched(spans) == ["salt", "salt", "grit"]
    one, two = text(spans).strip(CUT).split(f" {CUT} ")
    assert one.startswith("Order the salt today. The officers")
    assert two.startswith("Once the salt and the grit are in, stop.")
    assert SNIPPET_SHORTEST <= len(text(spans)) <= SNIPPET_LONGEST + 5


def test_a_phrase_is_marked_where_it_stands_whole(snip: Snippet) -> None:
    spans = snip(
        "It is available. It is not available; not, however, free.", marks("not available")
    )
    assert matched(spans) == ["not", "available"]
    assert text(spans) == "It is available. It is not available; not, however, free."


def test_other_forms_of_a_word_are_marked(snip: Snippet) -> None:
    spans = snip("Éilidh’s plans and the ro\u00adads", marks("eilidh planning road"))
    assert matched(spans) == []
    spans = snip("Éilidh’s plans and the ro\u00adads", marks("eilidh", "planning", "road"))
    assert matched(spans) == ["Éilidh’s", "plans", "ro\u00adads"]


def test_without_a_match_the_opening_is_shown(snip: Snippet) -> None:
    spans = snip(FILLER, marks("quillfeather"))
    assert text(spans).startswith("The officers’ view")
    assert text(spans).endswith(CUT)
    assert SNIPPET_SHORTEST <= len(text(spans)) <= SNIPPET_LONGEST + 1


def test_a_short_body_is_shown_whole(snip: Snippet) -> None:
    assert text(snip("One line.\nAnother line.", marks("line"))) == "One line. Another line."
    assert snip("", marks("line")) == ()


def test_a_passage_starts_with_its_sentence_where_that_is_near(snip: Snippet) -> None:
    body = f"{FILLER} Some forty words on, rock salt ran out. {FILLER}"
    assert text(snip(body, marks("salt"))).startswith(f"{CUT}Some forty words on")


def test_where_a_body_has_no_spaces_no_character_is_taken_apart(snip: Snippet) -> None:
    family, flag, thumb = "👩\u200d👩\u200d👧", "🏴🇬🇧", "👍🏽"
    for padding in range(12):
        spans = snip("x" * padding + (family + flag + thumb + "e\u0301") * 60, NO_MARKS)
        shown = text(spans).removesuffix(CUT).lstrip("x")
        whole = family + flag + thumb + "e\u0301"
        assert shown.replace(whole, "") in (whole[:n] for n in (0, 5, 6, 8, 10))


@given(
    st.lists(
        st.sampled_from(["salt", "grit", "🛶", "a", "x" * 90, "é", "road-salt", ".", "“salt”"])
    ),
    st.sets(st.sampled_from(["salt", "grit", "salt grit", "a", "road salt"])),
)
def test_passages_are_whole_words_of_the_body(
    snip: Snippet, words: list[str], asked: set[str]
) -> None:
    body = " ".join(words)
    spans = snip(body, marks(*asked))
    shown = text(spans)
    passages = [passage.strip() for passage in shown.split(CUT) if passage]
    assert sum(map(len, passages)) <= SNIPPET_LONGEST
    assert all(re.search(rf"(?<!\w){re.escape(passage)}(?!\w)", body) for passage in passages)
    assert len(passages) <= 2
    assert all(span.text for span in spans)
    wanted = {term for phrase in asked for term in terms_of(phrase)}
    assert all(set(terms_of(word)) <= wanted for word in matched(spans))
    if asked & set(words):
        assert matched(spans)


@given(st.text(), st.text(max_size=3))
def test_anything_can_be_shown(snip: Snippet, body: str, asked: str) -> None:
    whole = marked(body, [at for at, term in enumerate(terms_of(body)) if term in terms_of(asked)])
    assert text(whole) == body
    assert set(map(terms_of, matched(whole))) <= {(term,) for term in terms_of(asked)}
    shown = text(snip(body, marks(asked) if terms_of(asked) else NO_MARKS))
    assert all(part.strip() in " ".join(body.split()) for part in shown.split(CUT))


def test_a_mark_of_many_words_in_a_long_body_is_found_in_a_moment(snip: Snippet) -> None:
    draw = random.Random(12)
    vocabulary = [f"salt{number}" for number in range(2_000)]
    body = f"{' '.join(draw.choices(vocabulary, k=120_000))} zebra crossing"
    start = time.process_time()
    beginnings = snip(body, Marks(beginnings=("salt",)))
    many = snip(body, marks(*vocabulary[:64]))
    phrase = snip(body, marks("zebra crossing", *vocabulary[:63]))
    assert time.process_time() - start < 3
    assert len(matched(beginnings)) > 10
    assert len(matched(many)) > 1
    assert matched(phrase)


@pytest.mark.parametrize(
    "body",
    ["salt " * 200_000, "x" * 1_000_000, "salt grit not " * 80_000, "é\u0301" * 500_000],
    ids=["one word", "no spaces", "phrases", "accents"],
)
def test_a_megabyte_is_read_in_a_moment(snip: Snippet, body: str) -> None:
    start = time.process_time()
    spans = snip(body, marks("salt", "grit", "salt grit not salt"))
    assert time.process_time() - start < 3
    assert len(text(spans)) <= SNIPPET_LONGEST + 5
