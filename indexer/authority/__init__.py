"""Loads the lists that the archive's keepers edit, over those that are built in."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec

from indexer.domain.authority import Authority, NameWords, OfficerRecord, SubjectHeading
from indexer.domain.errors import ConfigError

STRONG, PLAIN, WEAK = 3.0, 1.0, 0.3


class _Subject(msgspec.Struct, forbid_unknown_fields=True):
    slug: str
    label: str
    scope: str = ""
    strong: list[str] = []
    terms: list[str] = []
    weak: list[str] = []

    def heading(self) -> SubjectHeading:
        weights = dict.fromkeys(self.weak, WEAK)
        weights |= dict.fromkeys(self.terms, PLAIN)
        weights |= dict.fromkeys(self.strong, STRONG)
        return SubjectHeading(self.slug, self.label, self.scope, tuple(weights.items()))


class _Subjects(msgspec.Struct, forbid_unknown_fields=True):
    subject: list[_Subject] = []


class _Officer(msgspec.Struct, forbid_unknown_fields=True):
    slug: str
    name: str
    also: list[str] = []
    years: tuple[int, int] | None = None
    posts: list[str] = []

    def record(self) -> OfficerRecord:
        return OfficerRecord(self.slug, self.name, tuple(self.also), self.years, tuple(self.posts))


class _Officers(msgspec.Struct, forbid_unknown_fields=True):
    officer: list[_Officer] = []


class _Names(msgspec.Struct, forbid_unknown_fields=True):
    given: str = ""
    titles: str = ""
    posts: str = ""


T = TypeVar("T", _Subjects, _Officers, _Names)


def load(folder: Path | None = None) -> Authority:
    """The built-in lists, with those of `folder` over them where it holds any.

    `folder` may hold subjects.toml, officers.toml and names.toml. Raises ConfigError that names
    every file with a mistake in it and says what the mistake is.
    """
    mistakes: list[str] = []
    subjects = _built_in("subjects.toml", _Subjects).subject
    added = _keepers(folder, "subjects.toml", _Subjects, mistakes)
    officers = _keepers(folder, "officers.toml", _Officers, mistakes)
    names = [_built_in("names.toml", _Names), _keepers(folder, "names.toml", _Names, mistakes)]
    mistakes += _slug_mistakes("subjects.toml", [subject.slug for subject in added.subject])
    mistakes += _slug_mistakes("officers.toml", [officer.slug for officer in officers.officer])
    if mistakes:
        raise ConfigError(tuple(mistakes))
    headings = {subject.slug: subject.heading() for subject in (*subjects, *added.subject)}
    return Authority(
        subjects=tuple(headings.values()),
        officers=tuple(officer.record() for officer in officers.officer),
        names=NameWords(
            given=frozenset(word for each in names for word in each.given.split()),
            titles=frozenset(word for each in names for word in each.titles.split()),
            posts=frozenset(word for each in names for word in each.posts.split()),
        ),
    )


def _built_in(name: str, shape: type[T]) -> T:
    return msgspec.toml.decode(files("indexer.authority").joinpath(name).read_bytes(), type=shape)


def _keepers(folder: Path | None, name: str, shape: type[T], mistakes: list[str]) -> T:
    """The keepers' list of that name, empty where there is none; a mistake is added to the list."""
    path = folder / name if folder else None
    if path is None or not path.is_file():
        return shape()
    try:
        return msgspec.toml.decode(path.read_bytes(), type=shape)
    except (msgspec.DecodeError, tomllib.TOMLDecodeError, OSError, UnicodeDecodeError) as error:
        mistakes.append(f"{path}: {error}")
        return shape()


def _slug_mistakes(name: str, slugs: list[str]) -> list[str]:
    wrong = [
        f"{name}: {slug!r} cannot stand in an address. Use lower-case letters, digits and hyphens."
        for slug in slugs
        if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", slug)
    ]
    twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    return wrong + [f"{name}: {slug!r} is there twice. Give each record its own." for slug in twice]
