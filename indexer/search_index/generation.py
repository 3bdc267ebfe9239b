"""A generation's place on disk, and what it says of itself."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import msgspec

from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.report import RunReport
from indexer.domain.search import Contents, Manifest

FORMAT_VERSION = 2
CURRENT = "current"
MANIFEST = "manifest.json"
REPORT = "report.json"
CONTENTS = "contents.json"
INDEX = "index"

_NAME = re.compile(r"([0-9]{8}T[0-9]{6}Z)(?:-([0-9]{2,9}))?")

Record = TypeVar("Record")


class _Format(msgspec.Struct):
    """The one key of a manifest that every format has."""

    format_version: int


def generation_name(built_at: datetime.datetime) -> str:
    """The name of the generation built at `built_at`, which has a time zone: 20261125T021400Z."""
    return built_at.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")


def generation_rank(name: str) -> tuple[str, int] | None:
    """What generations sort by: their second, then their number in it; None for other names."""
    parts = _NAME.fullmatch(name)
    return (parts[1], int(parts[2] or 1)) if parts else None


def next_name(built_at: datetime.datetime, taken: Iterable[str]) -> str:
    """The name of the generation built at `built_at`; it ranks after all generations in `taken`.

    Where a clock was set back, that is the second of the newest with the number after its own.
    """
    name = generation_name(built_at)
    second, number = max(filter(None, map(generation_rank, taken)), default=("", 0))
    return name if name > second else f"{second}-{number + 1:02d}"


def read_manifest(folder: Path) -> Manifest:
    """What the current generation under `folder` says of itself; raises GenerationError."""
    return manifest_of(current_generation(folder))


def read_report(folder: Path) -> RunReport:
    """The report of the run that built the current generation; raises GenerationError."""
    return _unaltered(current_generation(folder), REPORT, RunReport)


def current_generation(folder: Path) -> Path:
    """The folder of the current generation; raises GenerationError where there is none yet."""
    try:
        return (folder / CURRENT).resolve(strict=True)
    except (OSError, RuntimeError):
        raise GenerationError(f"no archive at {folder} yet: run `technotes index`") from None


def edition_folder(generation: Path, clearance: Clearance) -> Path:
    """Where one clearance's part of a generation lies."""
    return generation / clearance.value


def manifest_of(generation: Path) -> Manifest:
    """The manifest of a generation, refused by name when its format is not ours."""
    path = generation / MANIFEST
    version = read_record(path, _Format).format_version
    if version != FORMAT_VERSION:
        raise GenerationError(
            f"the archive at {generation} has format {version}, and this program knows format"
            f" {FORMAT_VERSION} only: run `technotes index` to build it anew"
        )
    return read_record(path, Manifest)


def contents_of(generation: Path, clearance: Clearance) -> Contents:
    """What one clearance's index of a generation holds besides its notes."""
    return _unaltered(generation, f"{clearance.value}/{CONTENTS}", Contents)


def _unaltered(generation: Path, name: str, of: type[Record]) -> Record:
    """The record in a file of a generation that is as its manifest says; raises GenerationError."""
    checksum = manifest_of(generation).checksums.get(name)
    path = generation / name
    record = read_record(path, of)
    if checksum != _sha256(path):
        raise GenerationError(
            f"{path} was altered: run `technotes index` to build the archive anew"
        )
    return record


def read_record(path: Path, of: type[Record]) -> Record:
    """The record stored at `path`; raises GenerationError when it is absent or damaged."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=of)
    except (OSError, ValueError) as error:
        raise GenerationError(
            f"{path} cannot be read ({error}): run `technotes index` to build the archive anew"
        ) from None


def checksums(generation: Path, before: Path | None = None) -> dict[str, str]:
    """The SHA-256 of every file of a generation but its manifest, by path within it.

    What the generation `before` shares with it has the one that the manifest there says: such files
    never change, and each is compared with its own checksums when it is opened.
    """
    shared = _checksums_of_files(before) if before is not None else {}
    return {
        path.relative_to(generation).as_posix(): shared.get(_identity(path)) or _sha256(path)
        for path in sorted(generation.rglob("*"))
        if path.is_file() and path != generation / MANIFEST
    }


def _checksums_of_files(generation: Path) -> dict[tuple[int, int], str]:
    """What the manifest of a generation says of its files; nothing where it cannot be read."""
    try:
        said = manifest_of(generation).checksums
        return {_identity(generation / name): checksum for name, checksum in said.items()}
    except (GenerationError, OSError):
        return {}


def _identity(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
