"""How much of a text is there: word-level F1, the measure of body extraction."""

from __future__ import annotations

import re
from collections import Counter


def word_f1(found: str, expected: str) -> float:
    """The harmonic mean of precision and recall over words, each counted as often as it occurs."""
    words, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (found, expected))
    total = sum(words.values()) + sum(wanted.values())
    return 2 * sum((words & wanted).values()) / total if total else 1.0
