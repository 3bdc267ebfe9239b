"""A real archive of invented notes, and Flask's client on it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from archive_app import Settings, create_app
from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.reference import Series
from indexer.domain.report import RunReport
from indexer.domain.search import Contents, Council
from indexer.search_index import Edition, publish

Page = Callable[[str], BeautifulSoup]


class Invented(msgspec.Struct):
    """The file of invented notes."""

    council: Council
    officers: dict[str, str]
    subjects: dict[str, str]
    notes: list[Note]


def edition_of(invented: Invented, notes: tuple[Note, ...]) -> Edition:
    return Edition(
        notes,
        Contents(
            council=invented.council,
            series=Series(),
            built_at=datetime.datetime.now(datetime.UTC),
            notes=len(notes),
            years=tuple(sorted({note.reference.year for note in notes})),
            officers=invented.officers,
            subjects=invented.subjects,
        ),
    )


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one published generation of the invented notes."""
    folder = tmp_path_factory.mktemp("archive")
    file = Path(__file__).with_name("edition.json")
    invented = msgspec.json.decode(file.read_bytes(), type=Invented)
    every = tuple(invented.notes)
    public = tuple(note for note in every if note.open_to_public)
    now = datetime.datetime.now(datetime.UTC)
    report = RunReport(
        started=now,
        finished=now,
        generation=None,
        documents=len(every),
        notes=len(every),
        public_notes=len(public),
    )
    editions = {
        Clearance.PUBLIC: edition_of(invented, public),
        Clearance.MEMBER: edition_of(invented, every),
    }
    publish(folder, editions, report)
    return folder


@pytest.fixture(scope="session")
def app(data_folder: Path) -> Flask:
    return create_app(Settings(folder=data_folder))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Page:
    """A page at an address, which must answer 200."""

    def fetch(address: str) -> BeautifulSoup:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status)
        return BeautifulSoup(response.text, "lxml")

    return fetch
