"""`huiqi check`: the packs load, every rule that is written parses, every computed measure lowers."""

from __future__ import annotations

import argparse
import sys

from huiqi.cli.output import as_json
from huiqi.evaluate.engine import Engine, check_readings
from huiqi.language.diagnostics import Findings, Problems
from huiqi.packs.drafts import check_drafts
from huiqi.packs.references import check_references
from huiqi.packs.registry import load_corpus


def check(args: argparse.Namespace) -> int:
    """Print what is there, or every fault found (exit 1)."""
    findings = Findings()
    try:
        corpus = load_corpus()
        check_references(corpus, findings)
        check_drafts(corpus, findings)
        findings.stop()
        Engine(corpus)
        check_readings(corpus)
    except Problems as problems:
        for item in problems.diagnostics:
            print(item, file=sys.stderr)
        return 1
    rows = []
    for policy in corpus.policies.values():
        measures = [m for c in policy.clauses for m in c.measures]
        computed, draft = sum(m.computed for m in measures), sum(m.draft for m in measures)
        rows.append({"policy": policy.id, "clauses": len(policy.clauses), "measures": len(measures), "computed": computed, "draft": draft})
    if args.json:
        as_json(rows)
        return 0
    for row in rows:
        print(f"{row['policy']:22} 条款 {row['clauses']:>3}  措施 {row['measures']:>3}  可计算 {row['computed']:>2}  已写规则待证 {row['draft']:>3}")
    words = corpus.vocabulary
    print(f"词汇：对象 {len(words.kinds)}，指标 {len(words.facts)}，名册 {len(words.registers)}，事项 {len(words.matters)}，部门 {len(words.departments)}")
    return 0
