"""E-mail as Outlook saves it (.msg), turned into the e-mail that it was."""

from __future__ import annotations

from collections.abc import Iterator
from email.header import Header
from email.message import Message
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from io import BytesIO

from olefile import OleFileIO
from oxmsg.properties import Properties
from oxmsg.storage import Storage

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.sources.containers.headers import Lenient
from indexer.sources.containers.mail import documents_of_message
from indexer.sources.limits import MAX_DEPTH, MAX_UNPACKED

# Where properties begin in the stream of a file, of a message in it, and of an attachment.
_IN_FILE, _IN_MESSAGE, _IN_ATTACHMENT = 32, 24, 8
_SUBJECT, _BODY, _HTML, _SENSITIVITY = 0x0037, 0x1000, 0x1013, 0x0036
_COMPANY_CONFIDENTIAL = 3
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _MIME_TYPE = 0x3707, 0x3704, 0x3001, 0x370E
_BYTES, _METHOD = 0x3701, 0x3705
_EMBEDDED, _BY_REFERENCE = 5, (2, 3, 4, 7)
_MESSAGE_INSIDE = "__substg1.0_3701000D"
_DAMAGED = "the e-mail is damaged, or no Outlook message; save it again, as .eml if that can be had"


def documents_of_outlook(document: SourceDocument) -> Iterator[SourceDocument | Rejection]:
    """The text of a .msg where it has words, then what is attached to it."""
    message = _message_or_reason(document.content)
    if isinstance(message, str):
        yield Rejection(document.place, message)
        return
    yield from documents_of_message(document, message)


def _message_or_reason(content: bytes) -> Message | str:
    """The message of a .msg file, or why it cannot be had.

    The libraries raise whatever a damaged table leads them to.
    """
    try:
        with OleFileIO(BytesIO(content)) as file:
            sizes = sum(entry.size for entry in file.direntries if entry and entry.entry_type == 2)
            if sizes > MAX_UNPACKED:
                most = MAX_UNPACKED // 1024 // 1024
                return f"what it holds is over {most} MB; save its attachments by themselves"
            storage = Storage.from_ole(file)
        return _message(storage, _IN_FILE, 0)
    except Exception:
        return _DAMAGED


def _message(storage: Storage, begins_at: int, depth: int) -> Message:
    """The message of a storage as e-mail; messages attached deeper than are read are left out."""
    properties = Properties(storage, begins_at)
    message = MIMEMultipart("mixed", policy=Lenient())
    subject = properties.str_prop_value(_SUBJECT) or ""
    message["Subject"] = Header(" ".join(subject.split()), "utf-8", maxlinelen=10_000).encode()
    if properties.int_prop_value(_SENSITIVITY) == _COMPANY_CONFIDENTIAL:
        message["Sensitivity"] = "Company-Confidential"
    texts = MIMEMultipart("alternative", policy=Lenient())
    if body := properties.str_prop_value(_BODY):
        texts.attach(_part("text", "plain", body.encode("utf-8", "replace"), charset="utf-8"))
    if page := _page(properties):
        texts.attach(page)
    if texts.get_payload():
        message.attach(texts)
    for attached in storage.iter_attachment_storages():
        message.attach(_attachment(attached, depth))
    return message


def _page(properties: Properties) -> Message | None:
    if content := properties.binary_prop_value(_HTML):
        return _part("text", "html", content, charset=properties.body_encoding)
    if page := properties.str_prop_value(_HTML):
        return _part("text", "html", page.encode("utf-8", "replace"), charset="utf-8")
    return None


def _attachment(storage: Storage, depth: int) -> Message:
    properties = Properties(storage, _IN_ATTACHMENT)
    name = next(
        filter(None, map(properties.str_prop_value, (_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME))), ""
    )
    method = properties.int_prop_value(_METHOD)
    if method == _EMBEDDED:
        return _embedded(storage, name, depth)
    if method in _BY_REFERENCE:
        return _part("message", "external-body", b"", name=name)
    kind = properties.str_prop_value(_MIME_TYPE) or "application/octet-stream"
    main, _, sub = kind.partition("/")
    if main in ("multipart", "message") or not sub:
        main, sub = "application", "octet-stream"
    return _part(main, sub, properties.binary_prop_value(_BYTES) or b"", name=name or "attachment")


def _embedded(storage: Storage, name: str, depth: int) -> Message:
    inside = next((each for each in storage.storages if each.name == _MESSAGE_INSIDE), None)
    part = MIMENonMultipart("message", "rfc822", policy=Lenient())
    if inside is not None and depth < MAX_DEPTH:
        part.set_payload([_message(inside, _IN_MESSAGE, depth + 1)])
    if name:
        named = name if name.lower().endswith((".eml", ".msg")) else f"{name}.eml"
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", named))
    return part


def _part(
    main: str, sub: str, content: bytes, *, charset: str | None = None, name: str = ""
) -> Message:
    part = MIMENonMultipart(main, sub, policy=Lenient())
    if charset:
        part.set_param("charset", charset)
    part["Content-Transfer-Encoding"] = "binary"
    part.set_payload(content.decode("ascii", "surrogateescape"))
    if name:
        part.add_header("Content-Disposition", "attachment", filename=("utf-8", "", name))
    return part
