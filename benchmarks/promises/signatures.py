"""S1 to S5: altered files are never ours, others agree on ours, the key stays where it is."""

from __future__ import annotations

import base64
import datetime
import hashlib
import io
import os
import random
import shutil
import subprocess
import sys
import warnings
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
from documents import circulated, named_home, register_of
from forgeries import forgeries, signed_by_others
from places import BrokenError, MissingError, folder, registry

from verbale.edges.keys import unlock
from verbale.proof.verdicts import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable

    from verbale.proof.verdicts import Judged

CORPUS = Path(
    os.environ.get("VERBALE_CORPUS")
    or Path(__file__).resolve().parents[3] / "shared" / "corpus"
)
#: Why a file is not ours that was changed after it was signed.
CHANGED = frozenset({
    "proof-changed-after-signing", "proof-signature-damaged", "proof-signature-removed",
    "proof-appended", "proof-another-file",
})  # fmt: skip
Files = "Mapping[str, bytes]"


def altered(database: str, *, full: bool) -> str:
    """S1: bits, updates, pages, versions, names and signatures of 20 PDFs changed."""
    documents, bits = (4, 500) if full else (1, 60)
    chance = random.Random(20)  # noqa: S311 - repeatable
    tried = 0
    with registry(database) as home:
        folders = circulated(home, documents)
        pdfs = {
            name: data for files in folders for name, data in files.items() if _is_pdf(name)
        }
        pdfs = dict(list(pdfs.items())[:20])
        with register_of(home) as against:

            def verdict(name: str, data: bytes) -> Judged:
                nonlocal tried
                tried += 1
                return against.file(Path(name), data)

            for name, data in pdfs.items():
                for at in chance.sample(range(len(data)), bits):
                    bad = bytearray(data)
                    bad[at] ^= 1 << chance.randrange(8)
                    _refused(verdict(name, bytes(bad)), CHANGED, f"{name}, byte {at}")
                _refused(verdict(name, data + b"%\n"), {"proof-appended"}, f"{name}, more")
                for words, bad_file, reasons in _rewritten(data):
                    _refused(verdict(name, bad_file), reasons, f"{name}, {words}")
                other = next(each for each in pdfs if each != name)
                _refused(verdict(other, data), {"proof-swapped"}, f"{name} as {other}")
    return f"{tried} altered files of {len(pdfs)} PDFs: 0 accepted, each with the right reason"


def _rewritten(data: bytes) -> list[tuple[str, bytes, frozenset[str]]]:
    """Pages swapped, one more, the signature taken out: written anew."""

    def saved(change: Callable[[pikepdf.Pdf], None]) -> bytes:
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as pdf, warnings.catch_warnings():
            # That the field is then in no form is as it is meant.
            warnings.simplefilter("ignore")
            change(pdf)
            pdf.save(out)
        return out.getvalue()

    def unsigned(pdf: pikepdf.Pdf) -> None:
        for name in ("/AcroForm", "/Perms"):
            if name in pdf.Root:
                del pdf.Root[name]
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/FT") == pikepdf.Name.Sig:
                del each.V

    removed = frozenset({"proof-signature-removed"})
    return [
        ("pages swapped", saved(lambda pdf: pdf.pages.reverse()), CHANGED),
        ("a page more", saved(lambda pdf: pdf.add_blank_page()), CHANGED),
        ("signature removed", saved(unsigned), removed),
    ]


def shadows(database: str, *, full: bool) -> str:
    """S2: what is hidden or replaced in an update, or by games with the byte range."""
    del full
    tried = 0
    with registry(database) as home:
        (files,) = circulated(home, 1)
        pdfs = {name: data for name, data in files.items() if _is_pdf(name)}
        with register_of(home) as against:
            for name, data in pdfs.items():
                for words, bad in forgeries(data):
                    tried += 1
                    found = against.file(Path(name), bad)
                    _refused(found, CHANGED, f"{name}, {words}")
            samples = sorted((CORPUS / "hostile").glob("sig-altered--*.pdf"))
            for path in samples:
                tried += 1
                _refused(against.file(path, path.read_bytes()), CHANGED, path.name)
    if not samples:
        raise MissingError("no corpus of altered signatures: set VERBALE_CORPUS")
    return f"{tried} attacks, {len(samples)} of them from the corpus: all seen as changed"


def who_signed(database: str, *, full: bool) -> str:
    """S3: our name on another's key, expired, another use, a clock set wrong, another kind."""
    del full
    with registry(database) as home:
        (files,) = circulated(home, 1)
        name, data = next((n, d) for n, d in files.items() if _is_pdf(n))
        ours = unlock(home.path).public.name
        tried = signed_by_others(data, ours)
        with register_of(home) as against:
            for words, bad, reason in tried:
                for shown in (name, "other.pdf"):
                    found = against.file(Path(shown), bad)
                    _refused(found, {reason}, words, {Verdict.NOT_OURS})
    return f"{len(tried)} files signed by others: none ours, each with its reason"


def agreed(database: str, *, full: bool) -> str:
    """S4: pyHanko, poppler's pdfsig and the validator of PDF/UA and PDF/A say so too."""
    import page  # noqa: PLC0415 - slow, and only here
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    program = shutil.which("pdfsig")
    if program is None:
        raise MissingError("poppler's pdfsig is not installed: `make system`")
    documents = 17 if full else 1
    with registry(database) as home, folder() as own:
        pdfs = [
            data
            for files in circulated(home, documents)
            for name, data in files.items()
            if _is_pdf(name)
        ]
        for number, data in enumerate(pdfs):
            (signature,) = PdfFileReader(io.BytesIO(data)).embedded_signatures
            roots = list(signature.other_embedded_certs)
            state = validate_pdf_signature(
                signature, ValidationContext(trust_roots=roots, allow_fetching=False)
            )
            path = own / f"{number}.pdf"
            path.write_bytes(data)
            done = subprocess.run(  # noqa: S603 - the system's
                [program, "-nocert", str(path)], capture_output=True, text=True, check=False
            )
            words = ("Signature is Valid", "Total document signed")
            if not state.bottom_line or not all(each in done.stdout for each in words):
                raise BrokenError(f"PDF {number}: {state.summary()}, {done.stdout}")
            for profile in ("pdfua1", "pdfa2a"):
                if failures := page.validate_pdf_bytes(data, profile=profile).failures:
                    raise BrokenError(f"PDF {number}: {profile}: {failures[0]}")
    return f"{len(pdfs)} PDFs: pyHanko and pdfsig agree; PDF/UA-1 and PDF/A-2a hold"


def key_stays(database: str, *, full: bool) -> str:
    """S5: no secret in what is printed, logged, backed up, exported, published or dumped."""
    del full
    with registry(database) as home, folder() as own, named_home(home.path):
        circulated(home, 1)
        ring = unlock(home.path)
        raw = ring.log._key.private_bytes_raw()  # noqa: SLF001 - to look for it
        signer = ring.signer.key
        passphrase = (home.path / "keys" / "passphrase").read_bytes().strip()
        secrets = [
            spelled
            # PKCS #8 of a P-256 key has the private number at this place.
            for secret in (raw, signer[36:68], passphrase)
            for spelled in (
                secret, secret.hex().encode(), base64.b64encode(secret)[:-4],
                hashlib.sha256(secret).hexdigest().encode() if secret == passphrase else secret,
            )
        ]  # fmt: skip
        said = b""
        for command in (
            "log head", "log audit --json", "log rotate", "verify --all --json", "doctor",
            "log proof CL/C/12/G/1", f"export CL/C/12 --out {own}/e.zip", "circulate nothing",
            f"backup {own}/b.zip", f"backup {own}/k.zip --with-keys", "--debug log proof X/9",
            f"--debug restore {own}/b.zip {home.path}", f"restore {own}/k.zip {own}/back",
        ):  # fmt: skip
            done = subprocess.run(  # noqa: S603 - ours
                [sys.executable, "-m", "verbale", *command.split()],
                capture_output=True, check=False, cwd=own,
            )  # fmt: skip
            said += done.stdout + done.stderr
        _no_core(own)
        places = {"what is printed": said}
        for path in (*home.path.rglob("*"), *own.rglob("*")):
            if path.is_file() and path != home.path / "keys" / "passphrase":
                places[str(path)] = path.read_bytes()
                if path.suffix == ".zip":
                    with zipfile.ZipFile(path) as archive:
                        for name in archive.namelist():
                            places[f"{path}:{name}"] = archive.read(name)
        for where, data in places.items():
            if any(secret in data for secret in secrets):
                raise BrokenError(f"a secret is in {where}")
    return f"{len(places)} files and outputs searched, a crash among them: 0 secrets"


def _no_core(own: Path) -> None:
    """A process that dies with the keys in it leaves no core dump, though it might."""
    code = (
        "import os, resource; from pathlib import Path; from verbale.edges.keys import unlock;"
        "hard = resource.getrlimit(resource.RLIMIT_CORE)[1];"
        "resource.setrlimit(resource.RLIMIT_CORE, (hard, hard));"
        "unlock(Path(os.environ['VERBALE_HOME'])); os.abort()"
    )
    before = datetime.datetime.now(datetime.UTC).timestamp()
    subprocess.run([sys.executable, "-c", code], cwd=own, check=False, capture_output=True)  # noqa: S603
    if any(p.stat().st_mtime >= before for p in own.glob("core*")):
        raise BrokenError("a core dump was left")


def _is_pdf(name: str) -> bool:
    return name.endswith(".pdf") and "/" not in name


def _refused(
    found: Judged,
    reasons: frozenset[str] | set[str],
    what: str,
    verdicts: set[Verdict] | None = None,
) -> None:
    codes = [each.code for each in found.reasons]
    wanted = verdicts or {Verdict.ALTERED, Verdict.NOT_OURS}
    if found.verdict not in wanted or not reasons & set(codes):
        raise BrokenError(f"{what}: {found.verdict}, {codes}")
