"""Results of a search."""

from __future__ import annotations

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from archive_app.reading import reading_archive
from archive_app.search_page import SearchPage
from archive_app.search_request import parse_search
from archive_app.suggested import suggested

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
def results() -> ResponseReturnValue:
    """The notes that a search finds; a query that is a note's number goes to the note."""
    archive = reading_archive()
    parsed = parse_search(request.args, archive.contents)
    result = archive.search(parsed.request)
    if result.opens:
        return redirect(url_for("notes.note", slug=result.opens))
    return render_template("search/results.html", page=SearchPage(parsed, result, archive.contents))


@blueprint.get("/suggest")
def suggest() -> ResponseReturnValue:
    """What may be meant by what is typed so far, for the script of the search box."""
    archive = reading_archive()
    found = archive.suggest(request.args.get("q", ""))
    return jsonify(suggestions=[suggested(each, archive.contents.series) for each in found])
