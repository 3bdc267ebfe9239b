"""An index of ours as Whoosh sees it: its FileIndex, Codec and readers over arrays.

Whoosh's own table of contents is a pickle, which runs code of whoever wrote it; this one is JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh import columns, fields
from whoosh.codec import base
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC, FileIndex
from whoosh.reading import TermInfo, TermNotFound

from indexer.search_index.codec.contents import SegmentEntry, read_contents
from indexer.search_index.codec.field import Field
from indexer.search_index.codec.segment import FACETS, KEYWORD_FIELDS, TEXT_FIELDS, SegmentFile
from indexer.search_index.codec.whoosh_matcher import ArrayMatcher
from indexer.search_index.records import reference_of


def whoosh_schema(analyzer: Any = None) -> fields.Schema:
    """The fields of every index of ours; `analyzer` is for parsing queries only."""
    words = {name: fields.TEXT(analyzer=analyzer, phrase=True) for name in TEXT_FIELDS}
    keywords = {name: fields.ID(sortable=name in FACETS) for name in KEYWORD_FIELDS}
    return fields.Schema(**words, **keywords)


class ArrayIndex(FileIndex):
    """An index in a folder, read-only: `searcher()` gives Whoosh's own Searcher over it."""

    def __init__(self, folder: Path, schema: fields.Schema | None = None) -> None:
        # FileIndex would read a pickle here.
        self.folder = folder
        self.storage = FileStorage(str(folder), supports_mmap=False, readonly=True)
        self.indexname = "segments"
        self._schema = schema or whoosh_schema()

    def latest_generation(self) -> int:
        """An index never changes in place."""
        return 0

    def _read_toc(self) -> TOC:
        entries = read_contents(self.folder).segments
        segments = [ArraySegment(self.folder, entry) for entry in entries]
        return TOC(self._schema, segments, self.latest_generation())

    def writer(self, **_: Any) -> Any:
        """Raises NotImplementedError: see `search_index.writing`."""
        raise NotImplementedError("an index is written whole, by write_index or update_index")


class ArraySegment(base.Segment):
    """One segment as the table of contents has it."""

    def __init__(self, folder: Path, entry: SegmentEntry) -> None:
        self.indexname = "segments"
        self.segid = entry.name
        self.compound = False
        self.path = entry.path(folder)
        self._size = entry.notes
        self._deleted = frozenset(entry.deleted)

    def codec(self) -> ArrayCodec:
        """What reads it."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """How many documents it has, deleted ones too."""
        return self._size

    def deleted_count(self) -> int:
        """How many of them are deleted."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Those that are deleted, in order."""
        return iter(sorted(self._deleted))

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self._deleted

    def should_assemble(self) -> bool:
        """A segment is one file already."""
        return False


class ArrayCodec(base.Codec):
    """Reads segments of arrays."""

    def terms_reader(self, _storage: Any, segment: ArraySegment) -> ArrayTerms:
        """The terms and postings of a segment."""
        return ArrayTerms(SegmentFile(segment.path))

    def per_document_reader(self, _storage: Any, segment: ArraySegment) -> ArrayDocuments:
        """What is kept of each document of a segment."""
        return ArrayDocuments(SegmentFile(segment.path), segment)


class ArrayTerms(base.TermsReader):
    """The terms of a segment, field by field in byte order."""

    def __init__(self, segment: SegmentFile) -> None:
        self._segment = segment
        self._names = sorted(segment.fields)

    def close(self) -> None:
        """Close the file."""
        self._segment.close()

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        name, text = term
        return name in self._segment.fields and self._segment.fields[name].find(text) is not None

    def indexed_field_names(self) -> list[str]:
        """The fields, in order."""
        return self._names

    def cursor(self, fieldname: str, fieldobj: Any) -> ArrayCursor:
        """Steps through the terms of a field."""
        return ArrayCursor(self._segment.fields[fieldname], fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Every field and term."""
        return self.terms_from(self._names[0], b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Every field and term from one on."""
        for name in self._names:
            if name >= fieldname:
                field = self._segment.fields[name]
                first = field.first_from(prefix) if name == fieldname else 0
                for number in range(first, field.size):
                    yield name, field.term(number)

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term with its statistics."""
        return self.items_from(self._names[0], b"")

    def items_from(
        self, fieldname: str, prefix: bytes
    ) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Every term from one on with its statistics."""
        for name, term in self.terms_from(fieldname, prefix):
            yield (name, term), self.term_info(name, term)

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """The statistics of a term; raises TermNotFound."""
        field, number = self._found(fieldname, text)
        ids, frequencies = field.postings(number)
        shortest = longest = 0
        if fieldname in TEXT_FIELDS:
            lengths = self._segment.lengths(fieldname)[ids]
            shortest, longest = int(lengths.min()), int(lengths.max())
        return TermInfo(
            weight=float(field.occurrences(number)),
            df=len(ids),
            minlength=shortest,
            maxlength=longest,
            maxweight=1.0 if frequencies is None else float(frequencies.max()),
            minid=int(ids[0]),
            maxid=int(ids[-1]),
        )

    def frequency(self, fieldname: str, text: bytes) -> float:
        """How often a term stands in all documents together; raises KeyError."""
        field, number = self._find(fieldname, text)
        return float(field.occurrences(number))

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """How many documents have a term; raises KeyError."""
        field, number = self._find(fieldname, text)
        return field.document_count(number)

    def matcher(
        self, fieldname: str, text: bytes, format_: Any, scorer: Any = None
    ) -> ArrayMatcher:
        """The postings of a term; raises TermNotFound."""
        field, number = self._found(fieldname, text)
        lengths = self._segment.lengths(fieldname) if fieldname in TEXT_FIELDS else None
        return ArrayMatcher(field, number, lengths, format_, scorer)

    def _find(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        field = self._segment.fields.get(fieldname)
        number = None if field is None else field.find(text)
        if field is None or number is None:
            raise KeyError(f"no term {fieldname}:{text!r}")
        return field, number

    def _found(self, fieldname: str, text: bytes) -> tuple[Field, int]:
        try:
            return self._find(fieldname, text)
        except KeyError as error:
            raise TermNotFound(str(error)) from None


class ArrayCursor(base.FieldCursor):
    """Steps through the terms of a field, as text; None past the last."""

    def __init__(self, field: Field, fieldobj: Any) -> None:
        self._field = field
        self._fieldobj = fieldobj
        self._at = 0

    def first(self) -> Any:
        """Back to the first term."""
        self._at = 0
        return self.text()

    def find(self, string: Any) -> Any:
        """To the first term that is not before `string`."""
        term = string if isinstance(string, bytes) else self._fieldobj.to_bytes(string)
        self._at = self._field.first_from(term)
        return self.text()

    def next(self) -> Any:
        """On to the next term."""
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """The term it stands at."""
        if not self.is_valid():
            return None
        return self._fieldobj.from_bytes(self._field.term(self._at))

    def is_valid(self) -> bool:
        """Whether it stands at a term."""
        return self._at < self._field.size


class ArrayDocuments(base.PerDocumentReader):
    """Lengths, deletions, facet columns and the stored text of the documents of a segment."""

    def __init__(self, file: SegmentFile, segment: ArraySegment) -> None:
        self._file = file
        self._segment = segment

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def doc_count(self) -> int:
        """How many documents are not deleted."""
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        """How many documents there are."""
        return self._segment.doc_count_all()

    def has_deletions(self) -> bool:
        """Whether any is deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether one is deleted."""
        return self._segment.is_deleted(docnum)

    def deleted_docs(self) -> Iterator[int]:
        """Those that are deleted."""
        return self._segment.deleted_docs()

    def supports_columns(self) -> bool:
        """Facets are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether a field is a facet."""
        return fieldname in FACETS

    def list_columns(self) -> tuple[str, ...]:
        """The facets."""
        return FACETS

    def column_reader(self, fieldname: str, _column: Any) -> FacetColumn:
        """The first value of a facet by document."""
        return FacetColumn(self._file, fieldname)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """How many words a field of a document holds."""
        if fieldname not in TEXT_FIELDS:
            return default
        return int(self._file.lengths(fieldname)[docnum])

    def field_length(self, fieldname: str) -> int:
        """How many words a field holds in all documents together."""
        return self._file.length_of(fieldname) if fieldname in TEXT_FIELDS else 0

    def min_field_length(self, fieldname: str) -> int:
        """The fewest words that a field of any document holds."""
        return int(self._file.lengths(fieldname).min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """The most words that a field of any document holds."""
        return int(self._file.lengths(fieldname).max(initial=0))

    def stored_fields(self, docnum: int) -> dict[str, str]:
        """The body of a document and its number."""
        reference = reference_of(int(self._file.references[docnum]))
        return {"reference": reference.slug, "text": self._file.text(docnum)}


class FacetColumn(columns.ColumnReader):
    """The first value of a facet by document, as bytes; empty where it has none."""

    def __init__(self, segment: SegmentFile, name: str) -> None:
        at = FACETS.index(name)
        self._field = segment.fields[name]
        self._first, self._stop = segment.facet_starts[at : at + 2]
        self._rows = segment.rows
        self._doccount = segment.size

    def __getitem__(self, docnum: int) -> bytes:
        for ordinal in self._rows[docnum].tolist():
            if self._first <= ordinal < self._stop:
                return self._field.term(ordinal - self._first)
        return b""

    def sort_key(self, docnum: int) -> bytes:
        """What documents sort by."""
        return self[docnum]
