"""The combination against opinions that share no code with it: every subset of small instances, CP-SAT on large ones."""

from __future__ import annotations

import random

from huiqi.combine.solve import solve
from tests.combine.oracle import best, random_instance
from tests.combine.test_solve import problem_of
from tools.proofs import Proof

TITLE = "Best combination"
SMALL, UP_TO = 20_000, 14
LARGE, CANDIDATES = 400, 30


def prove() -> Proof:
    """No instance differs in money, in exact money, or, where every subset was tried, in what each candidate is paid."""
    dice = random.Random(20_000)
    wrong = unproven = 0
    for _ in range(SMALL):
        instance = random_instance(dice, UP_TO)
        solution = solve(problem_of(instance))
        wrong += solution is None or solution.paid != best(instance)[1]
        unproven += solution is None or not solution.optimal
    text = (
        f"{SMALL:,} random instances of up to {UP_TO} candidates with conflicts, counts, caps and deductions against every subset tried: {wrong} differences."
    )
    large, late = _large()
    text += f" {LARGE} of {CANDIDATES} candidates against OR-Tools CP-SAT: {large} differences, {late} that CP-SAT did not prove in 20 s."
    return Proof(f"{text} Searches of ours cut short: {unproven}.", wrong + large + unproven == 0)


def _large() -> tuple[int, int]:
    """Differences from CP-SAT, and instances it did not prove in time."""
    from tests.combine import cpsat

    dice, wrong, late = random.Random(30), 0, 0
    for _ in range(LARGE):
        instance = random_instance(dice, CANDIDATES, CANDIDATES)
        solution = solve(problem_of(instance))
        paid = solution.paid if solution else {}
        ours = sum(paid.values()), sum(v for at, v in paid.items() if instance.exact[at])
        try:
            theirs = cpsat.best(instance)
        except TimeoutError:
            late += 1
            continue
        wrong += ours != theirs
    return wrong, late
