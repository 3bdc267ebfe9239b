"""Notes as pages meant for paper: for a browser or an office program to print."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from tests.renderings.notes import NoteText, Part, PartKind
from tests.renderings.style import Style


def printable_page(note: NoteText, style: Style) -> str:
    """The whole page of `note` as HTML with its own style sheet."""
    title = f"<h1>{escape(note.title)}</h1>" if note.title else ""
    before = "".join(f"<p>{escape(line)}</p>" for line in note.before)
    below = "".join(f"<p>{escape(line)}</p>" for line in note.below)
    body = "\n".join(_body(note.body, style))
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Document1</title>'
        f"<style>{_sheet(style)}</style></head><body>{title}{before}{_header(note, style)}"
        f'{below}<div class="body">{body}</div></body></html>'
    )


def _sheet(style: Style) -> str:
    face = "'Liberation Serif', serif" if style.serif else "'Liberation Sans', sans-serif"
    margin = "30mm 20mm 20mm" if style.furniture else "20mm"
    return (
        f"@page {{ size: {style.width}mm {style.height}mm; margin: {margin} }}"
        f"body {{ font: {style.size}pt {face}; margin: 0 }}"
        f"p {{ text-align: {'justify' if style.justified else 'left'} }}"
        "dl { display: grid; grid-template-columns: 30% 70% } dd { margin: 0 0 6pt }"
        f".body {{ column-count: {style.body_columns} }}"
        "table { border-collapse: collapse } .ruled td { border: 1px solid black; padding: 2pt }"
    )


def _header(note: NoteText, style: Style) -> str:
    pairs = [
        (f"<b>{label}:</b>" if style.bold_labels else f"{label}:", escape(value))
        for label, value in note.pairs
    ]
    if not pairs:
        return ""
    if style.header == "columns":
        return "<dl>" + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in pairs) + "</dl>"
    between = "<br>" if style.header == "below" else " "
    return "".join(f"<p>{label}{between}{value}</p>" for label, value in pairs)


def _body(parts: tuple[Part, ...], style: Style) -> Iterator[str]:
    for kind, group in groupby(parts, lambda part: part.kind):
        if kind is PartKind.BULLET:
            yield _bullets(list(group))
        elif kind is PartKind.NUMBERED and not style.typed:
            # A list for each, since the numbers of a note may start again.
            yield from (
                f'<ol start="{part.number}"><li>{escape(part.text)}</li></ol>' for part in group
            )
        else:
            yield from (_element(part) for part in group)


def _element(part: Part) -> str:
    if part.kind is PartKind.TABLE:
        rows = (
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in part.rows
        )
        return f'<table class="ruled">{"".join(rows)}</table>'
    if part.kind is PartKind.HEADING:
        return f"<h2>{escape(part.text)}</h2>"
    number = f"{part.number}. " if part.kind is PartKind.NUMBERED else ""
    return f"<p>{number}{escape(part.text)}</p>"


def _bullets(parts: list[Part]) -> str:
    lines = ["<ul>"]
    level = 1
    for part in parts:
        while level < part.level:
            lines.append("<ul>")
            level += 1
        while level > part.level:
            lines.append("</ul>")
            level -= 1
        lines.append(f"<li>{escape(part.text)}</li>")
    return "".join([*lines, "</ul>" * level])
