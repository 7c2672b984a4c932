"""`huiqi test`: the hand-computed cases of the packs."""

from __future__ import annotations

import argparse
import time
from collections import Counter

from huiqi.cli.main import known
from huiqi.cli.output import as_json, wrap
from huiqi.packs.registry import load_corpus
from huiqi.workbench.cases import Case, load_cases
from huiqi.workbench.runner import Bench, Fault, run

_MARKS = {True: "✓", False: "✗", None: "？"}


def test(args: argparse.Namespace) -> int:
    """Run the cases; exit 1 when one does not come out."""
    start = time.perf_counter()
    corpus = load_corpus()
    policies = [known(p, corpus.policies, "政策", "policy", "POLICY") for p in args.policies]
    cases = load_cases(corpus, policies)
    faults = run(Bench(corpus), cases)
    rows = [_row(policy, [c for c in cases if c.policies == (policy,)]) for policy in corpus.policies if not policies or policy in policies]
    if across := [c for c in cases if not c.policies]:
        rows.append(_row("跨政策", across))
    if args.json:
        as_json({"policies": rows, "faults": [{"case": f.case, "finding": str(f.finding), "sum": f.sum} for f in faults]})
        return 1 if faults else 0
    for fault in faults:
        _print(fault)
    for row in rows:
        print(f"{row['policy']:22} 算例 {row['cases']:>4}（一读 {row['first']}，二读 {row['second']}，待 {row['pending']}）  结果 {row['results']:>4}")
    print(f"共 {len(cases)} 个算例，不符 {len(faults)} 处，{time.perf_counter() - start:.1f} 秒")
    return 1 if faults else 0


def _row(policy: str, cases: list[Case]) -> dict[str, object]:
    by = Counter(c.by for c in cases)
    pending = sum(bool(c.pending) for c in cases)
    return {
        "policy": policy,
        "cases": len(cases),
        "first": by["first"],
        "second": by["second"],
        "pending": pending,
        "results": sum(len(c.expected) for c in cases),
    }


def _print(fault: Fault) -> None:
    print(f"{fault.finding}\n    算例：{fault.case}")
    if fault.sum:
        print(f"    手算：{fault.sum}")
    for reason in fault.reasons:
        mark = _MARKS[reason.holds] if reason.kind == "condition" else "＝"
        print("\n".join(wrap(f"{mark} {reason.text}", "    ")))
