"""The sixty requests of the search benchmark: common and rare words, pairs, phrases, filters."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.benchmarks.council import YEARS, world


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: a kind, its words, and at most one filter."""

    kind: str
    words: tuple[str, ...] = ()
    year: int | None = None
    officer: str | None = None


def requests() -> list[Request]:
    """The same sixty, whatever the number of notes."""
    council = world()
    words = council.words

    def drawn(first: int, stop: int, count: int, seed: int) -> list[str]:
        # Long enough not to be stop words anywhere.
        among = [word for word in words[first:stop] if len(word) > 4]
        return random.Random(seed).sample(among, count)

    common, rare = drawn(150, 190, 8, 0), drawn(12_000, 30_000, 8, 1)
    some = drawn(200, 1_500, 42, 2)
    asked = [Request("common", (word,)) for word in common]
    asked += [Request("rare", (word,)) for word in rare]
    asked += [Request("or", (some[at], some[at + 1])) for at in range(0, 14, 2)]
    asked += [Request("and", (some[at], some[at + 1])) for at in range(14, 28, 2)]
    asked += [
        Request("phrase", tuple(council.phrases[at].split())) for at in (0, 2, 5, 10, 20, 40, 80)
    ]
    asked += [Request("prefix", (begin,)) for begin in ("ins", "con", "pla", "bri", "sub", "mai")]
    asked += [Request("year", (some[28 + at],), year=YEARS[at * 2]) for at in range(7)]
    asked += [
        Request("officer", (some[35 + at],), officer=council.officers[at * 7].slug)
        for at in range(7)
    ]
    return asked + [Request("all")] * 3
