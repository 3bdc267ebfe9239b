"""The archive that a long-running front end serves: always the current generation."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.search_index.archive import Archive
from indexer.search_index.generation import CURRENT
from indexer.search_index.rehearsal import rehearse

_log = logging.getLogger(__name__)


class LiveArchive:
    """Moves over to a new generation when there is one; requests in flight keep the old one."""

    def __init__(self, folder: Path, clearance: Clearance) -> None:
        self._folder = folder
        self._clearance = clearance
        self._lock = threading.Lock()
        self._target: Path | None = None
        self._archive: Archive | None = None

    def get(self) -> Archive:
        """The current archive; raises GenerationError while there is none to serve.

        A new generation that cannot be read is logged once, and the one before it still served.
        """
        target = self._current()
        archive = self._archive
        if archive is not None and target in (None, self._target):
            return archive
        with self._lock:
            if self._archive is None or target != self._target:
                self._archive = self._move_to(target)
            return self._archive

    def _current(self) -> Path | None:
        try:
            return (self._folder / CURRENT).readlink()
        except OSError:
            return None

    def _move_to(self, target: Path | None) -> Archive:
        try:
            archive = Archive.open(self._folder, self._clearance)
            rehearse(archive)
        except GenerationError:
            if self._archive is None:
                raise
            _log.exception("still serving generation %s", self._archive.generation)
            archive = self._archive
        self._target = target
        return archive
