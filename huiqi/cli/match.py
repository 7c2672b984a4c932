"""`huiqi match` and `huiqi explain`."""

from __future__ import annotations

import argparse

from huiqi import __version__
from huiqi.cli.main import day, known, readings
from huiqi.cli.output import DECISION, STATUS, amount_text, as_json, pad, wrap
from huiqi.combine.package import Package, best_package
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Result
from huiqi.language.units import format_money
from huiqi.packs.model import Corpus
from huiqi.packs.registry import load_corpus

_MARKS = {True: "✓", False: "✗", None: "？"}


def match(args: argparse.Namespace) -> int:
    """Every result for the firm, then the best combination."""
    corpus = load_corpus()
    policies = tuple(known(p, corpus.policies, "政策", "policy", "--policy") for p in args.policy)
    engine = Engine(corpus, readings(args.reading))
    applicant = read_facts_file(args.facts, corpus)
    on = day(args.on)
    question = Question(on, policies=policies)
    results = engine.results(applicant, question)
    package = best_package(results, applicant, corpus)
    if args.json:
        as_json(document(applicant, question, results, package, corpus))
    else:
        _print(applicant, question, results, package, corpus)
    return 0


def claim_year(applicant: Applicant, question: Question) -> int:
    """t: as asked, as the file says, or the year before the application."""
    return question.claim or applicant.claim or int(question.on[:4]) - 1


def document(applicant: Applicant, question: Question, results: list[Result], package: Package, corpus: Corpus) -> dict[str, object]:
    """The JSON of the contract (design §7)."""
    listed = [m for m, (p, _, x) in corpus.measures.items() if not x.computed and (not question.policies or p.id in question.policies)]
    return {
        "on": question.on,
        "claim": claim_year(applicant, question),
        "applicant": {"kind": applicant.kind, "name": applicant.name, "code": applicant.code, "district": applicant.district},
        "versions": {"engine": __version__, "packs": {p.id: p.version for p in corpus.policies.values()}},
        "results": [r.as_json() for r in results],
        "combination": package.as_json(),
        "not_computed": listed,
    }


def explain(args: argparse.Namespace) -> int:
    """The results of one measure with every reason and the readings they rest on."""
    corpus = load_corpus()
    measure_id = known(args.measure, corpus.measures, "措施", "measure", "MEASURE")
    policy, clause, measure = corpus.measures[measure_id]
    applicant = read_facts_file(args.facts, corpus)
    question = Question(day(args.on))
    results = [r for r in Engine(corpus, readings(args.reading)).results(applicant, question) if r.measure.id == measure_id]
    if args.json:
        as_json([r.as_json() for r in results])
        return 0
    print(f"{measure.title}（{measure.id}）\n{policy.cite(clause)}\n{measure.summary}\n")
    if not measure.computed:
        print("这项措施已收录，尚不能自动计算。| Listed, not computed yet.")
        return 0
    if not results:
        print(f"申报主体应为{'、'.join(measure.applicant)}，或没有登记{measure.subject or '相关情况'}。")
    for result in results:
        _result(result)
    for id_ in sorted({r for result in results for r in result.readings}):
        reading = corpus.readings[id_]
        print(f"口径 {id_}：{reading.about}\n  取“{reading.choices[reading.taken]}”。{reading.reason}（以申报通知为准）")
    return 0


def _print(applicant: Applicant, question: Question, results: list[Result], package: Package, corpus: Corpus) -> None:
    place = f"（{applicant.district}）" if applicant.district else ""
    print(f"{applicant.name or '申报主体'}{place}  申报日期 {question.on}  申报年度 {claim_year(applicant, question)}\n")
    for status, title in ((ELIGIBLE, "符合"), (UNKNOWN, "待补充"), (INELIGIBLE, "不符合"), (NOT_IN_FORCE, "不在有效期")):
        group = [r for r in results if r.status == status]
        if not group:
            continue
        print(f"── {title} {len(group)} 项 " + "─" * 40)
        if status == ELIGIBLE:
            group.sort(key=lambda r: -(r.amount or 0))
        for result in group:
            if status == NOT_IN_FORCE:
                print(f"  {pad(result.measure.id, 26)} {result.measure.title}：{result.reasons[0].text}")
            else:
                _result(result, brief=status == INELIGIBLE)
        print()
    _package(package)
    waiting = sum(not m.computed for _, _, m in corpus.measures.values())
    print(f"\n已收录 {len(corpus.measures)} 项措施，其中 {waiting} 项尚不能自动计算，未列入以上结果（huiqi show 政策编号 可查）。")


def _result(result: Result, brief: bool = False) -> None:
    subject = f"  {result.subject_kind}“{result.subject}”" if result.subject else ""
    notes = "  ".join(x for x in (amount_text(result), DECISION[result.measure.decision] if not brief else "") if x)
    print(f"{STATUS[result.status]}  {result.measure.title}{subject}  {notes}")
    print(f"    {result.measure.id}  {result.citation}  归属 {result.period}")
    reasons = [r for r in result.reasons if r.holds is False] if brief else result.reasons
    for reason in reasons:
        mark = _MARKS[reason.holds] if reason.kind == "condition" else "＝"
        first, *rest = wrap(reason.text, "      ")
        print(f"    {mark} {first.strip()}")
        for line in rest:
            print(line)
    if result.missing and not brief:
        print(f"    待补充：{'、'.join(result.missing)}")
    if result.measure.payee and not brief:
        print(f"    受益主体：{result.measure.payee}")


def _package(package: Package) -> None:
    print("── 最优组合（从优、就高、不重复） " + "─" * 24)
    if not package.chosen:
        print("  没有金额已确定的措施。")
    for result, amount in zip(package.chosen, package.amounts, strict=True):
        subject = f" {result.subject}" if result.subject else ""
        print(f"  {pad(result.measure.id + subject, 34)} {format_money(amount):>14}  {result.measure.title}")
    for bound in package.bounds:
        print(f"  限额 {bound.limit}：合计 {format_money(bound.before)}，按 {format_money(bound.at_most)} 计")
    for dropped in package.dropped:
        print(f"  未选 {dropped.result.measure.id}：与 {dropped.in_favour_of.measure.id} 属同一事项")
    names = (("certain", "确定可得"), ("up_to", "以上限计"), ("if_selected", "如入选"))
    print("  合计  " + "  ".join(f"{name} {format_money(package.total(course))}" for course, name in names))
