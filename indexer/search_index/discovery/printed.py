"""Words as notes print them: what a term of the index was before it was one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

import numpy as np

from indexer.search_index.analysis import WORD, bare, letters_of, spellings_of, term_of
from indexer.search_index.codec.segment import WORDS_A_MARK, SegmentFile
from indexer.search_index.codec.stored import PART_CHARACTERS
from indexer.search_index.evaluation.matching import SegmentSearch
from indexer.search_index.evaluation.phrases import positions_of
from indexer.search_index.records import note_of

# Before or after a word of an address, which is in lower case whatever the word is.
_IN_ADDRESS = re.compile(r"^[@./]|@|[./]\w")
# So many notes are read, the last of each segment, and so many places in each.
_NOTES = 8
_PLACES = 4


def printed_forms(searches: list[SegmentSearch], term: str) -> dict[str, int]:
    """The words found under `term` and how often each was seen, in some of the live notes.

    A word is in lower case where any prints it so, else as most do; without a possessive.
    """
    seen: Counter[str] = Counter()
    for search in searches:
        seen.update(map(bare, _words_of(search, term)))
    forms: dict[str, Counter[str]] = {}
    for word, count in seen.items():
        forms.setdefault(letters_of(word), Counter())[word] += count
    return {_as_printed(words): words.total() for words in forms.values()}


def _as_printed(words: Counter[str]) -> str:
    """The form to show of words that differ only in capitals and accents."""
    small = Counter({word: count for word, count in words.items() if word.islower()})
    return (small or words).most_common(1)[0][0]


def _words_of(search: SegmentSearch, term: str) -> Iterator[str]:
    """The words that stand where a segment has the term."""
    number, postings = search.term("text", term.encode())
    live = search.segment.live
    if number is None:
        return
    places = np.arange(len(postings.ids)) if live is None else np.flatnonzero(live[postings.ids])
    chosen = places[-_NOTES:]
    file = search.segment.file
    positions, counts = positions_of(file.fields["text"], number, postings, chosen)
    ends = np.cumsum(counts)
    for document, end, count in zip(postings.ids[chosen].tolist(), ends, counts, strict=True):
        own = positions[end - count : end]
        in_body = own[own < file.body_words[document]]
        yield from _in_body(file, document, in_body[:_PLACES].tolist())
        if len(in_body) < len(own):
            yield from _beside_body(file, document, term)


def _in_body(file: SegmentFile, document: int, positions: list[int]) -> Iterator[str]:
    """The words at some positions of a body, of which only what is around them is read."""
    (marks,) = file.marks_of([document])
    text = file.text(document) if positions and marks[-1] <= PART_CHARACTERS else None
    for position in positions:
        at, beyond = divmod(position, WORDS_A_MARK)
        start, end = marks[at], marks[at + 1]
        around = file.text_between(document, start, end) if text is None else text[start:end]
        for match in islice(WORD.finditer(around), beyond, beyond + 1):
            if not _IN_ADDRESS.search(around[max(0, match.start() - 1) : match.end() + 2]):
                yield match[0]


def _beside_body(file: SegmentFile, document: int, term: str) -> Iterator[str]:
    """The words of a note's title, subject line and officers that are found under the term."""
    note = note_of(file.record(document), file.text(document))
    people = (f"{officer.name} {officer.post or ''}" for officer in note.officers)
    for text in (note.title or "", note.subject or "", *people):
        yield from (word for word in spellings_of(text) if term_of(word) == term)
