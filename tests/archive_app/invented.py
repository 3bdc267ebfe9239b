"""A real archive of invented notes, for the tests of pages and of the browser."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

import msgspec

from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.reference import Series
from indexer.domain.report import RunReport
from indexer.domain.search import Contents, Council
from indexer.search_index import Edition, publish

BUILT_AT = datetime.datetime(2026, 11, 22, 2, 14, tzinfo=datetime.UTC)


class Invented(msgspec.Struct):
    """The file of invented notes."""

    council: Council
    officers: dict[str, str]
    subjects: dict[str, str]
    notes: list[Note]


def invented() -> Invented:
    """The notes of `edition.json`."""
    file = Path(__file__).with_name("edition.json")
    return msgspec.json.decode(file.read_bytes(), type=Invented)


def publish_invented(
    folder: Path, built_at: datetime.datetime = BUILT_AT, added: Sequence[Note] = ()
) -> None:
    """Publish one generation of the invented notes, and those `added`, in `folder`."""
    archive = invented()
    every = (*archive.notes, *added)
    public = tuple(note for note in every if note.open_to_public)
    report = RunReport(
        started=built_at,
        finished=built_at,
        generation=None,
        documents=len(every),
        notes=len(every),
        public_notes=len(public),
    )
    editions = {
        Clearance.PUBLIC: _edition(archive, public, built_at),
        Clearance.MEMBER: _edition(archive, every, built_at),
    }
    publish(folder, editions, report)


def _edition(archive: Invented, notes: tuple[Note, ...], built_at: datetime.datetime) -> Edition:
    return Edition(
        notes,
        Contents(
            council=archive.council,
            series=Series(),
            built_at=built_at,
            notes=len(notes),
            years=tuple(sorted({note.reference.year for note in notes})),
            officers=archive.officers,
            subjects=archive.subjects,
        ),
    )
