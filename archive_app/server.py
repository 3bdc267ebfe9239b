"""Serving the front end with Waitress."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress import create_server

from archive_app.access import is_loopback
from indexer.domain.errors import TechnotesError

LOOPBACK = "127.0.0.1"
# What one machine of a council needs; each figure bounds what a stranger can make it hold.
_LIMITS = {
    "threads": 4,
    "connection_limit": 200,
    "backlog": 128,
    "channel_timeout": 30,
    "cleanup_interval": 10,
    "max_request_header_size": 32 * 1024,
    "max_request_body_size": 64 * 1024,
    "ident": None,
}


class NotLoopback(TechnotesError):
    """The members' archive was to be served where others than this machine can reach it."""


class NoSuchHost(TechnotesError):
    """The archive was to be served under a name or an address that this machine does not have."""


def serve(
    app: Flask,
    host: str = LOOPBACK,
    port: int = 8000,
    *,
    ready: Callable[[str], None] | None = None,
) -> None:
    """Serve `app` until interrupted; `ready` is told the address once it answers there.

    Port 0 takes any free one. Raises NoSuchHost where the machine has no such address, and OSError
    where the port cannot be had.
    """
    server = _server(app, host, port)
    try:
        if ready is not None:
            shown = f"[{host}]" if ":" in host else host
            ready(f"http://{shown}:{_port_of(server)}")
        server.run()
    finally:
        server.close()


def _server(app: Flask, host: str, port: int) -> Any:
    # That a request waits for a thread, if only while the first one starts, is no warning to give.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return create_server(app, host=host, port=port, **_LIMITS)
    except ValueError as error:  # Waitress could not look the name up
        raise NoSuchHost(_no_such(host)) from error
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise NoSuchHost(_no_such(host)) from error
        raise


def _no_such(host: str) -> str:
    return (
        f'Cannot serve on "{host}", which is no name or address of this machine: leave out --host,'
        f" or use {LOOPBACK}."
    )


def _port_of(server: Any) -> int:
    """The port of a server; of the first socket where the host has several addresses."""
    several = getattr(server, "effective_listen", None)
    return int(several[0][1] if several else server.effective_port)


def require_loopback(host: str) -> None:
    """Refuse to serve the members' archive beyond this machine; raises NotLoopback."""
    if not is_loopback(host):
        raise NotLoopback(
            f"The members' archive is served on this machine only, not on {host}: leave out"
            f" --host, or use {LOOPBACK}."
        )
