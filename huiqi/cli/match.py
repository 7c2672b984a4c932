"""`huiqi match` and `huiqi explain`."""

from __future__ import annotations

import argparse
from typing import NamedTuple

from huiqi import __version__
from huiqi.cli.main import day, known, readings
from huiqi.cli.output import DECISION, KIND, STATUS, amount_text, as_json, pad, wrap
from huiqi.combine.explain import Ending
from huiqi.combine.outlook import Outlook, outlook
from huiqi.combine.package import Package, best_package
from huiqi.combine.years import Course, courses
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Result
from huiqi.evaluate.write_facts import facts_content
from huiqi.language.units import format_money
from huiqi.packs.model import Corpus
from huiqi.packs.registry import load_corpus
from huiqi.packs.say import limit_words

_MARKS = {True: "✓", False: "✗", None: "？"}


def match(args: argparse.Namespace) -> int:
    """Every result for the firm, then the best combination."""
    corpus = load_corpus()
    policies = tuple(known(p, corpus.policies, "政策", "policy", "--policy") for p in args.policy)
    applicant = read_facts_file(args.facts, corpus)
    question = Question(day(args.on), policies=policies)
    answer = answered(Engine(corpus, readings(args.reading)), applicant, question)
    if args.json:
        as_json(document(answer))
    else:
        _print(applicant, question, answer.results, answer.package, corpus)
        _later(answer.ways, answer.ahead)
    return 0


class Answer(NamedTuple):
    """What was asked, and every result with the best combination of them."""

    engine: Engine
    applicant: Applicant
    question: Question
    results: list[Result]
    package: Package
    ways: list[Course]
    ahead: Outlook


def answered(engine: Engine, applicant: Applicant, question: Question) -> Answer:
    """Ask the engine, then combine."""
    results = engine.results(applicant, question)
    package = best_package(engine, applicant, question, results)
    ahead = outlook(engine, applicant, question, results, package)
    return Answer(engine, applicant, question, results, package, courses(engine, applicant, question, results), ahead)


def claim_year(applicant: Applicant, question: Question) -> int:
    """t: as asked, as the file says, or the year before the application."""
    return question.claim or applicant.claim or int(question.on[:4]) - 1


def document(answer: Answer) -> dict[str, object]:
    """The JSON of the contract (design §7), with all that `huiqi replay` needs to ask again."""
    engine, applicant, question, results, package, ways, ahead = answer
    corpus = engine.corpus
    listed = [m for m, (p, _, x) in corpus.measures.items() if not x.computed and (not question.policies or p.id in question.policies)]
    return {
        "on": question.on,
        "claim": claim_year(applicant, question),
        "applicant": {"kind": applicant.kind, "name": applicant.name, "code": applicant.code, "district": applicant.district},
        "asked": {"policies": list(question.policies), "readings": engine.choices},
        "facts": facts_content(applicant, corpus.vocabulary),
        "versions": {"engine": __version__, "packs": {p.id: p.version for p in corpus.policies.values()}},
        "results": [r.as_json() for r in results],
        "combination": package.as_json() | {"courses": [c.as_json() for c in ways], "outlook": ahead.as_json()},
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
        _result(result, applicant)
    for id_, choice in dict(sorted({item for result in results for item in result.readings.items()})).items():
        reading = corpus.readings[id_]
        why = f"。{reading.reason}" if choice == reading.taken else "（按要求改用，非本系统默认口径）"
        print(f"口径 {id_}：{reading.about}\n  取“{reading.choices[choice]}”{why}（以申报通知为准）")
    return 0


def _print(applicant: Applicant, question: Question, results: list[Result], package: Package, corpus: Corpus) -> None:
    place = f"（{applicant.district}）" if applicant.district else ""
    print(f"{applicant.name or '申报主体'}{place}  申报日期 {question.on}  申报年度 {claim_year(applicant, question)}\n")
    groups = {status: [r for r in results if r.status == status] for status in (ELIGIBLE, UNKNOWN, INELIGIBLE, NOT_IN_FORCE)}
    groups[ELIGIBLE].sort(key=lambda r: -(r.amount or 0))
    remote = [r for r in groups[UNKNOWN] if r.subject is None or r.unrecorded]
    groups[UNKNOWN] = [r for r in groups[UNKNOWN] if r not in remote]
    plain = [r for status in (ELIGIBLE, UNKNOWN) for r in groups[status] if r.amount_kind == "none"]
    for status, title in ((ELIGIBLE, "符合"), (UNKNOWN, "待补充")):
        groups[status] = [r for r in groups[status] if r.amount_kind != "none"]
        if groups[status]:
            print(_rule(f"{title} {len(groups[status])} 项"))
            for result in groups[status]:
                _result(result, applicant)
            print()
    if plain:
        _plain(plain, applicant)
    if remote:
        _remote(remote)
    if groups[INELIGIBLE]:
        _ineligible(groups[INELIGIBLE], applicant)
    if groups[NOT_IN_FORCE]:
        print(_rule("不在有效期"))
        for policy in dict.fromkeys(r.policy.id for r in groups[NOT_IN_FORCE]):
            own = [r for r in groups[NOT_IN_FORCE] if r.policy.id == policy]
            print(f"  － {policy}（{len(own)} 项）：{own[0].reasons[0].text}")
        print()
    _package(package, applicant)
    others = [m for _, _, m in corpus.measures.values() if not m.computed]
    moneyless = sum(m.shape == "none" for m in others)
    print(
        f"\n已收录 {len(corpus.measures)} 项措施，其中 {len(corpus.measures) - len(others)} 项有可核对的条件；"
        f"其余 {moneyless} 项不涉及金额，{len(others) - moneyless} 项标准未载明（huiqi show 政策编号 可查）。"
    )


def _plain(results: list[Result], applicant: Applicant) -> None:
    """Results without a sum, one entry each: what is granted, or what is still to be known."""
    print(_rule(f"不涉及金额或标准未载明 {len(results)} 项"))
    for result in results:
        what = f"待补充 {'、'.join(result.missing)}" if result.status == UNKNOWN else amount_text(result)
        text = f"{STATUS[result.status][0]} {result.measure.id} {result.measure.title}{_about(result, applicant)}：{what}"
        first, *rest = wrap(text, "    ")
        print("\n".join(["  " + first.strip(), *rest]))
    print()


def _ineligible(results: list[Result], applicant: Applicant) -> None:
    """Results that fail, those of one policy that fail for the same reason together."""
    print(_rule(f"不符合 {len(results)} 项"))
    by_reason: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        by_reason.setdefault((result.policy.id, next(r.text for r in result.reasons if r.holds is False)), []).append(result)
    for (policy, why), alike in by_reason.items():
        if len(alike) == 1:
            text = f"✘ {alike[0].measure.id} {alike[0].measure.title}{_about(alike[0], applicant)}：{why}"
        else:
            names = dict.fromkeys(f"{r.measure.id.partition('/')[2]} {r.measure.title}" for r in alike)
            text = f"✘ {policy}（{len(alike)} 项）{why}：{'、'.join(names)}"
        first, *rest = wrap(text, "    ")
        print("\n".join(["  " + first.strip(), *rest]))
    print()


def _remote(results: list[Result]) -> None:
    """Results that hang on something not mentioned at all: one line for each list or register."""
    print(_rule(f"未登记的对象和名册，有则补充（涉及 {len(results)} 项）"))
    by_name: dict[str, list[str]] = {}
    for result in results:
        by_name.setdefault("、".join(result.missing[:1]), []).append(result.measure.id)
    for name, ids in by_name.items():
        for line in wrap(f"{name}：{'、'.join(ids)}", "  "):
            print(line)
    print()


def _rule(title: str) -> str:
    return f"── {title} ".ljust(56, "─")


def _about(result: Result, applicant: Applicant) -> str:
    """` 产品“P1”（名称）`."""
    subject = applicant.subjects.get(result.subject or "")
    if subject is None:
        return ""
    return f"  {result.subject_kind}“{subject.id}”" + (f"（{subject.name}）" if subject.name else "")


def _period(result: Result) -> str:
    return "一次性" if result.period == "done" else f"归属 {result.period}"


def _result(result: Result, applicant: Applicant) -> None:
    decision = "" if result.settled else DECISION[result.measure.decision]
    notes = [amount_text(result), decision, "已获支持，不再计入" if result.received else ""]
    print(f"{STATUS[result.status]}  {result.measure.title}{_about(result, applicant)}  {'  '.join(x for x in notes if x)}")
    print(f"    {result.measure.id}  {result.citation}  {_period(result)}")
    for reason in result.reasons:
        mark = _MARKS[reason.holds] if reason.kind == "condition" else "＝"
        first, *rest = wrap(reason.text, "      ")
        print("\n".join([f"    {mark} {first.strip()}", *rest]))
    if result.missing:
        print(f"    待补充：{'、'.join(result.missing)}")
    if result.measure.payee:
        print(f"    受益主体：{result.measure.payee}")
    for limit in result.clause.limits:
        if limit.id in result.limits:
            print(f"    限额 {limit.id.rpartition('/')[2]}：{limit_words(limit)}")


def _bound(bound: Ending) -> str:
    """A limit that bound: what the results come to, what it leaves them."""
    received = f"（限额 {format_money(bound.printed)}，已获 {format_money(bound.received)}）" if bound.received and not bound.counts else ""
    if not bound.applied:
        return f"限额 {bound.limit}：额度取决于待补充的数据，尚未计入"
    if bound.counts:
        return f"限额 {bound.limit}：符合 {bound.before} 项，最多 {bound.at_most} 项"
    return f"限额 {bound.limit}：合计 {format_money(bound.before)}，按 {format_money(bound.at_most)} 计{received}"


def _package(package: Package, applicant: Applicant) -> None:
    print(_rule("最优组合（从优、就高、不重复）"))
    if not package.chosen:
        print("  没有金额已确定的措施。")
    for result, amount in zip(package.chosen, package.amounts, strict=True):
        label = f"{result.measure.id} {result.subject or ''}".strip()
        print(f"  {pad(label, 34)} {KIND[result.amount_kind]} {format_money(amount):>12}  {result.measure.title}")
    for at, rivals in package.instead_of.items():
        print(f"  如入选 {package.chosen[at].measure.id}，将代替 {'、'.join(r.measure.id for r in rivals)}")
    for bound in package.bounds:
        print(f"  {_bound(bound)}")
    for dropped in package.dropped:
        print("\n".join(wrap(f"未选 {dropped.result.measure.id}{_about(dropped.result, applicant)}：{dropped.because}", "  ")))
    for limit in package.shared:
        print("\n".join(wrap(f"与其他申报主体共用的限额 {limit.id}：{limit_words(limit)}，以全部申报为准", "  ")))
    if package.runner_up is not None:
        other = package.runner_up
        print(f"  次优：改选 {other.instead.measure.id}，合计 {format_money(other.total)}，少 {format_money(other.less)}")
    if not package.optimal:
        print("  可能的组合太多，没有逐一比完，以上不保证最优。")
    for payee, paid in package.totals().items():
        parts = [f"{name} {format_money(paid[course])}" for course, name in COURSE_NAMES.items() if paid[course]]
        print(f"  合计（{payee or applicant.name or '申报主体'}）  {'  '.join(parts)}")


COURSE_NAMES = {"certain": "确定可得", "up_to": "以上限或评审为准，最高", "if_selected": "如入选，最高"}


def _later(ways: list[Course], ahead: Outlook) -> None:
    for course in ways:
        print(f"\n二选一（{course.limit}），假定以后年度数据不变：")
        for way in course.ways:
            years = "，".join(f"{year}年度 {format_money(amount)}" for year, amount in way.years if amount)
            print("\n".join(wrap(f"{way.first.measure.title}（{way.first.measure.id}）：{years}，合计 {format_money(way.total)}", "  ")))
    if ahead.question is not None:
        gain = "" if ahead.gain is None else f"（最多再增加 {format_money(ahead.gain)}）"
        print("\n".join(wrap(f"最可能改变组合的一问：{ahead.question.name}。{ahead.question.text}{gain}", "")))
