"""One table of a TOML file, read key by key; whatever is wrong is noted and reading goes on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from typing import Any

from indexer.toml.lines import KeyPath


class Mistakes:
    """Every mistake found in one file so far, each with its line and remedy."""

    def __init__(self, file: str, lines: Mapping[KeyPath, int]) -> None:
        self._file = file
        self._lines = lines
        self._found: list[tuple[int, str]] = []

    def add(self, path: KeyPath, wrong: str, remedy: str) -> None:
        """Note that what stands at `path` is wrong; a key that is absent has its table's line."""
        while path and path not in self._lines:
            path = path[:-1]
        line = self._lines.get(path, 1)
        self._found.append((line, f"{self._file}:{line}: {wrong}. {remedy}"))

    @property
    def sentences(self) -> tuple[str, ...]:
        """All mistakes in the order of their lines."""
        return tuple(sentence for _, sentence in sorted(self._found, key=lambda pair: pair[0]))


class Table:
    """A table of the file; each question checks its key and answers the default after a mistake."""

    def __init__(self, content: Mapping[str, Any], path: KeyPath, mistakes: Mistakes) -> None:
        self._content = content
        self.path = path
        self.mistakes = mistakes

    def __contains__(self, key: str) -> bool:
        return key in self._content

    def wrong(self, key: str, wrong: str, remedy: str) -> None:
        """Note a mistake in the value of `key`."""
        self.mistakes.add((*self.path, key), wrong, remedy)

    def know_only(self, known: Collection[str]) -> None:
        """Note every key that is not one of `known`, with the one that was probably meant."""
        for key in self._content:
            if key in known:
                continue
            near = get_close_matches(key, known, n=1)
            remedy = f'Did you mean "{near[0]}"?' if near else f"Known here: {', '.join(known)}."
            self.wrong(key, f'"{key}" is not a known key {self._where}', remedy)

    def text(self, key: str, default: str | None) -> str | None:
        """The text of `key`, which may not be empty."""
        if key not in self._content:
            return default
        return self._text(key, f'Write {key} = "…", or leave it out.') or default

    def needed_text(self, key: str) -> str:
        """The text of `key`, which may neither be left out nor empty; empty after a mistake."""
        if key in self._content:
            return self._text(key, f'Write {key} = "…".')
        self.wrong(key, f'there is no "{key}" {self._where}', f'Add a line {key} = "…".')
        return ""

    def _text(self, key: str, remedy: str) -> str:
        value = self._content[key]
        if isinstance(value, str) and value.strip():
            return value.strip()
        problem = "is empty" if isinstance(value, str) else f"is {_kind(value)}, not text"
        self.wrong(key, f'"{key}" {problem}', remedy)
        return ""

    def texts(self, key: str, default: tuple[str, ...]) -> tuple[str, ...]:
        """The list of texts of `key`, none of them empty."""
        value = self._content.get(key)
        if key not in self._content:
            return default
        remedy = f'Write {key} = ["…", "…"].'
        if not isinstance(value, list):
            self.wrong(key, f'"{key}" is {_kind(value)}, not a list of texts', remedy)
            return default
        for member in value:
            if not isinstance(member, str):
                self.wrong(key, f'"{key}" holds {_kind(member)}, not only texts', remedy)
            elif not member.strip():
                self.wrong(key, f'"{key}" holds an empty text', remedy)
        return tuple(member.strip() for member in value if isinstance(member, str))

    def numbers(self, key: str, example: str) -> tuple[int, ...] | None:
        """The list of whole numbers of `key`, None without one; `example` shows how it looks."""
        value = self._content.get(key)
        if key not in self._content:
            return None
        if isinstance(value, list) and all(type(member) is int for member in value):
            return tuple(value)
        problem = f'"{key}" is {_kind(value)}, not a list of whole numbers'
        if isinstance(value, list):
            problem = f'"{key}" holds more than whole numbers'
        self.wrong(key, problem, f"Write {key} = {example}.")
        return None

    def flag(self, key: str, default: bool) -> bool:
        """The true or false of `key`."""
        value = self._content.get(key, default)
        if isinstance(value, bool):
            return value
        remedy = f"Write {key} = true or {key} = false, without quotation marks."
        self.wrong(key, f'"{key}" is {_kind(value)}, not true or false', remedy)
        return default

    def table(self, key: str) -> Table:
        """The table [key]; an empty one where it is absent."""
        value = self._content.get(key, {})
        if not isinstance(value, dict):
            self.wrong(key, f'"{key}" is {_kind(value)}, not a table', f"Write [{key}] on a line.")
            value = {}
        return Table(value, (*self.path, key), self.mistakes)

    def tables(self, key: str) -> list[Table]:
        """The tables [[key]], in order."""
        value = self._content.get(key, [])
        if not isinstance(value, list) or not all(isinstance(member, dict) for member in value):
            remedy = f"Write [[{key}]] on a line of its own before each."
            self.wrong(key, f'"{key}" is {_kind(value)}, not a list of tables', remedy)
            return []
        return [
            Table(member, (*self.path, key, index), self.mistakes)
            for index, member in enumerate(value)
        ]

    @property
    def _where(self) -> str:
        names = [str(part) for part in self.path if isinstance(part, str)]
        return f"in [{'.'.join(names)}]" if names else "of this file"


_KINDS = ((bool, "true or false"), (int, "a number"), (float, "a number"), (str, "text"))


def _kind(value: object) -> str:
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    return next((words for kind, words in _KINDS if isinstance(value, kind)), "a date or time")
