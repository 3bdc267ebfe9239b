"""Faults that people reported of other archives, with their own inputs, through the whole line."""

from __future__ import annotations

import os
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from archive_app import Settings, create_app
from indexer.config import Config, Source
from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.reference import NoteReference
from indexer.domain.report import ExitStatus
from indexer.domain.search import SearchRequest
from indexer.pipeline import run
from indexer.search_index import Archive

CHECKOUT = Path(__file__).parents[1]
CASES = Path(__file__).parents[2] / "shared" / "cases" / "files"

pytestmark = [
    pytest.mark.real_notes,
    pytest.mark.skipif(
        not CASES.is_dir(), reason="the reported cases are not beside this checkout (../shared)"
    ),
]


@contextmanager
def _archive(case: str, data: Path) -> Iterator[Archive]:
    """The archive of a case's files."""
    config = Config(sources=(Source(CASES / case, published=True),), data=data)
    assert run(config).generation
    with Archive.open(data, Clearance.PUBLIC) as archive:
        yield archive


def _note(archive: Archive, reference: str) -> Note:
    note = archive.note(NoteReference.parse(reference))
    assert note is not None, f"{reference} is not in the archive"
    return note


def _found(archive: Archive, query: str) -> list[str]:
    hits = archive.search(SearchRequest(query=query, page_size=50)).hits
    return [str(hit.note.reference) for hit in hits]


def _text(note: Note) -> str:
    return "\n".join(block.words for block in note.body)


def _client(data: Path) -> FlaskClient:
    return create_app(Settings(folder=data)).test_client()


def test_enc_2_declared_utf_8_really_windows_1252(tmp_path: Path) -> None:
    """Quotes, dashes and pounds are what was printed; no control or replacement character shows."""
    with _archive("ENC-2", tmp_path) as archive:
        note = _note(archive, "172-23")
        assert note.report_by[0].name == "Morag O’Hare"
        assert note.title == "Members’ allowances"
        for printed in ("— agreed", "£1,250", "“No change”", "…"):
            assert printed in _text(note)
        assert archive.contents.officers[note.report_by[0].slug or ""] == "Morag O’Hare"
        page = _client(tmp_path).get("/notes/2023-172").get_data(as_text=True)
    shown = page + _text(note)
    assert not [char for char in shown if char == "\ufffd" or "\x80" <= char <= "\x9f"]


def test_enc_4_invisible_characters(tmp_path: Path) -> None:
    """Labels and words are known in spite of characters that nobody sees."""
    with _archive("ENC-4", tmp_path) as archive:
        note = _note(archive, "175-23")
        assert (note.report_by[0].name, note.subject) == ("Ailsa Brodie", "Gritter names")
        assert note.responsible_officers[0].name == "Tom Reekie"
        assert note.publication.status == "public"
        assert _found(archive, "consultation") == ["175-23"]
        assert [str(cited) for cited in note.cites.notes] == ["188-23", "064-23"]
        assert not [char for char in _text(note) if unicodedata.category(char) == "Cf"]


def test_htm_1_blocks_without_white_space(tmp_path: Path) -> None:
    """Words of neighbouring blocks never run together."""
    with _archive("HTM-1", tmp_path) as archive:
        for word in ("installation", "small", "permit", "ends"):
            assert _found(archive, word) == ["181-23"]
        text = _text(_note(archive, "181-23"))
        assert not [run for run in ("InstallationHow", "SmallLarge", "PermitForty") if run in text]


def test_nam_2_double_barrelled_names(tmp_path: Path) -> None:
    """One officer however the two halves are joined, and another whose post begins like hers."""
    with _archive("NAM-2", tmp_path) as archive:
        for query in ("lyall boyd", "lyall-boyd", "Lyall\u2011Boyd"):
            assert set(_found(archive, query)[:3]) == {"136-23", "137-23", "138-23"}
        slugs = {_note(archive, number).report_by[0].slug for number in ("136-23", "138-23")}
        assert slugs == {_note(archive, "137-23").report_by[0].slug}
        other = _note(archive, "139-23").report_by[0]
        assert (other.name, other.post) == ("Kirsty Lyall", "Boyd Street Project Manager")
        assert other.slug not in slugs


def test_nam_3_capitals(tmp_path: Path) -> None:
    """A header in capitals names the same people, and no capital is invented."""
    with _archive("NAM-3", tmp_path) as archive:
        first, second, loan, store = (
            _note(archive, number).report_by for number in ("141-23", "142-23", "143-23", "144-23")
        )
        assert first[0].slug == second[0].slug
        assert [officer.name for officer in loan] == ["FRASER MACALLAN", "NIALL MCQUOID"]
        assert store[0].slug == loan[0].slug
        assert store[0].name == "Fraser MacAllan"
        printed = " ".join(archive.contents.officers.values())
        assert not [
            name for name in ("MacKie", "MacHinery", "MacAdam", "Mcquoid") if name in printed
        ]


def test_nam_5_two_people_or_one(tmp_path: Path) -> None:
    """People on one line are told apart, and nobody is cut in two."""
    expected = {
        "161-23": [("Ailsa Brodie", None), ("Tom Reekie", None)],
        "162-23": [("Ailsa Brodie", "Roads Network Manager, Neighbourhood Services")],
        "163-23": [("Andrew Sandison", None), ("Anderson Rand", None)],
        "164-23": [("Sandy Holland", "Brand and Land Manager")],
        "165-23": [("Fernando Strand", "Grants and Standards Officer"), ("Rand Ferrand", None)],
        "166-23": [("Tom Reekie", "Executive Officers"), ("Ailsa Brodie", "Executive Officers")],
    }
    with _archive("NAM-5", tmp_path) as archive:
        found = {
            number: [(each.name, each.post) for each in _note(archive, number).report_by]
            for number in expected
        }
    assert found == expected


def test_pdf_3_labels_drawn_before_their_values(tmp_path: Path) -> None:
    """Each label has its own value, and what the file calls itself names nothing."""
    with _archive("PDF-3", tmp_path) as archive:
        note = _note(archive, "034-24")
        assert note.subject == "Bridge inspections"
        assert [officer.name for officer in note.report_by] == ["Ailsa Brodie"]
        assert [officer.name for officer in note.responsible_officers] == ["Tom Reekie"]
        assert note.publication.status == "public"
        stated = " ".join((note.name, *archive.contents.officers.values()))
        assert "draft v3" not in stated
        assert "scanroom" not in stated


def test_pdf_4_encrypted_with_an_empty_password(tmp_path: Path) -> None:
    """Whoever opens the file sees its text, and so does the archive."""
    with _archive("PDF-4", tmp_path) as archive:
        for number in ("035-24", "036-24"):
            note = _note(archive, number)
            assert note.report_by
            assert note.subject
            assert len(_text(note).split()) > 5


def test_doc_2_numbering_goes_on_after_a_break(tmp_path: Path) -> None:
    """A paragraph has the number that Word shows, and an anchor of that number and no other."""
    with _archive("DOC-2", tmp_path) as archive:
        body = _note(archive, "052-24").body
        (third,) = [block for block in body if "third visit" in block.text]
        assert (third.number, third.anchor) == ("3", "p3")
        anchors = [block.anchor for block in body if block.anchor]
        assert len(set(anchors)) == len(anchors)
        assert [block.number for block in body if block.number] == ["1", "2", "3", "4"]


def test_nit_2_bad_documents_beside_good_ones(tmp_path: Path) -> None:
    """Eight good notes and one of an odd name are found; the others are named with a cause."""
    notes, data = tmp_path / "notes", tmp_path / "data"
    subprocess.run([sys.executable, str(CASES / "NIT-2" / "NIT-2.py"), str(notes)], check=True)
    options = ["--source", str(notes), "--published", "--data", str(data)]
    indexer = [sys.executable, "-m", "indexer"]
    if os.geteuid() == 0:  # whom permissions do not bind, but for those of the bounding set
        indexer = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *indexer]
    done = {
        command: subprocess.run(
            [*indexer, command, *given], capture_output=True, text=True, cwd=CHECKOUT
        )
        for command, given in (("index", options), ("status", ["--data", str(data)]))
    }
    assert done["index"].returncode == ExitStatus.WITH_FAILURES, done["index"].stderr
    printed = done["index"].stdout
    for name in ("312-nul.txt", "313-empty.pdf", "314-unreadable.txt", "315-dangling.txt"):
        assert name in printed
    assert "Traceback" not in "".join(each.stdout + each.stderr for each in done.values())
    with Archive.open(data, Clearance.PUBLIC) as archive:
        found = set(_found(archive, "otterbridge"))
        assert {f"{number}-23" for number in (*range(301, 309), 310)} <= found
        (source,) = _note(archive, "310-23").sources
        assert source.locator.isprintable()
        assert "\\x92" in source.locator


@pytest.mark.parametrize(
    "query", ["EPB/023/21/NMcN", "EPB/023/21", "epb-023-21-nmcn", "EPB 023 21"]
)
def test_qry_2_a_committee_report(query: str, tmp_path: Path) -> None:
    """Whichever form is typed or printed, the notes that cite the report come first."""
    with _archive("QRY-2", tmp_path) as archive:
        found = _found(archive, query)
        assert set(found[:2]) == {"031-22", "032-22"}
        assert "033-22" not in found[:2]
        assert _note(archive, "033-22").cites.reports == ()
        citing = {str(note.reference) for note in archive.citing_report(query)}
        assert citing == {"031-22", "032-22"}


def test_qry_4_stop_words_in_a_phrase(tmp_path: Path) -> None:
    """What is quoted is found as it stands, small words and all."""
    with _archive("QRY-4", tmp_path) as archive:
        assert _found(archive, '"not available"') == ["071-23"]
        assert _found(archive, '"meeting of the board"') == ["073-23"]
        assert archive.search(SearchRequest(query="of the board")).left_out == ("of", "the")


@pytest.mark.parametrize("query", ["TN 999-23", "TN 999-23 gritter", "999-19"])
def test_qry_6_a_number_that_the_archive_lacks(query: str, tmp_path: Path) -> None:
    """The page repeats what was typed, says what years it holds, and runs the rest as text."""
    with _archive("ENC-4", tmp_path):
        answer = _client(tmp_path).get("/search", query_string={"q": query})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert query.removesuffix(" gritter") in page
    assert "not issued, not public, or not found" in page
    assert "missing" not in page.lower()
    assert "2023" in page
    assert ("1 note found" in page) == ("gritter" in query)


def test_rnk_2_did_you_mean(tmp_path: Path) -> None:
    """A real word as printed, that finds something under the filter, and leads no further."""
    with _archive("RNK-2", tmp_path) as archive:

        def offered(query: str, *years: int) -> str | None:
            request = SearchRequest(query=query, years=frozenset(years))
            return archive.search(request).did_you_mean

        assert offered("Fordyke") is None
        assert offered("Fordike") == "Fordyke"
        assert offered("Fordike", 2023) == "Fordyke"
        assert offered("Fordyke", 2022) is offered("Fordike", 2022) is None
    page = _client(tmp_path).get("/search?q=Fordike&year=2023").get_data(as_text=True)
    assert 'Did you mean <a href="/search?q=Fordyke&amp;year=2023">Fordyke</a>?' in page
    assert "Did you mean" not in _client(tmp_path).get("/search?q=Fordyke").get_data(as_text=True)


def test_snp_1_entities_and_marks(tmp_path: Path) -> None:
    """The marks hold exactly the word, and what looks like markup is shown as text."""
    with _archive("SNP-1", tmp_path) as archive:
        (hit,) = archive.search(SearchRequest(query="quillfeather")).hits
        assert [span.text for span in hit.snippet if span.matched] == ["quillfeather"] * 3
        snippet = "".join(span.text for span in hit.snippet)
        assert not [stray for stray in ("quot;", "amp;", "&lt;", "\ufffd") if stray in snippet]
        note = _note(archive, "083-24")
        assert note.title == "Ages <5 & >12: R&D 🛶 visit"
        assert "<b>in hand</b>" in _text(note)
    page = _client(tmp_path).get("/search?q=quillfeather").get_data(as_text=True)
    assert page.count("<mark>quillfeather</mark>") == 3
    assert "Ages &lt;5 &amp; &gt;12: R&amp;D 🛶 visit" in page
