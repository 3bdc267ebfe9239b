"""Zips and e-mails opened: the documents inside each, in memory, or why they are not read."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.sources.containers.mail import documents_of_mail
from indexer.sources.containers.outlook import documents_of_outlook
from indexer.sources.containers.zips import documents_of_zip
from indexer.sources.media_types import EML, MSG, ZIP

__all__ = ["contained", "is_container"]

_OPENERS: dict[str, Callable[[SourceDocument], Iterator[SourceDocument | Rejection]]] = {
    ZIP: documents_of_zip,
    EML: documents_of_mail,
    MSG: documents_of_outlook,
}


def is_container(media_type: str) -> bool:
    """Whether documents of this type hold other documents, and are opened before they are read."""
    return _base(media_type) in _OPENERS


def contained(document: SourceDocument) -> Iterator[SourceDocument | Rejection]:
    """The documents directly inside a zip or e-mail, each as read, or why one is not.

    A container inside comes out as a document of its own type, for the caller to open in turn, no
    deeper than MAX_DEPTH. Nothing is written to disk. A document that cannot be opened is one
    rejection.
    """
    return _OPENERS[_base(document.media_type)](document)


def _base(media_type: str) -> str:
    return media_type.partition(";")[0].strip().lower()
