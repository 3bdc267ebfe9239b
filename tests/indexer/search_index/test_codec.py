"""Index files: what is written is read back, and nothing else is taken for an index."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_index.analysis import terms_of, words_of
from indexer.search_index.codec.sections import DamagedFile, SectionFile, SectionWriter
from indexer.search_index.codec.segment import WORDS_A_MARK
from indexer.search_index.codec.stored import PART_CHARACTERS
from indexer.search_index.index import Index
from indexer.search_index.writing import building, vocabulary
from indexer.search_index.writing.index_writer import write_index
from indexer.search_index.writing.vocabulary import Vocabulary


def test_sections_read_back_in_slices(tmp_path: Path) -> None:
    path = tmp_path / "sections"
    writer = SectionWriter(path)
    writer.reserve("grown", np.dtype("<u4"), 5)
    writer.put("ready", np.array([1, 2, 70_000], np.uint32))
    writer.put_narrow("narrow", np.array([3, 255]))
    writer.append("grown", np.array([1, 2]))
    writer.append("grown", np.array([3, 4, 5]))
    writer.put_bytes("empty", b"")
    writer.finish({"notes": 3})
    file = SectionFile(path)
    assert file.facts == {"notes": 3}
    assert file.section("grown").read(1, 4).tolist() == [2, 3, 4]
    assert file.section("narrow").dtype == np.uint8
    assert file.section("ready").whole().tolist() == [1, 2, 70_000]
    assert file.section("empty").whole().tolist() == []
    for start, stop in ((0, 6), (-1, 2), (3, 2)):
        with pytest.raises(DamagedFile, match="points outside itself"):
            file.section("grown").read(start, stop)
    with pytest.raises(DamagedFile, match="lacks its section other"):
        file.section("other")


def test_a_section_is_filled_exactly(tmp_path: Path) -> None:
    writer = SectionWriter(tmp_path / "short")
    writer.reserve("three", np.dtype("|u1"), 3)
    with pytest.raises(ValueError, match="no room"):
        writer.append("three", np.arange(4))
    with pytest.raises(ValueError, match="were not filled"):
        writer.finish({})


def test_a_long_body_is_read_in_parts(tmp_path: Path, note) -> None:
    body = "é salt " * 20_000
    write_index(tmp_path, [note("2023-001", None, "grit"), note("2023-002", None, body)])
    index = Index(tmp_path)
    (segment,) = (opened.file for opened in index.segments)
    assert len(segment.texts.at) - 1 == 1 + -(-len(body) // PART_CHARACTERS)
    assert segment.text(1) == body
    for start in (0, PART_CHARACTERS - 3, 2 * PART_CHARACTERS, len(body) - 3):
        assert segment.text_between(1, start, start + 9) == body[start : start + 9]
    index.close()


TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["road's", "’tis", "Éilidh", "co-op", "m²", "a''b", "_x_", "ﬁne", "'"]),
        st.sampled_from(["12.5", "£3", "café", "e\u0301", "so\u00adft", "—", "\u200b", "straße"]),
        st.sampled_from(["Llanfairpwllgwyngyll's", "x" * 24, "x" * 25, "x" * 80, "\0"]),
        st.text(max_size=6),
    )
).map(" ".join)


@given(st.lists(TEXTS, max_size=5))
def test_words_as_numbers_are_the_words_of_the_analysis(texts: list[str]) -> None:
    vocabulary = Vocabulary()
    for _ in ("seen for the first time", "known"):
        words, starts, counts = vocabulary.analyse(texts)
        terms = list(vocabulary.terms)
        expected = [list(words_of(text)) for text in texts]
        assert counts.tolist() == list(map(len, expected))
        every = [word for each in expected for word in each]
        assert [terms[number].decode() for number in words.tolist()] == [w.term for w in every]
        owners = [text for text, each in zip(texts, expected, strict=True) for _ in each]
        for text, start, word in zip(owners, starts.tolist(), every, strict=True):
            # It may stand at an apostrophe just before its word.
            assert next(words_of(text, start)) == word


def test_spellings_that_share_a_slot_are_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "_SLOT_BITS", 2)
    text = " ".join(f"word{n} other{n}s" for n in range(50))
    shared = Vocabulary()
    for _ in range(3):
        words = shared.analyse([text]).words.tolist()
        assert [list(shared.terms)[number].decode() for number in words] == list(terms_of(text))


def test_the_order_of_terms_holds_as_they_grow() -> None:
    growing = Vocabulary()
    for text in ("road bridge", "road", "aqueduct zebra bridge"):
        growing.analyse([text])
        names, numbers = growing.in_order()
        assert names == sorted(growing.terms)
        assert [growing.terms[name] for name in names] == numbers.tolist()


@given(st.lists(st.integers(0, 70), max_size=5))
def test_every_sixteenth_word_of_a_body_is_marked(lengths: list[int]) -> None:
    texts = [" ".join(f"w{n}" for n in range(length)) for length in lengths]
    expected = [
        at for t in texts for at in (*[w.start for w in words_of(t)][::WORDS_A_MARK], len(t))
    ]
    assert building._marks(Vocabulary().analyse(texts), texts).tolist() == expected
