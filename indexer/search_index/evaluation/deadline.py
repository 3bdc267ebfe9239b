"""How long one request may take."""

from __future__ import annotations

import time

from indexer.domain.errors import SearchTooLong


class Deadline:
    """How much work a search may take before it is given up; without a budget, any.

    Work counts in the thread that the deadline was made in.
    """

    __slots__ = ("_at", "_budget")

    def __init__(self, budget: float | None = None) -> None:
        """`budget` is in seconds of work: a busy machine spoils no search."""
        self._budget = budget
        self._at = float("inf") if budget is None else time.thread_time() + budget

    def check(self) -> None:
        """Raise SearchTooLong once the budget is spent."""
        # The clock is read in the kernel: what is never given up need not know the time.
        if self._budget is not None and time.thread_time() > self._at:
            raise SearchTooLong(self._budget)
