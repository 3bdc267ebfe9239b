"""The front end of the archive: the only home of Flask."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path

from flask import Flask, g, url_for

from archive_app import wording
from archive_app.access import guard
from archive_app.errors import register_errors
from archive_app.reading import reading_archive
from archive_app.resources import bundled_folder
from archive_app.search_request import search_address
from archive_app.settings import Settings
from archive_app.views import BLUEPRINTS
from indexer.domain.errors import GenerationError
from indexer.domain.publication import Clearance
from indexer.domain.search import Contents, SearchRequest, Sort
from indexer.search_index import LiveArchive

__all__ = ["Settings", "create_app"]

_STATIC = Path(__file__).parent / "static"


def create_app(settings: Settings) -> Flask:
    """The front end over the archive in `settings.folder`, which may come into being later."""
    app = Flask(__name__, template_folder=str(bundled_folder("templates")))
    app.extensions["live_archive"] = LiveArchive(settings.folder, settings.clearance)
    app.jinja_options = {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True}
    app.url_map.strict_slashes = False
    # Their redirects would name the host as the request does.
    app.url_map.merge_slashes = False
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = datetime.timedelta(days=30)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    guard(app, settings.clearance)
    register_errors(app)
    _teach_templates(app, settings)
    return app


def _teach_templates(app: Flask, settings: Settings) -> None:
    """Give templates the archive's wording, its addresses and what every page says."""
    for words in (
        wording.counted,
        wording.joined,
        wording.long_date,
        wording.long_moment,
        wording.shortened,
        wording.shortened_spans,
        wording.spelt,
        wording.thousands,
    ):
        app.add_template_filter(words)
    marks = {name: _fingerprint(name) for name in ("archive.css", "archive.js")}
    app.jinja_env.globals.update(
        ABSENT=wording.ABSENT,
        archive_address=(settings.address or "").rstrip("/"),
        members=settings.clearance is Clearance.MEMBER,
        search_for=_search_for,
        asset=lambda name: url_for("static", filename=name, v=marks[name]),
    )

    @app.context_processor
    def every_page() -> dict[str, object]:
        contents = _contents()
        age = datetime.datetime.now(datetime.UTC) - contents.built_at if contents else None
        return {"contents": contents, "old": age is not None and age > settings.stale_after}


def _contents() -> Contents | None:
    """What the archive holds, or None where the page says that there is none."""
    if g.get("without_archive"):
        return None
    try:
        return reading_archive().contents
    except GenerationError:
        return None


def _search_for(
    query: str = "",
    *,
    officer: str | None = None,
    subject: str | None = None,
    year: int | None = None,
    newest: bool = False,
) -> str:
    """The address of a search with at most one value of each facet."""
    return search_address(
        SearchRequest(
            query=query,
            officers=frozenset([officer] if officer else []),
            subjects=frozenset([subject] if subject else []),
            years=frozenset([year] if year else []),
            sort=Sort.NEWEST if newest else Sort.RELEVANCE,
        )
    )


def _fingerprint(name: str) -> str:
    """A mark that changes with a file, so that browsers may keep it for long."""
    return hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
