"""Officers as authority records: which printed names are one person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from indexer.domain.authority import OfficerRecord
from indexer.domain.names import fold_name
from indexer.domain.note import Officer

Folded = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class People:
    """Slugs of the people that a set of notes names, and the name to print for each.

    `waiting` are the slugs of plain names that fit several people with initials, so that a keeper
    has to say whose they are.
    """

    slugs: Mapping[Folded, str]
    names: Mapping[str, str]
    waiting: frozenset[str]
    records: tuple[OfficerRecord, ...] = ()

    def slug(self, officer: Officer, year: int) -> str | None:
        """The slug of the person whom a note of `year` prints as `officer`."""
        for record in self.records:
            if _is_record(record, officer, year):
                return record.slug
        return self.slugs.get(fold_name(officer.name))


def people(printed: Iterable[str], records: tuple[OfficerRecord, ...] = ()) -> People:
    """The people whom the names in `printed`, one for each mention, stand for.

    Names are one person when identical after folding, or when one lacks a middle initial, or gives
    only the first letter of a first name, and fits exactly one other; whatever the order.
    """
    forms: dict[Folded, Counter[str]] = defaultdict(Counter)
    for name in printed:
        if folded := fold_name(name):
            forms[folded][name] += 1
    fuller = _fuller_forms(forms)
    fullest = {folded: _fullest(folded, fuller) for folded in sorted(forms)}
    slug_of = _slugs_beside(records)
    slugs = {folded: slug_of(target or folded) for folded, target in fullest.items()}
    by_slug: dict[str, Counter[str]] = defaultdict(Counter)
    for folded, counts in forms.items():
        by_slug[slugs[folded]].update(counts)
    names = {slug: _best_form(counts) for slug, counts in by_slug.items()}
    names |= {record.slug: record.name for record in records}
    waiting = frozenset(slugs[folded] for folded, target in fullest.items() if target is None)
    return People(slugs, names, waiting, records)


def _slugs_beside(records: Iterable[OfficerRecord]) -> Callable[[Folded], str]:
    """Gives a name its slug, which is never that of a record of somebody with another name."""
    names: dict[str, set[Folded]] = {
        record.slug: {fold_name(name) for name in (record.name, *record.also)} for record in records
    }

    def slug_of(folded: Folded) -> str:
        slug = "-".join(folded)
        while folded not in names.get(slug, {folded}):
            slug += "-2"
        return slug

    return slug_of


def _is_record(record: OfficerRecord, officer: Officer, year: int) -> bool:
    folded = fold_name(officer.name)
    if folded not in {fold_name(name) for name in (record.name, *record.also)}:
        return False
    if record.years and not record.years[0] <= year <= record.years[1]:
        return False
    posts = {fold_name(post) for post in record.posts}
    return not posts or fold_name(officer.post or "") in posts


def _fuller_forms(forms: Iterable[Folded]) -> dict[Folded, list[Folded]]:
    """For each name that is short for others of `forms`, those others."""
    fuller: dict[Folded, list[Folded]] = defaultdict(list)
    for form in forms:
        for shorter in _shorter_forms(form):
            fuller[shorter].append(form)
    return fuller


def _shorter_forms(form: Folded) -> set[Folded]:
    """The forms of a name with its middle initials left out, its first name cut short, or both."""
    if len(form) < 2:
        return set()
    first, middle, last = form[0], form[1:-1], form[-1]
    firsts = {first, first[0]}
    middles = {middle, ()} if all(len(part) == 1 for part in middle) else {middle}
    return {(one, *parts, last) for one in firsts for parts in middles} - {form}


def _fullest(folded: Folded, fuller: Mapping[Folded, Sequence[Folded]]) -> Folded | None:
    """The fullest form of the one person that `folded` fits: itself, or None if it fits several."""
    people = [form for form in fuller.get(folded, ()) if form not in fuller]
    if len(people) > 1:
        return None
    return people[0] if people else folded


def _best_form(counts: Counter[str]) -> str:
    """The form to print for a person: not all capitals, then the fullest, then the commonest."""
    return min(
        counts,
        key=lambda name: (name.isupper(), -len(fold_name(name)), -counts[name], name),
    )
