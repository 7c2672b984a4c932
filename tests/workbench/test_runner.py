"""Cases: how they are read, run, and where their faults are told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from huiqi.language.diagnostics import Problems
from huiqi.packs.registry import load_corpus
from huiqi.workbench.cases import load_cases
from huiqi.workbench.coverage import CONDITION, READING, STEP, cover
from huiqi.workbench.runner import Bench, Fault, run
from tests.workbench.pack import POLICY, case

Packs = Callable[..., Path]
TABLE = "≥ 5,000万元 档，标准 50万元"


def faults(packs: Packs, cases: str) -> list[Fault]:
    root = packs("small", POLICY, cases=cases)
    corpus = load_corpus(root)
    return run(Bench(corpus), load_cases(corpus, (), root))


def test_a_case_that_comes_out_has_no_fault(packs: Packs) -> None:
    assert faults(packs, case("对", "1亿元", "1000万元", "10万元")) == []


def test_a_wrong_amount_is_told_with_its_line_and_the_reasons(packs: Packs) -> None:
    (fault,) = faults(packs, case("错", "1亿元", "5000万元", "51万元"))
    assert str(fault.finding) == (
        "policies/hangzhou/small/tests.yaml:6:45 T001 small/1a 的 amount 应为 51万元，实为 50万元 | amount of small/1a: expected 51万元, found 50万元"
    )
    assert (fault.case, fault.sum) == ("错", "51万元")
    assert [r.text for r in fault.reasons] == ["2024年营业收入 1亿元 ≥ 1亿元", "2024年研发投入 5,000万元 ≥ 1,000万元", TABLE]


def test_a_result_that_is_not_there_is_told(packs: Packs) -> None:
    (fault,) = faults(packs, case("无", "1亿元", "5000万元", "50万元").replace("measure: 1a", "measure: 1a, period: '2023'"))
    assert fault.finding.code == "T002"
    assert fault.finding.zh == "small/1a 2023 应恰有一个结果，实有 0 个（现有：2024）"


def test_another_reading_is_taken_where_the_case_says_so(packs: Packs) -> None:
    assert faults(packs, case("高", "1亿元", "5000万元", "60万元", more="reading: {1.R1: high}")) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (", sum: 10万元", "", "T003"),
        ("  expect:\n  - {measure: 1a, status: eligible, amount: 10万元, sum: 10万元}\n", "", "T006"),
        ("status: eligible", "state: eligible", "P001"),
        ("measure: 1a", "measure: 1b", "T010"),
        ("amount: 10万元", "amount: 10万辆", "Q003"),
        ("complete: [all]", "complete: [all]\n  by: third", "P003"),
        ("complete: [all]", "complete: [all]\n  pending: population\n  limits: [1.L9]", "P007"),
    ],
)
def test_faults_of_form_are_diagnostics(packs: Packs, old: str, new: str, code: str) -> None:
    root = packs("small", POLICY, cases=case("错", "1亿元", "1000万元", "10万元").replace(old, new))
    with pytest.raises(Problems) as raised:
        load_cases(load_corpus(root), (), root)
    assert code in {d.code for d in raised.value.diagnostics}


def test_two_cases_of_one_name_are_told_apart_by_their_reading_only(packs: Packs) -> None:
    first, again = case("同", "1亿元", "1000万元", "10万元"), case("同", "1亿元", "1000万元", "10万元", more="by: second")
    root = packs("small", POLICY, cases=first + again + first)
    with pytest.raises(Problems) as raised:
        load_cases(load_corpus(root), (), root)
    assert [(d.code, d.place.line) for d in raised.value.diagnostics] == [("T011", 14)]


def test_a_combination_is_compared_as_match_prints_it(packs: Packs) -> None:
    good = case("合", "1亿元", "5000万元", "50万元") + "  expect_combination: {chosen: [{measure: 1a, amount: 50万元}], totals: {certain: 50万元}}\n"
    assert faults(packs, good) == []


@pytest.mark.parametrize("wrong", ["chosen: [{measure: 1a, amount: 51万元}]", "chosen: []", "totals: {certain: 51万元}", "dropped: [{measure: 1a}]"])
def test_another_combination_is_told(packs: Packs, wrong: str) -> None:
    (fault,) = faults(packs, case("合", "1亿元", "5000万元", "50万元") + f"  expect_combination: {{{wrong}}}\n")
    assert fault.finding.code == "T007"


def test_coverage_counts_conditions_both_ways_rows_and_choices(packs: Packs) -> None:
    root = packs("small", POLICY, cases=case("一", "1亿元", "5000万元", "50万元") + case("二", "9999万元", "1000万元"))
    corpus = load_corpus(root)
    coverage = cover(Bench(corpus), load_cases(corpus, (), root))["small"]
    # two conditions (revenue, the lowest row); the steps are two rows, the upper one also as the other reading has it
    assert {kind: coverage.count(kind) for kind in (CONDITION, STEP, READING)} == {CONDITION: (3, 4), STEP: (1, 3), READING: (1, 2)}
    assert [p for p in coverage.holes() if p[0] == CONDITION] == [(CONDITION, "small/1a", "t年研发投入 … ≥ 1,000万元：不成立")]


def test_before_its_first_day_a_measure_answers_for_every_subject(packs: Packs) -> None:
    early = case("早", "1亿元", "1000万元", on="2023-12-31").replace("measure: 1a", "measure: 1a, subject: P1").replace("ineligible", "not_in_force")
    assert faults(packs, early) == []
