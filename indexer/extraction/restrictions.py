"""Lines that restrict the document they stand in: markings, and sentences about itself."""

from __future__ import annotations

import re
from collections.abc import Iterable

LONGEST_STATEMENT = 2000  # characters
_WORDS_OF_A_BROKEN_LINE = 6
_WORDS_BESIDE_A_MARKING = 12
_SINGLE_LETTERS = re.compile(r" \w \w \w ")
_SPACED_OUT = re.compile(r"\b(?:\w ){5,}\w\b")
# Words that forbid, denied: «does not contain exempt information» forbids nothing.
NOTHING_FORBIDDEN = re.compile(
    r"""
    \b(?:not|no|nothing|neither|nor|without)\b
        (?:\ (?:is|are|be|being|been|contain|contains|hold|holds|include|includes|any|considered|
              deemed|subject|to|or|a|an|in|the|treated|as|way|regarded|longer|personal|
              commercially|currently|this|note|its|contents?|of|which|that|otherwise|part))*
        \ (?:confidential(?:ity)?|exempt(?:ed|ions?)?|restrict(?:ed|ions?)|embargo(?:ed)?|private|
            sensitive|withheld|classified|prohibited|redact(?:ed|ions?))
        (?:\ (?:or|nor|and|/)\ (?:confidential|exempt|restricted|sensitive|private))*
        (?:\ (?:information|material|content|items?|data))?
    | \bun(?:restricted|classified)\b | \bnon-?(?:confidential|exempt|sensitive)\b
    | \bnot\ (?:only|just|solely)\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
ITSELF = (
    r"(?:this|the|these|its|the present)\s+(?:(?:technical|briefing|members?[’']?|information|"
    r"elected|above|attached|whole|entire)\s+)*"
    r"(?:notes?|notices?|briefings?|documents?|papers?|contents?|information)"
)
_SELF_RESTRICTION = re.compile(
    rf"""
    \b{ITSELF}\b [^.]{{0,60}}?
    (?: (?:\b(?:not|cannot|never)|n[’']t)\s(?:\w+\s){{0,2}}?be\s(?:\w+\s){{0,2}}?
           (?:published|disclosed|shared|circulated|released|made|copied|forwarded|distributed|
              passed|discussed|quoted|reproduced)\b
    | \b(?:treated|held|kept)\ (?:\w+\ )?in\ (?:the\ )?(?:strict\w*\ )?confidence\b
    | \b(?:is|are|remains?|should\ be\ treated\ as|must\ be\ kept|to\ be\ treated\ as)\s
           (?:(?:strictly|wholly|entirely|currently|also|therefore|marked|classed|as)\s){{0,3}}
           (?:confidential|exempt\ (?:from|under)|restricted\ to|embargoed|private\ and)\b
    | \b(?:is|are)\s(?:\w+\s){{0,3}}?(?:for|to)\s(?:elected\s)?(?:members?[’']?|councillors?)\b
           [^.]{{0,20}}\bonly\b
    | \bnot\ for\ (?:publication|circulation|release|disclosure|onward)\b
    | \bcontains?\s(?:\w+\s){{0,2}}?(?:exempt|confidential)\sinformation\b )
    | \b(?:treat|keep|regard)\b [^.]{{0,30}}? \b{ITSELF}\b [^.]{{0,30}}?
          \b(?:confidential|private)\b
    | \b(?:do\ not|don[’']t|must\ not|should\ not|not\ to)\ (?:share|disclose|forward|circulate|
          publish|copy|distribute|pass\ on|release)\ {ITSELF}\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A marking stands alone on its line, as at the top of a page or on a cover sheet.
_MARKING = re.compile(
    r"""^\W*(?:(?:classification|protective\ marking|marking|status)\s*:\s*)?(?:
      (?:strictly\ |private\ (?:and|&)\ |members?[’']?\ ){0,2}confidential
        (?:\W+(?:not\ for\ \w+|(?:for\ )?(?:elected\ )?members?[’']?(?:\ only)?))?
    | strictly\ private
    | (?:please\ )?do\ not\ (?:share|publish|circulate|forward|disclose|copy|distribute)\b.{0,40}
    | official\W+sensitive(?:\W+\w+)? | sensitive(?:\s*[:(–—-]\s*\w+|\ information)?
    | commercial(?:ly)?\W+(?:in\ confidence|sensitive)
    | (?:sent\ |given\ |issued\ )?in\ (?:strict(?:est)?\ )?confidence
    | (?:please\ )?treat\ (?:\w+\ ){0,3}as\ (?:strictly\ )?(?:confidential|private)
    | contains?\ (?:exempt|confidential)\ information
    | restricted(?:\ circulation|\W+(?:for\ |to\ )?(?:elected\ )?members?[’']?(?:\ only)?)?
    | (?:under\ )?embargo(?:ed)?\b.{0,60} | not\ (?:yet\ )?public\b.{0,60}
    | not\ for\ the\ (?:press|public|media)\b.{0,40}
    | not\ for\ (?:onward|wider|further|external)\ \w+.{0,40}
    | not\ (?:for|to\ be)\ (?:publication|published|circulation|release|disclos(?:ure|ed)|shared)
        \b.{0,80}
    | (?:for\ )?(?:elected\ )?members?[’']?(?:\ (?:information|eyes|use))?\ only
    | (?:for\ )?internal\ (?:only|(?:use|circulation)(?:\ only)?)
    | exempt(?:\s*[:(–—-].{0,60}
        |\ (?:information|items?|reports?|notes?|from|under|by)\b.{0,60})?
    )\W*$""",
    re.VERBOSE | re.IGNORECASE,
)


# What restricts a document even beside other words on its line.
_PLAIN_MARKING = re.compile(
    r"\W*(?:(?:strictly |private (?:and|&) )?confidential|strictly private|"
    r"(?:under )?embargo(?:ed)?|"
    r"not (?:for|to be) (?:publication|published|circulation|release|disclosure|disclosed|shared)|"
    r"official\W+sensitive|(?:for )?(?:elected )?members[’']?(?: eyes)? only|"
    r"(?:for )?internal use only|commercial in confidence)\W*$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\s*[:|()\[\]]\s*")
_PARTED_BY_DASHES = re.compile(r"\s[-\u2010-\u2015]+\s|\s*[:|()\[\]]\s*")
# Of what stands around a note, such as the e-mail that brought it, `this` is the note.
_AROUND = re.compile(
    r"""
      \bthis\ (?:(?!e-?mail|message|communication)\w+\ )?
        (?:is|remains?|must\ (?:be|stay|remain))\ (?:\w+\ ){0,2}?
        (?:confidential|exempt|embargoed|restricted|private|(?:not|never)\ (?:for|to\ be)\b)
    | \bkeep\ (?:this|it)\ (?:to\ yoursel(?:f|ves)|confidential|private|within\b)
    | ^\W*(?:private|hold(?:\ back)?\ (?:until|till)\b.{0,40})\W*$
    """,
    re.VERBOSE | re.IGNORECASE,
)

# Whatever restricts has one of these, and few lines have: looking for them first saves most time.
_SIGNS = (
    *("confiden", "private", "restrict", "embargo", "only", "sensitive", "internal", "exempt"),
    *("not ", "never", "n't", "n’t"),
)


def is_marking(text: str) -> bool:
    """Whether a line is a marking and nothing else: `Confidential`, `Members only`."""
    return _MARKING.match(text) is not None


def restriction_in(lines: Iterable[str]) -> str | None:
    """The first line that restricts the document itself, wherever it stands, or None.

    A marking may be broken over two or three short lines, spaced out, or stand beside a page number
    or name. Text about other confidential or exempt matters restricts nothing.
    """
    recent: list[str] = []
    for line in lines:
        is_short = len(line.split()) <= _WORDS_OF_A_BROKEN_LINE
        recent = [*recent[-2:], line] if is_short else []
        broken = [" ".join(recent[-count:]) for count in (2, 3) if len(recent) >= count]
        widest = broken[-1] if broken else line
        if len(widest) <= LONGEST_STATEMENT and not _has_a_sign(_closed_up(widest)):
            continue
        for text in (line, *broken):
            if restricts(text):
                return text
    return None


def restriction_around(lines: Iterable[str]) -> str | None:
    """As `restriction_in`, of lines around a document that speak of it and of nothing else."""
    kept = list(lines)
    for line in kept:
        sentences = re.split(r"(?<=[.!?])\s+", line[:LONGEST_STATEMENT])
        is_said = any(_AROUND.search(NOTHING_FORBIDDEN.sub(" ", each)) for each in sentences)
        if is_said or _MARKING.match(line.partition(":")[0]):
            return line
    return restriction_in(kept)


def restricts(text: str) -> bool:
    """Whether a line, or a sentence or part of it, restricts the document that it stands in."""
    text = _closed_up(text[:LONGEST_STATEMENT])
    if not _has_a_sign(text):
        return False
    if _MARKING.match(text):
        return True
    if len(text.split()) <= _WORDS_BESIDE_A_MARKING:
        parts = (*_PARTED.split(text), *_PARTED_BY_DASHES.split(text))
        if any(map(_PLAIN_MARKING.match, parts)):
            return True
    if " | " in text and any(map(_MARKING.match, text.split(" | "))):
        return True
    return any(
        _MARKING.match(sentence) or _SELF_RESTRICTION.search(NOTHING_FORBIDDEN.sub(" ", sentence))
        for sentence in filter(_has_a_sign, re.split(r"(?<=[.!?])\s+", text))
    )


def _closed_up(text: str) -> str:
    """`text` with the letters of spaced out words brought together."""
    if not _SINGLE_LETTERS.search(text):
        return text
    return _SPACED_OUT.sub(lambda found: found[0].replace(" ", ""), text)


def _has_a_sign(text: str) -> bool:
    lowered = text.lower()
    return any(sign in lowered for sign in _SIGNS)
