"""The keepers' lists: built in, overridden beside technotes.toml, every mistake named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from indexer import authority
from indexer.domain.errors import ConfigError

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def folder_with(folder: Path, **files: str) -> Path:
    """`folder` with a list in it for each keyword: `subjects="…"` is subjects.toml."""
    for name, content in files.items():
        (folder / f"{name}.toml").write_text(content, encoding="utf-8")
    return folder


def mistakes_in(folder: Path) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as refused:
        authority.load(folder)
    return refused.value.mistakes


def test_the_built_in_lists() -> None:
    """Headings have slugs of their own and terms; names and posts are lower-case words."""
    lists = authority.load()
    slugs = [subject.slug for subject in lists.subjects]
    assert len(set(slugs)) == len(slugs) > 10
    assert all(SLUG.fullmatch(slug) for slug in slugs)
    assert all(subject.label and subject.terms for subject in lists.subjects)
    assert all(weight > 0 for subject in lists.subjects for _, weight in subject.terms)
    assert lists.officers == ()
    for words in (lists.names.given, lists.names.titles, lists.names.posts):
        assert words
        assert all(word == word.lower() for word in words)
    assert not lists.names.given & lists.names.titles


def test_acronyms(tmp_path: Path) -> None:
    """The keepers' stand apart from the usual ones; each mistake is named."""
    usual = authority.load().usual_acronyms
    assert len({each.short.lower() for each in usual}) == len(usual) > 10
    assert all(each.long for each in usual)
    assert authority.load().acronyms == ()
    text = '[[acronym]]\nshort = "HSG"\nlong = ["Harbour Safety Group"]\n'
    lists = authority.load(folder_with(tmp_path, acronyms=text))
    assert [(each.short, each.long) for each in lists.acronyms] == [
        ("HSG", ("Harbour Safety Group",))
    ]
    assert lists.usual_acronyms == usual
    wrong = '[[acronym]]\nshort = "hsg"\n[[acronym]]\nshort = "H S"\nlong = []\n'
    first, second, third = mistakes_in(folder_with(tmp_path, acronyms=text + wrong))
    assert 'the acronym "hsg" is there twice' in first + second
    assert '"hsg" stands for nothing' in first + second
    assert '"H S" is not one word' in third


@pytest.mark.parametrize("name", [".", "absent"])
def test_no_lists_of_the_keepers(name: str, tmp_path: Path) -> None:
    """Without lists beside the configuration the built-in ones are used."""
    assert authority.load(tmp_path / name) == authority.load()


def test_a_keepers_subject_replaces_or_adds(tmp_path: Path) -> None:
    """A heading of the same slug is replaced in its place, and another is added at the end."""
    built_in = [subject.slug for subject in authority.load().subjects]
    folder_with(
        tmp_path,
        subjects='[[subject]]\nslug = "harbours"\nlabel = "Harbours"\nstrong = ["harbour"]\n'
        f'[[subject]]\nslug = "{built_in[0]}"\nlabel = "Money"\nscope = "all of it"\n'
        'strong = ["tax"]\nterms = ["bill", "tax"]\nweak = ["cost", "bill"]\n',
    )
    lists = authority.load(tmp_path)
    assert [subject.slug for subject in lists.subjects] == [*built_in, "harbours"]
    assert lists.subjects[-1].label == "Harbours"
    money = lists.subjects[0]
    assert (money.label, money.scope) == ("Money", "all of it")
    assert dict(money.terms) == {"tax": 3.0, "bill": 1.0, "cost": 0.3}


def test_a_keepers_officers_and_names(tmp_path: Path) -> None:
    """Records come as written, and words of names are added to the built-in ones."""
    folder_with(
        tmp_path,
        officers='[[officer]]\nslug = "una-d"\nname = "Una Dunmarrow"\nalso = ["U Dunmarrow"]\n'
        'years = [2015, 2019]\nposts = ["Clerk"]\n[[officer]]\nslug = "e"\nname = "Ewan"\n',
        names='given = "torquhal"\n',
    )
    lists = authority.load(tmp_path)
    first, second = lists.officers
    assert (first.slug, first.name, first.also) == ("una-d", "Una Dunmarrow", ("U Dunmarrow",))
    assert (first.years, first.posts) == ((2015, 2019), ("Clerk",))
    assert (second.years, second.posts, second.also) == (None, (), ())
    built_in = authority.load().names
    assert lists.names.given == built_in.given | {"torquhal"}
    assert lists.names.posts == built_in.posts


SUBJECT = '[[subject]]\nslug = "a"\nlabel = "A"\n'
OFFICER = '[[officer]]\nslug = "a"\nname = "Una A"\n'


@pytest.mark.parametrize(
    ("file", "content", "line", "wrong", "remedy"),
    [
        ("subjects", "[[subject]\n", 1, "Expected", "A line is [table], [[table]]"),
        ("subjects", '[[subject]]\nlabel = "A"\n', 1, 'no "slug"', 'Add a line slug = "…"'),
        ("subjects", SUBJECT + "strnog = []\n", 4, '"strnog"', 'Did you mean "strong"?'),
        ("subjects", SUBJECT.replace('"A"', "7"), 3, "a number, not text", 'Write label = "…".'),
        ("subjects", SUBJECT.replace('"A"', '" "'), 3, '"label" is empty', 'Write label = "…".'),
        ("subjects", SUBJECT.replace('"a"', '"A b"'), 2, "in an address", "lower-case letters"),
        ("subjects", SUBJECT.replace('"a"', '""'), 2, '"slug" is empty', 'Write slug = "…".'),
        ("subjects", SUBJECT.replace('"a"', '"not-classified"'), 2, "without a", "another slug"),
        ("subjects", SUBJECT + 'strong = ["b", ""]\n', 4, "an empty text", "Write strong = ["),
        ("subjects", SUBJECT + 'weak = ["*"]\n', 4, 'term "*" has no word', "Write a word"),
        ("subjects", SUBJECT + 'terms = ["a*b"]\n', 4, "before its end", "Leave it out"),
        ("subjects", SUBJECT + 'terms = "b"\n', 4, "text, not a list", "Write terms = ["),
        (
            "officers",
            OFFICER + "years = [2015]\n",
            4,
            "the first year and the last",
            "[2015, 2019]",
        ),
        ("officers", OFFICER + 'years = "2015"\n', 4, "text, not a list", "[2015, 2019]"),
        ("officers", OFFICER + 'years = [2015, "x"]\n', 4, "more than whole", "[2015, 2019]"),
        ("officers", OFFICER + "years = [2019, 2015]\n", 4, "is before", "years = [2015, 2019]"),
        ("officers", OFFICER.replace("Una A", ""), 3, '"name" is empty', 'Write name = "…".'),
        ("officers", OFFICER * 2, 5, "is there twice", "Give each record its own."),
        ("officers", OFFICER.replace("officer", "person"), 1, '"person"', "Known here: officer"),
        (
            "officers",
            OFFICER.replace('"a"', '"ewan-b"') + '[[officer]]\nslug = "e"\nname = "EWAN B"\n',
            2,
            "the name of “EWAN B”",
            "Choose another slug",
        ),
        ("names", "given = [1]\n", 1, "a list, not text", 'Write given = "…"'),
    ],
)
def test_a_mistake_is_named(
    file: str, content: str, line: int, wrong: str, remedy: str, tmp_path: Path
) -> None:
    """What is wrong is said with its file, its line and what to do."""
    (mistake,) = mistakes_in(folder_with(tmp_path, **{file: content}))
    assert mistake.startswith(f"{tmp_path / file}.toml:{line}: ")
    assert wrong in mistake
    assert remedy in mistake


def test_every_mistake_of_one_list_is_named(tmp_path: Path) -> None:
    """Each of them in the order of lines, so that a keeper puts all right in one go."""
    content = '[[subject]]\nslug = "A"\nlabel = ""\n[[subject]]\nslug = "b"\nterms = [7]\n'
    mistakes = mistakes_in(folder_with(tmp_path, subjects=content))
    lines = [mistake.removeprefix(f"{tmp_path}/subjects.toml:")[:2] for mistake in mistakes]
    assert lines == ["2:", "3:", "4:", "6:"]


def test_a_person_may_have_the_slug_of_their_own_name(tmp_path: Path) -> None:
    """Two records of one name are told apart by their slugs, one of which is the name itself."""
    folder_with(tmp_path, officers=OFFICER.replace('"a"', '"una-a"') + OFFICER)
    assert [record.slug for record in authority.load(tmp_path).officers] == ["una-a", "a"]


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    """A folder in place of a list, and a link that leads nowhere, are mistakes, not absence."""
    (tmp_path / "subjects.toml").mkdir()
    (tmp_path / "names.toml").symlink_to("absent")
    folder, link = mistakes_in(tmp_path)
    assert folder.startswith(f"{tmp_path}/subjects.toml: this is a folder.")
    assert link.startswith(f"{tmp_path}/names.toml: this link leads nowhere.")


def test_every_mistake_is_named_at_once(tmp_path: Path) -> None:
    """Three lists with mistakes are three mistakes, and a list that is no text is one of them."""
    folder_with(tmp_path, subjects="[[subject]\n", officers='[[officer]]\nslug = "A"\nname = "A"\n')
    (tmp_path / "names.toml").write_bytes(b'given = "caf\xe9"\n')
    mistakes = mistakes_in(tmp_path)
    assert [name for name in ("subjects", "names", "officers") for m in mistakes if name in m] == [
        "subjects",
        "names",
        "officers",
    ]
