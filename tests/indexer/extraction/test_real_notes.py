"""Real notes, read by hand and by the program; they are no part of the project."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer import authority
from indexer.config import load_config
from indexer.contract import record_of
from indexer.domain.source import SourceDocument
from tests.indexer.extracted import extract_each
from tests.indexer.extraction.scoring import (
    ALLOWED,
    HEADINGS_F1,
    MAIN_HEADING,
    Record,
    account,
    extracted,
    heading_scores,
    mistakes,
)
from tests.indexer.pages import MARKUPS, WHOLE, in_markup, in_shell, shells

NOTES = Path(__file__).parents[4] / "shared" / "notes"

pytestmark = [
    pytest.mark.real_notes,
    pytest.mark.skipif(
        not NOTES.is_dir(), reason="the real notes are not beside this checkout (../shared/notes)"
    ),
]


def _real_notes() -> list[Record]:
    return [json.loads(file.read_text()) for file in sorted(NOTES.glob("20*.json"))]


def _extracted(documents: Iterator[tuple[str, str, str]]) -> list[Record]:
    return extracted(SourceDocument(*document[:2], document[2].encode()) for document in documents)


def _as_text(note: Record) -> tuple[str, str, str]:
    return note["url"], "text/plain", note["text"]


def _as_page(shell: Path, markup: str) -> Callable[[Record], tuple[str, str, str]]:
    def page(note: Record) -> tuple[str, str, str]:
        text, title = note["text"], "Briefings for members"
        if not note["title_from_url_only"]:
            title, _, text = text.partition("\n")
        return note["url"], "text/html", in_shell(shell, in_markup(text, markup), title)

    return page


LAYOUTS = {"plain text": _as_text} | {
    f"{shell.stem}, {markup}": _as_page(shell, markup)
    for place, shell in enumerate(shells())
    for markup in [*MARKUPS, *WHOLE][place % 2 :: 2]
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_field_of_real_notes(layout: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Every field is right on all but the allowed number of notes, whatever surrounds the text."""
    notes = _real_notes()
    records = _extracted(LAYOUTS[layout](note) for note in notes)
    expected = [note["expected"] for note in notes]
    names = [note["url"].rsplit("/", 1)[-1][:60] for note in notes]
    wrong = mistakes(records, expected, names)
    main, f1 = heading_scores(records, expected)
    scores = f"main heading {main:.1%}, F1 {f1:.3f}"
    with capsys.disabled():
        print(account(f"{len(notes)} real notes as {layout}: {scores}", wrong, ALLOWED))
    assert [record["rejected"] for record in records] == [None] * len(notes)
    assert {field for field in ALLOWED if len(wrong[field]) > ALLOWED[field]} == set()
    assert main >= MAIN_HEADING
    assert f1 >= HEADINGS_F1


def test_the_whole_note() -> None:
    """One whole note: every field, its nine numbered paragraphs and its fifteen bullets."""
    text = (NOTES / "seed-2023-064.txt").read_text()
    (record,) = _extracted(iter([("seed-2023-064.txt", "text/plain", text)]))
    lines = text.split("\n")
    stated = {lines[place].strip(): lines[place + 1] for place in range(2, 12)}
    name, _, post = stated["Report by:"].partition(", ")
    responsible, _, service = stated["Responsible Officer:"].partition(", ")
    assert (record["reference"], record["slug"]) == ("064-23", "2023-064")
    assert record["tn_number"] == stated["TN Number:"]
    assert record["title"] == record["subject"] == stated["Subject:"]
    assert record["report_by"] == {"name": name, "post": post}
    assert record["responsible_officers"] == [{"name": responsible, "post": service}]
    assert record["publication"] == {"status": "public", "statement": stated["Publication:"]}
    assert record["issued_on"] is record["distribution"] is None
    assert record["problems"] == []
    blocks = record["blocks"]
    numbered = [block["number"] for block in blocks if block["kind"] == "paragraph"]
    assert numbered == [str(number) for number in range(1, 10)]
    assert Counter(block["kind"] for block in blocks) == {"paragraph": 9, "item": 15}


def test_the_second_council(tmp_path: Path) -> None:
    """Another council's notes are read by its series and labels alone."""
    (tmp_path / "technotes.toml").write_text(
        '[series]\nname = "Elected Member Briefing Note"\ntitles = []\nprefix = "EMBN"\n'
        '[labels]\nnumber = ["EMBN Number"]\n'
        'details = ["Purpose", "Briefing information", "About this briefing note"]\n'
    )
    config = load_config(tmp_path / "technotes.toml")
    expected = {
        "pkc-2022-024.json": (
            (2022, 24),
            "2022-08-17",
            ["Sheila Best", "Nigel Taylor"],
            ["Waste Services Manager", "Service Manager Operations"],
        ),
        "pkc-2023-074.json": (
            (2023, 74),
            "2023-07-03",
            ["David Littlejohn"],
            ["Head of Planning and Development"],
        ),
        "pkc-2025-072.json": ((2025, 72), "2025-06-18", [], []),
    }
    for file, (reference, issued_on, names, posts) in expected.items():
        note = json.loads((NOTES / "other" / file).read_text())
        source = SourceDocument(note["url"], "text/plain", note["text"].encode())
        ((_, outcome),) = extract_each([source], config)
        record = record_of(outcome)
        assert (record["year"], record["issue_number"]) == reference
        assert record["issued_on"] == issued_on
        assert record["subject"] == note["gold"]["subject"]
        assert record["publication"]["status"] == note["gold"]["publication"]
        assert [officer["name"] for officer in record["responsible_officers"]] == names
        assert [officer["post"] for officer in record["responsible_officers"]] == posts
        name, _, post = note["gold"]["report_by_raw"].partition(", ")
        assert record["report_by"] == {"name": name, "post": post}


def test_pages_that_are_no_notes() -> None:
    """Another series, a listing and an error page at a note's address are each rejected."""
    news = json.loads((NOTES / "other" / "edc-employee-news-2021-003.json").read_text())
    listing = json.loads((NOTES / "other" / "listing-node-page-10.json").read_text())
    titles = "".join(
        f"<h2><a href='/{place}'>{item['title']}</a></h2><p>1. The matter is before members.</p>"
        for place, item in enumerate(listing["items"])
    )
    records = _extracted(
        iter(
            [
                (news["url"], "text/html", f"<h1>{news['title']}</h1><p>Dear colleague.</p>"),
                (listing["url"], "text/html", f"<main>{titles}</main>"),
                (
                    "https://www.strathallan.example/technical-notes-2023-issue-64-review",
                    "text/html",
                    "<title>Page not found</title><h1>Page not found</h1><p>Try the search.</p>",
                ),
            ]
        )
    )
    reasons = [record["rejected"] for record in records]
    assert "another series" in reasons[0]
    assert "listing" in reasons[1]
    assert "error page" in reasons[2]


def test_the_built_in_authority_names_nobody() -> None:
    """The lists that ship hold no real person: keepers add their own."""
    assert authority.load().officers == ()
