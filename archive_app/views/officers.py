"""The list of officers."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive_app.reading import reading_archive
from archive_app.wording import by_surname

blueprint = Blueprint("officers", __name__)


@blueprint.get("/officers")
def officers() -> str:
    """Everyone who signed or is responsible for a note, by last name."""
    found = reading_archive().facets().officer
    return render_template(
        "officers/officers.html", officers=sorted(found, key=lambda v: by_surname(v.label))
    )
