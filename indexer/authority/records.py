"""The records of the keepers' lists, each key checked; what is wrong is noted in its table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from indexer.domain.authority import AcronymRecord, NameWords, OfficerRecord, SubjectHeading
from indexer.domain.names import fold_name
from indexer.toml import Table

STRONG, PLAIN, WEAK = 3.0, 1.0, 0.3
_WEIGHTS: Mapping[str, float] = {"weak": WEAK, "terms": PLAIN, "strong": STRONG}
_SHORT = re.compile(r"[^\W_]+(?:&[^\W_]+)?")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# What the facet counts notes under that have no heading.
_TAKEN = "not-classified"


def subjects_of(top: Table) -> tuple[SubjectHeading, ...]:
    """The headings of subjects.toml."""
    top.know_only(("subject",))
    slugs: dict[str, Table] = {}
    headings = []
    for table in top.tables("subject"):
        table.know_only(("slug", "label", "scope", *_WEIGHTS))
        slug = _slug(table, slugs)
        if slug == _TAKEN:
            wrong = f'"{slug}" is where notes without a heading are counted'
            table.wrong("slug", wrong, "Choose another slug.")
        label = table.needed_text("label")
        scope = (table.text("scope", None) or "") if "scope" in table else ""
        headings.append(SubjectHeading(slug, label, scope, _terms(table)))
    return tuple(headings)


def officers_of(top: Table) -> tuple[OfficerRecord, ...]:
    """The records of officers.toml."""
    top.know_only(("officer",))
    slugs: dict[str, Table] = {}
    records = []
    for table in top.tables("officer"):
        table.know_only(("slug", "name", "also", "years", "posts"))
        records.append(
            OfficerRecord(
                _slug(table, slugs),
                table.needed_text("name"),
                table.texts("also", ()),
                _years(table),
                table.texts("posts", ()),
            )
        )
    _check_names(records, slugs)
    return tuple(records)


def acronyms_of(top: Table) -> tuple[AcronymRecord, ...]:
    """The records of acronyms.toml."""
    top.know_only(("acronym",))
    records: dict[str, AcronymRecord] = {}
    for table in top.tables("acronym"):
        table.know_only(("short", "long"))
        short = table.needed_text("short")
        if short and not _SHORT.fullmatch(short):
            table.wrong("short", f'"{short}" is not one word', "Write its letters without spaces.")
        elif short.lower() in records:
            wrong = f'the acronym "{short}" is there twice'
            table.wrong("short", wrong, "Write all that it stands for in one list.")
        if "long" not in table:
            table.wrong("long", f'"{short}" stands for nothing', 'Add a line long = ["…"].')
        records[short.lower()] = AcronymRecord(short, table.texts("long", ()))
    return tuple(records.values())


def names_of(top: Table) -> NameWords:
    """The words of names.toml."""
    kinds = ("given", "titles", "posts")
    top.know_only(kinds)
    given, titles, posts = (
        frozenset((top.text(kind, None) or "").split()) if kind in top else frozenset[str]()
        for kind in kinds
    )
    return NameWords(given=given, titles=titles, posts=posts)


def _slug(table: Table, earlier: dict[str, Table]) -> str:
    """The slug of a record, which no record of the file has `earlier`."""
    slug = table.needed_text("slug")
    if not slug:
        return slug
    if not _SLUG.fullmatch(slug):
        remedy = "Use lower-case letters, digits and hyphens."
        table.wrong("slug", f"{slug!r} cannot stand in an address", remedy)
    elif earlier.setdefault(slug, table) is not table:
        table.wrong("slug", f'the slug "{slug}" is there twice', "Give each record its own.")
    return slug


def _terms(table: Table) -> tuple[tuple[str, float], ...]:
    """Each term of a heading with its greatest weight."""
    weights: dict[str, float] = {}
    for key, weight in _WEIGHTS.items():
        for term in table.texts(key, ()):
            weights[term] = weight
            if term and not re.search(r"[^\W_]", term):
                table.wrong(key, f'the term "{term}" has no word', "Write a word before the *.")
            elif "*" in term[:-1]:
                remedy = "Leave it out, or end the term there."
                table.wrong(key, f'the term "{term}" has a * before its end', remedy)
    return tuple(weights.items())


def _years(table: Table) -> tuple[int, int] | None:
    example = "[2015, 2019]"
    years = table.numbers("years", example)
    if years is None:
        return None
    if len(years) != 2:
        wrong = '"years" is not the first year and the last'
        table.wrong("years", wrong, f"Write years = {example}.")
        return None
    first, last = years
    if first > last:
        wrong = f'the last of "years", {last}, is before the first, {first}'
        table.wrong("years", wrong, f"Write years = [{last}, {first}].")
    return first, last


def _check_names(records: list[OfficerRecord], tables: Mapping[str, Table]) -> None:
    """Note every slug that is the one which another record's name has by itself."""
    named: dict[str, list[OfficerRecord]] = defaultdict(list)
    for record in records:
        for slug in {"-".join(fold_name(name)) for name in (record.name, *record.also)}:
            named[slug].append(record)
    for slug, table in tables.items():
        others = named.get(slug, [])
        if others and slug not in {record.slug for record in others}:
            table.wrong(
                "slug",
                f'"{slug}" is what the name of “{others[0].name}” comes to',
                "Choose another slug, or the two would be taken for one person.",
            )
