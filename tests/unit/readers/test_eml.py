"""A mail with attachments: the message is the note, what can be read is its annexes."""

from __future__ import annotations

from email.headerregistry import MessageIDHeader
from email.message import EmailMessage

import pytest
from pdf_files import pdf, wrapped

from verbale.errors import UnreadableFileError
from verbale.model.document import PartKind
from verbale.model.walk import part_text
from verbale.readers.eml import READER

ANNEX = "The annex says what it says on one page of a portable document."


def message(*attachments: tuple[bytes, str]) -> bytes:
    made = EmailMessage()
    made["From"] = "mission@northmere.example"
    made["To"] = "secretariat@lakes.example"
    made["Date"] = "Mon, 09 Mar 2026 10:00:00 +0000"
    made["Subject"] = "Note verbale"
    made["Message-ID"] = "<1@northmere.example>"
    made.set_content("The Permanent Mission presents its compliments.\n")
    for data, name in attachments:
        made.add_attachment(data, maintype="application", subtype="pdf", filename=name)
    return bytes(made)


def test_the_message_is_the_note_and_a_pdf_is_its_annex() -> None:
    reading = READER.read(message((pdf(wrapped(ANNEX)), "annex.pdf")), name="note.eml")
    note, annex = reading.document.parts
    assert part_text(note) == "The Permanent Mission presents its compliments."
    assert (annex.kind, annex.number, part_text(annex)) == (PartKind.ANNEX, 1, ANNEX)
    assert [each.code for each in reading.findings] == ["mail-attachment"]


def test_an_attachment_that_cannot_be_read_is_said_and_the_others_are_read() -> None:
    broken = (b"%PDF-1.7 and no more", "broken.pdf")
    reading = READER.read(message(broken, (pdf(wrapped(ANNEX)), "annex.pdf")), name="note.eml")
    assert len(reading.document.parts) == 2
    unread = [each for each in reading.findings if each.code == "mail-attachment-unread"]
    assert [each.values["attachment"] for each in unread] == ["broken.pdf"]


def test_what_is_hidden_in_an_attachment_is_said_of_the_attachment() -> None:
    data = pdf(wrapped(ANNEX) + "3 Tr " + wrapped("CANARY below the annex", y=300))
    reading = READER.read(message((data, "annex.pdf")), name="note.eml")
    (found,) = [each for each in reading.findings if each.code == "hidden-text"]
    assert found.place.file == "note.eml:annex.pdf"
    assert "CANARY" not in part_text(reading.document.parts[1])


def test_a_text_without_headers_is_no_message() -> None:
    with pytest.raises(UnreadableFileError):
        READER.read(b"A text that is no message.\n", name="note.eml")


@pytest.mark.parametrize(
    "header",
    [
        "Message-ID: <" + "<c@d>" * 3 + "a@b>\t<c@d>",
        "To: group: a@b, other: c@d;;",
        "From: =?utf-8?q?a=0d=0ab?= <a@b>",
        "Date: Mon, 9 Mar 99999999999999999999 10:00:00 +0000",
        "Content-Type: text/plain; charset*0*=utf-8''%",
        "Content-Disposition: =?",
    ],
)
def test_no_header_breaks_the_reader(header: str) -> None:
    name = header.partition(":")[0]
    rest = [f"{each}: {_HONEST[each]}" for each in _HONEST if each != name]
    lines = [*rest, header, "", "The Permanent Mission presents its compliments.", ""]
    reading = READER.read("\r\n".join(lines).encode(), name="note.eml")
    text = part_text(reading.document.parts[0])
    assert text.startswith("The Permanent Mission") or name == "Content-Type"


def test_a_header_that_cannot_be_understood_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    # Which headers break Python's reader differs between its versions.
    monkeypatch.setattr(MessageIDHeader, "parse", classmethod(lambda *_: int("x")))
    broken = "<<a@b>"
    data = f"From: a@b\nSubject: Note\nMIME-Version: 1.0\nMessage-ID: {broken}\n\nA note.\n"
    reading = READER.read(data.encode(), name="note.eml")
    said = [each.values["what"] for each in reading.findings if each.code == "mail-malformed"]
    assert said == ["Message-ID:"]
    assert ("mail-message-id", broken) in reading.document.properties


_HONEST = {"From": "a@b", "Date": "Mon, 9 Mar 2026 10:00:00 +0000", "Subject": "Note",
           "Message-ID": "<a@b>"}  # fmt: skip
