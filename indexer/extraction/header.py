"""The header of a note: labels, the values beside or below them, and where the body begins.

Works on lines alone, so that any markup of a layout reads the same. Lines are sometimes lost on the
way to us (a label, a number, the first half of the header): what is there is extracted, what it
must be follows from its form and its place, and nothing else is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.domain.blocks import BlockKind, Blocks
from indexer.extraction.labels import (
    DETAILS,
    DISTRIBUTION,
    ORDER,
    PUBLICATION,
    REPORT_BY,
    RESPONSIBLE,
    LabelSet,
    Line,
)
from indexer.extraction.lost_labels import Known, Values, move_misplaced, read_above
from indexer.extraction.publication import (
    continues_statement,
    is_publication_sentence,
    opens_another,
    speaks_of_publication,
)

# A header's fields follow each other closely; a label further on belongs to the text.
_MOST_LINES_OF_A_VALUE = 8
# What follows a distribution list is the site's, unless it is as long as a text.
_SHORTER_THAN_TEXT = 120  # words
_STATEMENT_ON_THE_LINE = re.compile(r"(?<![\s,;.])[\s,;.]++(?=This (?:\w+ )?(?:Note|Briefing)\b)")


@dataclass(slots=True)
class Header:
    """The raw values that the header states, by label key, and where the body's blocks begin."""

    values: Values = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    body_from: int = 0
    not_body: set[int] = field(default_factory=set)
    further_statements: list[str] = field(default_factory=list)

    def text(self, key: str, joined_by: str = " ") -> str | None:
        """The value for `key` as one string, or None where nothing is stated."""
        parts = [part for part in self.values.get(key, ()) if part]
        return joined_by.join(parts) or None

    @property
    def statements(self) -> tuple[str, ...]:
        """Every statement about publication, each under a label of its own."""
        first = self.text(PUBLICATION)
        return (*([first] if first else []), *self.further_statements)

    def add(self, key: str, *values: str) -> None:
        """Add lines of the value for `key`."""
        self.values.setdefault(key, []).extend(values)


def read_header(blocks: Blocks, labels: LabelSet, known: Known) -> Header:
    """The header of a note of these blocks, what is lost of it told by what is `known`."""
    lines = labels.lines(blocks)
    header = Header()
    first = _first_label(lines, labels)
    if first is None:
        _read_unlabelled(lines, header, known)
        _read_tail(lines, header, labels)
        return header
    last = _read_labelled(lines, first, header, labels)
    named = next((key for key in header.labels if key in ORDER), None)
    read_above(lines[:first], named, header.values, known)
    move_misplaced(header.values, header.labels, known)
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
    if line.beside is not None or line.kind is BlockKind.LABEL:
        return True
    if line.kind is not BlockKind.HEADING and ":" in line.text:
        return True
    near = lines[index + 1 : index + 4]
    return labels.of(line) == (DETAILS, "") or any(labels.of(other) for other in near)


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
        header.labels.append(key)
        if key == DETAILS:
            header.body_from = _after_details(lines, index, value)
            return end
        following = _next_label(lines, index + 1, labels)
        if following and _is_at_the_end(lines, index, following, labels):
            following = None
        taken = _value_lines(lines, index, key, value, following)
        header.add(key, *taken.values)
        if taken.publication:
            header.add(PUBLICATION, *taken.publication)
        index, end = taken.next_line, taken.end_block
    return end


def _opens_header(lines: Sequence[Line], index: int, labels: LabelSet) -> bool:
    """Whether a marker such as `About this note` stands above the labels, not below them."""
    found = labels.of(lines[index + 1]) if index + 1 < len(lines) else None
    return found is not None and found[0] != DETAILS


def _after_details(lines: Sequence[Line], index: int, value: str) -> int:
    """The first block of the body after the marker at `index`."""
    line = lines[index]
    return line.block if value or line.beside else line.block + 1


def _next_label(lines: Sequence[Line], start: int, labels: LabelSet) -> int | None:
    """The next label within the reach of a header, or None."""
    for index in range(start, min(start + _MOST_LINES_OF_A_VALUE, len(lines))):
        line = lines[index]
        if labels.of(line):
            return index
        if line.numbered and len(line.text) > 40:
            return None
    return None


@dataclass(slots=True)
class _Taken:
    """The lines of one label's value, a publication statement among them, and where they end."""

    values: list[str]
    next_line: int
    end_block: int
    publication: list[str] = field(default_factory=list)

    def take(self, line: Line, *, is_statement: bool) -> None:
        (self.publication if is_statement else self.values).append(line.whole)
        self.pass_over(line)

    def pass_over(self, line: Line) -> None:
        self.next_line += 1
        self.end_block = line.block + 1


def _is_at_the_end(lines: Sequence[Line], index: int, following: int, labels: LabelSet) -> bool:
    """Whether the next label is the distribution list's, with the body of a short note between."""
    found = labels.of(lines[following])
    return found is not None and found[0] == DISTRIBUTION and following > index + 2


def _value_lines(
    lines: Sequence[Line], index: int, key: str, value: str, following: int | None
) -> _Taken:
    """The value of the label at `index`: all up to the next label, one block where none follows."""
    taken = _Taken([part for part in value.split("\n") if part], index + 1, lines[index].block + 1)
    if following is None:
        _take_last_value(lines, key, taken)
    else:
        for line in lines[index + 1 : following]:
            if taken.values and line.has_any_label:
                break
            if line.whole:
                is_statement = key != PUBLICATION and is_publication_sentence(line.whole)
                taken.take(line, is_statement=is_statement)
        taken.next_line, taken.end_block = following, lines[following].block
    if key in (REPORT_BY, RESPONSIBLE):
        _part_statement(taken)
    return taken


def _take_last_value(lines: Sequence[Line], key: str, taken: _Taken) -> None:
    """Take the value of a header's last label, which nothing but its form parts from the body."""
    if key == PUBLICATION:
        while taken.next_line < len(lines) and _is_statement(lines[taken.next_line], taken.values):
            taken.take(lines[taken.next_line], is_statement=False)
        return
    ahead = lines[taken.next_line : taken.next_line + _MOST_LINES_OF_A_VALUE]
    statement = _statement_place(ahead)
    block = taken.end_block - 1 if taken.values else None
    for place, line in enumerate(ahead):
        if statement is None and (
            block not in (None, line.block) or line.kind is BlockKind.HEADING or line.numbered
        ):
            break
        if statement is not None and place > statement and not continues_statement(line.whole):
            break
        taken.take(line, is_statement=statement is not None and place >= statement)
        block = line.block


def _statement_place(ahead: Sequence[Line]) -> int | None:
    """Which of the next lines is a publication statement without a label, before any text."""
    for place, line in enumerate(ahead):
        if is_publication_sentence(line.whole):
            return place
        if line.numbered or line.kind is BlockKind.HEADING or len(line.text) > 200:
            return None
    return None


def _is_statement(line: Line, so_far: Sequence[str]) -> bool:
    """Whether a line below the label of publication is its value, or more of it."""
    if line.numbered or line.kind in (BlockKind.ITEM, BlockKind.HEADING):
        return False
    if so_far:
        return continues_statement(line.whole)
    is_short = len(line.whole.split()) <= 8
    return (is_short or speaks_of_publication(line.whole)) and not opens_another(line.whole)


def _part_statement(taken: _Taken) -> None:
    """Part a publication statement from the officers on whose line it stands."""
    for place, text in enumerate(taken.values):
        officers, *statement = _STATEMENT_ON_THE_LINE.split(text, maxsplit=1)
        if statement:
            taken.publication[:0] = [*statement, *taken.values[place + 1 :]]
            taken.values[place:] = [officers]
            return
    if taken.publication and not taken.values:
        officers, *statement = _STATEMENT_ON_THE_LINE.split(taken.publication[0], maxsplit=1)
        if statement:
            taken.values.append(officers)
            taken.publication[:1] = statement


def _read_unlabelled(lines: Sequence[Line], header: Header, known: Known) -> None:
    """A note with no label left: its publication sentence, and what stands above that."""
    ahead = [line for line in lines[:_MOST_LINES_OF_A_VALUE] if line.text]
    place = _statement_place([line for line in ahead if line.kind is not BlockKind.HEADING])
    if place is None:
        return
    statement = [line for line in ahead if line.kind is not BlockKind.HEADING][place]
    header.add(PUBLICATION, statement.text)
    read_above(ahead[: ahead.index(statement)], PUBLICATION, header.values, known)
    header.body_from = statement.block + 1


def _read_tail(lines: Sequence[Line], header: Header, labels: LabelSet) -> None:
    """What the note states after its body: a distribution list, a publication statement."""
    tail = [line for line in lines if line.block >= header.body_from]
    for place, line in enumerate(tail):
        found = labels.of(line)
        if not found or found[0] not in (DISTRIBUTION, PUBLICATION):
            continue
        key, value = found
        if line.numbered or not (value or ":" in line.text or line.kind is BlockKind.HEADING):
            continue
        values = [value] if value else _tail_values(tail[place + 1 :], key, labels, header)
        if not values:
            continue
        if key not in header.labels:
            header.labels.append(key)
            header.values[key] = values
            header.not_body.add(line.block)
        elif key == PUBLICATION:
            header.further_statements.append(" ".join(values))
        if key == DISTRIBUTION:
            _leave_out_the_rest(tail[place + 1 :], header)


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


def _leave_out_the_rest(after: Sequence[Line], header: Header) -> None:
    """A distribution list ends a note: a few words after it are the site's."""
    rest: set[int] = set()
    words = 0
    for line in after:
        if line.block in header.not_body:
            continue
        words += len(line.whole.split())
        if words >= _SHORTER_THAN_TEXT or line.numbered:
            return
        rest.add(line.block)
    header.not_body |= rest
