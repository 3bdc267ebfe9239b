"""Snippets: the passage of a body that answers best, as spans that say what matched."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.domain.search import Span
from indexer.search_index.analysis import Word, words_of
from indexer.search_index.limits import SNIPPET_LONGEST, SNIPPET_READS, SNIPPET_SHORTEST

CUT = "…"
# Where there is no space to cut at: accents, joiners, variation selectors and skin tones stay with
# what they follow, what follows a joiner stays with it, and the two letters of a flag together.
_CLINGS = re.compile(r"[\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_JOINS_ON = re.compile(r"[\u200d\U0001f1e6-\U0001f1ff]")
# A passage starts with its sentence where that begins at most this far before the first match.
_SENTENCE_REACH = 100
_SENTENCE_END = ". "


@dataclass(frozen=True, slots=True)
class Marks:
    """What a query marks in a text: terms by themselves, and phrases where they stand whole."""

    terms: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, clauses: Iterable[tuple[str, ...]]) -> Marks:
        """The marks of these words and phrases."""
        clauses = tuple(clauses)
        return cls(
            frozenset(terms[0] for terms in clauses if len(terms) == 1),
            tuple(terms for terms in clauses if len(terms) > 1),
        )

    def __bool__(self) -> bool:
        return bool(self.terms or self.phrases)

    def among(self, words: Sequence[Word]) -> list[Word]:
        """The words that match, in order."""
        matched = {at for at, word in enumerate(words) if word.term in self.terms}
        for phrase in self.phrases:
            for at, word in enumerate(words):
                if word.term == phrase[0] and _stands_at(words, at, phrase):
                    matched.update(range(at, at + len(phrase)))
        return [words[at] for at in sorted(matched)]


NO_MARKS = Marks()


def _stands_at(words: Sequence[Word], at: int, phrase: tuple[str, ...]) -> bool:
    return tuple(word.term for word in words[at : at + len(phrase)]) == phrase


def marked(text: str, marks: Marks) -> tuple[Span, ...]:
    """The whole of `text` as spans."""
    return _spans(text, 0, len(text), marks.among(tuple(words_of(text))) if marks else [])


def snippet(body: str, marks: Marks) -> tuple[Span, ...]:
    """The best passage of `body`, of 200 to 240 characters where it is that long.

    Best is most different matched words, then most of them, then the earliest. Where nothing
    matches it is the opening. The spans' text added up is the passage, `…` where it is cut.
    """
    text = " ".join(body[:SNIPPET_READS].split())
    matched = marks.among(tuple(words_of(text))) if marks else []
    start, end = _passage(text, matched)
    spans = _spans(text, start, end, matched)
    if start > 0:
        spans = (Span(CUT), *spans)
    if end < len(text) or len(body) > SNIPPET_READS:
        spans = (*spans, Span(CUT))
    return _merged(spans)


def _passage(text: str, matched: Sequence[Word]) -> tuple[int, int]:
    """Where the best passage starts and ends: whole words, at most `SNIPPET_LONGEST` characters."""
    first, last = _densest(matched)
    room = SNIPPET_LONGEST - (last - first)
    sentence = text.rfind(_SENTENCE_END, max(0, first - min(room, _SENTENCE_REACH)), first)
    start = sentence + len(_SENTENCE_END) if sentence >= 0 else first - room // 3
    start = max(0, min(start, len(text) - SNIPPET_LONGEST))
    start = _cut_before(text, start, first)
    end = start + SNIPPET_LONGEST
    return start, len(text) if end >= len(text) else _cut_after(text, start, last, end)


def _densest(matched: Sequence[Word]) -> tuple[int, int]:
    """The start and end of the matched words that make the best passage; (0, 0) for none."""
    best, span = (0, 0), (0, 0)
    terms: Counter[str] = Counter()
    left = 0
    for right, word in enumerate(matched):
        terms[word.term] += 1
        while word.end - matched[left].start > SNIPPET_SHORTEST and left < right:
            terms[matched[left].term] -= 1
            terms += Counter()
            left += 1
        if (len(terms), right - left) > best:
            best = (len(terms), right - left)
            span = (matched[left].start, min(word.end, matched[left].start + SNIPPET_LONGEST))
    return span


def _cut_before(text: str, at: int, first: int) -> int:
    """The nearest place from `at` on where a passage may start: a word, at the latest `first`."""
    if at == 0 or text[at - 1] == " ":
        return at
    space = text.find(" ", at, first)
    return space + 1 if space >= 0 else first


def _cut_after(text: str, start: int, last: int, at: int) -> int:
    """The nearest place from `at` back where a passage may end: after a word, `last` if matched."""
    space = text.rfind(" ", max(start, last), at + 1)
    if space >= 0:
        return space
    if last > start:
        return last
    while at > start + 1 and _parts(text, at):
        at -= 1
    return at


def _parts(text: str, at: int) -> bool:
    """Whether a cut at `at` would part what is one character to a reader."""
    return bool(_CLINGS.match(text, at) or _JOINS_ON.match(text, at - 1))


def _spans(text: str, start: int, end: int, matched: Iterable[Word]) -> tuple[Span, ...]:
    spans = []
    at = start
    for word in matched:
        if word.end <= start or word.start >= end:
            continue
        word_start, word_end = max(word.start, start), min(word.end, end)
        spans += [Span(text[at:word_start]), Span(text[word_start:word_end], matched=True)]
        at = word_end
    spans.append(Span(text[at:end]))
    return _merged(spans)


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without empty ones, neighbours that match alike (and all unmatched) joined."""
    merged: list[Span] = []
    for span in spans:
        if merged and not span.matched and not merged[-1].matched:
            merged[-1] = Span(merged[-1].text + span.text)
        elif span.text:
            merged.append(span)
    return tuple(merged)
