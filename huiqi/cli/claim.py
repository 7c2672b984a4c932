"""`huiqi check-claim`: what of a claimed set stands, what falls and why, what would be better."""

from __future__ import annotations

import argparse

from huiqi.cli.main import day, known, readings
from huiqi.cli.output import as_json, pad, wrap
from huiqi.combine.claim import FALLS, OPEN, REDUCED, STANDS, Checked, check_claim, read_claim
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.language.units import format_money
from huiqi.packs.registry import load_corpus

_MARKS = {STANDS: "✔ 成立", REDUCED: "↓ 减为", FALLS: "✘ 不成立", OPEN: "？待补充"}


def check_claim_command(args: argparse.Namespace) -> int:
    """Print the verdicts; exit 1 when something of the claim falls, wholly or in part."""
    corpus = load_corpus()
    policies = tuple(known(p, corpus.policies, "政策", "policy", "--policy") for p in args.policy)
    engine = Engine(corpus, readings(args.reading))
    applicant = read_facts_file(args.facts, corpus)
    claim = read_claim(args.claim, applicant, corpus)
    question = Question(day(args.on), policies=policies)
    checked = check_claim(engine, applicant, question, engine.results(applicant, question), claim)
    if args.json:
        as_json(checked.as_json())
    else:
        _print(checked)
    return 0 if checked.holds else 1


def _print(checked: Checked) -> None:
    for v in checked.verdicts:
        amount = "" if v.verdict in (FALLS, OPEN) else format_money(v.allowed)
        print(f"  {pad(_MARKS[v.verdict], 9)} {pad(f'{v.claimed.measure} {v.claimed.subject}'.strip(), 34)} {amount:>12}")
        if v.because:
            print("\n".join(wrap(v.because, "            ")))
    print(f"  合计可得 {format_money(checked.total)}")
    if checked.more:
        print(f"  最优组合可多得 {format_money(checked.more)}，另含：")
        for result, money in checked.better():
            print(f"    {pad(' '.join(x for x in (result.measure.id, result.subject) if x), 34)} {format_money(money):>12}  {result.measure.title}")
    elif checked.holds:
        print("  没有更好的组合。")
