"""The sample, document by document: what a careful reader finds in it, the program finds too."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path, PurePath
from typing import Any

import pytest

from indexer import sources
from indexer.config import CONFIG_NAME, load_config
from indexer.contract import record_of
from indexer.ingest.outcome import ingest_here
from indexer.pipeline import extract_each
from indexer.readers.ocr import can_recognise
from tests.indexer.words import word_f1

CORPUS = Path(__file__).parents[2] / "corpus"
SAMPLE = CORPUS / "sample"
EXPECTED = sorted((CORPUS / "expected").glob("*.expected.json"))

Record = dict[str, Any]


@cache
def _records() -> dict[str, Record]:
    """The record of each document of the sample by the stem of its file's name.

    Notes that came together in a zip go by their own names.
    """
    config = load_config(SAMPLE / CONFIG_NAME)
    found = [
        (file.path, sources.open_document(file, published=source.published, ocr=source.ocr))
        for source in config.sources
        for file in sources.find(source.folder)
        if isinstance(file, sources.Found)
    ]
    paths = {document.locator: path for path, document in found}
    records = {}
    for each in extract_each([document for _, document in found], config, ingest_here):
        path = paths[each.locator]
        name = PurePath(each.entry) if path.suffix == ".zip" else path
        records[name.stem] = record_of(each.outcome, each.locator, each.entry)
    return records


def _stem(file: Path) -> str:
    return file.name.removesuffix(".expected.json")


@pytest.mark.parametrize("file", EXPECTED, ids=_stem)
def test_a_document_of_the_sample(file: Path) -> None:
    """Each field, citation and paragraph number is as expected; the body's words are all there."""
    expected, record = json.loads(file.read_text()), _records()[_stem(file)]
    is_scan = any((SAMPLE / "scans").rglob(f"{_stem(file)}.*"))
    if is_scan and not can_recognise():
        assert "install" in record["rejected"]
        pytest.skip("ocrmypdf or tesseract is not installed (apt-get install ocrmypdf)")
    assert bool(record["rejected"]) == bool(expected["rejected"])
    if expected["rejected"]:
        return
    fields = ["year", "issue_number", "tn_number", "subject", "report_by", "responsible_officers"]
    assert {field: record[field] for field in (*fields, "distribution")} == {
        field: expected[field] for field in (*fields, "distribution")
    }
    assert record["publication"]["status"] == expected["publication"]
    assert record["issued_on"] == expected["issued_on"] or expected.get("issued_on_cited")
    assert record["cites"]["reports"] == expected["reports"]
    assert record["cites"]["planning"] == expected["planning"]
    assert _title(record["title"], expected) == _title(expected["title"], expected)
    numbers = [block["number"] for block in record["blocks"] if "number" in block]
    assert numbers == expected["paragraph_numbers"]
    assert word_f1(_body(record), expected["body_words"]) >= (0.93 if is_scan else 0.98)


def _title(title: str | None, expected: Record) -> str | None:
    """The title as printed, or its words alone where only an address gives it."""
    return title.casefold() if title and expected.get("title_from_locator") else title


def _body(record: Record) -> str:
    return " ".join(
        " ".join(cell for row in block["rows"] for cell in row)
        if "rows" in block
        else block["text"]
        for block in record["blocks"]
    )


def test_no_document_is_left_out() -> None:
    """Every document of the sample has its expected values, and none is expected in vain."""
    assert set(_records()) == {_stem(file) for file in EXPECTED}


def test_the_subject_headings_of_the_sample() -> None:
    """The main heading is right on nine notes of ten, and the headings together on most."""
    main = right = found = wanted = notes = 0
    for file in EXPECTED:
        expected, record = json.loads(file.read_text()), _records()[_stem(file)]
        if expected["rejected"]:
            continue
        notes += 1
        main += record["subject_headings"][:1] == expected["subject_headings"][:1]
        counted = set(record["subject_headings"]) - set(expected["accepted_headings"])
        right += len(counted & set(expected["subject_headings"]))
        found, wanted = found + len(counted), wanted + len(expected["subject_headings"])
    assert main / notes >= 0.90
    assert 2 * right / (found + wanted) >= 0.85
