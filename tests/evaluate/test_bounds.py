"""What is said of an incomplete firm stays true however its missing facts turn out."""

import datetime
import random

import pytest

from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, UNKNOWN
from huiqi.packs.model import Corpus
from tests.evaluate.completion import by_key, completed
from tests.population.firms import Firms

FIRMS, COMPLETIONS = 120, 4


@pytest.mark.parametrize("seed", [11, 12])
def test_every_completion_lies_within_the_bounds(corpus: Corpus, seed: int) -> None:
    engine = Engine(corpus)
    question = Question("2025-12-30", 2024)
    maker, r = Firms(engine, 2024, seed), random.Random(seed)
    met = {ELIGIBLE: 0, INELIGIBLE: 0, UNKNOWN: 0}
    undecided = 0
    for _ in range(FIRMS):
        firm = maker.one()
        before = by_key(engine.results(firm, question, with_reasons=False))
        for _ in range(COMPLETIONS):
            after = by_key(engine.results(completed(firm, maker, r), question, with_reasons=False))
            for key, result in before.items():
                if key not in after:  # an unknown recognition became a dated one
                    assert result.status in (UNKNOWN, INELIGIBLE)
                    continue
                then = after[key]
                if then.status == UNKNOWN or then.amount is None:  # about something the firm does not have, as a loan outside any project
                    undecided += 1
                    continue
                met[result.status] += 1
                assert then.status in (ELIGIBLE, INELIGIBLE)
                if result.status != UNKNOWN:
                    assert then.status == result.status, (key, result, then)
                assert then.amount is not None and result.low <= then.amount, (key, result, then)
                assert result.high is None or then.amount <= result.high, (key, result, then)
    assert min(met.values()) > 100
    assert undecided < sum(met.values()) * 0.1


def test_order_changes_nothing(corpus: Corpus) -> None:
    engine = Engine(corpus)
    question = Question("2025-12-30", 2024)
    maker, r = Firms(engine, 2024, 21), random.Random(21)
    for _ in range(100):
        firm = maker.one()
        shuffled = Applicant(firm.kind, firm.name, firm.code, firm.district, firm.claim)
        for name in ("facts", "subjects"):
            items = list(getattr(firm, name).items())
            r.shuffle(items)
            setattr(shuffled, name, dict(items))
        shuffled.records, shuffled.aid = (r.sample(x, len(x)) for x in (firm.records, firm.aid))
        shuffled.complete = firm.complete
        first, second = (by_key(engine.results(f, question)) for f in (firm, shuffled))
        assert {k: (x.status, x.amount, x.low, x.high) for k, x in first.items()} == {k: (x.status, x.amount, x.low, x.high) for k, x in second.items()}


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
