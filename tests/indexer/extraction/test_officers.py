"""Officers as headers print them: who is a person, what is a post, where the next one begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import authority
from indexer.domain.names import fold_name
from indexer.domain.note import Officer
from indexer.extraction.contacts import without_pronouns
from indexer.extraction.officers import (
    LONGEST_RAW,
    first_name,
    known_names,
    looks_like_officers,
    split_officers,
    without_contacts,
)

WORDS = authority.load().names

# What a header prints, and the people of it: name, post or None.
PRINTED: dict[str, list[tuple[str, str | None]]] = {
    # One person, every separator.
    "Una Dunmarrow, Roads Engineer": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow,Roads Engineer": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow – Roads Engineer": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow - Roads Engineer": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow: Roads Engineer": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow (Roads Engineer)": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow Roads Engineer": [("Una Dunmarrow", "Roads Engineer")],
    " Una  Dunmarrow ,  Roads   Engineer, ": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow": [("Una Dunmarrow", None)],
    "Lulu": [("Lulu", None)],
    "Lulu, Mascot Coordinator": [("Lulu", "Mascot Coordinator")],
    # Telephone numbers and addresses belong to nobody.
    "Una Dunmarrow, Roads Engineer, 0141 496 0123": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow, Roads Engineer (Tel: 0141 496 0123)": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow, Roads Engineer T: +44 (0)141 496 0123": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow, Roads Engineer - ext. 4412": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow, una.dunmarrow@strathallan.example": [("Una Dunmarrow", None)],
    # Posts that hold separators themselves.
    "Ewan Auldhame, Customer, Performance & Communications Manager": [
        ("Ewan Auldhame", "Customer, Performance & Communications Manager")
    ],
    "Ewan Auldhame, Transport Officer, Traffic and Transport, Land Planning & Development": [
        ("Ewan Auldhame", "Transport Officer, Traffic and Transport, Land Planning & Development")
    ],
    "Ewan Auldhame, Executive Officer - Land Planning & Development": [
        ("Ewan Auldhame", "Executive Officer - Land Planning & Development")
    ],
    "Ewan Auldhame, Chief Planning Officer Executive Officer - Land Planning": [
        ("Ewan Auldhame", "Chief Planning Officer Executive Officer - Land Planning")
    ],
    "Ewan Auldhame, Roads Engineer and Chief Planning Officer": [
        ("Ewan Auldhame", "Roads Engineer and Chief Planning Officer")
    ],
    "Glenn Ferrow, Clerk, Board and Council": [("Glenn Ferrow", "Clerk, Board and Council")],
    "Fern Strandholm, Land and Standards Manager": [
        ("Fern Strandholm", "Land and Standards Manager")
    ],
    "Isla Corbie - Bain Street Project Manager": [("Isla Corbie", "Bain Street Project Manager")],
    # Names of every make.
    "Dr Morag Lennie, Chief Officer": [("Dr Morag Lennie", "Chief Officer")],
    "Morag J. Lennie, Chief Officer": [("Morag J. Lennie", "Chief Officer")],
    "M J Lennie, Chief Officer": [("M J Lennie", "Chief Officer")],
    "FIONA MACKINVEN, PLANT MANAGER": [("FIONA MACKINVEN", "PLANT MANAGER")],
    "Niall McQuarrow, Fleet Officer": [("Niall McQuarrow", "Fleet Officer")],
    "Sean O’Dunlop, Fleet Officer": [("Sean O’Dunlop", "Fleet Officer")],
    "Isla Corbie‑Bain – Fleet Officer": [("Isla Corbie‑Bain", "Fleet Officer")],
    "Isla Corbie Bain, Fleet Officer": [("Isla Corbie Bain", "Fleet Officer")],
    "Una van der Marrow, Fleet Officer": [("Una van der Marrow", "Fleet Officer")],
    "Róisín NicMarrow, Gaelic Development Officer": [
        ("Róisín NicMarrow", "Gaelic Development Officer")
    ],
    "una dunmarrow, roads engineer": [("una dunmarrow", "roads engineer")],
    "Jean Bridge, Head of Housing": [("Jean Bridge", "Head of Housing")],
    # Several people, with and without posts.
    "Una Dunmarrow, Ewan Auldhame and Morag Lennie": [
        ("Una Dunmarrow", None), ("Ewan Auldhame", None), ("Morag Lennie", None),
    ],
    "Andrina Sandholm & Anders Strand": [("Andrina Sandholm", None), ("Anders Strand", None)],
    "Una Dunmarrow, Roads Engineer Ewan Auldhame, Planning Manager": [
        ("Una Dunmarrow", "Roads Engineer"), ("Ewan Auldhame", "Planning Manager"),
    ],
    "Una Dunmarrow, Roads Engineer, Ewan Auldhame, Planning Manager": [
        ("Una Dunmarrow", "Roads Engineer"), ("Ewan Auldhame", "Planning Manager"),
    ],
    "Una Dunmarrow, Roads Engineer and Ewan Auldhame, Planning Manager": [
        ("Una Dunmarrow", "Roads Engineer"), ("Ewan Auldhame", "Planning Manager"),
    ],
    "Una Dunmarrow, Roads Engineer; Ewan Auldhame, Planning Manager": [
        ("Una Dunmarrow", "Roads Engineer"), ("Ewan Auldhame", "Planning Manager"),
    ],
    "Una Dunmarrow, Roads Engineer\nEwan Auldhame, Planning Manager": [
        ("Una Dunmarrow", "Roads Engineer"), ("Ewan Auldhame", "Planning Manager"),
    ],
    "Una Dunmarrow - Roads Engineer, Ewan Auldhame - Planning Manager": [
        ("Una Dunmarrow", "Roads Engineer"), ("Ewan Auldhame", "Planning Manager"),
    ],
    "Rhona Strand, Grants and Standards Officer / Ewan Auldhame": [
        ("Rhona Strand", "Grants and Standards Officer"), ("Ewan Auldhame", None),
    ],
    "Una Dunmarrow, Ewan Auldhame, Executive Officers": [
        ("Una Dunmarrow", "Executive Officers"), ("Ewan Auldhame", "Executive Officers"),
    ],
    # Names that are words of posts, and words of posts that are names.
    "Mary-Jane House, Planner": [("Mary-Jane House", "Planner")],
    "Una Dunmarrow, Planner and Gay Place, Clerk": [
        ("Una Dunmarrow", "Planner"), ("Gay Place", "Clerk"),
    ],
    "Una Dunmarrow, Planner; Torquhal Port – Fleet Manager": [
        ("Una Dunmarrow", "Planner"), ("Torquhal Port", "Fleet Manager"),
    ],
    "Una Dunmarrow, Planner\nTorquhal Port, Roads & Fleet Manager": [
        ("Una Dunmarrow", "Planner"), ("Torquhal Port", "Roads & Fleet Manager"),
    ],
    "Una Dunmarrow, Payroll/HR Manager": [("Una Dunmarrow", "Payroll/HR Manager")],
    "Joe Chamberlain, Planner": [("Joe Chamberlain", "Planner")],
    "Una Dunmarrow, Early Years Manager Ewan Auldhame, GIS Officer": [
        ("Una Dunmarrow", "Early Years Manager"), ("Ewan Auldhame", "GIS Officer"),
    ],
    "Una Dunmarrow, HR & OD Manager Ewan Auldhame, Planner": [
        ("Una Dunmarrow", "HR & OD Manager"), ("Ewan Auldhame", "Planner"),
    ],
    "Una Dunmarrow, Manager (Early Years) Ewan Auldhame, Planner": [
        ("Una Dunmarrow", "Manager (Early Years)"), ("Ewan Auldhame", "Planner"),
    ],
    # Where somebody works is nobody.
    "Una Dunmarrow, Headteacher, Ross Academy": [
        ("Una Dunmarrow", "Headteacher, Ross Academy")
    ],
    "Una Dunmarrow, Development Manager, William Birnie Library": [
        ("Una Dunmarrow", "Development Manager, William Birnie Library")
    ],
    # The post first.
    "Executive Officer – Housing, Una Dunmarrow": [
        ("Una Dunmarrow", "Executive Officer – Housing")
    ],
    "Team Leader Community Safety - Una Dunmarrow": [
        ("Una Dunmarrow", "Team Leader Community Safety")
    ],
    "Planning Manager, Una Dunmarrow; Fleet Officer, Ewan Auldhame": [
        ("Una Dunmarrow", "Planning Manager"), ("Ewan Auldhame", "Fleet Officer"),
    ],
    "Head of Roads, Una Dunmarrow and Head of Fleet, Ewan Auldhame": [
        ("Una Dunmarrow", "Head of Roads"), ("Ewan Auldhame", "Head of Fleet"),
    ],
    "Una Black Ewan Green": [("Una Black", None), ("Ewan Green", None)],
    "Executive Officers: Una Dunmarrow, Ewan Auldhame": [
        ("Una Dunmarrow", "Executive Officers"), ("Ewan Auldhame", "Executive Officers"),
    ],
    # What stands around a post and is no part of it.
    "Una Dunmarrow, Roads Engineer.": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow. Roads Engineer": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow [Roads Engineer]": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow (she/her), Roads Engineer": [("Una Dunmarrow", "Roads Engineer")],
    "Una Dunmarrow, Executive Officer –\nRoads": [("Una Dunmarrow", "Executive Officer – Roads")],
    "Una Dunmarrow, Clerk on behalf of Ewan Auldhame, Solicitor": [
        ("Una Dunmarrow", "Clerk"), ("Ewan Auldhame", "Solicitor"),
    ],
    # Nobody.
    "Chief Executive": [("Chief Executive", None)],
    "Roads Network Manager": [("Roads Network Manager", None)],
    "Roads and Transport Team": [("Roads and Transport Team", None)],
    "Executive Officer – Roads": [("Executive Officer – Roads", None)],
    "": [],
    "0141 496 0123": [],
}  # fmt: skip


@pytest.mark.parametrize("raw", PRINTED)
def test_who_is_printed(raw: str) -> None:
    """Each person is told from the post and from the next person, and shown as printed."""
    assert [(each.name, each.post) for each in split_officers(raw, WORDS)] == PRINTED[raw]


@pytest.mark.parametrize("joined_by", [" ", ", ", " & ", " and ", " / ", "; ", "\n", " + "])
@pytest.mark.parametrize("known", ["both", "first", "second"])
def test_two_people_and_what_joins_them(joined_by: str, known: str) -> None:
    """Two names are two people whatever joins them, once another note prints one by itself."""
    others = ["Una Dunmarrow, Roads Engineer", "Ewan Auldhame, Planning Manager"]
    raw = f"Una Dunmarrow{joined_by}Ewan Auldhame"
    chosen = {"both": others, "first": others[:1], "second": others[1:]}[known]
    found = split_officers(raw, WORDS, known_names([raw, *chosen], WORDS))
    assert found == (Officer("Una Dunmarrow"), Officer("Ewan Auldhame"))


def test_one_document_alone_leaves_two_bare_names_raw() -> None:
    """Four words with nothing between them are not cut on a guess."""
    raw = "Torquhal Birnie Ewan Auldhame"
    assert split_officers(raw, WORDS, known_names([raw], WORDS)) == (Officer(raw),)


def test_two_usual_first_names_are_two_people() -> None:
    """First name and surname twice are two people; a middle name makes nobody else."""
    raw = "Una Dunmarrow Ewan Auldhame"
    assert split_officers(raw, WORDS) == (Officer("Una Dunmarrow"), Officer("Ewan Auldhame"))
    assert split_officers("Una Jean Dunmarrow Auldhame", WORDS) == (
        Officer("Una Jean Dunmarrow Auldhame"),
    )


def test_a_known_name_is_not_cut_out_of_a_longer_one() -> None:
    """Isla Corbie Bain is somebody else than Isla Corbie, though both are known."""
    raw = "Isla Corbie Bain, Fleet Officer"
    known = known_names([raw, "Isla Corbie - Bain Street Project Manager"], WORDS)
    assert split_officers(raw, WORDS, known) == (Officer("Isla Corbie Bain", "Fleet Officer"),)


def test_a_name_that_only_another_note_knows() -> None:
    """A name of no usual first name is a person once another note prints it first."""
    raw = "Una Dunmarrow, Roads Engineer Torquhal Birnie"
    (alone,) = split_officers(raw, WORDS)
    assert alone.post == "Roads Engineer Torquhal Birnie"
    known = known_names([raw, "Torquhal Birnie, Clerk"], WORDS)
    assert [each.name for each in split_officers(raw, WORDS, known)] == [
        "Una Dunmarrow",
        "Torquhal Birnie",
    ]


def test_a_person_named_twice_is_one() -> None:
    """The same name and post on one line are one officer."""
    raw = "Una Dunmarrow, Roads Engineer / Una Dunmarrow, Roads Engineer"
    assert split_officers(raw, WORDS) == (Officer("Una Dunmarrow", "Roads Engineer"),)


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("Sean O’Dunlop", "SEAN O'DUNLOP", True),
        ("Isla Corbie-Bain", "Isla Corbie‑Bain", True),
        ("Isla Corbie-Bain", "Isla Corbie Bain", True),
        ("Róisín Marrow", "Ro\u0301isin Marrow", True),
        ("Dr Morag J. Lennie", "Morag J Lennie", True),
        ("Niall McQuarrow", "Niall Mcquarrow", True),
        ("Niall McQuarrow", "Niall MacQuarrow", False),
        ("Morag Lennie", "Morag Lennies", False),
    ],
)
def test_what_a_name_is_known_by(one: str, other: str, is_same: bool) -> None:
    """Case, accents, apostrophes, dashes and honorifics do not tell two people apart."""
    assert (fold_name(one) == fold_name(other)) is is_same


@pytest.mark.parametrize(
    ("raw", "bare"),
    [
        ("Una Dunmarrow, Engineer, 0141 496 0123", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow, Engineer – 07700 900123", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow (01632 960 999), Engineer", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow, Engineer ext 4412", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow, Engineer, email: a.b+c@strathallan.example", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow, Engineer. Tel: 0141 496 0123", "Una Dunmarrow, Engineer."),
        ("Una Dunmarrow, Engineer x4412", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow, Engineer, 496 0123", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow, Engineer, Telephone number: 0141 496 0123", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow, Engineer, 0141 496 0123 or 07700 900123", "Una Dunmarrow, Engineer"),
        ("Una Dunmarrow, Engineer, 0141 496 0123 & Ewan", "Una Dunmarrow, Engineer & Ewan"),
        ("Una Dunmarrow, Team 2 Engineer", "Una Dunmarrow, Team 2 Engineer"),
        (
            "Una Dunmarrow, Extension Programme Manager",
            "Una Dunmarrow, Extension Programme Manager",
        ),
    ],
)
def test_telephone_numbers_are_taken_out(raw: str, bare: str) -> None:
    """Telephone numbers and e-mail addresses go; other numbers and words stay."""
    assert without_contacts(raw) == bare


@pytest.mark.parametrize(
    ("line", "is_officers"),
    [
        ("Una Dunmarrow, Roads Engineer", True),
        ("Una Dunmarrow – Head of Roads", True),
        ("Torquhal Birnie, Fleet Officer", True),
        ("Una Dunmarrow", False),
        ("Grit Bins, Roads Manager", True),
        ("Roads Budget, a note for the Roads Engineer", False),
        ("Winter review, November to March", False),
        ("Una Dunmarrow, who lives in Kirkorran", False),
    ],
)
def test_a_line_that_reads_as_an_officer(line: str, is_officers: bool) -> None:
    """A line without its label is an officer when it has a name and the noun of a post."""
    assert looks_like_officers(line, WORDS) is is_officers


@given(st.text())
def test_any_text_has_officers_with_names_or_none(raw: str) -> None:
    """Whatever a header holds, every officer has a name with no separator at its ends."""
    for officer in split_officers(raw, WORDS):
        assert officer.name == officer.name.strip(" ,;/&") != ""
        assert officer.post is None or officer.post.strip()
    first_name(raw, WORDS)


LETTERS = "abcdefghijklmnopqrstuvwxyz"
ENDLESS = (
    "a",
    ",",
    "(",
    "-",
    " ",
    "1",
    "(she/",
    "t ",
    "x@",
    "+44(",
    "0141 ",
    "[ ",
    "\n",
    "Officer ",
    "; ",
)


@pytest.mark.parametrize("part", ENDLESS)
def test_what_is_printed_without_end_ends(part: str) -> None:
    """A header of half a million characters is read once for contacts, and in part for officers."""
    raw = f"Una Dunmarrow, Engineer {part * (500_000 // len(part))}"
    assert without_contacts(raw).startswith("Una Dunmarrow, Engineer")
    assert len(without_pronouns(raw)) == len(raw)
    assert split_officers(raw, WORDS)[0].name == "Una Dunmarrow"
    assert first_name(raw, WORDS) == ("una", "dunmarrow")
    assert not looks_like_officers(raw, WORDS)


def test_only_the_first_of_a_great_many_officers_are_read() -> None:
    """People beyond the longest raw string are left out, whatever number is printed."""
    names = [f"Ewan Auld{first}{second}" for first in "abcdefghij" for second in LETTERS]
    found = [each.name for each in split_officers("; ".join(f"{n}, Clerk" for n in names), WORDS)]
    assert 50 < len(found) < len(names)
    assert found == names[: len(found)]
    late = "Una Dunmarrow, Engineer" + " " * LONGEST_RAW + "; Ewan Auldhame, Clerk"
    assert [each.name for each in split_officers(late, WORDS)] == ["Una Dunmarrow"]


names = st.sampled_from(["Una Dunmarrow", "Ewan Auldhame", "Morag J Lennie", "Sean O’Dunlop"])
posts = st.sampled_from(["Roads Engineer", "Head of Housing", "Fleet Officer", "Chief Clerk"])
joins = st.sampled_from([" ", ", ", " & ", " and ", " / ", "; ", "\n"])


@given(
    st.lists(st.tuples(names, posts), min_size=1, max_size=4, unique_by=lambda pair: pair[0]),
    st.sampled_from([", ", " – ", " - "]),
    joins,
)
def test_any_list_of_people_with_posts(
    people: list[tuple[str, str]], before_post: str, joined_by: str
) -> None:
    """People with posts are told apart, however many there are and whatever joins them."""
    raw = joined_by.join(f"{name}{before_post}{post}" for name, post in people)
    assert [(each.name, each.post) for each in split_officers(raw, WORDS)] == people
