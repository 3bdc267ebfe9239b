"""Notes that no officer would write, but that a faulty document can turn into."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from archive_app import Settings, create_app
from archive_app.passages import DEEPEST
from indexer.domain.blocks import Block, BlockKind, Blocks
from indexer.domain.note import Note
from indexer.domain.reference import NoteReference
from tests.archive_app.invented import invented, publish_invented

DEEP = tuple(
    Block(kind=BlockKind.ITEM, text=f"depth{level}", level=level) for level in (*range(1, 901), 2)
)


def note(number: int, body: Blocks) -> Note:
    """A public note of 2019 with that body."""
    plain = next(note for note in invented().notes if note.open_to_public)
    return replace(plain, reference=NoteReference(2019, number), title=f"Plain {number}", body=body)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A client of the invented archive with the odd notes added."""
    folder = tmp_path_factory.mktemp("odd")
    publish_invented(folder, added=[note(801, DEEP)])
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
    words = re.findall(r"depth\d+", page.select_one(".note").text)  # type: ignore[union-attr]
    assert words == [block.text for block in DEEP]
