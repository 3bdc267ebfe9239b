"""How long one request may take."""

from __future__ import annotations

import time

from indexer.domain.errors import SearchTooLong


class Deadline:
    """A moment after which a search is given up; without a budget there is none."""

    __slots__ = ("_at", "_budget")

    def __init__(self, budget: float | None = None) -> None:
        """`budget` is in seconds from now."""
        self._budget = budget
        self._at = float("inf") if budget is None else time.monotonic() + budget

    def check(self) -> None:
        """Raise SearchTooLong once the moment has passed."""
        if time.monotonic() > self._at:
            raise SearchTooLong(self._budget or 0.0)
