"""Committee report references in all their spellings."""

from __future__ import annotations

import pytest

from indexer.search_index.reports import REPORT_AMONG_WORDS, report_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("EPB/023/21/NMcN", "epb/23/21"),
        ("EPB/023/21", "epb/23/21"),
        ("epb-023-21-nmcn", "epb/23/21"),
        ("EPB 023 21", "epb/23/21"),
        ("EPB\u2011023\u201121", "epb/23/21"),
        ("EPB / 23 / 2021", "epb/23/21"),
        ("CE/01/21", "ce/1/21"),
        ("EDC-035-24-AD", "edc/35/24"),
        ("EDC/014/25/SMCN", "edc/14/25"),
    ],
)
def test_committee_number_and_year_are_what_counts(text: str, key: str) -> None:
    assert report_key(text) == key


@pytest.mark.parametrize(
    "text",
    ["", "TP/ED/04/0231", "PPA/200/242", "064-23", "gritting", "EPB/023", "EPB/02३/21", "23/21"],
)
def test_nothing_else_is_a_committee_report(text: str) -> None:
    assert report_key(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("drainage EPB/023/21/NMcN please", ["EPB/023/21/NMcN"]),
        ("(EPB/023/21), EDC-035-24-AD", ["EPB/023/21", "EDC-035-24-AD"]),
        ("in 12 23 cases", []),
        ("TP/ED/04/0231", []),
        ("see x/EPB/023/21", []),
    ],
)
def test_among_words_the_parts_hang_together(text: str, found: list[str]) -> None:
    assert [match[0] for match in REPORT_AMONG_WORDS.finditer(text)] == found
