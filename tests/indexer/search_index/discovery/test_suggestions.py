"""What is suggested for the beginning of a question."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.publication import Clearance
from indexer.domain.search import SuggestionKind
from indexer.search_index import Archive, publish
from indexer.search_index.limits import SUGGESTED_CHARACTERS, SUGGESTIONS

NOTE, WORDS = SuggestionKind.NOTE, SuggestionKind.WORDS
OFFICER, SUBJECT = SuggestionKind.OFFICER, SuggestionKind.SUBJECT


@pytest.fixture(scope="module")
def notes(note):
    """Titles that begin alike, numbers that do, and one restricted note."""
    return [
        note("2022-006", "Winter Service Review 2021/22"),
        note("2023-006", "Winter service review 2022/23"),
        note("2023-060", "Bridge Works (3)", subject="Winter closure of the bridge"),
        note("2023-064", "Winter Service Review 2023/24"),
        note("2023-640", "The winter that was"),
        note("2024-064", "Flood wall", officers=("eilidh-ohare",), subjects=("housing",)),
        note("2024-1064", "Wintering geese", subjects=()),
        note("2025-001", "Quillfeather depot", public=False, officers=("fraser-lyall-boyd",)),
    ]


@pytest.fixture(scope="module")
def typing(archive_of, notes) -> Archive:
    """The members' archive of them."""
    opened: Archive = archive_of(*notes)
    return opened


def values(archive: Archive, text: str) -> list[tuple[SuggestionKind, str]]:
    """The kind and value of every suggestion."""
    return [(each.kind, each.value) for each in archive.suggest(text)]


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("064", ["2024-064", "2023-064"]),
        ("64", ["2024-064", "2023-064", "2023-640"]),
        ("06", ["2024-064", "2023-064", "2023-060"]),
        ("6", []),
        ("006", ["2023-006", "2022-006"]),
        ("6/2", ["2023-006", "2022-006"]),
        ("064-", ["2024-064", "2023-064"]),
        ("064-23", ["2023-064"]),
        ("64/2023", ["2023-064"]),
        ("064-2022", []),
        ("TN 064-2", ["2024-064", "2023-064"]),
        ("Technical Note 64", ["2024-064", "2023-064", "2023-640"]),
        ("2023-06", ["2023-064", "2023-060"]),
        ("2024-1", ["2024-1064"]),
        ("106", ["2024-1064"]),
        ("tn 64 of 2023", ["2023-064"]),
        ("issue 64 2023", ["2023-064"]),
        ("http://archive.strathallan.example/notes/2023-064", ["2023-064"]),
        ("999", []),
    ],
)
def test_numbers(typing, text: str, slugs: list[str]) -> None:
    """The very number before those that go on, the newest first, in any spelling."""
    assert values(typing, text) == [(NOTE, slug) for slug in slugs]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bri", [(NOTE, "2023-060")]),
        ("closure", [(NOTE, "2023-060")]),
        ("of the bri", [(NOTE, "2023-060")]),
        ("wall", [(NOTE, "2024-064")]),
        ("éil", [(OFFICER, "eilidh-ohare")]),
        ("eilidh o", [(OFFICER, "eilidh-ohare")]),
        ("boyd", [(OFFICER, "fraser-lyall-boyd")]),
        ("hous", [(SUBJECT, "housing")]),
        ("waste", []),
        ("not cl", [(SUBJECT, "not-classified")]),
        ("x", []),
        ("", []),
        ("…", []),
        ("-", []),
    ],
)
def test_words(typing, text: str, expected: list[tuple[SuggestionKind, str]]) -> None:
    """Titles and subject lines, officers and headings that notes have."""
    assert values(typing, text) == expected


def test_what_titles_often_go_on_with(typing) -> None:
    """Three titles say it, two of them with capitals; one that goes on otherwise is a note only."""
    first, *others = typing.suggest("winter s")
    assert first == (WORDS, "Winter Service Review", "Winter Service Review", 3)
    assert [each.value for each in others] == ["2023-064", "2023-006", "2022-006"]
    assert (WORDS, "Winter Service Review") in values(typing, "win")


def test_a_word_that_is_ended_does_not_go_on(typing) -> None:
    assert (NOTE, "2024-1064") in values(typing, "winter")[:3]
    assert values(typing, "winteri") == [(NOTE, "2024-1064")]
    assert values(typing, "winteri ") == []


def test_there_are_few_and_long_texts_have_none(typing) -> None:
    assert len(typing.suggest("wi")) <= SUGGESTIONS
    assert typing.suggest("winter " * SUGGESTED_CHARACTERS) == ()


def test_the_public_is_suggested_public_notes_alone(archive_of, notes) -> None:
    public = archive_of(*notes, clearance=Clearance.PUBLIC)
    assert [public.suggest(text) for text in ("quill", "001", "fraser")] == [(), (), ()]


def test_a_deleted_note_is_not_suggested(tmp_path: Path, notes, editions, report) -> None:
    publish(tmp_path, editions(notes), report)
    publish(tmp_path, editions(notes[:-1]), report)
    with Archive.open(tmp_path, Clearance.MEMBER) as archive:
        assert [archive.suggest(text) for text in ("quill", "001", "fraser")] == [(), (), ()]
        assert values(archive, "wall") == [(NOTE, "2024-064")]


@given(st.text(max_size=40))
def test_nothing_typed_is_a_mistake(typing, text: str) -> None:
    typing.suggest(text)
