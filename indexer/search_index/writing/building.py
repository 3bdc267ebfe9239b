"""One segment from some notes: their words sorted as arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from indexer.domain.blocks import text_of
from indexer.domain.note import Note, Officer
from indexer.domain.search import NoteSummary
from indexer.search_index.acronyms import defined_in, initials_in
from indexer.search_index.codec.field import Field
from indexer.search_index.codec.packing import Packing
from indexer.search_index.codec.sections import Array, SectionWriter, narrowest
from indexer.search_index.codec.segment import (
    FACETS,
    IN_ORDER,
    KEYWORD_FIELDS,
    WORDS_A_MARK,
    SegmentFile,
)
from indexer.search_index.codec.stored import Compressor, write_records
from indexer.search_index.limits import NOT_CLASSIFIED
from indexer.search_index.records import reference_key, stored_note
from indexer.search_index.reports import report_key
from indexer.search_index.signatures import signatures
from indexer.search_index.weights import TEXT_WEIGHTS
from indexer.search_index.writing.facet_rows import write_facets
from indexer.search_index.writing.summaries import SummaryBuilder
from indexer.search_index.writing.vocabulary import Analysed, Terms, Vocabulary

# Between the parts of a note (body, title, subject, officers) this many positions are left free, so
# that no phrase, however loose, begins in one and ends in another.
BETWEEN_PARTS = 100
_PARTS = ("body", "title", "subject", "officers")
# Words are analysed so many characters at a time: enough that what each step of numpy costs by
# itself does not count, few enough for a processor's cache.
_CHARACTERS_AT_ONCE = 1 << 18


class _Part(NamedTuple):
    """The words of one part of every document, as numbers, and how many each document has."""

    words: Array
    counts: Array


class _Postings(NamedTuple):
    """A field's postings by term and document; `counts` says how many each of `terms` has."""

    terms: Sequence[bytes]
    counts: Array
    ids: Array
    frequencies: Array


class SegmentBuilder:
    """Takes notes in the order of their references and writes a segment of them.

    `others` is the segment that most notes are in, where those added are too few to tell which
    words are rare.
    """

    def __init__(
        self, vocabulary: Vocabulary, dictionary: bytes, others: SegmentFile | None = None
    ) -> None:
        self._others = others
        self._vocabulary = vocabulary
        self._dictionary = dictionary
        self._compressor = Compressor(dictionary)
        self._waiting: list[tuple[str, ...]] = []
        self._characters = 0
        self._words: dict[str, list[Array]] = {name: [] for name in _PARTS}
        self._counts: dict[str, list[Array]] = {name: [] for name in _PARTS}
        self._marks: list[Array] = []
        self._keywords: dict[str, list[Sequence[str]]] = {name: [] for name in KEYWORD_FIELDS}
        self._references: list[int] = []
        self._digests: list[bytes] = []
        self._notes: list[bytes] = []
        self._summaries = SummaryBuilder()
        self._texts: list[bytes] = []
        self._parts: list[int] = []

    def add(self, note: Note, encoded: bytes, digest: bytes) -> None:
        """Take one more note, which is `encoded` as JSON."""
        body = text_of(note.body)
        summary = NoteSummary.of(note)
        printed = "\n".join(f"{o.name} {o.post or ''}" for o in summary.officers)
        self._waiting.append((body, note.title or "", note.subject or "", printed))
        self._characters += len(body)
        if self._characters >= _CHARACTERS_AT_ONCE:
            self._analyse()
        for name, values in _keywords(note, summary, body).items():
            self._keywords[name].append(values)
        self._references.append(reference_key(note.reference))
        self._digests.append(digest)
        self._notes.append(self._compressor.compress(stored_note(note, encoded)))
        self._summaries.add(summary)
        parts = self._compressor.parts(body)
        self._texts += parts
        self._parts.append(len(parts))

    def _analyse(self) -> None:
        """Turn the words of the notes that wait for it into numbers."""
        for name, texts in zip(_PARTS, zip(*self._waiting, strict=True), strict=False):
            analysed = self._vocabulary.analyse(texts)
            self._words[name].append(analysed.words)
            self._counts[name].append(analysed.counts)
            if name == "body":
                self._marks.append(_marks(analysed, texts))
        self._waiting, self._characters = [], 0

    def write(self, path: Path) -> None:
        """Write the segment file of all that was added."""
        self._analyse()
        size = len(self._references)
        writer = SectionWriter(path)
        facts = {"notes": size}
        terms = self._vocabulary.in_order()
        parts = {
            name: _Part(_joined(self._words[name]), _joined(self._counts[name])) for name in _PARTS
        }
        for name in _PARTS[1:]:
            facts[f"length.{name}"], _ = _write_words(writer, name, terms, [parts[name]], size)
        repeated = [parts["body"]]
        for name in _PARTS[1:]:
            repeated += [parts[name]] * TEXT_WEIGHTS[name]
        facts["length.text"], postings = _write_words(writer, "text", terms, repeated, size)
        self._write_signatures(writer, postings, size)
        headings = self._write_keywords(writer, size)
        self._summaries.columns(headings).write(writer)
        writer.put_narrow("body_words", parts["body"].counts)
        writer.put_narrow("marks", _joined(self._marks))
        writer.put("references", np.array(self._references, np.uint32))
        writer.put_bytes("digests", b"".join(self._digests))
        writer.put_bytes("dictionary", self._dictionary)
        writer.put_narrow("first_part", np.cumsum([0, *self._parts]))
        write_records(writer, "notes", self._notes)
        write_records(writer, "texts", self._texts)
        writer.finish(facts)

    def _write_signatures(self, writer: SectionWriter, postings: _Postings, size: int) -> None:
        counts = postings.counts
        if self._others is not None:
            counts = counts + _counts(self._others.fields["text"], postings.terms)
        total = size + (self._others.size if self._others is not None else 0)
        told = np.log1p((total - counts + 0.5) / (counts + 0.5))
        writer.put("signatures", signatures(*postings, told, size).ravel())

    def _write_keywords(self, writer: SectionWriter, size: int) -> dict[str, int]:
        """Write every field of keywords and the facets; returns the number of each heading."""
        owners: list[int] = []
        ordinals: list[int] = []
        base = 0
        numbers = {
            name: _write_keywords(writer, name, self._keywords[name], size)
            for name in KEYWORD_FIELDS
        }
        for name in FACETS:
            for document, values in enumerate(self._keywords[name]):
                owners += [document] * len(values)
                ordinals += [base + numbers[name][value] for value in values]
            base += len(numbers[name])
        everyone, every = np.array(owners, np.int64), np.array(ordinals, np.int64)
        order = np.argsort(everyone, kind="stable")
        write_facets(writer, size, everyone[order], every[order], base)
        return numbers["heading"]


def _keywords(note: Note, summary: NoteSummary, body: str) -> dict[str, tuple[str, ...]]:
    """The values of a note in each keyword field, each of them once."""
    names = [name for name in (note.title, note.subject) if name]
    return {
        "reference": (note.reference.slug,),
        "cites": _once(cited.slug for cited in note.cites.notes),
        "reports": _once(map(report_key, note.cites.reports)),
        "year": (str(note.reference.year),),
        "heading": _once(note.subject_headings) or (NOT_CLASSIFIED,),
        "officer": _slugs(summary.officers),
        "report_by": _slugs(note.report_by),
        "acronyms": _once(each.keyword for text in (*names, body) for each in defined_in(text)),
        "initials": _once(each.short for name in names for each in initials_in(name)),
    }


def _slugs(officers: Iterable[Officer]) -> tuple[str, ...]:
    return _once(officer.slug for officer in officers)


def _once(values: Iterable[str | None]) -> tuple[str, ...]:
    """The values that there are, in their order."""
    return tuple(dict.fromkeys(value for value in values if value))


def write_terms(writer: SectionWriter, field: str, terms: Sequence[bytes], counts: Array) -> None:
    """Write the terms of a field in byte order, and where the postings of each begin."""
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    writer.put_bytes(f"{field}.terms", b"".join(terms))
    write_starts(writer, f"{field}.term_at", lengths)
    write_starts(writer, f"{field}.postings_at", counts)


def write_starts(writer: SectionWriter, name: str, lengths: Array) -> None:
    """Write where each of some things begins that lie one after another, and the last ends."""
    writer.put_narrow(name, np.concatenate(([0], np.cumsum(lengths))))


def write_ids(writer: SectionWriter, field: str, ids: Array, counts: Array, size: int) -> None:
    """Write the documents of a field's terms, `counts` of each, in a segment of `size`."""
    raw, lengths = Packing(size).pack(ids, counts)
    writer.put(f"{field}.ids", raw)
    write_starts(writer, f"{field}.ids_at", lengths)


def _write_words(
    writer: SectionWriter, field: str, terms: Terms, parts: Sequence[_Part], size: int
) -> tuple[int, _Postings]:
    """Write the postings of a field whose documents hold `parts` one after another.

    Returns how many words it holds, and the postings.
    """
    counts = np.stack([part.counts for part in parts], axis=1)
    lengths = counts.sum(axis=1)
    words = _interleaved(parts, counts)
    occurrences = np.bincount(words, minlength=len(terms.names))[terms.numbers]
    here = np.flatnonzero(occurrences)
    occurrences = occurrences[here]
    ranks = np.zeros(len(terms.names), narrowest(len(here)))
    ranks[terms.numbers[here]] = np.arange(len(here))
    if field == IN_ORDER:
        writer.put_narrow(f"{field}.words", ranks[words])
    order = _sorted_by(ranks[words])
    documents = np.repeat(np.arange(size, dtype=narrowest(max(0, size - 1))), lengths)[order]
    ends = np.cumsum(occurrences)
    new = np.ones(len(documents), np.bool_)
    new[1:] = documents[1:] != documents[:-1]
    new[ends[:-1]] = True
    firsts = np.flatnonzero(new)
    held = [terms.names[at] for at in here.tolist()]
    starts = np.searchsorted(firsts, np.concatenate(([0], ends)))
    postings = _Postings(
        held, np.diff(starts), documents[firsts], np.diff(np.append(firsts, len(documents)))
    )
    write_terms(writer, field, held, postings.counts)
    writer.put_narrow(f"{field}.positions_at", np.concatenate(([0], ends)))
    write_ids(writer, field, postings.ids, postings.counts, size)
    writer.put_narrow(f"{field}.frequencies", postings.frequencies)
    writer.put_narrow(f"{field}.positions", _positions(counts)[order])
    writer.put_narrow(f"{field}.lengths", lengths)
    return int(lengths.sum()), postings


def _interleaved(parts: Sequence[_Part], counts: Array) -> Array:
    """The words of all parts of the first document, then those of the next; `counts` of each."""
    if len(parts) == 1:
        return parts[0].words
    flat = counts.ravel()
    starts = (np.cumsum(flat) - flat).reshape(counts.shape)
    words = np.empty(int(flat.sum()), np.int32)
    for number, part in enumerate(parts):
        own = part.counts
        shift = starts[:, number] - (np.cumsum(own) - own)
        words[np.arange(len(part.words)) + np.repeat(shift, own)] = part.words
    return words


def _counts(field: Field, terms: Sequence[bytes]) -> Array:
    """How many documents of a field hold each of some terms."""
    numbers = map(field.find, terms)
    counts = (0 if number is None else field.document_count(number) for number in numbers)
    return np.fromiter(counts, np.int64, len(terms))


def _positions(counts: Array) -> Array:
    """The position of each word; `counts` are words by document and part."""
    starts = np.cumsum(counts + BETWEEN_PARTS, axis=1) - counts - BETWEEN_PARTS
    flat = counts.ravel()
    shift = starts.ravel() - (np.cumsum(flat) - flat)
    positions: Array = np.arange(int(flat.sum()), dtype=np.int32)
    positions += np.repeat(shift.astype(np.int32), flat)
    return positions


def _sorted_by(ranks: Array) -> Array:
    """The stable order of `ranks`: numpy sorts 16-bit keys by radix, so wider ones go in halves."""
    if ranks.dtype.itemsize <= 2:
        return np.argsort(ranks, kind="stable")
    order = np.argsort((ranks & 0xFFFF).astype(np.uint16), kind="stable")
    return order[np.argsort((ranks >> 16).astype(np.uint16)[order], kind="stable")]


def _write_keywords(
    writer: SectionWriter, field: str, values: Sequence[Sequence[str]], size: int
) -> dict[str, int]:
    """Write the postings of a keyword field; the number of each value."""
    having: dict[str, list[int]] = {}
    for document, names in enumerate(values):
        for name in names:
            having.setdefault(name, []).append(document)
    ordered = sorted(having, key=str.encode)
    ids = [document for name in ordered for document in having[name]]
    counts = np.array([len(having[name]) for name in ordered], np.int64)
    write_terms(writer, field, [name.encode() for name in ordered], counts)
    write_ids(writer, field, np.array(ids, np.uint32), counts, size)
    return {name: number for number, name in enumerate(ordered)}


def _marks(analysed: Analysed, texts: Sequence[str]) -> Array:
    """For each text the places in it of every `WORDS_A_MARK`th word, then the text's length."""
    counts = -(-analysed.counts // WORDS_A_MARK)
    ends = np.cumsum(counts)
    firsts = np.cumsum(analysed.counts) - analysed.counts - (ends - counts) * WORDS_A_MARK
    marked = np.arange(counts.sum()) * WORDS_A_MARK + np.repeat(firsts, counts)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    marks: Array = np.insert(analysed.starts[marked], ends, lengths)
    return marks


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int32)
