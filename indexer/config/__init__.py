"""technotes.toml as a frozen record, every mistake in it reported at once."""

from indexer.config.labels import LABELS
from indexer.config.loading import (
    CONFIG_NAME,
    CONFIG_VARIABLE,
    Config,
    Source,
    check_places,
    config_path,
    example_text,
    load_config,
)
from indexer.config.places import GENERATIONS

__all__ = [
    "CONFIG_NAME",
    "CONFIG_VARIABLE",
    "GENERATIONS",
    "LABELS",
    "Config",
    "Source",
    "check_places",
    "config_path",
    "example_text",
    "load_config",
]
