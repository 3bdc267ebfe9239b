"""Fields: what stands in a document for a date, a page number or a choice, and what is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.word.package import W
from indexer.readers.word.styles import is_on, value_of

_LINK = re.compile(r'\s*HYPERLINK\s+"([^"]+)"')
_LONGEST_CODE = 4_000  # characters
_DEEPEST = 50  # fields in one another
TICKED, OPEN = "☒", "☐"


@dataclass(slots=True)
class _Field:
    form: etree._Element | None
    code: str = ""
    shows: bool = False  # past the mark that parts a field's code from what it prints


@dataclass(slots=True)
class Fields:
    """Follows the marks where fields begin, part and end, through the runs of a story."""

    _open: list[_Field] = field(default_factory=list)

    @property
    def address(self) -> str | None:
        """The address that the field around the present words leads to, or None."""
        for each in reversed(self._open):
            if found := _LINK.match(each.code):
                return found[1]
        return None

    def text(self, name: str, piece: etree._Element, text: str) -> str:
        """What is printed of a `piece` of a run that is called `name` and says `text`."""
        if name == "fldChar":
            return self._mark(piece)
        if name == "instrText" and self._open:
            self._open[-1].code = (self._open[-1].code + (piece.text or ""))[:_LONGEST_CODE]
            return ""
        return text if all(each.shows for each in self._open) else ""

    def _mark(self, mark: etree._Element) -> str:
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin" and len(self._open) < _DEEPEST:
            self._open.append(_Field(mark.find(f"{W}ffData")))
        elif kind == "separate" and self._open:
            self._open[-1].shows = True
        elif kind == "end" and self._open:
            ended = self._open.pop()
            if ended.form is not None and all(each.shows for each in self._open):
                return _chosen_in(ended.form)
        return ""


def _chosen_in(form: etree._Element) -> str:
    """What a form's tick box or list of choices shows."""
    box, choices = form.find(f"{W}checkBox"), form.find(f"{W}ddList")
    if box is not None:
        state = box.find(f"{W}checked")
        state = box.find(f"{W}default") if state is None else state
        return TICKED if state is not None and is_on(state.get(f"{W}val")) else OPEN
    if choices is not None:
        entries = [str(each.get(f"{W}val", "")) for each in choices.iterchildren(f"{W}listEntry")]
        chosen = value_of(choices, "result") or value_of(choices, "default") or "0"
        place = int(chosen) if chosen.isdecimal() and len(chosen) < 6 else 0
        return entries[place] if place < len(entries) else ""
    return ""
