"""The headers of an e-mail as words, whatever was done to them on the way."""

from __future__ import annotations

import re
from email.charset import Charset
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.policy import Compat32

_REPLY = re.compile(r"\s*(?:(?:re|fw|fwd|tr|aw|wg)\s*(?:\[\d+\])?\s*:|\[external\]:?)\s*", re.I)
# Characters of one header; the time that the standard library takes grows with their square.
_LONGEST = 8_000
_ENCODED = "=?"


class Lenient(Compat32):
    """The oldest policy of the standard library, which no header can break, with bytes read."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        """The value of a header, its bytes beyond ASCII as UTF-8 or windows-1252."""
        content = value[:_LONGEST].encode("utf-8", "surrogateescape")
        try:
            read = content.decode()
        except UnicodeDecodeError:
            read = content.decode("cp1252", "replace")
        return str(super().header_fetch_parse(name, read))


def header(message: Message, name: str) -> str:
    """The words of a header on one line, encoded ones decoded; empty where there is none."""
    return decoded(str(message.get(name, "")))


def decoded(value: str) -> str:
    """`value` with its encoded words decoded and single spaces."""
    if _ENCODED in value:
        value = _words(value)
    return " ".join(value.replace("\x00", "").split())


def _words(value: str) -> str:
    parts = []
    try:
        # Encoded words may be parted by line breaks alone; some programs leave out the space.
        for content, charset in decode_header(value.replace("\r", "").replace("\n", " ")):
            parts.append(content if isinstance(content, str) else _characters(content, charset))
    except (HeaderParseError, ValueError, LookupError):
        return value
    return "".join(parts)


def _characters(content: bytes, charset: str | None) -> str:
    for name in (charset, "utf-8"):
        try:
            return content.decode(Charset(name or "utf-8").input_codec or "utf-8")
        except (UnicodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def subject_of(message: Message) -> str:
    """The subject line without what replying and forwarding put before it."""
    subject = header(message, "Subject")
    while found := _REPLY.match(subject):
        subject = subject[found.end() :]
    return subject


def file_name(part: Message) -> str:
    """The name of an attached file, empty where it has none."""
    try:
        name = part.get_filename("")
    except (TypeError, ValueError, LookupError):  # pieces of a name that are not numbered
        return ""
    return decoded(str(name or ""))


def parameter(part: Message, name: str) -> str:
    """A parameter of the part's content type in small letters, empty where it has none."""
    try:
        value = part.get_content_charset("") if name == "charset" else part.get_param(name, "")
    except (TypeError, ValueError, LookupError):
        return ""
    return str(value).lower()
