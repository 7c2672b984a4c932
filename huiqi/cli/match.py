"""`huiqi match` and `huiqi explain`."""

from __future__ import annotations

import argparse
from typing import NamedTuple

from huiqi import __version__
from huiqi.cli.main import day, known, readings
from huiqi.cli.output import as_json, wrap
from huiqi.cli.told import tell_result, tell_results
from huiqi.cli.told_package import tell_later, tell_package, tell_swings, tell_total_swings
from huiqi.combine.outlook import Outlook, outlook
from huiqi.combine.package import Package, best_package
from huiqi.combine.payers import borne
from huiqi.combine.swings import total_swings
from huiqi.combine.years import Course, courses
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts_file
from huiqi.evaluate.results import Result
from huiqi.evaluate.swings import looked_at, swings
from huiqi.evaluate.write_facts import facts_content
from huiqi.packs.about import funding_line
from huiqi.packs.evidence import evidence_words
from huiqi.packs.funding import funding_json, funding_rule
from huiqi.packs.registry import load_corpus


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
        _print(answer)
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
        "results": [_json(r, engine) for r in results],
        "combination": package.as_json()
        | {"by_funding": [b.as_json() for b in borne(package, corpus, engine.choices)], "courses": [c.as_json() for c in ways], "outlook": ahead.as_json()},
        "not_computed": listed,
    }


def _json(result: Result, engine: Engine) -> dict[str, object]:
    """A result with who pays it under the readings asked for."""
    return result.as_json() | {"funding": funding_json(engine.corpus, result.measure.id, engine.choices)}


def explain(args: argparse.Namespace) -> int:
    """The results of one measure with every reason and the readings they rest on."""
    corpus = load_corpus()
    measure_id = known(args.measure, corpus.measures, "措施", "measure", "MEASURE")
    policy, clause, measure = corpus.measures[measure_id]
    applicant = read_facts_file(args.facts, corpus)
    question = Question(day(args.on), measures=(measure_id,))
    engine = Engine(corpus, readings(args.reading))
    results = [r for r in engine.results(applicant, question) if r.measure.id == measure_id]
    if args.json:
        as_json([_json(r, engine) for r in results])
        return 0
    print(f"{measure.title}（{measure.id}）\n{policy.cite(clause)}")
    offices = "，".join(f"{word} {'、'.join(names)}" for word, names in (("牵头", clause.lead or (policy.lead,)), ("配合", clause.support)) if any(names))
    proof = evidence_words(measure, corpus.vocabulary) if measure.computed else ""
    payers = funding_rule(corpus, measure_id)
    paid = f"资金 {funding_line(payers, corpus, engine.choices, named=False)}" if payers else ""
    for text in (measure.summary, offices, paid, f"材料 {proof}" if proof else ""):
        if text:
            print("\n".join(wrap(text, "")))
    print()
    if not measure.computed:
        print("文件没有写出可以核对的条件，只作收录（huiqi show 可查）。")
        return 0
    if not results:
        fits = not set(measure.applicant).isdisjoint(corpus.vocabulary.family(applicant.kind))
        kind = f"文件里没有{measure.subject}，名单已经填全" if fits else f"由{'、'.join(measure.applicant)}申报，文件里的申报主体是{applicant.kind}"
        print(f"不符合：{kind}。")
    for result in results:
        tell_result(result, applicant)
    print()
    for id_, choice in dict(sorted({item for result in results for item in result.readings.items()})).items():
        reading = corpus.readings[id_]
        why = f"。{reading.reason}" if choice == reading.taken else "（按要求改用，非本系统默认口径）"
        print("\n".join(wrap(f"口径 {id_}：{reading.about}", "")))
        notice = "" if "以申报通知为准" in why else "（以申报通知为准）"
        print("\n".join(wrap(f"取“{reading.choices[choice]}”{why}{notice}", "  ")))
    print()
    tell_swings(swings(engine, applicant, question, results, results), applicant)
    return 0


def _print(answer: Answer) -> None:
    engine, applicant, question, results, package, ways, ahead = answer
    claim = claim_year(applicant, question)
    place = f"（{applicant.district}）" if applicant.district else ""
    print(f"{applicant.name or '申报主体'}{place}  申报日期 {question.on}  申报年度 {claim}")
    for id_, choice in engine.choices.items():
        print("\n".join(wrap(f"按要求换用口径 {id_}={choice}：{engine.corpus.readings[id_].choices[choice]}", "")))
    if question.policies:
        print("\n".join(wrap(f"只看 {'、'.join(question.policies)}", "")))
    print()
    tell_results(results, applicant, question.on, claim)
    tell_swings(swings(engine, applicant, question, results, looked_at(results)), applicant)
    tell_package(package, applicant, borne(package, engine.corpus, engine.choices))
    tell_total_swings(total_swings(engine, applicant, question, results, package))
    tell_later(ways, ahead, applicant)
    asked = [m for policy, _, m in engine.corpus.measures.values() if not question.policies or policy.id in question.policies]
    others = [m for m in asked if not m.computed]
    if others:
        moneyless = sum(m.shape == "none" for m in others)
        print(
            f"\n{'所问政策' if question.policies else '已收录'}共 {len(asked)} 项措施，{len(asked) - len(others)} 项已在上面核对；"
            f"其余没有写出可核对的条件，其中 {moneyless} 项不涉及金额，{len(others) - moneyless} 项标准未载明（huiqi show 政策编号 可查）。"
        )
