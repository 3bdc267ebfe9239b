"""The page of one note."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from archive_app.note_page import AbsentPage, NotePage, reference_in_address
from archive_app.reading import reading_archive

blueprint = Blueprint("notes", __name__)


@blueprint.get("/notes")
def notes() -> ResponseReturnValue:
    """All notes, newest first, for those who shorten an address."""
    return redirect(url_for("search.results", sort="newest"))


@blueprint.get("/notes/<slug>")
def note(slug: str) -> ResponseReturnValue:
    """One note, at one address whatever way its number is spelt."""
    archive = reading_archive()
    try:
        reference = reference_in_address(slug, archive.contents.series)
    except ValueError:
        abort(404)
    if reference.slug != slug:
        return redirect(url_for(".note", slug=reference.slug), 301)
    held = archive.note(reference)
    if held is None:
        return render_template("notes/absent.html", page=AbsentPage.of(reference, archive)), 404
    return render_template("notes/note.html", page=NotePage.of(held, archive))
