"""How fast each format becomes notes, and whose time it is: `python -m tests.benchmarks.formats`.

The sample's plain text notes are rendered in each format and read in this process, on one core. The
share of a library is what its bare
parse of the same documents takes, measured in turn with ours in one run.
"""

from __future__ import annotations

import email
import email.policy
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import mammoth
from bs4 import BeautifulSoup
from pypdf import PdfReader
from pypdf.generic import ContentStream

from indexer import authority
from indexer.config import Config
from indexer.domain.source import SourceDocument
from indexer.ingest.outcome import ingest_here
from tests.benchmarks.extraction import SAMPLE, seconds
from tests.renderings.forms import FORMS, SLOW, Form
from tests.renderings.markup import printable_page
from tests.renderings.notes import NoteText, note_text
from tests.renderings.programs import missing
from tests.renderings.style import ONE_COLUMN

ROUNDS, FEW = 3, 2
_SITE = "https://www.strathallan.example"


def _parse_pdf(document: SourceDocument) -> object:
    reader = PdfReader(BytesIO(document.content))
    return [ContentStream(page.get_contents(), reader).operations for page in reader.pages]


def _parse_docx(document: SourceDocument) -> object:
    return mammoth.convert_to_html(BytesIO(document.content))


def _parse_mail(document: SourceDocument) -> object:
    message = email.message_from_bytes(document.content, policy=email.policy.default)
    return [part.get_content() for part in message.walk() if not part.is_multipart()]


def _parse_page(document: SourceDocument) -> object:
    return BeautifulSoup(document.content, "lxml")


# The library that parses each format; the office program and the recognition are not measured
# alone, because they are nearly the whole of it.
PARSES: dict[str, tuple[str, Callable[[SourceDocument], object]]] = {
    ".pdf": ("pypdf", _parse_pdf),
    ".docx": ("mammoth", _parse_docx),
    ".eml": ("email", _parse_mail),
    ".html": ("BeautifulSoup", _parse_page),
}
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


def pages(documents: list[SourceDocument]) -> int | None:
    """How many pages PDFs have together, None for other formats."""
    if documents[0].media_type != "application/pdf":
        return None
    return sum(len(PdfReader(BytesIO(document.content)).pages) for document in documents)


def _line(name: str, form: Form, documents: list[SourceDocument], rounds: int) -> str:
    parse = None if form.recognised else PARSES.get(form.extension)
    ours, theirs = [], []
    config, lists = Config(), authority.load()
    for _ in range(rounds):
        ours.append(
            seconds(lambda document: list(ingest_here([document], config, lists)), documents)
        )
        if parse:
            theirs.append(seconds(parse[1], documents))
    took, sheets = min(ours), pages(documents)
    rate = f"{sheets / took:8.1f}" if sheets else f"{'-':>8}"
    share = f"{min(theirs) / took:4.0%} {parse[0]}" if parse else "   -"
    return f"{name:42} {len(documents):9} {len(documents) / took:9.1f} {rate} {share}"


def main() -> None:
    """Print a line for each form: documents and pages a second on a core, the library's share."""
    notes = texts()
    print(f"{'form':42} {'documents':>9} {'a second':>9} {'pages':>8} of it, the library's parse")
    with tempfile.TemporaryDirectory() as folder:
        for place, (name, form) in enumerate((_BESIDE | FORMS).items()):
            if absent := missing(*form.programs):
                print(f"{name:42} not measured: {absent} is not installed")
                continue
            slow = name in SLOW
            documents = rendered(form, notes[:FEW] if slow else notes, Path(folder, str(place)))
            print(_line(name, form, documents, 1 if slow else ROUNDS), flush=True)


if __name__ == "__main__":
    main()
