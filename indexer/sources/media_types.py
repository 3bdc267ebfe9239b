"""What a document is, by its name and by its first bytes."""

from __future__ import annotations

import codecs
import re
import zipfile
import zlib
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath

from indexer.domain.report import Rejection
from indexer.sources.limits import MAX_LISTED

FORMATS_READ = (
    "web pages (.html), plain text (.txt, .md), PDF, Word (.docx, .doc, .rtf, .odt), "
    "e-mail (.eml, .msg), scans (.tif) and zips of these"
)

HTML, TEXT, PDF = "text/html", "text/plain", "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC, RTF, ODT = "application/msword", "application/rtf", "application/vnd.oasis.opendocument.text"
EML, MSG, ZIP = "message/rfc822", "application/vnd.ms-outlook", "application/zip"
TIFF = "image/tiff"

_BY_EXTENSION = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), HTML),
    **dict.fromkeys((".txt", ".text", ".md"), TEXT),
    **dict.fromkeys((".docx", ".docm"), DOCX),
    **dict.fromkeys((".tif", ".tiff"), TIFF),
    ".pdf": PDF,
    ".doc": DOC,
    ".rtf": RTF,
    ".odt": ODT,
    ".eml": EML,
    ".msg": MSG,
    ".zip": ZIP,
}
# A browser saves these in a folder beside a page: parts of the page's look, never notes.
_PAGE_PARTS = frozenset(
    (
        *(".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".eot"),
        *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp"),
    )
)
# What Word, Excel and Outlook keep their files in says nothing; the names inside it do.
_IN_A_ZIP = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": ".xlsx",
    "ppt/presentation.xml": ".pptx",
    "META-INF/manifest.xml": ODT,
}
# OpenDocument and its like say what they are in a file of their own.
_STATED_IN, _LONGEST_STATEMENT = "mimetype", 200
_STATED = {
    b"application/vnd.oasis.opendocument.spreadsheet": ".ods",
    b"application/vnd.oasis.opendocument.presentation": ".odp",
    b"application/vnd.oasis.opendocument.graphics": ".odg",
    b"application/vnd.oasis.opendocument.text": ODT,
    b"application/epub+zip": ".epub",
}
_IN_OLE = {
    "__properties_version1.0".encode("utf-16-le"): MSG,
    "EncryptedPackage".encode("utf-16-le"): DOCX,
    "WordDocument".encode("utf-16-le"): DOC,
    "Workbook".encode("utf-16-le"): ".xls",
}
_SIGNATURES = {b"%PDF-": PDF, b"{\\rtf": RTF, b"II*\x00": TIFF, b"MM\x00*": TIFF}
_NOT_READ = frozenset((".xlsx", ".pptx", ".xls", ".ods", ".odp", ".odg", ".epub"))
_PACKED = frozenset((".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz"))
_MAILBOX = re.compile(rb"From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [^\r\n]+\r?\n>?[\w-]+:[ \t]")
_SPACE = re.compile(rb"\s*")
_ROOT = re.compile(rb"<(?:!doctype\s+html|html)\b", re.I)
_TAG = re.compile(rb"<(?:html|head|body|title|meta|div|p|h[1-6]|table|ul|ol|dl|br|span)\b", re.I)
_SNIFFED = 4096  # bytes


def media_type_of(name: str) -> str | None:
    """The media type that the extension of a file's name stands for, None when it is unknown."""
    return _BY_EXTENSION.get(PurePosixPath(name).suffix.lower())


def settle_media_type(name: str, content: bytes, locator: str) -> str | Rejection:
    """The media type of a file; `content` decides where the extension is unknown or plainly wrong.

    A rejection where neither makes it a document of a format that is read.
    """
    named = media_type_of(name)
    signed = _signed(content)
    if signed == ZIP and named in (DOCX, ODT):
        return named  # cut short, and its reader says so
    if signed:
        return _not_read(signed, locator) if signed in _NOT_READ else signed
    head = content[:_SNIFFED]
    if named == TEXT:
        return HTML if _begins_a_page(_narrow(content)) else named
    if named == HTML:
        return named if b"<" in content else TEXT
    if named:
        # An error page is often saved under the name of the document that was asked for.
        return HTML if named != EML and _begins_a_page(_narrow(content)) else named
    if _MAILBOX.match(head):
        return Rejection(locator, "it is a mailbox of many e-mails; save each of them as .eml")
    extension = PurePosixPath(name).suffix.lower()
    if extension in _PAGE_PARTS:
        return Rejection(locator, f"a {extension} file is part of a page's look", failed=False)
    if _TAG.search(_narrow(head)):
        return HTML
    if _is_text(head):
        return TEXT
    return _not_read(extension, locator)


def _not_read(extension: str, locator: str) -> Rejection:
    if extension in _PACKED:
        return Rejection(locator, f"{extension} files are not opened; unpack it, or make it a .zip")
    what = f"{extension} files are not" if extension else "its format is not"
    return Rejection(
        locator, f"{what} among the formats read; if it is a note, save it as one: {FORMATS_READ}"
    )


def _signed(content: bytes) -> str | None:
    """The media type, or the extension of a format not read, that the bytes themselves declare."""
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return next((kind for name, kind in _IN_OLE.items() if name in content), None)
    return next((kind for sign, kind in _SIGNATURES.items() if content.startswith(sign)), None)


def _kind_of_zip(content: bytes) -> str:
    """What a zip is by what it says of itself, or by the names in it."""
    if content.count(b"PK\x01\x02") > MAX_LISTED:
        return ZIP
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = frozenset(archive.namelist())
            stated = b""
            if _STATED_IN in names:
                with archive.open(_STATED_IN) as opened:
                    stated = opened.read(_LONGEST_STATEMENT)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError):
        return ZIP  # its reader says why
    by_statement = (kind for words, kind in _STATED.items() if stated.startswith(words))
    by_names = (kind for name, kind in _IN_A_ZIP.items() if name in names)
    return next(chain(by_statement, by_names), ZIP)


def _begins_a_page(content: bytes) -> bool:
    """Whether nothing but comments and declarations stands before a page's first tag."""
    content = content.removeprefix(codecs.BOM_UTF8)
    at = 0
    while found := _SPACE.match(content, at):
        at = found.end()
        if content.startswith(b"<!--", at):
            closing, begun = b"-->", at + 2  # `<!-->` is a whole comment
        elif content.startswith(b"<?xml", at):
            closing, begun = b">", at
        else:
            break
        end = content.find(closing, begun)
        if end < 0:
            return False
        at = end + len(closing)
    return bool(_ROOT.match(content, at))


def _narrow(head: bytes) -> bytes:
    """The bytes with those of UTF-16 that only widen ASCII left out, so that tags show."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[2:].replace(b"\x00", b"")
    return head


def _is_text(head: bytes) -> bool:
    """Whether the bytes can be words: no signature and hardly a control character."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "latin-1", "replace")
    controls = sum(character < " " and character not in "\t\n\v\f\r" for character in text)
    return controls <= len(text) / 100
