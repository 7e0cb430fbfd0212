"""Sign a PDF (PAdES B-B) so that it stays PDF/UA-1 and PDF/A-2a.

Two steps, because signing a conforming file as it is breaks both claims:

1. `prepare` puts an empty signature field into the file's tags: a widget of no size with its
   words, in a Form element of the structure tree. Same input, same bytes.
2. `sign` fills that field as an increment, so that the prepared bytes are the beginning of the
   signed file, and lets no change follow (a certification, ISO 32000-1, 12.8.2.2).

Sources: ISO 14289-1, 7.18; ISO 32000-1, 12.7 and 14.7; ETSI EN 319 142-1.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verbale.errors import ProofError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

#: The field's name in the file.
FIELD = "Registry"
#: Room for the signature with its certificates, in bytes of hexadecimal.
_ROOM = 8192
# Printed and locked, as ISO 19005-2, 6.3.2 asks of a widget.
_FLAGS = 132


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs: PKCS #8 private key and certificates as DER, the signer's first."""

    key: bytes
    certificates: tuple[bytes, ...]

    def __repr__(self) -> str:
        return f"Signer({len(self.certificates)} certificates)"


def prepare(data: bytes, words: Callable[[str], str]) -> bytes:
    """*data* with an empty signature field; *words* gives what it is called in a language.

    The language is that of the file, so that who hears the page hears one language.

    Raises `ProofError` if it is no tagged PDF.
    """
    import pikepdf  # noqa: PLC0415 - heavy
    from pikepdf import Array, Dictionary, Name, String  # noqa: PLC0415

    try:
        pdf = pikepdf.open(io.BytesIO(data))
        tree = pdf.Root.StructTreeRoot
        document = tree.K[0] if isinstance(tree.K, Array) else tree.K
        numbers = tree.ParentTree.Nums
    except (pikepdf.PdfError, AttributeError, IndexError) as bad:
        raise ProofError(
            f"a PDF without tags cannot be signed here: {bad}",
            remedy="Compose the document again.",
        ) from bad
    with pdf:
        said = String(words(str(pdf.Root.get("/Lang", "en"))))
        page = pdf.pages[0]
        key = int(tree.ParentTreeNextKey)
        widget = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Sig,
                T=String(FIELD),
                TU=said,
                F=_FLAGS,
                Rect=Array([0, 0, 0, 0]),
                P=page.obj,
                StructParent=key,
            )
        )
        form = pdf.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Form,
                P=document,
                Pg=page.obj,
                Alt=said,
                K=Array([Dictionary(Type=Name.OBJR, Obj=widget, Pg=page.obj)]),
            )
        )
        document.K.append(form)
        numbers.append(key)
        numbers.append(form)
        tree.ParentTreeNextKey = key + 1
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(widget)
        page.Tabs = Name.S
        pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array([widget]), SigFlags=3))
        out = io.BytesIO()
        pdf.save(
            out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve
        )
    return out.getvalue()


def sign(prepared: bytes, signer: Signer, at: datetime.datetime) -> bytes:
    """*prepared* with its field signed; *at* is the time that the signature claims.

    Raises `ProofError` if the file has no empty field of ours.
    """
    from asn1crypto.keys import PrivateKeyInfo  # noqa: PLC0415 - 0.4 s with pyHanko
    from asn1crypto.x509 import Certificate  # noqa: PLC0415
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko.sign.general import SigningError  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    class Writer(IncrementalPdfFileWriter):
        """Leaves the metadata alone: rewritten, they would no longer be PDF/A's."""

        def _update_meta(self) -> None:
            pass

    class At(signers.PdfSigner):
        """Signs at the time it is told."""

        def init_signing_session(self, *given: Any, **more: Any) -> Any:  # noqa: ANN401
            session = super().init_signing_session(*given, **more)
            session.system_time = at
            return session

    mine, *others = (Certificate.load(each) for each in signer.certificates)
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]  # pyHanko's own
    store.register_multiple(others)
    hand = signers.SimpleSigner(
        signing_cert=mine,
        signing_key=PrivateKeyInfo.load(signer.key),
        cert_registry=store,
    )
    meta = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    out = io.BytesIO()
    try:
        At(meta, hand).sign_pdf(
            Writer(io.BytesIO(prepared)),
            existing_fields_only=True,
            bytes_reserved=_ROOM,
            output=out,
        )
    except (PdfError, SigningError) as bad:
        raise ProofError(
            f"the PDF cannot be signed: {bad}", remedy="Compose it again."
        ) from bad
    return out.getvalue()
