"""Words off the pictures of pages, by ocrmypdf and tesseract where they are installed."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from indexer.domain.errors import Unreadable
from indexer.readers.programs import ProgramFailed, run_program

NO_TEXT_LAYER = "no text layer"
TO_INSTALL = "install Debian's packages ocrmypdf and tesseract-ocr to have its words read"

# Less than a worker has for a document with OCR, so that the reason is known when it is over.
_SECONDS = 270
# What is over these stays without words, and is named as such. A page takes two to five seconds.
_MOST_PAGES = 50
_SECONDS_A_PAGE = 60
# An A3 page at 600 dots an inch has 70 million; a picture that unfolds to more is refused.
_MOST_MEGAPIXELS = 80
# For a picture that does not say: what most scanners are set to.
_USUAL_DOTS = 200

_OPTIONS = (
    *("--language", "eng"),
    *("--output-type", "pdf", "--optimize", "0"),  # nobody is to see what it writes
    *("--jobs", "1", "--quiet"),
    *("--skip-text", "--rotate-pages", "--deskew"),
    *("--pages", f"1-{_MOST_PAGES}"),
    *("--tesseract-timeout", str(_SECONDS_A_PAGE)),
    *("--skip-big", str(_MOST_MEGAPIXELS), "--max-image-mpixels", str(_MOST_MEGAPIXELS)),
)


def can_recognise() -> bool:
    """Whether the programs that read words off pictures are installed."""
    return all(map(shutil.which, ("ocrmypdf", "tesseract")))


def recognise(scan: bytes, place: str) -> bytes:
    """The PDF or TIFF `scan` as a PDF with a layer of words on each page that had none.

    Pages may be turned upright. Those past the fiftieth, those that are huge and those on which
    nothing was found stay without words. Raises Unreadable, naming `place`, where the programs are
    not installed, and where they fail or take too long.
    """
    if not can_recognise():
        raise Unreadable(place, f"{NO_TEXT_LAYER}; {TO_INSTALL}")
    with tempfile.TemporaryDirectory(prefix="technotes-ocr-") as name:
        folder = Path(name)
        read, written = folder / "scan", folder / "recognised.pdf"
        read.write_bytes(scan)
        try:
            try:
                _ocrmypdf(folder, str(read), str(written))
            except ProgramFailed as failed:
                if "DpiError" not in str(failed):
                    raise
                _ocrmypdf(folder, "--image-dpi", str(_USUAL_DOTS), str(read), str(written))
            return written.read_bytes()
        except (ProgramFailed, OSError) as failed:
            raise Unreadable(
                place, f"{NO_TEXT_LAYER}, and the words could not be read off it ({failed})"
            ) from failed


def _ocrmypdf(folder: Path, *arguments: str) -> None:
    run_program(["ocrmypdf", *_OPTIONS, *arguments], seconds=_SECONDS, folder=folder)
