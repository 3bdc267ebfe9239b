"""The words of a block cut into runs: plain ones, links, and references to other notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from indexer.domain.blocks import Block, Link
from indexer.domain.reference import DASH, NoteReference, Series

SAFE_SCHEMES = frozenset({"http", "https", "mailto"})


class RunKind(StrEnum):
    """What a run of characters is on the page."""

    WORDS = "words"
    LINK = "link"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class Run:
    """A run of characters. `target` is a web address, or the slug of a note in the archive."""

    text: str
    kind: RunKind = RunKind.WORDS
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the words of a note are read against.

    `cites` are the notes that it cites, `held` those of them in the archive. `address` is that of
    its source, for links that are relative to it.
    """

    series: Series
    cites: frozenset[NoteReference] = frozenset()
    held: frozenset[NoteReference] = frozenset()
    address: str | None = None


def runs_of(block: Block, around: Surroundings) -> tuple[Run, ...]:
    """The words of `block` in runs that add up to its text, line breaks as newlines."""
    places = sorted(
        (*_links(block, around.address), *_references(block.text, around)),
        key=lambda place: place[0],
    )
    runs: list[Run] = []
    end = 0
    for start, run in places:
        if start < end:
            continue
        if start > end:
            runs.append(Run(block.text[end:start]))
        runs.append(run)
        end = start + len(run.text)
    if end < len(block.text):
        runs.append(Run(block.text[end:]))
    return tuple(runs)


def safe_address(target: str, base: str | None = None) -> str | None:
    """The whole address that `target` means on the page at `base`, or None where none is safe.

    Only web and mail addresses are followed: a script or a file of the reader's never is.
    """
    try:
        whole = urljoin(base or "", target.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    if parts.scheme not in SAFE_SCHEMES or not whole.isprintable():
        return None
    if parts.scheme == "mailto":
        return whole if "@" in parts.path else None
    return whole if parts.hostname else None


def _links(block: Block, base: str | None) -> Iterator[tuple[int, Run]]:
    """Each link of `block` whose address can be followed, at its place in the text."""
    searched = 0
    for link in block.links:
        start = block.text.find(link.text, searched) if link.text else -1
        if start < 0:
            continue
        searched = start + len(link.text)
        if target := _address(link, base):
            yield start, Run(link.text, RunKind.LINK, target)


def _address(link: Link, base: str | None) -> str | None:
    return safe_address(link.target, base)


def _references(text: str, around: Surroundings) -> Iterator[tuple[int, Run]]:
    """Each printed number in `text` of a note that this one cites."""
    if not around.cites:
        return
    for match in _printed_reference(around.series).finditer(text):
        reference = _cited(match, around)
        if reference is not None:
            target = reference.slug if reference in around.held else None
            yield match.start(), Run(match[0], RunKind.REFERENCE, target)


def _cited(match: re.Match[str], around: Surroundings) -> NoteReference | None:
    """The cited note that a match prints; a number without a year must fit exactly one."""
    if match["bare"]:
        return _only(r for r in around.cites if r.number == int(match["bare"]))
    try:
        reference = NoteReference.parse(match[0], around.series)
    except ValueError:
        return None
    return reference if reference in around.cites else None


def _only(references: Iterable[NoteReference]) -> NoteReference | None:
    found: Collection[NoteReference] = set(references)
    return next(iter(found)) if len(found) == 1 else None


@lru_cache(maxsize=16)
def _printed_reference(series: Series) -> re.Pattern[str]:
    """A number as notes print it, with the series' name or prefix where it stands before it."""
    lead = rf"(?:{series.leads})[\s.:,]*{DASH}?\s*(?:no\b\.?|number)?\s*"
    number = (
        rf"\d{{1,5}}\s?(?:{DASH}|/)\s?(?:\d{{4}}|\d{{2}})"
        r"|\d{4}[\s,:]*(?:issue|no\.?|number)\s*\d{1,5}"
    )
    return re.compile(
        rf"(?<![\w/-])(?:(?:{lead})?(?:{number})|(?:{lead})(?P<bare>\d{{1,5}}))(?![\w/])",
        re.IGNORECASE | re.ASCII,
    )
