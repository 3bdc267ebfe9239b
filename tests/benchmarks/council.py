"""Notes as a council might write them, invented from a seed: any number of them, always the same.

Words follow Zipf's law; every note has a topic whose words it uses more; some pairs of words recur
as phrases. A body is about 5 KB.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.note import Note, Officer
from indexer.domain.publication import Publication, PublicationStatus
from indexer.domain.reference import NoteReference

SEED = 20261125
VOCABULARY = 60_000
YEARS = range(2006, 2026)
_COMMON = """
    the of and to in a is that for it as was with be by on not at are this have from or an which
    were her all she there would their we him been has when who will more no if out so said what up
    its about into than them can only other new some could time these two may then do first any now
    such like our over even most made after also did many before must through years where much your
    way well down should because each just those people how too little good very make still own see
    work long here between both life being under never day same another know while last might great
    old year off since against right three council highway planning committee officer report road
    drainage traffic housing street survey budget maintenance parking footway cycle pedestrian
    junction signal flooding culvert sewer lighting resurfacing inspection tender contractor
    procurement consultation resident complaint permit licence enforcement waste recycling
    collection landfill park playground library school transport route bus shelter bridge wall
    embankment footpath verge tree hedge noise pollution monitoring asbestos conservation heritage
    regulation fire safety alarm ventilation insulation boiler heating roof cladding concrete
    asphalt settlement subsidence
"""
_OPENINGS = "b br c ch cr d dr f fl g gl gr h k kn l m n p pl pr qu r s sc sh sl sp st t th tr v w"
_VOWELS = "a e i o u ai ea ie oa oo ou"
_CLOSINGS = "- - b ck d g l ll m n nd ng nt p r rd rm rn s sk ss st t tch th x"
_ENDINGS = "- - - - s s ed ing er ly ation ment ness able al"
_SERVICES = "Highways Drainage Housing Planning Waste Parks Transport Lighting Bridges Heritage"
_DUTIES = "Policy Design Maintenance Inspection Procurement Safety"
_FIRST = (
    "Ailsa Brian Catriona Duncan Eilidh Fergus Gillian Hamish Iona Jamie Kirsty Lewis Morag Neil"
)
_LAST = "Abernethy Brodie Calder Dalgleish Elder Farquhar Gilmour Haldane Innes Kerr Lorimer"


@dataclass(frozen=True, slots=True)
class World:
    """What all notes have in common."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    headings: tuple[str, ...]
    officers: tuple[Officer, ...]


@cache
def world() -> World:
    """The words, phrases, subject headings and officers of the invented council."""
    draw = random.Random(SEED)
    words = dict.fromkeys(_COMMON.split())
    while len(words) < VOCABULARY:
        words.setdefault(_word(draw))
    every = tuple(words)
    pool = every[150:6_000]
    phrases = tuple(f"{draw.choice(pool)} {draw.choice(pool)}" for _ in range(300))
    services, duties = _SERVICES.split(), _DUTIES.split()
    headings = tuple(f"{a}-{b}".lower() for a in services for b in duties)
    officers = tuple(
        Officer(f"{first} {last}", f"{draw.choice(services)} Officer", f"{first}-{last}".lower())
        for first in _FIRST.split()
        for last in _LAST.split()
    )
    return World(every, phrases, headings, officers[:150])


def _word(draw: random.Random) -> str:
    syllables = (
        draw.choice(_OPENINGS.split())
        + draw.choice(_VOWELS.split())
        + draw.choice(_CLOSINGS.split())
        for _ in range(draw.choice((1, 2, 2, 3)))
    )
    return ("".join(syllables) + draw.choice(_ENDINGS.split())).replace("-", "")


def notes(count: int) -> Iterator[Note]:
    """The first `count` notes, in the order of their references; they differ with `count`."""
    draw = np.random.default_rng(SEED)
    council = world()
    words = np.array(council.words, dtype=object)
    chances = _cumulative(1 / (np.arange(1, VOCABULARY + 1) + 2.7) ** 1.05)
    phrase_chances = _cumulative(1 / np.arange(1, len(council.phrases) + 1) ** 0.9)
    heading_chances = _cumulative(1 / np.arange(1, len(council.headings) + 1) ** 0.6)
    officer_chances = _cumulative(1 / np.arange(1, len(council.officers) + 1) ** 0.7)
    topics = [draw.integers(150, 8_000, size=60) for _ in council.headings]
    for at in range(count):
        length = int(np.clip(draw.lognormal(6.25, 0.45), 120, 4_000))
        heading = int(np.searchsorted(heading_chances, draw.random()))
        chosen = np.searchsorted(chances, draw.random(length))
        topical = draw.random(length) < 0.06
        chosen[topical] = topics[heading][draw.integers(0, 60, size=int(topical.sum()))]
        text = list(words[chosen])
        for _ in range(int(draw.integers(1, 5))):
            phrase = council.phrases[int(np.searchsorted(phrase_chances, draw.random()))]
            text.insert(int(draw.integers(0, len(text))), phrase)
        people = np.searchsorted(officer_chances, draw.random(1 + int(draw.binomial(3, 0.3))))
        officers = tuple(council.officers[number] for number in np.unique(people))
        title = " ".join(words[np.searchsorted(chances, draw.random(int(draw.integers(3, 8))))])
        yield Note(
            reference=_reference(at, count),
            title=f"{title} {text[0]}".capitalize(),
            publication=Publication(PublicationStatus.PUBLIC, "All members and the public"),
            open_to_public=True,
            subject_headings=(council.headings[heading],),
            report_by=officers[:1],
            responsible_officers=officers[1:],
            body=_body(text, draw),
        )


def _reference(at: int, count: int) -> NoteReference:
    """Notes are spread evenly over the years; numbers go above 999 where they must."""
    a_year = -(-count // len(YEARS))
    return NoteReference(YEARS[at // a_year], at % a_year + 1)


def _body(words: list[str], draw: np.random.Generator) -> tuple[Block, ...]:
    sentences = []
    at = 0
    while at < len(words):
        end = at + int(draw.integers(6, 26))
        sentences.append(" ".join(words[at:end]).capitalize() + ".")
        at = end
    return tuple(
        Block(kind=BlockKind.PARAGRAPH, text=" ".join(sentences[start : start + 6]))
        for start in range(0, len(sentences), 6)
    )


def _cumulative(weights: np.ndarray) -> np.ndarray:
    return np.cumsum(weights / weights.sum())
