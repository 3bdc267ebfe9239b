"""One blueprint for each noun of the archive."""

from archive_app.views import guide, health, home, notes, officers, search, subjects, years

BLUEPRINTS = (
    home.blueprint,
    search.blueprint,
    notes.blueprint,
    years.blueprint,
    officers.blueprint,
    subjects.blueprint,
    guide.blueprint,
    health.blueprint,
)
