"""Documents to what each states of its note, by processes that a bad document cannot take along.

`outcome_of` in `outcome.py` is the same for one document, without any of the limits; it is not
named here because it loads the readers.
"""

from indexer.ingest.cover_sheets import under_cover
from indexer.ingest.ingesting import ingest
from indexer.ingest.limits import Limits
from indexer.ingest.reasons import blame
from indexer.ingest.tasks import File, Ingested, Input

__all__ = ["File", "Ingested", "Input", "Limits", "blame", "ingest", "under_cover"]
