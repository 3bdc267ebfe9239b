"""Zips: every document inside comes out under its name, and nothing else comes out at all."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterable
from io import BytesIO

import pytest

from indexer.domain.report import Rejection
from indexer.domain.source import Letter, SourceDocument
from indexer.sources import MAX_BYTES, contained, is_container
from indexer.sources.limits import MAX_ENTRIES, MAX_LISTED, MAX_NAME, MAX_UNPACKED

NOTE = "Technical Note 2023, Issue 64 - Bridges\n\n1. Drùim Bridge is closed.\n".encode()
MB = 1024 * 1024


def zipped(
    *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_STORED
) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def as_source(content: bytes, letter: Letter | None = None) -> SourceDocument:
    return SourceDocument("2023/notes.zip", "application/zip", content, True, True, letter=letter)


def opened(content: bytes) -> list[SourceDocument | Rejection]:
    return list(contained(as_source(content)))


def entries(outcomes: Iterable[SourceDocument | Rejection]) -> list[str]:
    """The entries of the documents; a rejection in their midst fails the test."""
    documents = list(outcomes)
    assert [each for each in documents if not isinstance(each, SourceDocument)] == []
    return [each.entry for each in documents if isinstance(each, SourceDocument)]


def reason(content: bytes) -> str:
    """Why the one entry, or the zip, is not read."""
    (rejection,) = opened(content)
    assert isinstance(rejection, Rejection)
    return rejection.reason


def test_each_document_of_a_zip() -> None:
    """An entry keeps its path, its bytes and the standing of the zip's source."""
    letter = Letter("Bridges", ("Private",), with_others=True)
    content = zipped(("a/b.txt", NOTE), ("c.html", b"<p>x</p>"), method=zipfile.ZIP_DEFLATED)
    note, page = contained(as_source(content, letter=letter))
    assert note == SourceDocument(
        "2023/notes.zip", "text/plain", NOTE, True, True, "a/b.txt", letter
    )
    assert isinstance(page, SourceDocument)
    assert (page.place, page.media_type) == ("2023/notes.zip (c.html)", "text/html")


def test_a_zip_in_a_zip() -> None:
    """It comes out closed, for the caller to open, and names its own entries after itself."""
    (inner,) = opened(zipped(("inner.zip", zipped(("b.txt", NOTE)))))
    assert isinstance(inner, SourceDocument)
    assert is_container(inner.media_type)
    assert entries(contained(inner)) == ["inner.zip/b.txt"]


def test_what_folders_leave_out_is_left_out() -> None:
    """Folders, hidden files and what systems leave beside files are no documents."""
    names = [
        "a/",
        "__MACOSX/a/._b.txt",
        ".DS_Store",
        "a/.b.txt",
        "Thumbs.db",
        "a/~$b.docx",
        "./a/b.txt",
    ]
    assert entries(opened(zipped(*((name, NOTE) for name in names)))) == ["a/b.txt"]


def test_parts_of_a_page_fail_nothing() -> None:
    """A saved page's pictures and styles are told as in folders."""
    outcomes = opened(zipped(("a.html", b"<p>x</p>"), ("a_files/x.css", b"p {}")))
    assert isinstance(outcomes[1], Rejection)
    assert (outcomes[1].locator, outcomes[1].failed) == ("2023/notes.zip (a_files/x.css)", False)


def test_two_entries_of_one_name_are_told_apart() -> None:
    """Nothing is lost where a zip was added to twice."""
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped(("a.txt", NOTE), ("a.txt", b"Other."), ("a (2).txt", b"Third."))
    assert entries(opened(content)) == ["a.txt", "a (2).txt", "a (2) (2).txt"]


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "a/../../b.txt", "/etc/a.txt", "C:\\a.txt", "..\\a.txt", "\\\\host\\a.txt"],
)
def test_names_that_climb_out_are_refused(name: str) -> None:
    """Nothing is written under any name, but such a zip was made to do harm."""
    (rejection,) = opened(zipped((zipfile.ZipInfo(name), NOTE)))
    assert isinstance(rejection, Rejection)
    assert name.replace("\\", "/").split("/")[-1] in rejection.locator
    assert "leads out of the folder" in rejection.reason


def test_a_name_with_nul_is_refused() -> None:
    """What follows NUL would be hidden from whoever looks at the zip."""
    content = zipped(("a.txtXb.txt", NOTE)).replace(b"a.txtX", b"a.txt\x00")
    (rejection,) = opened(content)
    assert isinstance(rejection, Rejection)
    assert rejection.locator == "2023/notes.zip (a.txt\\x00b.txt)"
    assert "leads out" in rejection.reason


def test_backslashes_part_folders() -> None:
    """Some programs for Windows write them, and mean what `/` means."""
    assert entries(opened(zipped((zipfile.ZipInfo("2023\\a.txt"), NOTE)))) == ["2023/a.txt"]


def test_an_over_long_name_is_refused() -> None:
    """It is told cut short."""
    (rejection,) = opened(zipped(("a" * (MAX_NAME + 1), NOTE)))
    assert isinstance(rejection, Rejection)
    assert len(rejection.locator) < 120
    assert "characters long" in rejection.reason


def test_names_in_any_encoding() -> None:
    """UTF-8 is told by the flag or by its bytes; what is neither is as MS-DOS wrote it."""
    flagged = zipped(("Drùim.txt", NOTE))
    unflagged = zipped(("DrXXim.txt", NOTE)).replace(b"DrXXim", "Drùim".encode())
    dos = zipped(("DrXim.txt", NOTE)).replace(b"DrXim", "Drùim".encode("cp437"))
    for content in (flagged, unflagged, dos):
        assert entries(opened(content)) == ["Drùim.txt"]


def test_an_encrypted_entry_is_named() -> None:
    """The flag alone says it: nobody here knows the password."""
    content = bytearray(zipped(("a.txt", NOTE)))
    for at in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[at] |= 1
    assert "encrypted" in reason(bytes(content))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_that_is_not_read(method: int) -> None:
    """Some kinds cannot be unpacked within bounds."""
    assert "zip it again" in reason(zipped(("a.txt", NOTE), method=method))


def test_an_entry_that_swells_is_refused() -> None:
    """Ten megabytes out of ten thousand bytes are no document."""
    content = zipped(("a.txt", bytes(10 * MB)), method=zipfile.ZIP_DEFLATED)
    assert "swells" in reason(content)


def test_an_entry_larger_than_documents_are_is_refused() -> None:
    """However little it shrank."""
    assert "unpacked it is over 25 MB" in reason(zipped(("a.txt", b"x" * (MAX_BYTES + 1))))


def test_a_size_told_falsely_bounds_nothing() -> None:
    """A bomb that claims to hold ten bytes gives no more than ten, and is known as damaged."""
    content = bytearray(zipped(("a.txt", bytes(10 * MB)), method=zipfile.ZIP_DEFLATED))
    struct.pack_into("<I", content, content.find(b"PK\x01\x02") + 24, 10)
    assert "damaged" in reason(bytes(content))


def test_all_of_a_zip_is_bounded() -> None:
    """Many entries that share one kernel add up; those read before are kept."""
    count = MAX_UNPACKED // (20 * MB) + 2
    outcomes = opened(_overlapping(b"Words. " * (20 * MB // 7), count))
    *kept, last = outcomes
    assert entries(kept)[:2] == ["a.txt", "a (2).txt"]
    assert len(kept) == MAX_UNPACKED // (20 * MB) == count - 2
    assert isinstance(last, Rejection)
    assert "in all" in last.reason


def _overlapping(kernel: bytes, count: int) -> bytes:
    """A zip whose directory names one stored entry `count` times."""
    once = zipped(("a.txt", kernel))
    at = once.find(b"PK\x01\x02")
    end = once.find(b"PK\x05\x06")
    listed = once[at:end] * count
    tail = bytearray(once[end:])
    struct.pack_into("<HHI", tail, 8, count, count, len(listed))
    return once[:at] + listed + bytes(tail)


def test_too_many_entries_are_refused() -> None:
    """A zip of more documents than any archive of notes holds is named, and not read."""
    content = zipped(*((f"{place}.txt", b"x") for place in range(MAX_ENTRIES + 1)))
    assert "split it" in reason(content)
    assert "lists over" in reason(zipped(("a.txt", b"PK\x01\x02" * (MAX_LISTED + 1))))


def test_a_zip_that_is_cut_short() -> None:
    """Its list of entries stands at its end."""
    assert "cut short" in reason(zipped(("a.txt", NOTE))[:-30])


def test_a_damaged_entry_leaves_the_others() -> None:
    """The checksum tells it."""
    content = zipped(("a.txt", NOTE), ("b.txt", b"Other.")).replace(b"Bridge is", b"Bridge or")
    damaged, whole = opened(content)
    assert isinstance(damaged, Rejection)
    assert "damaged" in damaged.reason
    assert isinstance(whole, SourceDocument)


def test_a_zip_without_documents() -> None:
    """It is named, and fails nothing."""
    (rejection,) = opened(zipped(("a/", b"")))
    assert isinstance(rejection, Rejection)
    assert not rejection.failed


def test_locators_csv_in_a_zip() -> None:
    """A list beside the entries gives them their addresses, as it does in a folder."""
    address = "https://www.strathallan.example/technical-notes-2023-issue-64"
    rows = f"file,address\nb.html,{address}\nabsent.html,{address}-0\n".encode()
    content = zipped(("a/locators.csv", rows), ("a/b.html", b"<p>x</p>"), ("b.html", b"<p>y</p>"))
    found, other, fault = opened(content)
    assert isinstance(found, SourceDocument)
    assert isinstance(other, SourceDocument)
    assert (found.locator, found.entry) == (address, "a/b.html")
    assert other.locator == "2023/notes.zip"
    assert isinstance(fault, Rejection)
    assert fault.locator == "2023/notes.zip (a/locators.csv)"
    assert "absent.html" in fault.reason


def test_what_names_the_e_mail_of_a_zip_may_mean_any_of_its_entries() -> None:
    """An entry alone in its zip is what the e-mail's subject names; one of several may not be."""
    letter = Letter("TN 064-23 Bridges")
    for names, is_one_of_several in ((["a.txt"], False), (["a.txt", "b.txt"], True)):
        content = zipped(*((name, NOTE) for name in names))
        first = next(contained(as_source(content, letter=letter)))
        assert isinstance(first, SourceDocument)
        assert first.letter is not None
        assert first.letter.with_others == is_one_of_several
