"""The front page."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive_app.reading import reading_archive

LATEST = 5

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def home() -> str:
    """The search box, the latest notes, the years and the subject headings."""
    archive = reading_archive()
    return render_template("home/home.html", latest=archive.latest(LATEST), facets=archive.facets())
