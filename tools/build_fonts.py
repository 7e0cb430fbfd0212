"""Rebuild the faces of ``packages/fonts`` from their npm packages, or check those there are.

    python tools/build_fonts.py           fetch with `npm pack`, check, write
    python tools/build_fonts.py --check   only compare the files with their hashes; no network

A tarball must have the SHA-512 of ``packages.tsv`` and a file the SHA-256 of ``faces.tsv``; one
that has not is not written. Faces stay whole: a subset may not keep a reserved font name
(OFL 1.1, 3).
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent / "packages" / "fonts" / "src" / "verbale_fonts"


class BuildError(Exception):
    """What was fetched or found is not what the tables say."""


@dataclass(frozen=True, slots=True)
class Package:
    """A tarball; ``integrity`` is ``sha512-`` and the digest in base64."""

    name: str
    version: str
    integrity: str


@dataclass(frozen=True, slots=True)
class Face:
    """A file of the distribution; ``path`` is where it lies in the package's tarball."""

    file: str
    sha256: str
    package: str
    path: str


def rows(name: str) -> list[list[str]]:
    """The rows of a table, without its comments and its heading."""
    lines = (HERE / name).read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def packages() -> list[Package]:
    """Every package of ``packages.tsv``."""
    return [Package(*row) for row in rows("packages.tsv")]


def faces() -> list[Face]:
    """Every file of ``faces.tsv``."""
    return [Face(*row) for row in rows("faces.tsv")]


def fetch(package: Package, into: Path) -> Path:
    """Fetch a tarball with the npm client; raise `BuildError` unless it has its integrity."""
    npm = shutil.which("npm")
    if npm is None:
        raise BuildError("npm is not installed; the committed faces need no rebuilding")
    target = f"{package.name}@{package.version}"
    done = subprocess.run(  # noqa: S603 - the arguments are the project's own table
        [npm, "pack", "--silent", target], cwd=into, check=True, capture_output=True, text=True
    )
    tarball = into / done.stdout.strip().splitlines()[-1]
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode("ascii")
    if f"sha512-{digest}" != package.integrity:
        raise BuildError(f"{target}: has sha512-{digest}, not {package.integrity}")
    return tarball


def take(tarball: Path, face: Face) -> bytes:
    """The bytes of one file of a tarball; raise `BuildError` unless they have their hash."""
    with tarfile.open(tarball) as archive:
        member = archive.extractfile(face.path)
        if member is None:
            raise BuildError(f"{tarball.name}: {face.path} is not a file")
        data = member.read()
    found = hashlib.sha256(data).hexdigest()
    if found != face.sha256:
        raise BuildError(f"{face.file}: has SHA-256 {found}, not {face.sha256}")
    return data


def build() -> None:
    """Write every file of the table, or none."""
    with tempfile.TemporaryDirectory() as folder:
        tarballs = {each.name: fetch(each, Path(folder)) for each in packages()}
        content = [(face, take(tarballs[face.package], face)) for face in faces()]
    for face, data in content:
        target = HERE / face.file
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(data)


def check() -> list[str]:
    """What differs between the table and the files, one line each."""
    table = {face.file: face.sha256 for face in faces()}
    found = {
        path.relative_to(HERE).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in ("faces", "licences")
        for path in sorted((HERE / folder).iterdir())
    }
    wrong = [f"{name}: is not there" for name in sorted(table.keys() - found.keys())]
    wrong += [f"{name}: is not in the table" for name in sorted(found.keys() - table.keys())]
    both = sorted(table.keys() & found.keys())
    wrong += [f"{name}: has another hash" for name in both if table[name] != found[name]]
    return wrong


def main() -> int:
    """Build and check; 0 when every file has its hash."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--check", action="store_true", help="compare only, fetch nothing")
    if not parser.parse_args().check:
        try:
            build()
        except (BuildError, subprocess.CalledProcessError) as wrong:
            print(f"build_fonts: {wrong}", file=sys.stderr)
            return 1
    wrong_files = check()
    for line in wrong_files:
        print(line, file=sys.stderr)
    print(f"{len(faces()) - len(wrong_files)} of {len(faces())} files have their hash")
    return 1 if wrong_files else 0


if __name__ == "__main__":
    raise SystemExit(main())
