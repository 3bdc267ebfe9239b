"""What a Word document holds beside the text that it prints, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.domain.claims import Field, Problem, ProblemKind
from indexer.readers.characters import one_line
from indexer.readers.unseen import unseen


@dataclass(slots=True)
class LeftOut:
    """Gathers the words that are no part of the text, and where text was left out."""

    lines: list[str] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    is_tracked: bool = False
    other_documents: bool = False
    _places: dict[str, list[str]] = field(default_factory=dict)

    def line(self, text: str) -> None:
        """Keep a line that stands around the text."""
        if line := one_line(text):
            self.lines.append(line)

    def words(self, what: str, text: str, place: str) -> None:
        """Keep words at `place` that nobody was meant to see, because they are `what`."""
        if text.strip():
            self.unseen.append(one_line(text))
            self._places.setdefault(what, []).append(place)

    def problems(self) -> Iterator[Problem]:
        """What a keeper should look at."""
        for what, places in self._places.items():
            yield unseen(what, places)
        if self.is_tracked:
            yield _TRACKED
        if self.other_documents:
            yield _OTHER_DOCUMENTS


_TRACKED = Problem(
    Field.BODY,
    ProblemKind.REVIEW,
    "The document has tracked changes that nobody has accepted yet; what they insert was read as "
    "text, and what they delete was left out.",
)
_OTHER_DOCUMENTS = Problem(
    Field.BODY,
    ProblemKind.REVIEW,
    "The document holds other documents or diagrams whose words were not read.",
)
