"""Word documents, and those of other word processors."""

from __future__ import annotations

from indexer.readers.word.docx import read_docx
from indexer.readers.word.office import read_office

__all__ = ["read_docx", "read_office"]
