"""technotes.toml as a frozen record, every mistake in it reported at once."""

from indexer.config.loading import (
    CONFIG_NAME,
    CONFIG_VARIABLE,
    LABELS,
    Config,
    Source,
    config_path,
    example_text,
    load_config,
)

__all__ = [
    "CONFIG_NAME",
    "CONFIG_VARIABLE",
    "LABELS",
    "Config",
    "Source",
    "config_path",
    "example_text",
    "load_config",
]
