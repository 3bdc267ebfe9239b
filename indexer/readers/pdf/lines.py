"""Pieces of text to words and printed lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from indexer.readers.numbering import bullet_length, has_printed_number
from indexer.readers.pdf.fonts import UNKNOWN
from indexer.readers.pdf.letters import GAP
from indexer.readers.pdf.marks import Piece

# In font sizes. Where a space was drawn, a narrower gap parts words than where none was.
_SPACED_GAP = 0.06
_SAME_LINE = 0.4
_OVERLAP = 0.6
_SAME_PLACE = 0.4  # of their width: letters drawn again so near are the same, made bold
_LETTER_SPACED_GAP = 1.0
_LEAST_SPACED_LETTERS = 4
_BULLETS = frozenset("•●◦○▪■□▫‣∙·⁃➢➤►▶♦◆❖✓✔–—-*o§\uf0b7\uf0a7\uf076\uf0d8\uf0fc")
_DASHES = frozenset("–—-")


@dataclass(frozen=True, slots=True)
class Word:
    """Letters with no space among them, as printed."""

    text: str
    left: float
    right: float
    size: float
    bold: bool
    symbol: bool = False
    first_shown: int = 0
    last_shown: int = 0


@dataclass(frozen=True)
class Line:
    """The words that stand on one line, from left to right; `base` is the line they stand on.

    `rough` says that a program read them off a picture, so that their sizes are guesses.
    """

    words: tuple[Word, ...]
    base: float
    page: int = 0
    rough: bool = False

    @cached_property
    def left(self) -> float:
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @cached_property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @cached_property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            size = round(word.size * 2) / 2
            sizes[size] = sizes.get(size, 0) + len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @cached_property
    def bold(self) -> bool:
        """Whether all its letters are bold, a bullet or number aside."""
        letters = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(letters) and all(word.bold for word in letters)

    @cached_property
    def has_bullet(self) -> bool:
        """Whether a bullet leads the line."""
        first = self.words[0]
        if len(self.words) < 2 or len(first.text) != 1:
            return False
        is_private = "\ue000" <= first.text <= "\uf8ff"
        if first.text == "o":
            return self.words[1].left - first.right > 0.5 * first.size
        return first.symbol or is_private or first.text in _BULLETS

    @cached_property
    def has_dash(self) -> bool:
        """Whether what leads the line may be a bullet, or a dash of the sentence."""
        return self.words[0].text in _DASHES

    @cached_property
    def is_led(self) -> bool:
        """Whether a bullet or the number of a paragraph leads the line."""
        return len(self.words) > 1 and (self.has_bullet or has_printed_number(self.text))

    @cached_property
    def text_left(self) -> float:
        """Where its text begins, after a bullet or number."""
        return self.words[1].left if self.is_led else self.left

    def between(self, left: float, right: float) -> Line | None:
        """The part of the line whose words have their middle between two places, or None."""
        words = tuple(w for w in self.words if left <= (w.left + w.right) / 2 < right)
        return replace(self, words=words) if words else None


def lines_of(pieces: Iterable[Piece], page: int, *, rough: bool = False) -> list[Line]:
    """The lines of a page from top to bottom, the words of each from left to right."""
    ordered = sorted(pieces, key=lambda piece: (-piece.base, piece.left))
    groups: list[list[Piece]] = []
    base = size = 0.0
    for piece in ordered:
        if groups and abs(base - piece.base) <= _SAME_LINE * max(size, piece.size):
            groups[-1].append(piece)
            if piece.size > size:
                base, size = piece.base, piece.size
        else:
            groups.append([piece])
            base, size = piece.base, piece.size
    lines = [_line(group, page, rough=rough) for group in groups]
    return [line for line in lines if line]


def _line(pieces: list[Piece], page: int, *, rough: bool) -> Line | None:
    pieces = _once(sorted(pieces, key=lambda piece: piece.left))
    words: list[Word] = []
    run: list[Piece] = []
    for piece in pieces:
        if run and not _is_one_word(run[-1], piece):
            words.append(_word(run))
            run = []
        run.append(piece)
    words.append(_word(run))
    words = [word for word in _unspaced(words) if word.text]
    base = max(pieces, key=lambda piece: (piece.size, len(piece.text))).base
    return Line(tuple(words), base, page, rough) if words else None


def _once(pieces: list[Piece]) -> list[Piece]:
    """`pieces` from left to right; one that is drawn a second time in its place is bold."""
    kept: list[Piece] = []
    for piece in pieces:
        twin = next(
            (
                other
                for other in kept[-3:]
                if other.text == piece.text
                and abs(other.left - piece.left) < _SAME_PLACE * (piece.right - piece.left)
                and abs(other.base - piece.base) < 0.2 * piece.size
            ),
            None,
        )
        if twin:
            twin.bold = True
        else:
            kept.append(piece)
    return kept


def _is_one_word(piece: Piece, following: Piece) -> bool:
    size = min(piece.size, following.size)
    gap = following.left - piece.right
    allowed = (_SPACED_GAP if following.spaced else GAP) * size
    if piece.symbol != following.symbol:
        return False
    return -_OVERLAP * size < gap <= allowed + piece.spacing


def _word(run: Sequence[Piece]) -> Word:
    text = "".join(piece.text for piece in run)
    if UNKNOWN in text and 2 * text.count(UNKNOWN) >= len(text):
        text = ""  # what is left of it is no word
    return Word(
        text.replace(UNKNOWN, ""),
        run[0].left,
        max(piece.right for piece in run),
        max(piece.size for piece in run),
        all(piece.bold for piece in run),
        all(piece.symbol for piece in run),
        run[0].shown,
        run[-1].shown,
    )


def _unspaced(words: list[Word]) -> list[Word]:
    """`words` with letters that were spaced out for effect brought together again."""
    joined: list[Word] = []
    run: list[Word] = []
    for word in words:
        near = not run or word.left - run[-1].right < _LETTER_SPACED_GAP * word.size
        if len(word.text) == 1 and word.text.isalnum() and near:
            run.append(word)
            continue
        joined += _brought_together(run)
        run = []
        if len(word.text) == 1 and word.text.isalnum():
            run.append(word)
        else:
            joined.append(word)
    return joined + _brought_together(run)


def _brought_together(run: list[Word]) -> list[Word]:
    letters = sum(word.text.isalpha() for word in run)
    if letters < _LEAST_SPACED_LETTERS or letters < 0.6 * len(run):
        return run
    gaps = [after.left - before.right for before, after in pairwise(run)]
    widest = max(1.8 * sorted(gaps)[len(gaps) // 3], 0.15 * run[0].size)
    together = [run[0]]
    for word, gap in zip(run[1:], gaps, strict=True):
        if gap > widest:
            together.append(word)
        else:
            last = together[-1]
            together[-1] = replace(last, text=last.text + word.text, right=word.right)
    return together


def bullet_of(line: Line) -> int:
    """How many characters of the line's text its bullet takes, 0 where it has none."""
    if line.has_bullet:
        return len(line.words[0].text) + 1
    return bullet_length(line.text)
