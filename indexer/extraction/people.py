"""Officers as authority records: which printed names are one person."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.domain.authority import OfficerRecord
from indexer.domain.note import Officer
from indexer.extraction.officers import fold_name

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
    fullest = {folded: _fullest(folded, forms) for folded in sorted(forms)}
    slugs = {folded: "-".join(target or folded) for folded, target in fullest.items()}
    by_slug: dict[str, Counter[str]] = defaultdict(Counter)
    for folded, counts in forms.items():
        by_slug[slugs[folded]].update(counts)
    names = {slug: _best_form(counts) for slug, counts in by_slug.items()}
    names |= {record.slug: record.name for record in records}
    waiting = frozenset(slugs[folded] for folded, target in fullest.items() if target is None)
    return People(slugs, names, waiting, records)


def _is_record(record: OfficerRecord, officer: Officer, year: int) -> bool:
    folded = fold_name(officer.name)
    if folded not in {fold_name(name) for name in (record.name, *record.also)}:
        return False
    if record.years and not record.years[0] <= year <= record.years[1]:
        return False
    posts = {fold_name(post) for post in record.posts}
    return not posts or fold_name(officer.post or "") in posts


def _fullest(folded: Folded, forms: Iterable[Folded]) -> Folded | None:
    """The fullest form of the one person that `folded` fits: itself, or None if it fits several."""
    wider = [form for form in forms if form != folded and _fits(folded, form)]
    people = {
        form for form in wider if not any(_fits(form, other) for other in wider if other != form)
    }
    if len(people) > 1:
        return None
    return people.pop() if people else folded


def _fits(shorter: Folded, longer: Folded) -> bool:
    """Whether `shorter` is `longer` with a middle initial left out or a first name cut short."""
    if len(shorter) < 2 or len(longer) < 2 or shorter[-1] != longer[-1]:
        return False
    if not _first_fits(shorter[0], longer[0]):
        return False
    middle, full = shorter[1:-1], longer[1:-1]
    if shorter[0] == longer[0] and middle == full:
        return False
    if middle:
        return middle == full
    return all(len(part) == 1 for part in full)


def _first_fits(short: str, full: str) -> bool:
    return short == full or (len(short) == 1 and len(full) > 1 and full.startswith(short))


def _best_form(counts: Counter[str]) -> str:
    """The form to print for a person: not all capitals, then the fullest, then the commonest."""
    return min(
        counts,
        key=lambda name: (name.isupper(), -len(fold_name(name)), -counts[name], name),
    )
