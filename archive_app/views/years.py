"""The years, and the notes of each."""

from __future__ import annotations

import re

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from archive_app.reading import reading_archive
from archive_app.year_page import YearPage

_YEAR = re.compile(r"[0-9]{4}", re.ASCII)

blueprint = Blueprint("years", __name__, url_prefix="/years")


@blueprint.get("")
def years() -> str:
    """Every year that has notes."""
    return render_template("years/years.html", facets=reading_archive().facets())


@blueprint.get("/<year>")
def year(year: str) -> ResponseReturnValue:
    """The notes of one year in the order of their numbers."""
    archive = reading_archive()
    if not _YEAR.fullmatch(year):
        abort(404)
    if int(year) not in archive.contents.years:
        return render_template("years/absent.html", year=year), 404
    return render_template("years/year.html", page=YearPage.of(int(year), archive))
