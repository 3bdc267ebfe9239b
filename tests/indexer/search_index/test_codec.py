"""Index files: what is written is read back, and nothing else is taken for an index."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_index.analysis import words_of
from indexer.search_index.codec.sections import DamagedFile, SectionFile, SectionWriter
from indexer.search_index.codec.segment import WORDS_A_MARK
from indexer.search_index.codec.stored import PART_CHARACTERS
from indexer.search_index.index import Index
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


@given(
    st.lists(
        st.one_of(
            st.sampled_from(["road's", "’tis", "Éilidh", "co-op", "m²", "a''b", "_x_", "ﬁne", "'"]),
            st.sampled_from(
                ["12.5", "£3", "café", "e\u0301", "so\u00adft", "—", "\u200b", "straße"]
            ),
            st.text(max_size=6),
        )
    ).map(" ".join)
)
def test_words_as_numbers_are_the_words_of_the_analysis(text: str) -> None:
    vocabulary = Vocabulary()
    words, marks = vocabulary.analyse(text)
    terms = list(vocabulary.terms)
    expected = list(words_of(text))
    assert [terms[number] for number in words.tolist()] == [word.term for word in expected]
    for mark, word in zip(marks.tolist(), expected[::WORDS_A_MARK], strict=False):
        # A mark may stand at an apostrophe just before its word.
        assert next(words_of(text, mark)) == word
    assert marks.tolist()[-1] == len(text)
