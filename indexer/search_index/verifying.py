"""What must hold of a generation before anyone may see it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from indexer.domain.errors import GenerationError
from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index.archive import Archive
from indexer.search_index.edition import Edition
from indexer.search_index.generation import checksums, manifest_of
from indexer.search_index.limits import CANARIES


def check_editions(editions: Mapping[Clearance, Edition]) -> None:
    """Refuse editions that must not be published; raises GenerationError."""
    if set(editions) != set(Clearance):
        raise GenerationError("a generation has a public and a members edition, and no other")
    for clearance, edition in editions.items():
        references = [note.reference for note in edition.notes]
        if len(set(references)) != len(references):
            twice = next(r for r in references if references.count(r) > 1)
            raise GenerationError(f"note {twice} stands twice in the {clearance} edition")
        if edition.contents.notes != len(references):
            raise GenerationError(
                f"the {clearance} edition holds {len(references)} notes, but its contents say"
                f" {edition.contents.notes}"
            )
    for note in editions[Clearance.PUBLIC].notes:
        if not note.open_to_public:
            raise GenerationError(
                f"note {note.reference} is not open to the public, but stands in the public edition"
            )


def verify(
    generation: Path, editions: Mapping[Clearance, Edition], before: Path | None = None
) -> None:
    """Open a generation as readers will and try it; raises GenerationError when it fails.

    `before` is the generation that it shares files with.
    """
    if manifest_of(generation).checksums != checksums(generation, before):
        raise GenerationError(f"the files of {generation} changed while they were written")
    for clearance, edition in editions.items():
        with Archive(generation, clearance, budget=None) as archive:
            if archive.contents != edition.contents:
                raise GenerationError(f"the {clearance} edition's contents read back differently")
            if set(archive.references) != {note.reference for note in edition.notes}:
                raise GenerationError(f"the {clearance} edition lost notes while it was written")
            for note in _canaries(edition.notes):
                _try(archive, note, clearance)


def _canaries(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """A few notes from one end of the edition to the other."""
    step = max(1, len(notes) // CANARIES)
    return notes[::step][:CANARIES]


def _try(archive: Archive, note: Note, clearance: Clearance) -> None:
    """Find one note by its number and by its title's words, and read it back."""
    by_number = archive.search(SearchRequest(query=note.reference.slug, page_size=1))
    failure = None
    if by_number.opens != note.reference.slug or not by_number.hits:
        failure = "is not found by its number"
    elif not archive.finds_by_title(note):
        failure = "is not found by a word of its title"
    elif archive.note(note.reference) != note:
        failure = "reads back differently"
    if failure:
        raise GenerationError(f"note {note.reference} of the {clearance} edition {failure}")
