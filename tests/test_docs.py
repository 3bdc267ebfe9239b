"""What the documents in docs/ state of the program is true of it."""

from __future__ import annotations

import re
from pathlib import Path

from archive_app.cli import LEAST_FIRST, record_of
from indexer import authority
from indexer.domain.search import Facets, SearchResult
from indexer.ingest.limits import MEMORY, SECONDS_A_DOCUMENT
from indexer.readers.markup import MAX_DEPTH
from indexer.search_index import limits, weights
from indexer.sources.limits import MAX_BYTES

DOCS = Path(__file__).parent.parent / "docs"
KEEPING = (DOCS / "keeping.md").read_text(encoding="utf-8")
_LIST = re.compile(r"^`(\w+\.toml)` .*?^```toml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_keepers_lists_load(tmp_path: Path) -> None:
    """Beside a configuration they add what the page says they add."""
    examples = dict(_LIST.findall(KEEPING))
    assert list(examples) == ["officers.toml", "subjects.toml", "names.toml", "acronyms.toml"]
    for name, text in examples.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    built_in, lists = authority.load(), authority.load(tmp_path)
    (officer,) = lists.officers
    assert (officer.name, officer.years) == ("Isla Dunmarrow", (2015, 2021))
    assert officer.also
    assert officer.posts
    assert lists.subjects[-1].slug == "harbours"
    assert len(lists.subjects) == len(built_in.subjects) + 1
    assert {"isla", "torquil"} <= lists.names.given
    assert "harbourmaster" in lists.names.titles - built_in.names.titles
    assert {"piers", "moorings"} <= lists.names.posts
    assert [(each.short, len(each.long)) for each in lists.acronyms] == [("HSG", 2), ("PIER", 0)]


def test_the_limits_are_those_of_the_program() -> None:
    """A figure changed in the program is changed on the page."""
    stated = [row.split("|")[2].strip() for row in KEEPING.splitlines() if row.startswith("| a")]
    assert stated == [
        f"{MAX_BYTES // 1024 // 1024} MB, {SECONDS_A_DOCUMENT} seconds, "
        f"{MEMORY // 1024**3} GB of memory; more in [formats.md](formats.md#limits)",
        f"{limits.QUERY_CHARACTERS:,} characters, {limits.WORDS_READ} words",
        f"{limits.TERM_CHARACTERS} characters",
        f"{limits.SEARCH_SECONDS * 1000:.0f} ms",
    ]
    assert f"| nesting of markup | {MAX_DEPTH} elements |" in KEEPING
    assert f"| generations | {limits.GENERATIONS_KEPT} |" in KEEPING
    assert f"| {limits.ASIDE_SECONDS * 1000:.0f} ms each |" in KEEPING
    assert f"fewer than {LEAST_FIRST:.0%} of the questions" in KEEPING


def test_every_key_of_a_search_is_described() -> None:
    """The table of search.md and the object that is printed have the same keys."""
    page = (DOCS / "search.md").read_text(encoding="utf-8")
    empty = SearchResult(query="", total=0, holding_all_words=0, hits=(), facets=Facets())
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == list(record_of(empty))
    assert f"has {limits.SCORE_OF_THE_NOTE:.0f} or more" in page
    assert f"cites it {limits.SCORE_OF_CITING:.0f} or more" in page
    assert (limits.FEW_NOTES, limits.CLEARLY_MORE) == (2, 5)
    assert "Where at most two notes hold all the words" in page
    assert "at least five times as many notes with all the words" in page
    assert weights.ENOUGH_WITH_ALL_WORDS == 10
    assert "When at least ten notes hold all the words" in page
