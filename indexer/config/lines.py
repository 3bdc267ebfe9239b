"""On which line of a TOML file each key stands, which the standard library's parser forgets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def lines_of_keys(text: str) -> dict[KeyPath, int]:
    """The line, from 1, of every table, key and array member of `text`, which must be valid TOML.

    A member of an array or of an inline table has the line on which its key begins.
    """
    found: dict[KeyPath, int] = {(): 1}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    for line, statement in _statements(text):
        content = tomllib.loads(statement)
        if statement.lstrip().startswith("["):
            table = _header(content, counts)
            found.setdefault(table, line)
        else:
            for path in _paths(content, table):
                found.setdefault(path, line)
    return found


def syntax_mistake(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """The line of a syntax error and what is wrong there."""
    place = _SYNTAX_PLACE.search(str(error))
    line = int(place[1]) if place and place[1] else max(1, len(text.splitlines()))
    return line, _SYNTAX_PLACE.sub("", str(error))


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header or `key = value` of `text` with its first line.

    A value that runs over several lines is not valid TOML until its last line has been added.
    """
    pending: list[str] = []
    for line, content in enumerate(text.split("\n"), start=1):
        if not pending and (not content.strip() or content.lstrip().startswith("#")):
            continue
        pending.append(content)
        statement = "\n".join(pending)
        try:
            tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue
        yield line - len(pending) + 1, statement
        pending.clear()


def _header(content: dict[str, Any], counts: dict[KeyPath, int]) -> KeyPath:
    """The path of the table that a parsed header opens, counting the tables of an array."""
    path: KeyPath = ()
    while content:
        (key, below), *_ = content.items()
        path = (*path, key)
        if isinstance(below, list):
            counts[path] = counts.get(path, -1) + 1
            return (*path, counts[path])
        if path in counts:
            path = (*path, counts[path])
        content = below
    return path


def _paths(content: object, path: KeyPath) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(content, dict):
        for key, below in content.items():
            yield from _paths(below, (*path, key))
    elif isinstance(content, list):
        for index, below in enumerate(content):
            yield from _paths(below, (*path, index))
