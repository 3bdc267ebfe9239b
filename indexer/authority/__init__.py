"""Loads the lists that the archive's keepers edit, over those that are built in."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import TypeVar

from indexer.authority.records import (
    PLAIN,
    STRONG,
    WEAK,
    acronyms_of,
    names_of,
    officers_of,
    subjects_of,
)
from indexer.domain.authority import Authority, NameWords
from indexer.domain.errors import ConfigError
from indexer.toml import Table, read_table

__all__ = ["PLAIN", "STRONG", "WEAK", "load"]

T = TypeVar("T")


def load(folder: Path | None = None) -> Authority:
    """The built-in lists, with those of `folder` over them where it holds any.

    `folder` may hold subjects.toml, officers.toml, names.toml and acronyms.toml. Raises ConfigError
    with every mistake in any of them, each with its file, line and remedy.
    """
    mistakes: list[str] = []
    added = _keepers(folder, "subjects.toml", subjects_of, mistakes) or ()
    officers = _keepers(folder, "officers.toml", officers_of, mistakes) or ()
    words = _keepers(folder, "names.toml", names_of, mistakes) or NameWords()
    acronyms = _keepers(folder, "acronyms.toml", acronyms_of, mistakes) or ()
    if mistakes:
        raise ConfigError(tuple(mistakes))
    built_in = _built_in("names.toml", names_of)
    subjects = (*_built_in("subjects.toml", subjects_of), *added)
    return Authority(
        subjects=tuple({subject.slug: subject for subject in subjects}.values()),
        officers=officers,
        names=NameWords(
            given=built_in.given | words.given,
            titles=built_in.titles | words.titles,
            posts=built_in.posts | words.posts,
        ),
        acronyms=acronyms,
        usual_acronyms=_built_in("acronyms.toml", acronyms_of),
    )


def _built_in(name: str, read: Callable[[Table], T]) -> T:
    with as_file(files("indexer.authority").joinpath(name)) as path:
        return read(read_table(path))


def _keepers(
    folder: Path | None, name: str, read: Callable[[Table], T], mistakes: list[str]
) -> T | None:
    """What the keepers' list of that name holds, None where there is none; mistakes are added."""
    path = folder / name if folder else None
    if path is None or not os.path.lexists(path):
        return None
    try:
        table = read_table(path)
    except FileNotFoundError:
        mistakes.append(f"{path}: this link leads nowhere. Put the file there, or take it away.")
        return None
    except ConfigError as error:
        mistakes += error.mistakes
        return None
    found = read(table)
    mistakes += table.mistakes.sentences
    return found
