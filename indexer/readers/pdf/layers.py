"""The layers of a PDF (optional content) that are switched off when it is opened."""

from __future__ import annotations

from typing import Any

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject


class Layers:
    """Which optional content groups are off."""

    def __init__(self, catalogue: DictionaryObject | None = None) -> None:
        self._off: set[int] = set()
        properties = _dictionary((catalogue or DictionaryObject()).get("/OCProperties"))
        settings = _dictionary(properties.get("/D"))
        if settings.get("/BaseState") == "/OFF":
            self._off = _numbers(properties.get("/OCGs")) - _numbers(settings.get("/ON"))
        self._off |= _numbers(settings.get("/OFF"))

    def is_off(self, group: Any) -> bool:
        """Whether what belongs to `group`, a group or a set of them, is not shown."""
        if not self._off or group is None:
            return False
        if isinstance(group, IndirectObject) and group.idnum in self._off:
            return True
        members = _dictionary(group)
        if members.get("/Type") != "/OCMD":
            return getattr(members.indirect_reference, "idnum", None) in self._off
        groups = members.raw_get("/OCGs") if "/OCGs" in members else None
        numbers = _numbers(groups) or (
            {groups.idnum} if isinstance(groups, IndirectObject) else set()
        )
        off = [number in self._off for number in numbers]
        if not off:
            return False
        policy = members.get("/P", "/AnyOn")
        return {
            "/AllOn": any(off),
            "/AnyOff": not any(off),
            "/AllOff": not all(off),
        }.get(str(policy), all(off))


def _dictionary(found: Any) -> DictionaryObject:
    found = found.get_object() if found is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _numbers(found: Any) -> set[int]:
    """The object numbers of the references in an array."""
    found = found.get_object() if found is not None else None
    if not isinstance(found, ArrayObject):
        return set()
    return {entry.idnum for entry in list.__iter__(found) if isinstance(entry, IndirectObject)}
