"""The package: best by brute force, no matter paid twice, no limit passed, nothing received given again."""

from itertools import combinations

import pytest

from huiqi.combine.limits import cutting_limits, group_key
from huiqi.combine.package import best_package, overlap
from huiqi.evaluate.applicant import Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, Result
from huiqi.packs.model import Corpus
from tests.population.firms import Firms


def packages(corpus: Corpus, count: int, seed: int):  # type: ignore[no-untyped-def]
    engine = Engine(corpus)
    maker = Firms(engine, 2024, seed)
    for _ in range(count):
        firm = maker.one()
        results = engine.results(firm, Question("2025-12-30", 2024), with_reasons=False)
        yield firm, results, best_package(results, firm, corpus)


def candidates(results: list[Result]) -> list[Result]:
    return [r for r in results if r.status == ELIGIBLE and r.amount and not r.received]


def selection(r: Result) -> bool:
    return r.measure.decision == "selection" and not r.settled


def rivals(a: Result, b: Result, corpus: Corpus) -> bool:
    return overlap(a, b, corpus.vocabulary) and selection(a) == selection(b)


@pytest.mark.parametrize("seed", [51, 52])
def test_the_choice_pays_most(corpus: Corpus, seed: int) -> None:
    met = 0
    for _, results, package in packages(corpus, 60, seed):
        assert package.optimal
        pool = candidates(results)
        pairs = [(i, j) for i, j in combinations(range(len(pool)), 2) if rivals(pool[i], pool[j], corpus)]
        contested = sorted({i for pair in pairs for i in pair})
        if not contested or len(contested) > 12:
            continue
        met += 1
        best = max(
            sum(pool[i].amount or 0 for i in chosen)
            for size in range(len(contested) + 1)
            for chosen in combinations(contested, size)
            if not any(i in chosen and j in chosen for i, j in pairs)
        )
        kept = [r for r in package.chosen if any(r is pool[i] for i in contested)]
        assert sum(r.amount or 0 for r in kept) == best
    assert met > 5


def test_nothing_is_paid_twice_and_no_limit_is_passed(corpus: Corpus) -> None:
    limits = cutting_limits(corpus)
    cuts = 0
    for firm, results, package in packages(corpus, 80, 53):
        for a, b in combinations(package.chosen, 2):
            assert not rivals(a, b, corpus)
        assert {id(r) for r in package.chosen} | {id(d.result) for d in package.dropped} == {id(r) for r in candidates(results)}
        for limit, at_most in limits:
            assert all(total <= at_most for total in totals(package, limit, firm, corpus).values())
        cuts += len(package.bounds)
        assert package.low <= sum(package.amounts)
        assert package.high is None or sum(package.amounts) <= package.high
    assert cuts > 5


def totals(package, limit, firm: Applicant, corpus: Corpus) -> dict[tuple[str, ...], int]:  # type: ignore[no-untyped-def]
    found: dict[tuple[str, ...], int] = {}
    for result, amount in zip(package.chosen, package.amounts, strict=True):
        if result.measure.id in limit.over and (key := group_key(limit, result, firm, corpus.vocabulary)) is not None:
            found[key] = found.get(key, 0) + amount
    return found
