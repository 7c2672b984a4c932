"""What is said of an incomplete firm stays true however its missing facts turn out."""

import datetime
import random

import pytest

from huiqi.evaluate.applicant import Applicant, Record, Subject
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, INELIGIBLE, NOT_IN_FORCE, UNKNOWN, Result
from huiqi.packs.model import Corpus
from tests.population.firms import Firms

FIRMS, COMPLETIONS = 400, 5


def completed(firm: Applicant, maker: Firms, r: random.Random) -> Applicant:
    """The firm with every missing fact given some value, and every list whole, perhaps with more in it."""
    full = Applicant(firm.kind, firm.name, firm.code, firm.district, firm.claim)
    full.facts = _filled(firm.facts, maker, firm.kind)
    full.subjects = {s.id: Subject(s.kind, s.id, s.parent, _filled(s.facts, maker, s.kind), s.place) for s in firm.subjects.values()}
    full.aid = list(firm.aid)
    full.records = [_settled(x, maker, r) for x in firm.records]
    if not firm.is_complete("records"):
        there = {(x.register, x.of, x.first_day) for x in full.records}
        more = [x for name in sorted(maker.registers) if r.random() < 0.5 for x in maker._records(name, full)]
        full.records += [_settled(x, maker, r) for x in more if (x.register, x.of, x.first_day) not in there]  # one recognition a day
    if not firm.is_complete("aid") and r.random() < 0.5:
        full.aid += maker.one().aid
        full.aid = [a for a in full.aid if a.subject in ("", *full.subjects)]
    full.complete = {"all"}
    return full


def _filled(values, maker: Firms, kind: str):  # type: ignore[no-untyped-def]
    other = {}
    while not _whole(other, maker, kind):
        new = maker._values(kind)
        other = {k: ({**other.get(k, {}), **v} if isinstance(v, dict) else v) for k, v in {**other, **new}.items()}
    return {k: ({**v, **values.get(k, {})} if isinstance(v, dict) else values.get(k, v)) for k, v in other.items()}


def _whole(values, maker: Firms, kind: str) -> bool:  # type: ignore[no-untyped-def]
    names = [n for n in maker.facts if maker.words.applies(maker.words.facts[n], kind)]
    return all(n in values and (not isinstance(values[n], dict) or len(values[n]) == 2) for n in names)


def _settled(record: Record, maker: Firms, r: random.Random) -> Record:
    register = maker.words.registers[record.register]
    return Record(
        record.register,
        record.event or r.choice(register.events or ("",)),
        record.level or r.choice(register.levels or ("",)),
        record.of,
        record.first_day,
        record.last_day,
    )


def by_key(results: list[Result]) -> dict[tuple[str, str, str], Result]:
    return {r.key: r for r in results if r.subject is not None and r.status != NOT_IN_FORCE}


@pytest.mark.parametrize("seed", [11, 12])
def test_every_completion_lies_within_the_bounds(corpus: Corpus, seed: int) -> None:
    engine = Engine(corpus)
    question = Question("2025-12-30", 2024)
    maker, r = Firms(engine, 2024, seed), random.Random(seed)
    met = {ELIGIBLE: 0, INELIGIBLE: 0, UNKNOWN: 0}
    for _ in range(FIRMS):
        firm = maker.one()
        before = by_key(engine.results(firm, question, with_reasons=False))
        for _ in range(COMPLETIONS):
            after = by_key(engine.results(completed(firm, maker, r), question, with_reasons=False))
            for key, result in before.items():
                if key not in after:  # an unknown recognition became a dated one
                    assert result.status == UNKNOWN
                    continue
                met[result.status] += 1
                then = after[key]
                assert then.status in (ELIGIBLE, INELIGIBLE)
                if result.status != UNKNOWN:
                    assert then.status == result.status, (key, result, then)
                assert then.amount is not None and result.low <= then.amount, (key, result, then)
                assert result.high is None or then.amount <= result.high, (key, result, then)
    assert min(met.values()) > 100


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
        for day, within in ((policy.first_day, True), (_next(policy.first_day, -1), False), (policy.last_day, True), (_next(policy.last_day, 1), False)):
            results = engine.results(firm, Question(day, 2024, (policy.id,)))
            assert {r.status != "not_in_force" for r in results} == {within}, (policy.id, day)


def _next(day: str, days: int) -> str:
    return (datetime.date.fromisoformat(day) + datetime.timedelta(days)).isoformat()
