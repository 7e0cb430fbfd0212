"""What a site, a program and a stranger are given: manifest, proof, verdict, checker."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from verbale import api
from verbale.cli.main import run
from verbale.edges.bundle import public_prover
from verbale.edges.home import create_home, open_home
from verbale.edges.keys import known_keys
from verbale.errors import ProofError
from verbale.proof.merkle import leaf_hash
from verbale.proof.statements import check_proof
from verbale.proof.verdicts import Verdict
from verbale.proof.verifier import judge
from verbale.workflow.evidence import RegisterEvidence
from verbale.workflow.exporting import manifest_of, proof_file

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "lakes" / "note-verbale.md"
SYMBOL, STEM = "CL/C/12/G/1", "CL_C_12_G_1"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as at:
        at.chdir(path)
        at.setenv("VERBALE_HOME", str(path / "registry"))
        assert run(["init", "--institution", "lakes"]) == 0
        assert run(["circulate", str(EXAMPLE), "--date", "2026-03-09"]) == 0
        assert run(["export", SYMBOL, "--out", "B"]) == 0
    return path


def test_manifest_and_proof_of_an_entry_need_no_private_key(made: Path) -> None:
    home = open_home(made / "registry")
    store = home.store()
    prover = public_prover(home, store)
    manifest = json.loads(manifest_of(prover, SYMBOL))
    proof = json.loads(proof_file(prover, SYMBOL))
    leaves = store.leaves_of(SYMBOL)
    store.close()
    assert manifest["log"] == {
        "index": leaves[-1].index,
        "leaf": leaf_hash(leaves[-1].line.encode()).hex(),
    }
    assert {each["kind"] for each in manifest["files"]} == {"composed", "received"}
    keys = known_keys(home.path)
    assert keys is not None
    _, proven = check_proof(proof, keys)
    assert [each.leaf for each in proven] == [leaf.line for leaf in leaves]


def test_a_registry_without_a_head_says_so(tmp_path: Path) -> None:
    home = create_home(tmp_path / "r", "lakes")
    store = home.store()
    with pytest.raises(ProofError, match="signed no head"):
        public_prover(home, store)
    store.close()


def test_a_public_page_tells_nothing_of_what_is_restricted(
    made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("VERBALE_HOME", str(tmp_path / "registry"))
    data = (tmp_path / "OUT" / STEM / f"{STEM}-EN.html").read_bytes()
    now = datetime.datetime.now(datetime.UTC)

    def told(data: bytes) -> list[str]:
        home = open_home(tmp_path / "registry")
        store = home.store()
        keys = known_keys(home.path)
        assert keys is not None
        evidence = RegisterEvidence(store, keys, specimen=True, now=now, public=True)
        found = judge(f"{STEM}-EN.html", data, evidence, now=now)
        store.close()
        return [found.verdict.value, *(each.code for each in found.reasons)]

    assert told(data)[:2] == ["issued", "proof-issued"]
    assert run(["restrict", SYMBOL, "--reason", "sensitive"]) == 0
    never = told(b"<p>a page that never was</p>")
    assert told(data) == told(data + b" ") == never == ["unknown", "proof-not-registered"]


def test_the_library_verifies_as_the_command_does(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBALE_HOME", str(made / "registry"))
    path = made / "OUT" / STEM / f"{STEM}-EN.pdf"
    data = path.read_bytes()
    assert api.verify(data, name=path.name).verdict is Verdict.ISSUED
    assert api.verify(data[:-1], name=path.name).verdict is Verdict.ALTERED
    assert api.verify(data, name=str(path), offline=True).verdict is Verdict.ISSUED
    wrong = api.verify(data, name=str(path), offline=True, key="0" * 64)
    assert wrong.verdict is Verdict.NOT_OURS


def test_the_checker_of_a_bundle_runs_alone(made: Path, tmp_path: Path) -> None:
    folder = made / "B" / STEM
    key = json.loads((folder / "keys.json").read_bytes())["keys"]
    assert len(key) == 1

    def checked(*arguments: str | Path) -> tuple[int, str]:
        command = [sys.executable, "-I", str(folder / "check_proof.py"), *map(str, arguments)]
        done = subprocess.run(  # noqa: S603 - ours
            command, capture_output=True, text=True, check=False, cwd=tmp_path
        )
        return done.returncode, done.stdout + done.stderr

    code, said = checked(folder)
    assert (code, said.splitlines()[0]) == (0, f"{SYMBOL}: issued, 38 files as issued")
    assert checked(folder / "proof.json")[0] == 0
    assert checked("--log", made / "registry" / "log")[0] == 0
    assert checked(folder, "--key", "0" * 64)[0] == 1
    assert checked(tmp_path / "none.json")[0] == 2
    page = folder / f"{STEM}-FR.html"
    good = page.read_bytes()
    page.write_bytes(good + b" ")
    assert checked(folder) == (1, f"WRONG: {page.name}: altered\n")
    page.write_bytes(good)
