"""One clearance's index, written with Whoosh."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from whoosh import columns, fields
from whoosh.analysis import Token
from whoosh.index import create_in

from indexer.domain.blocks import text_of
from indexer.domain.errors import GenerationError
from indexer.domain.note import Note
from indexer.domain.search import Contents, NoteSummary
from indexer.search_index.analysis import words_of
from indexer.search_index.limits import WRITER_MEMORY
from indexer.search_index.reports import report_key


@dataclass(frozen=True, slots=True)
class Edition:
    """What one clearance's index is built from."""

    notes: tuple[Note, ...]
    contents: Contents


def analyse(
    value: str, positions: bool = False, start_pos: int = 0, mode: str = "", **wanted: Any
) -> Iterator[Token]:
    """Our analysis as Whoosh calls it; a plain function, for it is pickled into the index by name.

    Whoosh reads each token before it asks for the next, which is the same one changed.
    """
    token = Token(positions, mode=mode, **wanted)
    for position, word in enumerate(words_of(value), start_pos):
        token.text = word.term
        token.pos = position
        yield token


def write_index(
    folder: Path, notes: tuple[Note, ...], progress: Callable[[Note], None] | None = None
) -> None:
    """Write the index of `notes` into `folder`, in the order of their references.

    The newest note has the last document number, which is what sorting and ties rely on.
    `progress` is told of each note. Raises GenerationError naming a note that cannot be indexed.
    """
    index = create_in(str(folder), _schema())
    writer = index.writer(limitmb=WRITER_MEMORY)
    try:
        for note in sorted(notes, key=lambda note: note.reference):
            _add(writer, note)
            if progress is not None:
                progress(note)
    except BaseException:
        writer.cancel()
        raise
    else:
        writer.commit(optimize=True)
        # Whoosh leaves its lock file; nobody will ever write here again.
        (folder / f"{index.indexname}_WRITELOCK").unlink(missing_ok=True)
    finally:
        index.close()


def _add(writer: Any, note: Note) -> None:
    try:
        writer.add_document(**_document(note))
    except Exception as error:
        raise GenerationError(f"note {note.reference} cannot be indexed: {error}") from error


def _schema() -> fields.Schema:
    def words() -> fields.TEXT:
        return fields.TEXT(analyzer=analyse, phrase=True)

    return fields.Schema(
        title=words(),
        subject=words(),
        body=words(),
        officers=words(),
        cites=fields.KEYWORD(),
        reports=fields.KEYWORD(),
        summary=fields.COLUMN(columns.VarBytesColumn()),
        note=fields.COLUMN(columns.CompressedBytesColumn()),
    )


def _document(note: Note) -> dict[str, Any]:
    keys = dict.fromkeys(report_key(report) for report in note.cites.reports)
    return {
        "title": note.title or "",
        "subject": note.subject or "",
        "body": text_of(note.body),
        "officers": "\n".join(f"{o.name} {o.post or ''}" for o in note.officers),
        "cites": [reference.slug for reference in note.cites.notes],
        "reports": [key for key in keys if key],
        "summary": msgspec.json.encode(NoteSummary.of(note)),
        "note": msgspec.json.encode(note),
    }
