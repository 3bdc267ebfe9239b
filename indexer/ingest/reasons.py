"""Why a document was given up, in words for the morning's report."""

from __future__ import annotations

import signal
import traceback
from pathlib import Path

from indexer.ingest.limits import Limits

_MOST_SAID = 200  # characters of an error's message
_REMEDY = "split it, or save it anew from the program that made it"


def too_slow(seconds: float) -> str:
    """The reason for a document that was not read in time."""
    return f"it took longer than {seconds:g} seconds and was given up; {_REMEDY}"


def too_hungry(memory: int) -> str:
    """The reason for a document that `memory` bytes were too few for."""
    return f"it needs more memory than {memory / (1 << 30):g} GB; {_REMEDY}"


def too_deep() -> str:
    """The reason for a document whose parts lie inside each other beyond the stack."""
    return f"its parts are nested too deeply to be read; {_REMEDY}"


def too_much(left: int, limits: Limits) -> str:
    """The reason for which the last `left` documents of a zip in zips are not read."""
    return (
        f"the last {left:,} of its documents were not read: the file that it lies in holds more "
        f"than {limits.documents:,} documents, or {limits.size >> 20:,} MB, in all; unpack it"
    )


def too_many_within(depth: int) -> str:
    """The reason for a zip or e-mail that lies in `depth` others."""
    return f"it lies in {depth} zips or e-mails, one in the other, and is not opened; unpack it"


def died(exit_code: int) -> str:
    """The reason for a document that ended the worker that read it."""
    if exit_code < 0:
        how = f"signal {-exit_code}, {signal.strsignal(-exit_code) or 'unknown'}"
    else:
        how = f"status {exit_code}"
    return f"the program that read it died ({how}); {_REMEDY}"


def blame(error: Exception) -> str:
    """A failure of the program itself, for a person to pass on."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}, line {frame.lineno}"
    # It may repeat what the document says, of any length and in characters that cannot be kept.
    said = " ".join(str(error).split()).encode("utf-8", "backslashreplace").decode()[:_MOST_SAID]
    return f"{type(error).__name__} in {where} ({said}); please report this"
