"""Scans that are no PDF to blocks, by the words that a program reads off them."""

from __future__ import annotations

from dataclasses import replace

from indexer.domain.errors import Unreadable
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.ocr import NO_TEXT_LAYER, TO_INSTALL, recognise
from indexer.readers.pdf import read_pdf


def read_scan(source: SourceDocument) -> ReadDocument:
    """The blocks of a TIFF of one or more pages, where its source allows OCR.

    Raises Unreadable where it does not, where the programs are not installed or fail, and where
    they find no words.
    """
    if not source.ocr:
        raise Unreadable(
            source.place, f"{NO_TEXT_LAYER}: set ocr = true on the source and {TO_INSTALL}"
        )
    content = recognise(source.content, source.place)
    return read_pdf(replace(source, media_type="application/pdf", content=content))
