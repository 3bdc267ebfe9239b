"""Committee report references, whichever way they are typed."""

from __future__ import annotations

import re

from indexer.domain.reference import DASH

_BETWEEN = rf"(?: ?(?:/|{DASH}) ?| )"
_TIGHT = rf"(?:/|{DASH})"
_YEAR = r"(?:\d{2}|20\d{2})"
_REPORT = re.compile(
    rf"([a-z]{{2,5}})({_BETWEEN})(\d{{1,4}})\2({_YEAR})(?:{_BETWEEN}[a-z]{{1,6}})?",
    re.IGNORECASE | re.ASCII,
)
# Among other words the parts must hang together, or "in 12 23" would be one.
REPORT_AMONG_WORDS = re.compile(
    rf"(?<![\w/])[a-z]{{2,5}}{_TIGHT}\d{{1,4}}{_TIGHT}{_YEAR}(?:{_TIGHT}[a-z]{{1,6}})?(?![\w/])",
    re.IGNORECASE | re.ASCII,
)


def report_key(text: str) -> str | None:
    """What `EPB/023/21/NMcN`, `EPB/023/21` and `epb 23 21` have in common: `epb/23/21`.

    Committee, number and year; the author's initials don't count. None where `text` as a whole is
    no committee report's reference.
    """
    match = _REPORT.fullmatch(" ".join(text.split()))
    if match is None:
        return None
    return f"{match[1].lower()}/{int(match[3])}/{int(match[4]) % 100}"
