"""The lines that a page prints, and the places of their words in its source.

A page is not built into a tree: what is kept of it must stay as it was written, whatever its depth
and however broken its tags.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_TAG = re.compile(
    r"<!--.*?(?:-->|\Z)|<[!?][^<>]*>"
    r"|<(?P<closing>/?)(?P<name>[a-zA-Z][^\s/<>]*)(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>",
    re.DOTALL,
)
_NO_WORDS = frozenset(("head", "style", "script", "title", "template"))
_ON_ITS_LINE = frozenset(
    "a abbr acronym b bdo big cite code em font i img ins kbd label mark o:p q s samp small span "
    "strike strong sub sup tt u var wbr".split()
)


@dataclass(slots=True)
class PrintedLine:
    """One printed line: its words with single spaces, and where in the source each run begins."""

    text: str = ""
    runs: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Printer:
    """Goes through a page, tag by tag; `silent` is the element whose words are not printed."""

    page: str
    lines: list[PrintedLine] = field(default_factory=lambda: [PrintedLine()])
    silent: str = ""
    is_preformatted: bool = False

    def end_line(self) -> None:
        line = self.lines[-1]
        line.text = " ".join(
            html.unescape("".join(self.page[start:end] for start, end in line.runs)).split()
        )
        self.lines.append(PrintedLine())

    def words(self, start: int, end: int) -> None:
        if self.silent or start == end:
            return
        if not self.is_preformatted:
            self.lines[-1].runs.append((start, end))
            return
        for line in self.page[start:end].splitlines(keepends=True):
            self.lines[-1].runs.append((start, start + len(line)))
            start += len(line)
            if line.endswith("\n"):
                self.end_line()

    def tag(self, name: str, *, is_closing: bool) -> None:
        if self.silent:
            if name == "body" or (is_closing and name == self.silent):
                self.silent = ""
            return
        if name in _NO_WORDS and not is_closing:
            self.silent = name
        if name == "pre":
            self.is_preformatted = not is_closing
        if name not in _ON_ITS_LINE:
            self.end_line()
            if is_closing:
                self.end_line()  # a blank line parts blocks


def printed_lines(page: str) -> list[PrintedLine]:
    """The lines of `page`, one for each block and each line break, blank ones between blocks."""
    printer = _Printer(page)
    at = 0
    for found in _TAG.finditer(page):
        printer.words(at, found.start())
        at = found.end()
        if name := found["name"]:
            printer.tag(name.lower(), is_closing=bool(found["closing"]))
    printer.words(at, len(page))
    printer.end_line()
    return printer.lines[:-1]


def without(page: str, lines: Iterable[PrintedLine]) -> str:
    """The source of `page` without the words of `lines`, all its tags kept."""
    return "".join(_kept(page, sorted(run for line in lines for run in line.runs)))


def _kept(page: str, runs: list[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in runs:
        yield page[at:start]
        at = end
    yield page[at:]
