"""The commands that search the archive and serve it, as a person or a script meets them."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_app.cli import main
from archive_app.resources import bundled_folder

TECHNOTES = [sys.executable, "-c", "from archive_app.cli import main; main()"]
KEYS = [
    *("query", "opens", "total", "holding_all_words", "hits", "facets", "absent"),
    *("left_out", "unread", "loosened", "spelt_out", "did_you_mean"),
]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder that holds the archive of the sample."""
    data = str(tmp_path_factory.mktemp("sample") / "data")
    notes = str(bundled_folder("sample") / "notes")
    assert technotes("index", "--source", notes, "--published", "--data", data).exit_code == 0
    return data


def technotes(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def found(data: str, query: str, *options: str) -> dict[str, object]:
    result = technotes("search", query, "--data", data, "--json", *options)
    assert result.exit_code == 0, result.stderr
    answer = json.loads(result.stdout)
    assert isinstance(answer, dict)
    return answer


def test_a_search_answers_in_json(sample: str) -> None:
    """One object with the keys that other programs rely on."""
    answer = found(sample, "winter service")
    assert list(answer) == KEYS
    assert answer["query"] == "winter service"
    assert answer["opens"] is None
    assert isinstance(answer["hits"], list)
    first = answer["hits"][0]
    assert list(first) == ["reference", "slug", "title", "score", "snippet"]
    assert "Winter Service" in first["title"]
    assert any(span["matched"] for span in first["snippet"])
    assert all(list(span) == ["text", "matched"] for span in first["snippet"])
    facets = answer["facets"]
    assert isinstance(facets, dict)
    assert list(facets) == ["year", "officer", "subject"]
    assert all(list(v) == ["value", "label", "count"] for values in facets.values() for v in values)


@pytest.mark.parametrize("query", ["005-23", "TN 5/23", "tn-005-23", "2023 issue 5", "2023-005"])
def test_a_number_in_any_spelling_opens_its_note(sample: str, query: str) -> None:
    """The note is the first hit as well."""
    answer = found(sample, query)
    assert answer["opens"] == "2023-005"
    assert isinstance(answer["hits"], list)
    assert answer["hits"][0]["slug"] == "2023-005"


def test_restricted_notes_are_for_members_alone(sample: str) -> None:
    """2019-001 is not for publication."""
    assert found(sample, "001-19")["opens"] is None
    assert found(sample, "001-19")["absent"] == ["001-19"]
    assert found(sample, "001-19", "--members")["opens"] == "2019-001"


def test_filters_sorting_and_pages(sample: str) -> None:
    """Each option is the part of the question that it says."""
    newest = found(sample, "", "--sort", "newest")
    assert isinstance(newest["hits"], list)
    slugs = [hit["slug"] for hit in newest["hits"]]
    assert slugs == sorted(slugs, reverse=True)
    second = found(sample, "", "--sort", "newest", "--page", "2")
    assert isinstance(second["hits"], list)
    assert slugs[-1] > second["hits"][0]["slug"]
    filtered = found(sample, "", "--year", "2023", "--year", "2024", "--subject", "roads")
    assert isinstance(filtered["hits"], list)
    assert {hit["slug"][:4] for hit in filtered["hits"]} == {"2023", "2024"}


def test_a_search_answers_a_person(sample: str) -> None:
    """Counts, hits with their numbers, and the values that narrow the search."""
    result = technotes("search", "winter service", "--data", sample)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert re.fullmatch(r"\d+ notes; \d+ with all the words\.", lines[0])
    assert any(re.match(r"\d{3}-\d\d  .*Winter Service", line) for line in lines)
    assert any(line.startswith("--subject: roads (") for line in lines)
    absent = technotes("search", "999-23", "--data", sample)
    assert absent.exit_code == 0
    assert absent.stdout.startswith("Not issued, not public, or not found: 999-23.\n")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("search", "grit", "--data", "absent"), 3, "no archive at absent yet"),
        (("search", "grit", "--page", "0"), 2, "0 is not in the range x>=1"),
        (("search",), 2, "Missing argument 'QUERY'"),
        (("serve", "--members", "--host", "0.0.0.0"), 2, "served on this machine only"),
        (("serve", "--port", "70000"), 2, "70000 is not in the range"),
    ],
)
def test_a_wrong_command_is_answered_with_a_sentence(
    arguments: tuple[str, ...],
    status: int,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On standard error, with the status that the kind of mistake has."""
    monkeypatch.chdir(tmp_path)
    result = technotes(*arguments)
    assert result.exit_code == status
    assert message in " ".join(result.stderr.split())


def test_a_port_that_is_taken_is_told(sample: str) -> None:
    """The sentence names the port and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*TECHNOTES, "serve", "--data", sample, "--port", port],
            capture_output=True,
            text=True,
            timeout=60,
        )
    assert done.returncode == 2
    assert f"Cannot serve on 127.0.0.1 port {port} (Address already in use)" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("host", ["nosuch.invalid", "192.0.2.1", "."])
def test_a_host_that_this_machine_is_not_is_told(sample: str, host: str) -> None:
    """Another port would not help, so the sentence names the host."""
    done = subprocess.run(
        [*TECHNOTES, "serve", "--data", sample, "--port", "0", "--host", host],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert f'Cannot serve on "{host}", which is no name or address of this machine' in done.stderr
    assert "Traceback" not in done.stderr
    assert "program failed" not in done.stderr


def test_a_name_with_several_addresses_is_served(sample: str) -> None:
    """The address printed is the first of them, with the port that it was given."""
    with started("serve", "--data", sample, "--port", "0", "--host", "*") as (_, address):
        port = address.rpartition(":")[2]
        assert json.loads(page(f"http://127.0.0.1:{port}/healthz"))["status"] == "ok"


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command while it runs, and the address that it prints."""
    with subprocess.Popen(
        [*TECHNOTES, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as command:
        assert command.stdout is not None
        try:
            lines = iter(command.stdout.readline, "")
            address = next(
                found[0] for line in lines if (found := re.search(r"http://[\d.*]+:\d+", line))
            )
            yield command, address
        finally:
            command.kill()


def page(address: str) -> str:
    with urllib.request.urlopen(address, timeout=20) as answer:
        return str(answer.read().decode())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_ends_when_it_is_told_to(sample: str, number: signal.Signals) -> None:
    """Ctrl-C and a service manager's SIGTERM both end it with status 0."""
    with started("serve", "--data", sample, "--port", "0") as (command, address):
        assert json.loads(page(f"{address}/healthz"))["status"] == "ok"
        command.send_signal(number)
        assert command.wait(timeout=20) == 0
        assert command.stderr is not None
        assert command.stderr.read() == "Stopped.\n"


def test_serve_for_members_shows_restricted_notes(sample: str) -> None:
    """The same note is not found in the public archive."""
    with started("serve", "--data", sample, "--port", "0", "--members") as (_, address):
        assert "Kirkorran Depot" in page(f"{address}/notes/2019-001")


def test_demo_indexes_once_and_starts_fast_the_second_time(tmp_path: Path) -> None:
    """The second start finds the archive there, and takes less than 5 seconds."""
    arguments = ("demo", "--data", str(tmp_path / "demo"), "--port", "0")
    with started(*arguments) as (_, address):
        assert "Strathallan Council" in page(address)
    generations = list((tmp_path / "demo" / "generations").iterdir())
    begun = time.monotonic()
    with started(*arguments) as (_, address):
        assert json.loads(page(f"{address}/healthz"))["status"] == "ok"
        assert time.monotonic() - begun < 5
    assert list((tmp_path / "demo" / "generations").iterdir()) == generations
