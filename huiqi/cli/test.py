"""`huiqi test`: the hand-computed cases of the packs, what they cover, and what they would notice."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from itertools import groupby, takewhile

from huiqi.cli.main import known
from huiqi.cli.output import as_json, pad, wrap
from huiqi.evaluate.results import Reason
from huiqi.language.diagnostics import Diagnostic
from huiqi.packs.registry import load_corpus
from huiqi.workbench.cases import Case, load_cases
from huiqi.workbench.coverage import CLAUSE, CONDITION, LIMIT, MEASURE, READING, STEP, Coverage, cover
from huiqi.workbench.mutate import EQUIVALENT, KILLED, PENDING, REFUSED, SURVIVED, Report, mutate
from huiqi.workbench.runner import Bench, run
from huiqi.workbench.sums import COMPUTED, STATED, UNVERIFIED, check_sums

_MARKS = {True: "✓", False: "✗", None: "？"}


def test(args: argparse.Namespace) -> int:
    """Run the cases; exit 1 when one does not come out."""
    start = time.perf_counter()
    corpus = load_corpus()
    policies = [known(p, corpus.policies, "政策", "policy", "POLICY") for p in args.policies] or list(corpus.policies)
    cases = load_cases(corpus, args.policies)
    bench = Bench(corpus)
    sums, wrong = check_sums(cases)
    faults = run(bench, cases) + wrong
    rows = [_row(policy, [c for c in cases if c.policies == (policy,)]) for policy in policies]
    if across := [c for c in cases if not c.policies]:
        rows.append(_row("跨政策", across))
    covered = cover(bench, cases)
    reports = [mutate(bench, policy, cases) for policy in policies] if args.mutate and not faults else []
    if args.json:
        told = [{"case": f.case, "finding": str(f.finding), "sum": f.sum} for f in faults]
        as_json(
            {
                "policies": rows,
                "sums": dict(sums),
                "faults": told,
                "coverage": [_coverage(c) for c in covered.values()],
                "mutation": [_report(r) for r in reports],
            }
        )
        return 1 if faults else 0
    for (case, by_hand, reasons), group in groupby(faults, key=lambda f: (f.case, f.sum, f.reasons)):
        _print([f.finding for f in group], case, by_hand, reasons)
    for row in rows:
        _line(row, covered.get(str(row["policy"])))
    if args.coverage:
        for coverage in covered.values():
            _holes(coverage)
    for report in reports:
        _mutation(report)
    print(f"算式：{sums[COMPUTED]} 个重新算出，{sums[STATED]} 个金额写明，{sums[UNVERIFIED]} 个没有写到金额")
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


_KINDS = {CLAUSE: "条款", MEASURE: "措施", CONDITION: "条件", STEP: "档次", READING: "口径", LIMIT: "限额"}


def _line(row: dict[str, object], coverage: Coverage | None) -> None:
    reading = f"（二读 {row['second']}）" if row["second"] else ""
    pending = f"（要各家一起比 {row['pending']}）" if row["pending"] else ""
    parts = [f"{name} {hit}/{all_}" for kind, name in _KINDS.items() for hit, all_ in ([coverage.count(kind)] if coverage else [])]
    print(f"{row['policy']:22} 算例 {row['cases']:>4}{reading}{pending}  {'  '.join(parts)}")


def _holes(coverage: Coverage) -> None:
    """What no case of a policy reaches, by measure."""
    holes = coverage.holes()
    if holes:
        print(f"\n未覆盖 {coverage.policy}：{len(holes)} 处")
    for kind, id_, text in holes:
        print(f"  {_KINDS[kind]}  {id_.rpartition('/')[2]}  {text}")


def _coverage(coverage: Coverage) -> dict[str, object]:
    counts = {kind: list(coverage.count(kind)) for kind in _KINDS}
    return {"policy": coverage.policy, "reached": counts, "holes": [list(point) for point in coverage.holes()]}


def _print(findings: list[Diagnostic], case: str, by_hand: str, reasons: tuple[Reason, ...]) -> None:
    """What is wrong with one result, then the case, its sum, and the reasons of the result."""
    print("\n".join(map(str, findings)) + f"\n    算例：{case}")
    if by_hand:
        print(f"    手算：{by_hand}")
    for reason in reasons:
        mark = _MARKS[reason.holds] if reason.kind == "condition" else "＝"
        print("\n".join(wrap(f"{mark} {reason.text}", "    ")))


_OUTCOMES = {KILLED: "发现", SURVIVED: "未发现", REFUSED: "不能载入", PENDING: "要各家一起比", EQUIVALENT: "等价"}


def _mutation(report: Report) -> None:
    """Killed of total by operator, then every survivor with its path and what it became."""
    print(f"\n变异 {report.policy}：发现 {report.share:.1%}（{_counts(report)}）")
    for operator in dict.fromkeys(v.mutant.operator for v in report.verdicts):
        print(f"  {pad(operator, 20)} {_counts(report, operator)}")
    for mutant in report.of(SURVIVED):
        print(f"  未发现  {mutant.operator}  {mutant.path}  {_change(mutant.old, mutant.new)}")


def _change(old: str, new: str) -> str:
    """What differs between two expressions, inside what they share: `增速(x) >= 【10% → 9%】`."""
    start = _shared(old, new)
    while start and (old[start - 1].isalnum() or old[start - 1] in "."):
        start -= 1
    rest = old[start:], new[start:]
    end = _shared(rest[0][::-1], rest[1][::-1])
    while end and rest[0][-end].isalnum():
        end -= 1
    if not start and not end:
        return f"{old} → {new}"
    shared = rest[0][len(rest[0]) - end :]
    return f"{old[:start]}【{rest[0][: len(rest[0]) - end]} → {rest[1][: len(rest[1]) - end]}】{shared}"


def _shared(a: str, b: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


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
