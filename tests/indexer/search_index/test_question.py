"""What a query asks for."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.reference import TECHNICAL_NOTES, Series
from indexer.domain.search import Contents, Council
from indexer.search_index.limits import WORDS_READ
from indexer.search_index.question import (
    AllOf,
    AnyOf,
    Clause,
    Having,
    Named,
    Part,
    Question,
    QuestionReader,
    Report,
    Without,
    leaves,
    printable,
)


def contents(series: Series = TECHNICAL_NOTES) -> Contents:
    """What an archive with two officers and one heading knows."""
    return Contents(
        council=Council(),
        series=series,
        built_at=datetime.datetime(2026, 11, 25, tzinfo=datetime.UTC),
        notes=0,
        officers={"grant-mackintosh": "Grant Mackintosh", "ona-mackintosh": "Ona Mackintosh"},
        subjects={"roads": "Roads and winter maintenance"},
    )


READER = QuestionReader(contents())


def read(query: str) -> Question:
    """What `query` asks of that archive."""
    return READER.read(printable(query))


def shown(part: Part) -> str:
    """A part in few characters: `title:grit_suppli`, `(salt | grit)`, `-roads`, `<064-23>`."""
    match part:
        case Clause(terms, field, begins):
            name = "" if field == "text" else f"{field}:"
            times = f"x{part.times}" if part.times > 1 else ""
            return f"{name}{'_'.join(terms)}{'*' if begins else ''}{times}"
        case Having(field, values):
            return f"{field}={','.join(sorted(values))}"
        case Named(_, reference):
            return f"<{reference}>"
        case Report(key):
            return f"<{key}>"
        case AnyOf(parts):
            return f"({' | '.join(map(shown, parts))})"
        case AllOf(parts):
            return f"({' & '.join(map(shown, parts))})"
        case Without(barred):
            return f"-{shown(barred)}"


def asked(query: str) -> str:
    """All that `query` asks for, in few characters."""
    question = read(query)
    barred = map(Without, question.barred)
    parts = (*question.clauses, *question.notes, *question.reports, *question.filters, *barred)
    return " ".join(map(shown, parts))


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("TN 150-23", "2023-150"),
        ("technical note 2023 issue 121", "2023-121"),
        ("Technical Notes 2023, Issue 121", "2023-121"),
        ("064/23", "2023-064"),
        ("064-23", "2023-064"),
        ("64‑23", "2023-064"),
        (" 2023-064 ", "2023-064"),
        ("TN-188-23", "2023-188"),
        ('"TN 064-23"', "2023-064"),
        ("tn:64/23", "2023-064"),
        ("TN:64/23", "2023-064"),
        ('tn:"TN 64/23"', "2023-064"),
        # As people type or paste it.
        ("TN 64 2023", "2023-064"),
        ("TN 064 23", "2023-064"),
        ("tn 64 of 2023", "2023-064"),
        ("technical note 64 of 2023", "2023-064"),
        ("technical note 2023 64", "2023-064"),
        ("Technical Note 2023/64", "2023-064"),
        ("TN 2023, no. 64", "2023-064"),
        ("issue 64 2023", "2023-064"),
        ("Issue 64, 2023", "2023-064"),
        ("2023 Issue No. 64", "2023-064"),
        ("note 64 2023", "2023-064"),
        ("no. 064-23", "2023-064"),
        ("(TN 064-23)", "2023-064"),
        ("TN064/23?", "2023-064"),
        ("/notes/2023-064", "2023-064"),
        ("http://archive.strathallan.example/notes/2023-064?from=mail", "2023-064"),
        ("https://www.strathallan.example/a/technical-notes-2023-issue-64-grit", "2023-064"),
        ("technical-note-2023-issue-064-gritting", "2023-064"),
    ],
)
def test_a_query_may_be_the_number_of_a_note(query: str, slug: str) -> None:
    whole = read(query).whole
    assert whole is not None
    assert whole.reference.slug == slug


@pytest.mark.parametrize(
    "query",
    ["2023 64", "64 2023", "5 May 2023", "note 2023", "issue 64", "no 64", "no 10 23", "TN 0 2023",
     "budget 64 of 2023", "https://www.strathallan.example/reports/2023-064", "TN 64 of 20235"],
)  # fmt: skip
def test_numbers_that_are_no_notes(query: str) -> None:
    assert read(query).whole is None


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("TN 64 2023 gritting", "grit <064-23>"),
        ("gritting, see technical note 64 of 2023", "grit see <064-23>"),
        ('tn:64/23 cites:"TN 65 of 2023"', "<064-23> cites=2023-065"),
        ("TN 999-23 gritting", "grit <999-23>"),
        ("gritting since 064-23", "grit sinc <064-23>"),
        ("gritting TN 64/23, tn 065-2023", "grit <064-23> <065-23>"),
        ("technical note 2023 issue 64 and 2023-064", "<064-23>"),
        ('"064-23" gritting', "grit <064-23>"),
        ("tn:64/23 gritting", "grit <064-23>"),
        ("tn:salt", "tn salt"),
        ("budget 24-25", "budget 24_25"),
        ("schools EPB-X 24-25", "school epb_x 24_25"),
        ("budget 2023-24", "budget 2023_24"),
        ("budget 2023/24", "budget 2023_24"),
        ("budgets 1972-1979", "budget 1972_1979"),
        ("TNT 064/23", "tnt 064_23"),
        ("call 0141-55-064-23", "call 0141_55_064_23"),
        ("TN 064-23x", "tn 064_23x"),
        ("drainage EPB/023/21/NMcN", "drainag <epb/23/21>"),
        ("EPB 23 21", "<epb/23/21>"),
        ("gritting 064-23 OR EPB/023/21", "grit (<064-23> | <epb/23/21>)"),
        ("gritting -tn:064-23", "grit -<064-23>"),
    ],
)
def test_a_number_stands_out_among_words(query: str, parts: str) -> None:
    assert asked(query) == parts


def test_another_series_has_another_prefix() -> None:
    reader = QuestionReader(contents(Series("Members' Briefing", ("Members' Briefing",), "MB")))
    notes = reader.read("MB 12-23 grit, TN 13-23").notes
    assert [note.typed for note in notes] == ["MB 12-23"]


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("grit supply", "grit suppli"),
        ("grit GRIT depot grit", "gritx3 depot"),
        ('"not available" salt', "not_avail salt"),
        ("“not available”", "not_avail"),
        ('salt "not available', "salt avail"),
        ("what is the grit for", "grit"),
        ("what is the", "what is the"),
        ('"the"', "the"),
        ("Lyall-Boyd R&D o'hare", "lyall_boyd r_d ohar"),
        ("roads/footways 2023/24", "road footway 2023_24"),
        ("salt,grit;(sand)", "salt grit sand"),
        ("see: salt", "see salt"),
        ("unknown:salt officer: (year", "unknown salt officers:year"),
        ("£12,500 or 12500", "12_500 12500"),
        ("1,2 12,50 salt,300", "1 2 12 50 salt 300"),
        ('a 6" pipe and an 8" pipe', "6 pipex2 8"),
        ("quill* g* *stone", "quill* g stone"),
        ("(quill*)", "quill*"),
        ('* ? ( ) [ ] ~ ^ \\ "', ""),
        # One letter is a word, and an article only before another word.
        ("plan b", "plan b"),
        ("plan a", "plan a"),
        ("a plan", "plan"),
        ("plan a or b", "plan a b"),
        ("salt the a", "salt"),
        ("hepatitis A vaccine", "hepat a vaccin"),
        ("A-board P-2", "a_board p_2"),
        ("IT strategy for US visitors", "it strategi us visitor"),
        ("what is it", "what is it"),
        ("HOW IS THE SALT", "salt"),
    ],
)
def test_words_and_phrases(query: str, parts: str) -> None:
    assert asked(query) == parts


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("salt OR grit depot", "(salt | grit) depot"),
        ("salt OR grit OR sand", "(salt | grit | sand)"),
        ("salt or grit", "salt grit"),
        ("(salt OR grit) (depot pier)", "(salt | grit) depot pier"),
        ("(salt OR (grit -sand)) pier", "(salt | (grit & -sand)) pier"),
        ("(salt grit) OR sand", "((salt & grit) | sand)"),
        ("(what is) OR salt", "salt"),
        ("salt AND grit", "salt grit"),
        ("salt -grit", "salt -grit"),
        ("salt -“grit stock” -(sand OR pier)", "salt -grit_stock -(sand | pier)"),
        ("salt AND NOT grit", "salt -grit"),
        ("salt NOT grit", "salt -grit"),
        ("budget -2021 -title:salt", "budget -2021 -title:salt"),
        ("title:salt OR title:grit", "(title:salt | title:grit)"),
        ("roof(s) (sand), pier)", "roof s sand pier"),
        # Where it cannot be meant, it is a word or nothing at all.
        ("OR salt OR", "salt"),
        ("salt OR OR grit", "salt grit"),
        ("that OR salt", "salt"),
        ("NOT salt", "salt"),
        ("must NOT freeze", "must freez"),
        ("DO SALT NOT GRIT", "salt grit"),
        ("-salt -grit", "salt grit"),
        ("salt - grit -- sand", "salt grit sand"),
        ("salt -the", "salt"),
        ("temperatures of -5", "temperatur 5"),
        ("by-election pre-salt", "by_elect pre salt"),
        ("How is salt kept -dry or wet -in depots?", "salt kept dri wet depot"),
        ("((((salt OR grit)", "(salt | grit)"),
        ("salt) OR (grit", "(salt | grit)"),
        ("-(salt", "salt"),
        ("()", ""),
    ],
)
def test_signs_are_read_where_they_can_be_meant(query: str, parts: str) -> None:
    assert asked(query) == parts


@pytest.mark.parametrize(
    ("query", "parts"),
    [
        ("year:2023 year:2024", "year=2023,2024"),
        ("YEAR:2021..2023", "year=2021,2022,2023"),
        ("year:2023–2021", "year=2021,2022,2023"),
        ("year:2021 to 2023", "year=2021,2022,2023"),
        ("year: 2021 .. 2023 salt", "salt year=2021,2022,2023"),
        ("year:2021 - 2023", "year=2021,2022,2023"),
        ("year:2021 2023", "2023 year=2021"),
        ("officer: mackintosh salt", "salt officer=grant-mackintosh,ona-mackintosh"),
        ('heading: "winter road"', "heading=roads"),
        ("subject: salt", "subject:salt"),
        ("the subject : salt", "subject salt"),
        ("year:23", "year 23"),
        ("year:20232024", "year 20232024"),
        ("officer:grant-mackintosh", "officer=grant-mackintosh"),
        ('Officer:"grant MACKINTOSH"', "officer=grant-mackintosh"),
        ("officer:mackintosh", "officer=grant-mackintosh,ona-mackintosh"),
        ("report_by:ona", "report_by=ona-mackintosh"),
        ("officer:reekie report_by:reekie", "officers:reekix2"),
        ("heading:roads", "heading=roads"),
        ('heading:"winter road"', "heading=roads"),
        ("heading:not-classified", "heading=not-classified"),
        ("heading:salt", "head salt"),
        ("subject:roads", "subject:road"),
        ('subject:"winter road"', "subject:winter_road"),
        ('title:"grit supply" title:salt', "title:grit_suppli title:salt"),
        ("cites:064-23", "cites=2023-064"),
        ("cites:PNCA/036/21/AL", "reports=pnca/36/21"),
        ("cites:salt", "cite salt"),
        ("year:2021 OR officer:ona", "(year=2021 | officer=ona-mackintosh)"),
        ("year:2021 -salt", "year=2021 -salt"),
        ("(title:salt)", "title:salt"),
        ('title:"', "titl"),
    ],
)
def test_fields(query: str, parts: str) -> None:
    assert asked(query) == parts


def test_an_open_range_of_years_goes_to_the_end() -> None:
    (since,), (until,) = read("year:2021..").filters, read("year:..2021").filters
    assert isinstance(since, Having)
    assert isinstance(until, Having)
    assert {"2021", "2040"} <= since.values
    assert "2020" not in since.values
    assert {"2021", "1990"} <= until.values
    assert "2022" not in until.values


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("High Street closures", [("high", "street")]),
        ("closures on kirk road", [("kirk", "road")]),
        ("Glenfarrow Primary School roof", [("glenfarrow", "primari", "school")]),
        ("kirk road and mill lane", [("kirk", "road"), ("mill", "lane")]),
        ("road closures", []),
        ("the school", []),
        ("kirk OR road", []),
    ],
)
def test_names_of_places(query: str, names: list[tuple[str, ...]]) -> None:
    assert list(read(query).favoured) == names


@pytest.mark.parametrize(
    ("query", "loosened"),
    [
        ("heading:salt grit", ("heading:salt",)),
        ("author:brodie year:23", ("author:brodie", "year:23")),
        ("at 10:30, see: salt or https://www.strathallan.example/", ()),
        ("officer:brodie title:salt", ()),
    ],
)
def test_fields_read_as_words_are_told(query: str, loosened: tuple[str, ...]) -> None:
    assert read(query).loosened == loosened


def test_words_left_out_are_told() -> None:
    assert read("the meeting of the board").left_out == ("the", "of")
    assert read("salt AND grit").left_out == ()
    assert read("of the").left_out == ()


@pytest.mark.parametrize("form", ["{}", '"{}"', "({})", "title:x {}"])
def test_a_query_is_read_up_to_a_limit(form: str) -> None:
    many = [f"word{number}" for number in range(1_200)]
    question = read(form.format(" ".join(many)))
    read_words = [leaf for part in question.clauses for leaf in leaves(part)]
    assert sum(len(leaf.terms) for leaf in read_words if isinstance(leaf, Clause)) == WORDS_READ
    assert len(question.unread) in {1_200 - WORDS_READ, 1_201 - WORDS_READ}


PIECES = st.sampled_from(
    ['"', "“", "officer:", "YEAR:2023", "title:", "subject:", "(", ")", "*", "-", "/", "TN ", "064"]
) | st.sampled_from(
    ["a ", " OR ", " AND ", " NOT ", " -", "salt", "IT", "cites:", "..", ". ", "(("]
)
SOUP = st.lists(PIECES | st.text(max_size=5), max_size=20).map("".join)


@given(SOUP)
def test_everything_can_be_understood(query: str) -> None:
    question = read(query)
    asked_for = (*question.clauses, *question.barred)
    for leaf in (leaf for part in asked_for for leaf in leaves(part)):
        assert not isinstance(leaf, Clause) or (leaf.terms and leaf.field)


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_what_is_repeated_on_a_page_can_be_encoded(query: str) -> None:
    text = printable(query)
    assert text.encode().decode() == text
    assert "\x00" not in text
    read(text)


LETTERS = st.text(st.characters(categories=("L",)), min_size=2, max_size=12).map(str.lower)
WORDS = LETTERS | st.sampled_from(["the", "or", "not", "high", "street", "ß", "ﬁ", "ª"])


@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join))
def test_plain_words_are_read_as_beside_a_comma(text: str) -> None:
    """They have a shorter way through the reader, and nothing else comes of it."""
    assert read(text) == read(f"{text} ,")


@given(st.lists(WORDS, min_size=1, max_size=5).map(" ".join))
def test_a_phrase_of_plain_words_is_read_as_beside_a_comma(text: str) -> None:
    """It has one too."""
    assert read(f'"{text}"') == read(f'"{text}" ,')
