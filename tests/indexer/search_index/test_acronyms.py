"""What notes say that acronyms stand for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search_index.acronyms import defined_in, initials_in


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        (
            "The Health and Social Care Partnership (HSCP) met.",
            "HSCP",
            "Health and Social Care Partnership",
        ),
        ("HSCP (Health and Social Care Partnership)", "HSCP", "Health and Social Care Partnership"),
        ("more electric vehicles (EVs) each year", "EVs", "electric vehicles"),
        ("the Local Development Plan 2 (LDP2)", "LDP2", "Local Development Plan 2"),
        ("the Local Development Plan (LDP2)", "LDP2", "Local Development Plan"),
        (
            "Child and Adolescent Mental Health Services (“CAMHS”)",
            "CAMHS",
            "Child and Adolescent Mental Health Services",
        ),
        ("a Memorandum of Understanding (MoU)", "MoU", "Memorandum of Understanding"),
        ("Appraisal and Audit (AA)", "AA", "Appraisal and Audit"),
        ("Arts & Leisure Trust (the ALT)", "ALT", "Arts & Leisure Trust"),
        ("Multi-Agency Gritting Group (MAGG)", "MAGG", "Multi-Agency Gritting Group"),
        ("Business Improvement\nDistricts (BIDs)", None, None),
        ("Rock salt (NaCl)", None, None),
        ("The depot closed. Roads (DCR)", None, None),
        ("The depot (closed)", None, None),
        ("Depots (D)", None, None),
        ("and of the (AOT)", None, None),
        ("the street (TS)", None, None),
        ("in Glenfarrow (UK)", None, None),
        ("(HSCP)", None, None),
        ("HSCP (Health and Social Care)", None, None),
    ],
)
def test_definitions(text: str, short: str | None, long: str | None) -> None:
    assert list(defined_in(text)) == ([(short, long)] if short else [])


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Rolled Aggregate Block Walls", [("rabw", "Rolled Aggregate Block Walls")]),
        (
            "Use of Rolled Aggregate Blocks in Schools",
            [
                ("urabs", "Use of Rolled Aggregate Blocks in Schools"),
                ("rab", "Rolled Aggregate Blocks"),
            ],
        ),
        ("Survey: Rolled Aggregate Blocks - update", [("rab", "Rolled Aggregate Blocks")]),
        ("RAB Survey Of Halls", []),
        ("ROLLED AGGREGATE BLOCKS", [("rab", "ROLLED AGGREGATE BLOCKS")]),
        ("Winter gritting", []),
        ("", []),
    ],
)
def test_initials_of_titles(name: str, found: list[tuple[str, str]]) -> None:
    assert list(initials_in(name)) == found


@given(st.text(alphabet=st.sampled_from("ABab (&)-.'’ of\nÉ2")), st.text())
def test_any_text_can_be_looked_through(near: str, far: str) -> None:
    for text in (near, far):
        for short, long in defined_in(text):
            assert short in text
            assert len(long.split()) >= 1
        assert all(len(short) >= 3 for short, _ in initials_in(text) if short.isascii())
