"""The labels of a note's header, and the printed lines that they stand on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.domain.blocks import Block, BlockKind, Blocks
from indexer.domain.reference import DASH, Series
from indexer.extraction.publication import is_publication_sentence

NUMBER, SUBJECT, REPORT_BY = "number", "subject", "report_by"
RESPONSIBLE, PUBLICATION = "responsible_officers", "publication"
DISTRIBUTION, DATE, DETAILS = "distribution", "date", "details"

# The order in which headers print their fields; a lost label is the one before the next.
ORDER = (REPORT_BY, NUMBER, SUBJECT, RESPONSIBLE, PUBLICATION)

LABELS: Mapping[str, tuple[str, ...]] = {
    NUMBER: ("reference number", "note number", "note no", "number", "issue number", "reference"),
    SUBJECT: ("subject", "subject matter"),
    REPORT_BY: ("report by", "report from", "reported by", "author", "prepared by", "written by"),
    RESPONSIBLE: ("responsible officer", "responsible officers", "responsible officer(s)",
                  "officer responsible", "lead officer", "lead officers"),
    PUBLICATION: ("publication", "publication status", "publication statement", "disclosure",
                  "disclosure status", "publication and disclosure"),
    DISTRIBUTION: ("distribution list", "distribution", "circulation", "circulation list"),
    DATE: ("date", "date issued", "date of issue", "issue date", "issued", "issued on"),
    DETAILS: ("details", "section", "detail", "note details", "briefing details"),
}  # fmt: skip

_LONGEST_LABEL = 60
_LONGEST_HEADER_LINE = 1500
# What a dash parts from its value as a colon does: `Report by - Una`, as two words.
_DASHED = re.compile(rf"(\w+ \w+)\s+{DASH}(?:\s+|$)")
_INDEX_CELL = re.compile(r"\(?\w{1,3}[.)]?")
# A label that we don't know ends the value before it: `Wards affected:`, `Contact: …`.
_ANY_LABEL = re.compile(r"[A-Z][\w/&’'-]*(?: [\w/&’'-]+){0,3}\s*:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a block; `block` is its place, `beside` the rest of a table's row."""

    text: str
    block: int
    kind: BlockKind
    numbered: bool = False
    beside: str | None = None

    @property
    def whole(self) -> str:
        """All that stands on the line, the rest of a table's row included."""
        return self.text if self.beside is None else f"{self.text} {self.beside}".strip()

    @property
    def has_any_label(self) -> bool:
        """Whether the line begins as a label would, known or not."""
        return not self.numbered and bool(_ANY_LABEL.match(self.text))


def lines_of(blocks: Blocks) -> tuple[Line, ...]:
    """The printed lines of `blocks`, a table's row as its first cell and the rest beside it."""
    return tuple(line for place, block in enumerate(blocks) for line in _lines(place, block))


def _lines(place: int, block: Block) -> Iterator[Line]:
    for row in block.rows:
        yield _row_line(row, place)
    if not block.rows:
        for text in block.text.split("\n"):
            yield Line(text, place, block.kind, numbered=block.number is not None)


def _row_line(cells: Sequence[str], place: int) -> Line:
    filled = [cell for cell in cells if cell.strip(" :")]
    beside = "\n".join(filled[1:])
    return Line(filled[0] if filled else "", place, BlockKind.TABLE, beside=beside)


class LabelSet:
    """The labels of a series of notes: built in, those of the series' name, and the keepers'."""

    def __init__(self, series: Series, added: Mapping[str, tuple[str, ...]]) -> None:
        forms = {key: [*forms] for key, forms in LABELS.items()}
        for name in (series.prefix, *series.names):
            forms[NUMBER] += [f"{name} {word}" for word in ("number", "no", "no.", "ref", "#")]
            forms[NUMBER] += [f"{name}#"]
            forms[DETAILS] += [f"{name} details"]
        for key, labels in added.items():
            forms.setdefault(key, []).extend(labels)
        self._keys = {_folded(form): key for key, words in forms.items() for form in words}
        self._inside = _inside_a_line(self._keys)

    def of(self, line: Line) -> tuple[str, str] | None:
        """The key of the label that heads `line` and the value on the same line, or None."""
        if line.beside is not None:
            key = self._keys.get(_folded(line.text))
            return (key, self._without_repeats(line.beside, key)) if key else None
        key, value, is_marked = self._head(line.text)
        if key is None or (not is_marked and line.numbered):
            return None
        return key, self._without_repeats(value, key)

    def parted(self, blocks: Blocks) -> Blocks:
        """`blocks`, those whose lines hold a label or statement as one block a line.

        Where header and body are one paragraph with line breaks, its lines are what parts them.
        """
        return tuple(part for block in blocks for part in self._lines_apart(block))

    def _lines_apart(self, block: Block) -> tuple[Block, ...]:
        texts = block.text.split("\n")
        if len(texts) == 1 or block.kind is BlockKind.VALUE or not self._hold_header(texts):
            return (block,)
        first, *rest = (
            replace(
                block, text=text, links=tuple(link for link in block.links if link.text in text)
            )
            for text in texts
        )
        return (first, *(replace(part, number=None) for part in rest))

    def _hold_header(self, texts: list[str]) -> bool:
        return any(self._head(text)[0] or is_publication_sentence(text) for text in texts)

    def lines(self, blocks: Blocks) -> tuple[Line, ...]:
        """The printed lines of `blocks`, each label on one of its own where several share one."""
        return tuple(
            line for place, block in enumerate(blocks) for line in self._split(place, block)
        )

    def _head(self, text: str) -> tuple[str | None, str, bool]:
        """The key of the label that heads `text`, what follows, and whether a mark ends it."""
        head, colon, rest = text.partition(":")
        if not colon and (match := _DASHED.match(text)):
            head, colon, rest = match[1], "-", text[match.end() :]
        if len(head) > _LONGEST_LABEL:
            return None, "", False
        return self._keys.get(_folded(head)), rest.lstrip(" :*").rstrip(" :"), bool(colon)

    def _without_repeats(self, value: str, key: str) -> str:
        """`value` without the same label again at its head: `Publication: Publication: …`."""
        value = value.lstrip(" :")
        while True:
            again, rest, is_marked = self._head(value)
            if again != key or not is_marked or not rest:
                return value
            value = rest

    def _split(self, place: int, block: Block) -> Iterator[Line]:
        if block.rows:
            yield from self._table_lines(place, block)
            return
        for line in _lines(place, block):
            is_text = line.numbered or len(line.text) > _LONGEST_HEADER_LINE
            for part in [line.text] if is_text else self._parts(line):
                yield Line(part.strip(), place, line.kind, numbered=line.numbered)

    def _parts(self, line: Line) -> list[str]:
        """A line in parts, each label but the first at the head of one."""
        text = line.text
        begun = text.find(":") if self._head(text)[0] else 0
        cuts = [found.start(1) for found in self._inside.finditer(text, begun)]
        return [text[start:end] for start, end in pairwise([0, *cuts, len(text)])]

    def _table_lines(self, place: int, block: Block) -> Iterator[Line]:
        rows = self._with_labels_whole(block.rows)
        while rows:
            row, *rows = rows
            cells = [cell for cell in row if cell.strip(" :")]
            if len(cells) > 1 and all(map(self._is_label, cells)) and self._are_values(rows[:1]):
                below = rows.pop(0)
                pairs = [pair for pair in zip(row, below, strict=False) if pair[0].strip(" :")]
            elif cells and all(map(self._has_its_label, cells)):
                pairs = [(label, value) for label, _, value in (c.partition("\n") for c in cells)]
            else:
                yield from self._row_lines(place, cells)
                continue
            for label, value in pairs:
                yield Line(label, place, BlockKind.TABLE, beside=value)

    def _row_lines(self, place: int, cells: list[str]) -> Iterator[Line]:
        while len(cells) > 1 and _INDEX_CELL.fullmatch(cells[0]) and self._is_label(cells[1]):
            cells = cells[1:]
        while len(cells) > 2 and self._is_label(cells[0]):
            following = next((n for n in (1, 2) if self._is_label(cells[n])), None)
            if following is None:
                break
            yield _row_line(cells[:following], place)
            cells = cells[following:]
        yield _row_line(cells, place)

    def _are_values(self, rows: Sequence[tuple[str, ...]]) -> bool:
        """Whether a row follows that holds the values of the labels above it."""
        return any(cell.strip() and not self._is_label(cell) for row in rows for cell in row[:1])

    def _with_labels_whole(self, rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Rows of two cells, those brought together whose first cells are a label together."""
        whole: list[tuple[str, ...]] = []
        for row in rows:
            above = whole[-1] if whole else ()
            if len(row) == len(above) == 2 and row[0] and not self._is_label(above[0]):
                joined = tuple(
                    f"{one} {other}".strip() for one, other in zip(above, row, strict=True)
                )
                if self._is_label(joined[0]) and not self._is_label(row[0]):
                    whole[-1] = joined
                    continue
            whole.append(row)
        return whole

    def _has_its_label(self, cell: str) -> bool:
        """Whether a cell holds a label and its value below it."""
        return self._is_label(cell.partition("\n")[0])

    def _is_label(self, text: str) -> bool:
        return _folded(text) in self._keys


def _folded(label: str) -> str:
    return " ".join(label.casefold().strip(" :.*•").split())


def _inside_a_line(keys: Mapping[str, str]) -> re.Pattern[str]:
    """A label within a line, with a capital and a colon; markers of the body are none."""
    forms = sorted(
        (form for form, key in keys.items() if key != DETAILS and (" " in form or len(form) > 6)),
        key=len,
        reverse=True,
    )
    words = "|".join(re.escape(form).replace(r"\ ", r"\s+") for form in forms)
    return re.compile(rf"\s(?=[A-Z])((?i:{words})\s*:)(?=\s)")
