"""The solver against the oracle, and what must hold of any best choice."""

from __future__ import annotations

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from huiqi.combine.problem import Candidate, Cap, Count, Problem
from huiqi.combine.solve import Solution, solve
from tests.combine.oracle import Instance, best, random_instance


def problem_of(i: Instance) -> Problem:
    candidates = [Candidate(a, e, r, tuple(d)) for a, e, r, d in zip(i.amounts, i.exact, i.rank, i.deducts, strict=True)]
    counts = [Count(frozenset(members), most) for members, most in i.counts]
    caps = [Cap(frozenset(members), frozenset(cut), most) for members, cut, most in i.caps]
    return Problem(tuple(candidates), frozenset(i.conflicts), tuple(counts), tuple(caps))


def solved(problem: Problem) -> Solution:
    solution = solve(problem)
    assert solution is not None
    assert solution.optimal
    return solution


@pytest.mark.parametrize("seed", range(8))
def test_equals_every_subset_tried(seed: int) -> None:
    dice = random.Random(7000 + seed)
    for _ in range(250):
        instance = random_instance(dice, 10)
        (money, exact, _), paid = best(instance)
        solution = solved(problem_of(instance))
        assert sum(solution.paid.values()) == money, instance
        assert sum(v for at, v in solution.paid.items() if instance.exact[at]) == exact, instance
        assert solution.paid == paid, instance


instances = st.builds(lambda seed, most: random_instance(random.Random(seed), most), st.integers(0, 2**32), st.integers(1, 14))


@settings(max_examples=300, deadline=None)
@given(instances)
def test_no_conflict_is_chosen_and_no_limit_is_exceeded_by_a_fen(instance: Instance) -> None:
    problem = problem_of(instance)
    paid = solved(problem).paid
    assert not set(combinations(sorted(paid), 2)) & problem.conflicts
    assert all(len(count.members & set(paid)) <= count.most for count in problem.counts)
    for cap in problem.caps:
        others = sum(v for at, v in paid.items() if at in cap.members - cap.cut)
        assert sum(v for at, v in paid.items() if at in cap.members) <= max(cap.most, others)
    assert problem.pay(paid) == paid


@settings(max_examples=200, deadline=None)
@given(instances)
def test_one_measure_more_never_lowers_what_is_paid(instance: Instance) -> None:
    """The last candidate is taken away, with every relation that names it."""
    problem = problem_of(instance)
    last = len(problem.candidates) - 1
    fewer = replace(
        problem,
        candidates=tuple(replace(c, rank=c.rank - (c.rank > problem.candidates[last].rank)) for c in problem.candidates[:last]),
        conflicts=frozenset(p for p in problem.conflicts if last not in p),
        counts=tuple(Count(c.members - {last}, c.most) for c in problem.counts if c.members - {last}),
        caps=tuple(Cap(c.members - {last}, c.cut - {last}, c.most) for c in problem.caps if c.members - {last}),
    )
    assert sum(solved(fewer).paid.values()) <= sum(solved(problem).paid.values())


@settings(max_examples=200, deadline=None)
@given(instances, st.integers(0, 2**32))
def test_what_was_received_only_takes_away(instance: Instance, seed: int) -> None:
    """Aid bars candidates, and uses up counts and caps. A candidate stands under one cap at most: where it stood under several, a part of its sum
    could let in more elsewhere than it pays itself, and a smaller part is nothing the applicant can choose."""
    dice = random.Random(seed)
    problem = problem_of(instance)
    under: set[int] = set()
    caps = []
    for cap in problem.caps:
        if cap.members - under and not any(problem.candidates[at].deducts for at in cap.members):
            caps.append(Cap(cap.members - under, cap.cut - under, cap.most))
            under |= cap.members
    before = replace(problem, caps=tuple(caps))
    barred = {at for at in range(len(problem.candidates)) if dice.random() < 0.2}
    after = replace(
        before,
        candidates=tuple(replace(c, amount=0 if at in barred else c.amount) for at, c in enumerate(before.candidates)),
        counts=tuple(replace(c, most=max(c.most - dice.randint(0, 2), 0)) for c in before.counts),
        caps=tuple(replace(c, most=dice.randint(0, c.most)) for c in before.caps),
    )
    assert sum(solved(after).paid.values()) <= sum(solved(before).paid.values())


@settings(max_examples=200, deadline=None)
@given(instances, st.integers(0, 2**32))
def test_the_order_of_independent_candidates_changes_nothing(instance: Instance, seed: int) -> None:
    """Positions are shuffled where no limit and no deduction gives them an order; ranks go with their candidates."""
    plain = replace(problem_of(instance), caps=())
    plain = replace(plain, candidates=tuple(replace(c, deducts=()) for c in plain.candidates))
    order = random.Random(seed).sample(range(len(plain.candidates)), len(plain.candidates))
    new = {old: at for at, old in enumerate(order)}
    shuffled = Problem(
        tuple(plain.candidates[old] for old in order),
        frozenset((min(new[a], new[b]), max(new[a], new[b])) for a, b in plain.conflicts),
        tuple(Count(frozenset(new[m] for m in c.members), c.most) for c in plain.counts),
    )
    assert {order[at]: v for at, v in solved(shuffled).paid.items()} == solved(plain).paid


@settings(max_examples=200, deadline=None)
@given(instances)
def test_what_is_forced_is_in_and_never_better(instance: Instance) -> None:
    problem = problem_of(instance)
    free = sum(solved(problem).paid.values())
    for at in range(len(problem.candidates)):
        solution = solve(problem, frozenset({at}))
        closed = any(count.most == 0 and at in count.members for count in problem.counts)
        assert (solution is None) == closed
        if solution is not None:
            assert at in solution.paid
            assert sum(solution.paid.values()) <= free


def test_a_search_that_is_cut_short_says_so() -> None:
    dice = random.Random(3)
    hard = Instance([dice.randint(50, 60) for _ in range(40)], [True] * 40, list(range(40)), [[] for _ in range(40)])
    hard.conflicts = {pair for pair in combinations(range(40), 2) if dice.random() < 0.2}
    short, whole = solve(problem_of(hard), nodes=60), solve(problem_of(hard))
    assert short is not None and whole is not None
    assert (short.optimal, whole.optimal) == (False, True)
    assert sum(short.paid.values()) <= sum(whole.paid.values())


def test_a_thousand_products_under_one_cap() -> None:
    n = 1000
    problem = Problem(tuple(Candidate(100, True, at) for at in range(n)), caps=(Cap(frozenset(range(n)), frozenset(range(n)), 5050),))
    paid = solved(problem).paid
    assert list(paid) == list(range(51))
    assert (sum(paid.values()), paid[50]) == (5050, 50)


def test_many_products_that_could_go_two_ways_are_proven() -> None:
    """Each of 100 products is paid under one of two policies, each policy under its own cap: both caps are filled."""
    n = 100
    amounts = [50 + at % 7 for at in range(n)]
    candidates = [Candidate(amount, True, at) for at, amount in enumerate(amounts)] + [Candidate(amount, False, n + at) for at, amount in enumerate(amounts)]
    one, two = frozenset(range(n)), frozenset(range(n, 2 * n))
    problem = Problem(tuple(candidates), frozenset((at, n + at) for at in range(n)), caps=(Cap(one, one, 500), Cap(two, two, 500)))
    solution = solved(problem)
    assert sum(solution.paid.values()) == solution.above == 1000
    assert sum(v for at, v in solution.paid.items() if at < n) == 500
