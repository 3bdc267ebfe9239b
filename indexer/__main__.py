"""`python -m indexer`: the nightly machine's commands, without the web front end."""

from indexer.cli import commands

commands(prog_name="python -m indexer")
