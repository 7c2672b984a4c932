"""A second opinion that shares no code with the program: every subset of random instances is tried.

An instance is plain data; `best` says what the best choice pays, by money, then exact money, then clause order.
"""

from __future__ import annotations

import random
from itertools import combinations

from msgspec import Struct


class Instance(Struct):
    """`amounts`, `exact`, `rank` and `deducts` by candidate; a cap is (members, those it cuts, most); a count is (members, most)."""

    amounts: list[int]
    exact: list[bool]
    rank: list[int]
    deducts: list[list[int]]
    conflicts: set[tuple[int, int]] = set()
    counts: list[tuple[set[int], int]] = []
    caps: list[tuple[set[int], set[int], int]] = []


def random_instance(dice: random.Random, most: int, least: int = 1) -> Instance:
    """Any mixture of relations and limits; amounts are small multiples, so that ties and exact fits happen."""
    n = dice.randint(least, most)
    step = dice.choice((1, 10, 50))
    made = Instance(
        [dice.randint(0, 12) * step for _ in range(n)],
        [dice.random() < 0.5 for _ in range(n)],
        dice.sample(range(n), n) if dice.random() < 0.3 else list(range(n)),
        [[d for d in range(at) if dice.random() < 0.15 / (at + 1) ** 0.5] if dice.random() < 0.3 else [] for at in range(n)],
    )
    density = dice.choice((0.0, 0.1, 0.3, 0.6))
    made.conflicts = {pair for pair in combinations(range(n), 2) if dice.random() < density}
    for _ in range(dice.choice((0, 0, 1, 2))):
        members = {at for at in range(n) if dice.random() < 0.5}
        if members:
            made.counts.append((members, dice.randint(0, 3)))
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        members = {at for at in range(n) if dice.random() < 0.6}
        if members:
            cut = members if dice.random() < 0.7 else {at for at in members if at >= n // 2} or members
            made.caps.append((members, cut, dice.randint(0, 25) * step))
    return made


def payments(i: Instance, chosen: tuple[int, ...]) -> dict[int, int]:
    """Paid one after the other: what earlier ones got is deducted, then every cap that cuts this one is respected."""
    got: dict[int, int] = {}
    for at in chosen:
        money = i.amounts[at]
        for d in i.deducts[at]:
            money -= got.get(d, 0)
        for members, cut, most in i.caps:
            if at in cut:
                money = min(money, most - sum(v for k, v in got.items() if k in members))
        got[at] = money if money > 0 else 0
    return got


def allowed(i: Instance, chosen: tuple[int, ...]) -> bool:
    if any(a in chosen and b in chosen for a, b in i.conflicts):
        return False
    return all(sum(at in members for at in chosen) <= most for members, most in i.counts)


def merit(i: Instance, got: dict[int, int]) -> tuple[int, int, list[bool]]:
    by_rank = sorted(range(len(i.amounts)), key=lambda at: i.rank[at])
    return sum(got.values()), sum(v for at, v in got.items() if i.exact[at]), [got.get(at, 0) > 0 for at in by_rank]


def best(i: Instance) -> tuple[tuple[int, int, list[bool]], dict[int, int]]:
    """The most any allowed subset is worth, and what it pays."""
    found = None
    for size in range(len(i.amounts) + 1):
        for chosen in combinations(range(len(i.amounts)), size):
            if allowed(i, chosen):
                got = payments(i, chosen)
                worth = merit(i, got)
                if found is None or worth > found[0]:
                    found = (worth, {at: v for at, v in got.items() if v})
    assert found is not None
    return found
