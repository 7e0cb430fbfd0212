"""What a PDF may carry beside its text, and what becomes of it. Every file is made here."""

from __future__ import annotations

import io
import zipfile
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pdf_files import (
    OVER_ALL,
    annotated,
    at_opening,
    attach,
    image,
    line,
    lines,
    pdf,
    updated,
)
from pikepdf import Array, Dictionary, Name, String

from verbale import catalogue
from verbale.errors import UnreadableFileError
from verbale.messages import render
from verbale.model.walk import document_text
from verbale.readers.limits import limits, use_limits
from verbale.readers.pdf import READER
from verbale.text.legal import first_illegal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from verbale.readers.base import Reading

TEXT = lines("The Permanent Mission presents its compliments to the Secretariat")


def read(data: bytes) -> Reading:
    return READER.read(data, name="note.pdf")


def codes(data: bytes) -> set[str]:
    return {each.code for each in read(data).findings}


def refused(data: bytes) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        read(data)
    assert caught.value.remedy
    words = render(caught.value.finding_code, {"file": "note.pdf", **caught.value.values}, "fr")
    assert "{" not in words.message
    return caught.value


def test_a_plain_file_has_nothing_to_be_said_of() -> None:
    reading = read(pdf(TEXT))
    assert document_text(reading.document).startswith("The Permanent Mission presents")
    assert reading.findings == ()


@pytest.mark.parametrize(
    "data", [b"", b"MZ\x90\0", b"no PDF at all", b"x" * 2000 + b"%PDF-1.7"]
)
def test_what_is_no_pdf_is_refused(data: bytes) -> None:
    refused(data)


@pytest.mark.parametrize("size", [50, 200, 400, 600])
def test_a_file_that_was_cut_off_is_refused_or_said_to_be_damaged(size: int) -> None:
    try:
        assert "pdf-damaged" in codes(pdf(TEXT)[:size])
    except UnreadableFileError as error:
        assert error.remedy


def test_letters_before_the_header_are_refused_whatever_format_they_look_like() -> None:
    data = b"<!DOCTYPE html><p>Seen by a browser</p>\n" + pdf(TEXT)
    assert catalogue.reader_for("note.html", data[:4096]) is READER
    assert refused(data).finding_code == "pdf-two-files"


def test_a_pdf_that_is_a_zip_too_is_refused_and_one_with_a_zip_inside_is_not() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(pdf(TEXT) + packed.getvalue()).finding_code == "pdf-two-files"

    def carry(made: pikepdf.Pdf) -> None:
        made.attachments["a"] = pikepdf.AttachedFileSpec(
            made, packed.getvalue(), filename="a.docx"
        )

    plain = pdf(TEXT, change=carry, compress_streams=False)
    assert codes(plain) == {"pdf-attachments"}


def test_a_password_is_refused_and_permissions_are_said() -> None:
    locked = pdf(TEXT, encryption=pikepdf.Encryption(user="u", owner="o"))
    assert refused(locked).finding_code == "pdf-locked"
    limited = pdf(TEXT, encryption=pikepdf.Encryption(user="", owner="o"))
    assert codes(limited) == {"pdf-permissions"}
    assert "Permanent Mission" in document_text(read(limited).document)


@pytest.mark.parametrize(
    ("action", "what"),
    [
        ({"S": Name.JavaScript, "JS": String("app.alert(1)")}, "script"),
        ({"S": Name.Launch, "F": String("calc.exe")}, "program"),
        ({"S": Name.SubmitForm, "F": String("http://127.0.0.1:47999/x")}, "form-sent"),
        ({"S": Name.GoToR, "F": String("other.pdf")}, "other-file"),
    ],
)
def test_what_acts_is_named_and_never_run(action: dict[str, object], what: str) -> None:
    (found,) = read(pdf(TEXT, change=at_opening(**action))).findings
    assert (found.code, found.values["what_words"]) == ("pdf-active", what)


def test_links_and_the_turning_of_pages_are_harmless() -> None:
    link = at_opening(S=Name.URI, URI=String("https://undocs.org/A/80/1"))
    assert codes(pdf(TEXT, change=link)) == set()
    assert codes(pdf(TEXT, change=at_opening(S=Name.Named, N=Name.NextPage))) == set()


def test_a_script_hidden_in_an_escaped_name_is_found() -> None:
    data = pdf(
        TEXT, change=at_opening(S=Name.JavaScript, JS=String("x")), compress_streams=False
    )
    spelt = data.replace(b"/JavaScript", b"/J#61vaScript").replace(
        b"/OpenAction", b"/OpenActi#6fn"
    )
    assert spelt != data
    assert "pdf-active" in codes(spelt)


def test_attached_files_are_named_by_their_last_name_and_not_opened() -> None:
    (found,) = read(pdf(TEXT, change=attach("../../etc/cron.d/x"))).findings
    assert found.code == "pdf-attachments"
    assert "x" in found.values["names"]
    assert "CANARY" not in document_text(read(pdf(TEXT, change=attach("a.txt"))).document)


def test_comments_are_counted_and_stay_out() -> None:
    reading = read(pdf(TEXT, change=annotated("Text", "CANARY remark")))
    assert [each.code for each in reading.findings] == ["pdf-comments"]
    assert "CANARY" not in document_text(reading.document)


def test_an_author_is_a_note() -> None:
    def change(made: pikepdf.Pdf) -> None:
        made.docinfo["/Author"] = String("A. Typist")

    (found,) = read(pdf(TEXT, change=change)).findings
    assert (found.code, found.severity, found.values["author"]) == (
        "pdf-author",
        "notes",
        "A. Typist",
    )


def test_of_an_updated_file_only_the_last_state_is_read() -> None:
    before = pdf(lines("Dated 9 March 2026"), compress_streams=False, static_id=True)
    data = updated(before, b"9 March 2026", b"1 April 2026")
    reading = read(data)
    text = document_text(reading.document)
    assert "April" in text
    assert "March" not in text
    assert "pdf-revisions" in {each.code for each in reading.findings}


@pytest.fixture
def lower() -> Iterator[Callable[..., None]]:
    """Lower limits for one test."""
    before = limits()
    yield lambda **less: use_limits(replace(before, **less))
    use_limits(before)


def test_every_limit_of_a_pdf_can_be_set(lower: Callable[..., None]) -> None:
    lower(pdf_pages=1)
    assert refused(pdf("", "")).values["limit"] == "1"
    lower(pdf_depth=5)
    deep = pdf(TEXT).replace(b"/Catalog", b"/Catalog /X " + b"[" * 9 + b"]" * 9)
    assert refused(deep).values["limit"] == "5"
    lower(pixels=1000)
    assert refused(pdf(OVER_ALL, change=image(90, 90))).values["limit"] == "0.001 MP"
    lower(pdf_decoded=100)
    assert refused(pdf(TEXT * 9)).values["limit"] == "100 B"


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_flate_bomb_is_refused_before_it_bursts(
    layers: int, lower: Callable[..., None]
) -> None:
    lower(pdf_decoded=4 << 20)
    packed = b"\n" * (8 << 20)
    for _ in range(layers):
        packed = zlib.compress(packed)

    def change(made: pikepdf.Pdf) -> None:
        filters = Array([Name.FlateDecode] * layers)
        made.pages[0].Contents = pikepdf.Stream(made, packed, Filter=filters)

    data = pdf("", change=change, compress_streams=False)
    assert refused(data).finding_code == "pdf-too-much"


def test_what_stands_before_the_damage_of_a_bomb_counts(lower: Callable[..., None]) -> None:
    lower(pdf_decoded=4 << 20)
    inner = zlib.compress(b"\n" * (8 << 20))
    for packed, layers in ((inner, 1), (zlib.compress(inner), 2)):
        damaged = packed[: len(packed) * 9 // 10] + b"\xff" * 9

        def change(made: pikepdf.Pdf, packed: bytes = damaged, layers: int = layers) -> None:
            filters = Array([Name.FlateDecode] * layers)
            made.pages[0].Contents = pikepdf.Stream(made, packed, Filter=filters)

        data = pdf("", change=change, compress_streams=False)
        assert refused(data).finding_code == "pdf-too-much"


def test_objects_nested_without_end_are_refused() -> None:
    data = pdf(TEXT).replace(b"/Catalog", b"/Catalog /X " + b"[" * 5000 + b"]" * 5000)
    assert refused(data).finding_code == "pdf-too-much"


def test_two_thousand_pages_are_the_most() -> None:
    assert refused(pdf(*[""] * 2001)).finding_code == "pdf-too-much"


def test_a_picture_is_measured_by_its_header() -> None:
    assert refused(pdf(OVER_ALL, change=image(9000, 9000))).finding_code == "pdf-too-much"


def test_a_page_without_bounds_is_refused() -> None:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].MediaBox = Array([0, 0, 2_000_000_000, 2_000_000_000])

    assert refused(pdf(TEXT, change=change)).finding_code == "pdf-too-much"


def test_drawings_inside_drawings_have_an_end() -> None:
    def change(made: pikepdf.Pdf) -> None:
        form = made.make_stream(b"/X Do")
        form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1])))
        form.Resources = Dictionary(XObject=Dictionary({"/X": form}))
        made.pages[0].Resources.XObject = Dictionary({"/X": form})

    assert refused(pdf("/X Do", change=change)).finding_code == "pdf-too-much"


def test_a_table_of_contents_that_leads_to_itself_is_no_endless_loop() -> None:
    data = pdf(TEXT, compress_streams=False)
    at = data[data.rindex(b"startxref") :].split()[1]
    data = data.replace(b"trailer <<", b"trailer << /Prev " + at)
    assert "pdf-damaged" in codes(data)


@pytest.mark.parametrize(
    ("drawing", "how"),
    [
        ("3 Tr " + line("CANARY", 100, 500), "invisible"),
        ("1 g " + line("CANARY", 100, 500) + "0 g ", "white on white"),
        (line("CANARY", 100, 2000), "off the page"),
        (line("CANARY", 100, 500, size=1), "tiny"),
        (line("CANARY", 100, 500) + "0 g 90 480 200 40 re f ", "under a bar"),
        ("q 0 0 10 10 re W n " + line("CANARY", 100, 500) + "Q ", "clipped away"),
    ],
)
def test_what_nobody_sees_is_said_and_kept_out(drawing: str, how: str) -> None:
    reading = read(pdf(TEXT + drawing))
    assert "CANARY" not in document_text(reading.document), how
    assert "hidden-text" in {each.code for each in reading.findings}, how
    assert "Permanent Mission" in document_text(reading.document)


def test_a_layer_that_is_off_is_hidden() -> None:
    def change(made: pikepdf.Pdf) -> None:
        group = made.make_indirect(Dictionary(Type=Name.OCG, Name=String("Draft")))
        made.Root.OCProperties = Dictionary(
            OCGs=Array([group]), D=Dictionary(OFF=Array([group]), Order=Array([]))
        )
        made.pages[0].Resources.Properties = Dictionary({"/L": group})

    data = pdf(TEXT + "/OC /L BDC " + line("CANARY", 100, 500) + "EMC ", change=change)
    reading = read(data)
    assert "CANARY" not in document_text(reading.document)
    assert "hidden-text" in {each.code for each in reading.findings}


def test_a_page_without_letters_is_said_to_have_no_text() -> None:
    dots = bytes(range(256)) * 4
    assert codes(pdf(OVER_ALL, change=image(32, 32, dots))) == {"pdf-no-text"}
    assert codes(pdf(TEXT, OVER_ALL)) == set()


def test_letters_over_a_picture_of_the_page_may_be_misread() -> None:
    dots = bytes(range(256)) * 4
    data = pdf(OVER_ALL + "3 Tr " + TEXT, change=image(32, 32, dots))
    reading = read(data)
    assert "Permanent Mission" in document_text(reading.document)
    assert {each.code for each in reading.findings} == {"pdf-ocr"}


@pytest.mark.parametrize("at", range(0, 900, 29))
def test_a_changed_byte_never_breaks_the_reader(at: int) -> None:
    data = bytearray(pdf(TEXT, compress_streams=False))
    data[at % len(data)] ^= 0x15
    try:
        read(bytes(data))
    except UnreadableFileError as error:
        assert error.remedy


def test_what_acts_is_told_in_the_reader_s_language() -> None:
    values = {"what_words": "script,program"}
    assert "(脚本、启动程序)" in render("pdf-active", values, "zh").message.replace(
        "（", "("
    ).replace("）", ")")
    assert "script, lancement d’un programme" in render("pdf-active", values, "fr").message


@pytest.mark.parametrize("letter", ["0003", "001B", "FFFF", "D800", "DC00"])
def test_a_face_that_draws_no_letters_gives_no_control_characters(letter: str) -> None:
    table = (
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /X def "
        "1 begincodespacerange <00> <FF> endcodespacerange "
        f"1 beginbfchar <41> <{letter}> endbfchar endcmap end"
    )

    def change(made: pikepdf.Pdf) -> None:
        for face in made.pages[0].Resources.Font.values():
            face.ToUnicode = made.make_stream(table.encode())

    text = document_text(
        read(pdf(lines("The Mission of ABA", "A note"), change=change)).document
    )
    assert "Mission" in text
    assert first_illegal(text) is None


def signed_by_nobody(gap: str, *, extra: str = "") -> bytes:
    """A file with a place for a signature, and *gap* in it; *extra* is written beside it."""

    def change(made: pikepdf.Pdf) -> None:
        place = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"))
        place.ByteRange = Array([0, 11, 111111111, 111])
        field = Dictionary(FT=Name.Sig, T=String("Sig1"), V=made.make_indirect(place))
        made.Root.AcroForm = Dictionary(Fields=Array([made.make_indirect(field)]))

    data = pdf(TEXT, change=change)
    before, rest = data.split(b"/ByteRange [ 0 11 111111111 111 ]")
    written = f"<{gap}>".encode()
    ranges = b"/ByteRange [ 0 %9d %9d %9d ] /Contents "
    first = len(before) + len(ranges % (0, 0, 0))
    rest += extra.encode()
    return before + ranges % (first, first + len(written), len(rest)) + written + rest


@pytest.mark.parametrize(
    ("gap", "code"),
    [("00" * 40, "pdf-signature-empty"), ("01" * 40, "pdf-changed-after-signing")],
)
def test_a_place_for_a_signature_that_holds_none_is_said(gap: str, code: str) -> None:
    said = {each.code for each in read(signed_by_nobody(gap)).findings}
    assert said & {"pdf-signature-empty", "pdf-changed-after-signing", "pdf-signed"} == {code}


def test_a_range_of_ten_thousand_digits_breaks_nothing() -> None:
    assert read(signed_by_nobody("00", extra="%/ByteRange [0 1 2 " + "9" * 10_000 + "]\n"))
