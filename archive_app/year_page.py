"""The notes of one year in the order of their numbers, and the numbers that the archive lacks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from archive_app.wording import counted
from indexer.domain.reference import NoteReference
from indexer.domain.search import NoteSummary
from indexer.search_index import Archive

# Beyond this the strip's bars are thinner than a pixel.
STRIP_NUMBERS = 400


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers in a row that the archive does not hold."""

    first: NoteReference
    last: NoteReference

    @property
    def size(self) -> int:
        """How many numbers."""
        return self.last.number - self.first.number + 1

    @property
    def numbers(self) -> str:
        """The numbers in words: `007`, `027 to 029`."""
        first, last = f"{self.first.number:03d}", f"{self.last.number:03d}"
        return first if self.size == 1 else f"{first} to {last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPage:
    """One year as its template reads it; `lines` are its notes and gaps in number order."""

    year: int
    notes: tuple[NoteSummary, ...]
    lines: tuple[NoteSummary | Gap, ...]
    before: int | None
    after: int | None

    @classmethod
    def of(cls, year: int, archive: Archive) -> YearPage:
        """The page of a year that `archive` has notes of."""
        summaries = (archive.summary(r) for r in archive.references if r.year == year)
        notes = tuple(note for note in summaries if note is not None)
        years = sorted(archive.contents.years)
        return cls(
            year=year,
            notes=notes,
            lines=tuple(_with_gaps(notes)),
            before=max((y for y in years if y < year), default=None),
            after=min((y for y in years if y > year), default=None),
        )

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every run of numbers that is not held."""
        return tuple(line for line in self.lines if isinstance(line, Gap))

    @property
    def absent(self) -> int:
        """How many numbers up to the last one held are not."""
        return sum(gap.size for gap in self.gaps)

    @property
    def strip(self) -> tuple[bool, ...]:
        """Whether each number from 1 is held, where there are few enough to draw."""
        last = self.notes[-1].reference.number
        if last > STRIP_NUMBERS:
            return ()
        held = {note.reference.number for note in self.notes}
        return tuple(number in held for number in range(1, last + 1))

    @property
    def strip_label(self) -> str:
        """The strip in words."""
        last = self.notes[-1].reference.number
        gaps = f"{counted(self.absent, 'number')} not in this archive" if self.gaps else "no gap"
        return f"The sequence of numbers 001 to {last:03d}, with {gaps}"


def _with_gaps(notes: tuple[NoteSummary, ...]) -> Iterator[NoteSummary | Gap]:
    """The notes, which are of one year and in order, with each gap from number 1 in its place."""
    if not notes:
        return
    year, first = notes[0].reference.year, notes[0].reference.number
    if first > 1:
        yield Gap(NoteReference(year, 1), NoteReference(year, first - 1))
    yield notes[0]
    for before, after in pairwise(notes):
        start, end = before.reference.number + 1, after.reference.number - 1
        if start <= end:
            yield Gap(NoteReference(year, start), NoteReference(year, end))
        yield after
