"""Headers, odd addresses, health, and pages when something is wrong."""

from __future__ import annotations

import datetime
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive_app import Settings, create_app
from archive_app.access import is_loopback
from archive_app.server import NotLoopback, require_loopback
from indexer.domain.publication import Clearance
from tests.archive_app.invented import publish_invented
from tests.archive_app.serving import serving

ADDRESSES = ["/", "/search?q=winter", "/notes/2023-064", "/notes/2023-020", "/x", "/notes/2023-64"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/healthz", "/static/archive.css"])
def test_every_answer_has_the_security_headers(client: FlaskClient, address: str) -> None:
    """Pages, redirects, errors and files alike; and nothing sets a cookie."""
    headers = client.get(address, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "img-src 'self' data:" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_members_answer_stays_in_no_cache(data_folder: Path, address: str) -> None:
    """CAC-2: not a page, an error or a redirect."""
    client = create_app(Settings(folder=data_folder, clearance=Clearance.MEMBER)).test_client()
    assert client.get(address).headers["Cache-Control"] == "private, no-store"


def test_members_read_restricted_notes_under_a_loopback_name_only(data_folder: Path) -> None:
    """A page elsewhere whose name is made to point at this machine is turned away."""
    client = create_app(Settings(folder=data_folder, clearance=Clearance.MEMBER)).test_client()
    assert "Restricted: not for the public" in client.get("/notes/2024-012").text
    assert client.get("/", headers={"Host": "[::1]:8000"}).status_code == 200
    for name in ("elsewhere.example", "127.0.0.1.example:8000", "[::1", "192.168.1.2"):
        strange = client.get("/notes/2024-012", headers={"Host": name})
        assert strange.status_code == 400, name
        assert "Kirkorran" not in strange.text


@pytest.mark.parametrize(
    "address",
    [
        *ADDRESSES,
        "/notes",
        "//notes/2023-064",
        "/notes//2023-064",
        "//",
        "/years/",
        "/search?q=64/23",
    ],
)
def test_no_answer_repeats_the_host_that_a_request_names(client: FlaskClient, address: str) -> None:
    """A cache in front could give it to others: pages, redirects and errors know paths alone."""
    path, _, query = address.partition("?")
    strange = {"PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": "elsewhere.example"}
    response = client.get("/", environ_overrides=strange)
    assert "elsewhere.example" not in response.text
    assert "elsewhere.example" not in str(response.headers)
    if response.location:
        assert response.location.startswith("/")


@pytest.mark.parametrize("address", ["//", "//notes/2023-064", "/notes//2023-064", "//static/a"])
def test_doubled_slashes_are_no_address(client: FlaskClient, address: str) -> None:
    """404, never a redirect to where the request says that it is."""
    assert client.get("/", environ_overrides={"PATH_INFO": address}).status_code == 404


@pytest.mark.parametrize("address", ["https://archive.example/tn", "https://archive.example/tn/"])
def test_a_citation_has_the_address_that_the_archive_was_given(
    data_folder: Path, address: str
) -> None:
    """And the bare path where it was given none."""
    told = create_app(Settings(folder=data_folder, address=address)).test_client()
    untold = create_app(Settings(folder=data_folder)).test_client()
    assert "12 May 2023</i>. https://archive.example/tn/notes/2023-064<" in (
        told.get("/notes/2023-064").text
    )
    assert "12 May 2023</i>. /notes/2023-064<" in untold.get("/notes/2023-064").text


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=%A0gritting",
        "/search?q=%ff%fe",
        "/search?q=%ED%A0%80",
        "/search?q=%00",
        "/search?q=salt%00",
        "/notes/2023-064%00",
        "/static/%00",
    ],
)
def test_bytes_that_are_not_text_are_refused(client: FlaskClient, address: str) -> None:
    """SEC-4: 400 with a page, and no search for something else than what was typed."""
    response = client.get(address)
    assert response.status_code == 400
    assert "This address cannot be read" in response.text


@pytest.mark.parametrize("query", ["%", "%zz", "%0B", "a%0Bb", "%F0%9F%A7%82", "%E2%80%8B"])
def test_odd_text_is_a_plain_search(client: FlaskClient, query: str) -> None:
    """A lone percent sign and a control character are no reason to fail."""
    assert client.get(f"/search?q={query}").status_code == 200


@pytest.fixture(scope="module")
def port(data_folder: Path) -> Iterator[int]:
    """The port of a real server."""
    with serving(data_folder) as address:
        yield int(address.rsplit(":", 1)[1])


@pytest.mark.parametrize(
    "target", [b"/search?q=\xa0gritting", b"/search?q=\xff", b"/notes/\xff", b"/%ff"]
)
def test_raw_bytes_are_refused_on_the_wire(port: int, target: bytes) -> None:
    """No client library stands between: a request line with bytes above 127 is no 500."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(b"GET " + target + b" HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(64).split()[1] == b"400"


def test_health_tells_generation_age_and_notes(client: FlaskClient) -> None:
    """As JSON, the age in whole seconds."""
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert answer.json["generation"] == "20261122T021400Z"
    assert answer.json["notes"] == 71
    built_at = datetime.datetime(2026, 11, 22, 2, 14, tzinfo=datetime.UTC)
    age = (datetime.datetime.now(datetime.UTC) - built_at).total_seconds()
    assert abs(answer.json["age_seconds"] - max(0, age)) < 60


def test_without_an_archive_every_page_says_what_to_do(tmp_path: Path) -> None:
    """503 until the first generation appears, and then the pages, without a restart."""
    client = create_app(Settings(folder=tmp_path)).test_client()
    for address in ("/", "/search?q=x", "/notes/2023-064", "/years/2023", "/officers"):
        response = client.get(address)
        assert response.status_code == 503, address
        assert "technotes index" in response.text
    assert client.get("/healthz").status_code == 503
    assert client.get("/nothing").status_code == 404
    assert client.get("/help").status_code == 200
    assert client.get("/static/archive.css", buffered=True).status_code == 200
    publish_invented(tmp_path)
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("age", "said"), [(1, False), (3, True)])
def test_an_old_archive_says_so(tmp_path: Path, age: int, said: bool) -> None:
    """Plainly, on every page, once the nightly run has failed twice."""
    publish_invented(tmp_path, datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=age))
    text = create_app(Settings(folder=tmp_path)).test_client().get("/help").text
    assert ("longer ago than it should be" in text) is said


def test_the_archive_is_only_read(client: FlaskClient) -> None:
    """405, saying which methods there are."""
    response = client.post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert "This page can only be read" in response.text


def test_a_fault_shows_a_page_that_needs_no_archive(data_folder: Path) -> None:
    """500, whatever broke; the page gives nothing away."""
    app = create_app(Settings(folder=data_folder))

    @app.get("/broken")
    def broken() -> str:
        raise RuntimeError("a detail that no reader should see")

    response = app.test_client().get("/broken")
    assert response.status_code == 500
    assert "Something went wrong here" in response.text
    assert "a detail" not in response.text


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.3.2.1", True),
        ("::1", True),
        ("[::1]", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.2", False),
        ("archive.example", False),
        ("127.0.0.1.example", False),
    ],
)
def test_the_members_archive_stays_on_this_machine(host: str, loopback: bool) -> None:
    """Any other host is refused with what to do instead."""
    assert is_loopback(host) is loopback
    if loopback:
        require_loopback(host)
    else:
        with pytest.raises(NotLoopback, match="leave out --host"):
            require_loopback(host)
