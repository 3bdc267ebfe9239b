"""Notes as e-mails: the note as its text, or as what is attached to a covering message."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import Literal

from tests.renderings.markup import printable_page
from tests.renderings.notes import NoteText
from tests.renderings.style import Style

Text = Literal["plain", "page", "both"]

_COVERING = (
    "Dear Member,\n\nPlease find attached the latest briefing for your information.\n\n"
    "Kind regards,\nMember Services\nStrathallan Council\n"
)


def letter(note: NoteText, style: Style, text: Text) -> bytes:
    """The e-mail whose text is `note`: plain, as a page, or both."""
    message = _envelope(note)
    if text == "page":
        message.set_content(printable_page(note, style), subtype="html")
    else:
        message.set_content(note.text)
    if text == "both":
        message.add_alternative(printable_page(note, style), subtype="html")
    return message.as_bytes(policy=SMTP)


def letter_with(note: NoteText, attached: bytes, name: str, media_type: str) -> bytes:
    """The e-mail that brings `note` as a file called `name`, with a few words of its own."""
    message = _envelope(note)
    message.set_content(_COVERING)
    kind, _, subtype = media_type.partition("/")
    message.add_attachment(attached, maintype=kind, subtype=subtype, filename=name)
    return message.as_bytes(policy=SMTP)


def _envelope(note: NoteText) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = note.title or "For your information"
    message["From"] = "Member Services <members@strathallan.example>"
    message["To"] = "All Elected Members <all-members@strathallan.example>"
    message["Date"] = "Mon, 06 Jan 2025 09:30:00 +0000"
    message["Message-ID"] = "<1@strathallan.example>"
    return message
