"""From a file to its top table, or the one mistake that keeps it from being read at all."""

from __future__ import annotations

import tomllib
from pathlib import Path

from indexer.domain.errors import ConfigError
from indexer.toml.lines import line_beyond_reading, lines_of_keys, syntax_mistake
from indexer.toml.table import Mistakes, Table


def read_table(file: Path) -> Table:
    """The top table of `file`, to be asked key by key.

    Raises FileNotFoundError where there is no such file, and ConfigError where it is no TOML.
    """
    text = _text_of(file)
    try:
        content, lines = tomllib.loads(text), lines_of_keys(text)
    except tomllib.TOMLDecodeError as error:
        line, wrong, remedy = syntax_mistake(error, text)
        raise ConfigError((f"{file}:{line}: {wrong}. {remedy}",)) from error
    except (ValueError, RecursionError) as error:
        line = line_beyond_reading(text)
        wrong = "this value is nested too deep, or its number too long, to be read"
        raise ConfigError((f"{file}:{line}: {wrong}. Write a simpler value.",)) from error
    return Table(content, (), Mistakes(str(file), lines))


def _text_of(file: Path) -> str:
    try:
        # Windows editors put a byte order mark first and end lines with \r\n.
        return file.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        remedy = "Save the file with the encoding UTF-8."
        raise ConfigError((f"{file}:{line}: a character is not in UTF-8. {remedy}",)) from error
    except IsADirectoryError as error:
        remedy = "Name a file, or put one in its place."
        raise ConfigError((f"{file}: this is a folder. {remedy}",)) from error
    except OSError as error:
        remedy = "Name a file that this user may read."
        raise ConfigError((f"{file}: cannot be read ({error.strerror}). {remedy}",)) from error
