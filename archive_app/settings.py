"""What the front end is told when it starts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path

from indexer.domain.publication import Clearance


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Which archive to show, to whom, and when to call it old.

    `folder` is the data folder that holds the generations. An archive indexed longer ago than
    `stale_after` says so on every page. `address` is where readers find the archive, for
    citations: what a request calls it may be any stranger's invention.
    """

    folder: Path
    clearance: Clearance = Clearance.PUBLIC
    stale_after: datetime.timedelta = datetime.timedelta(days=2)
    address: str | None = None
