"""Puts right what programs that read pictures are known to misread, where no doubt is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.domain.blocks import Block, BlockKind
from indexer.readers.numbering import with_printed_number

# A stop with a speck above it, or one that ran.
_NUMBER = re.compile(r"(\d{1,3})[:;,·*°]\s+(?=\S)")


def put_right(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those numbered whose number comes next but for a misread stop: `2:` after 1."""
    following = 1
    for block in blocks:
        known = block
        if block.kind is BlockKind.PARAGRAPH and block.number is None:
            match = _NUMBER.match(block.text)
            if match and int(match[1]) == following:
                rest = block.text[match.end() :]
                known = with_printed_number(replace(block, text=f"{following}. {rest}"))
        if known.number and known.number.isdecimal():
            following = int(known.number) + 1
        yield known
