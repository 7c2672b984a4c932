"""Questions ask only for what can still move an undecided result, and whether a list has anything before what is in it."""

import random
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.evaluate.applicant import EARLIER, Applicant, Subject, Values
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.missing import AID
from huiqi.evaluate.questions import next_questions
from huiqi.evaluate.results import UNKNOWN, WHOLE
from huiqi.language.diagnostics import Place
from huiqi.packs.model import Corpus
from tests.evaluate.completion import by_key, completed
from tests.evaluate.properties import outcome
from tests.population.firms import Firms

QUESTION = Question("2025-12-30", 2024)


@pytest.fixture(scope="module")
def engine(lab: Corpus) -> Engine:
    return Engine(lab)


def told_except(given: Values, full: Values, names: list[str]) -> Values:
    """Everything of `full` but the facts with these names."""
    result: Values = {}
    for name, value in full.items():
        mine = given.get(name)
        if not isinstance(value, dict):
            result |= {name: value} if name not in names else {} if mine is None else {name: mine}
            continue
        old = mine if isinstance(mine, dict) else {}
        history = any(x.startswith(f"{name}（") and x.endswith("以前最高）") for x in names)
        new = {y: v for y, v in value.items() if f"{name}（{y}年）" not in names and y != EARLIER and not history}
        result[name] = new | old
    return result


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 2**32))
def test_facts_that_are_not_asked_for_move_nothing(engine: Engine, seed: int) -> None:
    r = random.Random(seed)
    maker = Firms(engine, 2024, seed)
    firm = maker.one()
    before = by_key(engine.results(firm, QUESTION))
    full = completed(firm, maker, r)
    for name in (name for name in full.facts if maker.words.facts[name].series):  # asked for by the industry and the figures it follows from
        full.facts[name] = firm.facts.get(name, {})
    open_ones = [x for x in before.values() if x.status == UNKNOWN or x.amount is None]
    for result in r.sample(open_ones, min(len(open_ones), 5)):
        more = Applicant(firm.kind, "", "", "", None, told_except(firm.facts, full.facts, result.missing), {}, firm.records, firm.aid, firm.complete)
        for id_, subject in firm.subjects.items():
            facts = told_except(subject.facts, full.subjects[id_].facts, result.missing)
            more.subjects[id_] = type(subject)(subject.kind, id_, subject.parent, facts, subject.place)
        assert outcome(by_key(engine.results(more, QUESTION))[result.key]) == outcome(result), (result.key, result.missing)


def test_a_list_is_asked_for_before_what_is_in_it(corpus: Corpus) -> None:
    engine = Engine(corpus)
    nothing = Applicant("企业", "", "", "", 2024)
    results = engine.results(nothing, QUESTION)
    about = [r for r in results if r.subject is None and r.status == UNKNOWN]
    assert len(about) > 20
    assert {tuple(r.missing) for r in about} == {(r.measure.subject,) for r in about}
    recognised = [r for r in results if r.unrecorded]
    assert len(recognised) > 10
    for r in recognised:
        names = [f"名册：{name}" for name in r.measure.accrues.names]
        assert r.missing[: len(names)] == names
        assert not {"认定等级", "认定事项", "认定名册", "认定日期"} & set(r.missing)
    texts = {q.name: q.text for q in next_questions(results, corpus)}
    for r in about:
        assert texts[r.measure.subject] == f"有没有{r.measure.subject}？有几个？"


def gaps_of(engine: Engine, firm: Applicant, measure: str) -> list[tuple[str, str, Fraction]]:
    (result,) = engine.results(firm, Question("2025-06-30", measures=(measure,)))
    return [(gap.name, gap.of, Fraction(gap.share, WHOLE)) for gap in result.gaps]


def test_a_condition_ends_a_result_half_the_time_and_its_amount_can_wait(lab: Corpus) -> None:
    """近三年(甲额) >= 3000万元 and 前三年(乙额) > 1000万元: two conditions of three facts; the year of 乙额 that only caps is of no weight yet."""
    firm = Applicant("企业", "", "", "", 2024)
    engine = Engine(lab)
    sixth = Fraction(1, 6)
    assert sorted(gaps_of(engine, firm, "lab/1c")) == [
        ("乙额（2021年）", "", sixth),
        ("乙额（2022年）", "", sixth),
        ("乙额（2023年）", "", sixth),
        ("乙额（2024年）", "", Fraction(0)),
        ("甲额（2022年）", "", sixth),
        ("甲额（2023年）", "", sixth),
        ("甲额（2024年）", "", sixth),
    ]
    firm.facts = {"甲额": dict.fromkeys((2022, 2023, 2024), 10**10), "乙额": dict.fromkeys((2021, 2022), 10**10)}
    assert gaps_of(engine, firm, "lab/1c") == [("乙额（2024年）", "", Fraction(1))]


def test_of_a_whole_list_each_subject_is_asked_what_moves_its_part(lab: Corpus) -> None:
    """count(产品 where 件额 >= 1000万元) >= 2 and some 产品 satisfies 件类 = '旧'."""
    engine, firm = Engine(lab), Applicant("企业", "", "", "", 2024)
    firm.subjects = {id_: Subject("产品", id_, "", {}, Place("test")) for id_ in ("P1", "P2", "P3")}
    firm.subjects["P1"].facts = {"件额": {2024: 2 * 10**9}}
    firm.subjects["P3"].facts = {"件额": {2024: 10**8}, "件类": 0}
    firm.complete = {"产品"}
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    assert gaps_of(engine, firm, "lab/2b") == [("件额（2024年）", "P2", half), ("件类", "P1", quarter), ("件类", "P2", quarter)]
    firm.subjects["P1"].facts["件类"] = 1
    assert gaps_of(engine, firm, "lab/2b") == [("件额（2024年）", "P2", Fraction(1))]
    firm.complete = set()
    assert gaps_of(engine, firm, "lab/2b") == [("产品", "", quarter), ("件额（2024年）", "P2", quarter)]


def test_a_question_names_whom_it_is_asked_of_and_what_can_be_answered(lab: Corpus) -> None:
    engine, firm = Engine(lab), Applicant("企业", "", "", "", 2024)
    firm.subjects = {id_: Subject("产品", id_, "", {}, Place("test")) for id_ in ("P1", "P2")}
    firm.complete = {"产品"}
    asked = {q.name: q for q in next_questions(engine.results(firm, Question("2025-06-30", measures=("lab/2b",))), lab)}
    assert [(q.name, q.of, q.answers, q.certifier) for q in asked.values()] == [
        ("件额（2024年）", ("P1", "P2"), ("金额",), "试验"),
        ("件类", ("P1", "P2"), ("新", "旧"), "试验"),
    ]


def test_aid_is_asked_last_and_not_where_its_list_is_whole(lab: Corpus) -> None:
    engine, firm = Engine(lab), Applicant("企业", "", "", "", 2024)
    question = Question("2025-06-30", measures=("lab/3d",))
    names = [q.name for q in next_questions(engine.results(firm, question), lab)]
    assert names.index(AID) == len(names) - 1
    firm.complete = {"aid"}
    assert [q.name for q in next_questions(engine.results(firm, question), lab)] == names[:-1]


def test_a_year_stands_where_the_question_speaks_of_it(corpus: Corpus) -> None:
    texts = {q.name: q.text for q in next_questions(Engine(corpus).results(Applicant("企业", "", "", "", 2024), QUESTION), corpus)}
    assert texts["研发投入（2024年）"] == "2024年度研发投入是多少？"
    assert texts["资产总额（2024年）"] == "2024年末资产总额是多少？"
    assert texts["工业总产值（2024年以前最高）"] == "2024年以前最高的年度工业总产值是多少？"


def test_what_a_rule_tests_first_is_asked_first(lab: Corpus) -> None:
    engine = Engine(lab)
    results = [r for r in engine.results(Applicant("企业", "", "", "", 2024), Question("2025-06-30")) if r.measure.id == "lab/1e"]
    assert [q.name for q in next_questions(results, lab)] == results[0].missing


def test_nothing_is_asked_when_all_is_decided(lab: Corpus) -> None:
    engine = Engine(lab)
    maker = Firms(engine, 2024, 3)
    full = completed(maker.one(), maker, random.Random(3))
    results = [r for r in engine.results(full, QUESTION) if r.status != UNKNOWN and r.amount is not None]
    assert results
    assert next_questions(results, lab) == []
