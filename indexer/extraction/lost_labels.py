"""Header values whose labels were lost on the way to us, told by their form and their place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.authority import NameWords
from indexer.domain.blocks import BlockKind
from indexer.domain.reference import NoteReference, Series
from indexer.extraction.labels import (
    NUMBER,
    ORDER,
    PUBLICATION,
    REPORT_BY,
    RESPONSIBLE,
    SUBJECT,
    Line,
)
from indexer.extraction.officers import looks_like_officers
from indexer.extraction.publication import is_publication_sentence
from indexer.extraction.title import slug_words, title_line

Values = dict[str, list[str]]

# How far above the first label a line may still belong to the header.
_REACH = 4


@dataclass(frozen=True, slots=True)
class Known:
    """What tells one field from another without its label; `title` is all known of the title."""

    series: Series
    names: NameWords
    title: str


def read_above(before: Sequence[Line], first: str | None, values: Values, known: Known) -> None:
    """Add to `values` what the lines just above the label `first` state, in a header's order."""
    missing = list(ORDER[: ORDER.index(first)]) if first in ORDER else list(ORDER)
    for line in reversed(before[-_REACH:]):
        if not line.text or title_line(line.text, known.series) or line.kind is BlockKind.HEADING:
            break
        key = _key_of(line.text, missing, known)
        if key is None:
            break
        values.setdefault(key, []).insert(0, line.text)
        missing = missing[: missing.index(key)]


def move_misplaced(values: Values, labelled: Sequence[str], known: Known) -> None:
    """Give each line that stands under another field's label, its own being lost, to its field."""
    for text in list(values.get(NUMBER, ())):
        if not is_like_number(text, known.series):
            key = RESPONSIBLE if looks_like_officers(text, known.names) else SUBJECT
            _move(text, NUMBER, key, values, labelled)
    for text in values.get(SUBJECT, [])[1:]:
        if looks_like_officers(text, known.names):
            _move(text, SUBJECT, RESPONSIBLE, values, labelled)
    for text in values.get(REPORT_BY, [])[1:]:
        if is_number(text, known.series):
            _move(text, REPORT_BY, NUMBER, values, labelled)
        elif _is_like(text, known.title) and not looks_like_officers(text, known.names):
            _move(text, REPORT_BY, SUBJECT, values, labelled)


def _move(text: str, key: str, to: str, values: Values, labelled: Sequence[str]) -> None:
    if to not in labelled:
        values[key].remove(text)
        values.setdefault(to, []).append(text)


def _key_of(text: str, missing: list[str], known: Known) -> str | None:
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
    """Whether `text` is a printed note number, or a bare one (`64`, `TN 64`)."""
    if re.fullmatch(rf"(?:{re.escape(series.prefix)}\W*)?\d{{1,5}}", text.strip(), re.IGNORECASE):
        return True
    try:
        NoteReference.parse(text, series)
    except ValueError:
        return False
    return True


def is_like_number(text: str, series: Series) -> bool:
    """Whether `text` is a note number, or was meant for one: digits with hardly a word."""
    if is_number(text, series):
        return True
    bare = re.sub(rf"(?i)\b(?:{re.escape(series.prefix)}|no|number|issue)\b|\W", "", text)
    digits = re.sub(r"\D", "", bare)
    has_words = bool(re.search(r"[^\W\d_]{2,}", bare))
    return 0 < len(digits) <= 7 and not has_words and len(text.split()) <= 4
