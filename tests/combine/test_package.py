"""The package over random firms: no matter paid twice, no limit passed, nothing lost on the way, what is added or received counts as it must."""

import random
from collections.abc import Iterator
from copy import deepcopy
from itertools import combinations

import pytest

from huiqi.combine.overlap import overlap
from huiqi.combine.package import Package, best_package, candidates, course_of
from huiqi.evaluate.applicant import APPLICANT, Aid, Applicant
from huiqi.evaluate.engine import Engine, Question
from huiqi.evaluate.results import ELIGIBLE, Result
from huiqi.language.units import read_quantity
from huiqi.packs.model import Corpus, Limit
from tests.population.firms import Firms

ON = "2025-12-30"
ASKED = Question(ON, 2024)


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    return Engine(corpus)


def packages(engine: Engine, count: int, seed: int) -> Iterator[tuple[Applicant, list[Result], Package]]:
    maker = Firms(engine, 2024, seed)
    for _ in range(count):
        firm = maker.one()
        results = engine.results(firm, ASKED, with_reasons=False)
        yield firm, results, best_package(engine, firm, ASKED, results)


def test_nothing_is_paid_twice_and_nothing_is_lost(engine: Engine) -> None:
    contested = 0
    for firm, results, package in packages(engine, 80, 53):
        assert package.optimal
        base = [r for r in package.chosen if course_of(r) != "if_selected"]
        assert not [pair for pair in combinations(base, 2) if overlap(*pair, firm, engine.corpus)]
        kept, dropped = {id(r) for r in package.chosen}, [id(d.result) for d in package.dropped]
        assert kept | set(dropped) == {id(r) for r in candidates(results)}
        assert len(kept) + len(dropped) == len(candidates(results))
        assert all(d.because and d.rule for d in package.dropped)
        assert sum(package.total(c) for c in ("certain", "up_to", "if_selected")) == sum(package.amounts)
        contested += bool(package.dropped)
    assert contested > 20


def plain_caps(corpus: Corpus) -> list[tuple[Limit, int]]:
    """The caps that print a sum of money over measures, read here from the keys as they are written."""
    return [
        (x, read_quantity(x.text("at_most"), "元", x.place))
        for p in corpus.policies.values()
        for c in p.clauses
        for x in c.limits
        if x.over and x.text("at_most") and "*" not in x.text("at_most")
    ]


def test_no_cap_is_passed_by_a_fen(engine: Engine) -> None:
    cuts = 0
    for firm, _, package in packages(engine, 80, 54):
        for limit, most in plain_caps(engine.corpus):
            sums: dict[tuple[str, ...], int] = {}
            for result, amount in zip(package.chosen, package.amounts, strict=True):
                if result.measure.id in limit.over:
                    subject = {"": "firm"}.get(result.subject or "", result.subject or "")
                    per_subject = any(per in engine.corpus.vocabulary.kinds and engine.corpus.vocabulary.kinds[per].role == "subject" for per in limit.per)
                    if per_subject and "研发项目" in limit.per and result.subject_kind == "参与企业":
                        subject = firm.subjects[result.subject or ""].parent
                    key = (subject if per_subject else "", result.period[:4] if "年度" in limit.per and result.period[:4].isdigit() else "")
                    sums[key] = sums.get(key, 0) + amount
            assert all(total <= most for total in sums.values()), limit.id
        cuts += sum(b.applied and not b.counts for b in package.bounds)
    assert cuts > 5


def sure(package: Package) -> int:
    return package.total("certain") + package.total("up_to")


def test_bounds_hold_what_is_chosen_without_selection(engine: Engine) -> None:
    for _, results, package in packages(engine, 60, 55):
        undecided = sum(r.low for r in results if r.status == ELIGIBLE and r.amount is None and not r.received)
        assert package.low <= sure(package) + undecided
        assert package.high is None or sure(package) <= package.high


def test_more_policies_never_pay_less(engine: Engine) -> None:
    dice = random.Random(5)
    for firm, results, package in packages(engine, 40, 56):
        out = dice.choice(sorted(engine.corpus.policies))
        fewer = best_package(engine, firm, ASKED, [r for r in results if r.policy.id != out])
        assert sure(fewer) <= sure(package)


def test_aid_only_takes_away(engine: Engine) -> None:
    """Aid for a measure, or for its matter by the state, is added to firms that have a result there."""
    dice = random.Random(6)
    less = 0
    for firm, _, package in packages(engine, 60, 57):
        if not package.chosen:
            continue
        one = dice.choice(package.chosen)
        by_matter = dice.random() < 0.5 and bool(one.measure.matter)
        aid = Aid(
            "" if by_matter else one.measure.id, one.measure.matter * by_matter, "国家" if by_matter else "市", one.subject or APPLICANT, one.period, 10_000_00
        )
        helped = deepcopy(firm)
        helped.aid.append(aid)
        results = engine.results(helped, ASKED, with_reasons=False)
        after = best_package(engine, helped, ASKED, results)
        assert sum(after.amounts) <= sum(package.amounts)
        less += sum(after.amounts) < sum(package.amounts)
    assert less > 20


def test_order_of_subjects_and_aid_changes_no_total(engine: Engine) -> None:
    dice = random.Random(7)
    for firm, _, package in packages(engine, 40, 58):
        other = deepcopy(firm)
        names = list(other.subjects)
        dice.shuffle(names)
        other.subjects = {name: other.subjects[name] for name in names}
        dice.shuffle(other.aid)
        again = best_package(engine, other, ASKED, engine.results(other, ASKED, with_reasons=False))
        assert sure(again) == sure(package)
