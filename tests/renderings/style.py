"""How a script prints a note: paper, type, and the small habits of whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Header = Literal["lines", "columns", "below"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The look of a rendering.

    `header` is where a value stands: on the line of its label, in a column beside those of all the
    labels, or on the line below. `furniture` prints a letterhead, a running header and the number
    of the page on every page. `typed` types the numbers of paragraphs instead of leaving them to
    the program. `width` and `height` of the paper are in millimetres, `size` of the type in points.
    """

    header: Header = "lines"
    furniture: bool = False
    typed: bool = True
    justified: bool = False
    body_columns: int = 1
    serif: bool = False
    bold_labels: bool = True
    bullets: str = "•–"
    width: float = 210
    height: float = 297
    size: float = 11

    def bullet(self, level: int) -> str:
        """The bullet of an item at `level`, from 1."""
        return self.bullets[min(level, len(self.bullets)) - 1]


ONE_COLUMN = Style()
COLUMNS = Style(header="columns", typed=False)
# A small page in large type, so that even a short note takes several pages.
LETTER = Style(furniture=True, serif=True, justified=True, width=148, height=150, size=15)
LETTERHEAD = ("Strathallan Council", "Council House, 1 High Street, Kirkorran KK1 1AA")
RUNNING_HEADER = "Technical Notes for Elected Members"
