"""Old Word files, RTF and OpenDocument text: turned into .docx by LibreOffice, then read so."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from indexer.domain.errors import Unreadable
from indexer.domain.source import ReadDocument, SourceDocument
from indexer.readers.programs import ProgramFailed, run_program
from indexer.readers.word.docx import read_package
from indexer.readers.word.opendocument import with_hidden_words

SECONDS = 45.0  # of which LibreOffice takes two to start; a worker has 60
_EXTENSIONS = {
    "application/msword": "doc",
    "application/rtf": "rtf",
    "application/vnd.oasis.opendocument.text": "odt",
}
# No macro runs, and nothing that a document links to is fetched.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop>
</item>
</oor:items>
"""


def read_office(source: SourceDocument) -> ReadDocument:
    """The blocks of a .doc, .rtf or .odt, by way of LibreOffice.

    Raises Unreadable where LibreOffice is not installed, cannot read the document, or takes more
    than `SECONDS`.
    """
    extension = _EXTENSIONS[source.media_type.partition(";")[0].strip().lower()]
    content = source.content
    if extension == "odt":
        content = with_hidden_words(content, source.place)
    return read_package(_converted(content, extension, source.place), source.place)


def _converted(content: bytes, extension: str, place: str) -> bytes:
    """The document of `content` as a .docx."""
    if shutil.which("soffice") is None:
        raise Unreadable(
            place,
            f"reading .{extension} needs LibreOffice: install Debian's package "
            "libreoffice-writer-nogui, or save it as .docx",
        )
    with tempfile.TemporaryDirectory(prefix="technotes-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        (folder / f"note.{extension}").write_bytes(content)
        profile = folder / "profile"
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        made = folder / "made" / "note.docx"
        try:
            run_program(_command(profile, made.parent, extension), seconds=SECONDS, folder=folder)
            return made.read_bytes()
        except ProgramFailed as error:
            raise Unreadable(place, f"LibreOffice could not read it: {error}") from None
        except OSError:
            raise Unreadable(
                place,
                "LibreOffice could not read it: it is damaged, or protected by a password; save a "
                "copy as .docx, without one",
            ) from None


def _command(profile: Path, folder: Path, extension: str) -> list[str]:
    return [
        "soffice",
        f"-env:UserInstallation={profile.as_uri()}",
        *("--headless", "--norestore", "--nolockcheck", "--nologo"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder)),
        f"note.{extension}",
    ]
