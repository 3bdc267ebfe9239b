"""What browsers and caches may do with an answer, and which requests are turned away unread."""

from __future__ import annotations

import ipaddress
from urllib.parse import unquote_to_bytes, urlsplit

from flask import Flask, Response, request
from werkzeug.exceptions import BadRequest, NotFound

from indexer.domain.publication import Clearance

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def guard(app: Flask, clearance: Clearance) -> None:
    """Turn away what cannot be read, and set the headers of every answer of `app`.

    A member's answers never stay in a cache, and are given only under a loopback name: a page
    elsewhere whose name is made to point here cannot read them.
    """
    members = clearance is Clearance.MEMBER
    if members:
        app.before_request(refuse_strange_name)

    @app.after_request
    def set_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        if members:
            response.headers["Cache-Control"] = "private, no-store"
        elif request.endpoint != "static" or response.status_code >= 400:
            response.headers["Cache-Control"] = "no-cache"
        return response

    app.before_request(refuse_unreadable_address)
    app.before_request(refuse_doubled_slash)


def is_loopback(host: str) -> bool:
    """Whether `host` is a name or address that only this machine can reach."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def refuse_strange_name() -> None:
    """Answer 400 to a request for the members' archive under any name but a loopback one."""
    try:
        name = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        name = ""
    if not is_loopback(name):
        raise BadRequest("The members’ archive is read on its own machine, as localhost.")


def refuse_unreadable_address() -> None:
    """Answer 400 to an address whose bytes are not text, or that holds a NUL.

    Left alone, undecodable bytes would be searched for as if a person had typed their escapes.
    """
    query: bytes = request.environ.get("QUERY_STRING", "").encode("latin-1")
    path: bytes = request.environ.get("PATH_INFO", "").encode("latin-1")
    for address in (unquote_to_bytes(query), path):
        try:
            text = address.decode()
        except UnicodeDecodeError:
            raise BadRequest("The address holds bytes that are not text.") from None
        if "\0" in text:
            raise BadRequest("The address holds a character that no note can hold.")


def refuse_doubled_slash() -> None:
    """Answer 404 to an address that begins with two slashes: each page has one address."""
    if request.environ.get("PATH_INFO", "").startswith("//"):
        raise NotFound
