"""Suggestions as the script of the search box reads them."""

from __future__ import annotations

from flask import url_for

from archive_app.search_request import search_address
from archive_app.wording import counted, shortened
from indexer.domain.reference import NoteReference, Series
from indexer.domain.search import SearchRequest, Suggestion, SuggestionKind

# A title that is longer fills the list on a phone.
_TITLE_CHARACTERS = 120


def suggested(suggestion: Suggestion, series: Series) -> dict[str, str]:
    """A suggestion as its words, what is said of it, and the address that it leads to."""
    kind, value, text, notes = suggestion
    match kind:
        case SuggestionKind.NOTE:
            detail = f"{series.prefix} {NoteReference.from_slug(value)}".strip()
            address = url_for("notes.note", slug=value)
        case SuggestionKind.OFFICER:
            detail = f"Officer, {counted(notes, 'note')}"
            address = search_address(SearchRequest(officers=frozenset([value])))
        case SuggestionKind.SUBJECT:
            detail = f"Subject heading, {counted(notes, 'note')}"
            address = search_address(SearchRequest(subjects=frozenset([value])))
        case SuggestionKind.WORDS:
            detail = "Search for these words"
            address = search_address(SearchRequest(query=value))
    text = shortened(text, _TITLE_CHARACTERS)
    return {"kind": kind.value, "text": text, "detail": detail, "address": address}
