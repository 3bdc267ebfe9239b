"""What the person at the terminal, or the one who reads the night's log, sees of a run."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
)
from rich.progress import Progress as Bars

from indexer.domain.claims import Field
from indexer.domain.report import Rejection, ReviewItem, RunReport
from indexer.domain.search import Manifest
from indexer.pipeline import LAST_RUN, Progress, read_last_run

# More than this of one kind would hide the rest; the full report has them all.
SHOWN = 20


class _Bar:
    """A progress bar for each stage."""

    def __init__(self, bars: Bars) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def stage(self, words: str, steps: int) -> None:
        self._task = self._bars.add_task(words, total=steps)

    def reached(self, step: int) -> None:
        if self._task is not None:
            self._bars.update(self._task, completed=step)


class _Lines:
    """A plain line for each stage, for logs."""

    def stage(self, words: str, steps: int) -> None:
        print(f"{words}: {steps:,}", file=sys.stderr, flush=True)

    def reached(self, step: int) -> None:
        """Nothing: a log wants no line for every document."""


@contextmanager
def shown_progress() -> Iterator[Progress]:
    """Progress as a bar on a terminal and as plain lines elsewhere, on standard error."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _Lines()
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Bars(*columns, console=console) as bars:
        yield _Bar(bars)


def report_lines(report: RunReport, data: Path, *, stands: bool) -> Iterator[str]:
    """The report of a run as lines for a person to read in the morning.

    `stands` says whether there is an archive in `data` that can be served, whoever built it.
    """
    if report.generation is None:
        yield f"Nothing was published: {report.reason}."
        if stands:
            yield f"The archive in {data} is as it was before this run."
        else:
            yield f"There is no archive in {data} that could be served."
    else:
        seconds = (report.finished - report.started).total_seconds()
        restricted = report.notes - report.public_notes
        yield (
            f"Indexed {counted(report.notes, 'note')} from "
            f"{counted(report.documents, 'document')} in {seconds:.1f} seconds: "
            f"{report.public_notes:,} open to the public, {restricted:,} for members only."
        )
        yield f"Published as generation {report.generation} in {data}."
    yield from problem_lines(report)
    if report.rejections or report.for_review:
        yield ""
        if read_last_run(data) == report:
            yield f"Full report: {data / LAST_RUN}"
        else:
            yield f"The full report could not be written to {data / LAST_RUN}."


def problem_lines(report: RunReport) -> Iterator[str]:
    """The documents that a run rejected and the notes that a keeper should look at."""
    failures = report.failures
    others = [rejection for rejection in report.rejections if not rejection.failed]
    if failures:
        yield from ("", f"Could not be read or placed ({len(failures):,}):")
        yield from _shown([_rejected(rejection) for rejection in failures])
    if others:
        yield from ("", f"Not notes ({len(others):,}):")
        yield from _shown([_rejected(rejection) for rejection in others])
    if report.for_review:
        yield from ("", f"For a keeper to look at ({len(report.for_review):,}):")
        # Whether the public may read a note comes first, so that a long list does not cut it off.
        first = sorted(report.for_review, key=lambda item: item.field is not Field.PUBLICATION)
        yield from _shown([_for_review(item) for item in first])


def status_lines(manifest: Manifest, last_run: RunReport | None, data: Path) -> Iterator[str]:
    """What the archive holds, how old it is, and what went wrong in the last run."""
    restricted = manifest.member_notes - manifest.public_notes
    yield f"Generation {manifest.generation} in {data}, indexed {_ago(manifest.built_at)}."
    yield (
        f"It holds {counted(manifest.member_notes, 'note')}: {manifest.public_notes:,} open to the "
        f"public, {restricted:,} for members only."
    )
    if last_run is None:
        yield "There is no report of the last run."
    else:
        yield from last_run_lines(last_run)


def last_run_lines(last_run: RunReport) -> Iterator[str]:
    """How the last run went, published or not, and all that it found wrong."""
    if last_run.generation is None:
        yield f"The last run, {_ago(last_run.finished)}, published nothing: {last_run.reason}."
    else:
        yield f"The last run ended {_ago(last_run.finished)} and published."
    yield from problem_lines(last_run)


def counted(count: int, noun: str) -> str:
    """`1 note`, `2,000 notes`."""
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _shown(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:SHOWN]
    if len(lines) > SHOWN:
        yield f"  … and {len(lines) - SHOWN:,} more, all of them in the full report"


def _rejected(rejection: Rejection) -> str:
    return f"  {rejection.locator}: {rejection.reason}"


def _for_review(item: ReviewItem) -> str:
    return f"  {item.slug} {item.field.value}: {item.message}"


def _ago(moment: datetime.datetime) -> str:
    """How long ago `moment` was, and when that is on the clock of this machine."""
    minutes = int((datetime.datetime.now(datetime.UTC) - moment).total_seconds() // 60)
    if minutes < 1:
        age = "less than a minute"
    elif minutes < 120:
        age = counted(minutes, "minute")
    elif minutes < 48 * 60:
        age = counted(minutes // 60, "hour")
    else:
        age = counted(minutes // (24 * 60), "day")
    return f"{age} ago (at {moment.astimezone():%H:%M on %d %B %Y})"
