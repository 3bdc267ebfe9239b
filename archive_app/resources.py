"""Folders that travel with the program: the templates, and the sample for the demonstration."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_IN_CHECKOUT = {
    "templates": _PACKAGE.parent / "templates",
    "sample": _PACKAGE.parent / "tests" / "corpus" / "sample",
}


def bundled_folder(name: str) -> Path:
    """The folder `templates` or `sample`, in the installed package or else in the checkout.

    Raises FileNotFoundError where the installation lacks it.
    """
    for folder in (_PACKAGE / name, _IN_CHECKOUT.get(name)):
        if folder is not None and folder.is_dir():
            return folder
    raise FileNotFoundError(
        f"This installation lacks its folder {name!r}: reinstall technical-notes-archive."
    )
