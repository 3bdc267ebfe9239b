"""What a document is, by its name and by its first bytes."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePosixPath

from indexer.domain.report import Rejection

FORMATS_READ = "HTML (.html, .htm, .xhtml) and plain text (.txt, .text, .md)"

_BY_EXTENSION = {
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
}
# A browser saves these in a folder beside a page: parts of the page's look, never notes.
_PAGE_PARTS = frozenset(
    (
        *(".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".eot"),
        *(".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".bmp"),
    )
)
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
    head = content[:_SNIFFED]
    if named == "text/plain":
        return "text/html" if _begins_a_page(_narrow(content)) else named
    if named == "text/html":
        return named if b"<" in content else "text/plain"
    extension = PurePosixPath(name).suffix.lower()
    if extension in _PAGE_PARTS:
        return Rejection(locator, f"a {extension} file is part of a page's look", failed=False)
    if _TAG.search(_narrow(head)):
        return "text/html"
    if _is_text(head):
        return "text/plain"
    what = f"{extension} files are not" if extension else "its format is not"
    return Rejection(locator, f"{what} among the formats read: {FORMATS_READ}")


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
    if head.startswith((b"%PDF", b"PK\x03\x04", b"{\\rtf")):
        return False
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    text = head.decode("utf-16" if wide else "latin-1", "replace")
    controls = sum(character < " " and character not in "\t\n\v\f\r" for character in text)
    return controls <= len(text) / 100
