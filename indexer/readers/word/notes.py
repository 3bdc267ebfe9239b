"""Footnotes and endnotes, each with the mark that stands in the text and before the note."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from indexer.readers.word.numbers import formatted
from indexer.readers.word.package import Package, W
from indexer.readers.word.styles import is_on, value_of

_USUAL_STYLES = {"footnote": "decimal", "endnote": "lowerRoman"}


class Notes:
    """The notes of a document in the order in which its text refers to them."""

    def __init__(self, package: Package, root: etree._Element) -> None:
        self._marked: list[tuple[etree._Element, dict[str, str]]] = []
        settings = package.first("settings")
        for kind, usual in _USUAL_STYLES.items():
            for path in package.related(package.path, f"{kind}s").values():
                part = package.xml(path)
                notes = {} if part is None else {note.get(f"{W}id"): note for note in part}
                addresses = package.related(path, "hyperlink")
                style = _style(kind, (root, settings)) or usual
                for note in _referred(root, kind, notes, style):
                    self._marked.append((note, addresses))

    def __iter__(self) -> Iterator[tuple[etree._Element, dict[str, str]]]:
        """Each note, its mark written before its words, with the addresses of its links."""
        return iter(self._marked)


def _referred(
    root: etree._Element, kind: str, notes: dict[str, etree._Element], style: str
) -> Iterator[etree._Element]:
    count = 0
    for reference in root.iter(f"{W}{kind}Reference"):
        note = notes.pop(reference.get(f"{W}id"), None)
        if note is None or _is_deleted(reference):
            continue
        if not is_on(reference.get(f"{W}customMarkFollows", "0")):
            count += 1
            mark = f"[{formatted(count, style)}]"
            reference.set("mark", mark)
            _write_before(note, mark)
        yield note


def _write_before(note: etree._Element, mark: str) -> None:
    paragraph = next(note.iter(f"{W}p"), None)
    if paragraph is None:
        return
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}t").text = f"{mark} "
    paragraph.insert(0 if paragraph.find(f"{W}pPr") is None else 1, run)


def _style(kind: str, roots: tuple[etree._Element | None, ...]) -> str | None:
    """The style of the marks of a kind of notes, as the document's sections or settings say."""
    for root in roots:
        properties = None if root is None else next(root.iter(f"{W}{kind}Pr"), None)
        if style := value_of(properties, "numFmt"):
            return style
    return None


def _is_deleted(reference: etree._Element) -> bool:
    return any(reference.iterancestors(f"{W}del", f"{W}moveFrom"))
