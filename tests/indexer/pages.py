"""Renders the text of a note as web pages: several markups of its layouts, inside site shells."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

SHELLS = Path(__file__).parent.parent / "corpus" / "shells"

_LABEL = re.compile(
    r"\W*((?:Report by|TN Number|Subject|Responsible Officer|Publication|Date|EMBN Number)):(.*)"
)
_OPENING = re.compile(r"\s*(?:Section|Details|Details:|Technical Note details)\s*$")
_BULLET = re.compile(r"\s*[•-]\s+(.*)")


def shells() -> list[Path]:
    """The site shells of the corpus."""
    return sorted(SHELLS.glob("*.html"))


def in_shell(shell: Path, fragment: str, title: str) -> str:
    """A whole page: `fragment` where the shell keeps its note, `title` where it prints titles."""
    page = shell.read_text(encoding="utf-8")
    return page.replace("{{title}}", html.escape(title)).replace("<!-- NOTE -->", fragment)


def header_and_body(text: str) -> tuple[list[str], list[tuple[str, str]], list[str], list[str]]:
    """The lines before the header, its (label, value) pairs, the lines below, and the body's."""
    lines = [line for line in text.split("\n") if line.strip()]
    before: list[str] = []
    pairs: list[tuple[str, str]] = []
    place = 0
    while place < len(lines) and not _LABEL.match(lines[place]) and not _is_body(lines[place]):
        before.append(lines[place].strip())
        place += 1
    while place < len(lines) and (match := _LABEL.match(lines[place])):
        place += 1
        value = match[2].strip()
        if not value and place < len(lines) and not _is_label_or_body(lines[place]):
            value = lines[place].strip()
            place += 1
        pairs.append((match[1], value))
    unlabelled: list[str] = []
    while place < len(lines) and not _is_body(lines[place]):
        if not lines[place].strip().startswith("This Technical Note will"):
            break
        unlabelled.append(lines[place].strip())
        place += 1
    return before, pairs, unlabelled, lines[place:]


def _is_label_or_body(line: str) -> bool:
    return bool(_LABEL.match(line)) or _is_body(line)


def _is_body(line: str) -> bool:
    if _LABEL.match(line):
        return False
    return bool(_OPENING.match(line) or re.match(r"\s*(?:\d+\.|[•-]\s|\()", line))


def _body(lines: list[str]) -> str:
    parts: list[str] = []
    items: list[str] = []
    for line in [*lines, ""]:
        if line and (match := _BULLET.match(line)):
            items.append(f"<li>{html.escape(match[1])}</li>")
            continue
        if items:
            parts.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if _OPENING.match(line):
            parts.append(f"<h2>{html.escape(line.strip())}</h2>")
        elif line:
            parts.append(f"<p>{html.escape(line.strip())}</p>")
    return "\n".join(parts)


def _around(text: str, header: Callable[[list[tuple[str, str]]], str]) -> str:
    before, pairs, unlabelled, body = header_and_body(text)
    escaped = [(html.escape(label), html.escape(value)) for label, value in pairs]
    paragraphs = "".join(f"<p>{html.escape(line)}</p>" for line in before)
    below = "".join(f"<p>{html.escape(line)}</p>" for line in unlabelled)
    return paragraphs + (header(escaped) if pairs else "") + below + _body(body)


def _paragraphs(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"<p>{label}: </p><p>{value}</p>" for label, value in pairs)


def _definitions(pairs: list[tuple[str, str]]) -> str:
    return "<dl>" + "".join(f"<dt>{a}</dt><dd>{b}</dd>" for a, b in pairs) + "</dl>"


def _table(pairs: list[tuple[str, str]]) -> str:
    rows = "".join(f'<tr><th scope="row">{a}:</th><td>{b}</td></tr>' for a, b in pairs)
    return f"<table>{rows}</table>"


def _divs(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"<div><div>{a}:&nbsp;</div><div><div>{b}</div></div></div>" for a, b in pairs)


def _bold(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"<p><strong>{a}:</strong> {b}</p>" for a, b in pairs)


def _breaks(pairs: list[tuple[str, str]]) -> str:
    return "<p>" + "<br>\n".join(f"<b>{a}:</b><br>{b}" for a, b in pairs) + "</p>"


def _bullets(pairs: list[tuple[str, str]]) -> str:
    items = "".join(f"<li><p>{a}:</p><p>{b}</p></li>" for a, b in pairs)
    return f"<ul>{items}</ul>"


def _spans(pairs: list[tuple[str, str]]) -> str:
    return "".join(f"<div><span>{a}:</span><span>{b}</span></div>" for a, b in pairs)


def _layout_table(pairs: list[tuple[str, str]]) -> str:
    lines = "".join(f"<div>{label}:</div><div>{value}</div>" for label, value in pairs)
    return f"<table><tr><td><a href='/'>Menu</a></td><td>{lines}</td></tr></table>"


def _made_up(pairs: list[tuple[str, str]]) -> str:
    return "".join(
        f"<note-line>{label}:</note-line><note-line>{v}</note-line>" for label, v in pairs
    )


def _block_spans(pairs: list[tuple[str, str]]) -> str:
    block = '<span style="display:block">'
    return "".join(f"{block}{label}:</span>{block}{value}</span>" for label, value in pairs)


MARKUPS: dict[str, Callable[[list[tuple[str, str]]], str]] = {
    "paragraphs": _paragraphs,
    "definitions": _definitions,
    "table": _table,
    "divs": _divs,
    "bold": _bold,
    "breaks": _breaks,
    "bullets": _bullets,
    "spans": _spans,
    "layout table": _layout_table,
    "made-up elements": _made_up,
    "block spans": _block_spans,
}


def _lines(text: str, joined_by: str) -> str:
    return joined_by.join(html.escape(line.strip()) for line in text.split("\n") if line.strip())


# Header and body alike in one element, their lines parted by breaks or typed as they are.
WHOLE: dict[str, Callable[[str], str]] = {
    "one paragraph": lambda text: f"<p>{_lines(text, '<br>')}</p>",
    "one division": lambda text: f"<div>{_lines(text, '<br />')}</div>",
    "as typed": lambda text: f"<pre>{_lines(text, chr(10))}</pre>",
}


def in_markup(text: str, markup: str) -> str:
    """The HTML of a note's `text` in one of MARKUPS or WHOLE."""
    return WHOLE[markup](text) if markup in WHOLE else _around(text, MARKUPS[markup])
