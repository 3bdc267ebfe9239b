"""The nightly run: from the sources to the published generation, one step after the other."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol, TypeAlias

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
from indexer.extraction import Filing, Resolution, resolve, resolve_each
from indexer.ingest import File, Ingested, Input, blame, ingest, under_cover
from indexer.search_index import Edition, generation_name, publish

LAST_RUN = "last-run.json"
LOCK = ".lock"


Ingesting: TypeAlias = Callable[
    [Iterable[Input], Config, Authority], Iterator[tuple[Ingested, ...]]
]


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


def run(
    config: Config, progress: Progress | None = None, ingesting: Ingesting = ingest
) -> RunReport:
    """Index every source of `config` and publish the result; the report says how it went.

    Where anything fails as a whole, nothing is published, yesterday's archive stays and the report
    has the reason. Raises ConfigError for mistakes in the keepers' lists and for folders that
    lie in one another's way, and RunInProgress where another run holds the lock. `ingesting` says
    where documents are read.
    """
    check_places(config)
    lists = authority.load(config.folder)
    report = _begun()
    try:
        with _lock(config.data):
            report = _run(config, lists, progress or Unwatched(), ingesting)
            # The run is over and stands; whoever prints its report sees whether it was kept.
            with suppress(OSError):
                _keep(report, config.data)
    except OSError as error:
        reason = f"the data folder {config.data} cannot be used ({error.strerror})"
        return replace(report, reason=reason)
    return report


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a document, or its part `entry`, was found to be: a note, or why it is none."""

    locator: str
    entry: str
    outcome: Note | Rejection


def extract_each(
    inputs: Iterable[Input], config: Config, ingesting: Ingesting = ingest
) -> tuple[Extracted, ...]:
    """Each document's own note, names resolved across all, in the given order.

    Of a zip or e-mail there are the notes and the failures among all that it holds; where there are
    none, the first reason why it holds no note. `ingesting` says where they are read.
    """
    lists = authority.load(config.folder)
    all_held = map(under_cover, ingesting(inputs, config, lists))
    told = [each for held in all_held for each in _told(held)]
    claims = [each.outcome for each in told if isinstance(each.outcome, DocumentClaims)]
    resolved = iter(resolve_each(claims, lists))
    return tuple(
        Extracted(each.locator, each.entry, each.outcome)
        if isinstance(each.outcome, Rejection)
        else Extracted(each.locator, each.entry, next(resolved))
        for each in told
    )


def _told(held: Sequence[Ingested]) -> Sequence[Ingested]:
    """Of all that one document holds, what is told of it."""
    notes_and_failures = [
        each for each in held if isinstance(each.outcome, DocumentClaims) or each.outcome.failed
    ]
    return notes_and_failures or held[:1]


def read_last_run(data: Path) -> RunReport | None:
    """The report of the last run, published or not; None where there is none to read."""
    try:
        return msgspec.json.decode((data / LAST_RUN).read_bytes(), type=RunReport)
    except (OSError, msgspec.MsgspecError):
        return None


def _run(config: Config, lists: Authority, progress: Progress, ingesting: Ingesting) -> RunReport:
    report = _begun()
    try:
        documents, rejections = _gather(config, lists, progress, ingesting)
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
    config: Config, lists: Authority, progress: Progress, ingesting: Ingesting
) -> tuple[list[DocumentClaims], list[Rejection]]:
    """What every document of every source states, and the documents that state nothing of use.

    Raises Unreadable where a whole source is lost: an archive without it would lose its notes.
    """
    inputs = [_input(file, source) for source in config.sources for file in _files(source, config)]
    progress.stage("Reading documents", len(inputs))
    claims: list[DocumentClaims] = []
    rejections: list[Rejection] = []
    for step, held in enumerate(ingesting(inputs, config, lists), start=1):
        for each in under_cover(held):
            if isinstance(each.outcome, Rejection):
                rejections.append(each.outcome)
            else:
                claims.append(each.outcome)
        progress.reached(step)
    return claims, rejections


def _files(source: Source, config: Config) -> tuple[sources.Found | Rejection, ...]:
    files = sources.find(source.folder, leaving_out=config.data)
    if not files:
        raise Unreadable(
            sources.printable(source.folder),
            "the source folder holds no files; is its disk in place? If it is meant to be empty, "
            "take it out of the configuration",
        )
    return files


def _input(file: sources.Found | Rejection, source: Source) -> Input:
    return file if isinstance(file, Rejection) else File(file, source.published, source.ocr)


def _open_documents(
    documents: Sequence[DocumentClaims], members: Resolution
) -> list[DocumentClaims]:
    """The documents of the notes that the public may read."""
    # With the reference, as one attachment of two e-mails may be part of two notes.
    may_be_read = {
        (source, note.reference)
        for note in members.notes
        if note.open_to_public
        for source in note.sources
    }
    return [each for each in documents if (each.source, each.reference) in may_be_read]


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
        acronyms={acronym.short: acronym.long for acronym in lists.acronyms},
        usual_acronyms={acronym.short: acronym.long for acronym in lists.usual_acronyms},
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
