"""E-mail: which part is the text, what is attached, and what of it fails or fails nothing."""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP

import pytest

from indexer.domain.report import Rejection
from indexer.domain.source import Letter, SourceDocument
from indexer.sources import contained, settle_media_type

WORDS = "TN Number: 064-23\nSubject: Bridges\n\n1. Drùim Bridge is closed.\n"
PDF = b"%PDF-1.4"


def mail(text: str = WORDS, subject: str = "FW: TN 064-23 Bridges") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Una Baird <una.baird@strathallan.example>"
    message["Subject"] = subject
    if text:
        message.set_content(text)
    return message


def opened(
    message: EmailMessage | bytes, letter: Letter | None = None
) -> list[SourceDocument | Rejection]:
    content = message if isinstance(message, bytes) else message.as_bytes(policy=SMTP)
    return list(
        contained(
            SourceDocument("a.zip", "message/rfc822", content, True, True, "b.eml", letter=letter)
        )
    )


def documents(outcomes: list[SourceDocument | Rejection]) -> list[SourceDocument]:
    return [each for each in outcomes if isinstance(each, SourceDocument)]


def letter_of(document: SourceDocument | Rejection) -> Letter:
    assert isinstance(document, SourceDocument)
    assert document.letter is not None
    return document.letter


def rejection(outcomes: list[SourceDocument | Rejection]) -> Rejection:
    (found,) = [each for each in outcomes if isinstance(each, Rejection)]
    return found


def test_the_text_stands_for_the_e_mail_itself() -> None:
    """It keeps the e-mail's own entry, so that the name of its file names the note."""
    (text,) = opened(mail())
    assert isinstance(text, SourceDocument)
    assert (text.locator, text.entry, text.published, text.ocr) == ("a.zip", "b.eml", True, True)
    assert text.media_type == "text/plain; charset=utf-8"
    assert text.content.decode().splitlines() == WORDS.splitlines()
    assert text.letter == Letter("TN 064-23 Bridges", ("FW: TN 064-23 Bridges",), is_text=True)


def test_what_is_attached() -> None:
    """A document goes by its name below the e-mail's; the text is a covering message."""
    message = mail("Please see attached.")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="Brücke.pdf")
    text, attached = opened(message)
    assert isinstance(attached, SourceDocument)
    assert (attached.entry, attached.media_type) == ("b.eml/Brücke.pdf", "application/pdf")
    assert attached.content == PDF
    assert letter_of(text).covers
    subject = "TN 064-23 Bridges"
    assert letter_of(attached) == Letter(subject, (f"FW: {subject}", "Please see attached."))


def test_what_names_the_e_mail_may_mean_another_document() -> None:
    """With two attached, or a headed note as the text, the subject names neither attachment."""
    two = mail("Please see attached.")
    headed = mail(WORDS + "Report by: Una Baird\n")
    for message, names in ((two, ["a.pdf", "b.pdf"]), (headed, ["a.pdf"])):
        for name in names:
            message.add_attachment(PDF, maintype="application", subtype="pdf", filename=name)
        assert [letter_of(each).with_others for each in opened(message)[1:]] == [True] * len(names)


def test_one_document_in_two_formats_is_what_names_the_e_mail() -> None:
    """Attachments of the same name but for its extension are one note twice."""
    message = mail("Please see attached.")
    message.add_attachment(WORDS, filename="note.txt")
    message.add_attachment(PDF, maintype="application", subtype="pdf", filename="note.pdf")
    assert [letter_of(each).with_others for each in opened(message)[1:]] == [False, False]


def test_two_attachments_of_one_name_are_told_apart() -> None:
    """The number stands before the extension, which says what the document is."""
    message = mail()
    for text in ("One.", "Two."):
        message.add_attachment(text, filename="note.txt")
    entries = [each.entry for each in documents(opened(message))[1:]]
    assert entries == ["b.eml/note.txt", "b.eml/note (2).txt"]


@pytest.mark.parametrize(
    "header",
    [
        'filename="=?utf-8?Q?Dr=C3=B9im.pdf?="',
        "filename*=utf-8''Dr%C3%B9im.pdf",
        "filename*0*=utf-8''Dr%C3%B9; filename*1*=im; filename*2=.pdf",
        'filename="Drùim.pdf"',
    ],
)
def test_names_of_files_however_they_are_written(header: str) -> None:
    """Encoded words, RFC 2231 in one piece or several, and bytes as they are."""
    content = (
        "Subject: x\nContent-Type: application/pdf\n"
        f"Content-Disposition: attachment; {header}\n\n%PDF-1.4"
    ).encode()
    (attached,) = opened(content)
    assert isinstance(attached, SourceDocument)
    assert attached.entry == "b.eml/Drùim.pdf"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (b"=?iso-8859-1?Q?Re:_Fw:_TN_064-23_Dr=F9im?=", "TN 064-23 Drùim"),
        (b"RE: FW: Fwd: TN 064-23\n Dr\xc3\xb9im", "TN 064-23 Drùim"),
        (b"[EXTERNAL] TN 064-23 Dr\xf9im", "TN 064-23 Drùim"),
        (b"=?unknown?Q?TN_064-23_Dr=F9im?=", "TN 064-23 Drùim"),
        (b"=?utf-8?B?VE4gMDY0?= =?utf-8?B?LTIzIERyw7lpbQ==?=", "TN 064-23 Drùim"),
        (b"Reports: an overview", "Reports: an overview"),
    ],
)
def test_subject_lines(subject: bytes, expected: str) -> None:
    """However encoded, and without what replying and forwarding put before them."""
    assert letter_of(opened(b"Subject: " + subject + b"\n\nWords")[0]).subject == expected


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("", "cp1252"), ("", "utf-8"), ("us-ascii", "cp1252"), ("iso-8859-1", "utf-8"),
     ("utf-8", "cp1252"), ("no-such", "cp1252"), ("utf-16", "utf-16")],
)  # fmt: skip
def test_charsets_missing_and_wrong(charset: str, encoding: str) -> None:
    """The letters come out right where lines are cut, whatever the part says of itself."""
    kind = f"text/plain; charset={charset}" if charset else "text/plain"
    words = "Drùim “Bridge” is closed.\n\nRegards\nUna"
    head = f"Subject: x\nContent-Type: {kind}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    message = head + words.encode(encoding)
    if encoding == "utf-16":
        message = head.replace(b"8bit", b"quoted-printable") + b"".join(
            f"={byte:02X}".encode() for byte in words.encode(encoding)
        )
    (text,) = opened(message)
    assert isinstance(text, SourceDocument)
    assert text.content.decode().strip() == "Drùim “Bridge” is closed."


def test_flowed_text() -> None:
    """Lines broken for display are one again; a signature's mark flows into nothing."""
    body = "A bridge \nis closed.\n Stuffed.\n> quoted \n> words\n-- \nUna\n"
    message = f"Subject: x\nContent-Type: text/plain; format=flowed\n\n{body}".encode()
    (text,) = documents(opened(message))
    assert text.content.decode().split("\n") == [
        "A bridge is closed.",
        "Stuffed.",
        "quoted words",
    ]
    assert letter_of(text).lines == ("x", "--", "Una")
    joined = message.replace(b"flowed", b"flowed; delsp=yes")
    assert documents(opened(joined))[0].content.startswith(b"A bridgeis closed.")


@pytest.mark.parametrize(
    ("page", "media_type"),
    [
        ("<p>Drùim Bridge is closed</p><ul><li>until the works end</li></ul>", "text/html"),
        ("<span>Drùim Bridge is closed until the works end</span>", "text/plain"),
        ("<p>This needs another program.</p>", "text/plain"),
    ],
)
def test_the_alternative_that_is_read(page: str, media_type: str) -> None:
    """The page, unless it has no structure or says less than the plain text."""
    message = mail("Drùim Bridge is closed - until the works end")
    message.add_alternative(page, subtype="html")
    (text,) = documents(opened(message))
    assert text.media_type.partition(";")[0] == media_type


def test_documents_beside_the_page_that_is_not_read() -> None:
    """A file that only the other alternative holds is not lost."""
    message = mail("Words " * 40)
    message.add_alternative("<p>See below.</p>", subtype="html")
    page = message.get_payload(1)
    assert isinstance(page, EmailMessage)
    page.add_related(PDF, maintype="application", subtype="pdf", filename="a.pdf")
    assert [each.media_type[:15] for each in documents(opened(message))] == [
        "text/plain; cha",
        "application/pdf",
    ]


@pytest.mark.parametrize(
    ("kind", "name", "reason"),
    [
        ("image/png", "logo.png", "picture"),
        ("application/octet-stream", "image001.jpg", "picture"),
        ("text/calendar", "invite.ics", "calendar"),
        ("text/vcard", "una.vcf", "contact"),
        ("audio/mpeg", "call.mp3", "recording"),
    ],
)
def test_what_is_no_document_fails_nothing(kind: str, name: str, reason: str) -> None:
    """Letterheads, invitations and cards are named, and the text is no covering message."""
    message = mail()
    main, _, sub = kind.partition("/")
    message.add_attachment(b"\x89PNG\x00", maintype=main, subtype=sub, filename=name)
    outcomes = opened(message)
    found = rejection(outcomes)
    assert (found.locator, found.failed) == (f"a.zip (b.eml/{name})", False)
    assert reason in found.reason
    assert not letter_of(outcomes[0]).covers


@pytest.mark.parametrize(
    ("kind", "name", "reason"),
    [
        ("application/ms-tnef", "winmail.dat", "open the e-mail in Outlook"),
        ("application/octet-stream", "winmail.dat", "open the e-mail in Outlook"),
        ("application/pkcs7-mime", "smime.p7m", "encrypted, and not read"),
        ("application/octet-stream", "../../a.docx", "leads out of the folder"),
        ("application/octet-stream", "a.exe", "not among the formats read"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_remedy(kind: str, name: str, reason: str) -> None:
    """It may be the note, so that it fails, and the text counts as covering it."""
    message = mail()
    main, _, sub = kind.partition("/")
    message.add_attachment(b"\x00\x01\x02", maintype=main, subtype=sub, filename=name)
    outcomes = opened(message)
    assert rejection(outcomes).failed
    assert reason in rejection(outcomes).reason
    assert letter_of(outcomes[0]).covers


def test_an_encrypted_message() -> None:
    """PGP wraps the whole message; nothing in it is words."""
    content = (
        b"Subject: x\nContent-Type: multipart/encrypted; boundary=b\n\n--b\n"
        b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b--\n"
    )
    assert "encrypted, and not read" in rejection(opened(content)).reason


def test_a_signed_message() -> None:
    """What is signed is read, and the signature is nothing."""
    content = (
        b'Subject: x\nContent-Type: multipart/signed; boundary=b; protocol="x"\n\n--b\n'
        b"Content-Type: text/plain\n\nWords.\n--b\n"
        b"Content-Type: application/pkcs7-signature; name=smime.p7s\n\nAAAA\n--b--\n"
    )
    (text,) = opened(content)
    assert isinstance(text, SourceDocument)
    assert text.content == b"Words."


def test_a_message_in_a_message() -> None:
    """It comes out closed, named for its subject; the outer text is kept beside it."""
    message = mail("PRIVATE - not for publication\n\nSee the message attached.")
    message.add_attachment(mail(subject="TN 065-23: Roads/paths"))
    _, attached = opened(message)
    assert isinstance(attached, SourceDocument)
    assert attached.entry == "b.eml/TN 065-23: Roads-paths.eml"
    assert attached.media_type == "message/rfc822"
    (inner,) = contained(attached)
    assert letter_of(inner).subject == "TN 065-23: Roads/paths"
    assert "PRIVATE - not for publication" in letter_of(inner).lines
    assert isinstance(inner, SourceDocument)
    assert b"Bridge is closed" in inner.content


def test_a_marking_in_the_headers() -> None:
    """What an office's mail program marks as confidential is restricted as if it were written."""
    message = mail()
    message["Sensitivity"] = "Company-Confidential"
    assert "Confidential" in letter_of(opened(message)[0]).lines


def test_text_in_several_parts() -> None:
    """Some programs part the text around what is put in it; the note is all of it."""
    message = mail("First part.")
    message.make_mixed()
    message.attach(mail("Second part.", subject=""))
    (text,) = documents(opened(message))
    assert text.content.decode().split() == ["First", "part.", "Second", "part."]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"Subject: x\n\n \n", "neither words nor documents"),
        (b"No header here, only words.", "does not begin as an e-mail does"),
        (b"Subject: x\nContent-Type: message/rfc822\n\n" * 3000 + b"x", "one in the other"),
    ],
)
def test_what_is_no_e_mail(content: bytes, reason: str) -> None:
    """Each is one rejection that says why."""
    (found,) = opened(content)
    assert isinstance(found, Rejection)
    assert found.locator == "a.zip (b.eml)"
    assert reason in found.reason


def test_parts_that_end_nowhere() -> None:
    """A message cut short, or one without the boundary that it names, still gives its words."""
    whole = mail()
    whole.add_attachment(PDF, maintype="application", subtype="pdf", filename="a.pdf")
    content = whole.as_bytes()
    cut = content[: content.find(b"--=", content.find(b"064-23\n"))]
    lost = b"Subject: x\nContent-Type: multipart/mixed; boundary=none\n\nWords.\n"
    for broken in (cut, lost):
        assert len(documents(opened(broken))) == 1


def test_deep_pages_lose_no_words() -> None:
    """However many quotations lie in each other, and though a header is cut from the page."""
    header = "<p>From: Una<br>Sent: today<br>To: all<br>Subject: x</p>"
    deep = "<blockquote>" * 10_000 + "<p>Last words.</p>" + "</blockquote>" * 10_000
    message = mail("")
    message.set_content(header + deep, subtype="html", cte="base64")
    (text,) = documents(opened(message))
    assert b"Last words." in text.content
    assert b"Sent: today" not in text.content


def test_a_parameter_in_pieces_without_numbers() -> None:
    """The standard library fails on it; the document is there all the same."""
    content = b"Subject: x\nContent-Type: application/pdf; name*=a; name*1=b; name*0=c\n\n%PDF-1.4"
    assert [each.media_type for each in documents(opened(content))] == ["application/pdf"]


def test_the_bytes_of_an_e_mail_are_known_by_its_name() -> None:
    """An e-mail begins as text does; its extension says what it is."""
    assert settle_media_type("a.eml", mail().as_bytes(), "a.eml") == "message/rfc822"
