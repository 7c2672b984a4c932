"""Questions ask only for what can still move an undecided result, and whether a list has anything before what is in it."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiqi.evaluate.applicant import EARLIER, Applicant, Values
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.questions import next_questions
from huiqi.evaluate.results import UNKNOWN
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
    # What deducts other results hangs on all that they hang on.
    open_ones = [x for x in before.values() if (x.status == UNKNOWN or x.amount is None) and "已获支持" not in x.missing]
    for result in r.sample(open_ones, min(len(open_ones), 5)):
        more = Applicant(firm.kind, "", "", "", None, told_except(firm.facts, full.facts, result.missing), {}, firm.records, firm.aid, firm.complete)
        for id_, subject in firm.subjects.items():
            if subject.kind in result.missing:  # an aggregate over them, asked by its kind
                more.subjects[id_] = subject
            else:
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
