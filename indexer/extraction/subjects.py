"""Files a note under subject headings by the words that it uses, each with a weight that shows."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from indexer.domain.authority import SubjectHeading

# What a term's weight is multiplied by, by where it stands. Measured on notes filed by hand
# (tests/indexer/extraction): the title decides, the officer's service and the body support it.
IN_TITLE = 3.0
IN_POST = 0.6
IN_BODY = 0.4
MOST_MENTIONS_IN_BODY = 3
# What the body says most of counts at most this: less than one strong term of the title (3 x 3).
MOST_FROM_BODY = 7.5
# A title names its matter first (`Industrial Action in Schools`), so the first term counts more.
FIRST_IN_TITLE = 1.25
# A school's name beside other terms says where rather than what (`Lenmoray Academy Demolition`).
IN_NAME_OF_SCHOOL = 0.9
# A phrase says more than a word: each further word adds this share of the weight.
PHRASE = 0.15
# A heading after the first needs this share of the first one's score, and this much by itself.
SHARE_OF_FIRST = 0.4
LEAST_SCORE = 2.0
MOST_HEADINGS = 3
# Characters of a title, or of the posts, that are read for terms.
LONGEST_LINE = 2000

_WORD = re.compile(r"[^\W_]+|&")
# What may stand between the words of one term: a break of any other kind ends it.
_WITHIN_TERM = re.compile(r"\s*|\s?/\s?|[-\u2010\u2011'’]|[’']?\s+[’']?")
# Addresses hold words (station, school, park, bridge) that say nothing of the matter.
_STREET = re.compile(
    r"\b[A-Z][\w'’]{1,40}+\s+(?:Road|Street|Avenue|Drive|Crescent|Lane|Terrace|Square|Gardens|Court|Wynd"
    r"|Brae|Rd|St|Ave)\b"
)
_SCHOOL = re.compile(
    r"\b[A-Z][\w'’]{1,40}+\s+(?:(?:Primary|Secondary|High|Grammar|Nursery)\s+School|Academy|PS|HS)\b"
)

Span = tuple[int, int]
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class _Term:
    """A word or phrase of a heading; `is_stem` when any ending may follow."""

    slug: str
    words: tuple[str, ...]
    is_stem: bool
    weight: float

    def ends_with(self, word: str) -> bool:
        """Whether `word` is the last of this term, or its plural."""
        last = self.words[-1]
        return word in (last, f"{last}s") or (self.is_stem and word.startswith(last))


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The terms of all headings by their first words, and single stems by themselves."""

    by_word: dict[str, list[_Term]]
    by_stem: dict[str, list[_Term]]
    longest_stem: int

    def starting(self, word: str) -> Iterator[_Term]:
        """The terms that may begin with `word`."""
        yield from self.by_word.get(word, ())
        for length in range(1, min(len(word), self.longest_stem) + 1):
            yield from self.by_stem.get(word[:length], ())


class Filing:
    """Headings by one list; notes with the same words are filed once, however often asked."""

    def __init__(self, subjects: Sequence[SubjectHeading]) -> None:
        self._subjects = tuple(subjects)
        self._filed: dict[bytes, tuple[str, ...]] = {}

    def headings(self, *, title: str, posts: str, body: str) -> tuple[str, ...]:
        """What `subject_headings` says of them."""
        words = "\0".join((title, posts, body)).encode("utf-8", "surrogatepass")
        key = hashlib.sha256(words).digest()
        if key not in self._filed:
            self._filed[key] = subject_headings(self._subjects, title=title, posts=posts, body=body)
        return self._filed[key]


def subject_headings(
    subjects: Sequence[SubjectHeading], *, title: str, posts: str, body: str
) -> tuple[str, ...]:
    """The slugs of at most three headings, the main one first; none where no term is found.

    `title` is the subject line and title, `posts` the responsible officers as printed.
    """
    vocabulary = _vocabulary(tuple(subjects))
    title, posts = title[:LONGEST_LINE], posts[:LONGEST_LINE]
    scores = _in_title(title, vocabulary)
    for term in dict.fromkeys(term for _, term in _outermost(posts, vocabulary)):
        scores[term.slug] += term.weight * IN_POST
    for slug, score in _in_body(body, vocabulary).items():
        scores[slug] += score
    order = {subject.slug: place for place, subject in enumerate(subjects)}
    ranked = sorted(scores, key=lambda slug: (-scores[slug], order[slug]))[:MOST_HEADINGS]
    # Where nothing says much, the little that is said still files the note somewhere.
    least = max(LEAST_SCORE, SHARE_OF_FIRST * scores[ranked[0]]) if ranked else 0.0
    return tuple(ranked[:1] + [slug for slug in ranked[1:] if scores[slug] >= least])


def _in_title(title: str, vocabulary: _Vocabulary) -> Scores:
    """What each heading has from the title; names of places count where nothing else does."""
    streets = [match.span() for match in _STREET.finditer(title)]
    found = _outermost(title, vocabulary, streets) or _outermost(title, vocabulary)
    schools = [match.span() for match in _SCHOOL.finditer(title)]
    matters = [span for span, _ in found if not any(_is_inside(span, each) for each in schools)]
    first = min(matters or [span for span, _ in found], default=(0, 0))
    scores: Scores = defaultdict(float)
    for term, span in {term: span for span, term in reversed(found)}.items():
        is_place = bool(matters) and span not in matters
        factor = IN_NAME_OF_SCHOOL if is_place else FIRST_IN_TITLE if span == first else 1.0
        scores[term.slug] += term.weight * IN_TITLE * factor
    return scores


def _in_body(body: str, vocabulary: _Vocabulary) -> Scores:
    """What each heading has from the body, all in proportion where it says much."""
    streets = [match.span() for match in _STREET.finditer(body)]
    mentions = Counter(term for _, term in _outermost(body, vocabulary, streets))
    scores: Scores = defaultdict(float)
    for term, count in mentions.items():
        scores[term.slug] += term.weight * IN_BODY * min(count, MOST_MENTIONS_IN_BODY)
    most = max(scores.values(), default=0.0)
    if most > MOST_FROM_BODY:
        for slug in scores:
            scores[slug] *= MOST_FROM_BODY / most
    return scores


def _outermost(
    text: str, vocabulary: _Vocabulary, masked: Sequence[Span] = ()
) -> list[tuple[Span, _Term]]:
    """The terms in `text` in order, but for those inside a longer term or a `masked` span.

    So `community council election` is no community council. Of terms with the same span, each
    heading's heaviest counts.
    """
    found = list(_all_terms(text, vocabulary))
    spans = sorted({*(span for span, _ in found), *masked}, key=lambda span: (span[0], -span[1]))
    kept: set[Span] = set()
    furthest = -1
    for span in spans:
        if span[1] > furthest:
            kept.add(span)
            furthest = span[1]
    heaviest = {
        (span, term.slug): (span, term)
        for span, term in sorted(found, key=lambda each: each[1].weight)
        if span in kept
    }
    return sorted(heaviest.values(), key=lambda each: each[0])


def _all_terms(text: str, vocabulary: _Vocabulary) -> Iterator[tuple[Span, _Term]]:
    matches = list(_WORD.finditer(text))
    words = [_plain(match[0]) for match in matches]
    is_joined = [
        bool(_WITHIN_TERM.fullmatch(text[one.end() : other.start()]))
        for one, other in pairwise(matches)
    ]
    for place, word in enumerate(words):
        for term in vocabulary.starting(word):
            end = place + len(term.words)
            if (
                tuple(words[place : end - 1]) == term.words[:-1]
                and end <= len(words)
                and term.ends_with(words[end - 1])
                and all(is_joined[place : end - 1])
            ):
                yield (matches[place].start(), matches[end - 1].end()), term


def _plain(word: str) -> str:
    return "and" if word == "&" else word.casefold()


def _is_inside(inner: Span, outer: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


@lru_cache(maxsize=8)
def _vocabulary(subjects: tuple[SubjectHeading, ...]) -> _Vocabulary:
    """All terms of `subjects`, ready to be looked up word by word."""
    by_word: dict[str, list[_Term]] = {}
    by_stem: dict[str, list[_Term]] = {}
    for subject in subjects:
        for text, weight in subject.terms:
            words = tuple(map(_plain, _WORD.findall(text)))
            if not words:
                continue
            is_stem = text.endswith("*")
            worth = weight * (1 + PHRASE * (len(words) - 1))
            term = _Term(subject.slug, words, is_stem, worth)
            if len(words) > 1:
                by_word.setdefault(words[0], []).append(term)
            elif is_stem:
                by_stem.setdefault(words[0], []).append(term)
            else:
                for form in (words[0], f"{words[0]}s"):
                    by_word.setdefault(form, []).append(term)
    return _Vocabulary(by_word, by_stem, max(map(len, by_stem), default=0))
