"""The lines of an e-mail parted: the note's own, those around it, and standing disclaimers.

Works on lines alone, so that plain text and HTML read the same. What was written around a note may
restrict it; what stands below every e-mail of an office says nothing about any of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

_LABEL = re.compile(
    r"[\s>*_]*(?P<label>from|sent|date|to|cc|bcc|subject|importance|sensitivity|attachments?|"
    r"reply-to)[*_]*\s*:[*_\s]*(?P<value>.*)",
    re.IGNORECASE,
)
_REACH = 4  # lines that a long list of recipients is broken over
_MARKER = re.compile(
    r"\W*(?:original (?:message|appointment)|(?:begin )?forwarded message|forwarded by\b.{0,80})"
    r"\W*",
    re.IGNORECASE,
)
_ATTRIBUTION = re.compile(r"\W*On\b.{4,250}\bwrote:\s*", re.IGNORECASE)
_RULE = re.compile(r"\s*([*_=~#-])(?:\s?\1){4,}\s*")
_ADDRESS = re.compile(r"\S@\S|mailto:", re.IGNORECASE)
_LABELLED = re.compile(r"[A-Z][\w’'()/ -]{2,40}:(?:\s|$)")
_OF_A_PERSON = re.compile(
    r"(?:tel|telephone|phone|mobile|mob|fax|e-?mail|web|website|address|direct|ext)\b",
    re.IGNORECASE,
)
_LABELS_OF_A_NOTE = 3
_SIGN_OFF = re.compile(
    r"\W*(?:(?:with )?(?:kind|kindest|best|warm|many)? ?(?:regards|wishes)|(?:many )?thanks"
    r"|thank you|yours (?:sincerely|faithfully|truly)|sincerely|sent from my [\w ]{2,30}"
    r"|get outlook for \w+.{0,60})\W*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"-- ?")
_LINES_OF_A_SIGNATURE, _CHARACTERS_OF_ITS_LINE = 20, 90
_NUMBERED = re.compile(r"\s*(?:\(?\w{1,3}[.)]|[•*·-])\s+\S")
_SPEAKS_OF_ITSELF = re.compile(
    r"\b(?:this|the|any)\s+(?:\w+\s+)?(?:e-?mail|message|transmission|communication)\b",
    re.IGNORECASE,
)
_STANDING = re.compile(
    r"\b(?:addressees?|(?:intended|named)\s+(?:recipient|addressee)s?|individuals?\s+(?:or|and)\s+"
    r"entit\w+|in\s+error|virus\w*|malware|notify\s+(?:the\s+)?(?:sender|us)|(?:views|opinions)\b"
    r"[^.]{0,60}\bexpressed|outside\s+(?:of\s+)?(?:the|our|your)\s+(?:organi[sz]ation|council)|"
    r"click\s+(?:on\s+)?(?:any\s+)?links|environment\s+before|(?:monitor|record)ed)\b",
    re.IGNORECASE,
)
# What only whoever wrote about the note says, standing text or not.
_OF_THE_NOTE = re.compile(
    r"\b(?:(?:not|never|cannot)\s+(?:for|(?:to\s+)?be)\s+(?:publi\w+|released?)|embargo\w*|"
    r"elected\s+members|members\s+only|councillors?|(?:technical|briefing)\s+notes?|"
    r"this\s+(?:note|briefing))\b",
    re.IGNORECASE,
)
_LINES_OF_A_FOOTER_HEADING = 3


@dataclass(frozen=True, slots=True)
class Correspondence:
    """Places of lines: `note` those that the note would be among, `around` all others that count.

    What is in neither is a standing disclaimer. `is_headed` says that the note's lines hold labels
    as the header of a note does.
    """

    note: frozenset[int]
    around: tuple[int, ...]
    is_headed: bool


def parted(lines: Sequence[str]) -> Correspondence:
    """The lines of one e-mail, the messages quoted and forwarded in it included, parted."""
    disclaimed = _disclaimed(lines)
    between = sorted({place for block in _boundaries(lines) for place in block})
    messages = [
        [place for place in range(before + 1, after) if place not in disclaimed]
        for before, after in pairwise([-1, *between, len(lines)])
    ]
    message = max(messages, key=lambda places: _likeness(lines, places))
    note = frozenset(_without_signature(lines, message))
    around = tuple(
        place
        for place, line in enumerate(lines)
        if place not in note and place not in disclaimed and line.strip()
    )
    return Correspondence(note, around, _is_headed(lines, message))


def _likeness(lines: Sequence[str], places: Sequence[int]) -> tuple[bool, int]:
    """How likely these lines are the note among several messages: by header, else length."""
    return _is_headed(lines, places), sum(len(lines[place].split()) for place in places)


def _is_headed(lines: Sequence[str], places: Sequence[int]) -> bool:
    """Whether these lines hold labels as the header of a note does.

    The labels are the series' own, so any will do that are not a signature's.
    """
    labels = {
        found[0]
        for place in places
        if (found := _LABELLED.match(lines[place].strip())) and not _OF_A_PERSON.match(found[0])
    }
    return len(labels) >= _LABELS_OF_A_NOTE


def _boundaries(lines: Sequence[str]) -> Iterator[range]:
    """The lines that stand between two messages: rules, markers, and the header of the second."""
    place = 0
    while place < len(lines):
        end = _end_of_boundary(lines, place) if lines[place].strip() else place
        if end > place:
            yield range(place, end)
        place = max(end, place + 1)


def _end_of_boundary(lines: Sequence[str], place: int) -> int:
    """The line after the boundary that begins at `place`, or `place` itself if none does."""
    line = lines[place]
    if _ATTRIBUTION.fullmatch(line):
        return place + 1
    both = " ".join(lines[place : place + 2])
    if line.strip().startswith("On ") and _ATTRIBUTION.fullmatch(both):
        return place + 2
    if _MARKER.fullmatch(line):
        after = _next_filled(lines, place + 1)
        return max(place + 1, _end_of_header(lines, after, is_announced=True))
    if _RULE.fullmatch(line):
        after = _next_filled(lines, place + 1)
        end = _end_of_header(lines, after, is_announced=False)
        return end if end > after else place
    return _end_of_header(lines, place, is_announced=False)


def _next_filled(lines: Sequence[str], place: int) -> int:
    """The next line that is not blank, from `place`, within reach."""
    for after in range(place, min(place + _REACH, len(lines))):
        if lines[after].strip():
            return after
    return place


def _end_of_header(lines: Sequence[str], start: int, *, is_announced: bool) -> int:
    """The line after the e-mail header that begins at `start`, or `start` if none does.

    A memorandum has From, To, Date and Subject too: an e-mail says when it was sent, or to what
    address, or is announced as such.
    """
    labels: set[str] = set()
    end = place = start
    is_spaced = start + 1 < len(lines) and not lines[start + 1].strip()
    while place < len(lines) and place - end < _REACH:
        if found := _LABEL.match(lines[place]):
            if found["label"].lower() in labels:
                break  # the note has labels too
            labels.add(found["label"].lower())
            end = place + 1
        elif not labels or not (lines[place].strip() or is_spaced):
            break
        place += 1
    has_header = "from" in labels and len(labels & {"sent", "date", "to", "subject"}) >= 2
    is_mail = is_announced or "sent" in labels
    if has_header and (is_mail or any(map(_ADDRESS.search, lines[start:end]))):
        return end
    return start


def _without_signature(lines: Sequence[str], message: Sequence[int]) -> Sequence[int]:
    """The lines of a message down to its sign-off, where nothing but a signature follows it."""
    filled = [place for place in message if lines[place].strip()]
    last = filled[-_LINES_OF_A_SIGNATURE:]
    for at, place in enumerate(last):
        if place == filled[0] or not _begins_signature(lines[place]):
            continue
        below = last[at + 1 :]
        if all(_is_of_signature(lines[each]) for each in below) and not _is_headed(lines, below):
            return [each for each in message if each < place]
    return message


def _begins_signature(line: str) -> bool:
    return bool(_SIGN_OFF.fullmatch(line) or _SIGNATURE.fullmatch(line))


def _is_of_signature(line: str) -> bool:
    return len(line) <= _CHARACTERS_OF_ITS_LINE and not _NUMBERED.match(line)


def _disclaimed(lines: Sequence[str]) -> frozenset[int]:
    """The lines of disclaimers that stand below every e-mail of an office.

    Each is a run of paragraphs that speak of the e-mail itself, of whom it was meant for and of
    what to do with it in error. One that speaks of members or of publication is no such text.
    """
    found: set[int] = set()
    run: list[range] = []
    for paragraph in [*_paragraphs(lines), range(0)]:
        text = _text(lines, paragraph)
        is_one = bool(_SPEAKS_OF_ITSELF.search(text) or _STANDING.search(text))
        if is_one and not _OF_THE_NOTE.search(text) and not _NUMBERED.match(text):
            run.append(paragraph)
            continue
        whole = " ".join(_text(lines, each) for each in run)
        if _SPEAKS_OF_ITSELF.search(whole) and _STANDING.search(whole):
            below = _next_filled(lines, run[-1].stop)
            end = below + 1 if below < len(lines) and _RULE.fullmatch(lines[below]) else below
            found.update(range(_footer_start(lines, run[0].start), end))
        run = []
    return frozenset(found)


def _footer_start(lines: Sequence[str], start: int) -> int:
    """The rule that heads a disclaimer, where no more than its heading stands between, else it."""
    filled = 0
    for place in range(start - 1, -1, -1):
        if _RULE.fullmatch(lines[place]):
            return place
        filled += bool(lines[place].strip())
        if filled > _LINES_OF_A_FOOTER_HEADING:
            break
    return start


def _paragraphs(lines: Sequence[str]) -> Iterator[range]:
    """The runs of lines between blank ones and rules."""
    start = 0
    for place, line in enumerate([*lines, ""]):
        if not line.strip() or _RULE.fullmatch(line):
            if place > start:
                yield range(start, place)
            start = place + 1


def _text(lines: Sequence[str], places: range) -> str:
    return " ".join(lines[place].strip() for place in places)
