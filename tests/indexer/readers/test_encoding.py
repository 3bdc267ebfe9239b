"""Bytes to text, whatever a document says of itself; and characters that hide words."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.domain.claims import ProblemKind
from indexer.readers.characters import one_line, plain, plain_lines
from indexer.readers.encoding import decode

WORDS = "Morag O’Hare — £1,250, “No change”… café"
WINDOWS = WORDS.encode("cp1252")
EURO = "Café, €5"


def meta(name: str) -> bytes:
    return f'<meta charset="{name}">'.encode()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        pytest.param(WORDS.encode(), "", id="undeclared UTF-8"),
        pytest.param(WORDS.encode("utf-8-sig"), "", id="UTF-8 with its mark"),
        pytest.param(WORDS.encode("utf-16"), "", id="UTF-16 with its mark"),
        pytest.param(b"\xfe\xff" + WORDS.encode("utf-16-be"), "", id="big-endian with its mark"),
        pytest.param(WORDS.encode("utf-32"), "", id="UTF-32 with its mark"),
        pytest.param(WORDS.encode("utf-16-le"), "", id="UTF-16 without a mark"),
        pytest.param(WORDS.encode("utf-16-be"), "", id="big-endian without a mark"),
        pytest.param(WINDOWS, "", id="undeclared windows-1252"),
        pytest.param(meta("windows-1252") + WINDOWS, "", id="declared windows-1252"),
        pytest.param(meta("iso-8859-1") + WINDOWS, "", id="windows-1252 declared Latin-1"),
        pytest.param(meta("us-ascii") + WINDOWS, "", id="windows-1252 declared ASCII"),
        pytest.param(meta("iso-8859-1") + WORDS.encode(), "", id="UTF-8 declared Latin-1"),
        pytest.param(meta("utf-16") + WORDS.encode(), "", id="UTF-8 declared UTF-16"),
        pytest.param(WINDOWS, "text/html; charset=windows-1252", id="declared by the media type"),
    ],
)
def test_the_words_are_those_that_were_written(content: bytes, media_type: str) -> None:
    """Declared, undeclared and wrongly declared encodings give the same words and no problem."""
    text, problems = decode(content, media_type)
    assert text.endswith(WORDS)
    assert problems == ()


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (meta("iso-8859-15") + EURO.encode("iso-8859-15"), ""),
        (EURO.encode("iso-8859-15"), "text/plain; charset=ISO-8859-15"),
        (b'<?xml version="1.0" encoding="iso-8859-15"?>' + EURO.encode("iso-8859-15"), ""),
        (meta("macintosh") + EURO.encode("mac_roman"), ""),
    ],
)
def test_a_declared_encoding_is_used(content: bytes, media_type: str) -> None:
    """What is no UTF-8 is read as it declares itself."""
    assert decode(content, media_type)[0].endswith(EURO)


@pytest.mark.parametrize("name", ["utf-8", "UTF8", "shift_jis"])
def test_a_wrong_declaration_is_a_problem(name: str) -> None:
    """Bytes that contradict the declaration are read as windows-1252, and the note says so."""
    text, (problem,) = decode(meta(name) + WINDOWS)
    assert text.endswith(WORDS)
    assert problem.kind is ProblemKind.DAMAGED
    assert "some of its bytes are not" in problem.message


def test_one_stray_byte_spoils_no_other_character() -> None:
    """A byte of windows-1252 in the midst of UTF-8 is read by itself."""
    text, _ = decode(f"{WORDS} | ".encode() + b"caf\xe9" + f" | {WORDS}".encode())
    assert text == f"{WORDS} | café | {WORDS}"


@pytest.mark.parametrize(
    "name",
    ["x-nonsense", "rot13", "base64", "zlib", "idna", "punycode", "undefined", "unicode_escape",
     "utf-7", "utf-16le", "utf-32be", "mbcs"],
)  # fmt: skip
def test_a_declaration_of_nonsense_counts_for_nothing(name: str) -> None:
    """A name that no document is encoded by neither fails nor changes the words."""
    for words in (WORDS.encode(), WINDOWS, rb"plain \u0041 +ADw- words-"):
        text, problems = decode(meta(name) + words)
        assert text == meta(name).decode() + words.decode("cp1252" if words == WINDOWS else "utf-8")
        assert problems == ()


@given(st.binary(), st.sampled_from(["", "utf-8", "iso-8859-15", "utf-16", "shift_jis", "hz"]))
def test_any_bytes_are_some_text(content: bytes, name: str) -> None:
    """No bytes make decoding fail, whatever they declare."""
    text, problems = decode(meta(name) + content, f"text/html; charset={name}")
    assert isinstance(text, str)
    assert len(problems) <= 1


@given(st.text())
def test_utf_8_is_never_mistaken(text: str) -> None:
    """Text that is written in UTF-8 and says so comes back as it was."""
    written = "<meta charset=utf-8>" + text
    assert (
        decode(written.encode("utf-8", "ignore"))[0] == written.encode("utf-8", "ignore").decode()
    )


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("consul\u00adtation", "consultation"),
        ("con\u200bsultation\u200d", "consultation"),
        ("\ufeffSubject:\u00a0\u2003Grit", "Subject: Grit"),
        ("TN\u2060\u00a064/23", "TN 64/23"),
        ("\u202eright\u202c", "right"),
        ("cafe\u0301", "café"),
        ("a\x00b\x07c", "a b c"),
        ("tab\there", "tab here"),
        ("one\r\ntwo\rthree\u2028four\u0085five", "one\ntwo\nthree\nfour\nfive"),
        ("  outer \n\n\n inner  ", "outer\ninner"),
        ("lone\ud800 half", "lone half"),
    ],
)
def test_nothing_hides_a_word(printed: str, words: str) -> None:
    """Invisible characters go, spaces are one space, letters with accents are one character."""
    assert plain(printed) == words
    assert one_line(printed) == words.replace("\n", " ")


@given(st.text())
def test_plain_text_is_plain(text: str) -> None:
    """Made plain, any text is NFC without controls, and making it plain again changes nothing."""
    made = plain(text)
    assert unicodedata.is_normalized("NFC", made)
    assert not [
        char for char in made if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"
    ]
    assert "  " not in made
    assert "\n\n" not in made
    assert made == made.strip()
    assert plain(made) == made
    assert plain(plain_lines(text)) == made
