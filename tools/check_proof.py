#!/usr/bin/env python3
"""Check what a Verbale registry states, without Verbale: one file, the standard library only.

    check_proof.py BUNDLE [--key ID]            a folder with manifest.json, proof.json, keys.json
    check_proof.py PROOF.json [--key ID]        leaves of the log, and the head they are in; or
                                                that the log only grew since an earlier head
    check_proof.py --log DIR [--old HEAD.json]  the published log: does it hold what it held?

ID is the name of the registry's key (64 hexadecimal digits) as you know it from the registry
itself: its site, a letter, an earlier bundle. Without it the keys that came with the files are
believed, and the names of these keys are printed for you to compare.

Exit 0: everything holds; 1: something does not, and which; 2: not readable.

The log: leaf = SHA-256(00 || bytes), node = SHA-256(01 || left || right), RFC 9162.
Signatures: Ed25519, RFC 8032, over a line that says the kind of statement and the statement.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

# --- Ed25519, RFC 8032, verification only: points are (X, Y, Z, T), extended coordinates ------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    made = (0, 1, 1, 0)
    while number:
        if number & 1:
            made = add(made, point)
        point = add(point, point)
        number >>= 1
    return made


def point_of(data):
    """The point that 32 bytes name, or None."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


BASE = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signature(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r = point_of(public), point_of(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if key is None or r is None or s >= ORDER:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little")
    left, right = times(s, BASE), add(r, times(k % ORDER, key))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


# --- The log -----------------------------------------------------------------------------------


def sha(data):
    return hashlib.sha256(data).digest()


def node(left, right):
    return sha(b"\x01" + left + right)


def root_of(hashes):
    """The root, as RFC 9162 defines it."""
    if not hashes:
        return sha(b"")
    row, right = list(hashes), None
    # Level by level from the left; what has no neighbour waits at the right edge.
    while row:
        if len(row) % 2:
            last = row.pop()
            right = last if right is None else node(last, right)
        row = [node(row[i], row[i + 1]) for i in range(0, len(row), 2)]
    return right


def root_by_path(leaf, index, size, path):
    """The root that a path leads to from a leaf's hash; None if it has a wrong length."""
    hashed, last = leaf, size - 1
    if not 0 <= index < size:
        return None
    for step in path:
        if last == 0:
            return None
        if index % 2 or index == last:
            hashed = node(step, hashed)
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            hashed = node(hashed, step)
        index, last = index // 2, last // 2
    return hashed if last == 0 else None


def roots_by_path(old, size, path, old_root):
    """The roots of the first *old* leaves and of all *size*; None if the path does not fit."""
    if old == size:
        return (old_root, old_root) if not path else (None, None)
    if not 0 < old < size or not path:
        return None, None
    steps = path if old & (old - 1) else [old_root, *path]
    index, last = old - 1, size - 1
    while index % 2:
        index, last = index // 2, last // 2
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None, None
        if index % 2 or index == last:
            before, after = node(step, before), node(step, after)
            while index and index % 2 == 0:
                index, last = index // 2, last // 2
        else:
            after = node(after, step)
        index, last = index // 2, last // 2
    return (before, after) if last == 0 else (None, None)


# --- Statements --------------------------------------------------------------------------------


class Wrong(Exception):
    """Something does not hold."""


def need(holds, said):
    if not holds:
        raise Wrong(said)


def spelled(values):
    return json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def keys_of(values, wanted):
    """Public keys by name; with *wanted*, that one and those that it leads to.

    A registry that takes a new key signs a statement that names it with the old one.
    """
    need(values.get("format") == "verbale-keys/1", "keys: another format")
    keys = {sha(bytes.fromhex(each)).hex(): bytes.fromhex(each) for each in values["keys"]}
    if wanted is None:
        return keys
    need(wanted in keys, "the files are not signed with the key you named")
    led = {wanted: keys[wanted]}
    for each in values.get("endorsed", []):
        said = {name: each[name] for name in each if name not in ("by", "signature")}
        message = b"verbale-key/1\n" + spelled(said)
        by = led.get(each["by"])
        if by and is_signature(by, message, bytes.fromhex(each["signature"])):
            new = bytes.fromhex(each["key"])
            led[sha(new).hex()] = new
    return led


def check_head(head, keys):
    need(head.get("format") == "verbale-head/1", "head: another format")
    statement = spelled({name: head[name] for name in ("log", "size", "root", "at", "key")})
    need(head["key"] in keys, f"the head is signed by {head['key'][:16]}, not one of the keys")
    message = b"verbale-head/1\n" + statement
    signature = bytes.fromhex(head["signature"])
    need(
        is_signature(keys[head["key"]], message, signature), "the head is not as it was signed"
    )


def check_proof(proof, keys):
    """The leaves, each shown to be in the log of a signed head."""
    need(proof.get("format") == "verbale-proof/1", "proof: another format")
    head = proof["head"]
    check_head(head, keys)
    for each in proof["leaves"]:
        leaf = sha(b"\x00" + each["leaf"].encode())
        path = [bytes.fromhex(step) for step in each["path"]]
        found = root_by_path(leaf, each["index"], head["size"], path)
        need(found == bytes.fromhex(head["root"]), f"leaf {each['index']} is not in that log")
    return head, [json.loads(each["leaf"]) for each in proof["leaves"]]


def check_growth(values, keys):
    """The log of the old head is the beginning of that of the new one. RFC 9162, 2.1.4.2."""
    old, new = values["old"], values["head"]
    check_head(old, keys)
    check_head(new, keys)
    need(old["log"] == new["log"], "the two heads are of two logs")
    path = [bytes.fromhex(step) for step in values["path"]]
    before, after = roots_by_path(old["size"], new["size"], path, bytes.fromhex(old["root"]))
    same = before == bytes.fromhex(old["root"]) and after == bytes.fromhex(new["root"])
    need(same, f"the log of {old['at']} is not the beginning of that of {new['at']}")
    return new, f"the log of {old['at']}, {old['size']} leaves, is the beginning of this one"


def check_bundle(folder, wanted):
    read = lambda name: (folder / name).read_bytes()  # noqa: E731
    keys = keys_of(json.loads(read("keys.json")), wanted)
    data, mark = read("manifest.json"), json.loads(read("manifest.json.sig"))
    need(
        mark["key"] in keys,
        f"the manifest is signed by {mark['key'][:16]}, not one of the keys",
    )
    message, signature = b"verbale-signature/1\n" + data, bytes.fromhex(mark["signature"])
    need(is_signature(keys[mark["key"]], message, signature), "manifest.json: not as signed")
    manifest = json.loads(data)
    for each in manifest["files"]:
        path = folder / each["name"]
        need(path.is_file(), f"{each['name']}: missing")
        need(sha(path.read_bytes()).hex() == each["sha256"], f"{each['name']}: altered")
    head, events = check_proof(json.loads(read("proof.json")), keys)
    # The last event of the entry names the hash of its record, and the record names the files.
    record = read("record.json")
    need(
        events and events[-1]["record"] == sha(record).hex(),
        "record.json: not as the log has it",
    )
    entry = json.loads(record)
    held = {each["sha256"] for each in entry.get("composed", []) + entry.get("received", [])}
    for each in manifest["files"]:
        known = each["sha256"] in held or each.get("kind") == "made"
        need(known, f"{each['name']}: not in the register")
    said = (
        f"{manifest['symbol']}: {manifest['state']}, {len(manifest['files'])} files as issued"
    )
    return head, keys, said


def check_log(folder, old, wanted):
    keys = keys_of(json.loads((folder / "keys.json").read_bytes()), wanted)
    head = json.loads((folder / "head.json").read_bytes())
    check_head(head, keys)
    pages = sorted(folder.glob("leaves-*.txt"))
    lines = [line for page in pages for line in page.read_text("ascii").split()]
    need(len(lines) >= head["size"], f"{len(lines)} leaves, the head says {head['size']}")
    leaves = [bytes.fromhex(line) for line in lines]
    need(
        root_of(leaves[: head["size"]]).hex() == head["root"], "the leaves do not give the root"
    )
    if old is not None:
        before = json.loads(old.read_bytes())
        check_head(before, keys)
        need(before["log"] == head["log"], "the earlier head is of another log")
        need(before["size"] <= head["size"], "the log is shorter than it was: rolled back")
        need(
            root_of(leaves[: before["size"]]).hex() == before["root"],
            "what the log held then is not what it holds now",
        )
        return head, keys, f"the log of {before['at']} is the beginning of this one"
    return head, keys, f"{len(leaves)} leaves give the root"


def main(words):
    if not words:
        print(__doc__)
        return 2
    options = {}
    for name in ("--key", "--old", "--log"):
        if name in words:
            at = words.index(name)
            options[name] = words[at + 1]
            del words[at : at + 2]
    wanted = options.get("--key")
    try:
        if "--log" in options:
            old = Path(options["--old"]) if "--old" in options else None
            head, keys, said = check_log(Path(options["--log"]), old, wanted)
        elif Path(words[0]).is_dir():
            head, keys, said = check_bundle(Path(words[0]), wanted)
        else:
            proof = json.loads(Path(words[0]).read_bytes())
            keys = keys_of(proof["keys"], wanted)
            if proof["format"] == "verbale-growth/1":
                head, said = check_growth(proof, keys)
            else:
                head, events = check_proof(proof, keys)
                names = ("at", "act", "symbol")
                said = "\n".join(" ".join(e.get(n, "") for n in names) for e in events)
    except Wrong as wrong:
        print(f"WRONG: {wrong}")
        return 1
    except OSError as bad:
        print(f"not readable: {bad.filename}: {bad.strerror}", file=sys.stderr)
        return 2
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as bad:
        print(f"not readable: {type(bad).__name__}: {bad}", file=sys.stderr)
        return 2
    print(said)
    print(f"log of {head['size']} leaves, {head['at']}, root {head['root']}")
    believed = "the key you named" if wanted else "keys that came with the files; compare them"
    print(f"signed by {head['key']} ({believed}: {', '.join(keys)})")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
