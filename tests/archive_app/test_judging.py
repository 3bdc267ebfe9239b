"""`technotes judge`: questions whose answer is known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive_app.cli import main
from archive_app.judging import read_pairs
from indexer.domain.errors import ConfigError
from indexer.domain.report import ExitStatus

QUESTIONS = """\
# Questions that the front desk was asked
proposed changes to priority gritting routes\t2023-064

064-23\tTN 064-23
salt stock\t112-22,2022-101
winter\t2015-006
quillfeather\t1999-001
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of five questions: three answered first, one late, one not at all."""
    file = tmp_path / "questions.tsv"
    file.write_text(QUESTIONS, encoding="utf-8-sig")
    return file


def judge(data: Path, *arguments: object) -> Result:
    return CliRunner().invoke(main, ["judge", "--data", str(data), *map(str, arguments)])


def test_every_question_has_its_rank_and_all_together_their_shares(
    data_folder: Path, file: Path
) -> None:
    done = judge(data_folder, file, "--least-first", "0.6")
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[:3] == [
        "   1  proposed changes to priority gritting routes",
        "   1  064-23",
        "   1  salt stock",
    ]
    assert lines[3].endswith("  winter")
    assert lines[4].startswith("      first is ")
    assert "   -  quillfeather" in lines
    assert "      not in this archive: 001-99" in lines
    assert lines[-1].startswith("5 questions: 60.0% answered first, 60.0% in the first three, ")


def test_too_few_answered_first_is_a_failure(data_folder: Path, file: Path) -> None:
    """So that a change of weights is stopped before it goes live."""
    done = judge(data_folder, file)
    assert done.exit_code == ExitStatus.WITH_FAILURES
    assert done.stderr.splitlines() == [
        "Fewer than 96.0% are answered first.",
        "Asked for notes that are not in this archive: 1 of 5."
        " With --members, restricted notes count too.",
    ]
    assert "--members" not in judge(data_folder, file, "--members").stderr


def test_the_verdict_in_json(data_folder: Path, file: Path) -> None:
    done = judge(data_folder, file, "--json", "--least-first", "0")
    record = json.loads(done.stdout)
    assert list(record) == ["first", "top_3", "top_10", "mrr", "queries"]
    assert record["first"] == 0.6
    assert record["top_3"] <= record["top_10"] < 1
    assert record["queries"][0] == {
        "query": "proposed changes to priority gritting routes",
        "expected": ["2023-064"],
        "rank": 1,
        "first": "2023-064",
    }
    ranks = [each["rank"] for each in record["queries"]]
    assert ranks[-1] is None
    assert record["mrr"] == pytest.approx(sum(1 / rank for rank in ranks if rank) / len(ranks))


def test_every_mistake_in_a_file_is_named_with_its_line(data_folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.tsv"
    bad.write_text("# none\ngritting 064-23\n\t064-23\ngritting\t \ngritting\tthe one of May\n")
    done = judge(data_folder, bad)
    assert done.exit_code == ExitStatus.USAGE
    assert done.stderr.splitlines() == [
        f"{bad}, line 2: there is no tab between the question and its notes",
        f"{bad}, line 3: there is no question before the tab",
        f"{bad}, line 4: there is no note after the tab",
        f"{bad}, line 5: not a note's number: 'the one of May'",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "holds no questions"), (b"# only\n\n", "holds no questions"), (b"\xff\t1", "not UTF-8")],
)
def test_a_file_without_questions_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "questions.tsv"
    file.write_bytes(content)
    with pytest.raises(ConfigError, match=said):
        read_pairs(file)


def test_nothing_is_written(data_folder: Path, file: Path) -> None:
    """Neither the questions nor what came of them."""
    before = {path: path.stat().st_mtime_ns for path in data_folder.rglob("*")}
    judge(data_folder, file)
    assert {path: path.stat().st_mtime_ns for path in data_folder.rglob("*")} == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]
