"""The list of subject headings."""

from __future__ import annotations

from flask import Blueprint, render_template

from archive_app.reading import reading_archive
from archive_app.wording import folded

blueprint = Blueprint("subjects", __name__)


@blueprint.get("/subjects")
def subjects() -> str:
    """Every subject heading in use, from A to Z."""
    found = reading_archive().facets().subject
    return render_template(
        "subjects/subjects.html", subjects=sorted(found, key=lambda v: folded(v.label))
    )
