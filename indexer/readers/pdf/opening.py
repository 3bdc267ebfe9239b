"""Opens a PDF: what pypdf may spend on it, passwords, and its pages."""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from pypdf import PageObject, PasswordType, PdfReader, PdfWriter, apply_configuration
from pypdf.errors import (
    DependencyError,
    DeprecationError,
    FileNotDecryptedError,
    LimitReachedError,
    PyPdfError,
)

from indexer.domain.errors import Unreadable

MOST_PAGES = 2_000
MOST_BYTES_OF_A_STREAM = 40_000_000  # decompressed
MOST_DECODING_OF_A_STREAM = 100_000_000
MOST_TOKENS_OF_A_STREAM = 2_000_000
MOST_PAGES_OF_A_TREE = 20_000

# What pypdf raises on a damaged file, beside its own errors.
BROKEN = (
    PyPdfError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError,
    AssertionError, RecursionError, OSError, NotImplementedError, DependencyError,
    DeprecationError,
)  # fmt: skip

_LOCKED = (
    "encrypted, not read: it opens with a password only; save it without one and put that copy here"
)
_NO_AES = (
    "encrypted, not read: the package cryptography is missing; install it, or save the document "
    "without encryption"
)
_NO_PDF = "the file is not a whole PDF: {}; ask for another copy, or print it to PDF again"


@contextmanager
def quiet_pypdf() -> Iterator[None]:
    """pypdf within its limits and without a word on the console."""
    log = logging.getLogger("pypdf")
    level = log.level
    log.setLevel(logging.CRITICAL + 1)
    try:
        with (
            warnings.catch_warnings(),
            apply_configuration(
                maximum_declared_stream_length=MOST_BYTES_OF_A_STREAM,
                array_based_stream_maximum_output_length=MOST_BYTES_OF_A_STREAM,
                zlib_maximum_output_length=MOST_BYTES_OF_A_STREAM,
                lzw_maximum_output_length=MOST_BYTES_OF_A_STREAM,
                run_length_maximum_output_length=MOST_BYTES_OF_A_STREAM,
                brotli_maximum_output_length=MOST_BYTES_OF_A_STREAM,
                stream_decoding_work_maximum_length=MOST_DECODING_OF_A_STREAM,
                stream_parsing_work_maximum_count=MOST_TOKENS_OF_A_STREAM,
                page_tree_maximum_entries=MOST_PAGES_OF_A_TREE,
                jbig2dec_binary=None,
            ),
        ):
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(level)


def open_pdf(content: bytes, place: str) -> tuple[PdfReader, list[PageObject]]:
    """The reader of a document and its pages, the first `MOST_PAGES` of them.

    Raises Unreadable where it is encrypted with a password, or no PDF that can be followed.
    """
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise Unreadable(place, _LOCKED)
        pages = [reader.pages[number] for number in range(min(len(reader.pages), MOST_PAGES))]
    except DependencyError as error:
        raise Unreadable(place, _NO_AES) from error
    except FileNotDecryptedError as error:
        raise Unreadable(place, _LOCKED) from error
    except LimitReachedError as error:
        raise Unreadable(place, f"the PDF is larger than this program reads: {error}") from error
    except BROKEN as error:
        raise Unreadable(place, _NO_PDF.format(_said(error))) from error
    if not pages:
        raise Unreadable(place, _NO_PDF.format("it has no pages"))
    return reader, pages


def unlocked(content: bytes, place: str) -> bytes:
    """The document without its encryption, for programs that do not open what is encrypted."""
    reader, _ = open_pdf(content, place)
    if not reader.is_encrypted:
        return content
    file = io.BytesIO()
    try:
        PdfWriter(clone_from=reader).write(file)
    except BROKEN as error:
        raise Unreadable(place, _NO_PDF.format(_said(error))) from error
    return file.getvalue()


def _said(error: Exception) -> str:
    """What an error says, or its kind where it says nothing that a person could read."""
    words = " ".join(str(error).split())
    return words[:120].rstrip(".") if isinstance(error, PyPdfError) and words else "it is damaged"
