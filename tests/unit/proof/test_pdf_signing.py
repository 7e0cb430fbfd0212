"""Signed PDFs: what others say of them, what is reproducible, what is seen as altered."""

from __future__ import annotations

import datetime
import hashlib
import io
import os
import random
import shutil
import subprocess
import sys
import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from pdfs import failures
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from verbale import institutions
from verbale.edges.keys import KeyRing, make_keys, unlock
from verbale.edges.typeset import Typesetter
from verbale.errors import ProofError
from verbale.proof.pdf_checking import Coverage, pdf_keywords, pdf_signatures, whole
from verbale.proof.pdf_signing import prepare, sign
from verbale.workflow.circulating import composed, write_versions
from verbale.workflow.orders import Order

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.UTC)
EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "lakes" / "note-verbale.md"


@cache
def plain() -> dict[str, bytes]:
    """The six versions of the Lakes example as PDF, unsigned."""
    lakes = institutions.load("lakes")
    order = Order((EXAMPLE.name, EXAMPLE.read_bytes()), date=NOW.date(), today=NOW.date())
    composition, masthead = composed(order, lakes)
    files = write_versions(composition, "CL_C_12_G_1", masthead, Typesetter())
    return {name: data for name, (_, data) in files.items() if name.endswith(".pdf")}


def words(lang: str) -> str:
    return f"Signature ({lang})"


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    home = tmp_path_factory.mktemp("home")
    make_keys(home, "Verbale specimen registry", now=NOW)
    return unlock(home)


@pytest.fixture(scope="module")
def signed(ring: KeyRing) -> dict[str, bytes]:
    return {
        name: sign(prepare(data, words), ring.signer, NOW) for name, data in plain().items()
    }


def test_signing_keeps_accessibility_and_archive(signed: dict[str, bytes]) -> None:
    assert len(signed) == 6
    for name, data in signed.items():
        for profile in ("pdfua1", "pdfa2a"):
            assert (name, failures(data, profile)) == (name, [])


def test_the_bytes_before_signing_are_reproducible_and_the_signature_an_increment(
    ring: KeyRing, signed: dict[str, bytes]
) -> None:
    for name, data in plain().items():
        before = prepare(data, words)
        assert prepare(data, words) == before
        assert signed[name].startswith(before)
        assert sign(before, ring.signer, NOW) != before


def test_who_signed_when_and_that_it_covers_all_is_read_back(
    ring: KeyRing, signed: dict[str, bytes]
) -> None:
    for data in signed.values():
        (found,) = pdf_signatures(data)
        assert found.good
        assert found.coverage is Coverage.WHOLE
        assert found.certificate == hashlib.sha256(ring.signer.certificates[0]).hexdigest()
        assert found.by is not None
        assert found.by.name.startswith("Verbale specimen registry (")
        assert found.by.organization == ""
        assert pdf_keywords(data) == "CL/C/12/G/1"


def test_pyhanko_agrees(signed: dict[str, bytes]) -> None:
    for data in signed.values():
        (embedded,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
        trusted = ValidationContext(
            trust_roots=list(embedded.other_embedded_certs), allow_fetching=False, moment=NOW
        )
        status = validate_pdf_signature(embedded, trusted)
        assert status.bottom_line
        assert status.coverage.name == "ENTIRE_FILE"


def pdfsig(path: Path) -> str:
    program = shutil.which("pdfsig")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("poppler's pdfsig is not installed: make system")
        pytest.skip("poppler's pdfsig is not installed: make system")
    command = [program, "-nocert", str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603


def test_pdfsig_agrees(signed: dict[str, bytes], tmp_path: Path) -> None:
    for name, data in signed.items():
        path = tmp_path / name
        path.write_bytes(data)
        said = pdfsig(path)
        assert "Signature is Valid" in said
        assert "Total document signed" in said
        broken = bytearray(data)
        broken[1000] ^= 1
        path.write_bytes(broken)
        said = pdfsig(path)
        assert "Signature is Valid" not in said


def test_no_flipped_byte_leaves_a_good_signature(signed: dict[str, bytes]) -> None:
    rand = random.Random(1)  # noqa: S311 - repeatable
    good = 0
    for data in signed.values():
        for at in rand.sample(range(len(data)), 100):
            flipped = bytearray(data)
            flipped[at] ^= 1 << rand.randrange(8)
            # Zeros after the signature in its own gap are the only bytes it does not cover,
            # and those must be zeros; the case of its hexadecimal says nothing.
            same = bytes(flipped).lower() == data.lower()
            good += not same and any(each.good for each in pdf_signatures(bytes(flipped)))
    assert good == 0


def test_what_is_appended_is_seen_and_where_it_begins(signed: dict[str, bytes]) -> None:
    data = next(iter(signed.values()))
    out = io.BytesIO(data)
    with pikepdf.open(out) as pdf:
        del pdf.Root.Lang
        changed = io.BytesIO()
        pdf.save(changed)
    assert not any(each.good for each in pdf_signatures(changed.getvalue()))
    (found,) = pdf_signatures(data + b"\n% one line more\n")
    assert (found.coverage, found.intact, found.end) == (Coverage.APPENDED, True, len(data))


def test_hostile_files_with_altered_signatures_are_not_taken_as_whole(
    corpus: Callable[[str], Path],
) -> None:
    files = sorted(corpus("hostile").glob("sig-altered--*.pdf"))
    assert len(files) >= 4
    for path in files:
        assert whole(pdf_signatures(path.read_bytes())) is None, path.name


def test_a_file_without_tags_is_refused(ring: KeyRing) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    for data in (out.getvalue(), b"%PDF-1.7 and nothing else"):
        with pytest.raises(ProofError, match="without tags"):
            prepare(data, words)
    with pytest.raises(ProofError, match="cannot be signed"):
        sign(out.getvalue(), ring.signer, NOW)


def test_signing_and_verifying_are_fast(ring: KeyRing, signed: dict[str, bytes]) -> None:
    del signed  # everything is imported once it is there
    data = next(iter(plain().values()))
    start = time.process_time()
    made = sign(prepare(data, words), ring.signer, NOW)
    assert time.process_time() - start < 0.25
    start = time.process_time()
    assert pdf_signatures(made)[0].good
    assert time.process_time() - start < 0.1


def test_a_process_that_has_verified_can_sign(signed: dict[str, bytes]) -> None:
    """What reading a signature loads is what signing needs of it, in either order."""
    program = (
        "import sys; from verbale.proof.pdf_checking import pdf_signatures;"
        "assert pdf_signatures(sys.stdin.buffer.read())[0].good;"
        "from pyhanko.sign.general import simple_cms_attribute as attribute;"
        "attribute('signing_certificate_v2', {'certs': []})"
    )
    data = next(iter(signed.values()))
    subprocess.run([sys.executable, "-c", program], input=data, check=True)  # noqa: S603 - ours
