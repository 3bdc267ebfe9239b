"""How well records of notes are: field by field, and by the words of their bodies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from indexer.config import Config
from indexer.contract import record_of
from indexer.domain.source import SourceDocument
from tests.indexer.extracted import extract_each
from tests.indexer.words import word_f1

# How many notes may be wrong in each field.
ALLOWED = {
    "year": 1,
    "issue_number": 1,
    "tn_number": 1,
    "subject": 1,
    "report_by": 1,
    "responsible_officers": 2,
    "publication": 0,
    "reports": 0,
}
MAIN_HEADING, HEADINGS_F1 = 0.90, 0.85

Record: TypeAlias = dict[str, Any]
Mistakes: TypeAlias = dict[str, list[tuple[str, Any, Any]]]


def extracted(documents: Iterable[SourceDocument]) -> list[Record]:
    """The record of each of `documents`, in order: of an e-mail, that of the note it brings."""
    wanted = list(documents)
    records: dict[str, Record] = {}
    for locator, outcome in extract_each(wanted, Config()):
        record = record_of(outcome, locator)
        if locator not in records or records[locator]["rejected"]:
            records[locator] = record
    return [records[document.locator] for document in wanted]


def mistakes(
    records: Sequence[Record], expected: Sequence[Record], names: Sequence[str]
) -> Mistakes:
    """By field, the notes that are wrong: what the note is called, what was found, what it is."""
    return {
        field: [
            (name, _found(record, field), wanted[field])
            for name, record, wanted in zip(names, records, expected, strict=True)
            if _tidy(_found(record, field)) != _tidy(wanted[field])
        ]
        for field in ALLOWED
    }


def stated(record: Record) -> Record:
    """The scored fields of `record`, as `mistakes` expects them."""
    return {field: _found(record, field) for field in ALLOWED}


def _found(record: Record, field: str) -> Any:
    if field == "publication":
        return record["publication"] and record["publication"]["status"]
    return record["cites"]["reports"] if field == "reports" else record[field]


def _tidy(value: Any) -> Any:
    """A value with white space and dash style made the same."""
    if isinstance(value, str):
        return " ".join(re.sub("[\u2010-\u2015]", "-", value).split())
    if isinstance(value, list):
        return [_tidy(each) for each in value]
    if isinstance(value, dict):
        return {key: _tidy(value[key]) for key in ("name", "post")}
    return value


def heading_scores(records: Sequence[Record], expected: Sequence[Record]) -> tuple[float, float]:
    """The share of notes whose main heading is right, and the micro-averaged F1 of all headings."""
    main = right = found = wanted = 0
    for record, note in zip(records, expected, strict=True):
        headings = record["subject_headings"]
        main += headings[:1] == note["subject_headings"][:1]
        counted = set(headings) - set(note["accepted_headings"])
        right += len(counted & set(note["subject_headings"]))
        found += len(counted)
        wanted += len(note["subject_headings"])
    return main / len(records), 2 * right / (found + wanted)


def body_scores(records: Sequence[Record], expected: Sequence[Record]) -> list[float]:
    """The F1 of the words of each body, against those of the expected one."""
    return [
        word_f1(_words(record), _words(wanted))
        for record, wanted in zip(records, expected, strict=True)
    ]


def _words(record: Record) -> str:
    return " ".join(
        " ".join(cell for row in block["rows"] for cell in row)
        if "rows" in block
        else block["text"]
        for block in record["blocks"]
    )


def numbers(record: Record) -> list[str]:
    """The numbers of the paragraphs of a body, as printed."""
    return [block["number"] for block in record["blocks"] if "number" in block]


def account(title: str, wrong: Mistakes, allowed: dict[str, int]) -> str:
    """The mistakes as lines for a person, under `title`."""
    lines = [f"\n{title}"]
    for field, each in wrong.items():
        lines.append(f"  {field:22} {len(each)} wrong, {allowed[field]} allowed")
        lines.extend(f"    {mistake}" for mistake in each)
    return "\n".join(lines)
