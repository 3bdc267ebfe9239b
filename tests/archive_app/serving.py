"""The real command, serving an archive in a process of its own."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TECHNOTES = (sys.executable, "-c", "from archive_app.cli import main; main()")


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of the archive in `folder`, for the length of a block."""
    command = (*TECHNOTES, "serve", "--data", str(folder), "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            address = re.search(r"http://\S+", line)
            assert address, f"the server did not say where it is: {line!r}"
            yield address[0]
        finally:
            server.terminate()
