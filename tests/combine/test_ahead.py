"""What lies ahead of a package: bounds that hold every completion, what stays certain, ways over the years, the curve against one fact."""

import random

import pytest

from huiqi.combine.curve import whole_curve
from huiqi.combine.outlook import outlook
from huiqi.combine.package import Package, best_package, course_of
from huiqi.combine.years import courses
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.read_facts import read_facts
from huiqi.evaluate.results import UNKNOWN
from huiqi.packs.model import Corpus
from tests.evaluate.completion import completed
from tests.population.firms import Firms

ASKED = Question("2025-12-30", 2024)


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


def package_of(engine: Engine, firm: Applicant) -> Package:
    return best_package(engine, firm, ASKED, engine.results(firm, ASKED, with_reasons=False))


def sure(package: Package) -> int:
    return package.total("certain") + package.total("up_to")


@pytest.mark.parametrize("seed", [71, 72])
def test_every_completion_lies_within_the_bounds_and_what_is_certain_stays(engine: Engine, seed: int) -> None:
    maker, dice = Firms(engine, 2024, seed), random.Random(seed)
    stayed = limited = 0
    for _ in range(40):
        firm = maker.one()
        firm.complete |= {"records", "aid"}
        results = engine.results(firm, ASKED)
        before = best_package(engine, firm, ASKED, results)
        ahead = outlook(engine, firm, ASKED, results, before)
        assert {id(r) for r in ahead.certain} <= {id(r) for r in before.chosen}
        assert ahead.question is None or any(ahead.question.name in r.missing for r in ahead.possible)
        for _ in range(2):
            after = package_of(engine, completed(firm, maker, dice))
            assert before.low <= sure(after)
            assert before.high is None or sure(after) <= before.high
            there = {r.key: a for r, a in zip(after.chosen, after.amounts, strict=True)}
            for result in ahead.certain:
                assert result.key in there
            stayed += len(ahead.certain)
        limited += before.high is not None
    assert stayed > 100
    assert limited > 5


def test_nothing_is_possible_once_everything_is_known(engine: Engine) -> None:
    maker, dice = Firms(engine, 2024, 73), random.Random(73)
    met = 0
    for _ in range(40):
        firm = completed(maker.one(), maker, dice)
        results = engine.results(firm, ASKED)
        if any(r.status == UNKNOWN for r in results):  # a loan that belongs to no project can have no answer
            continue
        met += 1
        package = best_package(engine, firm, ASKED, results)
        ahead = outlook(engine, firm, ASKED, results, package)
        assert ahead.decided
        assert ahead.question is None
        assert [id(r) for r in ahead.certain] == [id(r) for r in package.chosen if course_of(r) != "if_selected"]
    assert met > 5


MATERIAL = """
records:
- {register: 重点新材料首批次目录, event: 列入, level: 市级, of: N1, from: 2022-06-01}
- {register: 首批次新材料, level: 省级, of: N1, from: 2024-02-01}
subjects:
- {kind: 产品, id: N1, facts: {投保日: 2024-03-01, 保费: {2024: 100万元}, 投保金额: {2024: 1亿元}, 首年保费: 100万元, 首年投保金额: 1亿元,
   首年度销售额: 2000万元, 认定后首年度销售额: 2000万元}}
complete: [all]
"""


def test_three_years_of_insurance_beside_one_award(engine: Engine) -> None:
    """90万元 + 80万元 + 70万元 (the later two under the policy that follows) against 2000万元 × 10% once."""
    firm = read_facts(MATERIAL.encode(), "firm.yaml", engine.corpus)
    question = Question("2025-06-01")
    (course,) = courses(engine, firm, question, engine.results(firm, question))
    ways = [(w.first.measure.id, [(y, a // 1_000_000) for y, a in w.years], w.total // 1_000_000) for w in course.ways]
    assert ways == [
        ("hz-2023-materials/3a", [(2024, 90), (2025, 80), (2026, 70)], 240),
        ("hz-2023-materials/3b", [(2024, 200), (2025, 0), (2026, 0)], 200),
    ]
    assert course.limit == "hz-2023-materials/3.L3"


FIRST_SET = """
facts: {高端装备领域: 机器人, 产业链: 智能仪表, 营业收入: {2020: 1亿元, 2021: 1.1亿元, 2022: 1.21亿元, 2023: 1.331亿元, 2024: 1.4641亿元}}
records:
- {register: 链主企业, level: 市级, from: 2022-06-01}
- {register: 首台套产品, level: 市级, of: P1, from: 2022-03-01}
- {register: 智能终端首台套推广指南, of: P1, from: 2022-06-01}
subjects:
- {kind: 产品, id: P1, facts: {首台套非关联销售额: {2024: 1亿元}, 产品销售额: {2024: 1500万元}, 首台套认定日: 2022-03-01, 首次应用日: 2023-06-01}}
complete: [all]
"""
YUAN = 100


def test_the_curve_finds_where_another_policy_takes_over(engine: Engine) -> None:
    """150万元 under 高端装备 whatever the sales outside the group; 2% of them is as much at 7500万元, where the exact sum wins."""
    firm = read_facts(FIRST_SET.encode(), "firm.yaml", engine.corpus)
    fact = engine.corpus.vocabulary.facts["首台套非关联销售额"]
    whole = whole_curve(engine, firm, Question("2025-06-01"), fact, "P1", 2024)
    assert whole is not None
    assert whole.complete
    turns = [(s.first, s.at_first, s.chosen[0][0]) for s in whole.stretches]
    least = 7500_0000 * YUAN
    assert turns[0] == (0, 150_0000 * YUAN, "hz-2023-equipment/5b")
    assert (turns[1][1], turns[1][2]) == (150_0000 * YUAN, "hz-2022-iot/1.4a")
    assert least - YUAN < turns[1][0] <= least  # 2% of a little less is the same sum of 分
    assert [(first // YUAN // 10_000, at // YUAN // 10_000) for first, at, _ in turns[2:4]] == [(1_0000, 300), (3_0000, 1500)]
    assert whole.stretches[-1].at_last == 2000_0000 * YUAN
    assert whole.drops() == []


def test_the_curve_is_the_package_at_any_value(engine: Engine) -> None:
    firm = read_facts(FIRST_SET.encode(), "firm.yaml", engine.corpus)
    fact, question, dice = engine.corpus.vocabulary.facts["产品销售额"], Question("2025-06-01"), random.Random(4)
    whole = whole_curve(engine, firm, question, fact, "P1", 2024)
    assert whole is not None
    assert all(a.last + 1 == b.first for a, b in zip(whole.stretches, whole.stretches[1:], strict=False))
    for _ in range(40):
        value = dice.randrange(whole.stretches[-1].last)
        here = next(s for s in whole.stretches if s.first <= value <= s.last)
        firm.subjects["P1"].facts["产品销售额"] = {2024: value}
        package = best_package(engine, firm, question, engine.results(firm, question, with_reasons=False))
        straight = here.at_first + (here.at_last - here.at_first) * (value - here.first) // max(here.last - here.first, 1)
        assert abs(sum(package.amounts) - straight) <= 1
        assert tuple((r.measure.id, r.subject or "") for r in package.chosen) == here.chosen


def test_a_level_that_is_not_known_may_be_any_of_the_limit(corpus: Corpus) -> None:
    """第25条: each of the two provincial prizes is paid once. Which prize the first record is, is not known: it may be the second's own."""
    text = """
claim: 2026
records:
- {register: 浙江省政府质量奖, from: 2026-03-15}
- {register: 浙江省政府质量奖, level: 质量管理创新奖, from: 2026-05-15}
complete: [all]
"""
    own, question = Engine(corpus), Question("2026-06-01")
    firm = read_facts(text.encode(), "f.yaml", corpus)
    results = [r for r in own.results(firm, question) if r.measure.id == "hz-2025-integration/25a"]
    package = best_package(own, firm, question, results)
    assert [(r.period, a // 1_000_000) for r, a in zip(package.chosen, package.amounts, strict=True)] == [("2026-05-15", 60)]
    assert (package.low // 1_000_000, package.high) == (60, 260_000_000)
    assert outlook(own, firm, question, results, package).certain == []
