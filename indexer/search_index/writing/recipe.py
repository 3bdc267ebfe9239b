"""What documents are made with: segments made in another way are not shared."""

from __future__ import annotations

import Stemmer

from indexer.search_index.weights import TEXT_WEIGHTS

# Raised whenever the same note would give another document: analysis, fields, stored records.
_VERSION = 7
RECIPE = f"{_VERSION}; Snowball {Stemmer.version()}; " + ", ".join(
    f"{name} {weight}" for name, weight in TEXT_WEIGHTS.items()
)
