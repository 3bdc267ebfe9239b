"""Files a note under subject headings by the words that it uses, each with a weight that shows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from indexer.domain.authority import SubjectHeading

# What a term's weight is multiplied by, by where it stands. Measured on notes filed by hand
# (tests/indexer/extraction): the title decides, the officer's service and the body support it.
IN_TITLE = 3.0
IN_POST = 0.6
IN_BODY = 0.4
MOST_MENTIONS_IN_BODY = 3
# A heading after the first needs this share of the first one's score, and this much by itself.
SHARE_OF_FIRST = 0.45
LEAST_SCORE = 2.0
MOST_HEADINGS = 3
# A phrase says more than a word: each further word adds this share of the weight.
PHRASE = 0.15


def subject_headings(
    subjects: Sequence[SubjectHeading], *, title: str, posts: str, body: str
) -> tuple[str, ...]:
    """The slugs of at most three headings, the main one first; none where no term is found.

    `title` is the subject line and title, `posts` the responsible officers as printed.
    """
    scores = {
        subject.slug: score
        for subject in subjects
        if (score := _score(subject, title, posts, body)) >= LEAST_SCORE
    }
    ranked = sorted(scores, key=lambda slug: -scores[slug])[:MOST_HEADINGS]
    return tuple(slug for slug in ranked if scores[slug] >= SHARE_OF_FIRST * scores[ranked[0]])


def _score(subject: SubjectHeading, title: str, posts: str, body: str) -> float:
    pattern, weights = _pattern(subject)
    score = sum(_worth(subject, found, IN_TITLE) for found in _terms(pattern, title))
    score += sum(_worth(subject, found, IN_POST) for found in _terms(pattern, posts))
    mentions: dict[str, int] = {}
    for match in pattern.finditer(body):
        term = match.lastgroup or ""
        mentions[term] = mentions.get(term, 0) + 1
    for term, count in mentions.items():
        score += weights[term] * IN_BODY * min(count, MOST_MENTIONS_IN_BODY)
    return score


def _worth(subject: SubjectHeading, term: str, factor: float) -> float:
    return _pattern(subject)[1][term] * factor


def _terms(pattern: re.Pattern[str], text: str) -> set[str]:
    """The terms that occur in `text`, each once however often it does."""
    return {match.lastgroup or "" for match in pattern.finditer(text)}


@lru_cache(maxsize=256)
def _pattern(subject: SubjectHeading) -> tuple[re.Pattern[str], dict[str, float]]:
    """One pattern for all terms, longest first, and the weight of each of its groups."""
    terms = sorted(subject.terms, key=lambda pair: -len(pair[0]))
    weights = {
        f"t{place}": weight * (1 + PHRASE * term.count(" "))
        for place, (term, weight) in enumerate(terms)
    }
    parts = [f"(?P<t{place}>{_words(term)})" for place, (term, _) in enumerate(terms)]
    return re.compile(r"\b(?:" + "|".join(parts or ["(?!)"]) + r")\b", re.IGNORECASE), weights


def _words(term: str) -> str:
    escaped = re.escape(term.removesuffix("*")).replace("'", "['’]").replace(r"\ ", r"\s+")
    return escaped + (r"\w*" if term.endswith("*") else "s?")
