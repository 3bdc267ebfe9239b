"""The front page, the years, the lists from A to Z, and help."""

from __future__ import annotations

from urllib.parse import urlsplit

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.archive_app.conftest import Page


def test_the_front_page_shows_the_latest_notes_and_every_year(page: Page) -> None:
    """Newest number first; a bar and a count a year."""
    home = page("/")
    refs = [ref.text for ref in home.select(".ledger .ref")]
    assert refs == ["TN 009-26", "TN 005-26", "TN 004-26", "TN 003-26", "TN 002-26"]
    assert [a.text for a in home.select(".years a")] == [str(y) for y in range(2026, 2014, -1)]
    assert home.select_one("form[role=search] input#q") is not None
    assert "All 71 since 2015" in home.text


def test_every_link_of_every_page_leads_somewhere(client: FlaskClient) -> None:
    """Nothing links to a page that is not built."""
    waiting, seen = ["/"], set[str]()
    while waiting and len(seen) < 150:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address, buffered=True)
        assert response.status_code in (200, 302), address
        for link in BeautifulSoup(response.text, "lxml").select("a[href], link[href], script[src]"):
            to = urlsplit(str(link.get("href") or link.get("src")))
            if not to.scheme and to.path:
                waiting.append(to._replace(fragment="").geturl())
    assert len(seen) > 100


def test_a_year_lists_its_notes_and_gaps_in_order(page: Page) -> None:
    """A number that is not held stands in its place, a run of them in one line."""
    year = page("/years/2023")
    rows = [" ".join(li.get_text(" ").split()) for li in year.select(".ledger > li")]
    assert rows[5] == "TN 006-23 to 018-23 13 numbers not in this archive"
    assert rows[7] == "TN 020-23 Not in this archive"
    assert "not issued, not public, or not found" in year.text
    assert "missing" not in year.text
    assert year.select_one("#n020") is not None


def test_a_restricted_note_is_a_gap_like_any_other(page: Page) -> None:
    """012-24 is restricted, 011-24 was never issued; the list shows one gap."""
    assert "TN 007-24 to 012-24" in page("/years/2024").text


def test_a_year_without_notes_says_what_years_there_are(client: FlaskClient) -> None:
    """With the sentence of every absent number."""
    response = client.get("/years/1999")
    assert response.status_code == 404
    assert "not issued, not public, or not found" in response.text
    assert "2015 to 2026" in response.text
    assert client.get("/years/99999999999").status_code == 404


def test_officers_stand_by_last_name_with_accents_folded(page: Page) -> None:
    """FAC-2: É beside E, and Mac and Mc stay among M."""
    names = [a.text for a in page("/officers").select(".columns a")]
    assert names == [
        "Ewan Auldhame",
        "Ishbel Drumfearn",
        "Ùna Dunmarrow",
        "Senga Érard",
        "Zoe Farrowlea",
        "Ranald Mabon",
        "Fergus MacAra",
        "Shona McAra",
        "Éilidh Rannoch",
        "Torquil Rennie",
        "Magnus Tarbrax",
    ]


def test_subject_headings_stand_from_a_to_z(page: Page) -> None:
    """Each with the count of its notes."""
    rows = page("/subjects").select(".columns li")
    assert [" ".join(li.get_text(" ").split()) for li in rows[:2]] == [
        "Elections 12 notes",
        "Finance and budget 11 notes",
    ]


def test_help_names_every_field(page: Page) -> None:
    """Each with an example that the search understands as one."""
    examples = [kbd.text for kbd in page("/help").select("kbd")]
    fields = ("title", "subject", "officer", "report_by", "heading", "year", "cites")
    for field in fields:
        assert any(example.startswith(f"{field}:") for example in examples), field


def test_help_can_turn_the_shortcut_off(page: Page) -> None:
    """WCAG 2.1.4: a one-key shortcut needs its switch."""
    assert page("/help").select_one("input#slash[type=checkbox]") is not None
