"""Which documents of one number are copies of one note, and which are another note misnumbered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.domain.blocks import text_of
from indexer.domain.claims import Field, precedence, stated
from indexer.domain.note import DocumentClaims
from indexer.domain.report import Rejection
from indexer.extraction.problems import same_title

# Of the longer words of two notes of the sample, 99 pairs in 100 share less than 0.45; copies of
# one note share nearly all, however much of the end is cut off.
_SHARE_OF_COPIES = 0.5
_LONGER_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Copies:
    """The documents that hold one note, and those of its number that hold another."""

    copies: tuple[DocumentClaims, ...]
    others: tuple[DocumentClaims, ...] = ()

    @property
    def published(self) -> bool:
        """Whether every document of the number lies in a source that is published."""
        return all(document.published for document in (*self.copies, *self.others))

    @property
    def rejections(self) -> tuple[Rejection, ...]:
        """The other notes, each as a document that cannot have the number that it states."""
        kept = strongest(self.copies)
        reference = kept.reference
        return tuple(
            Rejection(
                other.source.locator,
                f"is another note (“{_name(other)}”) than {kept.source.locator} "
                f"(“{_name(kept)}”), and both state the number {reference}: correct the number "
                "of the one that is wrong, or take it out of the source, and index again",
            )
            for other in self.others
        )


def told_apart(documents: Sequence[DocumentClaims]) -> Copies:
    """The copies of the note to which the number of all `documents` belongs, and the others.

    A document is another note where neither its title nor most of its words are the kept one's.
    """
    if len(documents) == 1:
        return Copies(tuple(documents))
    kept = strongest(documents)
    titles, words = _titles(kept), _words(kept)
    copies: list[DocumentClaims] = []
    others: list[DocumentClaims] = []
    for document in documents:
        is_copy = _share_a_title(_titles(document), titles) or _share_words(document, words)
        (copies if is_copy else others).append(document)
    return Copies(tuple(copies), tuple(others))


def strongest(documents: Sequence[DocumentClaims]) -> DocumentClaims:
    """The document with the best claim to its number: the best place, then the fullest body."""
    return min(documents, key=_weakness)


def _weakness(document: DocumentClaims) -> tuple[int, int, str]:
    (_, origin), *_ = stated(document.claims, Field.NUMBER, int)
    rank = precedence(Field.NUMBER).index(origin)
    return rank, -len(text_of(document.body)), document.source.locator


def _name(document: DocumentClaims) -> str:
    titles = _titles(document)
    return titles[0] if titles else "no title"


def _titles(document: DocumentClaims) -> tuple[str, ...]:
    """All that a document is called, its title first."""
    return tuple(
        name
        for field in (Field.TITLE, Field.SUBJECT)
        for name, _ in stated(document.claims, field, str)
    )


def _share_a_title(titles: Sequence[str], others: Sequence[str]) -> bool:
    """Whether two documents may be called the same; one without any title may be called so."""
    return not (titles and others) or any(
        same_title(one, other) or same_title(other, one) for one in titles for other in others
    )


def _share_words(document: DocumentClaims, words: frozenset[str]) -> bool:
    own = _words(document)
    return len(own & words) >= _SHARE_OF_COPIES * min(len(own), len(words))


def _words(document: DocumentClaims) -> frozenset[str]:
    return frozenset(_LONGER_WORD.findall(text_of(document.body).casefold()))
