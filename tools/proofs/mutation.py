"""Every small way a pack could be wrong, and whether a hand-computed case notices; single swaps of units apart."""

from __future__ import annotations

from collections import Counter

from huiqi.packs.registry import load_corpus
from huiqi.workbench.cases import load_cases
from huiqi.workbench.mutate import EQUIVALENT, KILLED, PENDING, REFUSED, SURVIVED, mutate
from huiqi.workbench.runner import Bench
from tools.proofs import Proof

TITLE = "Mutants of the packs"
WANTED = 0.95


def prove() -> Proof:
    """At least 95 % of the mutants of every pack are noticed, and of all swaps of units."""
    corpus = load_corpus()
    cases, bench = load_cases(corpus), Bench(corpus)
    rows, holds, units = [], True, Counter[str]()
    for policy in corpus.policies:
        report = mutate(bench, policy, cases)
        counts = report.counts()
        units += Counter(v.outcome for v in report.verdicts if v.mutant.operator == "unit")
        holds &= report.share >= WANTED
        kinds = (KILLED, REFUSED, SURVIVED, EQUIVALENT, PENDING)
        rows.append(f"| {policy} | {' | '.join(str(counts[k]) for k in kinds)} | {report.share:.1%} |")
    swaps = sum(units[k] for k in (KILLED, REFUSED, SURVIVED))
    noticed = (units[KILLED] + units[REFUSED]) / max(swaps, 1)
    table = "| policy | noticed | refused | survived | equivalent | for the population layer | share |\n|---|---|---|---|---|---|---|\n" + "\n".join(rows)
    text = f"Single swaps of units (万元 for 亿元 or 元, 个百分点 for %, 辆 for 家, a unit left out): {swaps:,}, {noticed:.1%} refused or noticed."
    return Proof(f"{text}\n\n{table}", holds and noticed >= WANTED)
