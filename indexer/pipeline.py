"""The nightly run: from the sources to the published generation, one step after the other."""

from __future__ import annotations

import datetime
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import msgspec
from filelock import FileLock, Timeout

from indexer import authority, sources
from indexer.config import Config, Source, check_places
from indexer.domain.authority import Authority
from indexer.domain.errors import RunInProgress, TechnotesError, Unreadable
from indexer.domain.note import DocumentClaims, Note
from indexer.domain.publication import Clearance
from indexer.domain.report import Rejection, RunReport
from indexer.domain.search import Contents
from indexer.domain.source import SourceDocument
from indexer.extraction import Filing, Resolution, extract, resolve, resolve_each
from indexer.readers import read
from indexer.search_index import Edition, generation_name, publish

LAST_RUN = "last-run.json"
LOCK = ".lock"


class Progress(Protocol):
    """Whoever watches a run: told of each stage with its number of steps, then of every step."""

    def stage(self, words: str, steps: int) -> None:
        """A stage begins."""

    def reached(self, step: int) -> None:
        """So many steps of the stage are done."""


class Unwatched:
    """The progress of a run that nobody watches."""

    def stage(self, words: str, steps: int) -> None:
        """Say nothing."""

    def reached(self, step: int) -> None:
        """Say nothing."""


def run(config: Config, progress: Progress | None = None) -> RunReport:
    """Index every source of `config` and publish the result; the report says how it went.

    Where anything fails as a whole, nothing is published, yesterday's archive stays and the report
    has the reason. Raises ConfigError for mistakes in the keepers' lists and for folders that
    lie in one another's way, and RunInProgress where another run holds the lock.
    """
    check_places(config)
    lists = authority.load(config.folder)
    report = _begun()
    try:
        with _lock(config.data):
            report = _run(config, lists, progress or Unwatched())
            # The run is over and stands; whoever prints its report sees whether it was kept.
            with suppress(OSError):
                _keep(report, config.data)
    except OSError as error:
        reason = f"the data folder {config.data} cannot be used ({error.strerror})"
        return replace(report, reason=reason)
    return report


def outcome_of(
    source: SourceDocument | Rejection, config: Config, lists: Authority
) -> DocumentClaims | Rejection:
    """What one document states about its note, or why nothing is taken from it."""
    if isinstance(source, Rejection):
        return source
    try:
        return extract(
            source, read(source), series=config.series, labels=config.labels, names=lists.names
        )
    except Unreadable as unreadable:
        return Rejection(source.locator, unreadable.reason)
    except Exception as error:  # one document never ends a run, whatever is wrong with the program
        return Rejection(source.locator, f"the program failed on it: {blame(error)}")


def extract_each(
    documents: Iterable[SourceDocument | Rejection], config: Config
) -> tuple[tuple[str, Note | Rejection], ...]:
    """Each document's own note with its locator, names resolved across all, in the given order."""
    lists = authority.load(config.folder)
    outcomes = [outcome_of(document, config, lists) for document in documents]
    claims = [outcome for outcome in outcomes if isinstance(outcome, DocumentClaims)]
    resolved = iter(resolve_each(claims, lists))
    return tuple(
        (outcome.locator, outcome)
        if isinstance(outcome, Rejection)
        else (outcome.source.locator, next(resolved))
        for outcome in outcomes
    )


def read_last_run(data: Path) -> RunReport | None:
    """The report of the last run, published or not; None where there is none to read."""
    try:
        return msgspec.json.decode((data / LAST_RUN).read_bytes(), type=RunReport)
    except (OSError, msgspec.MsgspecError):
        return None


def blame(error: Exception) -> str:
    """A failure of the program itself, for a person to pass on."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}, line {frame.lineno}"
    return f"{type(error).__name__} in {where} ({error}); please report this"


def _run(config: Config, lists: Authority, progress: Progress) -> RunReport:
    report = _begun()
    try:
        documents, rejections = _gather(config, lists, progress)
        report = replace(
            report, documents=len(documents) + len(rejections), rejections=tuple(rejections)
        )
        filing = Filing(lists.subjects)
        members = resolve(documents, lists, filing)
        # Resolved afresh, so that nothing learnt from a restricted note shows to the public.
        public = resolve(_open_documents(documents, members), lists, filing)
        report = _counted(report, members, public)
        if not members.notes:
            return _ended(
                report, reason=f"no note was found among the documents ({report.documents:,})"
            )
        return _published(report, config, lists, (members, public), progress)
    except (TechnotesError, OSError) as error:
        return _ended(report, reason=str(error))
    except Exception as error:  # whatever it is, yesterday's archive stays and the report says why
        return _ended(report, reason=f"the program failed: {blame(error)}")


def _gather(
    config: Config, lists: Authority, progress: Progress
) -> tuple[list[DocumentClaims], list[Rejection]]:
    """What every document of every source states, and the documents that state nothing of use.

    Raises Unreadable where a whole source is lost: an archive without it would lose its notes.
    """
    found = [(source, file) for source in config.sources for file in _files(source, config.data)]
    progress.stage("Reading documents", len(found))
    claims: list[DocumentClaims] = []
    rejections: list[Rejection] = []
    for step, (source, file) in enumerate(found, start=1):
        outcome = outcome_of(_opened(file, source), config, lists)
        if isinstance(outcome, Rejection):
            rejections.append(outcome)
        else:
            claims.append(outcome)
        progress.reached(step)
    return claims, rejections


def _files(source: Source, data: Path) -> tuple[sources.Found | Rejection, ...]:
    files = sources.find(source.folder, leaving_out=data)
    if not files:
        raise Unreadable(
            sources.printable(source.folder),
            "the source folder holds no files; is its disk in place? If it is meant to be empty, "
            "take it out of the configuration",
        )
    return files


def _opened(file: sources.Found | Rejection, source: Source) -> SourceDocument | Rejection:
    if isinstance(file, Rejection):
        return file
    return sources.open_document(file, published=source.published)


def _open_documents(
    documents: Sequence[DocumentClaims], members: Resolution
) -> list[DocumentClaims]:
    """The documents of the notes that the public may read."""
    may_be_read = {
        source for note in members.notes if note.open_to_public for source in note.sources
    }
    return [document for document in documents if document.source in may_be_read]


def _published(
    report: RunReport,
    config: Config,
    lists: Authority,
    resolutions: tuple[Resolution, Resolution],
    progress: Progress,
) -> RunReport:
    """Publish an edition for each clearance; the report with the generation's name."""
    built_at = _now()
    members, public = (_edition(each, config, lists, built_at) for each in resolutions)
    progress.stage("Building the index", len(members.notes) + len(public.notes))
    manifest = publish(
        config.data,
        {Clearance.MEMBER: members, Clearance.PUBLIC: public},
        replace(_ended(report), generation=generation_name(built_at)),
        progress=progress.reached,
    )
    return replace(_ended(report), generation=manifest.generation)


def _edition(
    resolution: Resolution, config: Config, lists: Authority, built_at: datetime.datetime
) -> Edition:
    contents = Contents(
        council=config.council,
        series=config.series,
        built_at=built_at,
        notes=len(resolution.notes),
        years=tuple(sorted({note.reference.year for note in resolution.notes})),
        officers=dict(resolution.officers),
        subjects={subject.slug: subject.label for subject in lists.subjects},
    )
    return Edition(resolution.notes, contents)


@contextmanager
def _lock(data: Path) -> Iterator[None]:
    data.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(data / LOCK, timeout=0):
            yield
    except Timeout as error:
        raise RunInProgress(
            f"another run is indexing to {data} now; try again when it has ended"
        ) from error


def _keep(report: RunReport, data: Path) -> None:
    beside = data / f".{LAST_RUN}"
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(report)))
    beside.replace(data / LAST_RUN)


def _begun() -> RunReport:
    now = _now()
    return RunReport(
        started=now, finished=now, generation=None, documents=0, notes=0, public_notes=0
    )


def _counted(report: RunReport, members: Resolution, public: Resolution) -> RunReport:
    return replace(
        report,
        notes=len(members.notes),
        public_notes=len(public.notes),
        rejections=(*report.rejections, *members.rejections),
        for_review=members.for_review,
    )


def _ended(report: RunReport, reason: str | None = None) -> RunReport:
    return replace(report, finished=_now(), reason=reason)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
