"""Publication: a generation is built beside the live one, verified, then swapped in."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from indexer.config import GENERATIONS
from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.report import RunReport
from indexer.domain.search import Manifest
from indexer.search_index.edition import Edition
from indexer.search_index.generation import (
    CONTENTS,
    CURRENT,
    FORMAT_VERSION,
    INDEX,
    MANIFEST,
    REPORT,
    checksums,
    current_generation,
    edition_folder,
    generation_rank,
    next_name,
)
from indexer.search_index.limits import GENERATIONS_KEPT
from indexer.search_index.verifying import check_editions, verify
from indexer.search_index.writing.encoding import Digests
from indexer.search_index.writing.index_writer import update_index, write_index

# What has these names is no generation, and ours to clear: one being built, those being deleted
# (with the name that each had), and a link not yet in place.
_BUILDING = ".building"
_EXPIRED = ".expired-"
_NEXT = ".current-next"


def publish(
    folder: Path,
    editions: Mapping[Clearance, Edition],
    report: RunReport,
    *,
    progress: Callable[[int], None] | None = None,
) -> Manifest:
    """Build a generation under `folder` from an edition for each clearance, and make it current.

    `progress` is told how many notes have been indexed so far, of all that the editions hold
    together. Raises GenerationError when anything is wrong; `current` is then as it was, and
    nothing half-built is left. Only one publication at a time may run on a folder: the caller
    holds the lock.
    """
    check_editions(editions)
    generations = folder / GENERATIONS
    building = generations / _BUILDING
    try:
        generations.mkdir(parents=True, exist_ok=True)
        _clear(folder)
        before = _live(folder)
        built_at = editions[Clearance.PUBLIC].contents.built_at
        finished = generations / next_name(built_at, (path.name for path in generations.iterdir()))
        manifest = _build(building, finished.name, editions, report, before, progress)
        verify(building, editions, before)
        _publish(building, finished, folder)
    except GenerationError:
        raise
    except Exception as error:
        raise GenerationError(f"nothing was published to {folder}: {error}") from error
    finally:
        shutil.rmtree(building, ignore_errors=True)
    _expire(generations, {manifest.generation, before.name if before else None})
    return manifest


def _clear(folder: Path) -> None:
    """Remove what a run that was killed left unfinished, and nothing that others put there."""
    (folder / _NEXT).unlink(missing_ok=True)
    for path in (folder / GENERATIONS).iterdir():
        expired = path.name.startswith(_EXPIRED) and generation_rank(path.name[len(_EXPIRED) :])
        if not expired and path.name != _BUILDING:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _build(
    building: Path,
    name: str,
    editions: Mapping[Clearance, Edition],
    report: RunReport,
    live: Path | None,
    progress: Callable[[int], None] | None,
) -> Manifest:
    """Write every file of the generation `name` into `building`, down to the disk.

    What it has in common with the generation in the folder `live` is shared with that one.
    """
    done = 0
    digests = Digests()

    def count(_: object) -> None:
        nonlocal done
        done += 1
        if progress is not None:
            progress(done)

    for clearance, edition in editions.items():
        index = edition_folder(building, clearance) / INDEX
        index.mkdir(parents=True)
        notes = sorted(edition.notes, key=lambda note: note.reference)
        if live is None:
            write_index(index, notes, count)
        else:
            previous = edition_folder(live, clearance) / INDEX
            update_index(index, notes, previous, count, digests)
        _write(edition_folder(building, clearance) / CONTENTS, edition.contents)
    _write(building / REPORT, replace(report, generation=name))
    manifest = Manifest(
        format_version=FORMAT_VERSION,
        generation=name,
        built_at=editions[Clearance.PUBLIC].contents.built_at,
        public_notes=len(editions[Clearance.PUBLIC].notes),
        member_notes=len(editions[Clearance.MEMBER].notes),
        checksums=checksums(building, live),
    )
    _write(building / MANIFEST, manifest)
    for path in (building, *building.rglob("*")):
        _sync(path)
    return manifest


def _publish(building: Path, finished: Path, folder: Path) -> None:
    """Give the generation its name and point `current` at it; the last step is atomic."""
    building.rename(finished)
    try:
        _sync(finished.parent)
        link = folder / _NEXT
        link.symlink_to(Path(GENERATIONS) / finished.name)
        link.replace(folder / CURRENT)
    except BaseException:
        # An interrupt may come just after the swap, and then the generation is live.
        if (folder / CURRENT).resolve() != finished.resolve():
            shutil.rmtree(finished, ignore_errors=True)
            (folder / _NEXT).unlink(missing_ok=True)
        raise
    # The swap stands. If it cannot be made to last, a power cut brings back the one before it.
    with contextlib.suppress(OSError):
        _sync(folder)


def _live(folder: Path) -> Path | None:
    """The folder of the current generation, None where there is none yet."""
    try:
        return current_generation(folder)
    except GenerationError:
        return None


def _expire(generations: Path, spared: Collection[str | None]) -> None:
    """Delete all but the newest generations, never one whose name is among `spared`.

    What has another name than a generation's was put there by somebody else, and stays. The new
    generation is live by now, so what cannot be deleted waits for the next run.
    """
    ranked = sorted(
        (rank, path)
        for path in generations.iterdir()
        if (rank := generation_rank(path.name)) and path.is_dir() and not path.is_symlink()
    )
    for _, path in ranked[:-GENERATIONS_KEPT]:
        if path.name not in spared:
            _delete(path)


def _delete(generation: Path) -> None:
    """Delete a generation; killed halfway, it is not taken for a whole one."""
    expired = generation.with_name(_EXPIRED + generation.name)
    try:
        generation.rename(expired)
    except OSError:
        return
    shutil.rmtree(expired, ignore_errors=True)


def _write(path: Path, record: object) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(record)))


def _sync(path: Path) -> None:
    """Have a file's contents, or a folder's entries, reach the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
