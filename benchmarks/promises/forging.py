"""R8: a second program checks what the registry proves, and takes nothing that is forged."""

from __future__ import annotations

import copy
import json
import random
from typing import TYPE_CHECKING, Any

from documents import checker
from places import BrokenError, registry
from workers import one

from verbale.edges.bundle import prover
from verbale.edges.log_files import last_head
from verbale.edges.signing import acting
from verbale.errors import ProofError
from verbale.proof.public_keys import Keys
from verbale.proof.statements import check_growth, check_proof
from verbale.workflow.exporting import growth_file, proof_file

if TYPE_CHECKING:
    from types import ModuleType

    from verbale.proof.statements import Head
    from verbale.workflow.exporting import Prover

PROOFS, FORGED, DOCUMENTS = 1000, 1000, 40
Values = dict[str, Any]


def outsiders(database: str, *, full: bool) -> str:
    """Proofs of entries and of growth, made for heads of every size, checked by both."""
    proofs, forged = (PROOFS, FORGED) if full else (60, 60)
    chance = random.Random(9162)  # noqa: S311 - repeatable
    other = checker()
    with registry(database) as home:
        heads: list[Head] = []
        for number in range(DOCUMENTS):
            with acting(home) as at:
                one(home, at.store, number)
            head = last_head(at.store)
            if head is not None:
                heads.append(head)
        with acting(home) as at:
            source = prover(at)
            made = [_proof(source, heads, chance) for _ in range(proofs)]
        for values in made:
            if not (_ours(values) and _theirs(other, values)):
                raise BrokenError(f"a good proof is refused: {values['format']}")
        taken = 0
        for _ in range(forged):
            values = _forged(copy.deepcopy(chance.choice(made)), chance)
            taken += _ours(values) + _theirs(other, values)
        published = home.path / "log"
        for head in heads:
            other.check_log(published, _kept(head, home.path / "kept.json"), None)
    if taken:
        raise BrokenError(f"{taken} of {forged} forged proofs were taken")
    return f"{proofs} proofs, two programs agree; 0 of {forged} forged taken"


def _proof(source: Prover, heads: list[Head], chance: random.Random) -> Values:
    if chance.random() < 0.5:  # noqa: PLR2004 - half of each kind
        data = proof_file(source, chance.randint(1, DOCUMENTS))
    else:
        data = growth_file(source, chance.choice(heads))
    values: Values = json.loads(data)
    return values


def _kept(head: Head, path: Any) -> Any:  # noqa: ANN401 - a path
    path.write_text(json.dumps(head.plain()), encoding="utf-8")
    return path


def _ours(values: Values) -> bool:
    try:
        keys = Keys.of(values["keys"])
        if values["format"] == "verbale-growth/1":
            check_growth(values, keys)
        else:
            check_proof(values, keys)
    except (ProofError, ValueError):
        return False
    return True


def _theirs(other: ModuleType, values: Values) -> bool:
    try:
        keys = other.keys_of(values["keys"], None)
        if values["format"] == "verbale-growth/1":
            other.check_growth(values, keys)
        else:
            other.check_proof(values, keys)
    except (other.Wrong, ValueError, KeyError, TypeError):
        return False
    return True


def _forged(values: Values, chance: random.Random) -> Values:
    """One thing of a proof changed: a step, a leaf, a place, a head, who signed."""
    growth = values["format"] == "verbale-growth/1"
    holder = values if growth else chance.choice(values["leaves"])
    head = values[chance.choice(["old", "head"])] if growth else values["head"]
    match chance.randrange(6):
        case 0 if holder["path"]:
            at = chance.randrange(len(holder["path"]))
            holder["path"][at] = _flip(holder["path"][at], chance)
        case 1 if holder["path"]:
            holder["path"].pop()
        case 2:
            holder["path"].append(values["head"]["root"])
        case 3 if not growth:
            holder["leaf"] = holder["leaf"].replace('"act":"', '"act":"not-', 1)
        case 4:
            head["size"] += chance.choice([-1, 1])
        case _:
            name = chance.choice(["root", "signature", "log", "key"])
            head[name] = _flip(head[name], chance)
    return values


def _flip(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text))
    digit = f"{int(text[at], 16) ^ (1 << chance.randrange(4)):x}"
    return text[:at] + digit + text[at + 1 :]
