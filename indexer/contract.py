"""The JSON records that `extract` prints: a contract with other programs, so keys are only added.

docs/ describes each key. Absent is null; lists are empty; nothing is an object of nulls.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from indexer.domain.blocks import Block, BlockKind
from indexer.domain.note import Citations, Note, Officer
from indexer.domain.report import Rejection

# Raised when a key changes its meaning or goes; a new key leaves it as it is.
VERSION = 1

Record: TypeAlias = dict[str, Any]


def record_of(outcome: Note | Rejection, locator: str | None = None, entry: str = "") -> Record:
    """The record of the document at `locator`, or of `entry` inside it; else of the first source.

    A note may have other documents too.
    """
    if isinstance(outcome, Rejection):
        return _empty() | {
            "locator": locator or outcome.locator or None,
            "rejected": outcome.reason,
            "entry": entry or None,
        }
    note = outcome
    return _empty() | {
        "locator": locator or note.sources[0].locator,
        "reference": str(note.reference),
        "slug": note.reference.slug,
        "year": note.reference.year,
        "issue_number": note.reference.number,
        "tn_number": note.tn_number,
        "title": note.title,
        "subject": note.subject,
        "subject_headings": list(note.subject_headings),
        "report_by": _officer(note.report_by[0]) if note.report_by else None,
        "responsible_officers": [_officer(officer) for officer in note.responsible_officers],
        "publication": {
            "status": note.publication.status.value,
            "statement": note.publication.statement,
        },
        "distribution": note.distribution,
        "issued_on": note.issued_on.isoformat() if note.issued_on else None,
        "cites": _cites(note.cites),
        "blocks": [_block(block) for block in note.body],
        "problems": [
            {
                "field": problem.field.value,
                "kind": problem.kind.value,
                "message": problem.message,
            }
            for problem in note.problems
        ],
        "report_by_all": [_officer(officer) for officer in note.report_by],
        "entry": entry or None,
    }


def _empty() -> Record:
    """Every key in its order, with nothing stated for any."""
    nothing = dict.fromkeys(
        ("locator", "reference", "slug", "year", "issue_number", "tn_number", "title", "subject")
    )
    return {
        **nothing,
        "subject_headings": [],
        "report_by": None,
        "responsible_officers": [],
        "publication": None,
        "distribution": None,
        "issued_on": None,
        "cites": _cites(Citations()),
        "blocks": [],
        "problems": [],
        "rejected": None,
        "report_by_all": [],
        "version": VERSION,
        "entry": None,
    }


def _officer(officer: Officer) -> Record:
    return {"name": officer.name, "post": officer.post}


def _cites(cites: Citations) -> Record:
    return {
        "notes": [str(reference) for reference in cites.notes],
        "reports": list(cites.reports),
        "planning": list(cites.planning),
    }


def _block(block: Block) -> Record:
    """A block with the keys that apply to it and no others."""
    record: Record = {"kind": block.kind.value}
    if block.kind is BlockKind.TABLE:
        record["rows"] = [list(row) for row in block.rows]
    else:
        record["text"] = block.text
    for key, value in (
        ("level", block.level),
        ("number", block.number),
        ("anchor", block.anchor),
    ):
        if value is not None:
            record[key] = value
    if block.links:
        record["links"] = [{"text": link.text, "target": link.target} for link in block.links]
    return record
