"""Why a document is no note of the series, or cannot be placed, in words for the report."""

from __future__ import annotations

import re

from indexer.domain.blocks import BlockKind, text_of
from indexer.domain.claims import Claim, Field
from indexer.domain.reference import Series
from indexer.domain.source import ReadDocument
from indexer.extraction import labels as labels_of
from indexer.extraction.header import Header
from indexer.extraction.labels import lines_of
from indexer.extraction.title import TitleLine, other_series, title_line, without_site

COVERING = "a covering message: the note is what is attached"
# What a page is called that was served in place of the one asked for.
_ERROR_TITLE = re.compile(
    r"\b(?:page|file|resource|document|content)\s+(?:was\s+|is\s+|could\s+|can)?not\s+(?:be\s+)?"
    r"(?:found|available|displayed)\b"
    r"|\b(?:404|403|410|500|502|503)\b.{0,25}\b(?:error|not found|forbidden|gone|unavailable)\b"
    r"|\berror\b\s*:?\s*(?:404|403|410|500|502|503)\b|^\W*(?:404|403|410|500|502|503)\W*$"
    r"|\b(?:access|permission) denied\b|^\W*(?:403 )?forbidden\W*$"
    r"|\brequest (?:rejected|blocked)\b"
    r"|\b(?:service|site|server|website|page) (?:is )?(?:temporarily |currently )?unavailable\b"
    r"|\btemporarily unavailable\b|\b(?:internal )?server error\b|\bbad gateway\b"
    r"|\bpage (?:has been (?:removed|moved|deleted)|has moved)\b"
    r"|\bpage (?:is )?no longer (?:exists|available)\b"
    r"|\b(?:doesn[’']t|does not|no longer) exists?\b|\b(?:has|have) expired\b"
    r"|\b(?:can[’']t|cannot|couldn[’']t|could not) (?:be found|find (?:the|that|this|what))\b"
    r"|\bpage you(?:[’']re| are| were)? (?:looking for|requested)\b"
    r"|\bsomething (?:has )?went wrong\b"
    r"|\b(?:site|down for|under|essential|scheduled) maintenance\b|\bbe back (?:soon|shortly)\b"
    r"|^\W*(?:not found|error|oops|sorry|gone|unauthori[sz]ed|untitled|redirecting)\b\W*$"
    r"|^\W*(?:moved permanently|object moved)\b\W*$"
    r"|^\W*(?:log|sign) ?in\b|\bsession (?:has )?(?:expired|timed out)\b|^just a moment\b"
    r"|^attention required\b|^checking your browser\b|^before you continue\b|^search results\b"
    r"|\bverify (?:that )?you are (?:a )?human\b|\byour privacy\b|^cookie (?:settings|consent)\b",
    re.IGNORECASE,
)
_ERROR_IS_SHORTER_THAN = 150  # words
_ERROR_LINE_IS_SHORTER_THAN = 16  # words


def what_lacks(number: int | None) -> str:
    """What a keeper has to add to a note that states no number, or a number and no year."""
    if number is None:
        return (
            "reads like a note but states no number: name the file after it, such as "
            "technical-notes-2023-issue-64.html, and index again"
        )
    return (
        f"is number {number} of no stated year: move it into a folder named for its year, "
        "such as 2023, and index again"
    )


def has_header(header: Header) -> bool:
    """Whether a document holds as many labels as make the header of a note."""
    return len(set(header.labels) - {labels_of.DETAILS, labels_of.DATE}) >= 2


def why_no_note(
    document: ReadDocument,
    titles: tuple[TitleLine, ...],
    located: list[TitleLine],
    header: Header,
    claims: tuple[Claim, ...],
    series: Series,
) -> str | None:
    """Why the document is no note of the series, in words for the report; None if it is one."""
    is_labelled = has_header(header)
    if not is_labelled and _is_error_page(document, titles, series):
        return f"an error page (“{_error_line(document, series)}”), not a note"
    if not titles:
        for title in document.titles:
            if other := other_series(without_site(title), series):
                return f"“{other}”, another series than “{series.name}”"
    if located or is_labelled:
        return None
    listed = {(line.year, line.number) for line in titles}
    if len(listed | _listed(document, series)) > 1:
        return "a listing of notes, not a note"
    if titles:
        return None
    if any(claim.field is Field.TN_NUMBER for claim in claims):
        return None
    return "neither its title nor its address names a number of the series, and it has no header"


def _listed(document: ReadDocument, series: Series) -> set[tuple[int | None, int]]:
    """The notes that whole lines of the document name: several, if it is a listing."""
    lines = [line.text for line in lines_of(document.blocks)]
    found = [title_line(text, series) for text in (*document.titles, *lines)]
    return {(line.year, line.number) for line in found if line and line.year}


def _error_line(document: ReadDocument, series: Series) -> str | None:
    """The title or heading that calls the page an error, unless it is the title of a note."""
    headings = (
        block.text
        for place, block in enumerate(document.blocks[:4])
        if block.kind is BlockKind.HEADING or (place == 0 and len(block.text.split()) <= 6)
    )
    for line in (*document.titles, *headings):
        is_short = len(line.split()) < _ERROR_LINE_IS_SHORTER_THAN
        if is_short and _ERROR_TITLE.search(line) and not title_line(without_site(line), series):
            return line
    return None


def _is_error_page(document: ReadDocument, titles: tuple[TitleLine, ...], series: Series) -> bool:
    words = len(text_of(document.blocks).split())
    has_numbers = any(
        block.number is not None and block.kind is BlockKind.PARAGRAPH for block in document.blocks
    )
    if titles or has_numbers or words >= _ERROR_IS_SHORTER_THAN:
        return False
    return _error_line(document, series) is not None
