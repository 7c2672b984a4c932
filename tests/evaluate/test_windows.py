"""Which day or year the window of a policy is tested against, and which recognitions a claim reaches."""

import pytest

from huiqi.evaluate.applicant import Applicant, Record
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import NOT_IN_FORCE, Result
from huiqi.packs.model import Corpus

ENDED = ("hz-2022-iot", "hz-2022-software", "hz-2023-energy", "hz-2023-equipment", "hz-2023-materials")


def switch(corpus: Corpus, policy: str, choice: str) -> Engine:
    return Engine(corpus, {corpus.policies[policy].applies_reading: choice})


def firm(claim: int, *records: Record) -> Applicant:
    return Applicant("企业", "", "", "", claim, records=list(records), complete={"all"})


def statuses(results: list[Result]) -> set[bool]:
    return {r.status == NOT_IN_FORCE for r in results}


@pytest.mark.parametrize("policy", ENDED)
def test_facts_of_2025_filed_in_2026(corpus: Corpus, policy: str) -> None:
    question = Question("2026-03-01", 2025, (policy,))
    as_taken = Engine(corpus).results(firm(2025), question)
    assert statuses(as_taken) == {True}
    assert {tuple(r.readings.items()) for r in as_taken} == {((corpus.policies[policy].applies_reading, "application"),)}
    assert statuses(switch(corpus, policy, "fact_year").results(firm(2025), question)) == {False}
    assert statuses(switch(corpus, policy, "fact_year").results(firm(2026), Question("2027-03-01", 2026, (policy,)))) == {True}


def test_no_policy_answers_before_its_first_day(corpus: Corpus) -> None:
    for id_, policy in corpus.policies.items():
        for choice in corpus.readings[policy.applies_reading].choices:
            results = switch(corpus, id_, choice).results(firm(2024), Question("2022-01-31", 2024, (id_,)))
            assert statuses(results) == {True}, (id_, choice)


def test_a_recognition_is_tested_by_its_own_day(lab: Corpus) -> None:
    engine = switch(lab, "lab", "event")
    inside, outside = (Record("高新技术企业", "首次认定", "", "", day, "") for day in ("2022-01-01", "2021-12-31"))
    for record, status in ((inside, "eligible"), (outside, "ineligible")):
        year = int(record.first_day[:4])
        found = [r.status for r in engine.results(firm(year, record), Question("2023-01-01", year)) if r.measure.id == "lab/3a"]
        assert found == [status if year == 2022 else NOT_IN_FORCE]


@pytest.mark.parametrize(("choice", "periods"), [("one", ["2024"]), ("two", ["2023-05-01"]), ("any", ["2024"])])
def test_a_reading_decides_what_a_result_accrues_to(lab: Corpus, choice: str, periods: list[str]) -> None:
    results = Engine(lab, {"lab/4.R1": choice}).results(firm(2024, Record("链主企业", "认定", "", "", "2023-05-01", "")), Question("2025-06-30", 2024))
    found = [r for r in results if r.measure.id == "lab/4d"]
    assert [r.period for r in found] == periods
    assert [r.readings for r in found] == [{"lab/4.R1": choice}]


def test_recognitions_of_one_day_have_their_own_periods(lab: Corpus) -> None:
    records = [Record(name, "认定", "", "", "2024-06-15", "") for name in ("链主企业", "AI工厂")]
    for given in (records, records[::-1]):
        results = [r for r in Engine(lab).results(firm(2024, *given), Question("2025-06-30", 2024)) if r.measure.id == "lab/3b"]
        assert [(r.period, r.record.register if r.record else "") for r in results] == [("2024-06-15", "AI工厂"), ("2024-06-15#2", "链主企业")]


@pytest.mark.parametrize(
    ("day", "on", "claim", "holds", "said"),
    [
        ("2024-05-10", "2024-05-10", 2024, True, "2024-05-10 列入“AI工厂”"),
        ("2024-05-10", "2024-05-09", 2024, False, "2024年内没有列入“链主企业”、“AI工厂”（2024-05-10 列入的在申报日期之后）"),
        ("2024-05-10", "2024-06-30", 2023, False, "2023年内没有列入“链主企业”、“AI工厂”（2024-05-10 列入的归申报年度 2024，申报它要写 claim: 2024）"),
        ("2022-05-10", "2024-06-30", 2023, False, "2023年内没有列入“链主企业”、“AI工厂”（2022-05-10 列入的归申报年度 2022，申报它要写 claim: 2022）"),
    ],
)
def test_a_recognition_counts_once_it_is_there_and_in_its_own_year(lab: Corpus, day: str, on: str, claim: int, holds: bool, said: str) -> None:
    results = Engine(lab).results(firm(claim, Record("AI工厂", "认定", "", "", day, "")), Question(on, claim))
    assert [(r.reasons[0].holds, r.reasons[0].text) for r in results if r.measure.id == "lab/3b"] == [(holds, said)]
