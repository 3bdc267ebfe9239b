"""How large a document may be."""

from __future__ import annotations

# The longest note seen is under 1 MB; a page of 25 MB takes the HTML parser about 1 GB of memory.
MAX_BYTES = 25 * 1024 * 1024
# A locators.csv of 2,000 notes is under 0.5 MB.
MAX_LIST_BYTES = 8 * 1024 * 1024
# More faults of one locators.csv would hide those of the other files.
FAULTS_TOLD = 100


def too_large(size: int) -> str:
    """The reason for which a document of `size` bytes is not read."""
    return (
        f"it is {size / 1024 / 1024:.1f} MB, and documents over {MAX_BYTES // 1024 // 1024} MB "
        "are not read; split it, or save it without its pictures"
    )
