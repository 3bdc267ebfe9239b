"""From technotes.toml, wherever it is found, to a frozen record."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from indexer.config.labels import labels_of
from indexer.config.places import misplaced
from indexer.domain.errors import ConfigError
from indexer.domain.reference import TECHNICAL_NOTES, Series
from indexer.domain.search import Council
from indexer.toml import Table, read_table

CONFIG_NAME = "technotes.toml"
CONFIG_VARIABLE = "TECHNOTES_CONFIG"
_SHOWN = 60  # characters of a name that is no use
_APART = "Keep the notes and the archive in folders that lie apart."


@dataclass(frozen=True, slots=True)
class Source:
    """A folder of notes; `published` makes an absent publication statement mean public."""

    folder: Path
    published: bool = False
    ocr: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Whose notes are archived, how to tell them, where they lie and where the archive goes.

    `labels` are added to the built-in ones, by the keys of `LABELS`. `file` is the file that this
    was read from, None for the defaults; the keepers' lists lie beside it.
    """

    council: Council = field(default_factory=Council)
    series: Series = TECHNICAL_NOTES
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    data: Path = Path("data")
    file: Path | None = None

    @property
    def folder(self) -> Path | None:
        """The folder of the keepers' lists, None without a configuration file."""
        return self.file.parent if self.file else None


def example_text() -> str:
    """The commented file that `init` writes; it loads wherever a folder `notes` lies beside it."""
    return Path(__file__).with_name("example.toml").read_text(encoding="utf-8")


def config_path(given: Path | None = None) -> Path | None:
    """The file to read: the one given, else $TECHNOTES_CONFIG, else ./technotes.toml if there."""
    if given is not None:
        return given
    if named := os.environ.get(CONFIG_VARIABLE):
        return Path(named)
    beside = Path(CONFIG_NAME)
    return beside if beside.is_file() else None


def load_config(path: Path | None = None) -> Config:
    """The configuration of `path`, found as `config_path` says; the defaults where there is none.

    Raises ConfigError with every mistake, each with its line and remedy.
    """
    file = config_path(path)
    if file is None:
        return Config()
    try:
        top = read_table(file)
    except FileNotFoundError as error:
        remedy = "Write one with: technotes init"
        raise ConfigError((f"{file}: there is no such file. {remedy}",)) from error
    config = _config(top, file)
    if top.mistakes.sentences:
        raise ConfigError(top.mistakes.sentences)
    return config


def check_places(config: Config) -> None:
    """Refuse sources and a data folder of which one lies among the generations of the other.

    For a configuration whose folders were set by other means than its file. Raises ConfigError.
    """
    wrong = (misplaced(source.folder, config.data) for source in config.sources)
    if mistakes := tuple(f"{sentence}. {_APART}" for sentence in wrong if sentence):
        raise ConfigError(mistakes)


def _config(top: Table, file: Path) -> Config:
    top.know_only(("council", "series", "labels", "sources", "archive"))
    archive = top.table("archive")
    archive.know_only(("data",))
    data = _data(archive, file.parent)
    return Config(
        council=_council(top.table("council")),
        series=_series(top.table("series")),
        labels=labels_of(top.table("labels")),
        sources=_sources(top.tables("sources"), file.parent, data),
        data=data,
        file=file,
    )


def _council(table: Table) -> Council:
    table.know_only(("name", "site"))
    name = table.text("name", None) or Council().name
    return Council(name, _site(table))


def _site(table: Table) -> str | None:
    site = table.text("site", None)
    if site is None:
        return None
    try:
        parts = urlsplit(site)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in site
        _ = parts.port
    except ValueError:
        good = False
    if not good:
        remedy = 'Write it in full, like "https://www.example.org".'
        table.wrong("site", f'"{site}" is not a web address', remedy)
    return site.rstrip("/")


def _series(table: Table) -> Series:
    """The series; one with another name doesn't inherit the titles and prefix of the default."""
    table.know_only(("name", "titles", "prefix"))
    name = table.text("name", None)
    default = TECHNICAL_NOTES
    if name is not None and name != default.name:
        initials = "".join(word[0].upper() for word in name.split() if word[0].isalpha())
        if not initials and "prefix" not in table:
            remedy = 'Add a line prefix = "…", with the letters before the numbers of the notes.'
            table.wrong("name", f'"{name}" has no words to make a prefix from', remedy)
        default = Series(name=name, titles=(name,), prefix=initials)
    titles = table.texts("titles", default.titles)
    return Series(name or default.name, titles, _prefix(table) or default.prefix)


def _prefix(table: Table) -> str | None:
    prefix = table.text("prefix", None)
    if prefix and not prefix[0].isalpha():
        remedy = 'Write the letters before the number, like "TN" of TN-064-23.'
        table.wrong("prefix", f'"{prefix}" does not begin with a letter', remedy)
    return prefix


def _data(table: Table, beside: Path) -> Path:
    data = _folder(table, "data", "data", beside)
    if data is None:
        return beside / "data"
    if data.exists() and not data.is_dir():
        table.wrong("data", f'"{data}" is a file', "Name a folder; it is made where it is absent.")
    return data


def _sources(tables: list[Table], beside: Path, data: Path) -> tuple[Source, ...]:
    sources: list[Source] = []
    for table in tables:
        table.know_only(("folder", "published", "ocr"))
        published, ocr = table.flag("published", False), table.flag("ocr", False)
        if "folder" not in table:
            table.wrong("folder", "this source has no folder", 'Add a line folder = "…".')
        folder = _folder(table, "folder", None, beside)
        if folder is None:
            continue
        source = Source(folder, published, ocr)
        _check_source(source, table.text("folder", None) or "", table, sources)
        if wrong := misplaced(source.folder, data):
            table.wrong("folder", wrong, _APART)
        sources.append(source)
    return tuple(sources)


def _folder(table: Table, key: str, default: str | None, beside: Path) -> Path | None:
    """The folder that `key` names, there or not; None where it names none that could be."""
    named = table.text(key, None) or default
    if named is None:
        return None
    folder = beside / named
    try:
        folder.resolve()
        folder.exists()
    except OSError as error:
        problem = f"cannot be used ({error.strerror})"
    except (ValueError, RuntimeError):  # a NUL; links in a circle
        problem = "cannot be the name of a folder"
    else:
        return folder
    shown = ascii(named[:_SHOWN])[1:-1] + ("…" if len(named) > _SHOWN else "")
    table.wrong(key, f'"{shown}" {problem}', "Name a folder that this user may read.")
    return None


def _check_source(source: Source, named: str, table: Table, earlier: list[Source]) -> None:
    if not source.folder.is_dir():
        problem = "is not a folder" if source.folder.exists() else "is not there"
        remedy = f"Make the folder {source.folder}, or name another."
        table.wrong("folder", f'the source folder "{named}" {problem}', remedy)
        return
    here = source.folder.resolve()
    others = [known.folder.resolve() for known in earlier]
    if here in others:
        remedy = "Name each source once."
        table.wrong("folder", f'the source folder "{named}" is named twice', remedy)
    elif any(here in other.parents or other in here.parents for other in others):
        remedy = "Name folders that lie apart; the folders inside one are read with it."
        table.wrong("folder", f'the source folder "{named}" overlaps another source', remedy)
