"""The header of a note: labels, the values beside or below them, and where the body begins.

Works on lines alone, so that any markup of a layout reads the same. Lines are sometimes lost on the
way to us (a label, a number, the first half of the header): what is there is extracted, what it
must be follows from its form and its place, and nothing else is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.domain.authority import NameWords
from indexer.domain.blocks import Block, BlockKind, Blocks
from indexer.domain.reference import NoteReference, Series
from indexer.extraction.officers import looks_like_officers
from indexer.extraction.publication import is_publication_sentence
from indexer.extraction.title import slug_words, title_line

NUMBER, SUBJECT, REPORT_BY = "number", "subject", "report_by"
RESPONSIBLE, PUBLICATION = "responsible_officers", "publication"
DISTRIBUTION, DATE, DETAILS = "distribution", "date", "details"

# The order in which headers print their fields; a lost label is the one before the next.
ORDER = (REPORT_BY, NUMBER, SUBJECT, RESPONSIBLE, PUBLICATION)

LABELS: Mapping[str, tuple[str, ...]] = {
    NUMBER: ("reference number", "note number", "note no", "number"),
    SUBJECT: ("subject", "subject matter"),
    REPORT_BY: ("report by", "report from", "reported by", "author", "prepared by", "written by"),
    RESPONSIBLE: ("responsible officer", "responsible officers", "responsible officer(s)",
                  "lead officer", "lead officers"),
    PUBLICATION: ("publication", "publication status", "publication statement", "disclosure",
                  "disclosure status", "publication and disclosure"),
    DISTRIBUTION: ("distribution list", "distribution", "circulation", "circulation list"),
    DATE: ("date", "date issued", "date of issue", "issue date", "issued", "issued on"),
    DETAILS: ("details", "section", "detail", "note details", "briefing details"),
}  # fmt: skip

# A header's fields follow each other closely; a label further on belongs to the text.
_MOST_LINES_OF_A_VALUE = 8
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a block; `block` is its place, `cells` the rest of a table's row."""

    text: str
    block: int
    kind: BlockKind
    numbered: bool = False
    beside: str | None = None


@dataclass(slots=True)
class Header:
    """The raw values that the header states, by label key, and where the body's blocks begin."""

    values: dict[str, list[str]] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    body_from: int = 0
    not_body: set[int] = field(default_factory=set)

    def text(self, key: str, joined_by: str = " ") -> str | None:
        """The value for `key` as one string, or None where nothing is stated."""
        parts = [part for part in self.values.get(key, ()) if part]
        return joined_by.join(parts) or None

    def add(self, key: str, value: str) -> None:
        """Add a line of the value for `key`."""
        self.values.setdefault(key, []).append(value)


class LabelSet:
    """The labels of a series of notes: built in, those of the series' name, and the keepers'."""

    def __init__(self, series: Series, added: Mapping[str, tuple[str, ...]]) -> None:
        forms = {key: [*forms] for key, forms in LABELS.items()}
        for name in (series.prefix, *series.names):
            forms[NUMBER] += [f"{name} number", f"{name} no", f"{name} no.", f"{name} ref"]
            forms[DETAILS] += [f"{name} details"]
        for key, labels in added.items():
            forms.setdefault(key, []).extend(labels)
        self._keys = {_folded(form): key for key, words in forms.items() for form in words}

    def of(self, line: Line) -> tuple[str, str] | None:
        """The key of the label that heads `line` and the value on the same line, or None."""
        if line.beside is not None:
            key = self._keys.get(_folded(line.text))
            return (key, line.beside) if key else None
        head, colon, rest = line.text.partition(":")
        if len(head) > _LONGEST_LABEL:
            return None
        key = self._keys.get(_folded(head))
        if key is None or (not colon and line.numbered):
            return None
        return key, rest.strip()


def _folded(label: str) -> str:
    return " ".join(label.casefold().strip(" :.*•").split())


def lines_of(blocks: Blocks) -> tuple[Line, ...]:
    """The printed lines of `blocks`, a table's row as its first cell and the rest beside it."""
    return tuple(line for place, block in enumerate(blocks) for line in _lines(place, block))


def _lines(place: int, block: Block) -> Iterator[Line]:
    for row in block.rows:
        beside = "\n".join(cell for cell in row[1:] if cell)
        yield Line(row[0], place, block.kind, beside=beside)
    if not block.rows:
        for text in block.text.split("\n"):
            yield Line(text, place, block.kind, numbered=block.number is not None)


def read_header(
    blocks: Blocks, series: Series, labels: LabelSet, names: NameWords, title: str
) -> Header:
    """The header of a note of these blocks; `title` is what else is known of its title."""
    lines = lines_of(blocks)
    header = Header()
    first = _first_label(lines, labels)
    if first is None:
        _read_unlabelled(lines, header, series)
        return header
    last = _read_labelled(lines, first, header, labels)
    _read_lost_labels(lines[:first], header, _Known(series, names, title))
    _mend_number(header)
    if header.body_from == 0:
        header.body_from = last
    _read_tail(lines, header, labels)
    return header


def _first_label(lines: Sequence[Line], labels: LabelSet) -> int | None:
    """The line of the first label that a header holds: none in the midst of numbered paragraphs."""
    for index, line in enumerate(lines):
        found = labels.of(line)
        if found and found[0] != DISTRIBUTION and _is_header_label(lines, index, labels):
            return index
        if line.numbered and len(line.text) > 60:
            return None
    return None


def _is_header_label(lines: Sequence[Line], index: int, labels: LabelSet) -> bool:
    """Whether a label has a colon, a value beside it, or company: a bare word may be a menu's."""
    line = lines[index]
    if ":" in line.text or line.beside is not None or line.kind is BlockKind.LABEL:
        return True
    if line.kind is BlockKind.HEADING:
        return labels.of(line) == (DETAILS, "")
    near = lines[index + 1 : index + 4]
    return any(labels.of(other) for other in near) or labels.of(line) == (DETAILS, "")


def _read_labelled(lines: Sequence[Line], first: int, header: Header, labels: LabelSet) -> int:
    """Read labels and values from the line `first`; returns the block after the header's last."""
    index, end = first, lines[first].block
    while index < len(lines):
        found = labels.of(lines[index])
        if not found:
            break
        key, value = found
        if key == DETAILS and not header.labels and _opens_header(lines, index, labels):
            index += 1
            continue
        if key == DETAILS:
            header.labels.append(key)
            header.body_from = _after_details(lines, index, value)
            return end
        header.labels.append(key)
        following = _next_label(lines, index + 1, labels)
        taken = _value_lines(lines, index, key, value, following)
        for text in taken.values:
            header.add(key, text)
        header.values.setdefault(key, [])
        for text in taken.publication:
            header.add(PUBLICATION, text)
        end = taken.end_block
        index = taken.next_line
    return end


def _opens_header(lines: Sequence[Line], index: int, labels: LabelSet) -> bool:
    """Whether a marker such as `About this note` stands above the labels, not below them."""
    found = labels.of(lines[index + 1]) if index + 1 < len(lines) else None
    return found is not None and found[0] != DETAILS


def _after_details(lines: Sequence[Line], index: int, value: str) -> int:
    """The first block of the body after the marker at `index`."""
    line = lines[index]
    return line.block if value or line.beside else line.block + 1


@dataclass(frozen=True, slots=True)
class _Taken:
    values: tuple[str, ...]
    publication: tuple[str, ...]
    next_line: int
    end_block: int


def _next_label(lines: Sequence[Line], start: int, labels: LabelSet) -> int | None:
    """The next label within the reach of a header, or None."""
    for index in range(start, min(start + _MOST_LINES_OF_A_VALUE, len(lines))):
        line = lines[index]
        if labels.of(line):
            return index
        if line.numbered and len(line.text) > 40:
            return None
    return None


def _value_lines(
    lines: Sequence[Line], index: int, key: str, value: str, following: int | None
) -> _Taken:
    """The value of the label at `index`: all up to the next label, one block where none follows."""
    values = [part for part in value.split("\n") if part]
    publication: list[str] = []
    place, block = index + 1, lines[index].block
    own_block: int | None = block if values else None
    stop = len(lines) if following is None else following
    while place < stop:
        line = lines[place]
        text = line.text if line.beside is None else f"{line.text} {line.beside}".strip()
        if key != PUBLICATION and is_publication_sentence(text):
            publication.append(text)
        elif following is None and (
            own_block not in (None, line.block) or publication or line.kind is BlockKind.HEADING
        ):
            break
        elif text:
            values.append(text)
            own_block = line.block
        block = line.block
        place += 1
    return _Taken(tuple(values), tuple(publication), place, block + 1)


@dataclass(frozen=True, slots=True)
class _Known:
    """What tells one unlabelled field from another."""

    series: Series
    names: NameWords
    title: str


def _read_lost_labels(before: Sequence[Line], header: Header, known: _Known) -> None:
    """Lines just above the first label whose own labels were lost, told by form and place."""
    first = next((key for key in header.labels if key in ORDER), None)
    missing = list(ORDER[: ORDER.index(first)]) if first else list(ORDER)
    for line in reversed(before[-4:]):
        if not line.text or title_line(line.text, known.series) or line.kind is BlockKind.HEADING:
            break
        key = _lost_key(line.text, missing, known)
        if key is None:
            break
        header.values.setdefault(key, []).insert(0, line.text)
        missing = missing[: missing.index(key)]


def _lost_key(text: str, missing: list[str], known: _Known) -> str | None:
    """Which of the `missing` fields a line without a label states, or None for none of them."""
    if is_publication_sentence(text):
        return PUBLICATION if PUBLICATION in missing else None
    if looks_like_officers(text, known.names):
        return next((key for key in (RESPONSIBLE, REPORT_BY) if key in missing), None)
    if NUMBER in missing and is_number(text, known.series):
        return NUMBER
    return SUBJECT if SUBJECT in missing and _is_like(text, known.title) else None


def _is_like(text: str, title: str) -> bool:
    """Whether a line says much the same as the note's title."""
    words, known = set(slug_words(text)), set(slug_words(title))
    return bool(words) and len(words & known) >= 0.5 * min(len(words), len(known) or 1)


def is_number(text: str, series: Series) -> bool:
    """Whether `text` is a printed note number, or a bare one."""
    if re.fullmatch(r"\d{1,5}", text.strip()):
        return True
    try:
        NoteReference.parse(text, series)
    except ValueError:
        return False
    return True


def _mend_number(header: Header) -> None:
    """A value under the number's label that is no number is the subject, whose label was lost."""
    values = header.values.get(NUMBER, [])
    numbers = [value for value in values if any(char.isdigit() for char in value[:12])]
    numbers = [value for value in numbers if len(value) <= 20 and len(value.split()) <= 5]
    words = [value for value in values if value not in numbers]
    if words and SUBJECT not in header.labels:
        header.values.setdefault(SUBJECT, []).extend(words)
        header.values[NUMBER] = numbers


def _read_unlabelled(lines: Sequence[Line], header: Header, series: Series) -> None:
    """A note with no label left: its publication sentence, where one stands before the body."""
    for line in lines[:4]:
        if is_publication_sentence(line.text):
            header.add(PUBLICATION, line.text)
            header.body_from = line.block + 1
        elif not title_line(line.text, series):
            return


def _read_tail(lines: Sequence[Line], header: Header, labels: LabelSet) -> None:
    """What the note states after its body: a distribution list, a publication statement."""
    tail = [line for line in lines if line.block >= header.body_from]
    for place, line in enumerate(tail):
        found = labels.of(line)
        if not found or found[0] not in (DISTRIBUTION, PUBLICATION) or found[0] in header.labels:
            continue
        key, value = found
        if line.numbered or not (value or ":" in line.text or line.kind is BlockKind.HEADING):
            continue
        values = [value] if value else _tail_values(tail[place + 1 :], key, labels, header)
        if values:
            header.labels.append(key)
            header.values[key] = values
            header.not_body.add(line.block)


def _tail_values(after: Sequence[Line], key: str, labels: LabelSet, header: Header) -> list[str]:
    """The lines below a label at the end of a note: a list to its end, else one line."""
    values: list[str] = []
    for line in after:
        is_listed = key == DISTRIBUTION and line.kind is BlockKind.ITEM
        if line.numbered or labels.of(line) or (values and not is_listed):
            break
        values.append(line.text)
        header.not_body.add(line.block)
    return values
