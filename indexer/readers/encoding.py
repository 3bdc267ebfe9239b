"""Bytes to text, whatever the document says about itself and however wrong that is."""

from __future__ import annotations

import codecs
import re

from indexer.domain.claims import Field, Problem, ProblemKind

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML_DECLARED = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Browsers read these names as windows-1252, and so did whoever looked at the page.
_REALLY_WINDOWS = {"iso8859-1", "ascii", "latin-1", "cp1252"}
# Codecs of Python's that contain ASCII and are no encoding of documents.
_NO_DOCUMENTS = {
    "idna",
    "unicode-escape",
    "raw-unicode-escape",
    "unicode_escape",
    "raw_unicode_escape",
    "utf-7",
}
_PRINTABLE = bytes(range(32, 127))
_ASCII = _PRINTABLE.decode("ascii")
_DECLARATION_WITHIN = 2048


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Read the bytes that are no UTF-8 as windows-1252, one by one."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    return stray.decode("cp1252", "ignore"), error.end


codecs.register_error("as-windows-1252", _as_windows_1252)


def decode(content: bytes, media_type: str = "") -> tuple[str, tuple[Problem, ...]]:
    """The text of `content`, and a problem where its bytes contradict what it declares.

    A byte order mark counts most, then valid UTF-8, then the declared encoding (that of
    `media_type`, else the document's own). What is left is read as UTF-8 with stray windows-1252
    bytes among it, which is also right for a document that is windows-1252 throughout.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff"), ()
    if wide := _unmarked_utf16(content):
        return content.decode(wide, "replace"), ()
    declared = _declared(content, media_type)
    try:
        if declared in (None, "utf-8", *_REALLY_WINDOWS) or not content.isascii():
            return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    if declared and declared != "utf-8" and declared not in _REALLY_WINDOWS:
        try:
            return content.decode(declared), ()
        except (UnicodeDecodeError, LookupError):
            return content.decode("utf-8", "as-windows-1252"), (_contradicted(declared),)
    problems = (_contradicted("utf-8"),) if declared == "utf-8" else ()
    return content.decode("utf-8", "as-windows-1252"), problems


def _declared(content: bytes, media_type: str) -> str | None:
    """The name of the declared encoding as Python knows it, or None."""
    head = content[:_DECLARATION_WITHIN]
    found = (
        _DECLARED.search(media_type.encode("ascii", "ignore"))
        or _DECLARED.search(head)
        or _XML_DECLARED.search(head)
    )
    if not found:
        return None
    try:
        known = codecs.lookup(found[1].decode("ascii"))
        # The declaration was read as ASCII, so the document's encoding must contain ASCII: that of
        # mainframes, UTF-16, and codecs that are no encoding of text at all do not.
        is_text = known._is_text_encoding and known.name not in _NO_DOCUMENTS
        contains_ascii = is_text and _PRINTABLE.decode(known.name) == _ASCII
    except (LookupError, UnicodeError):
        return None
    return known.name if contains_ascii else None


def _unmarked_utf16(content: bytes) -> str | None:
    """The byte order of UTF-16 that lacks its mark: every other byte of Latin text is then NUL."""
    head = content[:1024]
    if len(head) < 8 or head.count(0) < len(head) * 0.3:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 4 * odd else None


def _contradicted(declared: str) -> Problem:
    return Problem(
        Field.BODY,
        ProblemKind.DAMAGED,
        f"The document says that it is written in {declared}, but some of its bytes are not; "
        "they were read as windows-1252.",
    )
