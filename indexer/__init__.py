"""Ingest technical notes, extract their metadata and text, and publish a search index."""
