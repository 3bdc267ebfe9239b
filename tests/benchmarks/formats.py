"""How fast each format becomes notes, and whose time it is: `python -m tests.benchmarks.formats`.

The sample's plain text notes are rendered in each format and read in this process, on one core.
Many times a second the program is stopped to see whether a library's code is at work, or ours.
"""

from __future__ import annotations

import signal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import FrameType

from pypdf import PdfReader

from indexer import authority
from indexer.config import Config
from indexer.domain.authority import Authority
from indexer.domain.source import SourceDocument
from indexer.ingest.outcome import ingest_here
from tests.benchmarks.extraction import SAMPLE, seconds
from tests.renderings.forms import FORMS, SLOW, Form
from tests.renderings.markup import printable_page
from tests.renderings.notes import NoteText, note_text
from tests.renderings.programs import missing
from tests.renderings.style import ONE_COLUMN

ROUNDS, FEW = 5, 2
LIBRARIES = ("bs4", "lxml", "pypdf", "mammoth", "email", "zipfile")
# What only calls a library that is not written in Python, and so is seen in its place.
_CALLS = {"indexer.readers.tree": "lxml"}
_EVERY = 0.002  # seconds of the processor between two looks
_SITE = "https://www.strathallan.example"
_BESIDE = {
    "plain text": Form(
        ".txt", "text/plain", lambda notes, _: [note.text.encode() for note in notes]
    ),
    "web page": Form(
        ".html",
        "text/html",
        lambda notes, _: [printable_page(note, ONE_COLUMN).encode() for note in notes],
    ),
}


def texts() -> list[NoteText]:
    """The sample's notes that are kept as plain text."""
    files = sorted((SAMPLE / "notes").rglob("*.txt"))
    kept = [(file, file.read_text(encoding="utf-8").strip()) for file in files]
    return [
        note_text(f"{_SITE}/{file.stem}", text, titled=text.lower().startswith("technical note"))
        for file, text in kept
    ]


def rendered(form: Form, notes: list[NoteText], folder: Path) -> list[SourceDocument]:
    """`notes` in `form`."""
    return [
        SourceDocument(note.address + form.extension, form.media_type, file, ocr=form.recognised)
        for note, file in zip(notes, form.make(notes, folder), strict=True)
    ]


def pages(documents: list[SourceDocument]) -> int:
    """How many pages PDFs have together, 0 for other formats."""
    if documents[0].media_type != "application/pdf":
        return 0
    return sum(len(PdfReader(BytesIO(document.content)).pages) for document in documents)


@contextmanager
def watched() -> Iterator[Counter[str]]:
    """How often each library was seen at work in the block, and under "" how often none was."""
    seen: Counter[str] = Counter()
    before = signal.signal(signal.SIGPROF, lambda _, frame: seen.update([_at_work(frame)]))
    signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)
    try:
        yield seen
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def _at_work(frame: FrameType | None) -> str:
    """The library that our code called, whatever that calls in turn."""
    called = ""
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        package = module.partition(".")[0]
        if package == "indexer":
            return called or _CALLS.get(module, "")
        called = package if package in LIBRARIES else called
        frame = frame.f_back
    return called


def _shares(read: Callable[[SourceDocument], object], documents: list[SourceDocument]) -> str:
    with watched() as seen:
        while seen.total() < 300:
            seconds(read, documents)
    shares = [f"{name} {seen[name] / seen.total():.0%}" for name in LIBRARIES if seen[name]]
    return ", ".join([f"ours {seen[''] / seen.total():.0%}", *shares])


def _line(
    name: str, documents: list[SourceDocument], lists: Authority, *, rounds: int, whose: bool
) -> str:
    config = Config()

    def read(document: SourceDocument) -> object:
        return list(ingest_here([document], config, lists))

    took = min(seconds(read, documents) for _ in range(rounds))
    shares = _shares(read, documents) if whose else "nearly all another program's"
    sheets = f"{pages(documents) / took:8.1f}" if pages(documents) else f"{'-':>8}"
    return f"{name:42} {len(documents):9} {len(documents) / took:9.1f} {sheets}  {shares}"


def main() -> None:
    """Print a line for each form: documents and pages a second on a core, and whose time it is."""
    notes, lists = texts(), authority.load()
    print(f"{'form':42} {'documents':>9} {'a second':>9} {'pages':>8}  whose time")
    with tempfile.TemporaryDirectory() as folder:
        for place, (name, form) in enumerate((_BESIDE | FORMS).items()):
            if absent := missing(*form.programs):
                print(f"{name:42} not measured: {absent} is not installed")
                continue
            slow = name in SLOW
            documents = rendered(form, notes[:FEW] if slow else notes, Path(folder, str(place)))
            print(
                _line(name, documents, lists, rounds=1 if slow else ROUNDS, whose=not slow),
                flush=True,
            )


if __name__ == "__main__":
    main()
