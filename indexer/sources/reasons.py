"""Why a file is not read, in words for the morning's report."""

from __future__ import annotations

LEADS_OUT = "it is a link that leads out of the folder, and is not followed"
LEADS_NOWHERE = "it is a link that leads nowhere"
NO_FILE = "it is not a file but a device, a pipe or a socket"


def why(error: OSError, what: str = "it") -> str:
    """The reason that the operating system gives for not reading `what`."""
    if isinstance(error, PermissionError):
        return f"this user may not read {what}; give the user of the nightly run permission"
    if isinstance(error, FileNotFoundError):
        return f"{what} was removed while the folder was read"
    return f"{what} cannot be read ({error.strerror})"
