"""Operators that only set how a page is drawn from there on: line width, colours, letter spacing.

Each changes the state by the operands of its operator; names in these stand in the resources.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from pypdf.generic import DictionaryObject

from indexer.readers.pdf.colours import colour_of, first_colour, space_of
from indexer.readers.pdf.state import State

Setting: TypeAlias = Callable[[State, DictionaryObject, list[Any]], None]


def _line_width(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.line_width = float(operands[0])


# Colours


def _fill_space(state: State, resources: DictionaryObject, operands: list[Any]) -> None:
    state.fill_space = space_of(operands[0], resources)
    state.fill = first_colour(state.fill_space)


def _stroke_space(state: State, resources: DictionaryObject, operands: list[Any]) -> None:
    state.stroke_space = space_of(operands[0], resources)
    state.stroke = first_colour(state.stroke_space)


def _fill(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.fill = colour_of(operands, state.fill_space)


def _stroke(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.stroke = colour_of(operands, state.stroke_space)


def _plain_fill(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.fill_space = "plain"
    state.fill = colour_of(operands, "plain")


def _plain_stroke(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.stroke_space = "plain"
    state.stroke = colour_of(operands, "plain")


# Text


def _char_space(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.char_space = float(operands[0])


def _word_space(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.word_space = float(operands[0])


def _stretch(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.stretch = float(operands[0]) / 100


def _leading(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.leading = float(operands[0])


def _rise(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.rise = float(operands[0])


def _mode(state: State, _: DictionaryObject, operands: list[Any]) -> None:
    state.mode = int(operands[0])


SETTINGS: dict[bytes, Setting] = {
    b"w": _line_width,
    b"cs": _fill_space, b"sc": _fill, b"scn": _fill,
    b"CS": _stroke_space, b"SC": _stroke, b"SCN": _stroke,
    b"g": _plain_fill, b"rg": _plain_fill, b"k": _plain_fill,
    b"G": _plain_stroke, b"RG": _plain_stroke, b"K": _plain_stroke,
    b"Tc": _char_space, b"Tw": _word_space, b"Tz": _stretch,
    b"TL": _leading, b"Ts": _rise, b"Tr": _mode,
}  # fmt: skip
