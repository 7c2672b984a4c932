"""The best choice, exactly: independent parts apart, each by branch and bound over its candidates in the order they are paid."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from msgspec import Struct

from huiqi.combine.problem import Problem

NODES = 200_000  # branches looked at in one part before the answer is called unproven
WORK = 1_500_000  # branches times candidates of the part, so that a very large part costs no more time

Merit = tuple[int, int, int]


class Solution(Struct, frozen=True):
    """The money of each chosen candidate by position; `optimal` is True only when every set that pays more was ruled out.

    `above`: no choice pays more than this, whether or not the search came to its end.
    """

    paid: dict[int, int]
    optimal: bool
    nodes: int
    above: int


def solve(problem: Problem, forced: frozenset[int] = frozenset(), nodes: int = NODES, money_only: bool = False) -> Solution | None:
    """The best set that holds all `forced` positions; None where no set does. With `money_only` ties are left as they fall."""
    paid: dict[int, int] = {}
    optimal, count, above = True, 0, 0
    for part in problem.components():
        most = min(nodes, max(WORK // len(part), 2 * len(part) + 2))
        search = _Search(problem, part, forced & frozenset(part), most, money_only)
        search.run()
        if not search.done and not money_only:
            # Too many sets pay the same to find the first in clause order; the money itself is often soon proven.
            plain = _Search(problem, part, forced & frozenset(part), most, True)
            plain.run()
            search = plain if plain.best is not None and search.best is not None and plain.best[0][0] > search.best[0][0] else search
            search.proven = plain.done
        if search.best is None:
            return None
        paid |= search.best[1]
        done = search.done or search.proven
        optimal, count, above = optimal and done, count + search.nodes, above + (search.best[0][0] if done else search.first_bound)
    return Solution(paid, optimal, count, above)


class _Search:
    """One part. The state at depth n: the first n candidates decided, their money exact, what caps and counts leave."""

    def __init__(self, problem: Problem, part: list[int], forced: frozenset[int], limit: int, money_only: bool):
        self.problem, self.part, self.forced, self.limit, self.money_only = problem, part, forced, limit, money_only
        self.best: tuple[Merit, dict[int, int]] | None = None
        self.nodes = 0
        self.proven = False
        inside = set(part)
        self.rivals: dict[int, frozenset[int]] = {at: frozenset() for at in part}
        for a, b in problem.conflicts:
            if a in inside:
                self.rivals[a] |= {b}
                self.rivals[b] |= {a}
        self.caps_of = {at: [n for n, cap in enumerate(problem.caps) if at in cap.members] for at in part}
        self.cut_of = {at: [n for n, cap in enumerate(problem.caps) if at in cap.cut] for at in part}
        # Of the caps that cut a candidate the one that leaves least.
        self.tightest = {at: min(caps, key=lambda n: problem.caps[n].most, default=-1) for at, caps in self.cut_of.items()}
        self.counts_of = {at: [n for n, count in enumerate(problem.counts) if at in count.members] for at in part}

    @cached_property
    def cliques(self) -> list[tuple[int, list[int]]]:
        """Groups of which at most one can be chosen, those worth most first, each with the cap that cuts all of it (-1 = none)."""
        groups: list[list[int]] = []
        for at in sorted(self.part, key=lambda at: -self.problem.candidates[at].amount):
            home = next((g for g in groups if all(other in self.rivals[at] for other in g)), None)
            if home is None:
                groups.append([at])
            else:
                home.append(at)
        found = []
        for group in groups:
            shared = set.intersection(*(set(self.cut_of[at]) for at in group))
            found.append((min(shared, key=lambda n: self.problem.caps[n].most) if shared else -1, group))
        return found

    def run(self) -> None:
        """Decide one candidate after the other, with it first and then without it; no recursion, so that a part can be long."""
        self.left = {n: self.problem.caps[n].most for at in self.part for n in self.caps_of[at]}
        self.room = {n: self.problem.counts[n].most for at in self.part for n in self.counts_of[at]}
        self.paid: dict[int, int] = {}
        self.blocked: dict[int, int] = dict.fromkeys(self.part, 0)
        self.first_bound = self._bound(0)[0]
        stack: list[tuple[int, Callable[[int], None] | None]] = [(0, None)]
        while stack and (self.nodes <= self.limit or self.best is None):
            depth, undo = stack.pop()
            if undo is not None:
                undo(self.part[depth])
                continue
            self.nodes += 1
            if self.best is not None and self._bound(depth) <= self.best[0]:
                continue
            if depth == len(self.part):
                self._leaf()
                continue
            at = self.part[depth]
            if at not in self.forced:
                stack.append((depth + 1, None))
            if self._can(at) and ((amount := self._worth(at)) or at in self.forced):
                self._take(at, amount)
                stack += [(depth, self._give_back), (depth + 1, None)]

    @property
    def done(self) -> bool:
        """Whether the search came to its end."""
        return self.nodes <= self.limit

    def _leaf(self) -> None:
        if self.forced <= set(self.paid):
            merit = self.problem.merit(self.paid)
            self.best = ((merit[0], 0, 0) if self.money_only else merit, dict(self.paid))

    def _can(self, at: int) -> bool:
        return not self.blocked[at] and all(self.room[n] > 0 for n in self.counts_of[at])

    def _worth(self, at: int) -> int:
        """What the candidate would be paid now."""
        candidate = self.problem.candidates[at]
        amount = candidate.amount - sum(self.paid.get(d, 0) for d in candidate.deducts)
        return max(min([amount, *(self.left[n] for n in self.cut_of[at])]), 0)

    def _take(self, at: int, amount: int) -> None:
        self._move(at, amount, 1)
        self.paid[at] = amount

    def _give_back(self, at: int) -> None:
        self._move(at, self.paid.pop(at), -1)

    def _move(self, at: int, amount: int, sign: int) -> None:
        for other in self.rivals[at]:
            self.blocked[other] += sign
        for n in self.caps_of[at]:
            self.left[n] -= sign * amount
        for n in self.counts_of[at]:
            self.room[n] -= sign

    def _bound(self, depth: int) -> Merit:
        """No way to go on from here has more merit than this."""
        open_ = {at for at in self.part[depth:] if self._can(at)}
        candidates = self.problem.candidates
        money, exact = sum(self.paid.values()), sum(amount for at, amount in self.paid.items() if candidates[at].exact)
        by_clique: dict[int, tuple[int, int]] = {}
        by_cap: dict[int, tuple[int, int]] = {}
        for cap, group in self.cliques:
            here = [at for at in group if at in open_]
            if here:
                _add(by_clique, cap, *self._most(here))
                free = [at for at in here if self.tightest[at] < 0]
                if free:
                    _add(by_cap, -1, *self._most(free))
                for at in here:
                    if self.tightest[at] >= 0:
                        _add(by_cap, self.tightest[at], *self._most([at]))
        ends = [self._under(by_clique), self._under(by_cap)]
        money, exact = money + min(m for m, _ in ends), exact + min(e for _, e in ends)
        if self.money_only or (self.best is not None and money != self.best[0][0]):
            return money, 0, 0
        top = len(candidates) - 1
        return money, exact, sum(1 << (top - candidates[at].rank) for at in (*self.paid, *open_))

    def _most(self, group: list[int]) -> tuple[int, int]:
        """The most one of a group pays, and the most an exact one of it does."""
        candidates = self.problem.candidates
        return max(candidates[at].amount for at in group), max((candidates[at].amount for at in group if candidates[at].exact), default=0)

    def _under(self, sums: dict[int, tuple[int, int]]) -> tuple[int, int]:
        """Sums by the cap that cuts them (-1 = none), each at most what the cap leaves."""
        money = exact = 0
        for cap, (most, most_exact) in sums.items():
            room = max(self.left[cap], 0) if cap >= 0 else most + most_exact
            money, exact = money + min(most, room), exact + min(most_exact, room)
        return money, exact


def _add(sums: dict[int, tuple[int, int]], cap: int, most: int, most_exact: int) -> None:
    before = sums.get(cap, (0, 0))
    sums[cap] = (before[0] + most, before[1] + most_exact)
