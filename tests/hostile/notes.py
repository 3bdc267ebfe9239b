"""Good notes in every format, small: what the hostile files lie beside, and are made from."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from io import BytesIO
from pathlib import Path

import docx
from reportlab.pdfgen.canvas import Canvas

from tests.hostile.parts import rewritten, zip_of

SAMPLE = Path(__file__).parent.parent / "corpus" / "sample" / "notes"
YEAR = 2020  # in which the sample has no notes


def lines(number: int) -> list[str]:
    """A note of a few lines; `number` is its own in the year."""
    return [
        f"Technical Note {YEAR}, Issue {number} - Grit Bins of Ward {number}",
        "Report by: Morag Lennie, Head of Roads",
        f"TN Number: {number:03d}-{YEAR % 100}",
        f"Subject: Grit Bins of Ward {number}",
        "Publication: This Technical Note will be published on the Council's website.",
        "Details:",
        f"1. The grit bins of ward {number} were filled in the first week of November.",
        "2. They will be filled again when the roads are clear of snow.",
    ]


def as_text(number: int) -> bytes:
    """The note as plain text."""
    return "\n".join(lines(number)).encode()


def as_html(number: int) -> bytes:
    """The note as a web page."""
    title, *others = lines(number)
    body = "".join(f"<p>{line}</p>\n" for line in others)
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1>\n{body}</body>".encode()
    )


def as_docx(number: int) -> bytes:
    """The note as a Word document, with fixed times."""
    document = docx.Document()
    for line in lines(number):
        document.add_paragraph(line)
    file = BytesIO()
    document.save(file)
    return rewritten(file.getvalue(), {})


def as_pdf(number: int) -> bytes:
    """The note as a PDF."""
    file = BytesIO()
    canvas = Canvas(file, invariant=True)
    for down, line in enumerate(lines(number)):
        canvas.drawString(72, 760 - 20 * down, line)
    canvas.save()
    return file.getvalue()


def as_email(number: int) -> bytes:
    """The note attached to an e-mail as a page."""
    message = EmailMessage(SMTP)
    message["From"] = "Morag Lennie <morag.lennie@strathallan.example>"
    message["Subject"] = "For the archive"
    message.set_content("The note is attached.\n")
    message.add_attachment(
        as_html(number), maintype="text", subtype="html", filename=f"note-{number}.html"
    )
    message.set_boundary("part-of-the-letter")
    return bytes(message)


def as_zip(number: int) -> bytes:
    """The note in a zip, beside what is none."""
    return zip_of([(f"notes/{number}.txt", as_text(number)), ("notes/look.css", b"p {}")])


FORMATS = {
    ".txt": as_text,
    ".html": as_html,
    ".docx": as_docx,
    ".pdf": as_pdf,
    ".eml": as_email,
    ".zip": as_zip,
}


@cache
def good_notes(count: int) -> dict[str, bytes]:
    """Files of `count` notes by name, in every format in turn."""
    kinds = list(FORMATS.items())
    chosen = ((number, *kinds[number % len(kinds)]) for number in range(1, count + 1))
    return {f"good-{number}{extension}": made(number) for number, extension, made in chosen}


def sample_files() -> Iterator[tuple[str, bytes]]:
    """Each file of the sample by name, whatever its format."""
    for file in sorted(SAMPLE.rglob("*")):
        if file.is_file() and file.name != "locators.csv":
            yield file.name, file.read_bytes()
