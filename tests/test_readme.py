"""Every command that the README and the documents in docs/ show does what it should.

A command that this file does not know how to run fails the test, so that none goes untried.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
DOCUMENTS = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
PATIENCE = 60  # seconds

_BLOCK = re.compile(r"^ *```(console|sh|bash|shell)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_PROGRAM = r"\.venv/bin/(?:technotes|python -m indexer)"
_CHECKOUT_SHOWN = re.compile(r"/srv/technical-notes-archive(?![\w-])")
_PATH_OF_A_MACHINE = re.compile(r"(?<![\w.])/(?:srv|var|home|opt)(?=/)")


@dataclass(frozen=True, slots=True)
class Place:
    """A folder with notes, an archive and an environment, where commands are run in turn."""

    folder: Path


def commands_in(text: str) -> Iterator[str]:
    """The commands of every block, without what they print and with their lines joined."""
    for language, block in _BLOCK.findall(text):
        for line in block.replace("\\\n", " ").splitlines():
            words = line.split()
            if language == "console" and words[:1] == ["$"]:
                yield " ".join(words[1:])
            elif language != "console" and words and not words[0].startswith("#"):
                yield " ".join(words)


def run(command: str, place: Place) -> None:
    """Run a command that ends by itself, and see that it ended well."""
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {command}"],
        cwd=place.folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"


def ask(command: str, place: Place) -> None:
    """Run a command of ours on the notes and the archive of the place."""
    if source := re.search(r"--source (\S+)", command):
        folder = place.folder / source[1]
        if not folder.exists():
            shutil.copytree(place.folder / "notes", folder)
    run(command, place)


def serve(command: str, place: Place) -> None:
    """Start a command that serves, see that it answers where it should, and stop it."""
    port = free_port()
    command = re.sub(r" --port \d+", "", command) + f" --port {port}"
    answers(command, place, port)


def make_demo(command: str, place: Place) -> None:
    """Start the demonstration with what is installed here, as `make` would."""
    port = free_port()
    settings = f"VENV={sys.prefix} DATA={place.folder / 'demo'} PORT={port}"
    answers(f"make -C {CHECKOUT} -o {sys.prefix}/.runs {settings} demo", place, port)


def make_other(command: str, place: Place) -> None:
    """See that the target exists and what it would do; these run this very test."""
    run(f"make -C {CHECKOUT} --dry-run {command.removeprefix('make ')}", place)


def weigh(command: str, place: Place) -> None:
    """Measure ranking on the small collection of the tests."""
    collection = place.folder / "COLLECTION"
    if not collection.exists():
        shutil.copytree(CHECKOUT / "tests" / "corpus" / "collection", collection)
    run(f"PYTHONPATH={CHECKOUT} {command}", place)


def leave_installing(command: str, place: Place) -> None:
    """See that what it would install is there, and leave it alone."""
    *_, constraints, checkout = command.split()
    assert Path(constraints).is_file(), command
    assert (Path(checkout) / "pyproject.toml").is_file(), command


def leave(command: str, place: Place) -> None:
    """Leave alone what changes the machine or fetches something: no test may do that."""


KNOWN: tuple[tuple[str, Callable[[str, Place], None]], ...] = (
    (r"make demo( PORT=\d+)?", make_demo),
    (r"make (test|check|bench|soak|help)( \w+=\S+)*", make_other),
    (r"\.venv/bin/technotes (serve|demo)\b.*", serve),
    (r"\.venv/bin/python -m tests\.benchmarks\.relevance .*", weigh),
    (rf"((echo|printf|cat) [^|]*\| )?{_PROGRAM} .*", ask),
    (r"\.venv/bin/pip install -c \S+ \S+", leave_installing),
    (r"(git clone|mkdir|cd|sudo|crontab|python3 -m venv) .*", leave),
)


def perform(command: str, place: Place) -> None:
    """Do with `command` what its kind asks for; one of no known kind is a failure."""
    command = _CHECKOUT_SHOWN.sub(str(CHECKOUT), command)
    command = _PATH_OF_A_MACHINE.sub(lambda found: f"{place.folder}{found[0]}", command)
    for pattern, how in KNOWN:
        if re.fullmatch(pattern, command):
            how(command, place)
            return
    pytest.fail(f"no test knows how to run this command: {command}")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def answers(command: str, place: Place, port: int) -> None:
    """See that the command answers on its port, and that it stops when it is told to."""
    with subprocess.Popen(
        ["bash", "-c", f"exec {command}"],
        cwd=place.folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    ) as process:
        try:
            until_it_answers(f"http://127.0.0.1:{port}/healthz", process)
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(timeout=PATIENCE)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                raise


def until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        assert process.poll() is None, "it ended by itself"
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    pytest.fail(f"nothing answered at {address}")


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's notes in `notes`, their archive in `data`, and the environment of this test."""
    folder = tmp_path_factory.mktemp("indexed")
    shutil.copytree(CHECKOUT / "tests" / "corpus" / "sample" / "notes", folder / "notes")
    (folder / ".venv").symlink_to(Path(sys.executable).parent.parent)
    run(".venv/bin/technotes index --source notes --published --data data", Place(folder))
    return folder


@pytest.fixture
def place(indexed: Path, tmp_path: Path) -> Place:
    """A copy of the notes and their archive, for one document's commands to work on."""
    folder = tmp_path / "place"
    shutil.copytree(indexed, folder, symlinks=True)
    return Place(folder)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_shown_works(document: Path, place: Place) -> None:
    """In the order in which a reader meets them, each on what the ones before it left."""
    for command in commands_in(document.read_text(encoding="utf-8")):
        perform(command, place)


def test_the_readme_shows_the_commands_that_a_newcomer_needs() -> None:
    """To see the archive, to test it, and to point it at notes of one's own."""
    shown = list(commands_in((CHECKOUT / "README.md").read_text(encoding="utf-8")))
    for needed in ("make demo", "make test", "index", "serve"):
        assert any(needed in command for command in shown), needed


def test_commands_are_told_from_what_they_print() -> None:
    """Only lines after a prompt count in a console, all but comments in a script."""
    text = (
        "```console\n$ technotes status \\\n    --json\nGeneration 1\n$ make test\n```\n"
        "```toml\n$ no\n```\n```sh\n# why\ntechnotes index\n```\n"
    )
    assert list(commands_in(text)) == ["technotes status --json", "make test", "technotes index"]


@pytest.mark.parametrize(
    "command",
    [
        "make demo",
        "make check",
        ".venv/bin/technotes serve --data data --port 8000 --members",
        ".venv/bin/technotes index --source /srv/notes --published --data /var/lib/technotes",
        "cat notes/2019/*.txt | .venv/bin/technotes extract notes/2019",
        ".venv/bin/python -m indexer status --data data",
    ],
)
def test_a_command_of_each_kind_is_run(command: str, place: Place) -> None:
    """So that a document which shows one of them is really tried."""
    perform(command, place)


@pytest.mark.parametrize(
    "command",
    [
        "rm -rf data",
        "technotes status --data data",
        ".venv/bin/technotes reindex",
        "make nonsense",
        ".venv/bin/technotes search grit --data absent",
        ".venv/bin/pip install -c /srv/technical-notes-archive/absent.txt /srv/archive",
    ],
)
def test_a_command_that_fails_or_is_unknown_is_found_out(command: str, place: Place) -> None:
    """This test could pass by doing nothing; it does not."""
    with pytest.raises((AssertionError, pytest.fail.Exception)):
        perform(command, place)
