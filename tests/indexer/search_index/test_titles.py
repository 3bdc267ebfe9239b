"""Which words of a title are marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_index.analysis import terms_of
from indexer.search_index.evaluation.deadline import Deadline
from indexer.search_index.evaluation.places import words_in_titles
from indexer.search_index.index import Index
from indexer.search_index.snippets import Marks
from indexer.search_index.writing.index_writer import write_index

WORDS = ["Road", "roads", "Ｒoad", "road’s", "Gaol", "jail", "Enquiry", "inquiries", "café", "cafe"]
WORDS += ["Éire", "m²", "—", "o'Hare", "salt", "salted", "SALT", "women", "2023", "ﬁeld", "field"]
TITLES = [" ".join(WORDS[at : at + 6]) for at in range(0, len(WORDS), 3)]
TITLES += ["salt road salt salt road", "Road-salt: road", "—", "(road)  salt\u00ad road", "Jail"]


@pytest.fixture(scope="module", name="index")
def index_fixture(tmp_path_factory: pytest.TempPathFactory, note) -> Index:
    """Notes with those titles, then notes that have a subject line instead, or nothing."""
    folder = tmp_path_factory.mktemp("titles")
    made = [note(f"2023-{at:03}", title, title) for at, title in enumerate(TITLES, 1)]
    made += [note(f"2024-{at:03}", "", subject=title) for at, title in enumerate(TITLES, 1)]
    made += [note("2024-100", None)]
    write_index(folder, made)
    return Index(folder)


def expected(terms: tuple[str, ...], marks: Marks) -> list[int]:
    """The numbers of the words that match, each looked at by itself."""
    return [
        at
        for at, term in enumerate(terms)
        if term in marks.terms
        or any(term.startswith(begun) for begun in marks.beginnings)
        or any(
            terms[start : start + len(phrase)] == phrase
            for phrase in marks.phrases
            for start in range(max(0, at - len(phrase) + 1), at + 1)
        )
    ]


PHRASES = st.lists(st.sampled_from([*WORDS, "quillfeather"]), max_size=3).map(" ".join)


@given(st.lists(PHRASES, max_size=3), st.lists(st.sampled_from(["ro", "sal", "ja", "zz"])))
def test_each_word_is_marked_that_matches(
    index: Index, asked: list[str], beginnings: list[str]
) -> None:
    marks = Marks.of(filter(None, map(terms_of, asked)), beginnings)
    (search,) = index.searches(Deadline())
    documents = list(range(index.size))[::-1]
    shown = [index.summary(document).title for document in documents]
    found = words_in_titles(search, marks, documents, shown)
    assert list(map(list, found)) == [expected(terms_of(title), marks) for title in shown]
