"""Files that are no Word documents, damaged ones, and those made to do harm: each is named."""

from __future__ import annotations

import random
import struct
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from docx import Document

from indexer.domain.blocks import text_of
from indexer.domain.errors import Unreadable
from indexer.readers.word import package
from tests.indexer.readers.word.documents import document_of, para, read_at, read_back, run, saved

_WHOLE = saved(Document(), para("Salt is short."), para("Grit is not."))
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _with(parts: dict[str, bytes | None], *, compressed: bool = True) -> bytes:
    """The whole document with `parts` put in the place of its own, None for none."""
    made = BytesIO()
    method = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(BytesIO(_WHOLE)) as whole, zipfile.ZipFile(made, "w", method) as copy:
        names = dict.fromkeys((*whole.namelist(), *parts))
        for name in names:
            content = parts[name] if name in parts else whole.read(name)
            if content is not None:
                copy.writestr(name, content)
    return made.getvalue()


def _text(inner: str, before: str = "") -> bytes:
    return f'{before}<w:document xmlns:w="{_W}"><w:body>{inner}</w:body></w:document>'.encode()


def _in_ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le")


_BOMB = (
    "<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>"
    + "".join(f"<!ENTITY {chr(98 + n)} '{('&' + chr(97 + n) + ';') * 10}'>" for n in range(9))
    + "]>"
)
_DEEP = 240
TRAPS: dict[str, tuple[bytes, str]] = {
    "no zip": (b"Not a document", "cut short or damaged"),
    "cut short": (_WHOLE[:-400], "cut short or damaged"),
    "protected by a password": (_in_ole("EncryptedPackage"), "protected by a password"),
    "an older format": (_in_ole("WordDocument"), "older Office document"),
    "without its text": (_with({"word/document.xml": None}), "part with its text is missing"),
    "damaged XML": (_with({"word/document.xml": b"<w:document>"}), "word/document.xml is damaged"),
    "not XML at all": (_with({"word/document.xml": b"\x00\x01"}), "word/document.xml is damaged"),
    "entities": (
        _with({"word/document.xml": _text("<w:p/>", _BOMB)}), "declares a document type"
    ),
    "entities in another part": (
        _with({"word/styles.xml": f"{_BOMB}<w:styles xmlns:w='{_W}'/>".encode()}),
        "word/styles.xml declares a document type",
    ),
    "entities in UTF-16": (
        _with({"word/document.xml": f"{_BOMB}<d/>".encode("utf-16")}), "declares a document type"
    ),
    "swelling": (
        _with({"word/document.xml": _text(" " * (package.MOST_BYTES_OF_A_PART + 9))}),
        "word/document.xml swells",
    ),
    "dense": (_with({"word/document.xml": _text(" " * (9 << 20))}), "word/document.xml swells"),
    "nested deep": (
        _with({"word/document.xml": _text("<w:sdt><w:sdtContent>" * 5_000)}), "is damaged"
    ),
    "tables in tables": (
        _with({"word/document.xml": _text(
            "<w:tbl><w:tr><w:tc>" * (_DEEP // 3) + "<w:p><w:r><w:t>x</w:t></w:r></w:p>"
            + "</w:tc></w:tr></w:tbl>" * (_DEEP // 3)
        )}),
        "nested deeper",
    ),
    "many parts": (
        _with({f"word/x{n}.xml": b"" for n in range(package.MOST_PARTS)}, compressed=False),
        "more than 5,000 parts",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", TRAPS)
def test_what_cannot_be_read_is_named_with_its_reason(kind: str) -> None:
    content, reason = TRAPS[kind]
    with pytest.raises(Unreadable, match=reason) as raised:
        read_at(content)
    assert str(raised.value).startswith("old.zip (notes/note.docx): ")


def test_a_part_with_a_false_size_is_read_no_further_than_allowed() -> None:
    """A zip that says that a part is small is not believed."""
    content = bytearray(_with({"word/document.xml": _text(" " * (30 << 20))}))
    size = struct.pack("<L", (30 << 20) + len(_text("")))
    assert content.count(size) == 2
    with pytest.raises(Unreadable, match=r"word/document\.xml (?:swells|is damaged)"):
        document_of(bytes(content.replace(size, struct.pack("<L", 400))))


def test_macros_are_not_looked_at() -> None:
    """What a document would run is neither read nor a reason not to read it."""
    document = document_of(_with({"word/vbaProject.bin": b"Sub AutoOpen()"}))
    assert [block.text for block in document.blocks] == ["Salt is short.", "Grit is not."]


def test_targets_that_climb_out_of_the_package_are_not_found() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" Target="../../../etc/passwd"/>'
        "</Relationships>"
    )
    with pytest.raises(Unreadable, match="part with its text is missing"):
        document_of(_with({"_rels/.rels": relations.encode()}))


_MUTATED = ("word/document.xml", "word/styles.xml", "word/numbering.xml", "_rels/.rels")


@pytest.mark.parametrize("name", ["", *_MUTATED])
def test_documents_with_flipped_bits_are_read_or_named(name: str) -> None:
    """Damage to the zip, or to a part before it was zipped, does no more than be named."""
    chance = random.Random(11)
    with zipfile.ZipFile(BytesIO(_WHOLE)) as whole:
        before = whole.read(name) if name else _WHOLE
    outcomes = set()
    for _ in range(60):
        after = bytearray(before)
        for _ in range(chance.randint(1, 4)):
            after[chance.randrange(len(after))] ^= 1 << chance.randrange(8)
        content = _with({name: bytes(after)}) if name else bytes(after)
        with suppress(Unreadable):
            outcomes.add(text_of(document_of(content).blocks))
    assert "Salt is short.\nGrit is not." in outcomes or name == "word/document.xml"


def test_values_that_make_no_sense_are_read_past() -> None:
    """A number, name or switch that says nothing leaves the words to be read."""
    values = ("", "-1", "99999999999", "x", "\u0663", "1e9", "%1%9")
    for value in values:
        look = (
            f'<w:pStyle w:val="{value}"/><w:outlineLvl w:val="{value}"/><w:numPr>'
            f'<w:ilvl w:val="{value}"/><w:numId w:val="{value}"/></w:numPr>'
            f'<w:shd w:fill="{value}"/>'
        )
        runs = (
            run("Words", f'<w:sz w:val="{value}"/><w:color w:val="{value}"/>'),
            f'<w:r><w:sym w:font="{value}" w:char="{value}"/><w:footnoteReference w:id="{value}"/>'
            f'<w:fldChar w:fldCharType="{value}"/></w:r>',
        )
        cell = (
            f'<w:tc><w:tcPr><w:gridSpan w:val="{value}"/></w:tcPr>{para(*runs, look=look)}</w:tc>'
        )
        document = read_back(f"<w:tbl><w:tr>{cell}{cell}</w:tr></w:tbl>")
        assert "Words" in text_of(document.blocks)
