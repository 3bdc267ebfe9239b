"""A folder of notes: every file is a document or is named with the reason, and none is lost."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.sources import MAX_BYTES, Found, find, open_document
from indexer.sources.limits import FAULTS_TOLD, MAX_LIST_BYTES

PAGE = b"<!DOCTYPE html><html><body><h1>Technical Note 2023, Issue 64</h1></body></html>"


def read_all(folder: Path, **options: Path) -> dict[str, SourceDocument | Rejection]:
    """Every outcome by its locator; two of one locator would be a loss."""
    outcomes = [
        open_document(found) if isinstance(found, Found) else found
        for found in find(folder, **options)
    ]
    by_locator = {outcome.locator: outcome for outcome in outcomes}
    assert len(by_locator) == len(outcomes)
    return by_locator


def reasons(outcomes: dict[str, SourceDocument | Rejection]) -> dict[str, str]:
    return {
        locator: outcome.reason
        for locator, outcome in outcomes.items()
        if isinstance(outcome, Rejection)
    }


def put(folder: Path, *names: str, content: bytes = PAGE) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def test_files_are_found_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """The same folder gives the same order, whatever order the disk gives."""
    put(tmp_path, "b.html", "a/z.html", "a/b/c.txt", "B.htm", "a.html")
    locators = [found.locator for found in find(tmp_path)]
    assert locators == ["B.htm", "a.html", "a/b/c.txt", "a/z.html", "b.html"]


def test_a_document_has_its_bytes_type_and_standing(tmp_path: Path) -> None:
    """What is opened is what lies on the disk."""
    put(tmp_path, "a.html")
    (found,) = find(tmp_path)
    assert isinstance(found, Found)
    expected = SourceDocument("a.html", "text/html", PAGE, published=True)
    assert open_document(found, published=True) == expected


def test_hidden_files_and_the_archive_itself_are_left_out(tmp_path: Path) -> None:
    """A data folder inside the source is not read back as notes."""
    put(
        tmp_path,
        "a.html",
        ".b.html",
        ".git/c.html",
        "~$a.docx",
        "Thumbs.db",
        "data/generations/d.html",
    )
    assert list(read_all(tmp_path, leaving_out=tmp_path / "data")) == ["a.html"]
    # A source inside the data folder is still a source.
    assert list(read_all(tmp_path / "data", leaving_out=tmp_path)) == ["generations/d.html"]


def test_locators_csv_gives_a_file_its_address(tmp_path: Path) -> None:
    """The nearest list wins, names match however their accents are typed, and bad rows are told."""
    put(tmp_path, "a.html", "sub/b.html", "sub/Ùna.html", "c.html")
    (tmp_path / "locators.csv").write_bytes(
        "\ufefffile,address\r\n"
        "a.html,https://www.strathallan.example/technical-notes-2023-issue-64\r\n"
        "sub\\b.html,https://www.strathallan.example/far\r\n"
        "c.html\r\n".encode()
    )
    (tmp_path / "sub" / "locators.csv").write_text(
        "b.html,https://www.strathallan.example/near\n"
        "U\u0300na.html,https://www.strathallan.example/una\n"
    )
    outcomes = read_all(tmp_path)
    assert list(outcomes) == [
        "https://www.strathallan.example/technical-notes-2023-issue-64",
        "c.html",
        "locators.csv",
        "https://www.strathallan.example/near",
        "https://www.strathallan.example/una",
    ]
    assert reasons(outcomes) == {
        "locators.csv": "line 4 is not a file and a web address, with a comma between them"
    }


def test_a_locators_csv_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    """The files keep their paths, and the report says what to do about the list."""
    put(tmp_path, "a.html")
    put(tmp_path, "locators.csv", content=b"a.html,https://www.strathallan.example/\x92")
    outcomes = read_all(tmp_path)
    assert reasons(outcomes) == {"locators.csv": "line 1 is not in UTF-8; save it as UTF-8"}
    assert list(outcomes) == ["a.html", "locators.csv"]


SITE = "https://www.strathallan.example"


def told_of(folder: Path, listing: str | bytes | None = None) -> list[str]:
    """What is told of the folder's own list; every file that is no list is still found."""
    if listing is not None:
        content = listing.encode() if isinstance(listing, str) else listing
        put(folder, "locators.csv", content=content)
    results = find(folder)
    assert any(isinstance(result, Found) for result in results)
    return [
        result.reason
        for result in results
        if isinstance(result, Rejection) and result.failed and result.locator == "locators.csv"
    ]


def test_a_locators_csv_that_is_no_file_of_the_source_is_not_read(tmp_path: Path) -> None:
    """A pipe would block the run, a device fill the memory, and a link tell what lies elsewhere."""
    put(tmp_path, "outside.csv", content=f"a.html,{SITE}/secret".encode())
    notes = tmp_path / "notes"
    put(notes, "a.html")
    listing = notes / "locators.csv"
    os.mkfifo(listing)
    assert told_of(notes) == ["it is not a file but a device, a pipe or a socket"]
    for target, reason in (
        ("/dev/zero", "it is a link that leads out of the folder, and is not followed"),
        ("../outside.csv", "it is a link that leads out of the folder, and is not followed"),
        ("absent.csv", "it is a link that leads nowhere"),
        ("locators.csv", "it is a link that leads nowhere"),
    ):
        listing.unlink()
        listing.symlink_to(target)
        assert told_of(notes) == [reason]
    listing.unlink()
    put(notes, "list.csv", content=f"a.html,{SITE}/a\nlist.csv,{SITE}/l".encode())
    listing.symlink_to("list.csv")
    assert told_of(notes) == []


@pytest.mark.parametrize(
    ("listing", "reason"),
    [
        (f"b,{SITE}/b\n{{}},{SITE}/a".format("x" * 200_000), "line 2 cannot be read as comma-"),
        (f'b,{SITE}/b\n\n"a.html,{SITE}/a\n\n', "line 3 cannot be read as comma-separated"),
        (f'b,{SITE}/b\n"a" x,{SITE}/a', "line 2 cannot be read as comma-separated values"),
        (f"b,{SITE}/b\na,{SITE}/\x92".encode("latin-1"), "line 2 is not in UTF-8"),
        (b"b" * (MAX_LIST_BYTES + 1), "it is over 8 MB"),
        ("a.html,https:///a", "line 1 is not a file and a web address"),
        ("a.html,https://:80/a", "line 1 is not a file and a web address"),
        ("a.html,https://[x/a", "line 1 is not a file and a web address"),
        ("a.html,https://x:port/a", "line 1 is not a file and a web address"),
        (f"a.html,{SITE}/a b", "line 1 is not a file and a web address"),
        (f"a.html,{SITE}/a\u202eb", "line 1 is not a file and a web address"),
        (f'a.html,"{SITE}/a\nb"', "line 1 is not a file and a web address"),
        ("a.html,javascript:alert(1)", "line 1 is not a file and a web address"),
    ],
)
def test_what_is_wrong_with_a_locators_csv_is_told_by_line(
    tmp_path: Path, listing: str | bytes, reason: str
) -> None:
    """A bad list costs its own lines and never the run."""
    put(tmp_path, "a.html", "b")
    (told,) = told_of(tmp_path, listing)
    assert told.startswith(reason)
    assert "a.html" in [result.locator for result in find(tmp_path)]


def test_a_file_named_twice_and_one_that_is_not_there_are_told(tmp_path: Path) -> None:
    """The first address counts; a list above may name a file that a nearer one names too."""
    put(tmp_path, "a.html", "sub/b.html")
    (tmp_path / "out.html").symlink_to("/dev/null")
    put(tmp_path, "sub/locators.csv", content=f"b.html,{SITE}/near".encode())
    assert told_of(
        tmp_path,
        f"a.html,{SITE}/1\n./a.html,{SITE}/2\nc.html,{SITE}/3\n"
        f"sub/b.html,{SITE}/far\nout.html,{SITE}/out\n",
    ) == [
        "line 2 names a.html again; line 1 does, and counts",
        "line 3 names c.html, and no file that is read has that name",
    ]
    assert [result.locator for result in find(tmp_path) if isinstance(result, Found)] == [
        f"{SITE}/1",
        f"{SITE}/near",
    ]


def test_a_list_that_is_all_wrong_does_not_fill_the_report(tmp_path: Path) -> None:
    """Faults beyond the first hundred are counted."""
    put(tmp_path, "a.html")
    told = told_of(tmp_path, "x\n" * 1100)
    assert len(told) == FAULTS_TOLD + 1
    assert told[-1] == "1,000 more of its lines are wrong"


def test_names_that_cannot_be_printed_are_shown_escaped(tmp_path: Path) -> None:
    """Bytes that are no UTF-8, line breaks and direction marks never reach a log as they are."""
    put(tmp_path, "né\u00a0w.html")
    for name in (b"310-\x92.html", b"two\nlines.html", "turn\u202eed.html".encode()):
        put(Path(os.fsdecode(os.fsencode(tmp_path))), os.fsdecode(name))
    outcomes = read_all(tmp_path)
    assert list(outcomes) == [
        "310-\\x92.html",
        "né\u00a0w.html",
        "turn\\u202eed.html",
        "two\\nlines.html",
    ]
    assert all(isinstance(outcome, SourceDocument) for outcome in outcomes.values())
    assert all(locator.encode() for locator in outcomes)


def test_links_are_followed_within_the_folder_alone(tmp_path: Path) -> None:
    """A link out of the folder could publish anything that the run may read."""
    put(tmp_path, "outside/secret.html", "notes/a.html", "notes/.kept/b.html", "notes/sub/c.html")
    notes = tmp_path / "notes"
    (notes / "copy.html").symlink_to("a.html")
    (notes / "kept").symlink_to(".kept")
    (notes / "dangling.html").symlink_to("absent.html")
    (notes / "circle.html").symlink_to("circle.html")
    (notes / "out.html").symlink_to(tmp_path / "outside" / "secret.html")
    (notes / "out").symlink_to(tmp_path / "outside")
    (notes / "again").symlink_to("sub")
    (notes / "sub" / "loop").symlink_to("..")
    outcomes = read_all(notes)
    away = "it is a link that leads out of the folder, and is not followed"
    nowhere = "it is a link that leads nowhere"
    in_place = "it is a link to the folder {}, which is read in its own place"
    assert reasons(outcomes) == {
        "again": in_place.format("sub"),
        "circle.html": nowhere,
        "dangling.html": nowhere,
        "out": away,
        "out.html": away,
        "sub/loop": in_place.format("it lies in"),
    }
    documents = [name for name in outcomes if name not in reasons(outcomes)]
    assert documents == ["a.html", "copy.html", "kept/b.html", "sub/c.html"]
    failed = {o.locator for o in outcomes.values() if isinstance(o, Rejection) and o.failed}
    assert failed == {"circle.html", "dangling.html", "out", "out.html"}


def test_a_link_to_the_source_folder_is_a_source_folder(tmp_path: Path) -> None:
    """The folder that a keeper names may itself be a link."""
    put(tmp_path, "real/a.html")
    (tmp_path / "notes").symlink_to("real")
    assert list(read_all(tmp_path / "notes")) == ["a.html"]


def test_a_pipe_or_a_socket_is_named_and_not_waited_for(tmp_path: Path) -> None:
    """Opening a pipe would hang the run for ever."""
    os.mkfifo(tmp_path / "pipe.html")
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(tmp_path / "socket.html"))
        outcomes = read_all(tmp_path)
    reason = "it is not a file but a device, a pipe or a socket"
    assert reasons(outcomes) == {"pipe.html": reason, "socket.html": reason}


def test_a_file_over_the_limit_is_named_with_its_size(tmp_path: Path) -> None:
    """The limit itself is still read."""
    with (tmp_path / "large.html").open("wb") as large:
        large.truncate(MAX_BYTES + 1)
    with (tmp_path / "largest.html").open("wb") as largest:
        largest.truncate(MAX_BYTES)
    outcomes = read_all(tmp_path)
    assert isinstance(outcomes["largest.html"], SourceDocument)
    assert reasons(outcomes) == {
        "large.html": "it is 25.0 MB, and documents over 25 MB are not read; "
        "split it, or save it without its pictures"
    }


def test_what_this_user_may_not_read_is_named(
    open_folder: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    """A file or a folder without permission costs nothing but itself."""
    put(open_folder, "a.html", "closed.html", "shut/b.html", "z.html")
    (open_folder / "closed.html").chmod(0)
    (open_folder / "shut").chmod(0)
    with unprivileged():
        outcomes = read_all(open_folder)
    (open_folder / "shut").chmod(0o700)
    remedy = "give the user of the nightly run permission"
    assert reasons(outcomes) == {
        "closed.html": f"this user may not read it; {remedy}",
        "shut": f"this user may not read this folder; {remedy}",
    }
    assert list(outcomes) == ["a.html", "closed.html", "shut", "z.html"]


def test_a_file_removed_during_the_run_is_named(tmp_path: Path) -> None:
    """Between finding and opening, a file may go."""
    put(tmp_path, "a.html")
    (found,) = find(tmp_path)
    (tmp_path / "a.html").unlink()
    assert isinstance(found, Found)
    outcome = open_document(found)
    assert outcome == Rejection("a.html", "it was removed while the folder was read")


def test_a_very_deep_tree_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Deeper than Python's stack would reach."""
    put(tmp_path, "a.txt")
    depth = 600
    monkeypatch.chdir(tmp_path)
    for _ in range(depth):
        Path("d").mkdir()
        os.chdir("d")
    Path("z.html").write_bytes(PAGE)
    monkeypatch.undo()
    try:
        assert list(read_all(tmp_path)) == ["a.txt", "d/" * depth + "z.html"]
    finally:
        # Whatever cleans up after the tests does not reach so deep.
        deepest = tmp_path / ("d/" * depth)
        (deepest / "z.html").unlink()
        os.removedirs(deepest)
