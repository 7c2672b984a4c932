"""`huiqi questions` and `huiqi profile`."""

from __future__ import annotations

import argparse

from huiqi.cli.main import day, known, readings
from huiqi.cli.output import as_json
from huiqi.cli.told import hang
from huiqi.combine.curve import Whole, whole_curve
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.missing import AID, REGISTER
from huiqi.evaluate.profile import Curve, Piece, curves
from huiqi.evaluate.questions import NextQuestion, next_questions
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.evaluate.results import yuan
from huiqi.language.diagnostics import Place, did_you_mean, problem
from huiqi.language.units import UNITS, format_money, format_steps
from huiqi.packs.model import Corpus, Measure
from huiqi.packs.registry import load_corpus
from huiqi.packs.vocabulary import Fact

MOST_TOLD = 3  # measures named under a question


def questions(args: argparse.Namespace) -> int:
    """The facts worth asking for next, the most decisive first."""
    corpus = load_corpus()
    applicant = read_facts_file(args.facts, corpus)
    asked = next_questions(Engine(corpus, readings(args.reading)).results(applicant, Question(day(args.on), policies=tuple(args.policy))), corpus)
    if args.json:
        as_json([_asked_json(q) for q in asked])
        return 0
    if not asked:
        print("没有需要补充的事实，各项结果都已确定。| Nothing left to ask.")
        return 0
    print(f"还可补充 {len(asked)} 项，越靠前越能定下更多结果 | {len(asked)} questions, the most decisive first")
    for number, q in enumerate(asked, 1):
        _print_question(number, q, applicant, corpus)
    return 0


def _asked_json(q: NextQuestion) -> dict[str, object]:
    about = {"fact": q.name, "question": q.text, "of": list(q.of), "answers": list(q.answers), "certifier": q.certifier}
    return about | {"measures": list(q.measures), "at_most": yuan(q.at_most)}


def _print_question(number: int, q: NextQuestion, applicant: Applicant, corpus: Corpus) -> None:
    """What is asked and of what; then what hangs on it and how much, what it is called in a facts file and who certifies it."""
    of = "、".join(f"{s.kind}“{s.id}”" + (f"（{s.name}）" if s.name else "") for s in (applicant.subjects[id_] for id_ in q.of))
    answers = f"（{'／'.join(q.answers)}）" if q.answers else ""
    hang(f"{number:>2}. {f'{of}：' if of else ''}{q.text}{answers}", "", "    ")
    measures = [corpus.measures[id_][2] for id_ in q.measures]
    pay = any(m.pays for m in measures)
    most = "不涉及金额" if not pay else "金额随所填数值而定" if q.at_most is None else f"单项最多 {format_money(q.at_most)}"
    told = [f"{m.title}（{m.id}）" for m in measures[:MOST_TOLD]] + ["……"] * (len(measures) > MOST_TOLD)
    hang(f"关系到 {len(measures)} 项措施，{most}：{'、'.join(told)}", "    ", "      ")
    hang(_where(q, corpus), "    ", "      ")


def _where(q: NextQuestion, corpus: Corpus) -> str:
    """Where in a facts file the answer goes, and who certifies it."""
    register = q.name.removeprefix(REGISTER)
    if register != q.name:
        return f"记入 records：{register}；由{q.certifier}认定；没有的，complete 写上 {register}"
    if q.name in corpus.vocabulary.kinds:
        return f"记入 subjects：{q.name}；没有的，complete 写上 {q.name}"
    if q.name == AID:
        return "记入 aid；没有的，complete 写上 aid"
    fact, _, history = q.name.partition("（")
    place = f"{fact} 的 earlier" if history.endswith("以前最高）") else q.name
    return f"填写 {place}{f'；由{q.certifier}证明' if q.certifier else ''}"


def profile(args: argparse.Namespace) -> int:
    """The curve of every result against one fact."""
    corpus = load_corpus()
    name = known(args.fact, corpus.vocabulary.facts, "指标", "fact", "FACT")
    fact = corpus.vocabulary.facts[name]
    if fact.unit not in UNITS or fact.formula:
        raise problem("C010", Place("FACT"), name=name)
    applicant = read_facts_file(args.facts, corpus)
    if args.subject and args.subject not in applicant.subjects:
        raise problem("F008", Place("--subject"), id=args.subject, **did_you_mean(args.subject, applicant.subjects))
    question = Question(day(args.on), policies=tuple(args.policy))
    claim = applicant.claim or int(question.on[:4]) - 1
    year = (args.year or claim) if fact.by == "year" else None
    engine = Engine(corpus, readings(args.reading))
    found = curves(engine, applicant, question, fact, args.subject or "", year)
    whole = whole_curve(engine, applicant, question, fact, args.subject or "", year) if args.combination or not args.json else None
    if args.json:
        as_json(_whole_json(whole, fact) if args.combination else [_json(c, fact) for c in found])
        return 0
    if not found:
        print(f"没有措施的金额随“{name}”变化，或还缺其他事实（huiqi questions 可查）。")
    for curve in found:
        _print(curve, fact, corpus.measures[curve.measure][2])
    if whole is not None:
        _print_whole(whole, fact)
    return 0


def _whole_json(whole: Whole | None, fact: Fact) -> dict[str, object]:
    """The curve of the combination; no stretches where nothing reads the fact."""
    stretches = [
        {
            "from": format_steps(x.first, fact.unit),
            "to": format_steps(x.last, fact.unit),
            "amount": [yuan(x.at_first), yuan(x.at_last)],
            "chosen": [{"measure": m, "subject": subject} for m, subject in x.chosen],
        }
        for x in (whole.stretches if whole else ())
    ]
    drops = [{"at": format_steps(at, fact.unit), "before": yuan(a), "after": yuan(b)} for at, a, b in (whole.drops() if whole else ())]
    return {"complete": whole is None or whole.complete, "stretches": stretches, "drops": drops}


def _print_whole(whole: Whole, fact: Fact) -> None:
    print("最优组合（不含须入选的；拐点取自各措施，组合变化处以二分求得，算到最后一个拐点和现值的1.25倍）")
    for x in whole.stretches[:16]:
        last = fact.greatest if x is whole.stretches[-1] else x.last
        print(f"  {_stretch(x.first, last, fact)}：{_amounts(x.at_first, x.at_last, last, fact)}")
    if len(whole.stretches) > 16:
        print(f"  …… 共 {len(whole.stretches)} 段")
    for at, before, after in whole.drops()[:5]:
        print(f"  倒挂：到 {format_steps(at, fact.unit)} 时由 {format_money(before)} 降为 {format_money(after)}")
    if not whole.complete:
        print("  分段太多，没有逐段算完，靠后的几段只是近似。")


def _json(curve: Curve, fact: Fact) -> dict[str, object]:
    return {
        "measure": curve.measure,
        "subject": curve.subject,
        "period": curve.period,
        "now": None if curve.now is None else format_steps(curve.now, fact.unit),
        "pieces": [
            {
                "from": format_steps(p.first, fact.unit),
                "to": format_steps(p.last, fact.unit),
                "eligible": p.eligible,
                "amount": [yuan(p.at_first), yuan(p.at_last)],
                "stairs": _stairs(p, fact),
            }
            for p in curve.pieces
        ],
    }


def _stairs(p: Piece, fact: Fact) -> dict[str, str | None] | None:
    """Where the amount goes up in whole steps inside a piece."""
    steps = p.stairs
    return None if steps is None else {"from": format_steps(steps.rise, fact.unit), "every": format_steps(steps.every, fact.unit), "by": yuan(steps.by)}


def _stretch(first: int, last: int, fact: Fact) -> str:
    """`不到 1,465万元`, `1,465万元 至 5,265万元`, `超过 5,265万元`: an end is said by the rounder of itself and its neighbour."""

    def say(value: int) -> str:
        return format_steps(value, fact.unit)

    if first == last:
        return say(first)
    below = "" if last >= fact.greatest else f"不到 {say(last + 1)}" if len(say(last + 1)) < len(say(last)) else f"不超过 {say(last)}"
    above = "" if first <= fact.least else f"超过 {say(first - 1)}" if len(say(first - 1)) < len(say(first)) else f"{say(first)} 起"
    return "，".join(x for x in (above, below) if x) or "不论多少"


def _amounts(at_first: int, at_last: int, last: int, fact: Fact) -> str:
    """What a stretch pays from one end to the other; where only the domain of the fact ends it, from what on."""
    if at_first == at_last:
        return format_money(at_first)
    return (
        f"{format_money(at_first)} 起，随之{'增加' if at_last > at_first else '减少'}"
        if last >= fact.greatest
        else f"{format_money(at_first)} 至 {format_money(at_last)}"
    )


def _paid(p: Piece, fact: Fact) -> str:
    """What a piece pays; stairs are said by their first rise, their width and their height (每满一定数额)."""
    if p.stairs is None:
        return _amounts(p.at_first, p.at_last, p.last, fact)
    width = f"每 {format_steps(p.stairs.every, fact.unit)} 再" if p.stairs.rise + p.stairs.every <= p.last else ""
    return f"{format_money(p.at_first)}，{format_steps(p.stairs.rise, fact.unit)} 起{width}加 {format_money(p.stairs.by)}"


def _print(curve: Curve, fact: Fact, measure: Measure) -> None:
    print(f"{measure.title}（{curve.measure}{' ' + curve.subject if curve.subject else ''}）")
    shown = curve.pieces if len(curve.pieces) <= 14 else curve.pieces[:12]
    for p in shown:
        here = "◀ 现在" if curve.now is not None and p.first <= curve.now <= p.last else ""
        amount = "不符合" if not p.eligible else _paid(p, fact) if measure.pays else "符合"
        print(f"  {_stretch(p.first, p.last, fact)}：{amount} {here}".rstrip())
    if len(shown) < len(curve.pieces):
        print(f"  …… 共 {len(curve.pieces)} 段")
    step = curve.next_step()
    if step is not None and curve.now is not None:
        print(f"  再增加 {format_steps(step.first - curve.now, fact.unit)}，金额变为 {format_money(step.at_first)}")
    for at, before, after in curve.cliffs()[:3]:
        print(f"  台阶：{format_steps(at, fact.unit)} 处由 {format_money(before)} 变为 {format_money(after)}")
    print()
