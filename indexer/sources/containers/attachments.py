"""What is attached to an e-mail: documents, what is no document, and what cannot be opened."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable, Iterator
from email.errors import MessageError
from email.message import Message
from pathlib import PurePosixPath

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.sources.containers.headers import file_name, subject_of
from indexer.sources.containers.names import (
    Names,
    downwards,
    rejected,
    shown,
    unpacked,
    why_refused,
)
from indexer.sources.containers.parts import ENCRYPTED
from indexer.sources.limits import MAX_BYTES, too_large
from indexer.sources.media_types import TIFF

_PICTURE = (
    "it is a picture in an e-mail, as letterheads and signatures have; if it is the scan of a "
    "note, save it as PDF"
)
_CALENDAR, _CARD = "it is a calendar entry, not a note", "it is a contact's card, not a note"
_SIGNATURE, _SOUND = "it is the e-mail's signature", "it is a recording, not a document"
_DELIVERY = "it is a report about the delivery of an e-mail"
_WINMAIL = (
    "it is an Outlook package (winmail.dat), which is not read; open the e-mail in Outlook, and "
    "save it as .msg or its attachments beside it"
)
_ELSEWHERE = "the e-mail only names where it is kept; save the document itself beside it"
_IN_PIECES = "it is one piece of a longer e-mail; save the whole from the program it was sent to"
_NO_NOTES = {
    "text/calendar": _CALENDAR,
    "application/ics": _CALENDAR,
    "text/vcard": _CARD,
    "text/x-vcard": _CARD,
    "text/directory": _CARD,
    "application/pkcs7-signature": _SIGNATURE,
    "application/x-pkcs7-signature": _SIGNATURE,
    "application/pgp-signature": _SIGNATURE,
    "message/delivery-status": _DELIVERY,
    "message/disposition-notification": _DELIVERY,
    "text/rfc822-headers": _DELIVERY,
}
_NO_NOTES_BY_NAME = {
    ".ics": _CALENDAR,
    ".vcf": _CARD,
    ".p7s": _SIGNATURE,
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp"), _PICTURE),
    **dict.fromkeys((".heic", ".emz", ".wmz", ".emf", ".wmf", ".ico"), _PICTURE),
}
_NOT_OPENED = {
    "application/ms-tnef": _WINMAIL,
    "application/vnd.ms-tnef": _WINMAIL,
    "application/pkcs7-mime": ENCRYPTED,
    "application/x-pkcs7-mime": ENCRYPTED,
    "application/pgp-encrypted": ENCRYPTED,
    "message/external-body": _ELSEWHERE,
    "message/partial": _IN_PIECES,
}
_NOT_OPENED_BY_NAME = {"winmail.dat": _WINMAIL, "smime.p7m": ENCRYPTED}


class Attachments:
    """The parts attached to one e-mail, under names of their own."""

    def __init__(self, mail: SourceDocument) -> None:
        self._mail = mail
        self._names = Names()

    def of(self, parts: Iterable[Message]) -> list[SourceDocument | Rejection]:
        """Each part as a document, or why it is none."""
        return [self._outcome(part, number) for number, part in enumerate(parts, start=1)]

    def _outcome(self, part: Message, number: int) -> SourceDocument | Rejection:
        name = downwards(_name(part, number))
        printed = self._names.unlike_others(shown(name))
        extension = PurePosixPath(name).suffix.lower()
        kind = part.get_content_type()
        if reason := _NOT_OPENED.get(kind) or _NOT_OPENED_BY_NAME.get(name.lower()):
            return rejected(self._mail, printed, reason)
        no_note = _NO_NOTES.get(kind) or _NO_NOTES_BY_NAME.get(extension) or _by_main_type(kind)
        if no_note:
            return rejected(self._mail, printed, no_note, failed=False)
        if reason := why_refused(name):
            return rejected(self._mail, printed, reason)
        content = _content(part)
        if content is None:
            return rejected(self._mail, printed, "it is damaged; save it again beside the e-mail")
        if len(content) > MAX_BYTES:
            return rejected(self._mail, printed, too_large(len(content)))
        return unpacked(self._mail, printed, content)


def _by_main_type(kind: str) -> str | None:
    if kind.startswith("image/") and kind != TIFF:
        return _PICTURE
    return _SOUND if kind.startswith(("audio/", "video/")) else None


def _name(part: Message, number: int) -> str:
    """The name of the file, else what the attached message is about, else a number."""
    if name := file_name(part):
        return name
    if part.get_content_type() == "message/rfc822":
        inner = next(_messages(part), None)
        subject = subject_of(inner).replace("/", "-").replace("\\", "-") if inner else ""
        return f"{subject or f'message {number}'}.eml"
    extension = mimetypes.guess_extension(part.get_content_type()) or ""
    return f"attachment {number}{extension}"


def _messages(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    return (each for each in payload or () if isinstance(each, Message))


def _content(part: Message) -> bytes | None:
    """The bytes of an attached file, those of an attached message as it would be saved."""
    if part.is_multipart():
        try:
            return next((each.as_bytes() for each in _messages(part)), b"")
        except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return None
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else None
