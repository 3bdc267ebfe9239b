"""How large a document may be, and how much may come out of one."""

from __future__ import annotations

# The longest note seen is under 1 MB; a page of 25 MB takes the HTML parser about 1 GB of memory.
MAX_BYTES = 25 * 1024 * 1024
# A year of scanned notes in one zip; it is never read as one document, and unpacked one by one.
MAX_ZIP_BYTES = 4 * MAX_BYTES
# A locators.csv of 2,000 notes is under 0.5 MB.
MAX_LIST_BYTES = 8 * 1024 * 1024
# More faults of one locators.csv would hide those of the other files.
FAULTS_TOLD = 100

# How many zips and e-mails may lie one in the other: a zip of e-mails with zips attached is three.
MAX_DEPTH = 3
# A council issues some 200 notes a year; all of twenty years in one zip are under this.
MAX_ENTRIES = 5_000
# The list of entries is read whole, some 0.5 kB of memory each. A zip in a zip counts its own too.
MAX_LISTED = 50_000
# All that comes out of one zip or Outlook message; one zip is at most a hundred megabytes.
MAX_UNPACKED = 10 * MAX_BYTES
# Pages and letters shrink to a tenth or a thirtieth, blank scans to a hundredth.
MAX_RATIO = 200
# What is smaller than this is no bomb, whatever it shrank to.
RATIO_COUNTS_FROM = 1024 * 1024
# Longer than any path that Windows or a web address allows.
MAX_NAME = 400  # characters
# Parts within parts of an e-mail; a forwarded letter with pictures and signature has five.
MAX_PARTS_WITHIN = 50


def too_large(size: int) -> str:
    """The reason for which a document of `size` bytes is not read."""
    return (
        f"it is {size / 1024 / 1024:.1f} MB, and documents over {MAX_BYTES // 1024 // 1024} MB "
        "are not read; split it, or save it without its pictures"
    )


def zip_too_large(size: int) -> str:
    """The reason for which a zip of `size` bytes is not opened."""
    return (
        f"it is {size / 1024 / 1024:.1f} MB, and zips over {MAX_ZIP_BYTES // 1024 // 1024} MB are "
        "not opened; make several of it"
    )
