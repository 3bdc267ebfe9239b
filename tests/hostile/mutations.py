"""Damaged documents: cut short, bits flipped, pieces moved; the same ones for the same seed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from random import Random

from tests.hostile.parts import rewritten

SEED = 20261125
_MOST_FLIPPED = 32


def mutated(files: Sequence[tuple[str, bytes]], count: int) -> Iterator[tuple[str, bytes]]:
    """So many damaged documents by name, each file in turn, each damaged in some way."""
    for number in range(count):
        name, content = files[number % len(files)]
        random = Random(SEED * 1_000_003 + number)
        yield f"mutated-{number}-{name}", damaged(content, random)


def damaged(content: bytes, random: Random) -> bytes:
    """The content after one kind of damage; that of a zip mostly lies inside an entry."""
    if content.startswith(b"PK\x03\x04") and random.random() < 0.7:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            name = random.choice(archive.namelist())
            inner = archive.read(name)
        return rewritten(content, {name: damaged(inner, random)})
    return random.choice(_KINDS)(content, random)


def _cut_short(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _bits_flipped(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, _MOST_FLIPPED)):
        if changed:
            changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _piece_lost(content: bytes, random: Random) -> bytes:
    begin, end = _piece(content, random)
    return content[:begin] + content[end:]


def _piece_repeated(content: bytes, random: Random) -> bytes:
    begin, end = _piece(content, random)
    return content[:end] + content[begin:end] * random.randint(1, 3) + content[end:]


def _piece_blanked(content: bytes, random: Random) -> bytes:
    begin, end = _piece(content, random)
    return content[:begin] + bytes([random.choice((0, 32, 255))]) * (end - begin) + content[end:]


def _piece_moved(content: bytes, random: Random) -> bytes:
    begin, end = _piece(content, random)
    rest = content[:begin] + content[end:]
    to = random.randrange(len(rest) + 1)
    return rest[:to] + content[begin:end] + rest[to:]


def _noise_added(content: bytes, random: Random) -> bytes:
    to = random.randrange(len(content) + 1)
    return content[:to] + random.randbytes(random.randint(1, 64)) + content[to:]


def _number_changed(content: bytes, random: Random) -> bytes:
    """Some digits become others: lengths, offsets and counts that no longer hold."""
    changed = bytearray(content)
    digits = [at for at, byte in enumerate(changed) if 48 <= byte <= 57]
    for at in random.sample(digits, min(len(digits), random.randint(1, 8))):
        changed[at] = random.randint(48, 57)
    return bytes(changed)


def _piece(content: bytes, random: Random) -> tuple[int, int]:
    begin = random.randrange(len(content) + 1)
    return begin, min(len(content), begin + random.randint(1, max(1, len(content) // 4)))


_KINDS: tuple[Callable[[bytes, Random], bytes], ...] = (
    _cut_short,
    _bits_flipped,
    _piece_lost,
    _piece_repeated,
    _piece_blanked,
    _piece_moved,
    _noise_added,
    _number_changed,
)
