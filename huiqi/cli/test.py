"""`huiqi test`: the hand-computed cases of the packs, what they cover, and what they would notice."""

from __future__ import annotations

import argparse
import time
from collections import Counter

from huiqi.cli.main import known
from huiqi.cli.output import as_json, pad, wrap
from huiqi.packs.registry import load_corpus
from huiqi.workbench.cases import Case, load_cases
from huiqi.workbench.mutate import EQUIVALENT, KILLED, PENDING, REFUSED, SURVIVED, Report, mutate
from huiqi.workbench.runner import Bench, Fault, run

_MARKS = {True: "✓", False: "✗", None: "？"}


def test(args: argparse.Namespace) -> int:
    """Run the cases; exit 1 when one does not come out."""
    start = time.perf_counter()
    corpus = load_corpus()
    policies = [known(p, corpus.policies, "政策", "policy", "POLICY") for p in args.policies] or list(corpus.policies)
    cases = load_cases(corpus, args.policies)
    bench = Bench(corpus)
    faults = run(bench, cases)
    rows = [_row(policy, [c for c in cases if c.policies == (policy,)]) for policy in policies]
    if across := [c for c in cases if not c.policies]:
        rows.append(_row("跨政策", across))
    reports = [mutate(bench, policy, cases) for policy in policies] if args.mutate and not faults else []
    if args.json:
        told = [{"case": f.case, "finding": str(f.finding), "sum": f.sum} for f in faults]
        as_json({"policies": rows, "faults": told, "mutation": [_report(r) for r in reports]})
        return 1 if faults else 0
    for fault in faults:
        _print(fault)
    for row in rows:
        print(f"{row['policy']:22} 算例 {row['cases']:>4}（一读 {row['first']}，二读 {row['second']}，待 {row['pending']}）  结果 {row['results']:>4}")
    for report in reports:
        _mutation(report)
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


_OUTCOMES = {KILLED: "发现", SURVIVED: "未发现", REFUSED: "不能载入", PENDING: "待人群层", EQUIVALENT: "等价"}


def _mutation(report: Report) -> None:
    """Killed of total by operator, then every survivor with its path and what it became."""
    print(f"\n变异 {report.policy}：发现 {report.share:.1%}（{_counts(report)}）")
    for operator in dict.fromkeys(v.mutant.operator for v in report.verdicts):
        print(f"  {pad(operator, 20)} {_counts(report, operator)}")
    for mutant in report.of(SURVIVED):
        print(f"  未发现  {mutant.operator}  {mutant.path}  {mutant.old} → {mutant.new}")


def _counts(report: Report, operator: str = "") -> str:
    counts = report.counts(operator)
    return "，".join(f"{name} {counts[outcome]}" for outcome, name in _OUTCOMES.items() if counts[outcome])


def _report(report: Report) -> dict[str, object]:
    return {
        "policy": report.policy,
        "share": round(report.share, 4),
        "counts": dict(report.counts()),
        "operators": {operator: dict(report.counts(operator)) for operator in dict.fromkeys(v.mutant.operator for v in report.verdicts)},
        "survivors": [{"operator": m.operator, "path": m.path, "old": m.old, "new": m.new} for m in report.of(SURVIVED)],
    }
