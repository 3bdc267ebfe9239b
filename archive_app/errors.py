"""From what went wrong to a status and a page; nothing else in the program knows statuses."""

from __future__ import annotations

from flask import Flask, current_app, g, render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from indexer.domain.errors import GenerationError, SearchTooLong

_HEADINGS = {
    400: "This address cannot be read",
    404: "There is no page at this address",
    405: "This page can only be read",
    500: "Something went wrong here",
    503: "This search takes too long",
}


def register_errors(app: Flask) -> None:
    """Give every failure of `app` a page of its own."""
    app.register_error_handler(GenerationError, no_archive)
    app.register_error_handler(SearchTooLong, gave_up)
    app.register_error_handler(HTTPException, refused)


def no_archive(error: GenerationError) -> ResponseReturnValue:
    """503: there is nothing to read yet; the keeper's log says why, the page what to do."""
    current_app.logger.warning("No archive is served: %s", error)
    return render_template("errors/no_archive.html"), 503, {"Retry-After": "120"}


def gave_up(error: SearchTooLong) -> ResponseReturnValue:
    """503: the archive answers, but not this search; the page says what to ask instead."""
    page = render_template(
        "errors/error.html", status=503, heading=_HEADINGS[503], reason=f"{error}."
    )
    return page, 503


def refused(error: HTTPException) -> ResponseReturnValue:
    """The page for an HTTP error, with its own status and headers."""
    status = error.code or 500
    g.without_archive = status >= 500  # what failed may be the archive itself
    heading = _HEADINGS.get(status, "This cannot be done")
    headers = [(n, v) for n, v in error.get_headers() if n.lower() != "content-type"]
    page = render_template(
        "errors/error.html", status=status, heading=heading, reason=error.description
    )
    return page, status, headers
