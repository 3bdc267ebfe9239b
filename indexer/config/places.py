"""Where notes and the archive may lie, so that neither is taken for a part of the other."""

from __future__ import annotations

from pathlib import Path

# The folder of the data folder that holds the archive's generations, and nothing else.
GENERATIONS = "generations"


def misplaced(source: Path, archive: Path) -> str | None:
    """What is wrong where either folder lies among the generations of the other, else None."""
    notes, kept = source.resolve(), archive.resolve()
    if notes.is_relative_to(kept / GENERATIONS):
        return f'the source folder "{source}" lies in the folder that the archive itself fills'
    if kept.is_relative_to(notes / GENERATIONS):
        return f'the archive would lie in the folder "{GENERATIONS}" of the source "{source}"'
    return None
