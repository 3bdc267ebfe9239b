"""Documents that another program hands over, one JSON object a line."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from indexer.domain.report import Rejection
from indexer.domain.source import SourceDocument
from indexer.sources.limits import MAX_BYTES, too_large
from indexer.sources.media_types import settle_media_type

# Room for the largest document in base64, or in JSON with most of its letters escaped.
_MAX_LINE = 3 * MAX_BYTES


class _Unusable(ValueError):
    """Why a line is no document."""


def documents_of_lines(stream: BinaryIO) -> Iterator[SourceDocument | Rejection]:
    """The document of each line `{locator, media_type, content}` of `stream`, blank lines left out.

    `content_base64` may stand in place of `content`, for bytes. A media type left out is settled by
    the locator and the content. A line that cannot be used is a rejection in its place, with an
    empty locator where it states none.
    """
    for number, line in enumerate(_lines(stream), start=1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _document(line, number)


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of `stream`; of one that is over-long, no more than shows it to be."""
    while line := stream.readline(_MAX_LINE):
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(_MAX_LINE)
        yield line


def _document(line: bytes, number: int) -> SourceDocument | Rejection:
    locator = ""
    try:
        record = _record(line)
        locator = _locator(record)
        content, is_text = _content(record)
        media_type = _text(record, "media_type") or settle_media_type(locator, content, locator)
    except _Unusable as unusable:
        return Rejection(locator, f"line {number} cannot be used: {unusable}")
    if isinstance(media_type, Rejection):
        return media_type
    return SourceDocument(locator, _in_utf8(media_type) if is_text else media_type, content)


def _record(line: bytes) -> dict[str, Any]:
    if len(line) >= _MAX_LINE:
        raise _Unusable(f"it is over {_MAX_LINE // 1024 // 1024} MB long")
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise _Unusable("it is not in UTF-8") from None
    except RecursionError:
        raise _Unusable("it is nested too deeply") from None
    except ValueError as error:
        raise _Unusable(f"it is not JSON ({error})") from None
    if not isinstance(record, dict):
        raise _Unusable("it is not a JSON object")
    return record


def _locator(record: dict[str, Any]) -> str:
    if locator := _text(record, "locator"):
        return locator
    raise _Unusable('it has no "locator"')


def _text(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise _Unusable(f'its "{key}" is not text')
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _Unusable(f'its "{key}" holds half of a surrogate pair') from None
    return value


def _content(record: dict[str, Any]) -> tuple[bytes, bool]:
    """The bytes of the document, and whether they were given as text."""
    text, encoded = _text(record, "content"), _text(record, "content_base64")
    if (text is None) == (encoded is None):
        raise _Unusable('it needs either "content" or "content_base64"')
    if text is not None:
        content = text.encode()
    else:
        try:
            content = base64.b64decode("".join((encoded or "").split()), validate=True)
        except (binascii.Error, ValueError):
            raise _Unusable('its "content_base64" is not base64') from None
    if len(content) > MAX_BYTES:
        raise _Unusable(too_large(len(content)))
    return content, text is not None


def _in_utf8(media_type: str) -> str:
    """`media_type` with the encoding that the content now has, whatever the page declares."""
    kept = [
        part.strip()
        for part in media_type.split(";")
        if not part.strip().lower().startswith("charset")
    ]
    return "; ".join([*kept, "charset=utf-8"])
