"""The parts of a message: which are its text, and which are documents attached to it."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import Message

from indexer.sources.containers.headers import file_name, parameter
from indexer.sources.containers.message_text import Text
from indexer.sources.limits import MAX_ENTRIES, MAX_PARTS_WITHIN
from indexer.sources.media_types import HTML, TEXT

ENCRYPTED = "it is encrypted, and not read; save what it holds from the program that can open it"
_TEXTS = (TEXT, HTML)
_STRUCTURE = re.compile(rb"<(?:table|ul|ol|dl|li|h[1-6]|p|div|br)\b", re.IGNORECASE)
_TAG = re.compile(r"<(?:style|script|title)\b.*?</|<!--.*?-->|<[^>]*>", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Parts:
    """The text parts of one message in order, the attached ones, and why others are not read."""

    texts: list[Message] = field(default_factory=list)
    attached: list[Message] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A part still to be looked at, how deep it lies, and whether its text is the one to read."""

    part: Message
    depth: int
    is_chosen: bool


def parts_of(message: Message) -> Parts:
    """The parts of `message` down to those of messages attached to it, which stay whole."""
    parts = Parts()
    waiting = [_Waiting(message, 0, is_chosen=True)]
    while waiting:
        now = waiting.pop()
        if len(parts.texts) + len(parts.attached) >= MAX_ENTRIES:
            parts.not_read.append(f"it holds over {MAX_ENTRIES:,} parts; the others are not read")
            break
        if _is_text(now.part):
            if now.is_chosen:
                parts.texts.append(now.part)
        elif now.part.get_content_maintype() != "multipart":
            parts.attached.append(now.part)
        elif now.depth >= MAX_PARTS_WITHIN:
            parts.not_read.append(f"it holds parts more than {MAX_PARTS_WITHIN} deep in each other")
        elif now.part.get_content_subtype() == "encrypted":
            parts.not_read.append(ENCRYPTED)
        else:
            waiting.extend(reversed(_within(now)))
    return parts


def _is_text(part: Message) -> bool:
    """Whether a part is words of the message itself; a multipart without parts is."""
    if part.get_content_maintype() == "multipart":
        return not part.is_multipart()
    is_file = part.get_content_disposition() == "attachment" or bool(file_name(part))
    return part.get_content_type() in _TEXTS and not part.is_multipart() and not is_file


def _within(now: _Waiting) -> list[_Waiting]:
    children = _children(now.part)
    subtype = now.part.get_content_subtype()
    if subtype == "signed":
        children = children[:1]
    best = _best(children) if subtype == "alternative" else None
    return [
        _Waiting(child, now.depth + 1, now.is_chosen and best in (None, child))
        for child in children
    ]


def _children(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)]


def _texts_in(part: Message) -> list[Message]:
    """All text parts in `part`, whichever of them would be read."""
    texts: list[Message] = []
    waiting = [part]
    while waiting and len(texts) < MAX_PARTS_WITHIN:
        now = waiting.pop()
        if _is_text(now):
            texts.append(now)
        elif now.get_content_maintype() == "multipart":
            waiting.extend(reversed(_children(now)))
    return texts


def _best(alternatives: list[Message]) -> Message | None:
    """The alternative to read: the page, unless it has no structure or leaves words out."""
    inside = [(each, text_of(_texts_in(each))) for each in alternatives]
    pages = [(each, text) for each, text in inside if text and text.media_type == HTML]
    plain = [(each, text) for each, text in inside if text and text.media_type == TEXT]
    if pages and plain:
        page, words = pages[-1][1], len(plain[-1][1].decoded.split())
        told = len(_TAG.sub(" ", page.decoded).split())
        if not _STRUCTURE.search(page.content) or told * 2 < words:
            return plain[-1][0]
    return (pages or plain)[-1][0] if pages or plain else None


def text_of(parts: Sequence[Message]) -> Text | None:
    """The text parts of a message as one: a page if any of them is one; None if there is none."""
    texts = [_text(part) for part in parts]
    if len(texts) <= 1:
        return texts[0] if texts else None
    if all(text.media_type == TEXT for text in texts):
        return Text(TEXT, "\n\n".join(text.decoded for text in texts).encode(), "utf-8")
    pages = (
        text.decoded
        if text.media_type == HTML
        else "".join(f"{html.escape(line)}<br>" for line in text.decoded.splitlines())
        for text in texts
    )
    return Text(HTML, "".join(f"<div>{page}</div>" for page in pages).encode(), "utf-8")


def _text(part: Message) -> Text:
    content = part.get_payload(decode=True)
    is_page = part.get_content_type() == HTML
    return Text(
        HTML if is_page else TEXT,
        content if isinstance(content, bytes) else b"",
        parameter(part, "charset") or None,
        is_flowed=parameter(part, "format") == "flowed",
        joins_with_space=parameter(part, "delsp") != "yes",
    )
