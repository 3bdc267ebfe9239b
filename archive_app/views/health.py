"""Whether the archive is being served, for machines that watch it."""

from __future__ import annotations

import datetime

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from archive_app.reading import reading_archive
from indexer.domain.errors import GenerationError

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def health() -> ResponseReturnValue:
    """The generation, its age in whole seconds and its notes; 503 where there is no archive."""
    try:
        archive = reading_archive()
    except GenerationError:
        return jsonify(status="no archive"), 503
    age = datetime.datetime.now(datetime.UTC) - archive.contents.built_at
    return jsonify(
        status="ok",
        generation=archive.generation,
        age_seconds=max(0, int(age.total_seconds())),
        notes=archive.contents.notes,
    )
