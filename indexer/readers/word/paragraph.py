"""One paragraph of a Word document while it is read, and as it is written for mammoth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from indexer.readers.word.covers import Cover
from indexer.readers.word.look import PAPER
from indexer.readers.word.numbers import PrintedNumber
from indexer.readers.word.package import R, W

MOST_LIST_LEVELS = 9  # as many as Word has


@dataclass(slots=True)
class Paragraph:
    """The words of a paragraph with the addresses they lead to, and what else stands in it.

    `unseen` are words with what keeps them from being seen; `before` and `after` what its text
    boxes print; `covers` the filled shapes that hang on it. `is_display` says that its words are
    all bold or large, `is_begun` that some have come, `ends_as_label` that a colon came last.
    """

    properties: etree._Element | None = None
    ground: str | None = PAPER
    words: list[tuple[str, str | None]] = field(default_factory=list)
    unseen: list[tuple[str, str]] = field(default_factory=list)
    before: list[etree._Element] = field(default_factory=list)
    after: list[etree._Element] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    is_display: bool = True
    is_begun: bool = False
    ends_as_label: bool = False

    @property
    def text(self) -> str:
        """The words, as one string."""
        return "".join(text for text, _ in self.words)

    def add(self, text: str, address: str | None = None) -> None:
        """Add words, and the address that they lead to."""
        self.words.append((text, address))
        if words := text.strip():
            self.is_begun, self.ends_as_label = True, words.endswith(":")

    @property
    def unseen_words(self) -> dict[str, str]:
        """All unseen words by what keeps them from being seen."""
        gathered: dict[str, list[str]] = {}
        for what, text in self.unseen:
            gathered.setdefault(what, []).append(text)
        return {what: "".join(texts) for what, texts in gathered.items()}


def written(
    words: Sequence[tuple[str, str | None]],
    number: PrintedNumber | None = None,
    heading: int | None = None,
) -> etree._Element:
    """A paragraph of words, links and line breaks, its number written before them."""
    copy = etree.Element(f"{W}p")
    properties = etree.SubElement(copy, f"{W}pPr")
    if heading is not None:
        etree.SubElement(properties, f"{W}pStyle", {f"{W}val": f"Heading{heading}"})
    elif number is not None and number.level is not None:
        shape = etree.SubElement(properties, f"{W}numPr")
        level = min(number.level, MOST_LIST_LEVELS) - 1
        etree.SubElement(shape, f"{W}ilvl", {f"{W}val": str(level)})
        etree.SubElement(shape, f"{W}numId", {f"{W}val": "1"})
    if number is not None and number.text:
        _write(copy, f"{number.text} ")
    for address, pieces in groupby(words, lambda piece: piece[1]):
        parent = copy
        if address is not None:
            parent = etree.SubElement(copy, f"{W}hyperlink", {f"{R}id": address})
        _write(parent, "".join(text for text, _ in pieces))
    return copy


def _write(parent: etree._Element, text: str) -> None:
    run = etree.SubElement(parent, f"{W}r")
    for place, line in enumerate(text.split("\n")):
        if place:
            etree.SubElement(run, f"{W}br")
        etree.SubElement(run, f"{W}t").text = line
