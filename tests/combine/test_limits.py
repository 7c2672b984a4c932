"""Limits as they bear on one applicant: readings, keys, aid, years; deductions worked out again; the list of overlaps."""

import json

import pytest
from msgspec.structs import replace

from huiqi.combine.limits import rules
from huiqi.combine.package import best_package
from huiqi.combine.report import between_policies, inside_policies
from huiqi.evaluate.compiler import compile_program
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.known import exactly
from huiqi.evaluate.read_facts import read_facts
from huiqi.evaluate.write_facts import facts_content
from huiqi.packs.model import Corpus
from huiqi.rules.inputs import AwardedInput


def rule_of(corpus: Corpus, limit: str, choices: dict[str, str] | None = None):  # type: ignore[no-untyped-def]
    return next(r for r in rules(corpus, choices or {}) if r.limit.id == limit)


def test_a_reading_inside_a_limit_switches_at_run_time(corpus: Corpus) -> None:
    plain = rule_of(corpus, "hz-2022-ic/4.2.L1")
    local = rule_of(corpus, "hz-2022-ic/4.2.L1", {"hz-2022-ic/4.2.R1": "local"})
    assert [item.authorities for item in plain.items] == [("国家", "省", "市", "区")] * 2
    assert [item.authorities for item in local.items] == [("市", "区")] * 2
    assert plain.limit.readings == {"hz-2022-ic/4.2.R1": "all"}
    assert local.limit.readings == {"hz-2022-ic/4.2.R1": "local"}


def test_limits_shared_with_other_applicants_are_told_apart(corpus: Corpus) -> None:
    shared = {r.limit.id for r in rules(corpus, {}) if r.shared}
    assert {"hz-2025-integration/10.L1", "hz-2025-integration/16.L1", "hz-2025-integration/22.L2", "hz-2022-software/3.L1", "hzbj-2023-supply/s3.L1"} <= shared
    assert shared & {"hz-2022-biopharma/15.L1", "hz-2022-software/4.L3", "hz-2025-integration/25.L1", "hz-2023-equipment/5.L6"} == set()


def test_three_years_of_rest_after_an_award(corpus: Corpus) -> None:
    """4.L3: one award an APP within three years; the limit is met by aid alone, whatever the result."""
    from huiqi.combine.build import Builder
    from huiqi.combine.problem import Problem

    engine = Engine(corpus)
    rest = {}
    for year in (2021, 2022, 2023, 2024):
        aid = f"aid: [{{measure: hz-2022-software/4d, subject: A1, period: {year}, amount: 50万元}}]"
        firm = read_facts(f"{aid}\nsubjects: [{{kind: APP, id: A1}}]\ncomplete: [aid]".encode(), "f", corpus)
        question = Question("2025-11-01", 2024)
        results = [replace(r, status="eligible", amount=50_0000_00) for r in engine.results(firm, question) if r.measure.id == "hz-2022-software/4d"]
        model = Builder(engine, firm, question).model([r for r in results if r.subject], lambda r: r.amount)
        assert isinstance(model.problem, Problem)
        rest[year] = min(c.most for c in model.problem.counts if model.pool and c.members == frozenset({0}))
    assert rest == {2021: 1, 2022: 0, 2023: 0, 2024: 0}


def test_what_an_award_deducts_is_its_gross_less_what_was_paid(corpus: Corpus) -> None:
    """The combination works deductions out again as `gross − paid`, never below zero: true of every measure that deducts."""
    engine = Engine(corpus)
    met = 0
    for measure in engine.compiled:
        compiled = engine.compiled[measure]
        at = [n for n, read in enumerate(compiled.reads) if isinstance(read, AwardedInput)]
        if not at:
            continue
        met += 1
        known = [exactly(node.greatest) for node in compiled.nodes.values()]
        for n in at:
            known[n] = exactly(0)
        run = compile_program(compiled.rule.exact, compiled.reads, ("amount",))
        gross = run(known)
        assert gross is not None
        for paid in (1, 20_0000_00, 80_0000_00, 10**12):
            known[at[0]] = exactly(paid)
            assert run(known) == (max(gross[0] - paid, 0),), measure
    assert met >= 8


CARS = """
records: [{register: 整车制造企业, event: 新列入, from: 2020-01-01}]
subjects:
- {kind: 生产线, id: L1, facts: {新建生产线: yes, 智能网联新能源: yes, 量产日: 2026-02-10, 三年累计产量: 30万辆}}
- {kind: 车型, id: M1, of: L1, facts: {车型类别: 乘用车, 智能网联新能源: yes, 量产日: 2026-02-10, 产量: {2027: 205000辆}}}
- {kind: 车型, id: M2, of: L1, facts: {车型类别: 乘用车, 智能网联新能源: yes, 量产日: 2026-02-10, 产量: {2027: 205000辆}}}
complete: [all]
"""


def test_a_deduction_follows_what_was_chosen(corpus: Corpus) -> None:
    """The line's 3000万元 less its models' 2000万元 twice is nothing; the engine says so, and so does the package, which names the deduction."""
    engine, question = Engine(corpus), Question("2028-05-10")
    firm = read_facts(CARS.encode(), "cars.yaml", corpus)
    results = engine.results(firm, question)
    package = best_package(engine, firm, question, results)
    paid = {(r.measure.id, r.subject): a // 1_000_000 for r, a in zip(package.chosen, package.amounts, strict=True)}
    assert paid == {("hz-2025-integration/16a", "M1"): 2000, ("hz-2025-integration/16a", "M2"): 2000}
    assert [(d.result.measure.id, d.because) for d in package.dropped] == [("hz-2025-integration/16c", "扣除已得的支持后没有余额")]
    alone = best_package(engine, firm, question, [r for r in results if r.subject != "M2"])
    assert sum(alone.amounts) // 1_000_000 == 2000 + (3000 - 2000)


PRIZES = """
records:
- {register: 浙江省政府质量奖, level: 质量奖, from: 2020-10-01}
- {register: 浙江省政府质量奖, level: 质量奖, from: 2025-10-01}
- {register: 市领军型创新创业团队, from: 2025-09-19, issuer: 甲团队}
- {register: 市领军型创新创业团队, from: 2025-09-19, issuer: 乙团队}
aid: [{measure: hz-2025-integration/25a, period: 2020-10-01, amount: 200万元}]
complete: [all]
"""


def test_what_was_received_counts_at_the_level_of_its_record(corpus: Corpus) -> None:
    """A prize of a level is paid once; two teams of one day are two, told apart by who they are."""
    engine, question = Engine(corpus), Question("2026-06-30")
    firm = read_facts(PRIZES.encode(), "prizes.yaml", corpus)
    package = best_package(engine, firm, question, engine.results(firm, question))
    team = "hz-2025-integration/30a"
    assert [(r.measure.id, r.period, a // 1_000_000) for r, a in zip(package.chosen, package.amounts, strict=True)] == [
        (team, "2025-09-19", 500),
        (team, "2025-09-19#2", 500),
    ]
    assert [(d.result.measure.id, d.result.period) for d in package.dropped] == [("hz-2025-integration/25a", "2025-10-01")]
    again = read_facts(json.dumps(facts_content(firm, corpus.vocabulary)).encode(), "again.yaml", corpus)
    assert (again.records, again.aid) == (firm.records, firm.aid)


@pytest.mark.parametrize("pair", [("hz-2022-iot/1.4a", "hz-2023-equipment/5b"), ("hz-2023-ai/3.6a", "hz-2025-integration/23a")])
def test_overlaps_are_listed_with_the_days_both_are_in_force(corpus: Corpus, pair: tuple[str, str]) -> None:
    (found,) = [p for p in between_policies(corpus) if (p.a.id, p.b.id) == pair]
    days = {"hz-2022-iot/1.4a": ("2023-08-27", "2025-12-31"), "hz-2023-ai/3.6a": ("2025-12-29", "2026-12-31")}[pair[0]]
    assert (found.first_day, found.last_day) == days


def test_policies_never_in_force_together_do_not_overlap(corpus: Corpus) -> None:
    ids = {frozenset((p.a.id.partition("/")[0], p.b.id.partition("/")[0])) for p in between_policies(corpus)}
    assert frozenset(("hz-2022-software", "hz-2025-integration")) not in ids


def test_a_list_across_policies_is_an_overlap(corpus: Corpus) -> None:
    found = {(p.a.id, p.b.id): p.decided for p in between_policies(corpus)}
    assert found["hz-2022-iot/1.4a", "hz-2023-equipment/5a"] == "hz-2023-equipment/5.L6"


def test_inside_a_policy_only_its_text_decides(corpus: Corpus) -> None:
    found = {(p.a.id, p.b.id): p.decided for p in inside_policies(corpus)}
    assert found["hz-2022-software/4a", "hz-2022-software/4b"] == "hz-2022-software/4.L1"
    assert found["hz-2025-integration/24a", "hz-2025-integration/24b"] == "hz-2025-integration/24.L3"
