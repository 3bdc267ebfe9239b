"""How to search."""

from __future__ import annotations

from flask import Blueprint, render_template

blueprint = Blueprint("guide", __name__)


@blueprint.get("/help")
def how_to_search() -> str:
    """What the search understands, and the switch of the one-key shortcut."""
    return render_template("guide/guide.html")
