"""The commands of the nightly machine; `technotes` adds those that need the web front end."""

from __future__ import annotations

import datetime
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import msgspec

from indexer import contract, sources
from indexer.config import CONFIG_NAME, Config, Source, example_text, load_config
from indexer.console import last_run_lines, report_lines, shown_progress, status_lines
from indexer.domain.errors import GenerationError, RunInProgress, TechnotesError, Unreadable
from indexer.domain.report import ExitStatus, Rejection, RunReport
from indexer.domain.search import Manifest
from indexer.ingest import File, blame
from indexer.pipeline import extract_each, read_last_run, run
from indexer.search_index import read_manifest

_STATUSES: dict[type[TechnotesError], ExitStatus] = {
    GenerationError: ExitStatus.NOT_PUBLISHED,
    RunInProgress: ExitStatus.LOCKED,
}
_CLOSED_PIPE, _INTERRUPTED = 141, 130  # as a shell reports a program that the signal ended


class Commands(click.Group):
    """A group whose commands end in a sentence and an exit status, never in a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that `ctx` names."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except TechnotesError as error:
            click.echo(str(error), err=True)
            kinds = (status for kind, status in _STATUSES.items() if isinstance(error, kind))
            ctx.exit(next(kinds, ExitStatus.USAGE))
        except BrokenPipeError:
            # Whoever read the output has gone; what is still buffered must not raise at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_CLOSED_PIPE)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            ctx.exit(_INTERRUPTED)
        except Exception as error:  # a person can do more with a sentence than with a traceback
            click.echo(f"The program failed: {blame(error)}", err=True)
            ctx.exit(ExitStatus.NOT_PUBLISHED)


config_option = click.option(
    "--config",
    "config_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help=f"The configuration; else $TECHNOTES_CONFIG, else ./{CONFIG_NAME}.",
)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the archive is kept; else as the configuration says.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="technical-notes-archive", prog_name="technotes")
def commands() -> None:
    """Index a council's technical notes, so that they can be searched."""


@commands.command()
@click.option("--force", is_flag=True, help="Write over a file that is there already.")
def init(force: bool) -> None:
    """Write a commented technotes.toml into this folder."""
    file = Path(CONFIG_NAME)
    if file.exists() and not force:
        raise click.UsageError(f"{file} is there already; --force writes over it.")
    file.write_text(example_text(), encoding="utf-8")
    Path("notes").mkdir(exist_ok=True)
    click.echo(f"Wrote {file}. Put notes into the folder notes, or name another in {file};")
    click.echo("then run: technotes index")


@commands.command()
@config_option
@click.option(
    "--source",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="A folder of notes to index, in place of those in the configuration.",
)
@click.option(
    "--published",
    is_flag=True,
    help="All of --source is on the public web site: a note that does not say is public.",
)
@data_option
def index(
    config_file: Path | None, source: Path | None, published: bool, data: Path | None
) -> None:
    """Index every source afresh and publish the result."""
    if published and source is None:
        raise click.UsageError("--published says something of --source FOLDER, which is missing.")
    config = load_config(config_file)
    if source is not None:
        config = replace(config, sources=(Source(source, published),))
    if data is not None:
        config = replace(config, data=data)
    if not config.sources:
        raise click.UsageError(
            f"There is nothing to index: name a --source FOLDER, or [[sources]] in {CONFIG_NAME}, "
            "which `technotes init` writes."
        )
    if any(each.folder.resolve() == config.data.resolve() for each in config.sources):
        raise click.UsageError(f"The notes and the archive cannot both lie in {config.data}.")
    sys.exit(index_and_report(config).status)


def index_and_report(config: Config) -> RunReport:
    """Run the indexing with its progress shown, and print the report."""
    with shown_progress() as progress:
        report = run(config, progress)
    stream_is_error = report.status is ExitStatus.NOT_PUBLISHED
    stands = not isinstance(_manifest(config.data), GenerationError)
    for line in report_lines(report, config.data, stands=stands):
        click.echo(line, err=stream_is_error)
    return report


@commands.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--jsonl", is_flag=True, help="Read documents as JSON lines from standard input.")
@config_option
def extract(paths: tuple[Path, ...], jsonl: bool, config_file: Path | None) -> None:
    """Print what each document says of its note, as one line of JSON."""
    if jsonl == bool(paths):
        raise click.UsageError("Name files or folders, or say --jsonl to read standard input.")
    config = load_config(config_file)
    inputs = sources.documents_of_lines(sys.stdin.buffer) if jsonl else _files_at(paths)
    extracted = extract_each(inputs, config)
    for each in extracted:
        record = contract.record_of(each.outcome, each.locator, each.entry)
        sys.stdout.buffer.write(msgspec.json.encode(record) + b"\n")
    sys.stdout.buffer.flush()
    failed = any(isinstance(each.outcome, Rejection) and each.outcome.failed for each in extracted)
    sys.exit(ExitStatus.WITH_FAILURES if failed else ExitStatus.OK)


def _files_at(paths: tuple[Path, ...]) -> Iterator[File | Rejection]:
    for path in paths:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except FileNotFoundError:
            yield Rejection(sources.printable(path), "there is no such file")
            continue
        except OSError:  # whoever opens it says what is wrong
            is_folder = False
        if not is_folder:
            yield File(sources.Found(path, sources.printable(path)))
            continue
        try:
            found = sources.find(path, within=sources.printable(path))
        except Unreadable as unreadable:
            yield Rejection(unreadable.locator, unreadable.reason)
            continue
        for file in found:
            yield file if isinstance(file, Rejection) else File(file)


@commands.command()
@config_option
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def status(config_file: Path | None, data: Path | None, as_json: bool) -> None:
    """Say what the archive holds, how old it is and how the last run went."""
    folder = data_folder(config_file, data)
    manifest, last_run = _manifest(folder), read_last_run(folder)
    if as_json:
        click.echo(msgspec.json.encode(_status_record(manifest, last_run)))
    if isinstance(manifest, GenerationError):
        # A first run that failed left no archive, only its report.
        lines = last_run_lines(last_run) if last_run and not as_json else ()
        click.echo("\n".join([*lines, str(manifest)]), err=True)
        sys.exit(ExitStatus.NOT_PUBLISHED)
    if not as_json:
        click.echo("\n".join(status_lines(manifest, last_run, folder)))


def _status_record(manifest: Manifest | GenerationError, last_run: RunReport | None) -> Any:
    """What `status --json` prints; without an archive all but the last run is null."""
    if isinstance(manifest, GenerationError):
        absent = ("generation", "built_at", "age_seconds", "notes", "public_notes")
        return {**dict.fromkeys(absent), "last_run": last_run}
    age = datetime.datetime.now(datetime.UTC) - manifest.built_at
    return {
        "generation": manifest.generation,
        "built_at": manifest.built_at,
        "age_seconds": int(age.total_seconds()),
        "notes": manifest.member_notes,
        "public_notes": manifest.public_notes,
        "last_run": last_run,
    }


def _manifest(data: Path) -> Manifest | GenerationError:
    """What the archive in `data` says of itself, or why there is none to be served."""
    try:
        return read_manifest(data)
    except GenerationError as error:
        return error


def data_folder(config_file: Path | None, data: Path | None) -> Path:
    """The folder of the archive: the one named, else that of the configuration."""
    return data if data is not None else load_config(config_file).data
