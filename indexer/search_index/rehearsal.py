"""Questions that an archive is asked before readers ask theirs.

Code runs slower the first times that it runs, and some of what an archive knows is worked out when
it is first needed: whoever asked first would wait for all of that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from indexer.domain.errors import SearchTooLong
from indexer.domain.search import NoteSummary, SearchRequest
from indexer.search_index.archive import Archive
from indexer.search_index.limits import NOTES_REHEARSED


def rehearse(archive: Archive) -> None:
    """Ask of an archive what readers may ask, in words of the titles of its newest notes."""
    for note in archive.latest(NOTES_REHEARSED):
        for request in _questions(note):
            with suppress(SearchTooLong):
                archive.search(request)


def _questions(note: NoteSummary) -> Iterator[SearchRequest]:
    """A word, two words, a phrase, the beginning of a word, a word in a year and by an officer."""
    words = note.title.split()
    first, pair = "".join(words[:1]), " ".join(words[:2])
    for query in (first, pair, f'"{pair}"', f"{first[:3]}*"):
        yield SearchRequest(query=query)
    officers = frozenset(officer.slug for officer in note.officers[:1] if officer.slug)
    yield SearchRequest(query=first, years=frozenset((note.reference.year,)))
    yield SearchRequest(query=first, officers=officers)
