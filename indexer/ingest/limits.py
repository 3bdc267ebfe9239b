"""How long a document may take, how much memory it may need, and how much lies in one file."""

from __future__ import annotations

from dataclasses import dataclass

# The longest note seen takes under a second, a page of 20 MB about 15 on a slow machine.
SECONDS_A_DOCUMENT = 60
# Five seconds a page, for the fifty pages of the longest report that was ever scanned.
SECONDS_WITH_OCR = 300
# A page of 25 MB, the largest that is read, takes the HTML parser about 1 GB.
MEMORY = 2 << 30  # bytes of address space for each worker
# Whatever a library leaks is given back when its worker is replaced.
DOCUMENTS_A_WORKER = 500
# So that no worker waits while the oldest document is awaited, and no more is held than that.
WAITING_A_WORKER = 4
# In one file with all the files inside it, however deep: zips of zips multiply.
MAX_DOCUMENTS_IN_A_FILE = 20_000
MAX_BYTES_IN_A_FILE = 500 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """What one document may take: `seconds` (`ocr_seconds` with OCR) and bytes of `memory`.

    One file with all the files inside it may hold so many `documents`, of `size` bytes together.
    """

    seconds: float = SECONDS_A_DOCUMENT
    ocr_seconds: float = SECONDS_WITH_OCR
    memory: int = MEMORY
    documents: int = MAX_DOCUMENTS_IN_A_FILE
    size: int = MAX_BYTES_IN_A_FILE

    def seconds_for(self, ocr: bool) -> float:
        """How long a document may take, of a source with or without OCR."""
        return self.ocr_seconds if ocr else self.seconds
