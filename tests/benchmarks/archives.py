"""An archive made straight from notes, without documents to read them from."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.reference import TECHNICAL_NOTES
from indexer.domain.search import Contents, Council, Manifest
from indexer.search_index.generation import (
    CONTENTS,
    FORMAT_VERSION,
    INDEX,
    MANIFEST,
    checksums,
)
from indexer.search_index.writing.index_writer import write_index

_MOMENT = datetime.datetime(2026, 11, 25, tzinfo=datetime.UTC)


def build_archive(
    folder: Path,
    notes: Iterable[Note],
    officers: Mapping[str, str] | None = None,
    subjects: Mapping[str, str] | None = None,
) -> None:
    """Write a generation with one public index into an empty folder.

    `officers` and `subjects` are the words shown for the slugs that the notes use.
    """
    public = folder / Clearance.PUBLIC
    index = public / INDEX
    index.mkdir(parents=True)
    contents = Contents(
        council=Council(),
        series=TECHNICAL_NOTES,
        built_at=_MOMENT,
        notes=0,
        officers=dict(officers or {}),
        subjects=dict(subjects or {}),
    )
    (public / CONTENTS).write_bytes(msgspec.json.encode(contents))
    manifest = Manifest(
        format_version=FORMAT_VERSION,
        generation="benchmark",
        built_at=_MOMENT,
        public_notes=0,
        member_notes=0,
        checksums=checksums(folder),
    )
    (folder / MANIFEST).write_bytes(msgspec.json.encode(manifest))
    write_index(index, notes)
