"""Index files: what is written is read back, and nothing else is taken for an index."""

from __future__ import annotations

import random
import zlib
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.errors import GenerationError
from indexer.search_index.analysis import words_of
from indexer.search_index.codec.contents import CONTENTS, read_contents
from indexer.search_index.codec.sections import DamagedFile, SectionFile, SectionWriter
from indexer.search_index.codec.segment import WORDS_A_MARK, SegmentFile
from indexer.search_index.codec.stored import PART_CHARACTERS
from indexer.search_index.index import Index
from indexer.search_index.writing.index_writer import write_index
from indexer.search_index.writing.vocabulary import Vocabulary


@pytest.fixture
def segment(tmp_path: Path, sample) -> Path:
    """The segment of an index of the sample."""
    write_index(tmp_path, sample)
    (path,) = tmp_path.glob("*.segment")
    return path


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


def test_a_file_cut_short_anywhere_is_refused_by_name(segment: Path) -> None:
    whole = segment.read_bytes()
    draw = random.Random(12)
    for length in [*range(0, 200, 7), *draw.sample(range(len(whole)), 60), len(whole) - 1]:
        segment.write_bytes(whole[:length])
        with pytest.raises(DamagedFile, match=segment.name):
            SegmentFile(segment)


def test_a_file_altered_anywhere_is_refused_by_name(segment: Path) -> None:
    whole = segment.read_bytes()
    places = SectionFile(segment)
    used = np.zeros(len(whole), np.bool_)
    for name in places.names():
        place = places._places[name]
        used[place.offset : place.offset + place.size] = True
        end = place.offset + place.size
    used[max(int(np.flatnonzero(used)[-1]) + 1, end) :] = True
    draw = random.Random(12)
    for at in draw.sample(np.flatnonzero(used).tolist(), 300):
        altered = bytearray(whole)
        altered[at] ^= 1 << draw.randrange(8)
        segment.write_bytes(altered)
        with pytest.raises(DamagedFile, match=segment.name):
            SegmentFile(segment)


def forged(whole: bytes, change: object) -> bytes:
    """A file whose directory was changed by someone who knows its checksums."""
    length = int.from_bytes(whole[-16:-12], "little")
    directory = msgspec.json.decode(whole[-16 - length : -16])
    change(directory)
    raw = msgspec.json.encode(directory)
    tail = len(raw).to_bytes(4, "little") + zlib.crc32(raw).to_bytes(4, "little") + whole[-8:]
    return whole[: -16 - length] + raw + tail


CHANGES = {
    "dtype of objects": lambda d: d["sections"]["text.ids"].__setitem__(0, "|O"),
    "offset before the file": lambda d: d["sections"]["text.ids"].__setitem__(1, -64),
    "offset beyond the file": lambda d: d["sections"]["text.ids"].__setitem__(1, 1 << 62),
    "count beyond the file": lambda d: d["sections"]["text.ids"].__setitem__(2, 1 << 62),
    "count too small": lambda d: d["sections"]["references"].__setitem__(2, 1),
    "section missing": lambda d: d["sections"].pop("marks"),
    "fact missing": lambda d: d["facts"].pop("notes"),
    "fact of another kind": lambda d: d["facts"].__setitem__("notes", "ten"),
    "number of notes": lambda d: d["facts"].__setitem__("notes", 1 << 40),
    "format of the future": lambda d: d.__setitem__("format_version", 99),
    "unknown key": lambda d: d.__setitem__("run", "this"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_forged_directory_is_refused(segment: Path, change: object) -> None:
    segment.write_bytes(forged(segment.read_bytes(), change))
    with pytest.raises(DamagedFile, match=segment.name):
        SegmentFile(segment)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"notes":10', '"notes":11'),
        ('"name":"', '"name":"../'),
        ('"deleted":[]', '"deleted":[10]'),
        ('"deleted":[]', '"deleted":[2,1]'),
        ('"format_version":1', '"format_version":2'),
        ('"words"', '"pickle"'),
        ('"segments"', '"others"'),
    ],
)
def test_a_forged_list_of_segments_is_refused(segment: Path, old: str, new: str) -> None:
    path = segment.parent / CONTENTS
    sealed = path.read_text()
    assert old in sealed
    altered = sealed.replace(old, new)
    path.write_text(altered)
    with pytest.raises(DamagedFile, match="was altered"):
        read_contents(segment.parent)
    listing = altered.split('"listing":', 1)[1][:-1]
    checksum = zlib.crc32(listing.encode())
    path.write_text(f'{{"checksum":{checksum},"listing":{listing}}}')
    with pytest.raises(GenerationError, match=f"{CONTENTS}|{segment.stem}"):
        Index(segment.parent)


def test_nothing_in_an_index_is_pickled(segment: Path) -> None:
    files = sorted(path.name for path in segment.parent.iterdir())
    assert files == sorted([segment.name, CONTENTS])
    assert msgspec.json.decode((segment.parent / CONTENTS).read_bytes())


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
