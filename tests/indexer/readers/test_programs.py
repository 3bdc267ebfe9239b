"""Programs that are not ours: what is left of them when they fail, hang, or are left alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.readers.programs import MOST_MEMORY, ProgramFailed, run_program


def test_a_program_works_in_its_folder_without_input(tmp_path: Path) -> None:
    """It reads nothing, and finds its folder as its home and place for temporary files."""
    run_program(
        ["sh", "-c", 'cat > read; echo "$PWD $HOME $TMPDIR" > out'], seconds=20, folder=tmp_path
    )
    assert (tmp_path / "out").read_text().split() == [str(tmp_path)] * 3
    assert (tmp_path / "read").read_text() == ""


def test_a_failure_is_named_with_the_last_words(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailed, match=r"^sh failed \(status 3\): no such paper$"):
        run_program(
            ["sh", "-c", "echo first; echo no such paper >&2; exit 3"], seconds=20, folder=tmp_path
        )


def test_a_program_that_is_absent_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProgramFailed, match=r"^no-such-program is not installed$"):
        run_program(["no-such-program"], seconds=20, folder=tmp_path)


def test_what_a_program_started_ends_with_it(tmp_path: Path) -> None:
    """A program that goes over its time is killed, and so is the one that it started."""
    with pytest.raises(ProgramFailed, match=r"took more than 0\.5 seconds"):
        run_program(["sh", "-c", _STARTS_ANOTHER], seconds=0.5, folder=tmp_path)
    assert _is_gone(int((tmp_path / "started").read_text()))


def test_what_a_program_left_running_ends(tmp_path: Path) -> None:
    """A program that ends at once leaves nothing running behind it."""
    run_program(["sh", "-c", "sleep 60 & echo $! > started"], seconds=20, folder=tmp_path)
    assert _is_gone(int((tmp_path / "started").read_text()))


def test_the_limit_of_the_worker_is_not_the_programs(tmp_path: Path) -> None:
    """The soft limit of memory that a worker lives under is set anew for what it runs."""
    script = (
        "import resource, sys\n"
        "from pathlib import Path\n"
        "from indexer.readers.programs import run_program\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, resource.RLIM_INFINITY))\n"
        "run_program(['sh', '-c', 'ulimit -S -v > limit'], seconds=20, folder=Path(sys.argv[1]))\n"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=True, timeout=60)
    assert int((tmp_path / "limit").read_text()) * 1024 == MOST_MEMORY


def test_a_program_ends_when_its_worker_is_killed(tmp_path: Path) -> None:
    """A worker that is killed outright takes with it the program, what that started, the folder."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from indexer.readers.programs import run_program\n"
        "run_program(['sh', '-c', sys.argv[2]], seconds=60, folder=Path(sys.argv[1]))\n"
    )
    started = tmp_path / "started"
    command = _STARTS_ANOTHER.replace("started", str(started))
    worker = subprocess.Popen([sys.executable, "-c", script, str(folder), command])
    _wait_until(lambda: started.is_file() and started.read_text().endswith("\n"))
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    _wait_until(lambda: _is_gone(int(started.read_text())) and not folder.exists())


_STARTS_ANOTHER = "sleep 60 & echo $! > started; wait"


def _is_gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has asked for its status yet has too."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def _wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in 20 seconds"
        time.sleep(0.05)
