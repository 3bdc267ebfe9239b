"""Snippets: the passage of a body that answers best, as spans that say what matched.

The index knows at which word of a body each term stands, and where in the text every sixteenth word
begins: the passage is chosen from that alone, and only its own text is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from indexer.domain.search import Span
from indexer.search_index.analysis import WORD, spellings_of, term_of
from indexer.search_index.codec.segment import WORDS_A_MARK, SegmentFile
from indexer.search_index.codec.stored import PART_CHARACTERS
from indexer.search_index.limits import SNIPPET_LONGEST, SNIPPET_SHORTEST

CUT = "…"
# Where there is no space to cut at: accents, joiners, variation selectors and skin tones stay with
# what they follow, what follows a joiner stays with it, and the two letters of a flag together.
_CLINGS = re.compile(r"[\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_JOINS_ON = re.compile(r"[\u200d\U0001f1e6-\U0001f1ff]")
_SENTENCE_END = re.compile(r"[.!?][”’\"')\]]* ")
# Sixteen words are looked for in so many characters.
_FARTHEST = 4_096


@dataclass(frozen=True, slots=True)
class Marks:
    """What a query marks in a text: terms by themselves, and phrases where they stand whole.

    `beginnings` mark every term that begins so.
    """

    terms: frozenset[str] = frozenset()
    phrases: tuple[tuple[str, ...], ...] = ()
    beginnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, clauses: Iterable[tuple[str, ...]], beginnings: Iterable[str] = ()) -> Marks:
        """The marks of these words and phrases, and of these beginnings of words."""
        clauses = tuple(clauses)
        return cls(
            frozenset(terms[0] for terms in clauses if len(terms) == 1),
            tuple(dict.fromkeys(terms for terms in clauses if len(terms) > 1)),
            tuple(dict.fromkeys(beginnings)),
        )

    def __bool__(self) -> bool:
        return bool(self.terms or self.phrases or self.beginnings)


NO_MARKS = Marks()


class Place(NamedTuple):
    """A word that matches: where it stands among the words of its body, and its term."""

    position: int
    term: str


class _Word(NamedTuple):
    """A matched word of a text: `text[start:end]`."""

    start: int
    end: int


def marked(text: str, marks: Marks) -> tuple[Span, ...]:
    """The whole of `text`, which is short, as spans."""
    words = spellings_of(text) if marks else []
    terms = tuple(map(term_of, words))
    spans: list[Span] = []
    shown = at = 0
    matched = _matched(terms, marks)
    for number, word in enumerate(words[: matched[-1] + 1] if matched else ()):
        start = text.find(word, at)
        at = start + len(word)
        if number in matched:
            if shown < start:
                spans.append(Span(text[shown:start]))
            spans.append(Span(word, matched=True))
            shown = at
    if shown < len(text):
        spans.append(Span(text[shown:]))
    return tuple(spans)


def _matched(terms: Sequence[str], marks: Marks) -> list[int]:
    """The numbers of the terms that match, in order."""
    if not marks.phrases and not marks.beginnings:
        if marks.terms.isdisjoint(terms):
            return []
        return [at for at, term in enumerate(terms) if term in marks.terms]
    matched = {
        at
        for at, term in enumerate(terms)
        if term in marks.terms or (marks.beginnings and term.startswith(marks.beginnings))
    }
    for phrase in marks.phrases:
        for at in range(len(terms) - len(phrase) + 1):
            if terms[at] == phrase[0] and tuple(terms[at : at + len(phrase)]) == phrase:
                matched.update(range(at, at + len(phrase)))
    return sorted(matched)


def snippet(segment: SegmentFile, document: int, places: Sequence[Place]) -> tuple[Span, ...]:
    """What of a body answers best: one passage of 200 to 240 characters, or two that are shorter.

    `places` are the words that match, in order. Best is most different matched words, then most of
    them, then the earliest; two passages only where they show more than one. Where nothing matches
    it is the opening. The spans' text added up is the passages, `…` where text is left out.
    """
    body = _Body(segment, document, places)
    passages = body.passages()
    spans: list[Span] = []
    for at, passage in enumerate(passages):
        if passage.start > 0:
            spans.append(Span(f" {CUT} " if at else CUT))
        spans += passage.spans
    if passages[-1].more:
        spans.append(Span(CUT))
    return _merged(spans)


class _Passage(NamedTuple):
    """A passage as spans, about where it begins and ends in the body, and whether text follows."""

    spans: list[Span]
    start: int
    end: int
    more: bool


class _Window(NamedTuple):
    """Some of a body around matched words, with single spaces.

    `first` is where `text` begins in the body, `whole` whether it goes to the body's end; `matched`
    are the words of the places from number `since` on.
    """

    text: str
    first: int
    whole: bool
    matched: list[_Word]
    since: int


class _Body:
    """A body of which only the passages chosen are read; `places` are its matched words."""

    def __init__(self, segment: SegmentFile, document: int, places: Sequence[Place]) -> None:
        self._segment = segment
        self._document = document
        self._places = places
        first, stop = segment.first_mark[document : document + 2]
        self._marks: list[int] = segment.marks.read(first, stop).tolist()
        self._words = int(segment.body_words[document])
        self._text: str | None = None
        self._starts = [self._about(place.position) for place in places]

    def _about(self, position: int) -> int:
        """About where a word begins, between the marks around it."""
        at, beyond = divmod(position, WORDS_A_MARK)
        start = self._marks[at]
        words = min(WORDS_A_MARK, self._words - at * WORDS_A_MARK)
        return start + (self._marks[at + 1] - start) * beyond // words

    def _read(self, start: int, stop: int) -> str:
        """Some of the body's text; one that is a single part is decompressed once."""
        if self._marks[-1] > PART_CHARACTERS:
            return self._segment.text_between(self._document, start, stop)
        if self._text is None:
            self._text = self._segment.text(self._document)
        return self._text[start:stop]

    def passages(self) -> list[_Passage]:
        """The passages to show, in the order of the text."""
        everything = range(len(self._places))
        whole = self._densest(everything, SNIPPET_SHORTEST)
        if len(whole) == len(everything):
            return [self._passage(whole, SNIPPET_LONGEST)]
        half = self._densest(everything, SNIPPET_SHORTEST // 2)
        rest = (
            self._densest(everything[: half.start], SNIPPET_SHORTEST // 2),
            self._densest(everything[half.stop :], SNIPPET_SHORTEST // 2),
        )
        other = max(rest, key=lambda run: self._worth(run))
        if self._worth(half, other) > self._worth(whole):
            runs = sorted((half, other), key=lambda run: run.start)
            one, two = (self._passage(run, SNIPPET_LONGEST // 2) for run in runs)
            if one.end < two.start:
                return [one, two]
        return [self._passage(whole, SNIPPET_LONGEST)]

    def _worth(self, *runs: range) -> tuple[int, int]:
        """How many different words these runs of matched words show, and how many in all."""
        terms = [self._places[at].term for run in runs for at in run]
        return len(set(terms)), len(terms)

    def _densest(self, among: range, width: int) -> range:
        """The run of places within `width` characters that shows most, the first of equals."""
        best, run = (0, 0), range(among.start, among.start)
        terms: dict[str, int] = {}
        places, starts = self._places, self._starts
        left = among.start
        for right in among:
            term = places[right].term
            terms[term] = terms.get(term, 0) + 1
            last = starts[right] + len(term) - width
            while starts[left] < last and left < right:
                passed = places[left].term
                terms[passed] -= 1
                if not terms[passed]:
                    del terms[passed]
                left += 1
            worth = len(terms), right - left + 1
            if worth > best:
                best, run = worth, range(left, right + 1)
        return run

    def _passage(self, run: range, longest: int) -> _Passage:
        """The passage around a run of matched words, `longest` at most."""
        window = self._window(run, longest)
        text = window.text
        shown = window.matched[run.start - window.since : run.stop - window.since]
        first, last = (shown[0].start, shown[0].end) if shown else (0, 0)
        last = max((word.end for word in shown if word.end - first <= longest), default=last)
        last = min(last, first + longest)
        room = longest - (last - first)
        sentence = _sentence_start(text, max(0, first - room // 2), first)
        start = first - room // 3 if sentence is None else sentence
        start = _cut_before(text, max(0, min(start, len(text) - longest)), first)
        end = start + longest
        end = len(text) if end >= len(text) else _cut_after(text, start, last, end)
        return _Passage(
            _spans(text, start, end, window.matched),
            window.first + start,
            window.first + end,
            more=not window.whole or end < len(text),
        )

    def _window(self, run: range, longest: int) -> _Window:
        """What must be read to show a run of matched words and mark those beside them."""
        if not run:
            text = self._read(0, 2 * longest)
            return _Window(_spaced(text), 0, len(text) < 2 * longest, [], run.start)
        first, last = run.start, run.stop - 1
        while first > 0 and self._starts[run.start] - self._starts[first - 1] < longest:
            first -= 1
        while last + 1 < len(self._places) and self._starts[last + 1] - self._starts[run.start] < (
            longest
        ):
            last += 1
        mark = self._places[first].position // WORDS_A_MARK
        before = mark
        while before > 0 and self._marks[mark] - self._marks[before] < longest:
            before -= 1
        start, known = self._marks[before] if before else 0, self._marks[mark]
        position = self._places[last].position
        at = position // WORDS_A_MARK
        # A run without spaces is not followed to its end.
        end = min(self._marks[at + 1], self._marks[at] + _FARTHEST) + longest
        read = self._read(start, end)
        lead = _spaced(read[: known - start])
        if lead and read[known - start - 1].isspace():
            lead += " "
        text = lead + _spaced(read[known - start :])
        # Words are counted from a mark on, where the number of the first is known.
        shift = mark * WORDS_A_MARK
        words = list(islice(WORD.finditer(text, len(lead)), position - shift + 1))
        numbers = (place.position - shift for place in self._places[first : last + 1])
        matched = [_Word(*words[number].span()) for number in numbers if number < len(words)]
        return _Window(text, start, len(read) < end - start, matched, first)


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _sentence_start(text: str, start: int, stop: int) -> int | None:
    """Where the last sentence that begins in `text[start:stop]` begins."""
    found = None
    for match in _SENTENCE_END.finditer(text, start, stop):
        found = match.end()
    return found


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


def _spans(text: str, start: int, end: int, matched: Iterable[_Word]) -> list[Span]:
    """`text[start:end]` as spans, some of them empty."""
    spans = []
    at = start
    for word in matched:
        if word.end <= start or word.start >= end:
            continue
        word_start, word_end = max(word.start, start), min(word.end, end)
        spans += [Span(text[at:word_start]), Span(text[word_start:word_end], matched=True)]
        at = word_end
    spans.append(Span(text[at:end]))
    return spans


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without empty ones, neighbours that match alike (and all unmatched) joined."""
    merged: list[Span] = []
    for span in spans:
        if merged and not span.matched and not merged[-1].matched:
            merged[-1] = Span(merged[-1].text + span.text)
        elif span.text:
            merged.append(span)
    return tuple(merged)
