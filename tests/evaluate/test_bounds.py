"""What is said of an incomplete firm stays true however its missing facts turn out; and the days of each window."""

import datetime
import random
from collections import Counter

import pytest

from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, UNKNOWN
from huiqi.packs.model import Corpus
from tests.evaluate.properties import bounds_hold
from tests.population.firms import Firms


@pytest.mark.parametrize("seed", [11, 12])
def test_every_completion_lies_within_the_bounds(corpus: Corpus, seed: int) -> None:
    engine, question = Engine(corpus), Question("2025-12-30", 2024)
    maker, r, met = Firms(engine, 2024, seed), random.Random(seed), Counter[str]()
    for _ in range(150):
        firm = maker.one()
        for _ in range(2):
            bounds_hold(engine, question, firm, maker, r, met)
    results = [met[status] for status in (ELIGIBLE, INELIGIBLE, UNKNOWN)]
    assert min(results) > 100
    assert met["not decided"] < sum(results) * 0.1


def test_days_of_the_window(corpus: Corpus) -> None:
    engine = Engine(corpus)
    firm = Firms(engine, 2024, 5).one()
    for compiled in engine.compiled.values():
        policy = compiled.rule.policy
        days = [(policy.first_day, True), (_next(policy.first_day, -1), False)]
        if policy.last_day:
            days += [(policy.last_day, True), (_next(policy.last_day, 1), False)]
        for day, within in days:
            results = engine.results(firm, Question(day, 2024, (policy.id,)))
            assert {r.status != "not_in_force" for r in results} == {within}, (policy.id, day)


def _next(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()
