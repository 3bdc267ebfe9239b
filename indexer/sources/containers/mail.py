"""E-mail: the text of a message and what is attached to it, each as a document of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from pathlib import PurePosixPath

from indexer.domain.report import Rejection
from indexer.domain.source import Letter, SourceDocument
from indexer.sources.containers.attachments import Attachments
from indexer.sources.containers.headers import Lenient, header, subject_of
from indexer.sources.containers.message_text import MessageText, message_text
from indexer.sources.containers.parts import parts_of, text_of

_BLANK = b"\xef\xbb\xbf\r\n\t \x00"
_MARKED = "company-confidential"


def documents_of_mail(document: SourceDocument) -> Iterator[SourceDocument | Rejection]:
    """The text of an e-mail where it has words, then what is attached to it."""
    try:
        message: Message = BytesParser(policy=Lenient()).parsebytes(document.content.lstrip(_BLANK))
    except (MessageError, ValueError, LookupError) as error:
        yield Rejection(document.place, f"the e-mail is damaged, and cannot be read ({error})")
        return
    except RecursionError:
        yield Rejection(document.place, "the e-mail holds too many messages one in the other")
        return
    if not message.keys():
        yield Rejection(document.place, "it does not begin as an e-mail does; save it again")
        return
    yield from documents_of_message(document, message)


def documents_of_message(
    document: SourceDocument, message: Message
) -> Iterator[SourceDocument | Rejection]:
    """The documents of the message that `document` holds."""
    parts = parts_of(message)
    text = text_of(parts.texts)
    read = message_text(text) if text else None
    attached = Attachments(document).of(parts.attached)
    # One document in two formats has one name.
    names = {
        PurePosixPath(each.entry).with_suffix("")
        for each in attached
        if isinstance(each, SourceDocument)
    }
    outer = document.letter or Letter()
    subject, lines = subject_of(message) or outer.subject, _around(outer, message)
    is_read = False
    if read and read.has_words:
        is_read = True
        covers = any(isinstance(each, SourceDocument) or each.failed for each in attached)
        of_text = Letter(subject, (*lines, *read.around), is_text=True, covers=covers)
        yield _of_text(document, read, of_text)
    letter = Letter(
        subject,
        (*lines, *(read.lines if read else ()), *(read.around if read else ())),
        with_others=len(names) > 1 or bool(read and read.is_headed),
    )
    for outcome in attached:
        if isinstance(outcome, Rejection):
            yield outcome
        else:
            yield replace(outcome, letter=letter)
    for reason in parts.not_read:
        yield Rejection(document.place, reason)
    if not (is_read or attached or parts.not_read):
        yield Rejection(document.place, "the e-mail holds neither words nor documents")


def _around(outer: Letter, message: Message) -> tuple[str, ...]:
    """What was written about the message: its subject, its marking, and the e-mail it came in."""
    marking = header(message, "Sensitivity").lower()
    lines = (*outer.lines, header(message, "Subject"), "Confidential" if marking == _MARKED else "")
    return tuple(filter(None, lines))


def _of_text(document: SourceDocument, read: MessageText, letter: Letter) -> SourceDocument:
    return replace(document, media_type=read.media_type, content=read.content, letter=letter)
