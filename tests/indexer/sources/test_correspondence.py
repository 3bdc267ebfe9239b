"""The note among the lines of an e-mail: headers, quotations, signatures and disclaimers."""

from __future__ import annotations

import pytest

from indexer.sources.containers.correspondence import parted
from indexer.sources.containers.message_text import Text, message_text

NOTE = ["TN Number: 064-23", "Subject: Bridges", "Report by: Una Baird", "", "1. It is closed."]
HEADER = [
    "From: Una Baird <una.baird@strathallan.example>",
    "Sent: 03 May 2023 10:12",
    "To: Members",
    "Subject: FW: TN 064-23",
]


def note_of(lines: list[str]) -> list[str]:
    """The lines that are the note's, blank ones left out."""
    found = parted(lines)
    return [line for place, line in enumerate(lines) if place in found.note and line]


def around(lines: list[str]) -> list[str]:
    return [lines[place] for place in parted(lines).around]


def filled(lines: list[str]) -> list[str]:
    return [line for line in lines if line]


@pytest.mark.parametrize(
    "between",
    [
        HEADER,
        ["-----Original Message-----", *HEADER],
        ["________________________________", "", *HEADER],
        [line for part in HEADER for line in (part, "")],
        ["*From:* Una Baird", "*Sent:* 3 May", "*To:* Members;", "   Officers", "*Subject:* x"],
        ["---------- Forwarded message ---------", "From: Una", "Date: 3 May", "Subject: x",
         "To: Members"],
        ["Begin forwarded message:", "", "From: Una", "Subject: x", "Date: 3 May", "To: Members"],
        ["On Wed, 3 May 2023 at 10:12, Una Baird", "<una@strathallan.example> wrote:"],
        ["On 3 May 2023, Una Baird wrote:"],
    ],
)  # fmt: skip
def test_a_forwarded_note_is_parted_from_what_stands_above(between: list[str]) -> None:
    """No header of an e-mail is taken for the note's own; all of it counts for restrictions."""
    above = ["PRIVATE - not for publication", "", "Please see below.", ""]
    lines = [*above, *between, "", *NOTE]
    assert note_of(lines) == filled(NOTE)
    assert around(lines) == filled([*above, *between])


def test_the_note_above_an_older_message() -> None:
    """The note is where its header stands, though what is quoted below it is longer."""
    older = ["A long discussion of the works that led to the note being asked for. " * 5] * 5
    lines = [*NOTE, "", "-----Original Message-----", *HEADER, "", *older]
    assert note_of(lines) == filled(NOTE)


def test_without_a_header_the_longest_message_is_the_note() -> None:
    """A reply of three words above it is none."""
    lines = ["Thank you, Una.", "", *HEADER, "", "1. The bridge is closed until the works end."]
    assert note_of(lines) == ["1. The bridge is closed until the works end."]


def test_the_labels_of_a_note_end_the_header_above_them() -> None:
    """Even where no blank line parts the two, a second subject is the note's."""
    assert note_of([*HEADER, "Subject: Bridges", "Number: 64", "Author: Una"]) == [
        "Subject: Bridges",
        "Number: 64",
        "Author: Una",
    ]


def test_a_memorandum_keeps_its_header() -> None:
    """From and To without an address or a time of sending are an office's, not an e-mail's."""
    lines = ["From: Chief Executive", "To: Elected Members", "Subject: Bridges", "", "Words."]
    assert note_of(lines) == filled(lines)


@pytest.mark.parametrize("mark", ["Kind regards", "Many thanks,", "-- ", "Sent from my phone"])
def test_a_signature_is_no_part_of_the_note(mark: str) -> None:
    """A marking in it counts."""
    signature = [mark, "Una Baird", "Engineer", "Tel: 01234 567890"]
    lines = [*NOTE, "", *signature]
    assert note_of(lines) == filled(NOTE)
    assert around(lines) == signature


def test_a_note_below_a_sign_off_is_not_its_signature() -> None:
    """A short note may have as few and as short lines as a signature."""
    lines = ["Please see below.", "", "Regards", "Una", "", *NOTE]
    assert note_of(lines) == filled(lines)


DISCLAIMERS = [
    ["This e-mail is confidential and intended solely for the addressee."],
    ["This email and any attachments are confidential.", "",
     "If you have received it in error, please delete it and notify the sender.", "",
     "The contents of this message are confidential."],
    ["**************", "PRIVATE AND CONFIDENTIAL", "",
     "This message is for the named recipient. You must not disclose this information.",
     "**************"],
    ["The information in this email is confidential and may be privileged. Please note that the",
     "views expressed are not those of the Council. It has been checked for viruses."],
    ["CAUTION: This email originated from outside the Council. Do not click links."],
]  # fmt: skip


@pytest.mark.parametrize("disclaimer", DISCLAIMERS)
def test_a_standing_disclaimer_says_nothing_of_the_note(disclaimer: list[str]) -> None:
    """It stands below every e-mail of the council: neither part of the note nor around it."""
    lines = [*NOTE, "", *disclaimer]
    assert note_of(lines) == filled(NOTE)
    assert [line for line in around(lines) if line.strip("* ")] == []


@pytest.mark.parametrize(
    "marking",
    [
        "CONFIDENTIAL - not for publication",
        "This e-mail and its contents are confidential.",
        "This e-mail is confidential and for elected members only; delete it if sent in error.",
        "This message is intended for the addressee, and this note is not to be published.",
    ],
)
def test_what_a_person_wrote_above_counts(marking: str) -> None:
    """A marking is kept, whatever words it shares with disclaimers, and beside one."""
    lines = [marking, "", *HEADER, "", *NOTE, "", *DISCLAIMERS[1]]
    assert marking in around(lines)


def test_quoted_text() -> None:
    """The marks of quotation are taken off, however deep."""
    body = "\n".join(["Noted.", "", "On 3 May, Una wrote:", *(f"> > {line}" for line in NOTE)])
    found = message_text(Text("text/plain", body.encode()))
    assert found.content.decode().split("\n") == NOTE
    assert found.around == ("Noted.", "On 3 May, Una wrote:")


@pytest.mark.parametrize(
    "header",
    [
        "<div style='border-top:solid'><p><b>From:</b> Una &lt;una@strathallan.example&gt;<br>"
        "<b>Sent:</b> 03 May 2023<br><b>To:</b> Members<br><b>Subject:</b> FW: x</p></div>",
        "<div class=gmail_attr>---------- Forwarded message ---------<br>From: <b>Una</b><br>"
        "Date: Wed, 3 May 2023<br>Subject: x<br>To: Members</div>",
        "<blockquote type=cite><div>Begin forwarded message:</div><br><div><b>From: </b>Una</div>"
        "<div><b>Subject: </b>x</div><div><b>Date: </b>3 May</div><div><b>To: </b>Members</div>",
        "<pre>From: una@strathallan.example\nSent: 3 May\nTo: Members\nSubject: x\n</pre>",
    ],
)
def test_a_forwarded_page(header: str) -> None:
    """What is cut from a page leaves every tag of the note as it was."""
    note = "<table><tr><td>TN Number</td><td>064-23</td></tr></table><p>1. Closed <a href=x>so</a>."
    page = f"<head><style>p > a {{}}</style></head><p>PRIVATE</p>{header}{note}"
    found = message_text(Text("text/html", page.encode("cp1252"), "cp1252"))
    assert found.content.decode().endswith(note)
    assert b"<style>p > a {}</style>" in found.content
    assert "PRIVATE" in found.around
    assert not {"PRIVATE", "Members"} & set(found.content.decode().replace("<", " ").split())


def test_a_page_that_nothing_is_cut_from_keeps_its_bytes() -> None:
    """Its reader settles its charset, as for any other page."""
    page = "<p>Drùim</p>".encode("cp1252")
    found = message_text(Text("text/html", page, "cp1252"))
    assert (found.content, found.media_type) == (page, "text/html; charset=cp1252")
