"""What is damaged or forged in an index: it is refused by name, and none of it is ever run."""

from __future__ import annotations

import ast
import gc
import pickle
import random
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from whoosh.fields import FieldConfigurationError, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, open_dir

import indexer.search_index
from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive, publish
from indexer.search_index.codec.contents import CONTENTS, read_contents
from indexer.search_index.codec.sections import DamagedFile, SectionFile
from indexer.search_index.codec.segment import SegmentFile
from indexer.search_index.codec.whoosh_index import ArrayIndex
from indexer.search_index.index import Index
from indexer.search_index.writing.index_writer import write_index


@pytest.fixture
def generation(tmp_path: Path, editions, sample, report) -> Path:
    """A generation of the sample."""
    publish(tmp_path, editions(sample), report)
    return (tmp_path / "current").resolve()


@pytest.fixture
def public(generation: Path) -> list[Path]:
    """The files that the public archive of the generation is read from."""
    paths = [path for path in sorted((generation / "public").rglob("*")) if path.is_file()]
    assert [path.suffix for path in paths] == [".json", ".segment", ".json"]
    return paths


def test_a_file_cut_short_anywhere_is_refused_by_name(generation: Path, public: list[Path]) -> None:
    draw = random.Random(12)
    for path in public:
        whole = path.read_bytes()
        for length in [*range(0, 200, 7), *draw.sample(range(len(whole)), 60), len(whole) - 1]:
            path.write_bytes(whole[:length])
            with pytest.raises(GenerationError, match=path.name):
                Archive(generation, Clearance.PUBLIC)
        path.write_bytes(whole)
    Archive(generation, Clearance.PUBLIC).close()


def test_a_file_altered_anywhere_is_refused_by_name(generation: Path, public: list[Path]) -> None:
    draw = random.Random(12)
    for path in public:
        whole = path.read_bytes()
        for at in [*draw.sample(range(len(whole)), 250), *range(len(whole) - 20, len(whole))]:
            altered = bytearray(whole)
            altered[at] ^= 1 << draw.randrange(8)
            path.write_bytes(altered)
            with pytest.raises(GenerationError, match=path.name):
                Archive(generation, Clearance.PUBLIC)
        path.write_bytes(whole + b"\0")
        with pytest.raises(GenerationError, match=path.name):
            Archive(generation, Clearance.PUBLIC)
        path.write_bytes(whole)
    Archive(generation, Clearance.PUBLIC).close()


def test_a_file_cut_short_while_it_is_open_is_refused_by_name(generation: Path) -> None:
    (path,) = (generation / "public" / "index").glob("*.segment")
    archive = Archive(generation, Clearance.PUBLIC)
    path.write_bytes(b"")
    with pytest.raises(DamagedFile, match=f"{path.name} was cut short while it was open"):
        archive.search(SearchRequest(query="grit"))
    archive.close()


class Runs(Schema):
    """A schema whose pickle runs code when it is loaded: it leaves a file behind."""

    def __init__(self, trace: Path) -> None:
        super().__init__()
        self.trace = trace

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.touch, (self.trace,)


@pytest.fixture
def payload(tmp_path: Path) -> bytes:
    """A pickle that leaves `trace` behind where it is loaded, as this fixture does to try it."""
    made = pickle.dumps(Runs(tmp_path / "trace"))
    pickle.loads(made)
    (tmp_path / "trace").unlink()
    return made


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh leaves the table's file open
def test_a_forged_table_of_contents_is_never_run(tmp_path: Path, generation: Path) -> None:
    folder, trace = generation / "public" / "index", tmp_path / "trace"
    storage = FileStorage(str(folder))
    for name in ("MAIN", "segments"):
        TOC(Runs(trace), [], 1).write(storage, name)
    Archive(generation, Clearance.PUBLIC).close()
    with ArrayIndex(folder).searcher() as searcher:
        assert searcher.doc_count() == 9
    assert not trace.exists()
    with suppress(FieldConfigurationError):  # what it runs returns no schema
        open_dir(folder)
    assert trace.exists()  # Whoosh by itself runs it
    gc.collect()


def test_a_pickle_in_place_of_a_file_is_never_run(
    tmp_path: Path, generation: Path, public: list[Path], payload: bytes
) -> None:
    for path in public:
        whole = path.read_bytes()
        path.write_bytes(payload)
        with pytest.raises(GenerationError, match=path.name):
            Archive(generation, Clearance.PUBLIC)
        if path.parent.name == "index":
            with pytest.raises(GenerationError, match=path.name):
                ArrayIndex(path.parent).searcher()
        path.write_bytes(whole)
    assert not (tmp_path / "trace").exists()


def test_no_module_of_the_engine_can_read_a_pickle() -> None:
    for path in Path(*indexer.search_index.__path__).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {"pickle", "marshal", "shelve", "dill"} & set(names), path
            allow = [key.arg for key in getattr(node, "keywords", ())]
            assert "allow_pickle" not in allow, path


@pytest.fixture
def segment(tmp_path: Path, sample) -> Path:
    """The segment of an index of the sample."""
    write_index(tmp_path, [replace(note, issued_on=date(2023, 3, 1)) for note in sample])
    (path,) = tmp_path.glob("*.segment")
    return path


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
    ("name", "value", "reason"),
    [
        ("title.words", 0xFF, "has title.words that stand for nothing"),
        ("title.lengths", 0, "has title.words for other documents than it holds"),
        ("summaries.people", 0xFF, "has no list of officers"),
        ("summaries.issued", 0xFF, "has summaries.issued that stand for nothing"),
        ("summaries.titles.counts", 0, "has summaries.titles for other documents than it holds"),
        ("summaries.officers", 0xFF, "has summaries.officers that stand for nothing"),
        ("summaries.headings", 0xFF, "has summaries.headings that stand for nothing"),
        ("heading.terms", 0xFF, "has no list of headings"),
    ],
)
def test_numbers_that_stand_for_nothing_are_refused_by_name(
    segment: Path, name: str, value: int, reason: str
) -> None:
    place = SectionFile(segment)._places[name]
    altered = bytearray(segment.read_bytes())
    altered[place.offset : place.offset + place.size] = bytes([value]) * place.size
    checksum = zlib.crc32(bytes([value]) * place.size)
    segment.write_bytes(forged(altered, lambda d: d["sections"][name].__setitem__(3, checksum)))
    with pytest.raises(DamagedFile, match=f"{segment.name} {reason}"):
        Index(segment.parent)


def test_a_forged_section_makes_an_error_or_an_answer(generation: Path) -> None:
    """Whoever knows the checksums can make an archive wrong, but not run, crash or hang it."""
    (path,) = (generation / "public" / "index").glob("*.segment")
    whole = path.read_bytes()
    places = {name: at for name, at in SectionFile(path)._places.items() if at.count}
    draw = random.Random(12)
    opened = 0
    for _ in range(300):
        name, place = draw.choice(list(places.items()))
        altered = bytearray(whole)
        for _ in range(draw.choice((1, 4))):
            altered[place.offset + draw.randrange(place.size)] = draw.choice((0, 255, 7))
        section = altered[place.offset : place.offset + place.size]
        checksum = zlib.crc32(section)
        path.write_bytes(
            forged(altered, lambda d, n=name, c=checksum: d["sections"][n].__setitem__(3, c))
        )
        start = time.process_time()
        refused = suppress(GenerationError, IndexError, ValueError)
        with refused, Archive(generation, Clearance.PUBLIC) as archive:
            opened += 1
            for query in ("grit", '"of the board"', "boa*", "2023-064", ""):
                archive.search(SearchRequest(query=query))
            for reference in archive.references:
                archive.note(reference)
        assert time.process_time() - start < 1
    assert opened > 100


def test_terms_of_other_documents_than_they_count_are_refused(segment: Path) -> None:
    """Whether one term is read or a run of them."""
    whole = bytearray(segment.read_bytes())
    place = SectionFile(segment)._places["text.ids_at"]
    second = place.offset + place.size // place.count
    whole[second] += 1
    checksum = zlib.crc32(whole[place.offset : place.offset + place.size])
    segment.write_bytes(
        forged(whole, lambda d: d["sections"]["text.ids_at"].__setitem__(3, checksum))
    )
    field = SegmentFile(segment).fields["text"]
    for read in (lambda: field.postings(0), lambda: field.ids_between(0, field.size)):
        with pytest.raises(DamagedFile, match=f"{segment.name} has other documents of text"):
            read()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"notes":10', '"notes":11'),
        ('"name":"', '"name":"../'),
        ('"deleted":[]', '"deleted":[10]'),
        ('"deleted":[]', '"deleted":[2,1]'),
        ('"format_version":2', '"format_version":3'),
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


def test_an_index_is_segments_and_a_list_of_them(segment: Path) -> None:
    files = sorted(path.name for path in segment.parent.iterdir())
    assert files == sorted([segment.name, CONTENTS])
    assert msgspec.json.decode((segment.parent / CONTENTS).read_bytes())
