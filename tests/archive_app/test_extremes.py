"""Notes that no officer would write, but that a faulty document can turn into."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive_app import Settings, create_app
from archive_app.passages import DEEPEST, MOST_COLUMNS
from indexer.domain.blocks import Block, BlockKind, Blocks
from indexer.domain.note import Note, Officer
from indexer.domain.reference import NoteReference
from tests.archive_app.invented import invented, publish_invented

DEEP = tuple(
    Block(kind=BlockKind.ITEM, text=f"depth{level}", level=level) for level in (*range(1, 901), 2)
)

RAGGED = Block(
    kind=BlockKind.TABLE,
    rows=(
        tuple(f"wide{at}" for at in range(3_000)),
        *((f"left{at}", f"right{at}") for at in range(3_000)),
    ),
)
SHORT = Block(kind=BlockKind.TABLE, rows=(("Routes",), ("A9", "12", "£4"), ("A90", "7")))


LONG = " ".join(f"roadworks{at}" for at in range(8_000))


def note(number: int, body: Blocks, title: str = "Plain") -> Note:
    """A public note of 2019 with that body and title."""
    plain = next(note for note in invented().notes if note.open_to_public)
    return replace(plain, reference=NoteReference(2019, number), title=title, body=body)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the invented archive with the odd notes added."""
    folder = tmp_path_factory.mktemp("odd")
    added = [note(801, DEEP), note(802, (RAGGED,)), note(803, (SHORT,)), note(804, (), LONG)]
    crowd = tuple(Officer(f"Moray Kinnoull{at}") for at in range(1_300))
    added.append(replace(note(800, ()), report_by=crowd, responsible_officers=()))
    publish_invented(folder, added=added)
    return create_app(Settings(folder=folder)).test_client()


def read(client: FlaskClient, address: str) -> BeautifulSoup:
    """The page at an address, which must answer 200."""
    response = client.get(address)
    assert response.status_code == 200, response.status
    return BeautifulSoup(response.text, "lxml")


def test_lists_nest_no_deeper_than_can_be_shown(odd: FlaskClient) -> None:
    """Deeper items stand at the deepest level, in order, and none is lost."""
    page = read(odd, "/notes/2019-801")
    items = page.select(".note li")
    depths = [len(li.find_parents("ul")) for li in items]
    assert depths == [*range(1, DEEPEST), *[DEEPEST] * (901 - DEEPEST), 2]
    (text,) = page.select(".note")
    words = re.findall(r"depth\d+", text.text)
    assert words == [block.text for block in DEEP]


def test_a_ragged_table_grows_with_its_cells_alone(odd: FlaskClient) -> None:
    """No row is filled up cell by cell to the longest, columns are few, and no word is lost."""
    page = read(odd, "/notes/2019-802")
    cells = page.select(".note td")
    assert [td.text for td in cells if td.text] == [cell for row in RAGGED.rows for cell in row]
    assert len(cells) < 9_000 + len(page.select(".note tr"))
    widths = {
        sum(int(str(td.get("colspan", 1))) for td in row.select("td"))
        for row in page.select(".note tr")
    }
    assert widths == {MOST_COLUMNS}


def test_a_row_shorter_than_its_table_ends_in_one_empty_cell(odd: FlaskClient) -> None:
    """A short first row names no columns, and figures keep their column."""
    page = read(odd, "/notes/2019-803")
    rows = [
        [(td.text, td.get("colspan"), td.get("class")) for td in row.select("td")]
        for row in page.select(".note tr")
    ]
    assert rows == [
        [("Routes", None, None), ("", "2", None)],
        [("A9", None, None), ("12", None, ["number"]), ("£4", None, ["number"])],
        [("A90", None, None), ("7", None, ["number"]), ("", "1", None)],
    ]


def test_a_title_without_end_is_whole_on_its_own_page_alone(odd: FlaskClient) -> None:
    """Lists, neighbours and hits show its first words, and its last still find it."""
    assert len(LONG) > 100_000
    whole = read(odd, "/notes/2019-804")
    assert whole.h1 is not None
    assert whole.h1.text == LONG
    assert whole.title is not None
    assert len(whole.title.text) < 500
    lists = {
        "/years/2019": ".title",
        "/notes/2019-803": ".neighbours [rel=next] .record",
        "/notes/2019-805": "li:first-child .title",
        "/search?q=roadworks7999": "#results .title",
    }
    for address, titles in lists.items():
        page = BeautifulSoup(odd.get(address).text, "lxml")
        shown = page.select(titles)[-1].text
        assert shown.endswith("…"), address
        assert LONG.startswith(shown[:-1] + " "), address
        assert 200 < len(shown) <= 301, address


def test_a_list_names_a_few_officers_and_counts_the_rest(odd: FlaskClient) -> None:
    """The page of the note names them all."""
    for address, lines in (
        ("/years/2019", "#n800 .quiet"),
        ("/search?q=Kinnoull1299", "#results .ledger .quiet"),
    ):
        said = read(odd, address).select_one(lines)
        assert said is not None
        names = [f"Moray Kinnoull{at}" for at in range(4)]
        assert list(said.stripped_strings)[:5] == [*names, "and 1,296 more"]
    assert "Moray Kinnoull1299" in read(odd, "/notes/2019-800").text
