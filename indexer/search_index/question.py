"""What a query asks for: note numbers, committee reports, filters and words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from indexer.domain.reference import DASH, NoteReference, Series
from indexer.domain.search import Contents
from indexer.search_index.analysis import STOP_WORDS, fold, terms_of, words_of
from indexer.search_index.limits import QUERY_CHARACTERS, REFERENCE_CHARACTERS, WORDS_READ
from indexer.search_index.reports import REPORT_AMONG_WORDS, report_key

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_PIECE = re.compile(
    r'(?:(?P<field>officer|year|subject|title):)?(?:"(?P<phrase>[^"]*)"|(?P<chunk>[^\s"]+))',
    re.IGNORECASE,
)
# A single one of these between two words makes them one: Lyall-Boyd, R&D, 10.30, a@b.
_JOINS = re.compile(rf"{DASH}|[&.@_+'’]")
# A star is an operator only after the beginning of a word, and one letter begins too many.
_BEGINNING = re.compile(r"([^\W_]{2,})\*")
_FINANCIAL_YEAR = re.compile(rf"(?:19|20)\d\d{DASH}\d\d")


@dataclass(frozen=True, slots=True)
class Clause:
    """One word, or the words of a phrase in their order, and the field that is to hold them.

    With `begins` the one word is the beginning of any.
    """

    terms: tuple[str, ...]
    field: str = "text"
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A reference as the query spells it, and what it stands for."""

    typed: str
    reference: NoteReference


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The numbers that a query names, and the text that is left without them.

    `whole` is the note's number that the query is, all of it. `reports` maps each likely committee
    report's key to its spelling.
    """

    whole: Named | None = None
    notes: tuple[Named, ...] = ()
    reports: Mapping[str, str] = field(default_factory=dict)
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """The words asked for, and the filters that the query itself sets (any of each)."""

    clauses: tuple[Clause, ...] = ()
    years: frozenset[int] = frozenset()
    officers: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()

    @property
    def filters(self) -> bool:
        """Whether the query sets any filter."""
        return bool(self.years or self.officers or self.subjects)


def printable(query: str) -> str:
    """`query` as it can be shown, stored and encoded: no control characters, no half characters."""
    return _SURROGATES.sub("\ufffd", _UNPRINTABLE.sub(" ", query[:QUERY_CHARACTERS])).strip()


def recognise(query: str, series: Series) -> Recognised:
    """The note numbers and committee reports that a printable query names."""
    text = " ".join(query.translate(_QUOTES).split())
    bare = text.strip('" ')
    if len(bare) <= REFERENCE_CHARACTERS:
        if whole := _reference(bare, series):
            return Recognised(whole=Named(query, whole), rest=text)
        if key := report_key(bare):
            return Recognised(reports={key: bare})
    notes: dict[NoteReference, Named] = {}
    reports: dict[str, str] = {}

    def note(match: re.Match[str]) -> str:
        reference = _reference(match[0], series)
        if reference is None or _FINANCIAL_YEAR.fullmatch(match[0]):
            return match[0]
        notes.setdefault(reference, Named(match[0], reference))
        return " "

    def report(match: re.Match[str]) -> str:
        key = report_key(match[0])
        if key is None:
            return match[0]
        reports.setdefault(key, match[0])
        return " "

    rest = REPORT_AMONG_WORDS.sub(report, _numbers(series).sub(note, text))
    return Recognised(notes=tuple(notes.values()), reports=reports, rest=rest)


def is_financial_year(named: Named) -> bool:
    """Whether the spelling is more likely a year (2023-24) than the note 2023 of 2024."""
    return _FINANCIAL_YEAR.fullmatch(named.typed) is not None


def understand(text: str, contents: Contents) -> Question:
    """The words and filters of `text`. Nothing in a query is a mistake; all of it is read."""
    text = text.translate(_QUOTES)
    if text.count('"') % 2:
        text = " ".join(text.rsplit('"', 1))
    reading = _Reading(contents)
    for piece in _PIECE.finditer(text):
        reading.add(piece["field"], piece["phrase"], piece["chunk"])
    return reading.question()


class _Reading:
    """A question as its pieces are read one after another."""

    def __init__(self, contents: Contents) -> None:
        self._contents = contents
        self._clauses: list[Clause] = []
        self._stop_words: list[Clause] = []
        self._years: set[int] = set()
        self._officers: set[str] = set()
        self._subjects: set[str] = set()

    def add(self, name: str | None, phrase: str | None, chunk: str | None) -> None:
        """Read one piece: a field's name if it has one, and a phrase or a chunk without spaces."""
        value = (phrase if phrase is not None else chunk) or ""
        match (name or "").lower():
            case "year" if re.fullmatch("[0-9]{4}", value):
                self._years.add(int(value))
            case "officer":
                self._filter(value, self._officers, self._contents.officers, "officers")
            case "subject":
                self._filter(value, self._subjects, self._contents.subjects, "subject")
            case "title":
                self._words_in(value, "title")
            case _ if phrase is not None:
                self._clauses.append(Clause(terms_of(phrase)))
            case _:
                self._chunk(f"{name} {value}" if name else value)

    def _filter(self, value: str, chosen: set[str], labels: Mapping[str, str], name: str) -> None:
        """Choose the records that `value` names; where none is, look for its words in the field."""
        slugs = _named(value, labels)
        chosen.update(slugs)
        if not slugs:
            self._words_in(value, name)

    def _words_in(self, value: str, name: str) -> None:
        self._clauses.append(Clause(terms_of(value), name))

    def _chunk(self, chunk: str) -> None:
        if beginning := _BEGINNING.fullmatch(chunk):
            self._clauses.append(Clause((fold(beginning[1]),), begins=True))
            return
        for words in _joined(chunk):
            clause = Clause(terms_of(words))
            unneeded = fold(words) in STOP_WORDS
            (self._stop_words if unneeded else self._clauses).append(clause)

    def question(self) -> Question:
        """All that was read; stop words count only where nothing else was said."""
        clauses = [clause for clause in self._clauses if clause.terms]
        return Question(
            _cut(clauses or self._stop_words),
            frozenset(self._years),
            frozenset(self._officers),
            frozenset(self._subjects),
        )


def _cut(clauses: Iterable[Clause]) -> tuple[Clause, ...]:
    """The clauses, each once, up to the number of words that a query may have."""
    kept: list[Clause] = []
    left = WORDS_READ
    for clause in dict.fromkeys(clauses):
        if left <= 0:
            break
        cut = len(clause.terms) > left
        kept.append(replace(clause, terms=clause.terms[:left]) if cut else clause)
        left -= len(clause.terms)
    return tuple(kept)


def _joined(chunk: str) -> Iterable[str]:
    """The words of a chunk, those that hang together as one: `Lyall-Boyd`, `R&D`, `TP/ED/04`."""
    if chunk.isalnum():
        yield chunk
        return
    slash_joins = any(character.isdigit() for character in chunk)
    start = end = -1
    for word in words_of(chunk):
        gap = chunk[end : word.start] if end >= 0 else ""
        joins = _JOINS.fullmatch(gap) or (slash_joins and gap == "/")
        if end >= 0 and not joins:
            yield chunk[start:end]
        if end < 0 or not joins:
            start = word.start
        end = word.end
    if end >= 0:
        yield chunk[start:end]


def _named(value: str, labels: Mapping[str, str]) -> set[str]:
    """The slugs that `value` is, or whose label holds every word of it."""
    if value.lower() in labels:
        return {value.lower()}
    wanted = set(terms_of(value))
    return {slug for slug, label in labels.items() if wanted and wanted <= set(terms_of(label))}


def _reference(text: str, series: Series) -> NoteReference | None:
    try:
        return NoteReference.parse(text, series)
    except ValueError:
        return None


@lru_cache(maxsize=16)
def _numbers(series: Series) -> re.Pattern[str]:
    """A note's number among other words: with the series' name or prefix, or unmistakable."""
    names = "|".join(re.escape(name) for name in (*series.names, series.prefix) if name)
    lead = rf"\b(?:{names})(?![^\W\d_])[\s.:,]*{DASH}?\s*(?:no\b\.?|number)?\s*"
    slug = r"\d{4}-\d{3,5}"
    issue = r"\d{4}[\s,:]*(?:issue|no\.?|number)\s*\d{1,5}"
    short = rf"\d{{1,5}}\s*(?:{DASH}|/)\s*(?:\d{{4}}|\d{{2}})"
    return re.compile(
        rf"{lead}(?:{slug}|{issue}|{short})(?!\w)"
        rf"|(?<![\w/-])(?:{slug}|\d{{3,5}}{DASH}\d{{2}})(?![\w/-])",
        re.IGNORECASE,
    )
