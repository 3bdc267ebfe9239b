"""Notes in every format: rendered by scripts and programs, and read as well as their text is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest

from indexer.domain.source import SourceDocument
from tests.indexer.extraction.scoring import (
    ALLOWED,
    HEADINGS_F1,
    MAIN_HEADING,
    Record,
    account,
    body_scores,
    extracted,
    heading_scores,
    mistakes,
    numbers,
    stated,
)
from tests.renderings.forms import FORMS, SLOW, Form
from tests.renderings.notes import NoteText, note_text
from tests.renderings.programs import missing

NOTES = Path(__file__).parents[4] / "shared" / "notes"
SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "notes"
SITE = "https://www.strathallan.example"
# Between them these have tables, nested bullets, sub-headings and each layout of header.
FROM_THE_SAMPLE = (
    "2018/technical-notes-2018-issue-3-*.txt",
    "2019/technical-notes-2019-issue-4-*.txt",
    "2021/technical-notes-2021-issue-6-*.txt",
    "2023/technical-notes-2023-issue-9-*.txt",
    "2024/technical-notes-2024-issue-7-*.txt",
    "2025/technical-notes-2025-issue-7-*.txt",
)
FEW = 3
NONE = dict.fromkeys(ALLOWED, 0)
RECOGNISED = NONE | dict.fromkeys(("subject", "report_by", "responsible_officers", "reports"), 1)
BODY_F1, RECOGNISED_F1 = 0.98, 0.93

needs_real_notes = pytest.mark.skipif(
    not NOTES.is_dir(), reason="the real notes are not beside this checkout (../shared/notes)"
)


@cache
def _real() -> list[Record]:
    return [json.loads(file.read_text()) for file in sorted(NOTES.glob("20*.json"))]


@cache
def _real_texts() -> list[NoteText]:
    return [
        note_text(note["url"], note["text"], titled=not note["title_from_url_only"])
        for note in _real()
    ]


@cache
def _sample_texts() -> list[NoteText]:
    files = [next(SAMPLE.glob(pattern)) for pattern in FROM_THE_SAMPLE]
    texts = [(file.stem, file.read_text(encoding="utf-8").strip()) for file in files]
    return [
        note_text(f"{SITE}/{stem}", text, titled=text.lower().startswith("technical note"))
        for stem, text in texts
    ]


@cache
def _as_text(notes: tuple[NoteText, ...]) -> list[Record]:
    """What the plain text of each note gives."""
    return extracted(
        SourceDocument(note.address, "text/plain", note.text.encode()) for note in notes
    )


def _rendered(form: Form, notes: Sequence[NoteText], folder: Path) -> list[Record]:
    if absent := missing(*form.programs):
        pytest.skip(f"{absent} is not installed")
    files = form.make(notes, folder / "made")
    return extracted(
        SourceDocument(note.address + form.extension, form.media_type, file, ocr=form.recognised)
        for note, file in zip(notes, files, strict=True)
    )


def _wholly(notes: Sequence[NoteText]) -> list[NoteText]:
    """A few notes that have every label, for a form that takes long."""
    return [note for note in notes if len(note.pairs) >= 5 and len(note.body) > 3][:FEW]


@pytest.mark.real_notes
@needs_real_notes
@pytest.mark.parametrize("name", FORMS)
def test_real_notes(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every field is right on all but the allowed number of notes, and the body's words are there.

    On a form that takes long, a few notes must be right without any allowance, but for letters
    that were read wrongly off a picture.
    """
    form = FORMS[name]
    notes = _wholly(_real_texts()) if name in SLOW else _real_texts()
    allowed = ALLOWED if name not in SLOW else RECOGNISED if form.recognised else NONE
    places = [_real_texts().index(note) for note in notes]
    expected = [_real()[place]["expected"] for place in places]
    records = _rendered(form, notes, tmp_path)
    plain = _as_text(tuple(notes))
    wrong = mistakes(records, expected, [note.name[:60] for note in notes])
    main, f1 = heading_scores(records, expected)
    bodies = body_scores(records, plain)
    body = sum(bodies) / len(bodies)
    same = sum(numbers(a) == numbers(b) for a, b in zip(records, plain, strict=True))
    scores = (
        f"main heading {main:.1%}, F1 {f1:.3f}; body words F1 {body:.3f}, lowest {min(bodies):.3f};"
        f" numbers of paragraphs right on {same}"
    )
    with capsys.disabled():
        print(account(f"{len(notes)} real notes as {name}: {scores}", wrong, allowed))
    assert [record["rejected"] for record in records] == [None] * len(notes)
    assert {field for field in ALLOWED if len(wrong[field]) > allowed[field]} == set()
    assert main >= MAIN_HEADING
    assert f1 >= HEADINGS_F1
    assert body >= (RECOGNISED_F1 if form.recognised else BODY_F1)


@pytest.mark.parametrize("name", FORMS)
def test_notes_of_the_sample(name: str, tmp_path: Path) -> None:
    """Each note says in every form what it says as text, its numbered paragraphs included."""
    form = FORMS[name]
    notes = _sample_texts()[:2] if name in SLOW else _sample_texts()
    plain = _as_text(tuple(notes))
    records = _rendered(form, notes, tmp_path)
    assert [record["rejected"] for record in records] == [None] * len(notes)
    names = [note.name for note in notes]
    wrong = mistakes(records, [stated(record) for record in plain], names)
    assert wrong == {field: [] for field in ALLOWED}
    bodies = body_scores(records, plain)
    assert min(bodies) >= (RECOGNISED_F1 if form.recognised else BODY_F1)
    if not form.recognised:
        assert [numbers(record) for record in records] == [numbers(record) for record in plain]
