"""Thousands of damaged documents through the workers: each read or named, good ones all found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import settings

from indexer import authority, sources
from indexer.config import Config
from indexer.domain.note import DocumentClaims
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.ingest import Limits, ingest
from tests.hostile.mutations import mutated
from tests.hostile.notes import FORMATS, good_notes, sample_files

# 2,000 by default, and as many as hypothesis tries in `make soak`.
COUNT = max(2_000, settings().max_examples)
GOOD_AMONG = 50  # one good note for so many damaged
LIMITS = Limits(seconds=20, memory=1 << 30)
# A sentence with one of these blames the program, or a limit that no small document may reach.
BLAME = ("please report this", "took longer", "more memory", "died")


def originals() -> list[tuple[str, bytes]]:
    """What is damaged: the whole sample, and a small note of every format."""
    small = [(f"small{kind}", made(1)) for kind, made in FORMATS.items()]
    return [*sample_files(), *small * 6]


def document(name: str, content: bytes) -> SourceDocument | Rejection:
    """The document that a file of this name and content is."""
    media_type = sources.settle_media_type(name, content, name)
    if isinstance(media_type, Rejection):
        return media_type
    return SourceDocument(name, media_type, content)


def good_and_damaged() -> Iterator[SourceDocument | Rejection]:
    good = iter(good_notes(COUNT // GOOD_AMONG).items())
    for number, (name, content) in enumerate(mutated(originals(), COUNT)):
        if number % GOOD_AMONG == 0:
            yield document(*next(good))
        yield document(name, content)


@pytest.mark.soak
def test_damaged_documents_are_read_or_named_and_good_ones_found() -> None:
    """None is a fault of the program, none goes over its limits, and none costs another."""
    held = ingest(good_and_damaged(), Config(), authority.load(), LIMITS)
    found: set[str] = set()
    faults: list[str] = []
    total = 0
    for parts in held:
        assert parts
        total += 1
        for part in parts:
            if isinstance(part.outcome, DocumentClaims):
                found.add(part.locator)
                continue
            assert part.outcome.reason.strip()
            assert part.outcome.locator.startswith(part.locator)
            if any(words in part.outcome.reason for words in BLAME):
                faults.append(f"{part.outcome.locator}: {part.outcome.reason}")
    assert total == COUNT + COUNT // GOOD_AMONG
    assert set(good_notes(COUNT // GOOD_AMONG)) <= found
    assert not faults, "\n".join(faults)
