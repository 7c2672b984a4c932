"""How good machine-made drafts of the twelve documents are, against the packs, and what the locks hold."""

from __future__ import annotations

from collections import Counter

from huiqi.documents.locks.derivation import derivation
from huiqi.documents.locks.encoded import Encoded, encoded_policies, lock_faults
from tools.measure_drafts import measured
from tools.proofs import Proof

TITLE = "Figures, locks and drafts"
COLUMNS = {
    "roles": "figures with the role of the parameter that holds them",
    "paid": "paid measures with the right shape",
    "shapes": "all measures with the right shape",
    "kinds": "clauses with the right kind",
    "lead": "leading offices",
    "support": "supporting offices",
    "bases": "bases named as in the pack",
}


def prove() -> Proof:
    """Figures of every document against the parameters of its pack, both ways; drafts made without the names only that pack uses."""
    packs = encoded_policies()
    lines = ["| policy | figures | held by a parameter | of another nature | parameters | printed | following |", "|---|---|---|---|---|---|---|"]
    sums: Counter[int] = Counter()
    for id_, pack in packs.items():
        row = _counts(pack)
        sums.update(dict(enumerate(row)))
        lines.append(f"| {id_} | " + " | ".join(map(str, row)) + " |")
    lines.append("| **all** | " + " | ".join(str(sums[n]) for n in range(6)) + " |")
    faults = lock_faults()
    total = sum(measured().values(), Counter())
    drafts = [f"- {text}: {total[key, 'right']} of {total[key, 'all']}" for key, text in COLUMNS.items()]
    head = f"Every printed figure is held by a parameter or says why not, every parameter is printed or follows by a listed rule: {len(faults)} faults."
    about = "Drafts, each made without the facts and registers that only its own pack uses (the rules of drafting were written with these texts at hand):"
    return Proof("\n\n".join([head, "\n".join(lines), about, "\n".join(drafts)]), not faults)


def _counts(pack: Encoded) -> tuple[int, ...]:
    """Figures, held, with a reason; parameters that need a figure, printed, following."""
    lock = pack.lock()
    figures = [f for clause in lock.clauses.values() for f in clause.figures]
    held = {path for clause in (*lock.imprints, *lock.clauses.values()) for f in clause.figures for path in f.paths}
    stated = {p.path: p for p in pack.parameters}
    firm = [p for p in pack.parameters if not p.loose]
    follow = sum(p.path not in held and bool(derivation(p, lock, held, stated)) for p in firm)
    return len(figures), sum(bool(f.paths) for f in figures), sum(bool(f.reason) for f in figures), len(firm), sum(p.path in held for p in firm), follow
