"""The sample's documents that a script makes are those that the script makes."""

from __future__ import annotations

import shutil
from pathlib import Path

from pypdf import PdfReader

from indexer import sources
from indexer.config import Config
from indexer.contract import Record, record_of
from tests.corpus.make_documents import SAMPLE, make_all
from tests.indexer.extracted import extract_each
from tests.renderings.programs import PAINTER


def said(file: Path) -> list[Record]:
    """All that a document says; its bytes may differ with the version of what made it."""
    document = sources.open_document(sources.Found(file, file.name))
    return [record_of(outcome, locator) for locator, outcome in extract_each([document], Config())]


def test_the_sample_holds_what_the_script_makes(tmp_path: Path) -> None:
    """Each document where it belongs, with the same words; a scan with as many pages."""
    make_all(tmp_path, scans=shutil.which(PAINTER) is not None)
    made = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) >= 10
    for file in made:
        kept = SAMPLE / file.relative_to(tmp_path)
        if "scans" in file.parts:
            assert len(PdfReader(file).pages) == len(PdfReader(kept).pages)
        else:
            assert said(file) == said(kept), kept.name
