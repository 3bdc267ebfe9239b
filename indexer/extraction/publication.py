"""Whether a note says that the public may read it.

A statement is cut into clauses; each permits, forbids, or says neither. One that forbids outweighs
any that permit. A permission with a condition that we can't check is not understood, and the index
keeps such a note from the public until a keeper has looked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from indexer.domain.publication import Publication, PublicationStatus
from indexer.extraction.restrictions import (
    ITSELF,
    LONGEST_STATEMENT,
    NOTHING_FORBIDDEN,
    is_marking,
)

# Spaces are written \s: these stand within verbose patterns.
_MAKE_PUBLIC = (
    r"(?:publish\w*|publicised|publication|disclos\w*|shar(?:e|ed|ing)|circulat\w*|releas\w*|"
    r"distribut\w*|made\s(?:public|available)|make\s(?:public|available)|public|cop(?:y|ied|ying)|"
    r"forward(?:ed|ing)?|reproduc\w*|pass(?:ed|ing)?\s(?:on|to)|quot(?:e|ed)|issued|posted|placed|"
    r"uploaded|available|discuss(?:ed)?|communicated|seen?|view(?:ed)?|read|put\son|appear|"
    r"on\s(?:the|our|its)\s(?:\w+\s)?(?:council[’']?s?\s)?web\s?site)"
)
_NO = (
    r"(?:not|never|n[’']t|cannot|neither|nor|without(?!\s(?:delay|restriction|exception))|"
    r"under\sno\scircumstances|in\sno\sway)"
)
_READERS = r"(?:elected\smembers?|members?[’']?|councillors?|officers?|staff|recipients?|employees)"

_FORBIDS = re.compile(
    rf"""
      \b{_NO}\b [^.;]{{0,60}}? \b{_MAKE_PUBLIC}\b
    | n[’']t\b [^.;]{{0,40}}? \b{_MAKE_PUBLIC}\b
    | \b(?:excluded|removed|omitted|kept|withdrawn)\ from\b | \beyes\ only\b
    | \b(?:keep|kept)\b [^.;]{{0,40}} \bto\ (?:themselves|yourself|yourselves)\b
    | ^\W*(?:closed|hold|held|non-?public|private)\W*$
    | \bno\ (?:part|publication|onward|further|disclosure|wider|external)\b
    | \b(?:un|non-?)publish(?:ed|able)\b | \bnon-?disclosure\b
    | \b(?:confidential|confidence|exempt(?:ed|ion)?|restricted|embargo\w*|withheld|withhold|
           prohibited|forbidden|classified|privileged|sensitive|redacted|suppressed)\b
    | \b(?:private|internal)\b
    | \b{_READERS}\b [^.;]{{0,40}} \b(?:only|eyes\b|alone)\b
    | \b(?:only|solely|exclusively|limited|restricted|confined)\b [^.;]{{0,40}} \b{_READERS}\b
    | \b(?:await\w*|pending|subject\ to)\ (?:\w+\ ){{0,2}}
        (?:publication|being\ published|release)\b
    | \b(?:publication|release|disclosure)\b [^.;]{{0,30}}
        \b(?:deferred|delayed|refused|postponed|held|suspended|prevented|barred|pending|
           awaited|none|no|nil)\b
    | \bto\ be\ published\ (?:later|in\ due\ course)\b | \bh[eo]ld\ back\b
    | \b(?:keep|kept|remains?|stay)\ (?:strictly\ )?(?:within|inside)\b
    | (?:^\s*|[?:]\s*|\s[-\u2013\u2014]\s*)(?:no|none|nil|n)\s*[.!]?\s*$
    | \bnot\ (?:to|with|for)?\ ?(?:the\ )?(?:press|public|media)\b | \beyes\ of\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PERMITS = re.compile(
    r"""
      \b(?:will|may|can|shall|should|to|is|are|has|have|was|were|being|been|be|for|must|now|fully|
           already|hereby|due\ to\ be)\s
        (?:(?:now|also|then|both|freely|be|been|being|made|openly|routinely|fully|a)\s){0,4}
        (?:publish(?:ed)?|publicised|public(?:ation)?|disclos(?:ed|ure|able)|shar(?:ed|ing)|
           circulated|releas(?:ed?|able)|distributed|available|placed|posted|uploaded|open|suitable|
           approved|cleared|intended)\b
    | ^\W*(?:published|public|open|yes|y|unrestricted|full\ publication|disclosable|
             publish|released|for\ publication)\b
    | \bpublished\ on\b | \bon\ the\ (?:council[’']?s?\ )?web\ ?site\b
    | \bno\ restrictions?\b | \bunrestricted\b | \bpublic\ domain\b
    | \bnot\ (?:confidential|exempt|restricted)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:unless|except|provided|subject to|if|until|other than|apart from|save (?:for|that)|"
    r"on condition|to be (?:confirmed|agreed|decided|determined)|tbc|redact\w*|not yet|till)\b",
    re.IGNORECASE,
)
# What may follow a permission without limiting it: the usual course of a note, and everyone.
_USUAL_COURSE = re.compile(
    r"""
      \b(?:following|after|on|upon|once|when)\s
        (?:(?:its|the|this|note|briefing|it|they|has|have|is|been|being)\s){0,5}
        (?:c[irc]{2,3}\w{4,8}|issue\w*|sent|distribut\w+)  # circulation, often misspelt
        (?:\s(?:to|among)\s(?:(?:all|the|elected)\s){0,3}(?:members?|councillors?)[’']?)?
    | \b(?:with|to|by|among)\s(?:(?:the|any|all|other|general|members\sof|local|your|their)\s){0,4}
        (?:public|press|media|constituents?|anyone|anybody|everyone|others|all|residents?|
           communit(?:y|ies)(?!\scouncil)|third\sparties|elected\smembers?|members?|councillors?)\b
    | \bwith\simmediate\seffect\b | \bwithout\s(?:delay|restriction|exception)\b
    | \bfrom\s(?:now|today|(?:the\s)?(?:council|web\s?site)\w*)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIMIT = re.compile(
    r"\b(?:after|following|when|once|upon|from|without|minus|excluding|in part|partly|partially|"
    r"pending|(?<!out )(?<!out-)(?<!out- )with(?! ?out the council)|"
    r"(?:disclosed|shared|released|available|circulated|distributed|shown|given|sent) to)\b",
    re.IGNORECASE,
)
_FORM_NOT_FILLED = re.compile(
    r"\bdelete as (?:applicable|appropriate)\b|^\W*(?:yes\s*/\s*no|y\s*/\s*n|public\s*/\s*\w+)\W*$",
    re.IGNORECASE,
)
_BEGINS_PERMISSION = re.compile(
    r"\W*(?:(?:it|technical notes?) )?(?:(?:to|will|may|can|should) be|for publication|suitable for"
    r"|full publication|following circulation|public(?:ation|ly)?|published?|disclos\w+"
    r"|unrestricted|released?|there are no|no restrictions?|not (?:exempt|confidential|restricted)"
    r"|(?:yes|y|open)\W*$)(?!\w)",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"(?:Its|The|These|Such) contents?\b|It (?:may|can|must|should)\b|This ")
_CLAUSE_END = re.compile(
    r"(?<![.;:\n])[.;:\n]++(?=\s|$)|,?\s+(?:but|however|although|though|whereas|while|whilst)\b[,\s]*"
    r"|,\s*and\s+",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^\s*(?:publication|disclosure)(?: status| statement)?\s*:\s*", re.IGNORECASE)

_SELF_STATEMENT = re.compile(
    rf"""
    \b{ITSELF}\b [^.]{{0,80}}?
    (?: \b(?:will|may|can|should|shall|must|is|are|has|have|to|cannot|contains?)\b [^.]{{0,40}}?
        \b(?:published|disclosed|shared|circulated|released|made\ (?:public|available)|confidential|
           exempt|restricted|embargoed|public|for\ publication|distributed|forwarded|copied|
           withheld|private|members[’']?\ only)\b
    | (?:\bnot|n[’']t)\b [^.]{{0,40}} \b(?:published|disclosed|shared|circulat|released?|
           publication|placed|posted|appear|distribut|web\ ?site)
    | \b(?:issued|sent|given|provided)\b [^.]{{0,40}} \bconfidence\b )
    """,
    re.VERBOSE | re.IGNORECASE,
)


def publication_of(statement: str) -> Publication:
    """What a publication statement comes to; not understood is UNKNOWN with its statement.

    One too long to be a statement is not understood, whatever it permits.
    """
    text = _LEAD.sub("", statement).strip()
    if not text:
        return Publication()
    if _FORM_NOT_FILLED.search(text):
        return Publication(PublicationStatus.UNKNOWN, text)
    if len(text) > LONGEST_STATEMENT:
        cut = publication_of(text[:LONGEST_STATEMENT])
        return replace(cut, status=_unless_restricted(cut.status))
    permits = forbids = is_doubtful = False
    for clause in _CLAUSE_END.split(text):
        harmless = NOTHING_FORBIDDEN.sub(" ", clause)
        forbids |= bool(_FORBIDS.search(harmless))
        permits |= bool(_PERMITS.search(clause))
        is_doubtful |= _is_limited(clause)
    if forbids:
        return Publication(PublicationStatus.RESTRICTED, text)
    if permits and not is_doubtful:
        return Publication(PublicationStatus.PUBLIC, text)
    return Publication(PublicationStatus.UNKNOWN, text)


def _is_limited(clause: str) -> bool:
    """Whether a clause has a condition or limit that nobody here can check."""
    return bool(_CONDITION.search(clause) or _LIMIT.search(_USUAL_COURSE.sub(" ", clause)))


def _unless_restricted(status: PublicationStatus) -> PublicationStatus:
    if status is PublicationStatus.RESTRICTED:
        return status
    return PublicationStatus.UNKNOWN


def is_publication_sentence(text: str) -> bool:
    """Whether a line without a label is a document's statement about its own publication."""
    return len(text) < 600 and bool(_SELF_STATEMENT.search(text[:200]) or is_marking(text))


def continues_statement(text: str) -> bool:
    """Whether a line goes on with a statement begun above it: `Its contents may be …`."""
    return bool(_CONTINUES.match(text)) and speaks_of_publication(text)


def speaks_of_publication(text: str) -> bool:
    """Whether a line says anything that permits, forbids or leaves open."""
    return any(pattern.search(text) for pattern in (_FORBIDS, _PERMITS, _CONDITION))


def opens_another(text: str) -> bool:
    """Whether a line permits, but not the note: it says that something else is open or published.

    The first line of a body may, below a label of publication whose statement is lost.
    """
    if publication_of(text).status is not PublicationStatus.PUBLIC:
        return False
    return not (is_publication_sentence(text) or _BEGINS_PERMISSION.match(text))


def strictest(publications: Iterable[Publication]) -> Publication:
    """The strictest of several statements about one note; unstated where there is none."""
    ranked = sorted(publications, key=_strictness, reverse=True)
    return ranked[0] if ranked else Publication()


def _strictness(publication: Publication) -> int:
    if publication.status is PublicationStatus.RESTRICTED:
        return 3
    if publication.status is PublicationStatus.UNKNOWN and publication.statement:
        return 2
    return 1 if publication.status is PublicationStatus.PUBLIC else 0
