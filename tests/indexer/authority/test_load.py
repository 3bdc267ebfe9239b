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
    assert lists.subject_label("harbours") == "Harbours"
    assert lists.subject_label("unknown") == "unknown"
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


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("subjects", "[[subject]\n", "subjects.toml"),
        ("subjects", '[[subject]]\nlabel = "Roads"\n', "slug"),
        ("subjects", '[[subject]]\nslug = "a"\nlabel = "A"\nstrnog = []\n', "strnog"),
        ("subjects", '[[subject]]\nslug = "a"\nlabel = 7\n', "str"),
        ("subjects", '[[subject]]\nslug = "A b"\nlabel = "A"\n', "cannot stand in an address"),
        ("subjects", '[[subject]]\nslug = ""\nlabel = "A"\n', "cannot stand in an address"),
        ("subjects", '[[subject]]\nslug = "a\\n"\nlabel = "A"\n', "cannot stand in an address"),
        ("officers", '[[officer]]\nslug = "a"\nname = "A"\nyears = [2015]\n', "years"),
        ("officers", '[[officer]]\nslug = "a"\nname = "A"\nyears = "2015"\n', "years"),
        ("officers", '[[officer]]\nslug = "a"\nname = "A"\n' * 2, "is there twice"),
        ("officers", '[[person]]\nslug = "a"\nname = "A"\n', "person"),
        ("names", "given = [1]\n", "given"),
    ],
)
def test_a_mistake_is_named(file: str, content: str, words: str, tmp_path: Path) -> None:
    """What is wrong is said with the file that it is in."""
    (mistake,) = mistakes_in(folder_with(tmp_path, **{file: content}))
    assert f"{file}.toml" in mistake
    assert words in mistake


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
