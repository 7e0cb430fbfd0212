"""What a forger does to a signed PDF: updates that hide or replace, byte ranges, other keys.

After Mladenov and others, "1 Trillion Dollar Refund" and "Shadow Attacks" (universal signature
forgery, incremental saving, signature wrapping; hide, replace, hide and replace).
"""

from __future__ import annotations

import datetime
import io
import re
from typing import TYPE_CHECKING

from verbale.edges.certificates import certificate_of, new_authority, subject
from verbale.proof.pdf_signing import Signer, sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOW = datetime.datetime(2026, 3, 9, 12, tzinfo=datetime.UTC)
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


def forgeries(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Changed files, each with what was done."""
    yield from _updates(data)
    yield from _ranges(data)
    yield "a second end of file", data + data[data.rindex(b"startxref") :]
    yield "the signed file twice", data + data
    yield "something before the header", b"%PDF-1.4\n" + data
    yield "cut off", data[:-40]


def _updates(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Updates at the end of the file, as a reader would apply them."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    def updated(change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        change(writer)
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    def first_page(writer: IncrementalPdfFileWriter) -> generic.DictionaryObject:
        reference, _ = writer.find_page_for_modification(0)
        page: generic.DictionaryObject = reference.get_object()
        writer.mark_update(reference)
        return page

    def replace(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=b"BT /F1 20 Tf (another text) Tj ET")
        first_page(writer)["/Contents"] = writer.add_object(stream)

    def hide(writer: IncrementalPdfFileWriter) -> None:
        stream = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 1000 1000 re f")
        page = first_page(writer)
        old = page.raw_get("/Contents")
        array = generic.ArrayObject([old, writer.add_object(stream)])
        page["/Contents"] = array

    def kids(writer: IncrementalPdfFileWriter) -> None:
        pages = writer.root["/Pages"]
        pages["/Kids"] = generic.ArrayObject(reversed(list(pages["/Kids"])))
        writer.update_container(pages)

    def fonts(writer: IncrementalPdfFileWriter) -> None:
        resources = first_page(writer)["/Resources"]
        if "/Font" in resources:
            held = resources["/Font"]
            names = list(held)
            held[names[0]] = held.raw_get(names[-1])
            writer.update_container(held)

    def form(writer: IncrementalPdfFileWriter) -> None:
        fields = writer.root["/AcroForm"]["/Fields"]
        field = fields[0]
        field["/TU"] = generic.TextStringObject("another meaning")
        writer.update_container(field)

    for words, change in (
        ("a page replaced", replace), ("a page covered", hide), ("kids swapped", kids),
        ("fonts swapped", fonts), ("a field changed", form),
    ):  # fmt: skip
        yield f"in an update: {words}", updated(change)


def _ranges(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Games with the byte range and what it leaves out."""
    match = _RANGE.search(data)
    if match is None:
        raise ValueError("not a signed PDF")
    start, first, second, rest = (int(each) for each in match.groups())

    def with_range(*values: int) -> bytes:
        text = b"/ByteRange [" + b" ".join(b"%d" % each for each in values) + b"]"
        held = match.group(0)
        return data[: match.start()] + text.ljust(len(held))[: len(held)] + data[match.end() :]

    yield "a range that begins later", with_range(start + 1, first - 1, second, rest)
    yield "a range that ends earlier", with_range(start, first, second, rest - 9)
    yield "a wider gap", with_range(start, first - 8, second, rest)
    yield "a range of nothing", with_range(0, 0, 0, 0)
    gap = data[first:second]
    yield "an empty signature", data.replace(gap, b"<" + b"0" * (len(gap) - 2) + b">")
    wrapped = data[:second] + b"/Forged true" + data[second:]
    yield "wrapped: something put beside the gap", wrapped


def signed_by_others(data: bytes, ours: str) -> list[tuple[str, bytes, str]]:
    """*data* without its signature, signed by others; what each is, and the reason due.

    *ours* is how the registry calls itself.
    """
    unsigned = data[: _end_of_unsigned(data)]
    day = datetime.timedelta(days=1)
    old = NOW - 4000 * day
    return [
        ("our name on another key", _signed(unsigned, ours, NOW, NOW), "proof-other-key"),
        ("our name and number", _signed(unsigned, f"{ours} (12345678)", NOW, NOW),
         "proof-other-key"),
        ("our name in other letters", _signed(unsigned, ours.upper() + " ", NOW, NOW),
         "proof-other-key"),
        ("somebody else", _signed(unsigned, "A mission", NOW, NOW), "proof-unknown-signer"),
        ("an expired certificate", _signed(unsigned, "A mission", old, old),
         "proof-certificate-expired"),
        ("a time after the certificate", _signed(unsigned, "A mission", old, NOW),
         "proof-certificate-time"),
        ("a clock set back", _signed(unsigned, "A mission", NOW, old),
         "proof-certificate-time"),
        ("an authority that signs itself", _signed(unsigned, "A", NOW, NOW, authority=True),
         "proof-certificate-use"),
    ]  # fmt: skip


def _end_of_unsigned(data: bytes) -> int:
    """Where the revision before the signature ends."""
    return data.index(b"%%EOF") + len(b"%%EOF\n")


def _signed(
    prepared: bytes,
    name: str,
    made: datetime.datetime,
    at: datetime.datetime,
    *,
    authority: bool = False,
) -> bytes:
    from cryptography.hazmat.primitives import serialization as how  # noqa: PLC0415
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415

    by = new_authority(f"{name}: authority", "", made)
    key = ec.generate_private_key(ec.SECP256R1())
    mine = certificate_of(subject(name, ""), key.public_key(), by, made)
    if authority:
        key, mine = by
    ders = tuple(each.public_bytes(how.Encoding.DER) for each in (mine, by[1]))
    private = key.private_bytes(how.Encoding.DER, how.PrivateFormat.PKCS8, how.NoEncryption())
    return sign(prepared, Signer(private, ders), at)
