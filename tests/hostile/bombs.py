"""Files made to stop a run, by name: each swells, loops, nests without end, or leads elsewhere."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipInfo

from tests.hostile.notes import YEAR, as_docx, as_text
from tests.hostile.parts import (
    MB,
    Packed,
    pdf_of,
    rewritten,
    stream,
    swelling,
    zip_of,
    zip_of_packed,
)

GB = 1 << 30
DEEP = 10_000
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_ODT_TYPE = b"application/vnd.oasis.opendocument.text"

Bombs = dict[str, Callable[[], bytes]]


def zip_bombs() -> Bombs:
    """Zips that unpack to far more than they are, or to themselves."""
    return {
        "4-kb-to-2-gb.zip": _small_to_huge,
        "claims-little.zip": lambda: _huge_zip(claimed=1000),
        "nested.zip": lambda: _nested(width=8, depth=5),
        "onion.zip": lambda: _nested(width=1, depth=100),
        "overlapping.zip": _overlapping,
        "many-entries.zip": lambda: zip_of((f"{n}.txt", b"x") for n in range(20_000)),
        "lists-more-than-it-holds.zip": lambda: zip_of_packed([Packed(b"a.txt", b"", 4 * GB - 1)]),
        "4-kb-to-2-gb.docx": lambda: _huge_zip(name=b"word/document.xml"),
        "4-kb-to-2-gb.odt": lambda: _huge_zip(name=b"content.xml"),
    }


def _huge_zip(*, name: bytes = b"note.html", claimed: int = 2 * GB) -> bytes:
    packed, crc = swelling(2 * GB)
    return zip_of_packed([Packed(name, packed, claimed, crc)])


def _small_to_huge() -> bytes:
    """Deflated twice, as what is deflated once is the same megabyte over and over."""
    return zip_of([("inner.zip", _huge_zip())])


def _nested(*, width: int, depth: int) -> bytes:
    """Zips of the same zip over and over; at the bottom a megabyte of nothing."""
    content, name = bytes(MB), "0.txt"
    for level in range(depth):
        content = zip_of((f"{number}-{name}", content) for number in range(width))
        name = f"{level}.zip"
    return content


def _overlapping() -> bytes:
    """Thousands of entries that are all the same ten megabytes."""
    packed, crc = swelling(10 * MB, filled_with=b"word ")
    return zip_of_packed([Packed(b"a.txt", packed, 50 * MB, crc)] * 4_000, overlapping=True)


_ENTITIES = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
_LAUGHS = f'<!DOCTYPE x [<!ENTITY l0 "laugh ">{_ENTITIES}]>'


def xml_bombs(address: str) -> Bombs:
    """XML whose entities multiply, or are files of this machine, or lie at `address`."""
    doctypes = {
        "laughs": (_LAUGHS, "&l9;"),
        "quadratic": (f'<!DOCTYPE x [<!ENTITY a "{"a" * 100_000}">]>', "&a;" * 20_000),
        "file": ('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "&a;"),
        "http": (f'<!DOCTYPE x [<!ENTITY a SYSTEM "{address}/entity">]>', "&a;"),
        "dtd": (f'<!DOCTYPE x SYSTEM "{address}/x.dtd">', "x"),
        "parameter": (f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{address}/p"> %a;]>', "x"),
    }
    bombs: Bombs = {}
    for name, (doctype, words) in doctypes.items():
        bombs[f"{name}.docx"] = lambda d=doctype, w=words: _docx(d, w)
        bombs[f"{name}.odt"] = lambda d=doctype, w=words: _odt(d, w)
        bombs[f"{name}.xhtml"] = lambda d=doctype, w=words: _xhtml(d, w)
        bombs[f"{name}.svg"] = lambda d=doctype, w=words: _svg(d, w)
        bombs[f"{name}-in.html"] = lambda d=doctype, w=words: _svg(d, w)
    return bombs


def _docx(doctype: str, words: str) -> bytes:
    body = f"<w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body>"
    xml = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{_W}">{body}</w:document>'
    return rewritten(as_docx(1), {"word/document.xml": xml.encode()})


def _odt(doctype: str, words: str) -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    text = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    xml = (
        f'<?xml version="1.0"?>{doctype}<office:document-content xmlns:office="{office}" '
        f'xmlns:text="{text}" office:version="1.2"><office:body><office:text><text:p>{words}'
        "</text:p></office:text></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listed = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>'
        for path, kind in (("/", _ODT_TYPE.decode()), ("content.xml", "text/xml"))
    )
    entries = {
        "mimetype": _ODT_TYPE,
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}">{listed}</m:manifest>'.encode(),
        "content.xml": xml.encode(),
    }
    return zip_of(entries.items(), stored=True)


def _xhtml(doctype: str, words: str) -> bytes:
    page = f'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>{words}</p></body></html>'
    return f'<?xml version="1.0"?>{doctype}{page}'.encode()


def _svg(doctype: str, words: str) -> bytes:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{words}</text></svg>'
    return f'<?xml version="1.0"?>{doctype}{drawing}'.encode()


def pdf_bombs() -> Bombs:
    """PDFs whose parts lead back to themselves, or whose streams swell."""
    return {
        "page-tree-loop.pdf": lambda: _pdf(kids=b"2 0 R"),
        "page-tree-of-two-loop.pdf": _two_trees,
        "page-tree-deep.pdf": _deep_tree,
        "page-tree-wide.pdf": lambda: _pdf(kids=b"3 0 R " * 200_000),
        "xref-loop.pdf": _xref_loop,
        "object-stream-loop.pdf": _object_stream_loop,
        "length-of-itself.pdf": lambda: _pdf(
            content=b"<< /Length 4 0 R >>\nstream\nBT ET\nendstream"
        ),
        "form-in-itself.pdf": lambda: _pdf(
            content=stream(
                b"/F Do", b"/Type /XObject /Subtype /Form /Resources << /XObject << /F 4 0 R >> >>"
            )
        ),
        "4-kb-to-2-gb.pdf": _swelling_pdf,
        "many-operators.pdf": lambda: _pdf(content=_deflated(b"BT (a) Tj ET\n" * 800_000)),
        "nested-arrays.pdf": lambda: _pdf(kids=b"[" * 100_000),
        "nested-brackets-in-content.pdf": lambda: _pdf(content=stream(b"[" * DEEP + b"BT ET")),
        "many-xobjects.pdf": _doubling_forms,
    }


def _pdf(
    *,
    kids: bytes = b"3 0 R",
    content: bytes = b"<< /Length 0 >>\nstream\n\nendstream",
    others: tuple[bytes, ...] = (),
) -> bytes:
    return pdf_of(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [%s] /Count 1 >>" % kids,
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
            b"/Resources << /XObject << /F 4 0 R /G 5 0 R >> "
            b"/Font << /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
            content,
            *others,
        ]
    )


def _two_trees() -> bytes:
    tree = b"<< /Type /Pages /Kids [%d 0 R] /Count 9 >>"
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", tree % 3, tree % 2])


def _deep_tree() -> bytes:
    nodes = (b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % number for number in range(3, DEEP))
    return pdf_of([b"<< /Type /Catalog /Pages 2 0 R >>", *nodes])


def _xref_loop() -> bytes:
    """Two tables of objects, each of which says that the other came before."""
    content = _pdf()
    start = content.rindex(b"xref\n0")
    second = content[start:].replace(b"/Root", b"/Prev %d /Root" % start)
    first = content[start:].replace(b"/Root", b"/Prev %d /Root")
    after = start + len(first.replace(b"%d", b"%d" % start))
    return content[:start] + first.replace(b"%d", b"%d" % after) + second


def _object_stream_loop() -> bytes:
    """A stream of objects that extends itself and holds its own length."""
    held = stream(b"5 0 << /A 5 0 R >>", b"/Type /ObjStm /N 1 /First 4 /Extends 4 0 R")
    return _pdf(content=held)


def _swelling_pdf() -> bytes:
    packed, _ = swelling(2 * GB, raw=False)
    keys = b"/Filter [/FlateDecode /FlateDecode]"
    return _pdf(content=stream(zlib.compress(packed, 9), keys))


def _deflated(content: bytes) -> bytes:
    return stream(zlib.compress(content, 9), b"/Filter /FlateDecode")


def _doubling_forms() -> bytes:
    """Each drawing draws the next one twice: thirty of them are a thousand million."""
    form = b"/Type /XObject /Subtype /Form /Resources << /XObject << /G %d 0 R >> >>"
    forms = [stream(b"/G Do /G Do", form % number) for number in range(6, 36)]
    return _pdf(content=stream(b"/G Do"), others=(*forms, stream(b"BT ET")))


def deep_bombs() -> Bombs:
    """Elements, quotes, tables, lists and parts of e-mails, ten thousand one in the other."""
    bombs: Bombs = {
        f"deep-{tag}.html": lambda t=tag: b"<%s>" % t.encode() * DEEP + b"word"
        for tag in ("div", "blockquote", "b", "font", "ul><li", "table><tr><td", "dl><dd", "span")
    }
    return bombs | {
        "deep-quotes.txt": lambda: _quotes().encode(),
        "deep-quotes.eml": lambda: _email(_quotes()),
        "deep-messages.eml": _messages_in_messages,
        "deep-parts.eml": _parts_in_parts,
        "many-parts.eml": _many_parts,
        "long-header.eml": lambda: b"Subject: " + b"=?utf-8?q?a?= " * 200_000 + b"\n\nWord.",
        "deep-tables.docx": lambda: _deep_docx("w:tbl><w:tr><w:tc"),
        "deep-text-boxes.docx": lambda: _deep_docx("w:p><w:r><w:pict><w:txbxContent"),
        "deep-insertions.docx": lambda: _deep_docx("w:p><w:ins"),
        "deep-elements.odt": lambda: _odt("", "<text:span>" * DEEP + "</text:span>" * DEEP),
    }


def _quotes() -> str:
    return "\n".join(">" * depth + " word" for depth in range(0, DEEP, 10))


def _email(text: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = "Quotes"
    message.set_content(text)
    return bytes(message)


def _messages_in_messages() -> bytes:
    return b"Content-Type: message/rfc822\n\n" * DEEP + b"Subject: x\n\nWord."


def _parts_in_parts() -> bytes:
    heads = (
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(DEEP)
    )
    return b"".join(heads) + b"\nWord."


def _many_parts() -> bytes:
    part = b"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=a.txt\n\nx\n"
    return b"Content-Type: multipart/mixed; boundary=b\n\n" + part * DEEP + b"--b--"


def _deep_docx(tags: str) -> bytes:
    opened = f"<{tags}>"
    closed = "".join(f"</{tag}>" for tag in reversed(tags.replace("<", "").split(">")))
    body = f"<w:body>{opened * DEEP}{closed * DEEP}</w:body>"
    xml = f'<w:document xmlns:w="{_W}">{body}</w:document>'
    return rewritten(as_docx(1), {"word/document.xml": xml.encode()})


def large_bombs() -> Bombs:
    """Documents as large as may be, and larger."""
    return {
        "50-mb.html": lambda: b"<p>1. Word after word.</p>" * (2 * MB),
        "50-mb.txt": lambda: b"Word after word.\n" * (3 * MB),
        "20-mb.html": lambda: b"<p>1. Word after word.</p>" * (4 * MB // 5),
        "20-mb.txt": lambda: b"Word after word.\n" * (6 * MB // 5),
        "one-line.txt": lambda: b"word " * (2 * MB),
        "empty-navigation.html": lambda: b"<p>word</p><nav></nav>" * 32_000,
        "attributes.html": lambda: b"<p " + b"".join(b"a%d=1 " % n for n in range(200_000)) + b">x",
        "many-spans.html": lambda: b"<p>" + b"<span>w </span>" * 300_000,
        "wide-table.html": lambda: b"<table><tr>" + b"<td>w</td>" * 100_000,
        "large-spans.html": lambda: b"<table><tr><td rowspan=65534 colspan=1000>w</table>" * 50,
    }


def climbing_names() -> Bombs:
    """Zips and e-mails whose entries are named for places outside them."""
    names = {
        "parent": "../../../tmp/technotes-climbed.txt",
        "absolute": "/tmp/technotes-climbed.txt",
        "drive": "C:\\technotes-climbed.txt",
        "backslashes": "..\\..\\technotes-climbed.txt",
        "nul": "a\x00b/../technotes-climbed.txt",
        "long": "n" * 5_000 + ".txt",
        "controls": "\x1b[2J\r\n\u202etxt.exe\x07.txt",
    }
    bombs: Bombs = {
        f"{kind}-name.zip": lambda n=name: zip_of_packed([_entry(n, b"climbed")])
        for kind, name in names.items()
    }
    for kind, name in names.items():
        bombs[f"{kind}-name.eml"] = lambda n=name: _attached_as(n)
    return bombs | {"link-out.zip": _zip_with_link}


def _entry(name: str, content: bytes) -> Packed:
    packed = zlib.compress(content, 9)[2:-4]
    return Packed(name.encode(), packed, len(content), zlib.crc32(content))


def _attached_as(name: str) -> bytes:
    escaped = "".join(f"%{byte:02X}" for byte in name.encode())
    return (
        "Subject: x\nContent-Type: application/octet-stream\n"
        f"Content-Disposition: attachment; filename*=utf-8''{escaped}\n\n\x01\x02\x03"
    ).encode()


def _zip_with_link() -> bytes:
    link = ZipInfo("passwd.txt")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    link.compress_type = ZIP_DEFLATED
    return _with_info(link, b"/etc/passwd")


def _with_info(info: ZipInfo, content: bytes) -> bytes:
    from io import BytesIO
    from zipfile import ZipFile

    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(info, content)
    return file.getvalue()


def lay_traps(folder: Path, outside: Path) -> set[str]:
    """Make links, pipes and names that no document should have; the names of those to be told.

    `outside` is a file that no link may lead to.
    """
    (folder / "link-out.txt").symlink_to(outside)
    (folder / "link-to-itself.txt").symlink_to("link-to-itself.txt")
    (folder / "link-nowhere.txt").symlink_to("nowhere")
    (folder / "link-up").symlink_to("..")
    os.mkfifo(folder / "pipe.txt")
    deep = folder
    for _ in range(40):
        deep /= "deeper"
    deep.mkdir(parents=True)
    for number, name in enumerate((b"caf\xe9", b"\x1b[2Jscreen", b"line\nbreak", b"n" * 250)):
        note = as_text(900 + number)
        (folder / os.fsdecode(name + b".txt")).write_bytes(note)
    (deep / f"technical-note-{YEAR}-issue-904.txt").write_bytes(as_text(904))
    return {"link-out.txt", "link-to-itself.txt", "link-nowhere.txt", "link-up", "pipe.txt"}


TRAPPED_NOTES = tuple(range(900, 905))


def all_bombs(address: str) -> Bombs:
    """Every hostile file by name; `address` is one on the web that nobody may ask for."""
    return {
        **zip_bombs(),
        **xml_bombs(address),
        **pdf_bombs(),
        **deep_bombs(),
        **large_bombs(),
        **climbing_names(),
    }
