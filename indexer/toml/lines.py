"""On which line of a TOML file each key stands, which the standard library's parser forgets."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]

_SYNTAX_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TABLE_TWICE = re.compile(r"Cannot declare \((.*)\) twice")
_QUOTED = re.compile(r"'([^']*)'")
_JOIN = "Put all its keys under one of the two."
# What can open or close a statement; in strings and comments, nothing can.
_TOKEN = re.compile(
    r"""
    \"{3}(?:[^\\]|\\.)*?\"{3,5} | '{3}.*?'{3,5} | "(?:[^"\\\n]|\\.)*" | '[^'\n]*'
    | \#[^\n]* | [\[\]{}\n]
    """,
    re.VERBOSE | re.DOTALL,
)


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


def syntax_mistake(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str, str]:
    """The line of a syntax error, what is wrong there and its remedy."""
    place = _SYNTAX_PLACE.search(str(error))
    line = int(place[1]) if place and place[1] else max(1, len(text.splitlines()))
    wrong = _SYNTAX_PLACE.sub("", str(error))
    if table := _TABLE_TWICE.fullmatch(wrong):
        return line, f"the table [{'.'.join(_QUOTED.findall(table[1]))}] stands twice", _JOIN
    if wrong == "Cannot overwrite a value":
        return line, "this key has a value already", "Keep one of the two."
    return line, wrong, 'A line is [table], [[table]], key = "text", or a # comment.'


def line_beyond_reading(text: str) -> int:
    """The first line with a value nested too deep, or a number too long, to be read at all."""
    for line, statement in _statements(text):
        try:
            list(_paths(tomllib.loads(statement), ()))
        except (ValueError, RecursionError):
            return line
    return 1


def _statements(text: str) -> Iterator[tuple[int, str]]:
    """Each header or `key = value` of `text` with its first line, each read but once.

    A statement ends with its line, unless a bracket or a string of several lines is open there.
    """
    line, start, depth = 1, 0, 0
    for token in _TOKEN.finditer(text + "\n"):
        if token[0] in ("[", "{"):
            depth += 1
        elif token[0] in ("]", "}"):
            depth -= 1
        elif token[0] == "\n" and depth <= 0:
            statement = text[start : token.start()]
            if statement.strip() and not statement.lstrip().startswith("#"):
                yield line, statement
            line += statement.count("\n") + 1
            start, depth = token.end(), 0


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
