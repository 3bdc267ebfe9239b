"""Notes inside differently built sites: the site's furniture never reaches the body."""

from __future__ import annotations

import json
from pathlib import Path
from statistics import mean

import pytest

from indexer.config import Config
from indexer.domain.blocks import text_of
from indexer.domain.note import Note
from indexer.domain.source import SourceDocument
from tests.indexer.extracted import extract_each
from tests.indexer.pages import in_shell, shells
from tests.indexer.words import word_f1

CORPUS = Path(__file__).parents[2] / "corpus"
FRAGMENTS = sorted((CORPUS / "fragments").glob("*.html"))
LEAST_F1 = 0.98

# Words that the shells print around the note and no note of the corpus holds.
FURNITURE = ("cookie", "Glenorrin", "Share this", "Skip to", "newsletter", "Print this page")


@pytest.mark.parametrize("shell", shells(), ids=lambda shell: shell.stem)
def test_the_body_in_a_site_shell(shell: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In each shell the words of every note's body score at least .98, and no furniture is left."""
    scores, bodies = [], []
    for fragment in FRAGMENTS:
        expected = json.loads((CORPUS / "expected" / f"{fragment.stem}.expected.json").read_text())
        page = in_shell(shell, fragment.read_text(), expected["title"] or "Briefings")
        source = SourceDocument(fragment.name, "text/html", page.encode())
        ((_, note),) = extract_each([source], Config())
        assert isinstance(note, Note), note
        bodies.append(text_of(note.body))
        scores.append(word_f1(bodies[-1], expected["body_words"]))
    with capsys.disabled():
        print(
            f"\n{shell.stem}: F1 {mean(scores):.4f} on {len(scores)} notes, least {min(scores):.4f}"
        )
    assert min(scores) >= LEAST_F1
    assert [words for words in FURNITURE if any(words in body for body in bodies)] == []
