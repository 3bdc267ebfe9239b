"""Brackets and signs in a query: where they can be meant, and else as words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeAlias

from indexer.search_index.question.tokens import Token
from indexer.search_index.question.tree import AllOf, AnyOf, Part, Without

# Brackets within more brackets than these are punctuation.
_DEEPEST = 8


class Item(NamedTuple):
    """A part of the query, and whether it may do without it."""

    part: Part
    unneeded: bool = False


class _Group(NamedTuple):
    """What stands in brackets."""

    items: tuple[Item | _Group, ...]


class Sign(NamedTuple):
    """AND, OR or NOT as it stands between two others, and the word that it is otherwise."""

    sign: str
    word: Item


Piece: TypeAlias = Item | Sign | _Group
Reading: TypeAlias = Callable[[int, Token], Iterable[Item | Sign]]


def parse(tokens: Sequence[Token], read: Reading, *, bars: bool) -> list[Item]:
    """What a query asks for, side by side; `read` gives what a token stands for, and its number.

    `bars` says whether a minus or NOT can be meant at all.
    """
    open_groups: list[tuple[bool, list[Piece]]] = [(False, [])]
    ignored = 0
    for number, token in enumerate(tokens):
        pieces = open_groups[-1][1]
        barred = bars and token.barred
        if token.text == "(" and token.bracket:
            if len(open_groups) > _DEEPEST:
                ignored += 1
            else:
                open_groups.append((barred, []))
        elif token.bracket and ignored:
            ignored -= 1
        elif token.bracket and len(open_groups) > 1:
            was_barred, inside = open_groups.pop()
            group = _Group(tuple(_resolved(inside, bars=bars)))
            if group.items:
                open_groups[-1][1].append(_barring(group) if was_barred else group)
        elif not token.bracket:
            read_as = read(number, token)
            pieces += map(_barring, read_as) if barred else read_as
    # What was never closed is no bracket.
    pieces = [piece for _, inside in open_groups for piece in inside]
    return _side_by_side(_resolved(pieces, bars=bars))


def _barring(piece: Piece) -> Piece:
    """A piece barred, but for words that nearly every note has."""
    if isinstance(piece, Sign) or all(item.unneeded for item in _side_by_side([piece])):
        return piece
    return Item(Without(_part(piece)))


def _part(piece: Item | _Group) -> Part:
    if isinstance(piece, Item):
        return piece.part
    items = _side_by_side(piece.items)
    parts = tuple(item.part for item in items if not item.unneeded)
    parts = parts or tuple(item.part for item in items)
    return parts[0] if len(parts) == 1 else AllOf(parts)


def _side_by_side(pieces: Iterable[Item | _Group]) -> list[Item]:
    """The pieces without brackets, which mean nothing where nothing but spaces is around them."""
    items: list[Item] = []
    for piece in pieces:
        items += [piece] if isinstance(piece, Item) else _side_by_side(piece.items)
    return items


def _resolved(pieces: Sequence[Piece], *, bars: bool) -> list[Item | _Group]:
    """The pieces with every sign taken in or read as a word."""
    done: list[Item | _Group] = []
    sign = ""
    for at, piece in enumerate(pieces):
        if not isinstance(piece, Sign):
            done.append(_signed(done, sign, piece))
            sign = ""
            continue
        before = done[-1] if done and not sign else None
        after = pieces[at + 1] if at + 1 < len(pieces) else None
        after_not = pieces[at + 2] if at + 2 < len(pieces) else None
        if piece.sign == "OR" and _meant(before) and _meant(after):
            sign = "OR"
        elif piece.sign == "NOT" and bars and (sign or _meant(before)) and _meant(after):
            sign = "NOT"
        elif (
            piece.sign == "AND"
            and _meant(before)
            and (_meant(after) or (bars and _is_not(after) and _meant(after_not)))
        ):
            sign = "AND"
        else:
            done.append(piece.word)
    return done


def _signed(done: list[Item | _Group], sign: str, piece: Item | _Group) -> Item | _Group:
    """A piece with the sign before it; OR takes what was done last along."""
    if sign == "NOT":
        return Item(Without(_part(piece)))
    if sign != "OR":
        return piece
    before = _part(done.pop())
    earlier = before.parts if isinstance(before, AnyOf) else (before,)
    return Item(AnyOf((*earlier, _part(piece))))


def _meant(piece: Piece | None) -> bool:
    """Whether a sign can be meant beside a piece."""
    if piece is None or isinstance(piece, Sign):
        return False
    if isinstance(piece, _Group):
        return any(not item.unneeded for item in _side_by_side([piece]))
    return not piece.unneeded and not isinstance(piece.part, Without)


def _is_not(piece: Piece | None) -> bool:
    return isinstance(piece, Sign) and piece.sign == "NOT"
