"""Flask's client on a real archive of invented notes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from archive_app import Settings, create_app
from tests.archive_app.invented import publish_invented

Page: TypeAlias = Callable[[str], BeautifulSoup]


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one published generation of the invented notes."""
    folder = tmp_path_factory.mktemp("archive")
    publish_invented(folder)
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
