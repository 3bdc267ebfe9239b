"""What is in force while a page is drawn, and what the pages of a document share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pypdf.errors import DeprecationError, LimitReachedError, PyPdfError
from pypdf.generic import ContentStream, DictionaryObject

from indexer.readers.pdf.colours import BLACK
from indexer.readers.pdf.fonts import Face
from indexer.readers.pdf.layers import Layers
from indexer.readers.pdf.marks import Colour, Matrix, Rectangle

MOST_OPERATORS = 3_000_000  # of a document; a full page of text has about a thousand
FAINT = 0.08  # of opacity: no eye sees what is fainter
_OPAQUE = 0.9
# What an operator raises whose operands are not what they must be.
MALFORMED = (
    PyPdfError, DeprecationError, LookupError, TypeError, ValueError, AttributeError,
    ArithmeticError,
)  # fmt: skip


@dataclass(slots=True)
class State:
    """What the operator q saves and Q restores."""

    ctm: Matrix
    clip: Rectangle
    fill: Colour | None = BLACK
    stroke: Colour | None = BLACK
    fill_space: str = "plain"
    stroke_space: str = "plain"
    opacity: float = 1.0
    blends: bool = False
    face: Face | None = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    line_width: float = 1.0

    @property
    def covers(self) -> bool:
        """Whether what is painted hides what lies under it."""
        return self.opacity > _OPAQUE and not self.blends


@dataclass(slots=True)
class Shared:
    """What the pages of a document have in common: fonts and drawings read once, and the budget."""

    layers: Layers
    faces: dict[Any, Face | None] = field(default_factory=dict)
    drawings: dict[Any, list[tuple[Any, bytes]]] = field(default_factory=dict)
    operators: int = 0

    def count(self, operators: int) -> None:
        """Take `operators` off the budget. Raises LimitReachedError where it is spent."""
        self.operators += operators
        if self.operators > MOST_OPERATORS:
            raise LimitReachedError(f"more than {MOST_OPERATORS:,} drawing operators")

    def face(self, found: Any) -> Face | None:
        """The font that a page names; None where it cannot be read."""
        if found is None:
            return None
        key = _key(found)
        if key not in self.faces:
            resource = found.get_object()
            try:
                self.faces[key] = Face(resource) if isinstance(resource, DictionaryObject) else None
            except LimitReachedError:
                raise
            except MALFORMED:
                self.faces[key] = None
        return self.faces[key]

    def operations(self, form: Any) -> list[tuple[Any, bytes]]:
        """The operators of a drawing inside a page, and their operands."""
        key = _key(form.indirect_reference) if form.indirect_reference else id(form)
        if key not in self.drawings:
            self.drawings[key] = ContentStream(form, None, "bytes").operations
        return self.drawings[key]


def _key(reference: Any) -> Any:
    """What tells one object of a document from the others."""
    return getattr(reference, "idnum", None) or id(reference)


def named(resources: DictionaryObject, kind: str, name: Any) -> Any:
    """A resource by its name, as a reference where it is one, or None."""
    listed = resources.get(kind)
    listed = listed.get_object() if listed is not None else None
    if not isinstance(listed, DictionaryObject) or name not in listed:
        return None
    return listed.raw_get(name)
