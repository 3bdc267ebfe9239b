"""The wheel: what it holds, and that it runs where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
import zipfile
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel as it would be published, built without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder)]
    done = subprocess.run([*command, str(CHECKOUT)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("technical_notes_archive-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel installed into a folder of its own."""
    target = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-index", "--quiet"]
    subprocess.run([*command, "--target", str(target), str(wheel)], check=True, timeout=120)
    return target


def environment(installed: Path) -> dict[str, str]:
    """This environment with the installed wheel before the checkout."""
    return {**os.environ, "PYTHONPATH": str(installed)}


def test_the_wheel_holds_the_program_the_templates_and_the_sample(wheel: Path) -> None:
    """And nothing at its top that another project could call its own."""
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"archive_app", "indexer"}
    for wanted in (
        "archive_app/templates/base.html",
        "archive_app/static/archive.css",
        "archive_app/sample/technotes.toml",
        "archive_app/sample/notes/locators.csv",
        "indexer/config/example.toml",
        "indexer/authority/subjects.toml",
    ):
        assert wanted in names
    assert not [name for name in names if "test" in name or name.endswith(".pyc")]


def test_the_constraints_pin_everything_and_nothing_else() -> None:
    """One `name==version` a line, for all that is installed here beside pip and the project."""
    lines = (CHECKOUT / "constraints.txt").read_text().splitlines()
    pinned = dict(line.split("==") for line in lines)
    assert len(pinned) == len(lines)
    command = [sys.executable, "-m", "pip", "list", "--format=freeze", "--exclude-editable"]
    listed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    installed = {line.split("==")[0] for line in listed.stdout.splitlines() if "==" in line}
    assert installed - pinned.keys() <= {"pip", "setuptools", "wheel", "technical-notes-archive"}


def test_it_runs_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """The command is there, and finds its parts in the installation alone."""
    command = [sys.executable, str(installed / "bin" / "technotes")]
    options = {"cwd": tmp_path, "env": environment(installed), "text": True, "timeout": 60}
    where = "import archive_app, indexer; print(archive_app.__file__, indexer.__file__)"
    found = subprocess.run([sys.executable, "-c", where], stdout=subprocess.PIPE, **options)
    assert all(Path(file).is_relative_to(installed) for file in found.stdout.split())
    done = subprocess.run([*command, "--version"], stdout=subprocess.PIPE, **options)
    assert done.stdout == "technotes, version 0.1.0\n"
    with subprocess.Popen(
        [*command, "demo", "--data", "demo", "--port", "0"],
        cwd=tmp_path,
        env=environment(installed),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as demo:
        assert demo.stdout is not None
        try:
            lines = iter(demo.stdout.readline, "")
            address = next(line.split()[4] for line in lines if line.startswith("Serving"))
            with urllib.request.urlopen(address, timeout=20) as answer:
                assert "Strathallan Council" in answer.read().decode()
        finally:
            demo.kill()
    assert (tmp_path / "demo" / "current").is_dir()
