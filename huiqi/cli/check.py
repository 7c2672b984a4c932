"""`huiqi check`: the packs load, every rule that is written parses, every computed measure lowers, locks hold,
a rule decides between measures on one matter; then the warnings of the lint."""

from __future__ import annotations

import argparse

from huiqi.cli.main import tell
from huiqi.cli.output import as_json, wrap
from huiqi.documents.locks.encoded import lock_faults
from huiqi.evaluate.check import check_corpus
from huiqi.language.diagnostics import Diagnostic, Problems, in_order
from huiqi.packs.registry import load_corpus
from huiqi.workbench.lint import lint, refused


def check(args: argparse.Namespace) -> int:
    """Print what is there, or every fault found (exit 1)."""
    try:
        corpus = load_corpus()
        check_corpus(corpus)
        if faults := [*lock_faults(), *refused(corpus)]:
            raise Problems(in_order(faults))
    except Problems as problems:
        tell(problems.diagnostics)
        return 1
    rows = []
    for policy in corpus.policies.values():
        measures = [m for c in policy.clauses for m in c.measures]
        computed, draft = sum(m.computed for m in measures), sum(m.draft for m in measures)
        rows.append({"policy": policy.id, "clauses": len(policy.clauses), "measures": len(measures), "computed": computed, "draft": draft})
    warnings = lint(corpus)
    if args.json:
        as_json({"policies": rows, "warnings": [{"code": d.code, "place": str(d.place), "zh": d.zh, "en": d.en} for d in warnings]})
        return 1 if args.strict and warnings else 0
    for row in rows:
        print(f"{row['policy']:22} 条款 {row['clauses']:>3}  措施 {row['measures']:>3}  可计算 {row['computed']:>2}  已写规则待证 {row['draft']:>3}")
    words = corpus.vocabulary
    print(f"词汇：对象 {len(words.kinds)}，指标 {len(words.facts)}，名册 {len(words.registers)}，事项 {len(words.matters)}，部门 {len(words.departments)}")
    _warn(warnings)
    return 1 if args.strict and warnings else 0


_TITLES = {
    "L001": "断崖",
    "L002": "到不了的档次",
    "L003": "封顶低于一档的数额",
    "L004": "没有证明者",
    "L005": "没有用到的指标和名册",
    "L006": "只有一种写法的口径",
    "L008": "公平竞争审查用语",
    "L009": "不可能成立的条件",
}


def _warn(warnings: list[Diagnostic]) -> None:
    """The warnings by kind."""
    for code, title in _TITLES.items():
        of = [d for d in warnings if d.code == code]
        if of:
            print(f"\n{code} {title}（{len(of)}）")
        for item in of:
            print("\n".join([f"  {item.place}", *wrap(item.zh, "    ")]))
    if warnings:
        print(f"\n提示 {len(warnings)} 条，不影响使用；--strict 时视为不通过。")
