"""Documents through the workers: in order, part by part, and few of them at a time."""

from __future__ import annotations

import base64
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pytest

from indexer import authority
from indexer.config import Config
from indexer.domain.note import DocumentClaims
from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.ingest import File, Ingested, Input, Limits, ingest
from indexer.ingest.outcome import ingest_here
from indexer.pipeline import extract_each
from indexer.sources import Found

NOTE = """\
Technical Note 2023, Issue {number} - Grit Bins
Report by: Morag Lennie, Head of Roads
TN Number: {number:03d}-23
Publication: This Technical Note will be published on the Council's website.
Details:
1. The grit bins of Kirkorran are full.
"""
MINUTES = b"Minutes of the bowling club, which met on Monday."


def note(number: int) -> bytes:
    return NOTE.format(number=number).encode()


def zip_of(entries: Iterable[tuple[str, bytes]]) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def email_of(text: str, attached: Iterable[tuple[str, bytes]]) -> bytes:
    message = EmailMessage()
    message["Subject"] = "For the archive"
    message.set_content(text)
    for name, content in attached:
        message.add_attachment(
            content, maintype="application", subtype="octet-stream", filename=name
        )
    return bytes(message)


def text(locator: str, content: bytes) -> SourceDocument:
    return SourceDocument(locator, "text/plain", content)


def zipped(locator: str, content: bytes) -> SourceDocument:
    return SourceDocument(locator, "application/zip", content)


def told(inputs: Iterable[Input], limits: Limits | None = None) -> list[list[tuple[str, str]]]:
    """For each input the entry of each document that it holds, with its number or reason."""
    held = ingest(inputs, Config(), authority.load(), limits)
    return [[(each.entry, _outcome(each)) for each in part] for part in held]


def _outcome(each: Ingested) -> str:
    if isinstance(each.outcome, DocumentClaims):
        assert (each.outcome.source.locator, each.outcome.source.entry) == (
            each.locator,
            each.entry,
        )
        return str(each.outcome.reference)
    return each.outcome.reason


def test_outcomes_stand_in_the_order_of_their_documents(tmp_path: Path) -> None:
    """Files, documents and rejections, as they were given; a slow one holds up no other."""
    (tmp_path / "2.txt").write_bytes(note(2))
    page = b"<p>1. Word.</p>" * 20_000
    given: list[Input] = [
        SourceDocument("1.html", "text/html", b"<h1>Technical Note 2023 Issue 1</h1>" + page),
        File(Found(tmp_path / "2.txt", "2.txt"), published=True),
        Rejection("3.txt", "it is a link that leads nowhere"),
        text("4.txt", note(4)),
        File(Found(tmp_path / "5.txt", "5.txt")),
    ]
    assert told(given) == [
        [("", "001-23")],
        [("", "002-23")],
        [("", "it is a link that leads nowhere")],
        [("", "004-23")],
        [("", "it was removed while the folder was read")],
    ]


def test_workers_and_this_process_say_the_same() -> None:
    """Whichever of the two reads a document."""
    given = [
        text("1.txt", note(1)),
        zipped("2.zip", zip_of([("a/2.txt", note(2)), ("b.css", b"p {}"), ("3.txt", MINUTES)])),
        SourceDocument("4.eml", "message/rfc822", email_of("See below.", [("4.txt", note(4))])),
        zipped("5.zip", b"PK\x03\x04"),
        text("6.txt", b""),
    ]
    lists = authority.load()
    assert list(ingest(given, Config(), lists)) == list(ingest_here(given, Config(), lists))


def test_what_a_zip_holds_is_read_part_by_part() -> None:
    """A part that takes too long costs neither those before it nor those behind it."""
    slow = b"<title>Technical Note 2023 Issue 9</title>" + b"<p>1. Word.</p>" * 1_000_000
    parts = [("1.txt", note(1)), ("slow.html", slow), ("inner.zip", zip_of([("2.txt", note(2))]))]
    (held,) = told([zipped("notes.zip", zip_of(parts))], Limits(seconds=3))
    assert held[0] == ("1.txt", "001-23")
    assert held[1][0] == "slow.html"
    assert "longer than 3 seconds" in held[1][1] or "swells" in held[1][1]
    assert held[2] == ("inner.zip/2.txt", "002-23")


def test_zips_within_zips_are_opened_so_far_and_no_further() -> None:
    """The innermost is named."""
    content = zip_of([("1.txt", note(1))])
    for depth in range(5):
        content = zip_of([(f"{depth}.zip", content)])
    ((held,),) = told([zipped("outer.zip", content)])
    assert held[0] == "4.zip/3.zip/2.zip"
    assert "is not opened" in held[1]


def test_zips_within_zips_do_not_multiply() -> None:
    """What one file may hold is counted through all the files inside it."""
    inner = zip_of((f"{number}.txt", note(number)) for number in range(1, 6))
    outer = zip_of((f"{number}.zip", inner) for number in range(3))
    first, second = told([zipped("outer.zip", outer), text("8.txt", note(8))], Limits(documents=7))
    assert [entry for entry, _ in first] == [
        *(f"0.zip/{number}.txt" for number in range(1, 5)),
        *("0.zip", "1.zip", "2.zip"),
    ]
    assert first[4][1].startswith("the last 1 of its documents were not read")
    assert first[5][1].startswith("the last 5 of its documents were not read")
    assert second == [("", "008-23")]


def test_a_document_that_needs_too_much_memory_is_named() -> None:
    """It is told from a fault of the program, and the notes beside it are read."""
    page = b"<title>Technical Note 2023 Issue 9</title>" + b"<p>1. Word.</p>" * 1_000_000
    hungry = SourceDocument("big.html", "text/html", page)
    given = [text("1.txt", note(1)), hungry, text("2.txt", note(2))]
    first, big, second = told(given, Limits(memory=512 << 20))
    assert (first, second) == ([("", "001-23")], [("", "002-23")])
    assert big[0][1].startswith("it needs more memory than 0.5 GB")


def test_few_documents_are_asked_for_ahead() -> None:
    """However many there are, and nothing is left of them on the disk afterwards."""
    taken = 0

    def documents() -> Iterator[SourceDocument]:
        nonlocal taken
        for number in range(1, 101):
            taken += 1
            yield text(f"{number}.txt", note(number))

    outcomes = ingest(documents(), Config(), authority.load())
    for read, _ in enumerate(outcomes, start=1):
        assert taken <= read + 4 * (os.cpu_count() or 1) + 1
    assert taken == 100


@pytest.mark.parametrize(
    ("parts", "records"),
    [
        ([("1.txt", note(1)), ("minutes.txt", MINUTES)], [("1.txt", "001-23")]),
        (
            [("1.txt", note(1)), ("empty.txt", b""), ("2.txt", note(2))],
            [("1.txt", "001-23"), ("empty.txt", "the file is empty"), ("2.txt", "002-23")],
        ),
        (
            [("minutes.txt", MINUTES), ("more.txt", MINUTES)],
            [("minutes.txt", "neither its title nor its address names a number")],
        ),
    ],
)
def test_the_records_of_a_zip(
    parts: list[tuple[str, bytes]], records: list[tuple[str, str]]
) -> None:
    """Its notes and its failures; where there are none, why it holds no note."""
    extracted = extract_each([zipped("notes.zip", zip_of(parts))], Config())
    assert {each.locator for each in extracted} == {"notes.zip"}
    assert [each.entry for each in extracted] == [entry for entry, _ in records]
    for each, (_, said) in zip(extracted, records, strict=True):
        if isinstance(each.outcome, Rejection):
            assert each.outcome.reason.startswith(said)
        else:
            assert str(each.outcome.reference) == said


def test_an_email_with_one_note_is_one_record() -> None:
    """Its own words, which are no note, and the logo of the council are not told."""
    mail = email_of("Please find the note attached.", [("1.txt", note(1)), ("logo.png", b"\x89")])
    given = [
        SourceDocument("mail.eml", "message/rfc822", mail),
        SourceDocument("note.eml", "message/rfc822", email_of(note(2).decode(), [])),
        SourceDocument("other.eml", "message/rfc822", email_of("Lunch?", [])),
    ]
    extracted = extract_each(given, Config())
    assert [(each.locator, each.entry) for each in extracted] == [
        ("mail.eml", "1.txt"),
        ("note.eml", ""),
        ("other.eml", ""),
    ]


def _started(folder: Path) -> tuple[subprocess.Popen[bytes], set[int]]:
    """A run that reads something slow, and the processes that belong to it."""
    notes = folder / "notes"
    notes.mkdir()
    for number in range(4):
        (notes / f"{number}.html").write_bytes(b"<p>word</p><nav></nav>" * 60_000)
    command = [sys.executable, "-m", "indexer", "index", "--source", notes, "--data", folder / "d"]
    run = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not any(_is_busy(pid) for pid in _family(run.pid)):
        assert time.monotonic() < deadline, "no worker began to read"
        time.sleep(0.05)
    return run, _family(run.pid)


def _family(pid: int) -> set[int]:
    """The processes that descend from `pid`."""
    parents = {int(stat.name): _stat(stat.name)[1] for stat in Path("/proc").glob("[0-9]*")}
    found, new = set[int](), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return found


def _stat(pid: int | str) -> tuple[str, int, float]:
    """The state of a process, its parent, and the seconds for which it has run."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "gone", 0, 0.0
    return fields[0], int(fields[1]), int(fields[11]) / os.sysconf("SC_CLK_TCK")


def _is_busy(pid: int) -> bool:
    return _stat(pid)[2] > 1.0


def _ended(family: set[int]) -> bool:
    return all(_stat(pid)[0] in ("gone", "Z") for pid in family)


def test_ctrl_c_ends_the_run_with_all_its_processes(tmp_path: Path) -> None:
    """As a shell expects, with one word and nothing else, though every worker is at work."""
    run, family = _started(tmp_path)
    os.killpg(run.pid, signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert said.decode().splitlines()[-1] == "Stopped."
    assert "Traceback" not in said.decode()
    _wait_until_ended(family)
    assert not (tmp_path / "d" / "current").exists()


def test_a_run_that_is_killed_leaves_no_process(tmp_path: Path) -> None:
    """Not even a worker that is in the middle of something long."""
    run, family = _started(tmp_path)
    run.kill()
    run.communicate()
    _wait_until_ended(family)


def _wait_until_ended(family: set[int]) -> None:
    deadline = time.monotonic() + 20
    while not _ended(family):
        assert time.monotonic() < deadline, "processes were left behind"
        time.sleep(0.1)


def test_json_lines_may_hold_zips(tmp_path: Path) -> None:
    """Bytes that are in no file are read like others, one record for each note."""

    content = base64.b64encode(zip_of([("1.txt", note(1)), ("2.txt", note(2))])).decode()
    line = json.dumps({"locator": "notes.zip", "content_base64": content})
    ended = subprocess.run(
        [sys.executable, "-m", "indexer", "extract", "--jsonl"],
        input=line.encode(),
        capture_output=True,
        cwd=tmp_path,
        check=True,
    )
    records = [json.loads(each) for each in ended.stdout.splitlines()]
    assert [(each["locator"], each["entry"], each["reference"]) for each in records] == [
        ("notes.zip", "1.txt", "001-23"),
        ("notes.zip", "2.txt", "002-23"),
    ]
    assert ended.stderr == b""
