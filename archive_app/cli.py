"""The command `technotes`: the indexer's commands, and those that search and serve the archive."""

from __future__ import annotations

import datetime
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import msgspec

from archive_app import Settings, create_app
from archive_app.judging import judge as judged
from archive_app.judging import read_pairs, verdict_lines
from archive_app.resources import bundled_folder
from archive_app.server import LOOPBACK, require_loopback
from archive_app.server import serve as serve_app
from archive_app.wording import counted, reading_of
from indexer.cli import Commands, config_option, data_folder, data_option, index_and_report
from indexer.cli import commands as indexer_commands
from indexer.config import CONFIG_NAME, load_config
from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.report import ExitStatus
from indexer.domain.search import FacetValue, Hit, SearchRequest, SearchResult, Sort, Span
from indexer.search_index import Archive, read_manifest

FACETS_SHOWN = 8
# Of the questions that staff know the answer to; what a change of weights must not go below.
LEAST_FIRST = 0.96

members_option = click.option(
    "--members", is_flag=True, help="The members' archive, restricted notes included."
)
port_option = click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port to serve on; 0 takes any free one.",
)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="technical-notes-archive", prog_name="technotes")
def main() -> None:
    """Index a council's technical notes, search them and serve them to readers."""


for _name, _command in indexer_commands.commands.items():
    main.add_command(_command, _name)


@main.command()
@click.argument("query")
@config_option
@data_option
@members_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option("--year", "years", type=int, multiple=True, help="Only this year; may be repeated.")
@click.option("--officer", "officers", multiple=True, metavar="SLUG", help="Only this officer.")
@click.option("--subject", "subjects", multiple=True, metavar="SLUG", help="Only this subject.")
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]), default="relevance")
@click.option("--page", type=click.IntRange(min=1), default=1)
def search(
    query: str,
    config_file: Path | None,
    data: Path | None,
    members: bool,
    as_json: bool,
    years: tuple[int, ...],
    officers: tuple[str, ...],
    subjects: tuple[str, ...],
    sort: str,
    page: int,
) -> None:
    """Search the archive for QUERY: words, a "phrase", or a note's number."""
    request = SearchRequest(
        query=query,
        years=frozenset(years),
        officers=frozenset(officers),
        subjects=frozenset(subjects),
        sort=Sort(sort),
        page=page,
    )
    with Archive.open(data_folder(config_file, data), _clearance(members)) as archive:
        result = archive.search(request)
    if as_json:
        click.echo(msgspec.json.encode(record_of(result)))
    else:
        click.echo("\n".join(_lines(result)))


@main.command()
@click.argument(
    "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False
)
@config_option
@data_option
@members_option
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.option(
    "--least-first",
    type=click.FloatRange(0, 1),
    default=LEAST_FIRST,
    show_default=True,
    metavar="SHARE",
    help="End with status 1 where a smaller share of the questions is answered first.",
)
def judge(
    file: Path | None,
    config_file: Path | None,
    data: Path | None,
    members: bool,
    as_json: bool,
    least_first: float,
) -> None:
    """Ask the archive the questions in FILE and see how high the notes that answer them come.

    A line of FILE is a question, a tab, and the numbers of the notes any of which answers it, with
    commas between. Without FILE the questions are those of the sample.
    """
    pairs = read_pairs(file or bundled_folder("sample") / "queries.tsv")
    folder, clearance = data_folder(config_file, data), _clearance(members)
    with Archive.open(folder, clearance, budget=None) as archive:
        verdict = judged(archive, pairs)
    if as_json:
        click.echo(msgspec.json.encode(verdict.record()))
    else:
        click.echo("\n".join(verdict_lines(verdict)))
    if verdict.within(1) < least_first:
        click.echo(f"Fewer than {least_first:.1%} are answered first.", err=True)
        if verdict.unanswerable:
            click.echo(
                f"Asked for notes that are not in this archive: {verdict.unanswerable:,} of"
                f" {len(pairs):,}."
                + ("" if members else " With --members, restricted notes count too."),
                err=True,
            )
        raise click.exceptions.Exit(ExitStatus.WITH_FAILURES)


@main.command()
@config_option
@data_option
@port_option
@click.option("--host", default=LOOPBACK, show_default=True, help="The address to serve on.")
@members_option
def serve(config_file: Path | None, data: Path | None, port: int, host: str, members: bool) -> None:
    """Serve the archive to browsers, until Ctrl-C or SIGTERM."""
    if members:
        require_loopback(host)
    _serve(
        Settings(folder=data_folder(config_file, data), clearance=_clearance(members)), host, port
    )


@main.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("technotes-demo"),
    show_default=True,
    metavar="FOLDER",
    help="Where the sample's archive is kept.",
)
@port_option
def demo(data: Path, port: int) -> None:
    """Index the sample notes of an invented council, unless that is done, and serve them."""
    sample = bundled_folder("sample")
    if not _is_up_to_date(data, sample):
        report = index_and_report(replace(load_config(sample / CONFIG_NAME), data=data))
        if report.generation is None:
            raise click.exceptions.Exit(ExitStatus.NOT_PUBLISHED)
    _serve(Settings(folder=data), LOOPBACK, port)


def record_of(result: SearchResult) -> dict[str, Any]:
    """The answer to a search as the JSON object that `search --json` prints."""
    return {
        "query": result.query,
        "opens": result.opens,
        "total": result.total,
        "holding_all_words": result.holding_all_words,
        "hits": [
            {
                "reference": str(hit.note.reference),
                "slug": hit.note.reference.slug,
                "title": hit.note.title,
                "score": hit.score,
                "snippet": [{"text": span.text, "matched": span.matched} for span in hit.snippet],
            }
            for hit in result.hits
        ],
        "facets": {
            "year": _facet(result.facets.year),
            "officer": _facet(result.facets.officer),
            "subject": _facet(result.facets.subject),
        },
        "absent": list(result.absent),
        "left_out": list(result.left_out),
        "unread": list(result.unread),
        "loosened": list(result.loosened),
        "spelt_out": {short: list(long) for short, long in result.spelt_out.items()},
        "did_you_mean": result.did_you_mean,
    }


def _facet(values: tuple[FacetValue, ...]) -> list[dict[str, Any]]:
    return [{"value": v.value, "label": v.label, "count": v.count} for v in values]


def _lines(result: SearchResult) -> Iterator[str]:
    """The answer to a search for a person at a terminal."""
    if result.absent:
        yield f"Not issued, not public, or not found: {', '.join(result.absent)}."
    yield from reading_of(result)
    if result.did_you_mean:
        yield f"Did you mean: {result.did_you_mean}"
    yield f"{counted(result.total, 'note')}; {result.holding_all_words:,} with all the words."
    for hit in result.hits:
        yield from _hit_lines(hit)
    if result.pages > 1:
        yield ""
        yield f"Page {result.page} of {result.pages}; --page shows another."
    yield ""
    for name, values in (
        ("year", result.facets.year),
        ("officer", result.facets.officer),
        ("subject", result.facets.subject),
    ):
        if values:
            shown = ", ".join(f"{v.value} ({v.count})" for v in values[:FACETS_SHOWN])
            yield f"--{name}: {shown}{', …' if len(values) > FACETS_SHOWN else ''}"


def _hit_lines(hit: Hit) -> Iterator[str]:
    yield ""
    yield f"{hit.note.reference}  {_marked(hit.title)}"
    if snippet := " ".join(_marked(hit.snippet).split()):
        yield f"    {snippet}"


def _marked(spans: tuple[Span, ...]) -> str:
    return "".join(click.style(s.text, bold=True) if s.matched else s.text for s in spans)


def _clearance(members: bool) -> Clearance:
    return Clearance.MEMBER if members else Clearance.PUBLIC


def _serve(settings: Settings, host: str, port: int) -> None:
    """Serve until interrupted; SIGTERM, which a service manager sends, ends it as Ctrl-C does."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with suppress(KeyboardInterrupt):
            serve_app(create_app(settings), host, port, ready=_say_where)
    except OSError as error:
        raise click.UsageError(
            f"Cannot serve on {host} port {port} ({error.strerror}): choose another with --port."
        ) from error
    click.echo("Stopped.", err=True)


def _say_where(address: str) -> None:
    click.echo(f"Serving the archive on {address} (Ctrl-C stops it)")


def _is_up_to_date(data: Path, sample: Path) -> bool:
    """Whether the archive in `data` was built after the sample was last changed."""
    try:
        built_at = read_manifest(data).built_at
    except GenerationError:
        return False
    changed = max(file.stat().st_mtime for file in sample.rglob("*"))
    return built_at > datetime.datetime.fromtimestamp(changed, datetime.UTC)
