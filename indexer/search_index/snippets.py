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
    """What of `body` answers best: one passage of 200 to 240 characters, or two that are shorter.

    Best is most different matched words, then most of them, then the earliest; two passages only
    where they show more than one. Where nothing matches it is the opening. The spans' text added
    up is the passages, `…` where text is left out.
    """
    text = " ".join(body[:SNIPPET_READS].split())
    matched = marks.among(tuple(words_of(text))) if marks else []
    passages = _passages(text, matched)
    spans: list[Span] = []
    for at, (start, end) in enumerate(passages):
        if start > 0:
            spans.append(Span(f" {CUT} " if at else CUT))
        spans += _spans(text, start, end, matched)
    if passages[-1][1] < len(text) or len(body) > SNIPPET_READS:
        spans.append(Span(CUT))
    return _merged(spans)


def _passages(text: str, matched: Sequence[Word]) -> list[tuple[int, int]]:
    """Where the passages to show start and end, in the order of the text."""
    whole = _densest(matched, SNIPPET_SHORTEST)
    half = _densest(matched, SNIPPET_SHORTEST // 2)
    rest = (
        _densest(matched[: half.start], SNIPPET_SHORTEST // 2),
        _densest(matched[half.stop :], SNIPPET_SHORTEST // 2, half.stop),
    )
    other = max(rest, key=lambda run: _worth(matched, run))
    if _worth(matched, half, other) > _worth(matched, whole):
        runs = sorted((half, other), key=lambda run: run.start)
        one, two = (_passage(text, matched, run, SNIPPET_LONGEST // 2) for run in runs)
        if one[1] < two[0]:
            return [one, two]
    return [_passage(text, matched, whole, SNIPPET_LONGEST)]


def _worth(matched: Sequence[Word], *runs: range) -> tuple[int, int]:
    """How many different words these runs of matched words show, and how many in all."""
    terms = [matched[at].term for run in runs for at in run]
    return len(set(terms)), len(terms)


def _densest(matched: Sequence[Word], width: int, offset: int = 0) -> range:
    """The run of matched words within `width` characters that shows most, the first of equals.

    Its indices are counted from `offset`.
    """
    best, run = (0, 0), range(offset, offset)
    terms: Counter[str] = Counter()
    left = 0
    for right, word in enumerate(matched):
        terms[word.term] += 1
        while word.end - matched[left].start > width and left < right:
            terms[matched[left].term] -= 1
            if not terms[matched[left].term]:
                del terms[matched[left].term]
            left += 1
        if (len(terms), right - left + 1) > best:
            best = (len(terms), right - left + 1)
            run = range(offset + left, offset + right + 1)
    return run


def _passage(text: str, matched: Sequence[Word], run: range, longest: int) -> tuple[int, int]:
    """The start and end of the passage around a run of matched words, `longest` at most."""
    first, last = (matched[run[0]].start, matched[run[-1]].end) if run else (0, 0)
    last = min(last, first + longest)
    room = longest - (last - first)
    sentence = text.rfind(_SENTENCE_END, max(0, first - room // 2), first)
    start = sentence + len(_SENTENCE_END) if sentence >= 0 else first - room // 3
    start = _cut_before(text, max(0, min(start, len(text) - longest)), first)
    end = start + longest
    return start, len(text) if end >= len(text) else _cut_after(text, start, last, end)


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
