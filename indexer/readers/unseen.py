"""What a document holds that nobody was meant to see: how it is named, never what it says."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.domain.claims import Field, Problem, ProblemKind

_MOST_PLACES = 5


def unseen(what: str, places: Iterable[str]) -> Problem:
    """The problem of a document with text that is `what` ("struck out") at `places` ("page 2").

    The words themselves are never told: the sentence stands on the note's public page.
    """
    named = list(dict.fromkeys(places))
    listed = ", ".join(named[:_MOST_PLACES])
    if rest := len(named) - _MOST_PLACES:
        listed += f" and {rest} more places" if rest > 0 else ""
    return Problem(
        Field.BODY,
        ProblemKind.HIDDEN,
        f"Some text is {what} ({listed}); it was left out, and the original should not be given "
        "out until a keeper has looked at it.",
    )
