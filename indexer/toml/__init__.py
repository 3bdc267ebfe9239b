"""TOML files that people write: read key by key, every mistake told with its line and remedy."""

from indexer.toml.reading import read_table
from indexer.toml.table import Mistakes, Table

__all__ = ["Mistakes", "Table", "read_table"]
