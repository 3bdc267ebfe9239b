"""Snippets: the passage of a body that answers best, as spans that say what matched.

The index knows at which word of a body each term stands, and where in the text every sixteenth word
begins: the passage is chosen from that alone, and only its own text is read.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from typing import NamedTuple, TypeAlias

import msgspec

from indexer.domain.search import Span
from indexer.search_index.analysis import spellings_of, word_in
from indexer.search_index.codec.segment import WORDS_A_MARK, SegmentFile
from indexer.search_index.limits import SNIPPET_LONGEST, SNIPPET_SHORTEST

CUT = "…"
# Where there is no space to cut at: accents, joiners, variation selectors and skin tones stay with
# what they follow, what follows a joiner stays with it, and the two letters of a flag together.
_CLINGS = re.compile(r"[\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_JOINS_ON = re.compile(r"[\u200d\U0001f1e6-\U0001f1ff]")
_SENTENCE_END = re.compile(r"[.!?][”’\"')\]]* ")
_SPACE = re.compile(r"\s+")
# Sixteen words are looked for in so many characters.
_FARTHEST = 4_096


class Marks(msgspec.Struct, frozen=True):
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
            frozenset([terms[0] for terms in clauses if len(terms) == 1]),
            tuple(dict.fromkeys([terms for terms in clauses if len(terms) > 1])),
            tuple(dict.fromkeys(beginnings)),
        )

    def __bool__(self) -> bool:
        return bool(self.terms or self.phrases or self.beginnings)


NO_MARKS = Marks()


# A word that matches: where it stands among the words of its body, and its term.
Place: TypeAlias = tuple[int, str]


def marked(text: str, matched: Sequence[int]) -> tuple[Span, ...]:
    """The whole of `text`, which is short, as spans; the numbers of its words that match."""
    if not matched:
        return (Span(text),)
    spans: list[Span] = []
    shown = at = 0
    for number, word in enumerate(spellings_of(text)[: matched[-1] + 1]):
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


def snippets(
    segment: SegmentFile, documents: Sequence[int], places: Sequence[Sequence[Place]]
) -> list[tuple[Span, ...]]:
    """What of each body answers best: a passage of 200 to 240 characters, or two that are shorter.

    `places` are the words of each that match, in order. Best is most different matched words, then
    most of them, then the earliest; two passages only where they show more than one. Where nothing
    matches it is the opening. The spans' text added up is the passages, `…` where text is left out.
    """
    # All are read before the first is cut: ten steps of one kind are quicker than one of ten kinds.
    marks = segment.marks_of(documents)
    texts = [text and text.replace("\n", " ") for text in segment.texts_of_one_part(documents)]
    bodies = map(_Body, repeat(segment), documents, places, marks, texts)
    return [_spans(body.passages()) for body in bodies]


def _spans(passages: Sequence[_Passage]) -> tuple[Span, ...]:
    spans: list[Span] = []
    text = ""
    for number, passage in enumerate(passages):
        if passage.start > 0:
            text += f" {CUT} " if number else CUT
        # Every second piece is a word that matches.
        pieces = iter(passage.pieces)
        text += next(pieces)
        for word in pieces:
            if text:
                spans.append(Span(text))
            spans.append(Span(word, matched=True))
            text = next(pieces)
    if passages[-1].more:
        text += CUT
    if text:
        spans.append(Span(text))
    return tuple(spans)


class _Passage(NamedTuple):
    """A passage of a body: where it starts and ends in it, and whether text follows.

    Every second one of the `pieces`, which are its text, is a word that matches.
    """

    pieces: list[str]
    start: int
    end: int
    more: bool


class _Body:
    """A body of which only the passages chosen are read; `places` are its matched words."""

    def __init__(
        self,
        segment: SegmentFile,
        document: int,
        places: Sequence[Place],
        marks: Sequence[int],
        text: str | None,
    ) -> None:
        """`text` is all of it on one line; of a body of several parts some is read as needed."""
        self._segment = segment
        self._document = document
        self._places = places
        self._marks = marks
        self._text = text
        self._starts = _about(places, marks, int(segment.body_words[document]))

    def passages(self) -> list[_Passage]:
        """The passages to show, in the order of the text."""
        everything = range(len(self._places))
        worth, whole = self._densest(everything, SNIPPET_SHORTEST)
        if len(whole) < len(everything):
            _, half = self._densest(everything, SNIPPET_SHORTEST // 2)
            before = self._densest(everything[: half.start], SNIPPET_SHORTEST // 2)
            after = self._densest(everything[half.stop :], SNIPPET_SHORTEST // 2)
            first, second = (half, after[1]) if after[0] > before[0] else (before[1], half)
            if self._worth(first, second) > worth:
                one = self._passage(first, SNIPPET_LONGEST // 2)
                two = self._passage(second, SNIPPET_LONGEST // 2)
                if one.end < two.start:
                    return [one, two]
        return [self._passage(whole, SNIPPET_LONGEST)]

    def _worth(self, one: range, other: range) -> tuple[int, int]:
        """How many different words these runs of matched words show, and how many in all."""
        terms = [self._places[at][1] for at in chain(one, other)]
        return len(set(terms)), len(terms)

    def _densest(self, among: range, width: int) -> tuple[tuple[int, int], range]:
        """The run of places within `width` characters that shows most, the first of equals.

        Before it, how many different words it shows, and how many in all.
        """
        best, run = (0, 0), range(among.start, among.start)
        terms: dict[str, int] = {}
        places, starts = self._places, self._starts
        left = among.start
        for right in among:
            _, term = places[right]
            terms[term] = terms.get(term, 0) + 1
            last = starts[right] + len(term) - width
            while starts[left] < last and left < right:
                _, passed = places[left]
                terms[passed] -= 1
                if not terms[passed]:
                    del terms[passed]
                left += 1
            worth = len(terms), right - left + 1
            if worth > best:
                best, run = worth, range(left, right + 1)
        return best, run

    def _passage(self, run: range, longest: int) -> _Passage:
        """The passage around a run of matched words, `longest` at most."""
        near = self._near(run, longest)
        base, text = self._around(near, longest)
        words = self._words_of(near, base, text)
        shown = words[run.start - near.start : run.stop - near.start]
        first, last = (shown[0][0], shown[-1][1]) if shown else (0, 0)
        if last - first > longest:
            fitting = [end for _, end in shown if end - first <= longest]
            last = fitting[-1] if fitting else first + longest
        room = longest - (last - first)
        sentence = _sentence_start(text, max(0, first - room // 2), first)
        start = first - room // 3 if sentence is None else sentence
        start = _cut_before(text, max(0, min(start, len(text) - longest)), first)
        end = start + longest
        end = len(text) if end >= len(text) else _cut_after(text, start, last, end)
        more = base + end < self._marks[-1] and bool(text[end:].strip())
        return _Passage(_pieces(text, start, end, words), base + start, base + end, more)

    def _near(self, run: range, longest: int) -> range:
        """The places that may be shown with those of `run`."""
        if not run:
            return run
        starts = self._starts
        first = starts[run.start]
        return range(
            bisect_right(starts, first - longest, 0, run.start),
            bisect_left(starts, first + longest, run.stop),
        )

    def _around(self, near: range, longest: int) -> tuple[int, str]:
        """The text with some places and `longest` characters beside them, and where it begins."""
        if self._text is not None:
            return 0, self._text
        base, stop = 0, 2 * longest
        if near:
            mark = self._places[near.start][0] // WORDS_A_MARK
            base = max(0, self._marks[mark] - longest - 1)
            mark = self._places[near.stop - 1][0] // WORDS_A_MARK
            # A run without spaces is not followed to its end.
            stop = min(self._marks[mark + 1], self._marks[mark] + _FARTHEST) + longest + 1
        text = self._segment.text_between(self._document, base, stop)
        return base, text.replace("\n", " ")

    def _words_of(self, near: range, base: int, text: str) -> list[tuple[int, int]]:
        """Where in `text`, which begins at `base`, the words at some places begin and end."""
        words = []
        marks = self._marks
        for position, _ in self._places[near.start : near.stop]:
            at, beyond = divmod(position, WORDS_A_MARK)
            # Words are counted from a mark on, where the number of the first is known.
            word = word_in(text, marks[at] - base, marks[at + 1] - base, beyond)
            if word is not None:
                words.append(word)
        return words


def _about(places: Sequence[Place], marks: Sequence[int], words: int) -> list[int]:
    """About where the word at each place begins in a body of `words`, between the marks around."""
    whole, rest = divmod(words, WORDS_A_MARK)
    starts = []
    for position, _ in places:
        at, beyond = divmod(position, WORDS_A_MARK)
        start = marks[at]
        between = WORDS_A_MARK if at < whole else rest
        starts.append(start + (marks[at + 1] - start) * beyond // between)
    return starts


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


def _pieces(text: str, start: int, end: int, words: Iterable[tuple[int, int]]) -> list[str]:
    """`text[start:end]` with single spaces in pieces, every second one a matched word."""
    pieces: list[str] = []
    at = start
    for first, last in words:
        if start < last and first < end:
            if first < start:
                first = start
            if last > end:
                last = end
            pieces += text[at:first], text[first:last]
            at = last
    pieces.append(text[at:end])
    passage = text[start:end]
    if "  " in passage or not passage.isprintable():
        pieces[::2] = [_SPACE.sub(" ", piece) for piece in pieces[::2]]
    pieces[0], pieces[-1] = pieces[0].lstrip(), pieces[-1].rstrip()
    return pieces
