"""The programs that render: an office program, a browser, and a painter of pages.

Each renders many documents in one go, since starting takes longer than a document does.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

OFFICE, PAINTER = "soffice", "gs"
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
_SECONDS = 240


def converted(documents: Mapping[str, bytes], to: str, folder: Path) -> dict[str, bytes]:
    """`documents`, by the name of their file, as the office program converts them.

    `to` is an extension, with the name of a filter after a colon where it needs one. The results
    have the same names, but for the extension.
    """
    extension = to.partition(":")[0]
    source, target = folder / "from", folder / "to"
    for each in (source, target):
        each.mkdir(parents=True)
    for name, content in documents.items():
        (source / name).write_bytes(content)
    _run(
        [
            OFFICE,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            # A web page is to be read as a document for paper, not in the layout of the web.
            *(["--infilter=HTML (StarWriter)"] if next(iter(documents)).endswith(".html") else []),
            *("--convert-to", to),
            *("--outdir", str(target)),
            *(str(source / name) for name in documents),
        ]
    )
    return {name: _beside(target, name, extension).read_bytes() for name in documents}


def _beside(folder: Path, name: str, extension: str) -> Path:
    return folder / f"{name.rpartition('.')[0]}.{extension}"


def printed(pages: Mapping[str, str], folder: Path, furniture: str = "") -> dict[str, bytes]:
    """`pages`, HTML by the name of their file, as the browser prints them to PDF.

    `furniture`, where there is any, is HTML for the top of every page; its number is at the foot.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in pages.items():
        (folder / name).write_text(page, encoding="utf-8")
    # In its own Python, because a test may be driving another browser in this one.
    _run([sys.executable, "-m", "tests.renderings.printing", str(folder), furniture])
    return {name: _beside(folder, name, "pdf").read_bytes() for name in pages}


def painted(pdf: bytes, folder: Path, dots: int) -> list[Path]:
    """The grey pictures of the pages of `pdf`, at so many dots an inch."""
    folder.mkdir(parents=True)
    (folder / "from.pdf").write_bytes(pdf)
    _run(
        [
            *(PAINTER, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pnggray"),
            *("-dTextAlphaBits=4", f"-r{dots}", f"-sOutputFile={folder}/page-%02d.png"),
            str(folder / "from.pdf"),
        ]
    )
    return sorted(folder.glob("page-*.png"))


def missing(*programs: str) -> str:
    """The first of `programs` that is not installed, or nothing."""
    return next((program for program in programs if shutil.which(program) is None), "")


def chromium() -> str | None:
    """The path of an installed Chromium."""
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def _run(command: list[str]) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=_SECONDS)
