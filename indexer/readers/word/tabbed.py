"""Lines with a tab between a label and its value, as the two columns that they look like."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from lxml import etree

from indexer.readers.word.package import W

_PAIR = re.compile(r"\s*([A-Z][^\t\n.]{2,40}?)\s*\t\s*([^\t\n]*\S)?\s*")
_FEWEST = 2  # a single tab may be anything


def with_columns(elements: Iterable[etree._Element]) -> Iterator[etree._Element]:
    """`elements`, each run of lines that are a label, a tab and a value made a table.

    A label that ends with a colon needs no column to be known by.
    """
    for are_pairs, group in groupby(elements, lambda element: bool(_pairs(element))):
        run = list(group)
        pairs = [pair for element in run for pair in _pairs(element)] if are_pairs else []
        if sum(bool(value) for _, value in pairs) < _FEWEST or all(
            label.endswith(":") for label, _ in pairs
        ):
            yield from run
        else:
            yield _table(pairs)


def _pairs(element: etree._Element) -> list[tuple[str, str]]:
    """The labels and values of a plain paragraph, no heading, item or link, that has no more."""
    properties = element.find(f"{W}pPr")
    is_plain = properties is not None and not len(properties)
    if not is_plain or element.find(f"{W}hyperlink") is not None:
        return []
    found = [_PAIR.fullmatch(line) for line in _text(element).split("\n") if line.strip()]
    pairs = [(match[1], match[2] or "") for match in found if match]
    return pairs if len(pairs) == len(found) else []


def _text(element: etree._Element) -> str:
    pieces = element.iter(f"{W}t", f"{W}br")
    return "".join("\n" if piece.tag == f"{W}br" else piece.text or "" for piece in pieces)


def _table(rows: Sequence[tuple[str, str]]) -> etree._Element:
    table = etree.Element(f"{W}tbl")
    for row in rows:
        cells = etree.SubElement(table, f"{W}tr")
        for words in row:
            paragraph = etree.SubElement(etree.SubElement(cells, f"{W}tc"), f"{W}p")
            etree.SubElement(etree.SubElement(paragraph, f"{W}r"), f"{W}t").text = words
    return table
