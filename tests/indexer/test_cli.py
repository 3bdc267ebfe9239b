"""The commands of the nightly machine as a person or a script meets them."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from filelock import FileLock

from indexer.cli import commands
from indexer.config import Config, Source, load_config

NOTE = """\
Technical Note 2023, Issue {number} - Grit Bins
Report by: Morag Lennie, Head of Roads
TN Number: {number:03d}-23
Subject: Grit Bins
Publication: {publication}
Details:
1. Bins of grit.
"""
PUBLIC = "This Technical Note will be published on the Council's website."


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a folder `notes` of two notes, one of them restricted."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TECHNOTES_CONFIG", raising=False)
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "1.txt").write_text(NOTE.format(number=1, publication=PUBLIC))
    (notes / "2.txt").write_text(NOTE.format(number=2, publication="Not for publication."))
    return tmp_path


def technotes(*arguments: str, typed: bytes | None = None) -> Result:
    return CliRunner().invoke(commands, arguments, input=typed)


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_init_writes_a_file_that_loads() -> None:
    """What a newcomer starts with holds no mistake, and is not written over by accident."""
    result = technotes("init")
    assert result.exit_code == 0
    assert "technotes index" in result.stdout
    config = load_config()
    assert config == Config(sources=(Source(Path("notes")),), file=Path("technotes.toml"))
    Path("technotes.toml").write_text("# mine\n")
    refused = technotes("init")
    assert refused.exit_code == 2
    assert "technotes.toml is there already; --force writes over it." in refused.stderr
    assert Path("technotes.toml").read_text() == "# mine\n"
    assert technotes("init", "--force").exit_code == 0
    assert load_config() == config


def test_init_then_index_then_status() -> None:
    """The whole of what a night needs, and the report that is read in the morning."""
    technotes("init")
    result = technotes("index")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Indexed 2 notes from 2 documents in ")
    assert lines[0].endswith(" seconds: 1 open to the public, 1 for members only.")
    assert lines[1].startswith("Published as generation ")
    assert len(lines) == 2
    assert result.stderr == "Reading documents: 2\nBuilding the index: 3\n"
    status = technotes("status")
    assert status.exit_code == 0
    assert status.stdout.splitlines()[1:] == [
        "It holds 2 notes: 1 open to the public, 1 for members only.",
        next(line for line in status.stdout.splitlines() if line.startswith("The last run")),
    ]


def test_the_report_names_every_problem() -> None:
    """Rejected documents with reasons, notes for a keeper, and where the full report lies."""
    Path("notes/empty.txt").touch()
    Path("notes/news.txt").write_text("Employee News 2021, Issue 03 - Thanks\n\nThank you.\n")
    Path("notes/3.txt").write_text(NOTE.format(number=3, publication="To follow"))
    result = technotes("index", "--source", "notes", "--published", "--data", "data")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[2:8] == [
        "",
        "Could not be read or placed (1):",
        "  empty.txt: the file is empty",
        "",
        "Not notes (1):",
        "  news.txt: “Employee News”, another series than “Technical Note”",
    ]
    assert lines[9] == "For a keeper to look at (1):"
    assert lines[10].startswith("  2023-003 publication: ")
    assert lines[-1] == "Full report: data/last-run.json"
    assert Path("data/last-run.json").is_file()


def test_a_long_report_says_how_much_it_leaves_out() -> None:
    """A night with hundreds of faults still fits on a screen."""
    for number in range(25):
        Path(f"notes/empty-{number:02d}.txt").touch()
    result = technotes("index", "--source", "notes", "--data", "data")
    assert "Could not be read or placed (25):" in result.stdout
    assert "  … and 5 more, all of them in the full report\n" in result.stdout
    assert result.stdout.count(": the file is empty") == 20


def test_status_in_json() -> None:
    """For a monitor: the age in seconds, and the last run whether or not it published."""
    technotes("index", "--source", "notes", "--data", "data")
    for file in Path("notes").iterdir():
        file.unlink()
    failed = technotes("index", "--source", "notes", "--data", "data")
    assert failed.exit_code == 3
    assert failed.stdout == ""
    assert "Nothing was published: notes: the source folder holds no files" in failed.stderr
    assert "The archive in data is as it was before this run.\n" in failed.stderr
    status = json.loads(technotes("status", "--data", "data", "--json").stdout)
    assert (status["notes"], status["public_notes"]) == (2, 1)
    assert 0 <= status["age_seconds"] < 60
    assert status["generation"]
    assert status["last_run"]["generation"] is None
    assert status["last_run"]["reason"].startswith("notes: the source folder holds no files")


def test_a_first_run_that_fails_is_not_hidden() -> None:
    """There is no archive to speak of as it was, and `status` says what the run said."""
    for file in Path("notes").iterdir():
        file.unlink()
    failed = technotes("index", "--source", "notes", "--data", "data")
    assert failed.exit_code == 3
    assert "There is no archive in data that could be served.\n" in failed.stderr
    assert "as it was" not in failed.stderr
    status = technotes("status", "--data", "data")
    assert (status.exit_code, status.stdout) == (3, "")
    assert "published nothing: notes: the source folder holds no files" in status.stderr
    assert "no archive at data yet" in status.stderr.splitlines()[-1]
    monitored = technotes("status", "--data", "data", "--json")
    assert monitored.exit_code == 3
    record = json.loads(monitored.stdout)
    assert (record["generation"], record["age_seconds"]) == (None, None)
    assert record["last_run"]["reason"].startswith("notes: the source folder holds no files")


def test_doubts_about_publication_come_first_for_review() -> None:
    """However many notes wait for a keeper, a note that may be the public's to read is shown."""
    for number in range(100, 125):
        text = NOTE.format(number=number, publication=PUBLIC)
        Path(f"notes/{number}.txt").write_text(text.replace(f"TN Number: {number}", "TN Number: 9"))
    Path("notes/999.txt").write_text(NOTE.format(number=999, publication="To follow"))
    lines = technotes("index", "--source", "notes", "--data", "data").stdout.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("For a keeper"))
    assert lines[start] == "For a keeper to look at (26):"
    assert lines[start + 1].startswith("  2023-999 publication: ")


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("index",), 2, "There is nothing to index: name a --source FOLDER"),
        (("index", "--published"), 2, "--published says something of --source FOLDER"),
        (("index", "--source", "absent"), 2, "Directory 'absent' does not exist"),
        (("index", "--source", "notes", "--data", "notes"), 2, "cannot both lie in notes"),
        (("index", "--config", "absent.toml"), 2, "'absent.toml' does not exist."),
        (("extract",), 2, "Name files or folders, or say --jsonl"),
        (("extract", "--jsonl", "notes"), 2, "Name files or folders, or say --jsonl"),
        (("status", "--data", "absent"), 3, "no archive at absent yet"),
        (("reindex",), 2, "No such command 'reindex'"),
    ],
)
def test_a_wrong_command_is_answered_with_a_sentence(
    arguments: tuple[str, ...], status: int, message: str
) -> None:
    """On standard error, with the status that DESIGN gives it."""
    result = technotes(*arguments)
    assert result.exit_code == status
    assert result.stdout == ""
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_a_configuration_that_is_not_there_is_not_to_be_written_by_init() -> None:
    """`init` writes technotes.toml and no other name, so it would not help."""
    result = technotes("index", "--config", "other.toml")
    assert result.exit_code == 2
    assert "init" not in result.stderr


def test_every_mistake_of_the_configuration_is_on_standard_error() -> None:
    """One line each, all at once."""
    Path("technotes.toml").write_text('[council]\nnmae = "x"\n\n[[sources]]\nfolder = "absent"\n')
    result = technotes("index")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        'technotes.toml:2: "nmae" is not a known key in [council]. Did you mean "name"?',
        'technotes.toml:5: the source folder "absent" is not there. '
        "Make the folder absent, or name another.",
    ]


def test_a_run_beside_another_ends_with_75() -> None:
    """The status that says: try again later."""
    Path("data").mkdir()
    with FileLock("data/.lock"):
        result = technotes("index", "--source", "notes", "--data", "data")
    assert result.exit_code == 75
    assert "another run is indexing to data now" in result.stderr


def test_extract_answers_for_files_and_folders_in_order() -> None:
    """A folder's documents go by the path that leads to them from here."""
    Path("notes/0.txt").touch()
    result = technotes("extract", "notes/2.txt", "notes", "absent.txt")
    assert result.exit_code == 1
    answers = [(record["locator"], record["slug"]) for record in records(result)]
    assert answers == [
        ("notes/2.txt", "2023-002"),
        ("notes/0.txt", None),
        ("notes/1.txt", "2023-001"),
        ("notes/2.txt", "2023-002"),
        ("absent.txt", None),
    ]
    assert records(result)[1]["rejected"] == "the file is empty"
    assert records(result)[4]["rejected"] == "there is no such file"


def test_a_page_that_is_no_note_is_no_failure() -> None:
    """It is rejected with the reason, and the status is 0."""
    Path("news.txt").write_text("Employee News 2021, Issue 03 - Thanks\n\nThank you.\n")
    result = technotes("extract", "news.txt")
    assert result.exit_code == 0
    (record,) = records(result)
    assert record["rejected"] == "“Employee News”, another series than “Technical Note”"


def test_extract_reads_json_lines() -> None:
    """Each line has its answer in its place, the unusable ones too; UTF-8 comes out as such."""
    text = NOTE.format(number=1, publication=PUBLIC).replace("Grit", "Éilidh’s grit")
    lines = [
        json.dumps({"locator": "a", "media_type": "text/plain", "content": text}),
        "",
        '{"locator": "b"}',
        "nonsense",
        json.dumps({"locator": "c", "content": text}),
    ]
    result = technotes("extract", "--jsonl", typed="\n".join(lines).encode())
    assert result.exit_code == 1
    answers = [(record["locator"], record["title"]) for record in records(result)]
    title = "Éilidh’s grit Bins"
    assert answers == [("a", title), ("b", None), (None, None), ("c", title)]
    assert "Éilidh’s".encode() in result.stdout_bytes


def test_extract_knows_the_series_and_labels_of_the_configuration() -> None:
    """A second council's notes are another file, not other code."""
    text = "Member Briefing 2023, No 114 - Grit\nMB Number: 114 - 23\nTopic: Grit bins\n1. Grit."
    Path("114.txt").write_text(text)
    Path("other.toml").write_text(
        '[series]\nname = "Member Briefing"\n[labels]\nnumber = ["MB Number"]\nsubject = ["Topic"]'
    )
    (record,) = records(technotes("extract", "--config", "other.toml", "114.txt"))
    assert (record["slug"], record["subject"]) == ("2023-114", "Grit bins")


def test_a_reader_that_stops_reading_is_no_error() -> None:
    """`extract … | head -1` ends in silence."""
    for number in range(200):
        Path(f"notes/x{number}.txt").write_text(NOTE.format(number=1, publication=PUBLIC) * 5)
    command = f"'{sys.executable}' -m indexer extract notes | head -1"
    done = subprocess.run(["bash", "-c", command], capture_output=True, timeout=60, check=True)
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1


def test_the_nightly_machine_needs_no_web_front_end() -> None:
    """`python -m indexer` never imports Flask, Waitress or anything of the pages."""
    script = (
        "import runpy, sys\n"
        "sys.argv = ['indexer', 'extract', 'notes/1.txt']\n"
        "try:\n"
        "    runpy.run_module('indexer', run_name='__main__')\n"
        "except SystemExit as end:\n"
        "    assert not end.code, end.code\n"
        "web = {'flask', 'jinja2', 'werkzeug', 'waitress', 'archive_app'} & sys.modules.keys()\n"
        "sys.exit(str(web) if web else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["slug"] == "2023-001"


def test_ctrl_c_ends_a_command_with_a_word() -> None:
    """A person who stops it sees no traceback, and a script sees the usual status."""
    with subprocess.Popen(
        [sys.executable, "-m", "indexer", "extract", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stdin is not None
        assert command.stderr is not None
        # More than a pipe holds: once it is written, the command is reading.
        command.stdin.write(b"\n" * 1_000_000)
        command.stdin.flush()
        command.send_signal(signal.SIGINT)
        assert command.wait(timeout=60) == 130
        assert command.stderr.read() == b"Stopped.\n"
