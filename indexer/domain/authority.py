"""Controlled lists: the people and the subject headings that notes are filed under."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SubjectHeading:
    """A heading of the subject facet.

    `terms` maps a lower-case word or phrase to the weight that each mention adds.
    """

    slug: str
    label: str
    scope: str = ""
    terms: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficerRecord:
    """One person, under every name that notes print for them.

    `years` (first, last) and `posts` tell two people of one name apart; empty means any.
    """

    slug: str
    name: str
    also: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AcronymRecord:
    """Letters and what they stand for; nothing where they are no acronym."""

    short: str
    long: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameWords:
    """Lower-case words that tell people from posts.

    `given` are first names, `titles` the nouns that make a phrase the title of a post, `posts` all
    the other words of posts and services.
    """

    given: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    posts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Authority:
    """The lists that the keepers edit.

    `acronyms` are the keepers' and hold whatever notes say; `usual_acronyms` are built in.
    """

    subjects: tuple[SubjectHeading, ...] = ()
    officers: tuple[OfficerRecord, ...] = ()
    names: NameWords = NameWords()
    acronyms: tuple[AcronymRecord, ...] = ()
    usual_acronyms: tuple[AcronymRecord, ...] = ()
